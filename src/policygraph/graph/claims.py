"""The graph of claims: articles in, questions answered, records out."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph import vocabulary
from policygraph.graph.amending import amendments, may_write
from policygraph.graph.blocks import waiting
from policygraph.graph.copies import are_linked, copies_changes, link_all
from policygraph.graph.deriving import BEHIND, are_derived, derive, forget, were_derived
from policygraph.graph.filling import fill
from policygraph.graph.likeness import Printed
from policygraph.graph.matter_quads import derived_nodes, derived_quads
from policygraph.graph.merges import RESOLUTION, Merges, read_resolution
from policygraph.graph.named import named_query
from policygraph.graph.opened import OpenStore
from policygraph.graph.printings import printings_in, write_printing
from policygraph.graph.reading import StoredArticle, read_article
from policygraph.graph.remerging import remerging
from policygraph.graph.replacing import is_copy, replacing
from policygraph.graph.rereading import renamed, renaming_quads
from policygraph.graph.rows import Rows
from policygraph.graph.sparql import answer
from policygraph.graph.staging import copied
from policygraph.graph.stats import Stats, count
from policygraph.graph.terms import ARTICLES, COPIES, MATTERS, term
from policygraph.graph.updating import (
    Changes,
    deletion,
    insertion,
    rewriting,
    with_default,
)
from policygraph.graph.writing import article_iri, digest_of, write_record
from policygraph.model import Article, Record
from policygraph.resolve.judgements import Judgement, read_judgements, write_judgements

if TYPE_CHECKING:
    import networkx
    import rdflib

    from policygraph.view import Inline, ViewSummary

_LOG = logging.getLogger(__name__)

JUDGEMENTS = "judgements.jsonl"
"""The file of the folder that holds what persons judged of pairs of things."""

BATCH = 100_000
"""Quads that ``extend`` holds before it writes them: about a hundred articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of the records given to ``extend``."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0


class ClaimGraph(OpenStore):
    """Articles with their entities and claims in an Oxigraph store, a named graph an article.

    The default graph holds every triple of every article, and of the vocabulary, once.
    In memory when no folder is given. Use it as a context manager, or ``close`` it, to let
    other processes write to the folder.
    """

    def __init__(self) -> None:
        super().__init__()
        self._merges = Merges()
        self._judged: list[Judgement] = []
        self._prepare()

    @classmethod
    def open(
        cls, path: str | PathLike[str] | None, *, read_only: bool = False, create: bool = False
    ) -> ClaimGraph:
        """The graph of a folder; an empty one in memory when ``path`` is None.

        One process writes. Any number read beside it: each sees the articles that were there
        when it opened the graph, or that a writer had written some seconds before.

        Raises:
            StoreError: the folder is missing (unless ``create``), is no graph folder, is
                written by another process, cannot be read or written, or has another format.
        """
        if path is None:
            return cls()
        graph = cls.__new__(cls)
        graph._open(Path(path), read_only=read_only, create=create)
        graph._merges = Merges.read(graph.store)
        graph._judged = read_judgements(Path(path) / JUDGEMENTS)
        if not read_only:
            graph._prepare()
            graph._publish()
        return graph

    # writing ---------------------------------------------------------------------------

    def add(self, record: Record) -> bool:
        """Put an article's graph into the store, in place of an older one of the same article.

        All of it or nothing, whatever happens to the process. False when nothing changes: the
        very same is there already, or the same article from a source that comes first in the
        alphabet, so that the order of adding does not matter.

        Raises:
            RecordError: the record cannot be written as RDF.
            StoreError: the disk is full, or the graph was opened for reading.
        """
        return self.extend([record]).unchanged == 0

    def extend(self, records: Iterable[Record]) -> Added:
        """Add many articles, in batches that are each written whole or not at all."""
        added = replaced = unchanged = 0
        batch: dict[ox.NamedNode, list[ox.Quad]] = {}
        printed: dict[ox.NamedNode, Printed] = {}
        size = 0
        for record in records:
            quads = write_record(record)
            name = ox.NamedNode(article_iri(record.id))
            old = digest_of(batch[name]) if name in batch else self.digest(record.id)
            if old == digest_of(quads):
                unchanged += 1
            elif old is None:
                batch[name], printed[name] = quads, Printed.of(record.article)
                size += len(quads)
                added += 1
            else:
                self._write(batch, printed)
                batch, printed, size = {}, {}, 0
                if is_copy(self.store, name, record):
                    unchanged += 1
                    self._change(insert=write_printing(name, record.article))
                else:
                    self._replace(name, quads, record.article)
                    replaced += 1
            if size >= BATCH:
                self._write(batch, printed)
                batch, printed, size = {}, {}, 0
        self._write(batch, printed)
        return Added(added=added, replaced=replaced, unchanged=unchanged)

    def remove(self, article: str) -> int:
        """Take out the articles of that id, IRI, source or URL; gives how many there were.

        Of an article that stands in several places, one that it does not itself name goes alone.
        """
        names = [ox.NamedNode(name) for name in self.find_articles(article)]
        for name in names:
            self._replace(name, [], None)
        printings = printings_in(self.store, article)
        for printing in printings:
            self._change(delete=printing)
        return len(names) + len(printings)

    def update(
        self, text: str, *, using: Sequence[str] = (), using_named: Sequence[str] = ()
    ) -> Changes:
        """Run a SPARQL 1.1 update, whole or not at all, and give what it changed.

        It may read everything, and write graphs of other names than ``https://w3id.org/policygraph/``
        (``policygraph.graph.amending``). ``using`` and ``using_named`` are its dataset, where it
        names none itself.

        Raises:
            QueryError: not SPARQL, or it would fetch something from elsewhere.
            ProtectedError: it would change what articles say, or what follows from it.
            StoreError: the disk is full, or the graph was opened for reading.
        """
        self._check_writable()
        with self._refusals(), copied(self.store, self._path) as copy:
            changes = amendments(copy, self._merges, text, using=using, using_named=using_named)
            changes = Changes(
                insert={quad for quad in changes.insert if quad not in self.store},
                delete={quad for quad in changes.delete if quad in self.store},
            )
        if changes.insert or changes.delete:
            update = rewriting(self.store, changes, self._merges)
            with self._writing() as store:
                store.update(f"{update} ; {insertion([BEHIND])}")
        return changes

    def resolve(self) -> None:
        """Judge which things of the articles that came or went are one, and merge those that are.

        The outcome depends on the articles and the judgements of persons, and not on any order.
        """
        found = remerging(self.store, self._merges, self._judged, self.has_entity)
        if found is None:
            return
        merges, update = found
        with self._writing() as store:
            store.update(f"{update} ; {insertion([BEHIND])}")
        self._merges = merges

    def judge(self, *judgements: Judgement) -> None:
        """Keep what a person judged of pairs of things, in the folder, and merge or part them.

        It holds whatever articles come later, until a pair is judged again or ``undo`` is called.
        """
        self._keep([*self._judged, *judgements])

    def undo(self) -> Judgement | None:
        """Take back the last judgement of a person; None where there is none."""
        if not self._judged:
            return None
        last = self._judged[-1]
        self._keep(self._judged[:-1])
        return last

    def _keep(self, judged: list[Judgement]) -> None:
        self._check_writable()
        if self._path is not None:
            write_judgements(self._path / JUDGEMENTS, judged)
        self._judged = judged
        self.settle()

    def derive_matters(self, *, anew: bool = False) -> bool:
        """Join what all articles say into matters and statements; False when that is done.

        Only what articles that changed tell of is derived again (``policygraph.graph.deriving``),
        with the same outcome as if all were: ``anew`` derives all, whatever their state.
        """
        if not anew and self.matters_are_current():
            return False
        with self._writing() as store:
            if anew:
                forget(store)
            derive(store, self._merges)
        return True

    def settle(self) -> None:
        """Bring up to date what follows from all articles, to be called when some have changed.

        Things are merged, and matters derived.
        """
        self.resolve()
        self.derive_matters()

    def matters_are_current(self) -> bool:
        """Whether the matters are those of the articles that the graph has now."""
        return are_derived(self.store)

    def forget_matters(self) -> None:
        """Take out what ``derive_matters`` put in."""
        with self._writing() as store:
            forget(store)

    # reading ---------------------------------------------------------------------------

    def now(self, iri: str) -> str:
        """The IRI that stands today for one that was ever given to a thing of an article."""
        return self._merges.now(iri)

    def has_entity(self, iri: str) -> bool:
        """Whether an article was read with a thing of this IRI."""
        found = self.store.quads_for_pattern(None, term("pg:entity"), ox.NamedNode(iri))
        return any(isinstance(quad.graph_name, ox.NamedNode) for quad in found)

    @property
    def merged(self) -> dict[str, str]:
        """The IRIs that others stand for today, with these."""
        return dict(self._merges.targets)

    def judgements(self) -> list[Judgement]:
        """All judgements on pairs of things, by rules and by persons, in order of their IRIs."""
        return read_resolution(self._graph(RESOLUTION))

    def query(self, text: str, **params: str) -> Rows:
        """Answer a SPARQL 1.1 query over all articles and the vocabulary.

        The default graph is the union of all articles, and the common prefixes (``pg:``,
        ``rdfs:``, ``skos:``, ``schema:``, ``prov:``, ``oa:``, ``dcterms:`` …) need no
        declaration. ``params`` set the values of the query's ``VALUES ?name { "default" }``
        lines; where the default is ``UNDEF``, to the entities of that name, QID or IRI.

        Raises:
            QueryError: not SPARQL, an update, or a call to another server; or no such
                parameter or entity.
        """
        return answer(self.store, fill(self.store, text, params) if params else text)

    def ask(self, name: str, **params: str) -> Rows:
        """Answer one of the named queries, with its parameters set; see ``named_queries``.

        Matters are derived first where the query asks about them and the graph can be written.

        Raises ``QueryError`` where there is no such query, parameter or entity, or where matters
        were never derived and the graph was opened for reading.
        """
        wanted = named_query(name)
        if wanted.needs_matters:
            if not self.read_only:
                self.derive_matters()
            elif not were_derived(self.store):
                raise QueryError(
                    f"{self._path}: the query {name!r} is about matters, and none were derived "
                    "yet; run `policygraph matters` first"
                )
        return answer(self.store, fill(self.store, wanted.text, params, wanted.kinds(params)))

    def articles(self) -> list[str]:
        """IRIs of all articles, sorted."""
        names = (n.value for n in self.store.named_graphs() if isinstance(n, ox.NamedNode))
        return sorted(name for name in names if name.startswith(ARTICLES))

    def find_articles(self, article: str) -> list[str]:
        """IRIs of the articles that have this IRI, id, source or URL, sorted."""
        known = set(self.articles())
        found = {name for name in (article, article_iri(article)) if name in known}
        for predicate in ("dcterms:source", "schema:url"):
            values: list[ox.Literal | ox.NamedNode] = [ox.Literal(article)]
            if ":" in article:
                with suppress(ValueError):
                    values.append(ox.NamedNode(article))
            for value in values:
                for quad in self.store.quads_for_pattern(None, term(predicate), value):
                    graph = quad.graph_name
                    if isinstance(graph, ox.NamedNode) and graph.value in known:
                        found.add(graph.value)
        return sorted(found)

    def digest(self, id: str) -> str | None:
        """The digest of an article's graph; None when the article is not there."""
        name = ox.NamedNode(article_iri(id))
        return digest_of(self.store.quads_for_pattern(name, term("pg:digest"), None, name))

    def record(self, id: str) -> Record | None:
        """The record of the article of that id; None when it is not there."""
        quads = [*self._graph(article_iri(id))]
        return read_article(quads).record if quads else None

    def claims_in(self, id: str) -> set[str]:
        """IRIs of the claims of the article of that id: the same claim has the same IRI."""
        name = ox.NamedNode(article_iri(id))
        found = self.store.quads_for_pattern(None, term("rdf:type"), term("pg:Claim"), name)
        return {quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)}

    def stored(self) -> Iterator[StoredArticle]:
        """Every article as the graph holds it, with today's IRIs of its parts, sorted by IRI."""
        for name in self.articles():
            yield self._merges.today(read_article(self._graph(name)))

    def records(self) -> Iterator[Record]:
        """Every article's record, as it was added, sorted by the article's IRI."""
        return (stored.record for stored in self.stored())

    def quads(self) -> list[ox.Quad]:
        """All quads that ``statements`` gives, in N-Quads order."""
        return sorted(self.statements(), key=str)

    def statements(self) -> Iterator[ox.Quad]:
        """All quads of ``graphs``, with today's IRIs: for graphs that fill the memory.

        They come a graph after the other, those of each in N-Quads order.
        """
        for name in self.graphs():
            if name == RESOLUTION.value:
                yield from sorted(self._graph(name), key=str)
                continue
            parts: Iterable[Iterable[ox.Quad]] = [self._graph(name)]
            if name == MATTERS.value:  # which grows with all articles; the order is the same
                nodes = sorted(derived_nodes(self.store))
                parts = (derived_quads(self.store, node) for node in nodes)
            for part in parts:
                quads = {ox.Quad(*self._merges.triple(q), q.graph_name) for q in part}
                yield from sorted(quads, key=str)

    def graphs(self) -> list[str]:
        """IRIs of the named graphs of which a copy of the graph consists.

        Articles, sorted; links between copies, merges, what updates wrote, and matters where
        they are those of the articles: a warning is logged where they are not, and left out.
        The vocabulary is not among them.
        """
        written = (name for name in self.store.named_graphs() if may_write(name))
        matters = [MATTERS.value] if self.matters_are_current() else []
        if were_derived(self.store) and not matters:
            _LOG.warning("matters are older than the articles, and left out; settle() renews them")
        others = [COPIES.value, RESOLUTION.value, *matters, *(str(name.value) for name in written)]
        return [*self.articles(), *sorted(others)]

    def __len__(self) -> int:
        """Number of articles."""
        return len(self.articles())

    def __bool__(self) -> bool:
        return True

    def stats(self) -> Stats:
        """Count articles, entities, mentions, claims, and their kinds."""
        return count(self.store, self.articles())

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A MultiDiGraph: nodes are entity IRIs, edges claims from subject to object."""
        from policygraph.graph.networks import build_network

        return build_network(self.stored())

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset of all that ``statements`` gives, its default graph their union."""
        from policygraph.graph.networks import build_dataset

        return build_dataset(self.quads())

    def export(self, path: str | PathLike[str], *, format: str | None = None) -> tuple[Path, ...]:
        """Write the graph to a file, in the format of its suffix; see ``policygraph.export``."""
        from policygraph.export import export_graph

        return export_graph(self, path, format=format)

    @overload
    def view(self, path: None = None, **options: Any) -> Inline: ...

    @overload
    def view(self, path: str | PathLike[str], **options: Any) -> ViewSummary: ...

    def view(self, path: str | PathLike[str] | None = None, **options: Any) -> ViewSummary | Inline:
        """Write one interactive HTML file; without a path, show it in a notebook.

        A path that ends in .svg, .pdf or .png gets a picture for print. ``options`` are
        those of ``policygraph.view.write_view``.
        """
        from policygraph.view import show_view, write_view

        if path is None:
            return show_view(self.to_networkx(), **options)
        return write_view(self.to_networkx(), Path(path), **options)

    def _repr_html_(self) -> str:
        from policygraph.view.notebook import graph_html

        return graph_html(self.stats())

    # within ----------------------------------------------------------------------------

    def _graph(self, name: str | ox.NamedNode) -> Iterator[ox.Quad]:
        node = name if isinstance(name, ox.NamedNode) else ox.NamedNode(name)
        return iter(self.store.quads_for_pattern(None, None, None, node))

    def _write(
        self,
        batch: dict[ox.NamedNode, list[ox.Quad]],
        printed: dict[ox.NamedNode, Printed],
    ) -> None:
        """Write the graphs of new articles, and link these to their copies."""
        if not batch:
            return
        links = copies_changes(self.store, added=printed)
        new = [quad for quads in batch.values() for quad in quads]
        quads = [*new, *links.insert, *waiting(new), BEHIND]
        with self._writing() as store:
            if links.delete:
                store.update(f"{deletion(links.delete)} ; {insertion(quads, self._merges)}")
            else:
                store.extend(copy for quad in quads for copy in with_default(quad, self._merges))

    def _replace(self, name: ox.NamedNode, quads: list[ox.Quad], article: Article | None) -> None:
        """Drop a graph and write it anew in one transaction, which only an update gives."""
        if article is not None:
            # first: should the rest not be written, the old IRI is in use and this says nothing
            self._change(insert=renaming_quads(renamed(self._graph(name), quads)))
        old = [*self._graph(name)]
        update = replacing(self.store, self._merges, name, quads, article)
        with self._writing() as store:
            store.update(f"{update} ; {insertion({BEHIND, *waiting([*old, *quads])})}")

    def _change(self, *, insert: Iterable[ox.Quad] = (), delete: Iterable[ox.Quad] = ()) -> None:
        insert = [quad for quad in insert if quad not in self.store]
        if insert or delete:
            with self._writing() as store:
                store.update(f"{deletion(delete)} ; {insertion(insert)}")

    def _prepare(self) -> None:
        """Load the vocabulary, and link the copies of a graph that has no such links yet."""
        if not vocabulary.is_loaded(self.store):
            with self._writing() as store:
                vocabulary.load(store, self._merges)
        if not are_linked(self.store):
            with self._writing() as store:
                link_all(store, [ox.NamedNode(name) for name in self.articles()])
                store.add(BEHIND)
