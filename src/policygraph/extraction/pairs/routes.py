"""Ways through a parse: from one token up to a common head and down to another."""

from __future__ import annotations

from dataclasses import dataclass, field

from policygraph.extraction.reading import Reading


@dataclass(frozen=True, slots=True)
class Route:
    """Indices of tokens: ``up`` leads from the start to just below ``top``, ``down`` from just
    below it to the end.
    """

    up: tuple[int, ...]
    top: int
    down: tuple[int, ...]

    @property
    def length(self) -> int:
        """Arcs passed."""
        return len(self.up) + len(self.down)

    def back(self) -> Route:
        """The way from the end to the start."""
        return Route(self.down[::-1], self.top, self.up[::-1])


@dataclass(slots=True)
class Routes:
    """Routes within sentences, with the chains of heads kept."""

    reading: Reading
    _chains: dict[int, list[int]] = field(default_factory=dict)
    _routes: dict[tuple[int, int], Route | None] = field(default_factory=dict)

    def anchor(self, i: int) -> int:
        """The first of coordinated names, and the noun that a name is flatly joined to.

        What holds of the first of a list holds of the others; their arcs do not count.
        """
        heads, deps, pos = self.reading.heads, self.reading.deps, self.reading.pos
        while deps[i] in _JOINED and pos[i] == "PROPN" and pos[heads[i]] in _NAMES:
            i = heads[i]
        return i

    def chain(self, i: int) -> list[int]:
        """The token, its head, its head's head, … up to the root."""
        found = self._chains.get(i)
        if found is None:
            heads = self.reading.heads
            found = self._chains[i] = [i]
            while heads[i] != i:
                i = heads[i]
                found.append(i)
        return found

    def between(self, start: int, end: int) -> Route | None:
        """The route from one token to another of the same sentence; None across sentences."""
        key = start, end
        if key not in self._routes:
            found = self._routes[key] = self._find(start, end)
            self._routes[end, start] = None if found is None else found.back()
        return self._routes[key]

    def _find(self, start: int, end: int) -> Route | None:
        first, last = self.anchor(start), self.anchor(end)
        if first != last:
            start, end = first, last
        up, down = self.chain(start), self.chain(end)
        if up[-1] != down[-1]:
            return None
        common = 0
        while common < min(len(up), len(down)) and up[-1 - common] == down[-1 - common]:
            common += 1
        top = up[len(up) - common]
        return Route(
            tuple(up[: len(up) - common]), top, tuple(reversed(down[: len(down) - common]))
        )


_NAMES = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_JOINED = frozenset({"conj", "flat", "flat:name", "flat:foreign"})
