"""The language of a page: its words, labels of the vocabulary, and links that keep it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from policygraph.errors import OntologyError
from policygraph.ontology import load_vocabulary, ontology_dir, read_toml
from policygraph.view.appearance import LANGUAGES, load_appearance

if TYPE_CHECKING:
    from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Interface:
    """A page's language, with its words by key (``ontology/pages.toml``)."""

    lang: str
    words: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """Words with their blanks filled in."""
        return self.words[key].format(**values)

    def count(self, key: str, number: int) -> str:
        """A number of things: ``key_one`` or ``key_many``, in French also for 0."""
        one = number == 1 or (self.lang == "fr" and number == 0)
        return self.say(f"{key}_{'one' if one else 'many'}", n=self.number(number))

    def number(self, number: int) -> str:
        """A number with its thousands apart."""
        return f"{number:,}".replace(",", "\u202f" if self.lang == "fr" else ",")

    def predicate(self, name: str) -> str:
        """The label of a predicate, or its name where it has none."""
        known = load_vocabulary().predicates.get(name)
        return known.labels[self.lang] if known else name

    def type(self, name: str) -> str:
        """The label of an entity type, or its name where it has none."""
        return load_vocabulary().types.get(name, {}).get(self.lang, name)

    def status(self, name: str) -> str:
        """The label of a status."""
        look = load_appearance().statuses.get(name)
        return look.labels[self.lang] if look else name

    def label(self, choice: str, value: str) -> str:
        """A value that claims can be chosen by: a predicate, status, role or year."""
        if choice == "predicate":
            return self.predicate(value)
        if choice == "status":
            return self.status(value)
        if choice == "role":
            return self.say(f"role_{value}")
        return value or self.say("no_date")

    def percent(self, share: float) -> str:
        """A share of 1 as a percentage."""
        return f"{share * 100:.0f}" + ("\u00a0%" if self.lang == "fr" else "%")

    def amount(self, amount: str) -> str:
        """An amount with its thousands apart; any other text as it is."""
        number, _, currency = amount.partition(" ")
        if number.isdecimal() and currency:
            return f"{self.number(int(number))}\u00a0{currency}"
        return amount

    def date(self, value: str | None) -> str:
        """An ISO 8601 date, full or partial, in words; any other text as it is."""
        from babel.dates import format_date, format_skeleton

        text = value or ""
        locale = {"en": "en_GB"}.get(self.lang, self.lang)
        try:
            if len(text) == 10:
                return format_date(date.fromisoformat(text), "long", locale=locale)
            if len(text) == 7:
                return format_skeleton("yMMMM", date.fromisoformat(f"{text}-01"), locale=locale)
        except ValueError:
            pass
        return text


def interface_of(request: Request) -> Interface:
    """The interface that a request asks for: by ``?lang=``, or by the browser's languages."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return Interface(asked, load_words()[asked])
    lang = _preferred(request.headers.get("accept-language", ""))
    return Interface(lang, load_words()[lang])


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """The words by language; ``OntologyError`` where a language lacks some."""
    path = ontology_dir() / "pages.toml"
    data = read_toml(path)
    words = {lang: dict(data.get(lang, {})) for lang in LANGUAGES}
    if odd := sorted(words["en"].keys() ^ words["fr"].keys()):
        raise OntologyError(f"{path}: words given in one language only: {', '.join(odd)}")
    return words


def _preferred(accepted: str) -> str:
    ranked = []
    for place, part in enumerate(accepted.lower().split(",")):
        tag, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), place, tag.partition("-")[0]))
        except ValueError:
            continue
    return next((lang for _, _, lang in sorted(ranked) if lang in LANGUAGES), "en")
