from __future__ import annotations

import pytest
from parsed import parse, read_names

from policygraph.extraction.coreference.groups import find_groups, group_node
from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.pairs.occurrences import occurrences
from policygraph.extraction.spot import GROUP


def heading(lang: str, *rows: str) -> str | None:
    """The name of the group that the first noun of a sentence heads, if any."""
    doc = parse(lang, "\n".join(rows))
    noun = next(token for token in doc if token.pos_ == "NOUN")
    node = group_node(read_names(doc), noun)
    return None if node is None else node.name


def test_a_plural_of_the_list_is_a_group() -> None:
    assert (
        heading(
            "fr",
            "Les le DET det 2 - -",
            "livreurs livreur NOUN nsubj 3 - Number=Plur",
            "protestent protester VERB ROOT 0",
        )
        == "livreurs"
    )


def test_a_plural_of_a_noun_for_an_actor_is_a_group() -> None:
    assert (
        heading(
            "fr",
            "Les le DET det 2 - -",
            "laboratoires laboratoire NOUN nsubj 3 - Number=Plur",
            "protestent protester VERB ROOT 0",
        )
        == "laboratoires"
    )


@pytest.mark.parametrize(("lemma", "is_group"), [("staff", True), ("driver", False)])
def test_only_collectives_are_groups_in_the_singular(lemma: str, is_group: bool) -> None:
    found = heading(
        "en",
        "The the DET det 2 - -",
        f"{lemma} {lemma} NOUN nsubj 3 - Number=Sing",
        "protested protest VERB ROOT 0",
    )

    assert (found is not None) == is_group


@pytest.mark.parametrize(
    ("lang", "word", "lemma", "is_group"),
    [
        ("en", "every", "driver", True),
        ("en", "any", "driver", True),
        ("en", "the", "driver", False),
        ("fr", "chaque", "chauffeur", True),
        ("fr", "un", "chauffeur", False),
        ("en", "every", "attempt", False),
    ],
)
def test_each_of_a_group_is_the_group(lang: str, word: str, lemma: str, is_group: bool) -> None:
    found = heading(
        lang,
        f"{word} {word} DET det 2 - -",
        f"{lemma} {lemma} NOUN nsubj 3 - Number=Sing",
        "protested protest VERB ROOT 0",
    )

    assert found == (lemma if is_group else None)


def test_no_space_ends_a_group() -> None:
    found = heading(
        "fr",
        "Les le DET det 2 - -",
        "chauffeurs chauffeur NOUN nsubj 6 - Number=Plur",
        "de de ADP case 4",
        "taxi taxi NOUN nmod 2",
        "¶ ¶ SPACE dep 4",
        "protestent protester VERB ROOT 0",
    )

    assert found == "chauffeurs de taxi"


def test_things_are_no_group() -> None:
    assert (
        heading(
            "en",
            "The the DET det 2 - -",
            "browsers browser NOUN nsubj 3 - Number=Plur",
            "crashed crash VERB ROOT 0",
        )
        is None
    )


def test_what_a_hyphen_joins_is_one_noun() -> None:
    doc = parse(
        "en",
        """
        The the DET det 4
        start start NOUN compound 4
        - - PUNCT punct 4
        up up NOUN nsubj 5
        grew grow VERB ROOT 0
        """,
    )

    assert load_lexicon("en").types_of_noun(doc[3])[:1] == ("Company",)
    assert load_lexicon("en").types_of_noun(doc[1]) == ()


def test_a_bare_noun_means_the_group_that_it_headed_before() -> None:
    doc = parse(
        "fr",
        """
        Les le DET det 2 - -
        livreurs livreur NOUN nsubj 4 - Number=Plur
        indépendants indépendant ADJ amod 2 - Number=Plur
        protestent protester VERB ROOT 0

        Les le DET det 2 - -
        livreurs livreur NOUN nsubj 3 - Number=Plur
        gagnent gagner VERB ROOT 0

        Les le DET det 2 - -
        chauffeurs chauffeur NOUN nsubj 3 - Number=Plur
        perdent perdre VERB ROOT 0
        """,
    )
    reading = read_names(doc)
    for token in doc:
        if token.pos_ == "NOUN":
            node = group_node(reading, token)
            assert node is not None
            reading.groups[token.i] = node

    groups = [node for node in reading.nodes if node.type == "Group"]
    assert [node.name for node in groups] == ["livreurs indépendants", "chauffeurs"]
    assert len(groups[0].spots) == 2


@pytest.mark.parametrize(
    ("noun", "name"), [("opérateur", "opérateurs"), ("utilisateur", "utilisateurs Orange")]
)
def test_a_name_of_one_of_those_a_group_consists_of_is_no_part_of_its_own(
    noun: str, name: str
) -> None:
    assert (
        heading(
            "fr",
            "Les le DET det 2 - -",
            f"{noun}s {noun} NOUN nsubj 4 - Number=Plur",
            "Orange Orange PROPN nmod 2 ORG",
            "protestent protester VERB ROOT 0",
        )
        == name
    )


def people(lang: str, table: str) -> list[str]:
    """Names of the groups that stand for a nation's people."""
    reading = read_names(parse(lang, table))
    find_groups(reading)
    return [node.name for node in reading.groups.values()]


@pytest.mark.parametrize(
    ("word", "dep", "groups"),
    [
        ("Kenyans", "nsubj 3", ["Kenyans"]),
        ("Kenyan", "nsubj 3", []),
        ("Swiss", "nsubj 3", []),
        ("Laos", "nsubj 3", []),
    ],
)
def test_an_english_plural_from_a_nation_is_its_people(
    word: str, dep: str, groups: list[str]
) -> None:
    table = f"The the DET det 2\n{word} {word} PROPN {dep}\nsued sue VERB ROOT 0"

    assert people("en", table) == groups


@pytest.mark.parametrize(
    ("det", "word", "features", "groups"),
    [
        ("les", "Italiens", "Number=Plur", ["Italiens"]),
        ("l'", "Italien", "Number=Sing", []),
        ("les", "italiens", "Number=Plur", []),
    ],
)
def test_a_french_plural_with_a_capital_is_a_nation_s_people(
    det: str, word: str, features: str, groups: list[str]
) -> None:
    table = f"""
        {det} le DET det 2
        {word} italien NOUN nsubj 3 - {features}
        protestent protester VERB ROOT 0
    """

    assert people("fr", table) == groups


def test_an_article_tells_that_people_are_many() -> None:
    table = """
        Les le DET det 2 - Number=Plur
        Français français PROPN nsubj 3
        protestent protester VERB ROOT 0
    """

    assert people("fr", table) == ["Français"]


def test_a_nation_s_people_occur_rather_than_their_country() -> None:
    reading = read_names(parse("en", "Kenyans Kenyan PROPN nsubj 2\nsued sue VERB ROOT 0"))
    find_groups(reading)

    assert [(o.node.type, o.kind) for o in occurrences(reading, reading.sentences[0])] == [
        ("Group", GROUP)
    ]


def groups_of(lang: str, table: str) -> list[str]:
    """The names of the groups of a doc."""
    reading = read_names(parse(lang, table), "2025-01-01")
    find_groups(reading)
    return [node.name for node in reading.nodes if node.type == "Group"]


@pytest.mark.parametrize(
    ("table", "groups"),
    [
        (
            "On on ADP case 2\n25 25 NUM nummod 5\nJuly July PROPN nmod 2\n, , PUNCT punct 2\n"
            "platforms platform NOUN nsubj 6 - Number=Plur\npay pay VERB ROOT 0",
            ["platforms"],
        ),
        (
            "Some some DET det 3\n25 25 NUM nummod 3\nplatforms platform NOUN nsubj 4 - "
            "Number=Plur\npay pay VERB ROOT 0",
            ["25 platforms"],
        ),
        (
            "Quorne Quorne PROPN compound 3 ORG\nfired fire VERB amod 3\n"
            "workers worker NOUN ROOT 0 - Number=Plur",
            ["workers"],
        ),
        (
            "Quorne Quorne PROPN compound 2 ORG\nworkers worker NOUN ROOT 0 - Number=Plur",
            ["Quorne workers"],
        ),
        (
            "workers worker NOUN nsubj 4 - Number=Plur\nof of ADP case 3\n"
            "Quorne Quorne PROPN nmod 1 ORG\nsued sue VERB ROOT 0",
            ["workers of Quorne"],
        ),
        (
            "workers worker NOUN ROOT 0 - Number=Plur\nof of ADP case 3\n"
            "Quorne Quorne PROPN nmod 1 ORG\n, , PUNCT punct 3\nZorblax Zorblax PROPN appos 3 ORG",
            ["workers of Quorne"],
        ),
    ],
)
def test_no_date_and_no_verb_is_in_a_group_and_no_mark_parts_it(
    table: str, groups: list[str]
) -> None:
    assert groups_of("en", table) == groups
