"""Keeps the other sources of an article that stands in several places, the same to the letter.

The article itself names one of them, the first in the alphabet. Each other one is a
``pg:Printing`` in the graph of copies, which its article says it stands in too (``pg:alsoIn``).
"""

from __future__ import annotations

import pyoxigraph as ox

from policygraph.graph.terms import COPIES, plain, term
from policygraph.model import Article, digest

_ALSO_IN = term("pg:alsoIn")


def write_printing(name: ox.NamedNode, article: Article) -> set[ox.Quad]:
    """The quads that say that the article of that IRI stands where this one was found."""
    node = ox.NamedNode(f"{name.value}#printing-{digest(article.source)}")
    told = {
        "dcterms:source": article.source,
        "schema:url": article.url,
        "schema:publisher": article.publisher,
    }
    return {
        ox.Quad(name, _ALSO_IN, node, COPIES),
        ox.Quad(node, term("rdf:type"), term("pg:Printing"), COPIES),
        *(ox.Quad(node, term(p), plain(value), COPIES) for p, value in told.items() if value),
    }


def printings_of(store: ox.Store, name: ox.NamedNode) -> set[ox.Quad]:
    """All quads of the printings of an article."""
    links = [*store.quads_for_pattern(name, _ALSO_IN, None, COPIES)]
    return {quad for link in links for quad in _about(store, link)}


def printings_in(store: ox.Store, source: str) -> list[set[ox.Quad]]:
    """The quads of each printing that has this source or URL."""
    found = [
        quad.subject
        for predicate in ("dcterms:source", "schema:url")
        for quad in store.quads_for_pattern(None, term(predicate), plain(source), COPIES)
    ]
    return [
        {
            quad
            for link in store.quads_for_pattern(None, _ALSO_IN, node, COPIES)
            for quad in _about(store, link)
        }
        for node in dict.fromkeys(found)
    ]


def _about(store: ox.Store, link: ox.Quad) -> set[ox.Quad]:
    node = link.object
    assert isinstance(node, ox.NamedNode)
    return {link, *store.quads_for_pattern(node, None, None, COPIES)}
