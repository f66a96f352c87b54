from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from sample_records import english, gold_records, zephyr

from policygraph.errors import RecordError
from policygraph.graph.reading import read_article
from policygraph.graph.terms import term
from policygraph.graph.writing import article_iri, digest_of, is_name, unite, write_record
from policygraph.model import Article, Entity, Mention, Record
from policygraph.ontology import ENTITIES, NAMESPACE, ontology_dir
from policygraph.resolve import resolve

GOLDEN = Path(__file__).parent / "golden" / "zephyr.nq"


def lines(quads: list[Quad]) -> str:
    return "".join(f"{quad} .\n" for quad in quads)


def about(quads: list[Quad], subject: object, predicate: str) -> list[object]:
    return [q.object for q in quads if q.subject == subject and q.predicate == term(predicate)]


def claim_of(quads: list[Quad], predicate: str) -> NamedNode:
    [node] = {
        q.subject
        for q in quads
        if (q.predicate, q.object) == (term("pg:predicate"), term(predicate))
    }
    assert isinstance(node, NamedNode)
    return node


def test_the_quads_of_a_record_are_those_of_the_golden_file(request: pytest.FixtureRequest) -> None:
    found = lines(write_record(zephyr()))

    if request.config.getoption("--regenerate-golden"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_everything_stands_in_the_articles_own_graph_without_blank_nodes() -> None:
    quads = write_record(zephyr())

    assert {q.graph_name for q in quads} == {NamedNode(article_iri(zephyr().id))}
    assert all(isinstance(t, NamedNode | Literal) for q in quads for t in q.triple)
    assert lines(quads) == "".join(sorted(lines(quads).splitlines(keepends=True)))


def test_only_what_is_actual_and_not_denied_is_a_plain_triple() -> None:
    quads = write_record(resolve(zephyr()))
    firm, thing = NamedNode(f"{ENTITIES}company/zephyr"), f"{ENTITIES}product/nuage"
    agency = NamedNode(f"{ENTITIES}government-body/arco")

    assert about(quads, firm, "pg:owns") == [NamedNode(thing)]
    assert len(about(quads, agency, "pg:fines")) == 1
    assert about(quads, firm, "pg:acquires") == []  # planned
    assert about(quads, firm, "pg:attacks") == []  # denied


def test_a_claim_node_carries_all_that_the_claim_says() -> None:
    quads = write_record(resolve(zephyr()))

    deal, fine = claim_of(quads, "pg:acquires"), claim_of(quads, "pg:fines")

    assert about(quads, deal, "rdf:type") == [term("pg:Claim")]
    assert about(quads, deal, "pg:status") == [term("pg:planned")]
    assert about(quads, deal, "pg:negated") == [Literal(False)]
    assert about(quads, deal, "pg:deadline") == [Literal("2020-09-15", datatype=term("xsd:date"))]
    assert about(quads, deal, "pg:confidence") == [Literal(0.75)]
    assert about(quads, fine, "pg:date") == [Literal("2020-08", datatype=term("xsd:gYearMonth"))]
    assert about(quads, fine, "pg:amount") == [Literal("3000000 EUR")]
    assert about(quads, fine, "pg:currency") == [Literal("EUR")]
    assert about(quads, fine, "pg:attributedTo") == [
        NamedNode(f"{ENTITIES}media-outlet/le-courrier")
    ]
    assert about(quads, claim_of(quads, "pg:attacks"), "pg:negated") == [Literal(True)]


def test_evidence_is_quoted_and_placed_by_web_annotation_selectors() -> None:
    record = zephyr()
    quads = write_record(record)
    [target] = about(quads, claim_of(quads, "pg:attacks"), "oa:hasTarget")

    assert about(quads, target, "oa:hasSource") == [NamedNode(article_iri(record.id))]
    by_type = {about(quads, s, "rdf:type")[0]: s for s in about(quads, target, "oa:hasSelector")}
    quote, place = by_type[term("oa:TextQuoteSelector")], by_type[term("oa:TextPositionSelector")]
    assert about(quads, quote, "oa:exact") == [
        Literal("Zephyr n'a pas attaqué ARCO", language="fr")
    ]
    assert about(quads, quote, "oa:suffix") == [Literal(" 🙂.", language="fr")]
    [start], [end] = about(quads, place, "oa:start"), about(quads, place, "oa:end")
    assert record.article.text[int(start.value) : int(end.value)] == "Zephyr n'a pas attaqué ARCO"  # type: ignore[attr-defined]


def test_provenance_names_the_article_and_the_software() -> None:
    record = zephyr()
    quads = write_record(record)
    claim, article = claim_of(quads, "pg:owns"), NamedNode(article_iri(record.id))

    assert about(quads, claim, "prov:wasDerivedFrom") == [article]
    [activity] = about(quads, claim, "prov:wasGeneratedBy")
    assert about(quads, activity, "prov:used") == [article]
    [agent] = about(quads, activity, "prov:wasAssociatedWith")
    assert about(quads, agent, "rdfs:label") == [Literal("policygraph 0")]
    annotated = write_record(replace(record, software=None))
    assert not any(q.predicate == term("prov:wasGeneratedBy") for q in annotated)


def test_entities_have_labels_in_the_articles_language_and_their_wikidata_twin() -> None:
    quads = write_record(zephyr())
    firm = NamedNode(f"{ENTITIES}company/zephyr")

    assert about(quads, firm, "rdfs:label") == [Literal("Zephyr", language="fr")]
    assert about(quads, firm, "owl:sameAs") == [term("wd:Q42")]


def test_every_term_of_ours_that_is_written_is_in_the_ontology() -> None:
    defined = (ontology_dir() / "policygraph.ttl").read_text(encoding="utf-8")
    quads = [q for r in (zephyr(), *gold_records()) for q in write_record(resolve(r))]
    used = {t.value for q in quads for t in (q.predicate, q.object) if isinstance(t, NamedNode)}
    ours = {iri.removeprefix(NAMESPACE) for iri in used if iri.startswith(NAMESPACE)}

    assert {name for name in ours if f"\npg:{name} a " not in defined} == set()


def test_a_record_can_be_read_back_from_its_quads() -> None:
    for record in (zephyr(), english(), *gold_records(), *map(resolve, gold_records())):
        stored = read_article(write_record(record))

        assert stored.record == unite(record)


def test_all_that_a_page_tells_of_its_article_is_read_back() -> None:
    record = english()
    told = replace(
        record.article, subtitle="At last", modified="2020-08-06", tags=("fines", "apps", "fines")
    )

    stored = read_article(write_record(replace(record, article=told))).record

    assert stored.article == told
    assert stored.article.tags == ("apps", "fines")


def test_the_digest_changes_with_anything_the_graph_holds() -> None:
    record = zephyr()
    more = replace(record, claims=record.claims[:3])

    assert digest_of(write_record(record)) == digest_of(write_record(zephyr()))
    assert digest_of(write_record(record)) != digest_of(write_record(more))


def test_entities_with_one_iri_become_one() -> None:
    record = english()
    twin = replace(record.entities[1], iri=record.entities[0].iri)

    united = unite(replace(record, entities=(record.entities[0], twin)))

    assert [e.id for e in united.entities] == ["e1"]
    assert len(united.entities[0].mentions) == 2
    assert (united.claims[0].subject, united.claims[0].object) == ("e1", "e1")


def test_a_lone_surrogate_leaves_all_offsets_right() -> None:
    record = english(text="\ud800 ARCO fined Papillon.")

    stored = read_article(write_record(record)).record

    assert stored.article.text == "\ufffd ARCO fined Papillon."
    assert stored.claims[0].evidence == record.claims[0].evidence


def test_what_cannot_be_rdf_is_refused_with_its_reason() -> None:
    record = english()
    first = record.entities[0]

    def refusal(**changes: object) -> str:
        with pytest.raises(RecordError) as caught:
            write_record(replace(record, **changes))  # type: ignore[arg-type]
        return str(caught.value)

    entities = record.entities
    assert "no IRI" in refusal(entities=(replace(first, iri="no iri"), *entities[1:]))
    assert "no QID" in refusal(entities=(replace(first, wikidata="42"), *entities[1:]))
    assert "unknown type 'Robot'" in refusal(entities=(replace(first, type="Robot"), *entities[1:]))
    assert "two entities have the id 'e1'" in refusal(entities=(first, first))
    assert "no entity of it" in refusal(entities=(first,))
    unknown = replace(record.claims[0], predicate="hugs")
    assert "'hugs' is not in the ontology" in refusal(claims=(unknown,))


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("Trump", "Donald Trump", True),
        ("ACLU", "American Civil Liberties Union", True),
        ("the American firm", "Acme", False),
        ("l'entreprise", "Acme", False),
        ("Commission", "Commission européenne", True),
    ],
)
def test_forms_of_a_name_are_told_from_descriptions(words: str, name: str, expected: bool) -> None:
    assert is_name(words, name) is expected


def test_a_thing_says_from_when_until_when_it_was() -> None:
    record = resolve(
        Record(
            article=Article(source="a", text="The Arcom said no.", lang="en"),
            entities=(
                Entity(
                    id="e1",
                    name="Arcom",
                    type="GovernmentBody",
                    mentions=(Mention(4, 9, "Arcom"),),
                    iri=f"{ENTITIES}arcom",
                ),
            ),
        )
    )

    [valid] = [q.object for q in write_record(record) if q.predicate == term("dcterms:valid")]

    assert str(valid) == '"2022-01-01/.."'
