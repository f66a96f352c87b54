"""Finds known entities by slug, name, code, demonym and capital."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from policygraph.authority.entries import LANGUAGES, KnownEntity
from policygraph.authority.spelling import bare, demonym_key, loose, straight

_OWN_LANGUAGE_ONLY = frozenset({"Country", "Place", "Technology"})


class Countries:
    """Countries (and the EU) by code, name, demonym and capital."""

    def __init__(self, entities: Iterable[KnownEntity]) -> None:
        entities = tuple(entities)
        self._by_code = {e.code: e for e in entities if e.code}
        self._names = _NameIndex(self._by_code.values())
        self._capitals = _NameIndex(e for e in entities if e.capital_of)
        self._demonyms = {
            lang: {
                demonym_key(form, lang): country
                for country in reversed(self._by_code.values())
                for form in country.demonyms_in(lang)
            }
            for lang in LANGUAGES
        }

    def __iter__(self) -> Iterator[KnownEntity]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str | None) -> KnownEntity | None:
        """The country of an ISO 3166-1 alpha-2 code in lower case, or ``eu``."""
        return self._by_code.get(code) if code else None

    def by_name(self, name: str, lang: str | None = None) -> KnownEntity | None:
        """The country of that name, as tolerant as ``Authority.find``."""
        return next(iter(self._names.find(name, lang)), None)

    def by_demonym(self, form: str, lang: str) -> KnownEntity | None:
        """The country of a demonym: capitalised in English, in any case in French."""
        return self._demonyms[lang].get(demonym_key(form, lang))

    def by_capital(self, name: str, lang: str | None = None) -> KnownEntity | None:
        """The country that a capital's name can stand for (Brussels: the EU)."""
        capital = next(iter(self._capitals.find(name, lang)), None)
        return self.get(capital.capital_of) if capital else None

    def demonym_at(self, words: Sequence[str], lang: str) -> tuple[int, KnownEntity] | None:
        """How many of the words a demonym has that they begin with, two or one, and its country."""
        if words[0] in self._first_words[lang] and len(words) > 1:
            country = self.by_demonym(f"{words[0]} {words[1]}", lang)
            if country is not None:
                return 2, country
        country = self.by_demonym(words[0], lang)
        return (1, country) if country is not None else None

    @cached_property
    def _first_words(self) -> dict[str, frozenset[str]]:
        """With what demonyms of two words begin, as it is written: "South African"."""
        return {
            lang: frozenset(form.split()[0] for form, _ in self.demonyms(lang) if " " in form)
            for lang in LANGUAGES
        }

    def demonyms(self, lang: str) -> Iterator[tuple[str, KnownEntity]]:
        """Every demonym of a language as it is written, with its country; some have two words."""
        for country in self:
            for form in country.demonyms_in(lang):
                yield form, country


class Authority:
    """All known entities, by slug and by name."""

    def __init__(self, entities: Iterable[KnownEntity]) -> None:
        self._by_slug = {entity.slug: entity for entity in entities}

    def __iter__(self) -> Iterator[KnownEntity]:
        return iter(self._by_slug.values())

    def __len__(self) -> int:
        return len(self._by_slug)

    def __getitem__(self, slug: str) -> KnownEntity:
        return self._by_slug[slug]

    def get(self, slug: str | None) -> KnownEntity | None:
        """The entity of a slug, or None."""
        return self._by_slug.get(slug) if slug else None

    @cached_property
    def countries(self) -> Countries:
        """Countries with their codes, demonyms and capitals."""
        return Countries(self)

    @cached_property
    def _index(self) -> _NameIndex:
        return _NameIndex(self)

    def find(self, name: str, lang: str | None = None) -> tuple[KnownEntity, ...]:
        """The entities a name may mean, the likeliest first; empty for the unknown.

        Spelling is tried from strict to loose, and the first that finds something decides:
        as written; without accents and with plain apostrophes; and, for names of more than
        one word only, without case (acronyms and one-word names must match in case:
        ``US`` is not ``us``, ``Orange`` not ``orange``). Names of ``lang`` and common ones
        come before names of the other language, strong names before weak ones.
        """
        return self._index.find(name, lang)

    def names(self, lang: str | None = None) -> Iterator[tuple[str, KnownEntity, bool]]:
        """Every name with its entity and whether it is weak, for a matcher to search text with.

        Apostrophes are straight. With ``lang``, its own and common names come first, strong
        before weak; then the other language's names, which texts quote too ("le Department
        of Justice"), but for places and generic terms and where they mean something else.
        """
        if lang is None:
            for entity in self:
                for other in LANGUAGES:
                    yield from ((n, entity, n in entity.weak) for n in entity.names_in(other))
            return
        own = [(n, e, n in e.weak) for e in self for n in e.names_in(lang)]
        own.sort(key=lambda item: item[2])
        yield from own
        taken = {name for name, _, _ in own}
        for entity in self:
            if entity.type in _OWN_LANGUAGE_ONLY:
                continue
            for name in entity.names_fr if lang == "en" else entity.names_en:
                if name not in taken and any(c.isupper() for c in name):
                    yield name, entity, name in entity.weak

    def check(self) -> list[str]:
        """What is wrong with the entries, one line each with file, entry and what is expected."""
        from policygraph.authority.checking import check

        return [*check(self)]


class _NameIndex:
    """Finds entities by name, from strict to loose spelling."""

    def __init__(self, entities: Iterable[KnownEntity]) -> None:
        self._spellings: tuple[Callable[[str], str | None], ...] = (straight, bare, loose)
        self._entities = tuple(entities)
        self._tables: dict[int, dict[str, list[tuple[str, bool, KnownEntity]]]] = {}

    def _table(self, number: int) -> dict[str, list[tuple[str, bool, KnownEntity]]]:
        """The names in one spelling, gathered when first asked for."""
        table = self._tables.get(number)
        if table is not None:
            return table
        table = self._tables[number] = {}
        spelling = self._spellings[number]
        for entity in self._entities:
            for lang in LANGUAGES:
                for name in entity.names_in(lang):
                    key = spelling(name)
                    if key is not None:
                        table.setdefault(key, []).append((lang, name in entity.weak, entity))
        return table

    def find(self, name: str, lang: str | None) -> tuple[KnownEntity, ...]:
        for number, spelling in enumerate(self._spellings):
            key = spelling(name)
            found = self._table(number).get(key) if key is not None else None
            if found:
                found = sorted(
                    found, key=lambda item: (lang is not None and item[0] != lang, item[1])
                )
                return tuple(dict.fromkeys(entity for _, _, entity in found))
        return ()
