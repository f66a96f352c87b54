"""Counts what speaks for a name as that of a site, whatever its spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from policygraph.folding import fold
from policygraph.sources.furniture import load_furniture

_ARTICLE = re.compile(r"^(?:(?:the|le|la|les)\s+|l')")
_JOINED_ARTICLE = re.compile(r"^(?:the|les|le|la)(?=\w{4})")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.[a-z]{2,10}/?")
_TWICE = re.compile(r"(.{3,}?)\s*[-–|:]\s*\1")
_PARTS = re.compile(r"\s+[-–—|/·•:]+\s+|:\s")
_AROUND = " .,:;|-–—©®™»«"
_PROMISE = 3
"""Words behind a site's name that tell what it is about."""

DECLARED = 6
"""Votes for a name that a page declares to be its publisher's."""

_WORDS = 9
_SHORT = 3
"""Letters of words that count for nothing in initials: of, des, and."""


def site_key(name: str) -> str:
    """What spellings of a site's name share: no article, ``www``, ending of a domain, or space."""
    folded = fold(name).strip()
    domain = _DOMAIN.fullmatch(folded)
    folded = domain[1] if domain else _ARTICLE.sub("", folded)
    return re.sub(r"[^a-z0-9]", "", folded.replace("&", "and"))


def label_key(label: str) -> str:
    """What the name of a host, such as ``theledger``, shares with spellings of its site's name."""
    return _JOINED_ARTICLE.sub("", site_key(label))


class Ballot:
    """Votes for names; several spellings of one name count together.

    Names that a page calls its writers, or its own title, are no candidates.
    """

    def __init__(self, against: Iterable[str]) -> None:
        self._against = {site_key(name) for name in against}
        self._votes: Counter[str] = Counter()
        self._spellings: dict[str, Counter[str]] = {}

    def vote(self, name: str, weight: int) -> None:
        """Count ``weight`` votes for a name, unless it can be no site's."""
        name = _tidy(name)
        same = site_key(name)
        if len(same) < 2 or same.isdigit() or len(name.split()) > _WORDS:
            return
        if same in self._against or same in map(site_key, _words("never")):
            return
        self._votes[same] += weight
        self._spellings.setdefault(same, Counter())[name] += weight

    def second(self, name: str, weight: int) -> None:
        """Count votes for a name that is a candidate already."""
        if (same := site_key(name)) in self._votes:
            self._votes[same] += weight

    def winner(self, labels: Iterable[str] = (), weight: int = 0, *, least: int = 1) -> str | None:
        """The name with the most votes, of which those that a host's ``labels`` spell get more.

        A platform's name wins only where there is no other; one with fewer than ``least`` votes
        never does.
        """
        self._join_initials()
        self._join_parts()
        wanted = set(map(label_key, labels))
        platforms = set(map(site_key, _words("platform")))
        for same, spellings in self._spellings.items():
            if any(_agrees(n, same, label) for n in spellings for label in wanted):
                self._votes[same] += weight
        ranked = sorted(
            self._votes.items(), key=lambda item: (item[0] not in platforms, item[1]), reverse=True
        )
        if not ranked or ranked[0][1] < least:
            return None
        return self._best(self._rather_named([same for same, _ in ranked]))

    def _join_initials(self) -> None:
        """Count CNIL and its name in full as one: the name in full, where it is declared."""
        for same, spellings in list(self._spellings.items()):
            short = next(map(initials, spellings))
            if short != same and short in self._votes and same in self._votes:
                declared = self._votes[same] >= DECLARED
                more, fewer = (same, short) if declared else (short, same)
                self._votes[more] += self._votes.pop(fewer)
                del self._spellings[fewer]

    def _join_parts(self) -> None:
        """Count a name with words behind it, of a firm or a department, for the name alone.

        The name alone must have half the votes of the other at least.
        """
        for same, spellings in sorted(self._spellings.items(), key=lambda item: -len(item[0])):
            longer = _bare(next(iter(spellings)))
            for other, shorter in self._spellings.items():
                begins = any(longer.startswith(f"{_bare(name)} ") for name in shorter)
                if begins and 2 * self._votes[other] >= self._votes[same]:
                    self._votes[other] += self._votes[same]
                    self._votes[same] = 0
                    break

    def _rather_named(self, ranked: Sequence[str]) -> str:
        """The first of the ranked, or the next that has half its votes at least and is no address.

        A page may be titled by its address, and show its name in the header; a single word there
        may as well be a section's.
        """
        first = ranked[0]
        if not _is_address(self._spellings[first]):
            return first
        others = (same for same in ranked[1:3] if any(" " in n for n in self._spellings[same]))
        named = next(others, first)
        return named if 2 * self._votes[named] >= self._votes[first] else first

    def _best(self, same: str) -> str:
        """A spelling that is no domain's, a declared one, one with capitals, the most voted."""
        spellings = self._spellings[same]
        return max(
            spellings,
            key=lambda name: (
                _DOMAIN.fullmatch(name.lower()) is None,
                spellings[name] >= DECLARED,
                not name.islower(),
                spellings[name],
            ),
        )


def initials(name: str) -> str:
    """The first letters of a name's words but the short ones: cnil."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    return "".join(word[0] for word in words if len(word) > _SHORT)


def _bare(name: str) -> str:
    """A folded name without the article before it."""
    return _ARTICLE.sub("", fold(name))


def _is_address(spellings: Iterable[str]) -> bool:
    return all(_DOMAIN.fullmatch(name.lower()) for name in spellings)


def _agrees(name: str, same: str, label: str) -> bool:
    """Whether an address is made from a name: its letters, the most of them, or its initials."""
    return label in (same, initials(name)) or (len(same) >= 5 and same in label)


def _tidy(name: str) -> str:
    """A name without what is said twice in it, or promised behind it: The Ledger - All the news."""
    name = " ".join(name.split()).strip(_AROUND)
    if twice := _TWICE.fullmatch(name):
        return twice[1]
    head, _, promise = _PARTS.sub("\n", name).partition("\n")
    return head.strip(_AROUND) if len(promise.split()) >= _PROMISE else name


def _words(entry: str) -> tuple[str, ...]:
    return load_furniture().words("publisher", entry)
