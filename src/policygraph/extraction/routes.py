"""Ways through a parse: from one token up to a common head and down to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Route:
    """``up`` leads from the start to just below ``top``, ``down`` from just below it to the end."""

    up: tuple[Token, ...]
    top: Token
    down: tuple[Token, ...]

    @property
    def length(self) -> int:
        """Arcs passed."""
        return len(self.up) + len(self.down)


@dataclass(slots=True)
class Routes:
    """Routes within sentences, with the chains of heads kept."""

    _chains: dict[int, list[Token]] = field(default_factory=dict)
    _routes: dict[tuple[int, int], Route | None] = field(default_factory=dict)

    def anchor(self, token: Token) -> Token:
        """The first of coordinated names, and the noun that a name is flatly joined to.

        What holds of the first of a list holds of the others; their arcs do not count.
        """
        while token.dep_ in _JOINED and token.pos_ == "PROPN" and token.head.pos_ in _NAMES:
            token = token.head
        return token

    def chain(self, token: Token) -> list[Token]:
        """The token, its head, its head's head, … up to the root."""
        found = self._chains.get(token.i)
        if found is None:
            found = [token]
            while found[-1].head.i != found[-1].i:
                found.append(found[-1].head)
            self._chains[token.i] = found
        return found

    def between(self, start: Token, end: Token) -> Route | None:
        """The route from one token to another of the same sentence; None across sentences."""
        key = start.i, end.i
        if key not in self._routes:
            self._routes[key] = self._find(start, end)
        return self._routes[key]

    def _find(self, start: Token, end: Token) -> Route | None:
        first, last = self.anchor(start), self.anchor(end)
        if first.i != last.i:
            start, end = first, last
        up, down = self.chain(start), self.chain(end)
        if up[-1].i != down[-1].i:
            return None
        common = 0
        while common < min(len(up), len(down)) and up[-1 - common].i == down[-1 - common].i:
            common += 1
        top = up[len(up) - common]
        return Route(
            tuple(up[: len(up) - common]), top, tuple(reversed(down[: len(down) - common]))
        )


_NAMES = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_JOINED = frozenset({"conj", "flat", "flat:name", "flat:foreign"})
