"""The common noun that tells what a name names: "Tribunal administratif fédéral" is a court.

It stands in the name, or else the article calls the thing by it: "Santiago Pedraz, the judge"; or
other articles do ("called").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.names.called import load_called
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import NOMINAL
from policygraph.rules import LANGS

_JOINTS = frozenset({"of", "for", "in", "on", "de", "d'"})
"""Small words before which an English name has its noun: "Court of Justice"."""

_FIRST = 2
"""Words at the start of a French name among which its noun is: "Haute Cour"."""


def noun_of(node: Node, reading: Reading) -> tuple[str, str] | None:
    """The noun that tells what an entity is, after its language; None where nothing does."""
    lang = reading.lexicon.lang
    found = noun_in_name(node, lang)
    if found is not None:
        return found
    called = Counter(
        reading.lemmas[reading.root(spot).i] for spot in node.spots if spot.kind == NOMINAL
    )
    if called:
        return lang, called.most_common(1)[0][0]
    return None if node.known is None else usual_noun(node.known.slug, lang)


@cache
def usual_noun(slug: str, lang: str) -> tuple[str, str] | None:
    """The noun that articles in a language, or else in another one, most often have for it."""
    for other in _languages(lang):
        counts = load_called(other).counts.get(slug)
        if counts:
            return other, min(counts, key=lambda noun: (-counts[noun], noun))
    return None


def noun_in_name(node: Node, lang: str) -> tuple[str, str] | None:
    """A language and the noun in it that heads one of the thing's names; None where none does.

    An acronym is told by the longer names that the article or the authority file has for it.
    """
    known = node.known
    for other in _languages(lang):
        names = known.names_in(other) if known is not None else ()
        for name in (node.name, *names):
            noun = _noun_in(name, other, node.type)
            if noun is not None:
                return other, noun
    return None


def _languages(first: str) -> Iterator[str]:
    """All languages, the article's own first."""
    yield first
    yield from (lang for lang in LANGS if lang != first)


@lru_cache(maxsize=1 << 14)
def _noun_in(name: str, lang: str, type_: str) -> str | None:
    lexicon = load_lexicon(lang)
    words = [w for w in name.lower().replace("’", "'").split() if w not in lexicon.articles]
    if lang == "fr":
        likely = words[:_FIRST]
    else:
        ends = [place for place, word in enumerate(words) if word in _JOINTS and place]
        likely = words[: ends[0] if ends else None][-1:]
    return next((word for word in likely if type_ in lexicon.nominals.get(word, ())), None)
