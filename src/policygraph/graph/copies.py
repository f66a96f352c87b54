"""Links the copies of one text: reprints in other papers, revisions by the same one.

Articles that are pairwise copies (``likeness.py``) hang together in a group. Its head is the
article that was published first; every other is ``pg:reprintOf`` the head, or ``pg:revisionOf``
it where both come from one house. The links follow from the set of articles alone, in whatever
order they came. They stand in a graph of their own, as none of them is one article's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from policygraph.graph.likeness import SCHEME, Printed, are_copies, marks
from policygraph.graph.terms import COPIES, MARKS, term
from policygraph.graph.updating import Changes, deletion, insertion

_BATCH = 100
"""Articles that are linked together when all are."""

_LINKS = (term("pg:reprintOf"), term("pg:revisionOf"))
_MARK = term("pg:mark")
_STAMP = ox.Quad(MARKS, term("pg:digest"), ox.Literal(SCHEME), MARKS)


def copies_changes(
    store: ox.Store,
    *,
    added: Mapping[ox.NamedNode, Printed],
    removed: Iterable[ox.NamedNode] = (),
) -> Changes:
    """What changes in ``COPIES`` and ``MARKS`` when articles come and go; one may do both."""
    return _Linking(store, dict(added), frozenset(removed)).changes()


def are_linked(store: ox.Store) -> bool:
    """Whether the copies in a store are linked, by the scheme of today."""
    return _STAMP in store


def link_all(store: ox.Store, articles: Sequence[ox.NamedNode]) -> None:
    """Link the copies among all articles of a store anew."""
    for link in _LINKS:
        for quad in [*store.quads_for_pattern(None, link, None, COPIES)]:
            store.remove(ox.Quad(*quad.triple))
            store.remove(quad)
    store.remove_graph(MARKS)
    for first in range(0, len(articles), _BATCH):
        added = {name: read_printed(store, name) for name in articles[first : first + _BATCH]}
        links = copies_changes(store, added=added)
        store.update(f"{deletion(links.delete)} ; {insertion(links.insert)}")
    store.add(_STAMP)  # the last thing: a kill before it is made good


class _Linking:
    def __init__(
        self,
        store: ox.Store,
        added: dict[ox.NamedNode, Printed],
        removed: frozenset[ox.NamedNode],
    ) -> None:
        self._store = store
        self._added = added
        self._removed = removed
        self._printed: dict[ox.NamedNode, Printed] = dict(added)
        self._new_marks: dict[str, list[ox.NamedNode]] = {}
        self._parents: dict[ox.NamedNode, ox.NamedNode] = {}
        """Of heads and single articles: what they were joined to."""
        self._loose: set[ox.NamedNode] = set()
        """What is left of groups that lost an article: each is looked at anew."""

    def changes(self) -> Changes:
        found = Changes()
        for name in self._removed:
            found.delete.update(self._store.quads_for_pattern(name, _MARK, None, MARKS))
            found.delete.update(self._links_from(name))
            for group in self._group_of(name):
                found.delete.update(self._links_from(group))
                self._loose.add(group)
        self._loose -= self._removed
        for name, printed in self._added.items():
            for mark in marks(printed):
                found.insert.add(ox.Quad(name, _MARK, ox.Literal(mark), MARKS))
                self._new_marks.setdefault(mark, []).append(name)
        for name in sorted({*self._added, *self._loose}, key=str):
            self._join(name)
        for old, new in self._links():
            found.delete.update(old)
            found.insert.add(new)
        kept = found.insert & found.delete
        return Changes(found.insert - kept, found.delete - kept)

    def _join(self, name: ox.NamedNode) -> None:
        """Find the copies of an article, one for each group that it then belongs to."""
        self._parents.setdefault(name, name)
        printed = self._read(name)
        for other in self._with_common_marks(name, printed):
            unit = self._unit(other)
            if self._root(unit) == self._root(name):
                continue
            if are_copies(printed, self._read(other)):
                self._parents[self._root(unit)] = self._root(name)

    def _with_common_marks(self, name: ox.NamedNode, printed: Printed) -> Iterator[ox.NamedNode]:
        seen = {name}
        for mark in marks(printed):
            stored = self._store.quads_for_pattern(None, _MARK, ox.Literal(mark), MARKS)
            kept = (quad.subject for quad in stored if quad.subject not in self._removed)
            for other in (*kept, *self._new_marks.get(mark, ())):
                if other not in seen and isinstance(other, ox.NamedNode):
                    seen.add(other)
                    yield other

    def _links(self) -> Iterator[tuple[list[ox.Quad], ox.Quad]]:
        """Yield the old links and the new one of every article whose head is another now."""
        groups: dict[ox.NamedNode, list[ox.NamedNode]] = {}
        for unit in self._parents:
            groups.setdefault(self._root(unit), []).append(unit)
        for units in groups.values():
            head = min(units, key=self._age)
            for unit in units:
                if unit == head:
                    continue
                for name in (unit, *self._members(unit)):
                    yield self._links_from(name), self._link(name, head)

    def _link(self, name: ox.NamedNode, head: ox.NamedNode) -> ox.Quad:
        revision = self._read(name).is_of_the_house_of(self._read(head))
        return ox.Quad(name, _LINKS[revision], head, COPIES)

    def _age(self, name: ox.NamedNode) -> tuple[str, str]:
        """Earlier articles first; those without a date last, and by their IRIs."""
        return self._read(name).published or "~", name.value

    def _root(self, unit: ox.NamedNode) -> ox.NamedNode:
        parent = self._parents.setdefault(unit, unit)
        while parent != self._parents[parent]:
            self._parents[unit] = parent = self._parents[parent]
        return parent

    def _unit(self, name: ox.NamedNode) -> ox.NamedNode:
        """The article that stands for the group of this one, as the store knows it."""
        if name in self._added or name in self._loose:
            return name
        return next(self._heads(name), name)

    def _group_of(self, name: ox.NamedNode) -> set[ox.NamedNode]:
        head = next(self._heads(name), name)
        return {head, *self._members(head)}

    def _heads(self, name: ox.NamedNode) -> Iterator[ox.NamedNode]:
        for quad in self._links_from(name):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object

    def _members(self, head: ox.NamedNode) -> list[ox.NamedNode]:
        """The articles that are linked to a head, and neither gone nor looked at anew."""
        linked = (
            quad.subject
            for link in _LINKS
            for quad in self._store.quads_for_pattern(None, link, head, COPIES)
        )
        gone = self._loose | self._removed
        return [n for n in linked if isinstance(n, ox.NamedNode) and n not in gone]

    def _links_from(self, name: ox.NamedNode) -> list[ox.Quad]:
        return [
            quad
            for link in _LINKS
            for quad in self._store.quads_for_pattern(name, link, None, COPIES)
        ]

    def _read(self, name: ox.NamedNode) -> Printed:
        if name not in self._printed:
            self._printed[name] = read_printed(self._store, name)
        return self._printed[name]


def read_printed(store: ox.Store, name: ox.NamedNode) -> Printed:
    """What tells the copies of an article that the store holds."""

    def value(predicate: str) -> str | None:
        for quad in store.quads_for_pattern(name, term(predicate), None, name):
            if isinstance(quad.object, ox.Literal | ox.NamedNode):
                return quad.object.value
        return None

    return Printed(
        text=value("pg:text") or "",
        lang=value("dcterms:language") or "",
        published=value("dcterms:issued"),
        publisher=value("dcterms:publisher"),
        url=value("schema:url") or value("dcterms:source"),
    )
