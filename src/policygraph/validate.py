"""Checks a graph against the SHACL shapes of ``ontology/shapes.ttl``.

Articles are checked a few at a time, each batch together with the ontology: an article's
graph describes all that its claims are about, so batches need nothing of each other. Matters
and statements are checked likewise. Of a large graph a sample may do: it is drawn by hashes of
IRIs, so that it is the same on every machine. That each quotation stands at its offsets is
checked by one SPARQL query, which is far faster than a SHACL constraint that does the same,
and always of all articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad

from policygraph.graph import ClaimGraph
from policygraph.graph.matter_quads import derived_nodes, derived_quads
from policygraph.graph.networks import build_dataset
from policygraph.graph.terms import COPIES, MATTERS, PREFIXES
from policygraph.model import digest
from policygraph.ontology import ontology_dir

if TYPE_CHECKING:
    import rdflib

BATCH = 15_000
"""Triples that are checked together, and more where one article has more."""

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
    """The outcome of a validation: how many articles, and matters and statements, were checked."""

    articles: int
    derived: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations


def validate(graph: ClaimGraph, *, sample: int | None = None) -> Report:
    """Check every article, matter and statement of a graph, or ``sample`` of each.

    Takes a few minutes for a million triples.
    """
    articles = _drawn(graph.articles(), sample)
    derived = _drawn(sorted(derived_nodes(graph.store)), sample)
    found: list[Violation] = []
    parts = chain(
        (_graph_quads(graph, name) for name in articles),
        ([*derived_quads(graph.store, node)] for node in derived),
        [_graph_quads(graph, COPIES.value)],
    )
    for batch in _batches(parts):
        found.extend(_check_shapes(batch))
    found.extend(_check_copies(graph))
    found.extend(_check_offsets(graph))
    return Report(articles=len(articles), derived=len(derived), violations=tuple(found))


def _drawn(names: list[str], sample: int | None) -> list[str]:
    if sample is None or sample >= len(names):
        return names
    return sorted(sorted(names, key=digest)[:sample])


def _batches(parts: Iterable[Sequence[Quad]]) -> Iterator[list[Quad]]:
    batch: list[Quad] = []
    for part in parts:
        batch += part
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


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

    owners = {q.subject.value: q.graph_name.value for q in quads if q.graph_name != MATTERS}  # type: ignore[union-attr]
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


def _graph_quads(graph: ClaimGraph, name: str) -> list[Quad]:
    return list(graph.store.quads_for_pattern(None, None, None, NamedNode(name)))


@cache
def _shapes(name: str) -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(ontology_dir() / name, format="turtle")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
