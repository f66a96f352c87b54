"""Checks a graph against the SHACL shapes of ``ontology/shapes.ttl``.

Articles are checked a few at a time, each batch together with the ontology: an article's
graph describes all that its claims are about, so batches need nothing of each other. That
each quotation stands at its offsets is checked by one SPARQL query, which is far faster
than a SHACL constraint that does the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad

from policygraph.graph import ClaimGraph
from policygraph.graph.networks import build_dataset
from policygraph.graph.terms import COPIES, PREFIXES
from policygraph.ontology import ontology_dir

if TYPE_CHECKING:
    import rdflib

BATCH = 20
"""Articles that are checked together."""

_MISPLACED = """
SELECT ?node ?article ?exact {
  GRAPH ?article {
    { ?node pg:mentionOf ?any ; oa:start ?start ; oa:end ?end ; oa:exact ?exact }
    UNION
    { ?node oa:hasSelector ?quote, ?position .
      ?quote oa:exact ?exact . ?position oa:start ?start ; oa:end ?end }
    ?article pg:text ?text
  }
  FILTER(SUBSTR(STR(?text), ?start + 1, ?end - ?start) != STR(?exact))
}
ORDER BY ?article ?node
"""


_DANGLING = """
SELECT DISTINCT ?copy {
  ?copy pg:reprintOf|pg:revisionOf ?original
  FILTER(NOT EXISTS { ?copy a pg:Article } || NOT EXISTS { ?original a pg:Article })
}
ORDER BY ?copy
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What is wrong with one node: ``path`` and ``value`` where the shape speaks of them."""

    node: str
    message: str
    path: str | None = None
    value: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of a validation; ``articles`` is how many were checked."""

    articles: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations


def validate(graph: ClaimGraph) -> Report:
    """Check every article of a graph; takes about a tenth of a second an article."""
    names = graph.articles()
    found: list[Violation] = []
    for first in range(0, len(names), BATCH):
        found.extend(_check_shapes(_article_quads(graph, names[first : first + BATCH])))
    found.extend(_check_shapes(list(graph.store.quads_for_pattern(None, None, None, COPIES))))
    found.extend(_check_copies(graph))
    found.extend(_check_offsets(graph))
    return Report(articles=len(names), violations=tuple(found))


def _check_copies(graph: ClaimGraph) -> Iterator[Violation]:
    for row in graph.query(_DANGLING):
        yield Violation(
            node=str(row["copy"]), message="a copy, or what it is a copy of, is no article here"
        )


def _check_offsets(graph: ClaimGraph) -> Iterator[Violation]:
    for row in graph.query(_MISPLACED):
        yield Violation(
            node=str(row["node"]),
            message="the quotation does not stand at its offsets in the article's text",
            path=PREFIXES["oa"] + "exact",
            value=str(row["exact"]),
            article=str(row["article"]),
        )


def _check_shapes(quads: Sequence[Quad]) -> Iterator[Violation]:
    from pyshacl import validate as run_shacl
    from rdflib import SH

    if not quads:
        return
    owners = {quad.subject.value: quad.graph_name.value for quad in quads}  # type: ignore[union-attr]
    dataset = build_dataset(Quad(*quad.triple) for quad in quads)
    conforms, results, _ = run_shacl(
        dataset.default_graph,
        shacl_graph=_shapes("shapes.ttl"),
        ont_graph=_shapes("policygraph.ttl"),
    )
    if conforms:
        return
    found = []
    for result in results.subjects(predicate=SH.resultMessage):
        if (None, SH.result, result) not in results:
            continue  # a detail of another result
        node = str(results.value(result, SH.focusNode))
        found.append(
            Violation(
                node=node,
                message=str(results.value(result, SH.resultMessage)),
                path=_text(results.value(result, SH.resultPath)),
                value=_text(results.value(result, SH.value)),
                article=owners.get(node),
            )
        )
    yield from sorted(set(found), key=lambda v: (v.node, v.path or "", v.message, v.value or ""))


def _article_quads(graph: ClaimGraph, names: Sequence[str]) -> list[Quad]:
    graphs = map(NamedNode, names)
    return [q for name in graphs for q in graph.store.quads_for_pattern(None, None, None, name)]


@cache
def _shapes(name: str) -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(ontology_dir() / name, format="turtle")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
