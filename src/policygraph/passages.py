"""Finds passages in another language than their article's, and puts what was read of them together.

A German paragraph in a French page gives a French pipeline nothing but errors, so each language
is read alone: in a copy of the text where all the rest is blank, and every offset stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from policygraph.model import Article, Claim, Entity, Evidence, Mention, Record
from policygraph.sources.language import foreign_language

_LINE = re.compile(r"[^\n]+")
_QUOTED = re.compile(r"«([^«»\n]+)»|“([^“”\n]+)”|„([^„“”\n]+)[“”]|\"([^\"\n]+)\"")


@dataclass(frozen=True, slots=True)
class Passage:
    """``[start, end)`` of a text, in the language ``lang``."""

    start: int
    end: int
    lang: str


def foreign_passages(text: str, lang: str) -> list[Passage]:
    """The paragraphs and the quotations of a text that are not in its language, in order.

    None where no line is in it: then the language was said to be another, by who knows.
    """
    lines = [(line, foreign_language(line[0], lang)) for line in _LINE.finditer(text)]
    if all(other for _, other in lines):
        return []
    found = []
    for line, other in lines:
        if other:
            found.append(Passage(line.start(), line.end(), other))
            continue
        for quote in _QUOTED.finditer(text, line.start(), line.end()):
            words = next(number for number in range(1, 5) if quote[number] is not None)
            if other := foreign_language(quote[words], lang):
                found.append(Passage(*quote.span(words), other))
    return found


def in_language(article: Article, passages: Iterable[Passage], lang: str) -> Article:
    """The article with all blank that is not in a language; its length and its lines stay."""
    if lang == article.lang:
        return replace(article, text=_blanked(article.text, passages))
    own = [passage for passage in passages if passage.lang == lang]
    edges = [0, *chain.from_iterable((p.start, p.end) for p in own), len(article.text)]
    rest = [Passage(a, b, "") for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return replace(article, text=_blanked(article.text, rest), lang=lang)


def together(article: Article, records: Iterable[Record]) -> Record:
    """One record of an article from those of its languages: what has one IRI is one entity.

    Entities are numbered again in the order of their first mention.
    """
    entities: dict[tuple[str, str], Entity] = {}
    claims: list[tuple[Claim, Mapping[str, tuple[str, str]]]] = []
    for record in records:
        keys = {entity.id: (entity.type, entity.iri or entity.name) for entity in record.entities}
        for entity in record.entities:
            known = entities.get(keys[entity.id])
            mentions = (*(known.mentions if known else ()), *entity.mentions)
            mentions = tuple(sorted(mentions, key=lambda m: (m.start, m.end)))
            entities[keys[entity.id]] = replace(known or entity, mentions=mentions)
        claims.extend((claim, keys) for claim in record.claims)
    ordered = sorted(entities.items(), key=lambda item: min(m.start for m in item[1].mentions))
    ids = {key: f"e{number}" for number, (key, _) in enumerate(ordered, start=1)}
    return Record(
        article=article,
        entities=tuple(_numbered(entity, ids[key], article.text) for key, entity in ordered),
        claims=tuple(
            sorted(_claims(claims, ids, article.text), key=lambda claim: claim.evidence.start)
        ),
    )


def _blanked(text: str, passages: Iterable[Passage]) -> str:
    pieces, at = [], 0
    for passage in passages:
        pieces += [
            text[at : passage.start],
            re.sub(r"[^\n]", " ", text[passage.start : passage.end]),
        ]
        at = passage.end
    return "".join([*pieces, text[at:]])


def _numbered(entity: Entity, id: str, text: str) -> Entity:
    mentions = (Mention(m.start, m.end, text[m.start : m.end]) for m in entity.mentions)
    return replace(entity, id=id, mentions=tuple(mentions))


def _claims(
    claims: Iterable[tuple[Claim, Mapping[str, tuple[str, str]]]],
    ids: Mapping[tuple[str, str], str],
    text: str,
) -> Iterator[Claim]:
    for claim, keys in claims:
        start, end = claim.evidence.start, claim.evidence.end
        speaker = claim.attributed_to
        yield replace(
            claim,
            subject=ids[keys[claim.subject]],
            object=ids[keys[claim.object]],
            attributed_to=speaker and ids[keys[speaker]],
            evidence=Evidence(start, end, text[start:end]),
        )
