from __future__ import annotations

import pytest

import policygraph
from policygraph.model import Article
from policygraph.passages import foreign_passages, in_language
from policygraph.software import software_of

FRENCH = "La Cnil a infligé mardi une amende de 50 millions d'euros à Google, a-t-elle annoncé."
ENGLISH = "The European Commission fined Google 4.3 billion euros on Wednesday in Brussels."
GERMAN = "Das Bundeskartellamt hat am Dienstag gegen Facebook ein hohes Bußgeld verhängt."
SPANISH = "La agencia multó a Google con diez millones de euros por ceder datos sin permiso."


def langs(text: str, lang: str) -> list[str]:
    return [passage.lang for passage in foreign_passages(text, lang)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (f"{FRENCH}\n\n{GERMAN}\n\n{FRENCH}", "fr", ["de"]),
        (f"{ENGLISH}\n\n{SPANISH}\n{FRENCH}", "en", ["es", "fr"]),
        (f"{FRENCH}\n\nMicrosoft Teams, Google Meet", "fr", []),
        (f"{ENGLISH}\n\nFrankfurter Allgemeine Zeitung", "en", []),
        (FRENCH, "fr", []),
        (ENGLISH, "fr", []),
        ("", "fr", []),
    ],
)
def test_passages_in_another_language_are_found(text: str, lang: str, expected: list[str]) -> None:
    assert langs(text, lang) == expected


@pytest.mark.parametrize("quoted", [f"« {GERMAN} »", f"“{GERMAN}”", f"„{GERMAN}“", f'"{GERMAN}"'])
def test_a_quotation_in_another_language_is_found_within_its_sentence(quoted: str) -> None:
    text = f"Le ministre allemand a écrit mardi à la Commission : {quoted} Elle n'a pas répondu."

    [passage] = foreign_passages(text, "fr")

    assert text[passage.start : passage.end].strip() == GERMAN
    assert passage.lang == "de"


def test_each_language_is_read_alone_at_its_own_place() -> None:
    text = f"{FRENCH}\n\n{GERMAN}\n\n{ENGLISH}"
    article = Article(source="a", text=text, lang="fr")
    passages = foreign_passages(text, "fr")

    french, english = (in_language(article, passages, lang) for lang in ("fr", "en"))

    assert len(french.text) == len(english.text) == len(text)
    assert french.text.split() == FRENCH.split()
    assert (english.text.split(), english.lang) == (ENGLISH.split(), "en")
    assert english.text.index("The") == text.index("The")


def test_claims_come_from_passages_that_a_pipeline_reads_and_from_no_other() -> None:
    alone = policygraph.extract(f"{FRENCH}\n\n{ENGLISH}", lang="fr")
    mixed = policygraph.extract(f"{FRENCH}\n\n{GERMAN}\n\n{ENGLISH}", lang="fr")

    def said(record: policygraph.Record) -> set[tuple[str, str, str]]:
        return {
            (record.entity(c.subject).name, c.predicate, record.entity(c.object).name)
            for c in record.claims
        }

    assert said(mixed) == said(alone)
    assert {predicate for _, predicate, _ in said(mixed)} == {"fines"}
    assert len(said(mixed)) == 2
    assert mixed.software == software_of(["fr", "en"], {})
    assert len([e for e in mixed.entities if e.name == "Google"]) == 1
    for claim in mixed.claims:
        evidence = claim.evidence
        assert mixed.article.text[evidence.start : evidence.end] == evidence.text
    assert not any(m.text == "Facebook" for e in mixed.entities for m in e.mentions)
