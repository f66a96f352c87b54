"""The graph of claims: articles in, questions answered, records out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from policygraph.errors import StoreError
from policygraph.graph.folder import open_store
from policygraph.graph.named import fill
from policygraph.graph.reading import StoredArticle, read_article
from policygraph.graph.rows import Rows
from policygraph.graph.sparql import answer
from policygraph.graph.terms import PREFIXES, VOCABULARY, term
from policygraph.graph.writing import article_iri, digest_of, write_record
from policygraph.model import Record
from policygraph.ontology import ontology_dir

if TYPE_CHECKING:
    import networkx
    import rdflib

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
    """Counts over the whole graph; the mappings run from most to least frequent."""

    articles: int
    entities: int
    mentions: int
    claims: int
    triples: int
    by_language: dict[str, int] = field(default_factory=dict)
    by_type: dict[str, int] = field(default_factory=dict)
    by_predicate: dict[str, int] = field(default_factory=dict)
    by_status: dict[str, int] = field(default_factory=dict)
    by_publisher: dict[str, int] = field(default_factory=dict)


class ClaimGraph:
    """Articles with their entities and claims in an Oxigraph store, a named graph an article.

    In memory when no folder is given. Use it as a context manager, or ``close`` it, to let
    other processes write to the folder.
    """

    def __init__(self) -> None:
        self._path: Path | None = None
        self._lock: object = None
        self._store: ox.Store | None = ox.Store()
        self.read_only = False
        self._load_vocabulary()

    @classmethod
    def open(
        cls, path: str | PathLike[str] | None, *, read_only: bool = False, create: bool = False
    ) -> ClaimGraph:
        """The graph of a folder; an empty one in memory when ``path`` is None.

        Readers may be many, but not beside a writer.

        Raises:
            StoreError: the folder is missing (unless ``create``), is no graph folder, is in
                use by another process, cannot be read or written, or has another format.
        """
        if path is None:
            return cls()
        graph = cls.__new__(cls)
        graph._path = Path(path)
        graph.read_only = read_only
        graph._store, graph._lock = open_store(graph._path, read_only=read_only, create=create)
        if not read_only:
            graph._load_vocabulary()
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
        """Write everything and let go of the folder; harmless when done twice."""
        if self._store is not None and self._path is not None and not self.read_only:
            self._store.flush()
        self._store = None
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()  # type: ignore[attr-defined]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # writing ---------------------------------------------------------------------------

    def add(self, record: Record, *, software: str | None = None) -> bool:
        """Put an article's graph into the store, in place of an older one of the same article.

        All of it or nothing, whatever happens to the process. False when the very same is
        there already. ``software`` is what extracted the claims, such as ``policygraph 0.1``.

        Raises:
            RecordError: the record cannot be written as RDF.
            StoreError: the disk is full, or the graph was opened for reading.
        """
        return self.extend([record], software=software).unchanged == 0

    def extend(self, records: Iterable[Record], *, software: str | None = None) -> Added:
        """Add many articles, in batches that are each written whole or not at all."""
        added = replaced = unchanged = 0
        batch: dict[ox.NamedNode, list[ox.Quad]] = {}
        size = 0
        for record in records:
            quads = write_record(record, software=software)
            name = ox.NamedNode(article_iri(record.id))
            old = digest_of(batch[name]) if name in batch else self.digest(record.id)
            if old == digest_of(quads):
                unchanged += 1
            elif old is None:
                batch[name] = quads
                size += len(quads)
                added += 1
            else:
                self._write(batch)
                batch, size = {}, 0
                self._replace(name, quads)
                replaced += 1
            if size >= BATCH:
                self._write(batch)
                batch, size = {}, 0
        self._write(batch)
        return Added(added=added, replaced=replaced, unchanged=unchanged)

    def remove(self, article: str) -> int:
        """Take out the articles of that id, IRI, source or URL; gives how many there were."""
        names = self.find_articles(article)
        with self._writing() as store:
            for name in names:
                store.remove_graph(ox.NamedNode(name))
        return len(names)

    # reading ---------------------------------------------------------------------------

    def query(self, text: str, **params: str) -> Rows:
        """Answer a SPARQL 1.1 query over all articles and the vocabulary.

        The default graph is the union of all graphs, and the common prefixes (``pg:``,
        ``rdfs:``, ``skos:``, ``schema:``, ``prov:``, ``oa:``, ``dcterms:`` …) need no
        declaration. ``params`` set the values of ``VALUES ?name { "default" }`` lines, as
        the named queries have them.

        Raises:
            QueryError: not SPARQL, an update, or a call to another server.
        """
        return answer(self.store, fill(text, params) if params else text)

    def articles(self) -> list[str]:
        """IRIs of all articles, sorted."""
        names = self.store.named_graphs()
        return sorted(n.value for n in names if isinstance(n, ox.NamedNode) and n != VOCABULARY)

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
                    found.add(quad.graph_name.value)  # type: ignore[union-attr]
        return sorted(found)

    def digest(self, id: str) -> str | None:
        """The digest of an article's graph; None when the article is not there."""
        name = ox.NamedNode(article_iri(id))
        return digest_of(self.store.quads_for_pattern(name, term("pg:digest"), None, name))

    def stored(self) -> Iterator[StoredArticle]:
        """Every article as the graph holds it, with the IRIs of its parts, sorted by IRI."""
        for name in self.articles():
            node = ox.NamedNode(name)
            yield read_article(self.store.quads_for_pattern(None, None, None, node))

    def records(self) -> Iterator[Record]:
        """Every article's record, as it was added, sorted by the article's IRI."""
        return (stored.record for stored in self.stored())

    def quads(self) -> list[ox.Quad]:
        """All quads of all articles in N-Quads order, without the vocabulary."""
        return sorted((q for q in self.store if q.graph_name != VOCABULARY), key=str)

    def __len__(self) -> int:
        """Number of articles."""
        return len(self.articles())

    def __bool__(self) -> bool:
        return True

    def stats(self) -> Stats:
        """Count articles, entities, mentions, claims, and their kinds."""
        return Stats(
            articles=len(self),
            entities=self._count("?x ^pg:entity ?o"),
            mentions=self._count("?x a pg:Mention"),
            claims=self._count("?x a pg:Claim"),
            triples=sum(1 for quad in self.store if quad.graph_name != VOCABULARY),
            by_language=self._tally("?x a pg:Article ; dcterms:language ?kind"),
            by_type=self._tally("?o pg:entity ?x . ?x a ?kind"),
            by_predicate=self._tally("?x pg:predicate ?kind"),
            by_status=self._tally("?x pg:status ?kind"),
            by_publisher=self._tally("?x dcterms:publisher/schema:name ?kind"),
        )

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """A MultiDiGraph: nodes are entity IRIs, edges claims from subject to object."""
        from policygraph.graph.networks import build_network

        return build_network(self.stored())

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset of all articles, its default graph their union."""
        from policygraph.graph.networks import build_dataset

        return build_dataset(self.quads())

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

    def _write(self, batch: dict[ox.NamedNode, list[ox.Quad]]) -> None:
        if not batch:
            return
        with self._writing() as store:
            store.extend(quad for quads in batch.values() for quad in quads)

    def _replace(self, name: ox.NamedNode, quads: list[ox.Quad]) -> None:
        """Drop a graph and write it anew in one transaction, which only an update gives."""
        triples = "\n".join(f"{quad.triple} ." for quad in quads)
        with self._writing() as store:
            store.update(
                f"DROP SILENT GRAPH {name} ; INSERT DATA {{ GRAPH {name} {{ {triples} }} }}"
            )

    def _writing(self) -> _Writing:
        if self.read_only:
            raise StoreError(f"{self._path}: opened for reading only; open it without read_only")
        return _Writing(self)

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
        with self._writing() as store:
            store.remove_graph(VOCABULARY)
            store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=VOCABULARY)
            store.add(stamp)


class _Writing:
    """Turns what the disk refuses into a ``StoreError``."""

    def __init__(self, graph: ClaimGraph) -> None:
        self._graph = graph

    def __enter__(self) -> ox.Store:
        return self._graph.store

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, OSError):
            reason = str(error).splitlines()[0]
            raise StoreError(
                f"{self._graph.path}: cannot be written ({reason}); check space and permissions"
            ) from error
