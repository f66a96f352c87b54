"""Keeps what follows from all articles together: matters and statements, in a graph of its own.

The graph ``MATTERS`` holds nothing that cannot be derived again, and the same whether all of it
is derived at once, or what changed, time after time. The graph ``KEYS`` remembers from which
articles (``keys.py``), and whether any has changed since. The triples of ``MATTERS`` stand in the
default graph too, as those of articles do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256

import pyoxigraph as ox

from policygraph.graph.keys import (
    about,
    article_quads,
    articles_renamed,
    fingerprints,
    is_article,
    key_quad,
    keys_among,
    matter_key,
    merge_quads,
    name_quads,
    nodes_of,
    remembered_fingerprints,
    remembered_merges,
    remembered_names,
    statement_key,
    value,
)
from policygraph.graph.matter_quads import (
    Names,
    derived_quads,
    matter_iri,
    matter_quads,
    statement_iri,
    statement_quads,
)
from policygraph.graph.matters import Told, join_matters, told_by
from policygraph.graph.merges import Merges
from policygraph.graph.sayings import Saying, sayings_of
from policygraph.graph.stages import load_models
from policygraph.graph.statements import family_of, join_statements
from policygraph.graph.terms import KEYS, MATTERS, term
from policygraph.graph.updating import Changes, rewriting, with_default
from policygraph.ontology import ontology_dir

VERSION = "3"
"""Of the way in which matters are derived; another makes older ones stale."""

BEHIND = ox.Quad(KEYS, term("pg:behind"), ox.Literal(True), KEYS)
"""In a store whose articles may have changed since: whoever changes them adds it."""

_WHOLE = 200_000
"""Quads that are written in one transaction."""
_PARTY = term("pg:party")


def are_derived(store: ox.Store) -> bool:
    """Whether the matters in a store are those of its articles."""
    return _stamp() in store and BEHIND not in store


def were_derived(store: ox.Store) -> bool:
    """Whether a store has matters, though perhaps of articles as they were."""
    return _stamp() in store


def forget(store: ox.Store) -> None:
    """Take all that was derived out of a store."""
    store.remove(_stamp())  # first: a kill on the way leaves matters that are known to be none
    for graph in (MATTERS, KEYS):
        batch: set[ox.Quad] = set()
        for quad in store.quads_for_pattern(None, None, None, graph):
            batch.add(quad)
            if len(batch) == _WHOLE:
                _apply(store, Changes(delete=batch))
                batch = set()
        _apply(store, Changes(delete=batch))


def derive(store: ox.Store, merges: Merges) -> None:
    """Bring the matters and statements of a store up to date with its articles.

    Little is written in one transaction. A kill in the midst of much leaves matters that are
    known to be unfinished, so that the next call begins anew.
    """
    if not were_derived(store):
        forget(store)
    batch = Changes()
    for step in _Derivation(store, merges).changes():
        batch.insert.update(step.insert - step.delete)
        batch.delete.update(step.delete - step.insert)
        if len(batch.insert) + len(batch.delete) > _WHOLE:
            store.remove(_stamp())
            _apply(store, batch)
            batch = Changes()
    batch.insert.add(_stamp())
    if BEHIND in store:
        batch.delete.add(BEHIND)
    _apply(store, batch)


@cache
def _stamp() -> ox.Quad:
    models = (ontology_dir() / "matters.toml").read_text(encoding="utf-8")
    value = sha256(f"{VERSION}\n{models}".encode()).hexdigest()
    return ox.Quad(KEYS, term("pg:digest"), ox.Literal(value), KEYS)


def _apply(store: ox.Store, changes: Changes) -> None:
    if changes.delete:
        store.update(rewriting(store, changes, Merges()))
    else:
        store.extend(copy for quad in changes.insert for copy in with_default(quad))


class _Derivation:
    """What has to change in ``MATTERS`` and ``KEYS``.

    Matters of one key follow from the sayings of the articles that tell of it, and so do
    statements: only keys that an article told of before it changed, or tells of now, are looked
    at, and those of parties that have another name.
    """

    def __init__(self, store: ox.Store, merges: Merges) -> None:
        self._store = store
        self._merges = merges
        self._models = load_models()
        self._names = Names(store)
        self._told: dict[str, list[Told]] = defaultdict(list)
        self._said: dict[str, list[Saying]] = defaultdict(list)
        self._touched: set[str] = set()

    def changes(self) -> Iterator[Changes]:
        """The changes, none of which undoes another."""
        now, before = fingerprints(self._store), remembered_fingerprints(self._store)
        changed = {a for a in now.keys() | before.keys() if now.get(a) != before.get(a)}
        if before:
            changed.update(articles_renamed(self._store, self._merges))
        yield Changes(insert=merge_quads(self._merges), delete=remembered_merges(self._store))
        for article in sorted(changed):
            old = about(self._store, article) if article in before else set()
            self._touched.update(keys_among(old))
            new: set[ox.Quad] = set()
            if article in now:
                new = article_quads(article, now[article], self._read(article))
                self._touched.update(keys_among(new))
            yield Changes(insert=new, delete=old)
        names = remembered_names(self._store)
        renamed = {party for party, old in names.items() if self._name_quads(party) != old}
        for party in renamed:
            for quad in self._store.quads_for_pattern(None, _PARTY, ox.NamedNode(party), MATTERS):
                self._touched.update(keys_among(about(self._store, value(quad.subject))))
        if before:
            self._read_others(changed)
        yield from self._join(names, renamed)

    def _read(self, article: str, only: set[str] | None = None) -> set[str]:
        """Keep what an article tells, of these keys; gives the keys."""
        sayings = sayings_of(self._store, ox.NamedNode(article), self._merges)
        found = set()
        for told in told_by(sayings, self._models):
            key = matter_key(told.key)
            if only is None or key in only:
                self._told[key].append(told)
                found.add(key)
        for saying in sayings:
            key = statement_key(family_of(saying, self._models))
            if only is None or key in only:
                self._said[key].append(saying)
                found.add(key)
        return found

    def _read_others(self, changed: set[str]) -> None:
        """Read what articles that did not change tell of the keys that are touched."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for key in self._touched:
            for node in nodes_of(self._store, key):
                if is_article(node) and node not in changed:
                    wanted[node].add(key)
        for article, keys in wanted.items():
            self._read(article, keys)

    def _join(self, names: Mapping[str, set[ox.Quad]], renamed: set[str]) -> Iterator[Changes]:
        """What is derived of the keys that are touched, and the names of its parties."""
        parties: set[str] = set()
        gone: set[ox.Quad] = set()
        for key in sorted(self._touched):
            old, new = self._derived(key), {*self._joined(key)}
            parties.update(value(q.object) for q in new if q.predicate == _PARTY)
            gone.update(q for q in old - new if q.predicate == _PARTY)
            yield Changes(insert=new, delete=old)
        for party in parties | renamed | {value(quad.object) for quad in gone}:
            matters = self._store.quads_for_pattern(None, _PARTY, ox.NamedNode(party), MATTERS)
            kept = party in parties or any(quad not in gone for quad in matters)
            yield Changes(
                insert=self._name_quads(party) if kept else set(),
                delete=names.get(party, set()),
            )

    def _derived(self, key: str) -> set[ox.Quad]:
        """What was derived of a key."""
        found: set[ox.Quad] = set()
        for node in nodes_of(self._store, key):
            if not is_article(node):
                found |= {key_quad(node, key), *derived_quads(self._store, node)}
        return found

    def _joined(self, key: str) -> Iterator[ox.Quad]:
        """What is derived of a key now."""
        for matter in join_matters(self._told[key], self._models):
            yield key_quad(matter_iri(matter), key)
            yield from matter_quads(matter, self._names)
        for statement in join_statements(self._said[key], self._models):
            yield key_quad(statement_iri(statement.said, statement.denied), key)
            yield from statement_quads(statement)

    def _name_quads(self, party: str) -> set[ox.Quad]:
        return name_quads(party, {lang: self._names.label(party, lang) for lang in ("en", "fr")})
