"""Finds the entries of the authority file that a name in a text may mean."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from policygraph.authority import LANGUAGES, Authority, KnownEntity
from policygraph.folding import fold
from policygraph.resolve.names import is_generic, name_words, tokens
from policygraph.resolve.types import OF_COUNTRIES

_APOSTROPHES = re.compile(r"\s?[`´ʼ‛′‘’]\s?")
_AROUND = ' \t\n"“”«»()[],;:'
_ALIKE = 92
"""How alike, of 100, a name of several words must be to one that a misprint changed."""
_LONG = 8
_NEVER = 1.1
_DOMINANT = 0.6
"""Share of a country in an article whose "government", without a capital, is that country's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry, and how its name was found: ``form`` in the text, ``weak`` in the file.

    ``how`` is name, country (a body named with its country, or that of the article's
    country) or misprint.
    """

    known: KnownEntity
    form: str
    weak: bool
    how: str = "name"


class Candidates:
    """Looks names up in an authority file, the article's countries in mind."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        self._bodies = _bodies(authority)

    def of(self, form: str, lang: str, countries: Mapping[str, float]) -> list[Candidate]:
        """The entries that a form may mean, the likeliest first where nothing else speaks.

        ``countries`` are those of the article, with their shares of 1.
        """
        found: dict[str, Candidate] = {}
        for name in _variants(form, lang):
            for known in self._authority.find(name, lang):
                found.setdefault(known.slug, Candidate(known, form, _is_weak(known, name)))
            if found:
                break
        generic, named = _part(self._authority, form, lang)
        strong = any(not candidate.weak for candidate in found.values())
        of_one = strong and len(tokens(form)) == 1 and not is_generic(form)  # "Cnil"
        least = _NEVER if of_one or form.islower() else 0.0
        if form.islower() and generic in name_words().one_a_country:
            least = _DOMINANT
        own = sorted(code for code, share in countries.items() if share >= least)
        for country in (named,) if named else own:
            body = self._bodies.get((generic, country))
            if body is not None:
                found.setdefault(body.slug, Candidate(body, form, not named, "country"))
        if not found:
            found = {c.known.slug: c for c in self._misprinted(form)}
        return list(found.values())

    def is_of_many(self, form: str, lang: str) -> bool:
        """Whether bodies of many countries are so called: "High Court", "Sénat"."""
        return is_generic(form) and _part(self._authority, form, lang)[1] is None

    def _misprinted(self, form: str) -> Iterator[Candidate]:
        folded = fold(form)
        if len(folded) < _LONG or " " not in folded:
            return
        block = _blocks(self._authority).get(folded[:3], {})
        for name, _, _ in process.extract(
            folded, block.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=2
        ):
            if _is_misprint(folded, name):
                yield Candidate(block[name], form, True, "misprint")


def _is_misprint(one: str, other: str) -> bool:
    """Whether every word is that of the other name but for a letter in five."""
    words, others = one.split(), other.split()
    return len(words) == len(others) and all(
        w == o
        or (w.isalpha() and o.isalpha() and Levenshtein.distance(w, o) <= min(len(w), len(o)) // 5)
        for w, o in zip(words, others, strict=True)
    )


@cache
def candidates(authority: Authority) -> Candidates:
    """The look-up of an authority file, made once."""
    return Candidates(authority)


def _variants(form: str, lang: str) -> Iterator[str]:
    """The form as it stands, then without what writing or printing put around the name."""
    seen = set()
    plain = _APOSTROPHES.sub("'", form).strip(_AROUND)
    bare = re.sub(r"(?i)^(?:the |le |la |les |l'|d'|de |du |des )", "", plain)
    singular = re.sub(r"(?:'s|s')$", "", bare)
    unhyphened = re.sub(r"-\s*\n\s*|\u00ad", "", singular)
    large = bare.title() if bare.isupper() and len(bare) > 4 else bare
    words = unhyphened.split()
    while len(words) > 1 and _is_spare(fold(words[-1]).strip(".,"), words[:-1]):
        words.pop()
    short = " ".join(words).rstrip(",")
    untitled = " ".join(_untitled(words))
    for variant in (
        form, plain, bare, singular, unhyphened, large, short, large.replace("-", " "), untitled
    ):  # fmt: skip
        if variant and variant not in seen:
            seen.add(variant)
            yield variant


def _untitled(words: list[str]) -> list[str]:
    """A name without what stands before it: "Dr Ian Levy", "ONG Internet sans frontières"."""
    known = name_words()
    kept = list(words)
    while len(kept) > 1 and fold(kept[0]).strip(".") in known.titles | known.descriptors:
        kept.pop(0)
    return kept


def _is_spare(word: str, before: list[str]) -> bool:
    """Whether a name's last word is a legal form; after an acronym, "group" says more."""
    known = name_words()
    vague = word in known.descriptors and " ".join(before).isupper()
    return word in known.legal and not vague


def _is_weak(known: KnownEntity, name: str) -> bool:
    folded = fold(name)
    strong = {fold(n) for lang in LANGUAGES for n in known.names_in(lang) if n not in known.weak}
    return folded not in strong


@cache
def _bodies(authority: Authority) -> dict[tuple[str, str], KnownEntity]:
    """Bodies, parties and laws of a country by their names without it: ("supreme court", "in").

    Of several that a country so calls, it is the one with most such names ("British" and "UK
    government", but only "Scottish government"); where none has, the name stands for none.
    """
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for known in authority:
        if known.country is None or known.type not in OF_COUNTRIES:
            continue
        for lang in LANGUAGES:
            for name in known.names_in(lang):
                generic, country = _part(authority, name, lang)
                if country == known.country and generic:
                    found[generic, country][known.slug] += 1
    bodies = {}
    for key, counts in found.items():
        (slug, most), *others = counts.most_common(2)
        if not others or most > others[0][1]:
            bodies[key] = authority[slug]
    return bodies


@cache
def _part(authority: Authority, name: str, lang: str) -> tuple[str, str | None]:
    """A name's words without those that name a country, and the country's code.

    That is an adjective anywhere, the country's name at the end or, as a genitive or of several
    words ("Georgia Supreme Court" is of no country), at the beginning.
    """
    words = re.findall(r"[\w.-]+(?:['’]s\b)?", name)
    for size in range(min(_COUNTRY, len(words) - 1), 0, -1):
        for start in range(len(words) - size + 1):
            part = words[start : start + size]
            said = _GENITIVE.sub("", " ".join(part))
            found = authority.countries.by_demonym(said, lang)
            first = start == 0 and (part[-1].endswith(_GENITIVES) or (size > 1 and lang == "en"))
            if found is None and (first or start + size == len(words)):
                found = authority.countries.by_name(said, lang)
            if found is not None:
                rest = [*words[:start], *words[start + size :]]
                return " ".join(tokens(" ".join(rest))), found.code
    return " ".join(tokens(" ".join(words))), None


_COUNTRY = 4
"""Words of the longest name of a country that is looked for in the name of a body."""

_GENITIVES = ("'s", "’s")
_GENITIVE = re.compile(r"['’]s\b")


@cache
def _blocks(authority: Authority) -> dict[str, dict[str, KnownEntity]]:
    """Long names by their first letters, for the search of misprints."""
    blocks: dict[str, dict[str, KnownEntity]] = defaultdict(dict)
    for known in authority:
        for lang in LANGUAGES:
            for name in known.names_in(lang):
                folded = fold(name)
                if len(folded) >= _LONG and " " in folded and name not in known.weak:
                    blocks[folded[:3]].setdefault(folded, known)
    return blocks
