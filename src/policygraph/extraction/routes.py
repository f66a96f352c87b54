"""Ways through a parse: from one token up to a common head and down to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.syntax import base, case_of

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
    """Routes within sentences, with the chains of heads and prepositions kept."""

    _chains: dict[int, list[Token]] = field(default_factory=dict)
    _cases: dict[int, str] = field(default_factory=dict)
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

    def case(self, token: Token) -> str:
        """The preposition of a phrase, kept."""
        found = self._cases.get(token.i)
        if found is None:
            found = self._cases[token.i] = case_of(token)
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

    def branch(self, route: Route, trigger: Token) -> str:
        """How the start of a route hangs on the trigger at its end: ``nsubj``, ``obl:of`` …

        ``^`` marks that the trigger hangs below the start, ``~`` that both hang below a third.
        """
        if not route.down and route.up:
            child = route.up[-1]
            return self._label(child)
        if not route.up and route.down:
            return "^" + self._label(route.down[0])
        if not route.up:
            return "="
        return f"~{base(route.up[-1].dep_)}~{base(route.down[0].dep_)}"

    def _label(self, token: Token) -> str:
        dep = token.dep_
        short = dep if dep in _KEPT else base(dep)
        case = self.case(token)
        return f"{short}:{_CASES.get(case, 'other')}" if case and short in _WITH_CASE else short


_NAMES = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_JOINED = frozenset({"conj", "flat", "flat:name", "flat:foreign"})
_KEPT = frozenset({"nsubj:pass", "obl:agent", "acl:relcl", "nmod:poss", "nmod:desc"})
_WITH_CASE = frozenset({"obl", "nmod", "acl", "advcl"})
_CASES = {
    "de": "of", "of": "of", "par": "by", "by": "by", "à": "to", "to": "to", "avec": "with",
    "with": "with", "dans": "in", "en": "in", "in": "in", "contre": "against",
    "against": "against", "sur": "on", "on": "on", "pour": "for", "for": "for",
    "chez": "at", "at": "at", "from": "from", "entre": "between", "between": "between",
    "comme": "as", "as": "as", "into": "in", "over": "on", "devant": "before",
    "before": "before", "selon": "source", "according": "source",
}  # fmt: skip
