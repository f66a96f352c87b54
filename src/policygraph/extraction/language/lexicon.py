"""The word lists of one language, read from ``ontology/lexicon/`` once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from policygraph.errors import OntologyError
from policygraph.folding import fold
from policygraph.model import Status
from policygraph.ontology import ontology_dir, read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class NameCue:
    """Words inside a name that tell its type, and words that speak against it."""

    type: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatWords:
    """What tells a capital's government from the city; see ``names.toml``."""

    outside: frozenset[str]
    towards: frozenset[str]
    of: frozenset[str]
    acts: frozenset[str]
    moves: frozenset[str]
    address: frozenset[str]
    clitics: frozenset[str]
    municipal: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioWords:
    """What a list of matters follows, and the small words in it; see ``names.toml``."""

    ministries: frozenset[str]
    ministers: frozenset[str]
    charged: frozenset[str]
    of: tuple[tuple[str, ...], ...]
    between: tuple[tuple[str, ...], ...]
    closing: frozenset[str]
    inside: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What the extractor must know of a language's words."""

    lang: str
    nominals: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, Sequence[tuple[str, ...]]]
    apart: Mapping[str, Sequence[tuple[str, ...]]]
    never: Mapping[str, frozenset[str]]
    genders: Mapping[str, str]
    any_gender: frozenset[str]
    kinds_of_law: Mapping[str, frozenset[int]]
    groups: frozenset[str]
    collectives: frozenset[str]
    each_of: frozenset[str]
    carriers: frozenset[str]
    governments: frozenset[str]
    cues: tuple[NameCue, ...]
    first_words: Mapping[str, str]
    last_words: Mapping[str, str]
    firms: frozenset[str]
    law_words: frozenset[str]
    law_bodies: frozenset[str]
    numbered: frozenset[str]
    with_number: frozenset[str]
    dated_laws: frozenset[str]
    law_called: frozenset[str]
    consent: frozenset[str]
    before_consent: frozenset[str]
    provisions: frozenset[str]
    versus: frozenset[str]
    titles: frozenset[str]
    chiefs: frozenset[str]
    chief_posts: frozenset[str]
    common: frozenset[str]
    honorifics: frozenset[str]
    never_alone: frozenset[str]
    vague: frozenset[str]
    examples: tuple[tuple[str, ...], ...]
    manners: frozenset[str]
    joining: frozenset[str]
    links: frozenset[str]
    articles: frozenset[str]
    definite: frozenset[str]
    places: frozenset[str]
    streets: frozenset[str]
    sources: frozenset[str]
    seats: SeatWords
    portfolios: PortfolioWords
    mood: Mapping[str, Any]
    denials: Mapping[str, Sequence[tuple[str, ...]]]

    def types_of_noun(self, noun: Token) -> tuple[str, ...]:
        """The types that a common noun may denote, the likeliest first."""
        if self._is_apart(noun):
            return ()
        for word in (self._phrase(noun), _compound(noun), noun.lemma_.lower(), noun.lower_):
            if word in self.nominals:
                return self.nominals[word]
        return ()

    def _phrase(self, noun: Token) -> str:
        """The phrase of the lexicon that the noun heads: "projet de loi", "central bank"."""
        lemma = noun.lemma_.lower()
        for words in self.phrases.get(lemma, ()):
            start = noun.i if words[0] == lemma else noun.i + 1 - len(words)
            others = [
                token for token in noun.doc[max(start, 0) : start + len(words)] if token != noun
            ]
            wanted = [word for word in words if word != lemma]
            if [token.lower_ for token in others] == wanted and noun.head not in others:
                return " ".join(words)
        return ""

    def _is_apart(self, noun: Token) -> bool:
        """Whether a noun begins or ends a phrase of something else: "droits de l'homme"."""
        for words in self.apart.get(noun.lower_, ()):
            start = noun.i if words[0] == noun.lower_ else max(0, noun.i + 1 - len(words))
            if [t.lower_ for t in noun.doc[start : start + len(words)]] == list(words):
                return True
        return False

    def without_article(self, words: str) -> str:
        """A phrase without the article that it begins with, if any."""
        for article in sorted(self.articles, key=len, reverse=True):
            prefix = article + ("" if article.endswith(("'", "’")) else " ")
            if words.lower().startswith(prefix) and len(words) > len(prefix):
                return words[len(prefix) :]
        return words

    def sure_type_of_name(self, name: str) -> str | None:
        """The type that a name's first word or two, or its last, tell without a doubt, if any."""
        words = name.lower().split()
        if len(words) < 2:
            return None
        for begun in (words[0], " ".join(words[:2])):
            if begun in self.first_words:
                return self.first_words[begun]
        return self.last_words.get(words[-1])

    def type_of_name(self, folded: str) -> str | None:
        """The type that the words of a (folded) proper name tell, if any does."""
        for cue in self.cues:
            if cue.words.search(folded) and not (cue.unless and cue.unless.search(folded)):
                return cue.type
        return None

    def type_of_start(self, folded: str) -> str | None:
        """The type that the words tell with which a (folded) proper name begins, if they do."""
        return next((cue.type for cue in self.cues if cue.words.match(folded)), None)


def _compound(noun: Token) -> str:
    """The word that hyphens join to the noun, for tokenizers that part it: "start-up"."""
    if noun.i < 2 or noun.nbor(-1).text != "-":
        return ""
    return f"{noun.nbor(-2).lower_}-{noun.lemma_.lower()}"


@cache
def load_lexicon(lang: str) -> Lexicon:
    """Read ``nominals.toml``, ``names.toml`` and ``mood.toml`` for a language."""
    folder = ontology_dir() / "lexicon"
    nominals = read_toml(folder / "nominals.toml")[lang]
    names = read_toml(folder / "names.toml")
    mood = read_toml(folder / "mood.toml")[lang]
    for name in ("auxiliaries", "reported", "tenses", "moods"):
        for word, status in mood.get(name, {}).items():
            if status not in set(Status):
                place = f"{folder / 'mood.toml'}: [{lang}.{name}] {word}"
                raise OntologyError(f"{place}: status {status!r} is none of {', '.join(Status)}")
    types: dict[str, tuple[str, ...]] = {}
    for type_, words in nominals["types"].items():
        for word in words:
            types[word] = (*types.get(word, ()), type_)
    return Lexicon(
        lang=lang,
        nominals={" ".join(_parts(word)): found for word, found in types.items()},
        phrases=_by_end(types),
        apart=_by_end(_spelled(nominals["apart"]["phrases"])),
        never={
            word: frozenset(type_ for type_, words in nominals["never"].items() if word in words)
            for words in nominals["never"].values()
            for word in words
        },
        genders={
            word: gender
            for gender in ("feminine", "masculine")
            for word in nominals["genders"][gender]
        },
        any_gender=frozenset(nominals["genders"]["any"]),
        kinds_of_law=_by_word(nominals["kinds"]["laws"]),
        groups=frozenset(nominals["groups"]["words"]),
        collectives=frozenset(nominals["groups"]["collectives"]),
        each_of=frozenset(nominals["groups"]["each_of"]),
        carriers=frozenset(nominals["carriers"]["words"]),
        governments=frozenset(nominals["governments"]["words"]),
        cues=tuple(
            NameCue(cue["type"], _words(cue["words"]), _words(cue.get("unless", ())))  # type: ignore[arg-type]
            for cue in names["cue"]
        ),
        first_words=names["sure"]["first"],
        last_words=names["sure"]["last"],
        firms=frozenset(names["firms"][lang]),
        law_words=frozenset(names["laws"][lang]),
        law_bodies=frozenset(names["laws"]["bodies"]),
        numbered=frozenset(names["laws"]["numbered"]),
        with_number=frozenset(names["laws"]["with_number"]),
        dated_laws=frozenset(names["laws"]["dated"]),
        law_called=frozenset(names["laws"]["called"]),
        consent=frozenset(names["laws"]["consents"]["noun"]),
        before_consent=frozenset(names["laws"]["consents"]["before"]),
        provisions=frozenset(names["laws"]["provisions"]),
        versus=frozenset(names["laws"]["versus"][lang]),
        titles=frozenset(names["titles"][lang]),
        chiefs=frozenset(names["chiefs"][lang]["of"]),
        chief_posts=frozenset(names["chiefs"][lang]["posts"]),
        common=frozenset(names["common"][lang]),
        honorifics=frozenset(names["honorifics"][lang]),
        never_alone=frozenset(names["never_alone"][lang]),
        vague=frozenset(names["vague"][lang]),
        examples=tuple(tuple(words.split()) for words in names["examples"][lang]),
        manners=frozenset(names["manners"][lang]),
        joining=frozenset(names["joining"][lang]),
        links=frozenset(names["links"][lang]),
        articles=frozenset(names["articles"][lang]),
        definite=frozenset(names["definite"][lang]),
        places=frozenset(names["places"][lang]),
        streets=frozenset(names["streets"][lang]),
        sources=frozenset(read_toml(folder / "speech.toml")[lang]["sources"]),
        seats=SeatWords(**{k: frozenset(v) for k, v in names["seats"][lang].items()}),
        portfolios=_portfolio_words(names["portfolios"][lang]),
        mood=mood,
        denials=_by_last_word(mood["denials"]),
    )


def _portfolio_words(table: Mapping[str, Sequence[str]]) -> PortfolioWords:
    return PortfolioWords(
        ministries=frozenset(table["ministries"]),
        ministers=frozenset(table["ministers"]),
        charged=frozenset(table["charged"]),
        of=tuple(tuple(link.split()) for link in table["of"]),
        between=tuple(tuple(link.split()) for link in table["between"]),
        closing=frozenset(table["closing"]),
        inside=frozenset(table["inside"]),
    )


def _by_last_word(phrases: list[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _spelled(phrases):
        words = tuple(phrase.split())
        found.setdefault(words[-1], []).append(words)
    return found


def _spelled(phrases: Iterable[str]) -> list[str]:
    """Phrases with either apostrophe."""
    return [p for phrase in phrases for p in dict.fromkeys((phrase, phrase.replace("'", "’")))]


def _parts(phrase: str) -> tuple[str, ...]:
    """A phrase in tokens: "homme d' affaires"."""
    return tuple(phrase.lower().replace("'", "' ").replace("’", "’ ").split())


def _by_end(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases of some words by the first and the last of those, of which one is the head."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in map(_parts, phrases):
        for end in dict.fromkeys((words[0], words[-1])) if len(words) > 1 else ():
            found.setdefault(end, []).append(words)
    return found


def _by_word(lists: list[list[str]]) -> dict[str, frozenset[int]]:
    """The numbers of the lists that each word stands in."""
    words = {word for words in lists for word in words}
    return {word: frozenset(n for n, own in enumerate(lists) if word in own) for word in words}


def _words(words: list[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(w)) for w in words)})(?!\w)")
