"""Which IRIs stand for others, and what that makes of the triples of articles.

The named graph of an article keeps the IRIs under which it was read, so that a merge can be
undone. The default graph, views and exports have the IRI that stands for the thing today. A
graph of its own (``RESOLUTION``) leads from old IRIs to new ones, and holds the judgements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from policygraph.graph.reading import StoredArticle
from policygraph.graph.terms import plain, term, thing
from policygraph.model import digest
from policygraph.ontology import IDS
from policygraph.resolve.judgements import Judgement, Verdict, judgement

RESOLUTION = ox.NamedNode(f"{IDS}resolution")
"""The named graph of redirects and judgements."""


_NAMES = (term("rdfs:label"), term("skos:prefLabel"))
"""What an IRI that was merged no longer gives to the one that stands for it."""

Triple = tuple[Any, ox.NamedNode, Any]
"""Subject, predicate and object, of what kinds the store has."""


class Merges:
    """IRIs that other IRIs stand for today."""

    def __init__(self, targets: Mapping[str, str] | None = None) -> None:
        self.targets = dict(targets or {})
        self._new: dict[Any, ox.NamedNode] = {}
        self._old: dict[Any, list[ox.NamedNode]] = defaultdict(list)
        for old, new in self.targets.items():
            self._new[ox.NamedNode(old)] = ox.NamedNode(new)
            self._old[ox.NamedNode(new)].append(ox.NamedNode(old))

    @classmethod
    def read(cls, store: ox.Store) -> Merges:
        """The redirects that a store holds."""
        found = store.quads_for_pattern(None, term("dcterms:isReplacedBy"), None, RESOLUTION)
        return cls({_iri(quad.subject): _iri(quad.object) for quad in found})

    def __bool__(self) -> bool:
        return bool(self.targets)

    def now(self, iri: str) -> str:
        """The IRI that stands for this one today: itself, where nothing was merged."""
        return self.targets.get(iri, iri)

    def group(self, iri: str) -> set[str]:
        """All IRIs that are merged with this one, and itself."""
        top = self.now(iri)
        return {iri, top, *(_iri(old) for old in self._old.get(ox.NamedNode(top), ()))}

    def triple(self, quad: ox.Quad) -> Triple:
        """The quad's triple with today's IRIs; names of what was merged become further names."""
        if not self._new:
            return quad.subject, quad.predicate, quad.object
        subject, predicate = self._new.get(quad.subject), quad.predicate
        if subject is not None and predicate in _NAMES:
            predicate = term("skos:altLabel")
        return subject or quad.subject, predicate, self._new.get(quad.object, quad.object)

    def sources(self, triple: Triple) -> Iterator[Triple]:
        """The triples that articles may have for this one of today."""
        subject, predicate, object_ = triple
        for o in (object_, *self._old.get(object_, ())):
            yield subject, predicate, o
            for s in self._old.get(subject, ()):
                if predicate not in _NAMES:
                    yield s, predicate, o
                if predicate == term("skos:altLabel"):
                    yield from ((s, name, o) for name in _NAMES)

    def involved(self, other: Merges) -> set[ox.NamedNode]:
        """The IRIs that the two treat otherwise, with all that are merged with them."""
        changed = {
            iri
            for iri in self.targets.keys() | other.targets.keys()
            if self.targets.get(iri) != other.targets.get(iri)
        }
        found = {ox.NamedNode(iri) for iri in changed}
        for merges in (self, other):
            tops = {ox.NamedNode(merges.now(iri)) for iri in changed}
            found |= tops | {old for top in tops for old in merges._old.get(top, ())}
        return found

    def today(self, stored: StoredArticle) -> StoredArticle:
        """An article with the IRIs of today in place of those under which it was read."""
        if not self.targets:
            return stored
        labels: dict[str, dict[str, str]] = {}
        for iri, names in stored.labels.items():
            kept = labels.setdefault(self.now(iri), {})
            kept.update({lang: name for lang, name in names.items() if lang not in kept})
        entities = {id: self.now(iri) for id, iri in stored.entities.items()}
        return replace(stored, entities=entities, labels=labels)


def _iri(node: Any) -> str:
    """The IRI of a node, or the text of a literal."""
    return str(node.value)


def resolution_quads(targets: Mapping[str, str], judgements: Iterable[Judgement]) -> list[ox.Quad]:
    """Redirects and judgements as quads of ``RESOLUTION``, sorted."""
    quads = [
        ox.Quad(ox.NamedNode(o), term("dcterms:isReplacedBy"), ox.NamedNode(n), RESOLUTION)
        for o, n in targets.items()
    ]
    for item in judgements:
        node = ox.NamedNode(thing("judgement", digest(*item.pair)))
        values: list[tuple[str, ox.NamedNode | ox.Literal]] = [
            ("rdf:type", term("pg:Judgement")),
            ("pg:judged", ox.NamedNode(item.one)),
            ("pg:judged", ox.NamedNode(item.other)),
            ("pg:verdict", plain(item.verdict.value)),
            ("pg:judgedBy", plain(item.by)),
            ("pg:reason", plain(item.reason)),
            ("pg:likeness", ox.Literal(float(item.score))),
        ]
        quads += [ox.Quad(node, term(name), value, RESOLUTION) for name, value in values]
    return sorted(quads, key=str)


def read_resolution(quads: Iterable[ox.Quad]) -> list[Judgement]:
    """The judgements of the quads of ``RESOLUTION``, in order of their IRIs."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        values[_iri(quad.subject)][quad.predicate.value].append(_iri(quad.object))

    def of(facts: Mapping[str, list[str]], name: str) -> list[str]:
        return facts.get(term(name).value, [])

    found = []
    for facts in values.values():
        if of(facts, "pg:verdict"):
            one, other = of(facts, "pg:judged")
            verdict, reason, by, score = (
                of(facts, name)[0]
                for name in ("pg:verdict", "pg:reason", "pg:judgedBy", "pg:likeness")
            )
            found.append(judgement(one, other, Verdict(verdict), reason, by=by, score=float(score)))
    return sorted(found, key=lambda item: item.pair)
