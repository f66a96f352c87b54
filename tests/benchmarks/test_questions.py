from __future__ import annotations

from benchmarks.questions.synthetic import CLAIMS, entity_iri, fill_graph
from policygraph.graph import ClaimGraph
from policygraph.validate import validate


def test_the_invented_graph_is_of_the_shape_that_is_written() -> None:
    graph = ClaimGraph.open(None)

    assert fill_graph(graph, 3 * CLAIMS) == 3

    assert validate(graph).violations == ()
    assert graph.stats().claims == 3 * CLAIMS
    companies = " ".join(f"<{entity_iri(0, number)}>" for number in range(50))
    assert graph.query(f"ASK {{ VALUES ?who {{ {companies} }} ?claim pg:subject ?who }}")
