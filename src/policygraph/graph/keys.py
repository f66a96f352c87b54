"""Remembers what each matter was derived from, so that only what changed is derived anew.

The graph ``KEYS`` holds, of the last derivation: for each article the fingerprint of all that
its claims are read from, and the key of each matter and statement that it tells of; for each
matter and statement its key; for each party the names that its matters give it; and which IRIs
stood for others. It follows from the articles, as matters do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from policygraph.graph.matters import Key
from policygraph.graph.merges import Merges
from policygraph.graph.statements import Said
from policygraph.graph.terms import ARTICLES, KEYS, plain, term, words
from policygraph.model import digest

_ALL = ox.DefaultGraph()
_DIGEST, _TELLS, _NAME = term("pg:digest"), term("pg:tells"), term("rdfs:label")
_REPLACED = term("dcterms:isReplacedBy")
_COPY = (term("pg:reprintOf"), term("pg:revisionOf"))


def matter_key(key: Key) -> str:
    """The key of all matters of a kind between the same parties."""
    return digest("matter", key[0], *key[1])


def statement_key(family: Said) -> str:
    """The key of all statements that may contradict each other."""
    return digest("statement", *family)


def fingerprints(store: ox.Store) -> dict[str, str]:
    """For each article what its claims and their voices are read from, in short."""
    digests: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, _DIGEST, None, _ALL):
        article = value(quad.subject)
        if article.startswith(ARTICLES):
            digests[article] = value(quad.object)
    heads: dict[str, list[str]] = defaultdict(list)
    for link in _COPY:
        for quad in store.quads_for_pattern(None, link, None, _ALL):
            heads[value(quad.subject)].append(value(quad.object))
    return {
        article: digest(own, *(part for head in found for part in (head, digests.get(head, ""))))
        if (found := sorted(heads.get(article, ())))
        else own
        for article, own in digests.items()
    }


def remembered_fingerprints(store: ox.Store) -> dict[str, str]:
    """``fingerprints`` as they were when matters were last derived."""
    found = store.quads_for_pattern(None, _DIGEST, None, KEYS)
    return {value(q.subject): value(q.object) for q in found if q.subject != KEYS}


def articles_renamed(store: ox.Store, merges: Merges) -> Iterator[str]:
    """The articles that name a thing for which another IRI stands now."""
    before = {
        value(quad.subject): value(quad.object)
        for quad in store.quads_for_pattern(None, _REPLACED, None, KEYS)
    }
    for iri in before.keys() | merges.targets.keys():
        if before.get(iri) != merges.targets.get(iri):
            for quad in store.quads_for_pattern(None, term("pg:entity"), ox.NamedNode(iri), None):
                if isinstance(quad.graph_name, ox.NamedNode):
                    yield quad.graph_name.value


def nodes_of(store: ox.Store, key: str) -> list[str]:
    """What has a key: the articles that told of it, and the matters or statements."""
    return [value(q.subject) for q in store.quads_for_pattern(None, _TELLS, plain(key), KEYS)]


def is_article(node: str) -> bool:
    """Whether what has a key is an article."""
    return node.startswith(ARTICLES)


def keys_among(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """The keys that quads of ``KEYS`` give."""
    return (value(quad.object) for quad in quads if quad.predicate == _TELLS)


def remembered_names(store: ox.Store) -> Mapping[str, set[ox.Quad]]:
    """For each party the quads of its names as its matters have them."""
    found: dict[str, set[ox.Quad]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, _NAME, None, KEYS):
        found[value(quad.subject)].add(quad)
    return found


def about(store: ox.Store, node: str) -> set[ox.Quad]:
    """All that is remembered of an article, or of a matter or statement."""
    return {*store.quads_for_pattern(ox.NamedNode(node), None, None, KEYS)}


def article_quads(article: str, fingerprint: str, keys: Iterable[str]) -> set[ox.Quad]:
    """What to remember of an article."""
    node = ox.NamedNode(article)
    own = ox.Quad(node, _DIGEST, plain(fingerprint), KEYS)
    return {own, *(key_quad(article, key) for key in keys)}


def key_quad(node: str, key: str) -> ox.Quad:
    """That an article, a matter or a statement has a key."""
    return ox.Quad(ox.NamedNode(node), _TELLS, plain(key), KEYS)


def name_quads(party: str, names: Mapping[str, str]) -> set[ox.Quad]:
    """The names of a party, by language."""
    node = ox.NamedNode(party)
    return {ox.Quad(node, _NAME, words(name, lang), KEYS) for lang, name in names.items()}


def merge_quads(merges: Merges) -> set[ox.Quad]:
    """Which IRIs stand for others."""
    return {
        ox.Quad(ox.NamedNode(old), _REPLACED, ox.NamedNode(new), KEYS)
        for old, new in merges.targets.items()
    }


def remembered_merges(store: ox.Store) -> set[ox.Quad]:
    """``merge_quads`` as they were."""
    return {*store.quads_for_pattern(None, _REPLACED, None, KEYS)}


def value(node: object) -> str:
    """The IRI of a node, or the text of a literal."""
    return str(node.value)  # type: ignore[attr-defined]
