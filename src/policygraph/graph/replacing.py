"""What changes in the store when an article comes in another form, or goes."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from policygraph.graph.copies import copies_changes, read_printed
from policygraph.graph.likeness import Printed
from policygraph.graph.merges import Merges
from policygraph.graph.printings import printings_in, printings_of, write_printing
from policygraph.graph.reading import read_article
from policygraph.graph.updating import Changes, deletion, insertion, orphans
from policygraph.graph.writing import unite
from policygraph.model import Article, Record


def is_copy(store: ox.Store, name: ox.NamedNode, record: Record) -> bool:
    """Whether the stored article says the same and has a source that comes before."""
    old, new = _stored(store, name), unite(record)
    same = (old.entities, old.claims, old.software) == (new.entities, new.claims, new.software)
    return same and old.article.source < new.article.source


def replacing(
    store: ox.Store,
    merges: Merges,
    name: ox.NamedNode,
    quads: Iterable[ox.Quad],
    article: Article | None,
) -> str:
    """The update that puts quads in place of an article's graph; no ``article`` takes it out."""
    links = Changes()
    printed = Printed.of(article) if article else None
    if printed != read_printed(store, name):
        added = {name: printed} if printed else {}
        links = copies_changes(store, added=added, removed=[name])
    if article is None:
        links.delete.update(printings_of(store, name))
    else:
        old = _stored(store, name).article
        if old.source != article.source:
            links.insert.update(write_printing(name, old))
        for printing in printings_in(store, article.source):
            links.delete.update(printing & printings_of(store, name))
    alone = orphans(store, {*store.quads_for_pattern(None, None, None, name)}, merges)
    gone = "\n".join(f"{quad.triple} ." for quad in alone)
    return (
        f"DROP SILENT GRAPH {name} ; DELETE DATA {{ {gone} }} ; "
        f"{deletion(links.delete)} ; {insertion([*quads, *links.insert], merges)}"
    )


def _stored(store: ox.Store, name: ox.NamedNode) -> Record:
    return read_article(store.quads_for_pattern(None, None, None, name)).record
