from __future__ import annotations

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, URIRef
from sample_records import english, gold_records, zephyr

from policygraph.graph import ClaimGraph
from policygraph.graph.networks import build_dataset
from policygraph.graph.terms import MATTERS, PREFIXES, term
from policygraph.graph.writing import article_iri
from policygraph.resolve import resolve
from policygraph.validate import validate

CONTRADICTION = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
"""What owlrl says of a graph that contradicts itself."""


def test_what_the_graph_writes_conforms() -> None:
    graph = ClaimGraph.open(None)
    graph.extend([zephyr(), english(), *(resolve(r) for r in gold_records()[:6])])

    graph.derive_matters()

    report = validate(graph)

    assert report.violations == ()
    assert report.conforms
    assert report.articles == 8
    assert report.derived > 8
    sample = validate(graph, sample=2)
    assert (sample.articles, sample.derived) == (2, 2)


@pytest.mark.parametrize(
    ("kind", "predicate", "value", "message"),
    [
        ("pg:Matter", "pg:currentStage", term("pg:actual"), "a matter stands at one stage"),
        ("pg:Stage", "pg:stage", term("pg:closed"), "a stage is of one kind"),
        ("pg:Stage", "pg:since", ox.Literal("soon"), "a stage begins on a date"),
    ],
)
def test_a_matter_that_somebody_spoilt_is_reported(
    kind: str, predicate: str, value: ox.NamedNode | ox.Literal, message: str
) -> None:
    graph = ClaimGraph.open(None)
    graph.add(zephyr())
    graph.derive_matters()
    found = [*graph.store.quads_for_pattern(None, term("rdf:type"), term(kind), MATTERS)]
    graph.store.add(ox.Quad(found[0].subject, term(predicate), value, MATTERS))

    violations = validate(graph).violations

    assert any(v.message.startswith(message) for v in violations)


def test_the_ontology_and_what_is_written_agree_by_owl_rl() -> None:
    graph = ClaimGraph.open(None)
    graph.extend([resolve(zephyr()), english()])
    graph.derive_matters()
    triples = graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    closed = Graph() + build_dataset(ox.Quad(*quad.triple) for quad in triples).default_graph

    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)

    assert [*closed.objects(predicate=CONTRADICTION)] == []
    [buys] = graph.query("SELECT ?c { ?c pg:predicate pg:acquires }")
    assert (URIRef(str(buys["c"])), RDF.type, URIRef(PREFIXES["prov"] + "Entity")) in closed


def test_the_reasoner_would_find_a_contradiction() -> None:
    broken = Graph().parse(
        data="@prefix : <x:> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
        ":a owl:sameAs :b ; owl:differentFrom :b .",
        format="turtle",
    )

    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(broken)

    assert [*broken.objects(predicate=CONTRADICTION)] != []


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        ("pg:status", term("pg:actual"), "a claim has one status"),
        ("pg:negated", ox.Literal("maybe"), "a claim is negated or not"),
        ("pg:confidence", ox.Literal(7.5), "a claim has a confidence between 0 and 1"),
        ("pg:date", ox.Literal("soon"), "a claim's date is an xsd:date"),
        ("pg:amount", ox.Literal("a lot"), "an amount reads like 150000000 EUR or 20%"),
        ("pg:subject", ox.NamedNode("https://example.org/nobody"), "a claim has one subject"),
    ],
)
def test_a_claim_that_somebody_spoilt_is_reported(
    predicate: str, value: ox.NamedNode | ox.Literal, message: str
) -> None:
    graph = ClaimGraph.open(None)
    graph.add(zephyr())
    name = ox.NamedNode(article_iri(zephyr().id))
    [deal] = [
        quad.subject
        for quad in graph.store.quads_for_pattern(
            None, term("pg:predicate"), term("pg:acquires"), name
        )
    ]
    graph.store.add(ox.Quad(deal, term(predicate), value, name))

    report = validate(graph)

    assert not report.conforms
    assert any(v.message.startswith(message) for v in report.violations)
    assert {v.node for v in report.violations} == {deal.value}  # type: ignore[union-attr]
    assert {v.article for v in report.violations} == {name.value}


def test_a_quotation_that_is_not_in_the_text_is_reported() -> None:
    graph = ClaimGraph.open(None)
    graph.add(english())
    name = ox.NamedNode(article_iri(english().id))
    [text] = graph.store.quads_for_pattern(name, term("pg:text"), None, name)
    graph.store.remove(text)
    graph.store.add(
        ox.Quad(name, term("pg:text"), ox.Literal("Yes, ARCO fined it.", language="en"), name)
    )

    messages = {violation.message for violation in validate(graph).violations}

    assert messages == {"the quotation does not stand at its offsets in the article's text"}
