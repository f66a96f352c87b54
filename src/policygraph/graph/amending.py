"""Works out what a SPARQL update changes, and refuses what updates may not touch.

An update may read everything. It may write any named graph but those of this project
(``https://w3id.org/policygraph/…``): these hold what articles say and what follows from it, and
stay as ``ingest`` and ``remove`` left them. Triples for the default graph, which is the union of
the named ones, stand in ``ADDITIONS``. Blank nodes become IRIs, so that they can be spoken of.

Each operation runs on a copy of the store, its templates writing into graphs that no one else
has; only what is found there is carried over. So nothing else can change, whatever it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import pyoxigraph as ox

from policygraph.errors import ProtectedError, QueryError
from policygraph.graph.merges import Merges
from policygraph.graph.sparql import without_calls
from policygraph.graph.terms import ADDITIONS, PREFIXES, thing
from policygraph.graph.update_syntax import Block, Change, Management, read_update
from policygraph.graph.updating import Changes, rewriting
from policygraph.ontology import IDS

_OURS = IDS.removesuffix("id/")
_DRAFT = "urn:policygraph:draft:"
_ALL = ox.DefaultGraph()


def may_write(graph: object) -> bool:
    """Whether updates may change a graph."""
    return graph == ADDITIONS or (
        isinstance(graph, ox.NamedNode) and not graph.value.startswith(_OURS)
    )


def amendments(
    copy: ox.Store,
    merges: Merges,
    text: str,
    *,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
) -> Changes:
    """What an update changes in a store, of which ``copy`` is one that may be written at will.

    ``using`` and ``using_named`` are the dataset of its WHERE clauses, where a request names it.

    Raises:
        QueryError: not SPARQL, a call to another server, or a dataset named twice.
        ProtectedError: it would change a graph of this project.
    """
    net = Changes()
    clauses = [("USING", using), ("USING NAMED", using_named)]
    dataset = " ".join(f"{word} {_node(name)}" for word, names in clauses for name in names)
    for operation in read_update(text):
        if isinstance(operation, Management):
            step = _managed(copy, operation)
        else:
            step = _changed(copy, merges, operation, dataset)
        for quad in (*step.delete, *step.insert):
            _check(quad.graph_name)
        step.delete.intersection_update({quad for quad in step.delete if quad in copy})
        copy.update(rewriting(copy, step, merges))
        net = Changes(
            insert=(net.insert - step.delete) | step.insert,
            delete=(net.delete | step.delete) - step.insert,
        )
    return net


def _changed(copy: ox.Store, merges: Merges, change: Change, dataset: str) -> Changes:
    if dataset and (change.using or change.within):
        raise QueryError("the update names its dataset, with USING or WITH, and the request too")
    blocks = [*change.delete, *change.insert]
    named = {
        number: _resolve(change.prologue, block.graph or change.within)
        for number, block in enumerate(blocks)
        if not _is_variable(block.graph or change.within)
    }
    for name in named.values():
        _check(name)
    _run(copy, _draft_text(change, blocks, dataset))
    step = Changes()
    for number, graph, quad in _drafted(copy):
        target = graph or named[number]
        if number >= len(change.delete):
            step.insert.add(_without_blanks(quad, target))
        elif target != ADDITIONS:
            step.delete.add(_quad(quad, target))
        else:
            step.delete.update(_added(copy, merges, quad))
    return step


def _draft_text(change: Change, blocks: Sequence[Block], dataset: str) -> str:
    """The operation as one that only inserts, each block into a graph of its own."""
    templates, binds = [], []
    for number, block in enumerate(blocks):
        name = f"<{_DRAFT}{number}:>"
        graph = block.graph or change.within
        if graph and _is_variable(graph):
            name = f"?policygraph_{number}"
            binds.append(
                f'BIND(IF(ISIRI({graph}), IRI(CONCAT("{_DRAFT}{number}:", '
                f"ENCODE_FOR_URI(STR({graph})))), ?policygraph_none) AS {name})"
            )
        templates.append(f"GRAPH {name} {{ {block.triples}\n }}")
    within = f"WITH {change.within}" if change.within else ""
    return (
        f"{change.prologue} {within} INSERT {{ {' '.join(templates)} }} {change.using} {dataset} "
        f"WHERE {{ {{ {change.where}\n }} {' '.join(binds)} }}"
    )


def _drafted(copy: ox.Store) -> Iterator[tuple[int, ox.NamedNode | None, ox.Quad]]:
    """Quads by the number of their block, with the graph where it was a variable; taken out."""
    for draft in [*copy.named_graphs()]:
        if isinstance(draft, ox.NamedNode) and draft.value.startswith(_DRAFT):
            number, _, graph = draft.value.removeprefix(_DRAFT).partition(":")
            for quad in [*copy.quads_for_pattern(None, None, None, draft)]:
                yield int(number), ox.NamedNode(unquote(graph)) if graph else None, quad
            copy.remove_graph(draft)


def _added(copy: ox.Store, merges: Merges, quad: ox.Quad) -> list[ox.Quad]:
    """What to take out of ``ADDITIONS`` so that a triple leaves the default graph."""
    triple = quad.subject, quad.predicate, quad.object
    wanted = {triple, *merges.sources(triple)}
    stating = [quad for t in wanted for quad in copy.quads_for_pattern(*t, None)]
    found = [quad for quad in stating if quad.graph_name == ADDITIONS]
    if not found and stating:
        graphs = (quad.graph_name for quad in stating)
        stated = min((str(graph) for graph in graphs if graph != _ALL), default="another graph")
        raise ProtectedError(
            f"the update would take out {quad.triple}, which {stated} states; name that graph if "
            "it is yours; what articles state goes with them (`policygraph remove`)"
        )
    return found


def _managed(copy: ox.Store, operation: Management) -> Changes:
    """What an operation on whole graphs changes; those of this project are not among ALL."""
    verb, prologue = operation.verb, operation.prologue
    if verb in ("CLEAR", "DROP"):
        if operation.source in ("ALL", "NAMED"):
            kept = None if operation.source == "ALL" else ADDITIONS
            graphs = [graph for graph in _writable(copy) if graph != kept]
        else:
            graphs = [_resolve(prologue, operation.source)]
            _check(graphs[0])
        return Changes(delete={quad for graph in graphs for quad in _quads(copy, graph)})
    source = _resolve(prologue, operation.source)
    if verb == "CREATE":
        _check(source)
        return Changes()  # a graph is there once it has a triple
    target = _resolve(prologue, operation.target)
    if source == target:
        return Changes()
    for graph in (source, target) if verb == "MOVE" else (target,):
        _check(graph)
    read = _ALL if operation.source == "DEFAULT" and verb != "MOVE" else source
    insert = {_quad(quad, target) for quad in _quads(copy, read)}
    replaced = () if verb == "ADD" else _quads(copy, target)
    moved = _quads(copy, source) if verb == "MOVE" else ()
    return Changes(insert=insert, delete={*replaced, *moved} - insert)


def _writable(copy: ox.Store) -> Iterator[ox.NamedNode]:
    for graph in copy.named_graphs():
        if isinstance(graph, ox.NamedNode) and may_write(graph):
            yield graph


def _quad(quad: ox.Quad, graph: ox.NamedNode) -> ox.Quad:
    """The same triple in another graph."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _quads(copy: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return iter(copy.quads_for_pattern(None, None, None, graph))


def _check(graph: object) -> None:
    if not may_write(graph):
        raise ProtectedError(
            f"updates may not change {graph}: graphs under {_OURS} hold what articles say, and "
            "change with `policygraph ingest` and `remove` alone; write to a graph of another name"
        )


def _is_variable(graph: str | None) -> bool:
    return graph is not None and graph[0] in "?$"


def _resolve(prologue: str, graph: str | None) -> ox.NamedNode:
    """The graph of that name in the text; ``ADDITIONS`` for the default graph."""
    if graph is None or graph == "DEFAULT":
        return ADDITIONS
    try:
        [solution] = ox.Store().query(  # type: ignore[misc]
            f"{prologue} SELECT * {{ VALUES ?graph {{ {graph} }} }}", prefixes=dict(PREFIXES)
        )
    except SyntaxError as error:
        raise QueryError(f"the graph {graph} is no IRI, or its prefix is unknown") from error
    found = solution[0]
    assert isinstance(found, ox.NamedNode)
    return found


def _node(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError as error:
        raise QueryError(f"the graph name {name!r} is no IRI") from error


def _run(copy: ox.Store, text: str) -> None:
    try:
        copy.update(without_calls(text), prefixes=dict(PREFIXES))
    except SyntaxError as error:
        words = str(error).splitlines()[0].partition(": ")[2]
        raise QueryError(
            f"the update is not SPARQL, or would call another server: {words[:160]}"
        ) from error
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the update failed: {str(error).splitlines()[0][:200]}") from error


def _without_blanks(quad: ox.Quad, graph: ox.NamedNode) -> ox.Quad:
    subject, object_ = quad.subject, quad.object
    if isinstance(subject, ox.BlankNode):
        subject = ox.NamedNode(thing("genid", subject.value))
    if isinstance(object_, ox.BlankNode):
        object_ = ox.NamedNode(thing("genid", object_.value))
    return ox.Quad(subject, quad.predicate, object_, graph)
