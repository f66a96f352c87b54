from __future__ import annotations

import pytest

from policygraph.sources.furniture import KINDS, load_furniture
from policygraph.sources.lines import read_lines


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Mot de passe oublié ?", "login"),
        ("IdentifiantMot de passe", "login"),
        ("We use cookies to improve your experience.", "cookies"),
        ("858PARTAGES", "share"),
        ("27 commentaires", "comments"),
        ("Et vous ?", "question"),
        ("Voir aussi :", "related"),
        ("Lire aussi : Google sanctionné par la CNIL", "related"),
        ("Sign up for our weekly newsletter.", "promotion"),
        ("Il vous reste 58.21% de cet article à lire.", "promotion"),
        ("A shop in Delhi. (Photo by Suresh Pai)", "caption"),
        ("The chief executive in Brussels. Getty Images", "caption"),
        ("© 2022 La Gazette. Tous droits réservés.", "footer"),
        ("Répondre Signaler", "action"),
        ("Home > Policy > Privacy", "navigation"),
        ("11  0", "counter"),
    ],
)
def test_furniture_is_told_by_its_words(line: str, kind: str) -> None:
    [read] = read_lines(line)

    assert read.kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "Getty Images a porté plainte contre Stability AI à Londres.",
        "Stability AI said that a photo by the agency was in the training data.",
        "Comments on the proposal are due by the sixth of January.",
        "Responses to the consultation will be published in the spring.",
        "Also on Monday, a court in Paris fined Google.",
        "Publicité ciblée : la CNIL sanctionne Criteo",
        "La loi interdit toute reproduction sans l'accord de l'auteur.",
        "Google a été sanctionné pour l'utilisation de cookies sans consentement.",
        "Credit Suisse sous pression",
        "Published by the Commission in May, the report names Amazon.",
        "Recevoir un courriel de Google ne suffit pas, selon la CNIL.",
        "Users must be told how they can withdraw their consent.",
        "Sources close to the company said that it would appeal.",
        "About a third of the servers stand in Ireland.",
        "Par ailleurs, Meta conteste la décision devant le tribunal.",
        "Share prices fell in Shanghai after the ban.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_the_articles(line: str) -> None:
    [read] = read_lines(line)

    assert read.kind is None


def test_every_kind_has_words_in_both_languages() -> None:
    furniture = load_furniture()

    assert set(furniture.marks) == set(KINDS)
    assert all(furniture.marks[kind].whole for kind in KINDS)
