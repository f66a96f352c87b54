"""An entry of the authority file."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.authority.periods import Dated

LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntity:
    """An entry of the authority file.

    ``names`` are used in both languages, ``names_en`` and ``names_fr`` in one, the preferred
    first; ``weak`` are those names (and further ones) that cannot be trusted alone.
    ``country`` is an ISO 3166-1 alpha-2 code in lower case, or ``eu``; ``parent`` the slug of
    another entry; ``also`` the other types an article may give it. ``code`` is set for
    countries (and the EU), ``capital_of`` for seats of government: a code; ``stands_for`` names
    the entry that a seat of government means in news where that is not the country itself.
    ``firm`` is the slug of the firm that was called as its service is, and no longer is: what
    acts under that name is the firm.
    ``start`` and ``end`` are the ISO 8601 dates, full or partial, from which and until which
    there is such a thing; ``dated`` are names with the time of their official use, ``offices``
    those that a person holds or held, ``dates_source`` the data sets or pages that say so.
    """

    slug: str
    type: str
    names_en: tuple[str, ...] = ()
    names_fr: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    country: str | None = None
    parent: str | None = None
    role_en: str | None = None
    role_fr: str | None = None
    code: str | None = None
    capital_of: str | None = None
    stands_for: str | None = None
    firm: str | None = None
    demonyms_en: tuple[str, ...] = ()
    demonyms_fr: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    dated: tuple[Dated, ...] = ()
    offices: tuple[Dated, ...] = ()
    dates_source: tuple[str, ...] = ()
    wikidata: str | None = None
    wikidata_source: str | None = None
    where: str = ""

    def names_in(self, lang: str) -> tuple[str, ...]:
        """The names used in a language, common ones last; weak ones are among them."""
        own = self.names_fr if lang == "fr" else self.names_en
        return tuple(dict.fromkeys((*own, *self.names, *self.weak)))

    def demonyms_in(self, lang: str) -> tuple[str, ...]:
        """Adjectives and nouns for what comes from there, every inflection."""
        return self.demonyms_fr if lang == "fr" else self.demonyms_en

    def label(self, lang: str) -> str:
        """The preferred name in a language, or failing that in another."""
        own, other = (
            (self.names_fr, self.names_en) if lang == "fr" else (self.names_en, self.names_fr)
        )
        return next(iter((*own, *self.names, *other)))
