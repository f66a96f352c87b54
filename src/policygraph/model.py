"""The values that flow from an article to the graph: standard library only.

Offsets everywhere are half-open ``[start, end)`` and count Unicode code points,
from 0, in the clean ``Article.text``.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from policygraph.errors import RecordError


class Status(StrEnum):
    """How sure a claim is: a coarse factuality, after FactBank (Saurí & Pustejovsky, 2009)."""

    ACTUAL = "actual"
    PLANNED = "planned"
    THREATENED = "threatened"
    POSSIBLE = "possible"
    ALLEGED = "alleged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a reader wrote below an article; never a source of claims by default."""

    text: str
    author: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of a text stands in the file or page that the text was read from.

    The characters ``[start, end)`` of the text are those from ``original`` on, as many.
    """

    start: int
    end: int
    original: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end and self.original >= 0):
            raise ValueError(f"no place: [{self.start}, {self.end}) at {self.original}")

    def __str__(self) -> str:
        return f"{self.start}-{self.end}@{self.original}"

    @classmethod
    def parse(cls, written: str) -> Place:
        """Read what ``str`` wrote, such as ``0-30@1204``; ``ValueError`` for anything else."""
        span, _, original = written.partition("@")
        start, _, end = span.partition("-")
        return cls(int(start), int(end), int(original))


@dataclass(frozen=True, slots=True)
class PageStart:
    """From which character on a text stands on that page of its PDF; pages count from 1."""

    start: int
    page: int

    def __post_init__(self) -> None:
        if self.start < 0 or self.page < 1:
            raise ValueError(f"no page's start: {self.start} on page {self.page}")

    def __str__(self) -> str:
        return f"{self.start}@{self.page}"

    @classmethod
    def parse(cls, written: str) -> PageStart:
        """Read what ``str`` wrote, such as ``1200@2``; ``ValueError`` for anything else."""
        start, _, page = written.partition("@")
        return cls(int(start), int(page))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A clean article: its own words, without the page's furniture.

    ``source`` is a URL, or a path relative to what the user named, so that it is the
    same on every machine; ``url`` is the address that the page calls its own. ``published``
    and ``modified`` are ISO 8601 dates, full or partial, or None; ``published_note`` says why
    when the date was not printed on the page. ``tags`` are the page's own keywords; the text
    holds the title and the subtitle. Whatever order tags come in, they are kept sorted.
    ``places`` say, in order, where the text stands in what it was read from, in code points of that
    as it was decoded: the innermost document, such as the page in an archive, the part of a mail,
    the content of a feed's entry or the text field of a dump's record. Of a PDF, ``pages`` say, in
    order, on which page the text goes on.
    """

    source: str
    text: str
    lang: str
    title: str | None = None
    subtitle: str | None = None
    published: str | None = None
    published_note: str | None = None
    modified: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    tags: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    places: tuple[Place, ...] = field(default=(), repr=False)
    pages: tuple[PageStart, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tags", tuple(sorted(set(self.tags))))

    @property
    def id(self) -> str:
        """Content hash of language, title, date and text: an article has one id everywhere."""
        return digest(self.lang, self.title, self.published, self.text)

    def page_of(self, start: int) -> int | None:
        """The page of its PDF on which a character of the text stands, from 1."""
        begun = bisect_right(self.pages, start, key=lambda page: page.start)
        return self.pages[max(begun - 1, 0)].page if self.pages else None

    def in_original(self, start: int, end: int) -> tuple[int, int] | None:
        """Where ``[start, end)`` of the text begins and ends in what it was read from.

        What is left out of the text within it, such as tags, counts. None where it is not known.
        """
        begins = [p for p in self.places if p.start <= start < p.end]
        ends = [p for p in self.places if p.start < end <= p.end]
        # marks around the words, such as quotation marks, may belong to no stretch
        begins = begins or [p for p in self.places if start < p.start < end][:1]
        ends = ends or [p for p in self.places if start < p.end < end][-1:]
        if not begins or not ends:
            return None
        first, last = begins[0], ends[0]
        begin = first.original + max(start - first.start, 0)
        finish = last.original + min(end, last.end) - last.start
        return (begin, finish) if begin < finish else None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an entity, at ``[start, end)`` of the article's text."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words that support a claim, at ``[start, end)`` of the article's text."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        _check_span(self.start, self.end, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One thing that an article names; ``id`` is local to the article's record.

    ``type`` is one of the ontology's entity types; ``name`` is the fullest proper name,
    an ISO 8601 date for a Date, an amount such as ``150000000 EUR`` for Money.
    ``iri`` identifies the thing across articles; ``wikidata`` is a QID or None.
    ``link_confidence``, between 0 and 1, says how sure it is that the article means the
    known entity of that IRI; None where nothing was linked.
    """

    id: str
    name: str
    type: str
    mentions: tuple[Mention, ...]
    iri: str | None = None
    wikidata: str | None = None
    link_confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an article says holds between two entities, and how strongly; not a fact.

    ``subject``, ``object`` and ``attributed_to`` are entity ids of the same record.
    ``date`` and ``deadline`` are ISO 8601, full or partial; ``amount`` is an amount with
    an ISO 4217 code or a percentage; ``confidence`` is between 0 and 1; ``rule`` names
    the rule that found the claim (None when a person annotated it).
    """

    subject: str
    predicate: str
    object: str
    evidence: Evidence
    status: Status = Status.ACTUAL
    negated: bool = False
    attributed_to: str | None = None
    date: str | None = None
    deadline: str | None = None
    amount: str | None = None
    role: str | None = None
    confidence: float = 1.0
    rule: str | None = None

    def _repr_html_(self) -> str:
        from policygraph.view.notebook import claim_html

        return claim_html(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An article with what it says: the JSON shape of ``extract``, of exports and of gold files.

    ``software`` is what extracted the claims, with each pipeline that read a part of the article:
    ``policygraph 0.1.0 (fr 0f1e2d3c4b5a, en 5b4c3d2e1f0a)``; None when a person annotated them.
    ``unread`` says why nothing was extracted, where nothing could be.
    """

    article: Article
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    id: str = ""
    software: str | None = None
    unread: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.article.id)

    def entity(self, id: str) -> Entity:
        """The entity of that local id; ``KeyError`` where the record has none."""
        for entity in self.entities:
            if entity.id == id:
                return entity
        raise KeyError(id)

    def _repr_html_(self) -> str:
        from policygraph.view.notebook import record_html

        return record_html(self)

    def to_json(self) -> dict[str, Any]:
        """The record as plain JSON values, keys in the documented order."""
        article = self.article
        result: dict[str, Any] = {
            "id": self.id,
            "source": article.source,
            "title": article.title,
            "published": article.published,
            "publisher": article.publisher,
            "authors": list(article.authors),
            "lang": article.lang,
            "text": article.text,
            "entities": [_entity_json(entity) for entity in self.entities],
            "claims": [_claim_json(claim, article) for claim in self.claims],
            "comments": [
                {"author": c.author, "published": c.published, "text": c.text}
                for c in article.comments
            ],
        }
        if self.software:
            result["software"] = self.software
        if self.unread:
            result["unread"] = self.unread
        if article.published_note:
            result["published_note"] = article.published_note
        for name in ("subtitle", "modified", "url"):
            if value := getattr(article, name):
                result[name] = value
        if article.tags:
            result["tags"] = list(article.tags)
        if article.places:
            result["places"] = " ".join(map(str, article.places))
        if article.pages:
            result["pages"] = " ".join(map(str, article.pages))
        return result

    @classmethod
    def from_json(cls, value: object, *, where: str = "record") -> Record:
        """Read a record and check it; ``RecordError`` names the faulty key, after ``where``."""
        return _read_record(value, where)


def digest(*parts: object) -> str:
    """16 hexadecimal digits of the SHA-256 of ``parts``: the project's one way to mint ids."""
    canonical = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode(errors="surrogatepass")).hexdigest()[:16]


def _check_span(start: int, end: int, text: str) -> None:
    if not 0 <= start < end or end - start != len(text):
        raise ValueError(f"[{start}, {end}) does not fit the {len(text)} characters of {text!r}")


def _span_json(span: Mention | Evidence) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _entity_json(entity: Entity) -> dict[str, Any]:
    result: dict[str, Any] = {"id": entity.id, "name": entity.name, "type": entity.type}
    if entity.iri:
        result["iri"] = entity.iri
    if entity.wikidata:
        result["wikidata"] = entity.wikidata
    if entity.link_confidence is not None:
        result["link_confidence"] = entity.link_confidence
    result["mentions"] = [_span_json(mention) for mention in entity.mentions]
    return result


def _claim_json(claim: Claim, article: Article) -> dict[str, Any]:
    evidence = _span_json(claim.evidence)
    if original := article.in_original(claim.evidence.start, claim.evidence.end):
        evidence["original"] = dict(zip(("start", "end"), original, strict=True))
    if page := article.page_of(claim.evidence.start):
        evidence["page"] = page
    result: dict[str, Any] = {
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "status": claim.status.value,
        "negated": claim.negated,
        "attributed_to": claim.attributed_to,
        "date": claim.date,
        "deadline": claim.deadline,
        "amount": claim.amount,
        "role": claim.role,
        "confidence": claim.confidence,
        "evidence": evidence,
    }
    if claim.rule:
        result["rule"] = claim.rule
    return result


def _read_record(value: object, where: str) -> Record:
    data = _mapping(value, where)
    text = _string(data, "text", where)
    article = Article(
        source=_optional(data, "source", where) or where,
        text=text,
        lang=_string(data, "lang", where),
        title=_optional(data, "title", where),
        subtitle=_optional(data, "subtitle", where),
        published=_optional(data, "published", where),
        published_note=_optional(data, "published_note", where),
        modified=_optional(data, "modified", where),
        publisher=_optional(data, "publisher", where),
        authors=tuple(str(author) for author in _items(data, "authors", where)),
        url=_optional(data, "url", where),
        tags=tuple(str(tag) for tag in _items(data, "tags", where)),
        places=_read_places(data, where),
        pages=_read_pages(data, where),
        comments=tuple(
            Comment(
                text=_string(c, "text", place),
                author=_optional(c, "author", place),
                published=_optional(c, "published", place),
            )
            for c, place in _mappings(data, "comments", where)
        ),
    )
    entities = tuple(
        _read_entity(item, place, text) for item, place in _mappings(data, "entities", where)
    )
    known = {entity.id for entity in entities}
    claims = tuple(
        _read_claim(item, place, text, known) for item, place in _mappings(data, "claims", where)
    )
    return Record(
        article=article,
        entities=entities,
        claims=claims,
        id=_optional(data, "id", where) or article.id,
        software=_optional(data, "software", where),
        unread=_optional(data, "unread", where),
    )


def _read_places(data: Mapping[str, Any], where: str) -> tuple[Place, ...]:
    written = _optional(data, "places", where) or ""
    try:
        return tuple(map(Place.parse, written.split()))
    except ValueError as error:
        raise RecordError(
            f"{where}: 'places' must be like '0-30@1204 32-60@1250': start, end, and where that "
            "stands in the original"
        ) from error


def _read_pages(data: Mapping[str, Any], where: str) -> tuple[PageStart, ...]:
    written = _optional(data, "pages", where) or ""
    try:
        return tuple(map(PageStart.parse, written.split()))
    except ValueError as error:
        raise RecordError(
            f"{where}: 'pages' must be like '0@1 1200@2': where a page begins, and its number"
        ) from error


def _read_entity(data: Mapping[str, Any], where: str, text: str) -> Entity:
    return Entity(
        id=_string(data, "id", where),
        name=_string(data, "name", where),
        type=_string(data, "type", where),
        iri=_optional(data, "iri", where),
        wikidata=_optional(data, "wikidata", where),
        link_confidence=(
            None if data.get("link_confidence") is None else _share(data, "link_confidence", where)
        ),
        mentions=tuple(
            Mention(*_read_span(item, place, text))
            for item, place in _mappings(data, "mentions", where)
        ),
    )


def _read_claim(data: Mapping[str, Any], where: str, text: str, known: set[str]) -> Claim:
    for key in ("subject", "object", "attributed_to"):
        if (id := _optional(data, key, where)) is not None and id not in known:
            raise RecordError(
                f"{where}: {key} {id!r} is no entity of this record; "
                "use the 'id' of one listed under 'entities'"
            )
    status = data.get("status", "actual")
    if status not in [*Status]:
        raise RecordError(f"{where}: status {status!r} is unknown; use one of {', '.join(Status)}")
    return Claim(
        subject=_string(data, "subject", where),
        predicate=_string(data, "predicate", where),
        object=_string(data, "object", where),
        evidence=Evidence(*_read_span(_mapping(data.get("evidence"), where), where, text)),
        status=Status(status),
        negated=_truth(data, "negated", where),
        attributed_to=_optional(data, "attributed_to", where),
        date=_optional(data, "date", where),
        deadline=_optional(data, "deadline", where),
        amount=_optional(data, "amount", where),
        role=_optional(data, "role", where),
        confidence=_share(data, "confidence", where),
        rule=_optional(data, "rule", where),
    )


def _read_span(data: Mapping[str, Any], where: str, text: str) -> tuple[int, int, str]:
    start, end, words = data.get("start"), data.get("end"), data.get("text")
    if not (type(start) is int and type(end) is int and isinstance(words, str)):
        raise RecordError(f"{where}: a span needs integer 'start' and 'end' and a string 'text'")
    if not 0 <= start < end:
        raise RecordError(f"{where}: offsets [{start}, {end}) are no span; need 0 <= start < end")
    if text[start:end] != words:
        raise RecordError(
            f"{where}: offsets [{start}, {end}) hold {text[start:end]!r}, not {words!r}; "
            "they count code points of 'text', from 0, end exclusive"
        )
    return start, end, words


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise RecordError(f"{where}: expected a JSON object, got {type(value).__name__}")
    return value


def _items(data: Mapping[str, Any], key: str, where: str) -> Iterable[Any]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise RecordError(f"{where}: {key!r} must be a list")
    return value


def _mappings(
    data: Mapping[str, Any], key: str, where: str
) -> Iterator[tuple[Mapping[str, Any], str]]:
    for number, item in enumerate(_items(data, key, where)):
        place = f"{where}, {key}[{number}]"
        yield _mapping(item, place), place


def _string(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise RecordError(f"{where}: no string under {key!r}")
    return value


def _truth(data: Mapping[str, Any], key: str, where: str) -> bool:
    value = data.get(key)
    if value not in (None, True, False):
        raise RecordError(f"{where}: {key!r} must be true or false")
    return bool(value)


def _share(data: Mapping[str, Any], key: str, where: str) -> float:
    value = data.get(key, 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RecordError(f"{where}: {key!r} must be a number between 0 and 1")
    return float(value)


def _optional(data: Mapping[str, Any], key: str, where: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise RecordError(f"{where}: {key!r} must be a string or null")
    return value
