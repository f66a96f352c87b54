"""The graph of claims: articles in, questions answered, records out."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from policygraph.closing import Closing
from policygraph.errors import QueryError, StoreError
from policygraph.graph.copies import (
    Changes,
    are_linked,
    copies_changes,
    link_all,
    read_printed,
)
from policygraph.graph.deriving import are_derived, derive, forget
from policygraph.graph.filling import fill
from policygraph.graph.folder import Reader, Writer
from policygraph.graph.likeness import Printed
from policygraph.graph.merges import RESOLUTION, Merges, read_resolution, resolution_quads
from policygraph.graph.named import named_query
from policygraph.graph.printings import printings_in, printings_of, write_printing
from policygraph.graph.reading import StoredArticle, read_article
from policygraph.graph.rereading import read_renamings, renamed, renaming_quads, still_needed
from policygraph.graph.rows import Rows
from policygraph.graph.sparql import answer
from policygraph.graph.terms import COPIES, MATTERS, PREFIXES, VOCABULARY, term
from policygraph.graph.things import things
from policygraph.graph.updating import deletion, insertion, with_default
from policygraph.graph.writing import article_iri, digest_of, unite, write_record
from policygraph.model import Article, Record
from policygraph.ontology import ontology_dir
from policygraph.resolve.clusters import cluster
from policygraph.resolve.judgements import Judgement, in_force, read_judgements, write_judgements

if TYPE_CHECKING:
    import networkx
    import rdflib

    from policygraph.view import Inline, ViewSummary

_ARTICLES = article_iri("")

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts over the whole graph; the mappings run from most to least frequent.

    ``voices`` counts an article with its reprints and revisions once; ``copies`` counts these
    by what links them to it. ``printings`` counts further places of the very same articles.
    """

    articles: int
    voices: int
    printings: int
    entities: int
    mentions: int
    claims: int
    triples: int
    by_language: dict[str, int] = field(default_factory=dict)
    by_type: dict[str, int] = field(default_factory=dict)
    by_predicate: dict[str, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)
    by_publisher: dict[str, int] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)


class ClaimGraph(Closing):
    """Articles with their entities and claims in an Oxigraph store, a named graph an article.

    The default graph holds every triple of every article, and of the vocabulary, once.
    In memory when no folder is given. Use it as a context manager, or ``close`` it, to let
    other processes write to the folder.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._writer: Writer | None = None
        self._unlock: Callable[[], object] = lambda: None
        self._store: ox.Store | None = ox.Store()
        self._merges = Merges()
        self._judged: list[Judgement] = []
        self.read_only = False
        self._load_vocabulary()
        self._link_copies()

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
        graph._path = Path(path)
        graph.read_only = read_only
        graph._writer = None if read_only else Writer(graph._path, create=create)
        opened = graph._writer or Reader(graph._path)
        graph._store = opened.store
        graph._merges = Merges.read(opened.store)
        graph._judged = read_judgements(graph._path / JUDGEMENTS)
        # a graph that nobody closes lets go of its folder when it is forgotten
        graph._unlock = weakref.finalize(graph, opened.close)
        if not read_only:
            graph._load_vocabulary()
            graph._link_copies()
            graph._publish()
        return graph

    @property
    def path(self) -> Path | None:
        """The folder, or None in memory."""
        return self._path

    @property
    def store(self) -> ox.Store:
        """The Oxigraph store itself, for what this class does not offer."""
        if self._store is None:
            raise StoreError(f"{self._path or 'graph'}: already closed; open it again")
        return self._store

    def close(self) -> None:
        """Write everything, let readers see it, and let go of the folder; harmless when done twice.

        Raises:
            StoreError: the disk is full; what was added stays, and the next to open the
                folder publishes it.
        """
        try:
            if self._store is not None:
                self._publish()
        finally:
            self._store = self._writer = None
            self._unlock()

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
                if self._is_copy(name, record):
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

    def resolve(self) -> None:
        """Judge anew which things of the articles are one, and merge those that are.

        The outcome depends on the articles and the judgements of persons, and not on any order.
        """
        found = cluster(things(self.store), in_force(self._judged))
        renamings = still_needed(read_renamings(self._graph(RESOLUTION)), self.has_entity)
        targets = {old: found.targets.get(new, new) for old, new in renamings.items()}
        targets |= found.targets
        quads = resolution_quads(targets, found.judgements)
        quads = sorted([*quads, *renaming_quads(renamings)], key=str)
        if quads == sorted(self._graph(RESOLUTION), key=str):
            return
        merges = Merges(targets)
        changed = {
            quad
            for iri in self._merges.involved(merges)
            for found in (
                self.store.quads_for_pattern(iri, None, None),
                self.store.quads_for_pattern(None, None, iri),
            )
            for quad in found
            if str(quad.graph_name).startswith(f"<{_ARTICLES}")
        }
        old = {ox.Triple(*self._merges.triple(quad)) for quad in changed}
        new = {ox.Triple(*merges.triple(quad)) for quad in changed}
        old |= {quad.triple for quad in self._graph(RESOLUTION)}
        new |= {quad.triple for quad in quads}
        gone, come, own = (
            "\n".join(f"{triple} ." for triple in group)
            for group in (old - new, new - old, [quad.triple for quad in quads])
        )
        with self._writing() as store:
            store.update(
                f"DROP SILENT GRAPH {RESOLUTION} ; DELETE DATA {{ {gone} }} ;"
                f"INSERT DATA {{ {come} GRAPH {RESOLUTION} {{ {own} }} }}"
            )
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
        if self.read_only:
            raise StoreError(f"{self._path}: opened for reading only; open it without read_only")
        if self._path is not None:
            write_judgements(self._path / JUDGEMENTS, judged)
        self._judged = judged
        self.resolve()

    def derive_matters(self, *, anew: bool = False) -> bool:
        """Join what all articles say into matters and statements; False when that is done.

        They are derived from all articles at once (``policygraph.graph.deriving``), into a graph
        of their own. ``anew`` derives them whatever their state.
        """
        if not anew and self.matters_are_current():
            return False
        with self._writing() as store:
            derive(store, self.articles())
        return True

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
            elif not any(True for _ in self._graph(MATTERS)):
                raise QueryError(
                    f"{self._path}: the query {name!r} is about matters, and none were derived "
                    "yet; run `policygraph matters` first"
                )
        return answer(self.store, fill(self.store, wanted.text, params, wanted.kinds(params)))

    def articles(self) -> list[str]:
        """IRIs of all articles, sorted."""
        names = (n.value for n in self.store.named_graphs() if isinstance(n, ox.NamedNode))
        return sorted(name for name in names if name.startswith(_ARTICLES))

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
        """All quads of all articles, of copies' links and of merges, in N-Quads order.

        They have today's IRIs.
        """
        return sorted(self.statements(), key=str)

    def statements(self) -> Iterator[ox.Quad]:
        """The same, a graph after the other: for graphs that fill the memory.

        They come by the article's IRI, links and merges last, those of each in N-Quads order.
        """
        for name in (*self.articles(), COPIES.value):
            today = {ox.Quad(*self._merges.triple(q), q.graph_name) for q in self._graph(name)}
            yield from sorted(today, key=str)
        yield from sorted(self._graph(RESOLUTION), key=str)

    def __len__(self) -> int:
        """Number of articles."""
        return len(self.articles())

    def __bool__(self) -> bool:
        return True

    def stats(self) -> Stats:
        """Count articles, entities, mentions, claims, and their kinds."""
        copies = self._tally("VALUES ?kind { pg:reprintOf pg:revisionOf } ?x ?kind ?original")
        return Stats(
            articles=len(self),
            voices=len(self) - sum(copies.values()),
            printings=self._count("?x a pg:Printing"),
            entities=self._count("?x ^pg:entity ?o"),
            mentions=self._count("?x a pg:Mention"),
            claims=self._count("?x a pg:Claim"),
            triples=sum(1 for name in self.articles() for _ in self._graph(name)),
            by_language=self._tally("?x a pg:Article ; dcterms:language ?kind"),
            by_type=self._tally("?o pg:entity ?x . ?x a ?kind"),
            by_predicate=self._tally("?x pg:predicate ?kind"),
            by_status=self._tally("?x pg:status ?kind"),
            by_publisher=self._tally("?x dcterms:publisher/schema:name ?kind"),
            copies=copies,
        )

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A MultiDiGraph: nodes are entity IRIs, edges claims from subject to object."""
        from policygraph.graph.networks import build_network

        return build_network(self.stored())

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset of all articles, its default graph their union."""
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

    def _count(self, pattern: str) -> int:
        value = self.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")[0]["n"]
        return int(value or 0)

    def _tally(self, pattern: str) -> dict[str, int]:
        rows = self.query(
            f"SELECT ?kind (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }} "
            "GROUP BY ?kind ORDER BY DESC(?n) ?kind"
        )
        return {str(row["kind"]).removeprefix(PREFIXES["pg"]): int(row["n"] or 0) for row in rows}

    def _graph(self, name: str | ox.NamedNode) -> Iterator[ox.Quad]:
        node = name if isinstance(name, ox.NamedNode) else ox.NamedNode(name)
        return iter(self.store.quads_for_pattern(None, None, None, node))

    def _is_copy(self, name: ox.NamedNode, record: Record) -> bool:
        """Whether the stored article says the same and has a source that comes before."""
        old, new = read_article(self._graph(name)).record, unite(record)
        same = (old.entities, old.claims, old.software) == (new.entities, new.claims, new.software)
        return same and old.article.source < new.article.source

    def _write(
        self,
        batch: dict[ox.NamedNode, list[ox.Quad]],
        printed: dict[ox.NamedNode, Printed],
    ) -> None:
        """Write the graphs of new articles, and link these to their copies."""
        if not batch:
            return
        links = copies_changes(self.store, added=printed)
        quads = [*(quad for quads in batch.values() for quad in quads), *links.insert]
        with self._writing() as store:
            if links.delete:
                store.update(f"{deletion(links.delete)} ; {insertion(quads, self._merges)}")
            else:
                store.extend(copy for quad in quads for copy in with_default(quad, self._merges))

    def _replace(self, name: ox.NamedNode, quads: list[ox.Quad], article: Article | None) -> None:
        """Drop a graph and write it anew in one transaction, which only an update gives."""
        links = Changes()
        printed = Printed.of(article) if article else None
        if printed != read_printed(self.store, name):
            added = {name: printed} if printed else {}
            links = copies_changes(self.store, added=added, removed=[name])
        if article is None:
            links.delete.update(printings_of(self.store, name))
        else:
            old = read_article(self._graph(name)).record.article
            if old.source != article.source:
                links.insert.update(write_printing(name, old))
            for printing in printings_in(self.store, article.source):
                links.delete.update(printing & printings_of(self.store, name))
            # first: should the rest not be written, the old IRI is in use and this says nothing
            self._change(insert=renaming_quads(renamed(self._graph(name), quads)))
        gone = "\n".join(f"{triple} ." for triple in self._only_in(name))
        with self._writing() as store:
            store.update(
                f"DROP SILENT GRAPH {name} ; DELETE DATA {{ {gone} }} ; "
                f"{deletion(links.delete)} ; {insertion([*quads, *links.insert], self._merges)}"
            )

    def _change(self, *, insert: Iterable[ox.Quad] = (), delete: Iterable[ox.Quad] = ()) -> None:
        insert = [quad for quad in insert if quad not in self.store]
        if insert or delete:
            with self._writing() as store:
                store.update(f"{deletion(delete)} ; {insertion(insert)}")

    def _only_in(self, name: ox.NamedNode) -> Iterator[ox.Triple]:
        """Triples of the default graph that no other graph than this one gives it."""
        keepers = {name, ox.DefaultGraph()}
        for triple in {self._merges.triple(quad) for quad in self._graph(name)}:
            copies = (
                copy
                for source in self._merges.sources(triple)
                for copy in self.store.quads_for_pattern(*source, None)
            )
            if all(copy.graph_name in keepers for copy in copies):
                yield ox.Triple(*triple)

    @contextmanager
    def _writing(self) -> Iterator[ox.Store]:
        """Gives the store to change; turns what the disk refuses into a ``StoreError``."""
        if self.read_only:
            raise StoreError(f"{self._path}: opened for reading only; open it without read_only")
        store = self.store
        with self._refusals():
            if self._writer is not None:
                self._writer.changing()
            yield store
            if self._writer is not None:
                self._writer.changed()

    def _publish(self) -> None:
        with self._refusals():
            if self._writer is not None:
                self._writer.publish()

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error).splitlines()[0]
            raise StoreError(
                f"{self._path}: cannot be written ({reason}); check space and permissions, then "
                "do it again: what was added before is there"
            ) from error

    def _load_vocabulary(self) -> None:
        """Hold the shipped ontology in a graph of its own, so that queries have its labels."""
        path = ontology_dir() / "policygraph.ttl"
        shipped = path.read_text(encoding="utf-8")
        stamp = ox.Quad(
            VOCABULARY,
            term("pg:digest"),
            ox.Literal(sha256(shipped.encode()).hexdigest()),
            VOCABULARY,
        )
        if stamp in self.store:
            return
        quads = [
            ox.Quad(quad.subject, quad.predicate, quad.object, VOCABULARY)
            for quad in ox.parse(shipped, format=ox.RdfFormat.TURTLE)
        ]
        known = {*quads}
        with self._writing() as store:  # the stamp comes last: a kill before it is made good
            store.extend([*quads, *(ox.Quad(*quad.triple) for quad in quads)])
            for triple in [*self._only_in(VOCABULARY)]:
                quad = ox.Quad(triple.subject, triple.predicate, triple.object)
                if ox.Quad(quad.subject, quad.predicate, quad.object, VOCABULARY) not in known:
                    store.remove(quad)
            for quad in [quad for quad in self._graph(VOCABULARY) if quad not in known]:
                store.remove(quad)
            store.extend([stamp, ox.Quad(*stamp.triple)])

    def _link_copies(self) -> None:
        """Link the copies in a graph that was written before they were linked, or otherwise."""
        if not are_linked(self.store):
            with self._writing() as store:
                link_all(store, [ox.NamedNode(name) for name in self.articles()])
