"""RDF terms as the graph writes them: namespaces, IRIs, typed and language-tagged literals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from unicodedata import normalize
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from policygraph.errors import RecordError
from policygraph.model import digest
from policygraph.ontology import IDS, NAMESPACE

PREFIXES: Mapping[str, str] = {
    "pg": NAMESPACE,
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Declared for every query, and used in exports."""

ARTICLES = f"{IDS}article/"
"""What the IRIs of articles, which name their graphs, begin with."""

VOCABULARY = NamedNode(NAMESPACE.removesuffix("#"))
"""The named graph of the store that holds the ontology itself."""

COPIES = NamedNode(f"{IDS}graph/copies")
"""The named graph that links articles which are copies of one another."""

MARKS = NamedNode(f"{IDS}graph/marks")
"""The named graph of the marks that lead to copies; it can be made anew at any time."""

BLOCKS = NamedNode(f"{IDS}graph/blocks")
"""The named graph of the keys by which things are compared; it can be made anew at any time."""

MATTERS = NamedNode(f"{IDS}graph/matters")
"""The named graph of the store that holds what follows from all articles together."""

KEYS = NamedNode(f"{IDS}graph/keys")
"""The named graph that says what follows from which articles; it can be made anew at any time."""

INTERNAL = frozenset({BLOCKS, MARKS, KEYS})
"""Named graphs whose triples are of use to the program alone, and not in the default graph."""

ADDITIONS = NamedNode(f"{IDS}graph/additions")
"""The named graph of the triples that SPARQL updates wrote without naming a graph."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_QID = re.compile(r"Q[1-9]\d*")
_MONEY = re.compile(r"(\d+(?:\.\d+)?) ([A-Z]{3})")
_PERCENTAGE = re.compile(r"(\d+(?:\.\d+)?) ?%")


@cache
def term(name: str) -> NamedNode:
    """The IRI of a prefixed name such as ``pg:subject``."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def compact(value: str) -> str:
    """An IRI as a prefixed name where a prefix is known for it; any other text as it is."""
    for prefix, namespace in PREFIXES.items():
        local = value.removeprefix(namespace)
        if local != value and re.fullmatch(r"[\w-]+", local):
            return f"{prefix}:{local}"
    return value


def iri(value: str, what: str) -> NamedNode:
    """An absolute IRI; ``RecordError`` says which of the record's values is none."""
    try:
        return NamedNode(value)
    except ValueError as error:
        raise RecordError(f"{what} {value!r} is no IRI; expected one such as {IDS}…") from error


def thing(kind: str, id: str) -> str:
    """The IRI of a thing of ours, its id percent-encoded."""
    return f"{IDS}{kind}/{quote(clean(id), safe='')}"


def name_iri(kind: str, name: str) -> str:
    """A readable IRI from a name; of the name's hash where nothing readable is left of it."""
    ascii_name = normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")
    return thing(kind, slug or digest(clean(name)))


def wikidata_iri(qid: str) -> NamedNode:
    """The Wikidata entity of a QID."""
    if not _QID.fullmatch(qid):
        raise RecordError(f"wikidata {qid!r} is no QID; expected Q and a number, such as Q2283")
    return term(f"wd:{qid}")


def clean(text: str) -> str:
    """Lone surrogates, which have no UTF-8, replaced one for one: offsets stay right."""
    return _SURROGATES.sub("\ufffd", text)


def plain(text: str) -> Literal:
    """A string without a language."""
    return Literal(clean(text))


def words(text: str, lang: str) -> Literal:
    """A string in a language; without one where ``lang`` is no language tag (RFC 5646)."""
    return Literal(clean(text), language=lang.lower()) if is_language(lang) else plain(text)


def is_language(tag: str) -> bool:
    """Whether a language tag is well formed."""
    return _LANGUAGE.fullmatch(tag) is not None


def number(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(value)


def moment(value: str) -> Literal:
    """An ISO 8601 date typed by its precision, a number of days as a duration, else a string."""
    kind = _date_type(value)
    return Literal(value, datatype=term(kind)) if kind else plain(value)


def amount_parts(amount: str) -> dict[str, Literal]:
    """The number and unit of an amount, by property; nothing for an unknown form."""
    if found := _MONEY.fullmatch(amount):
        value = Literal(found[1], datatype=term("xsd:decimal"))
        return {"pg:amountValue": value, "pg:currency": Literal(found[2])}
    if found := _PERCENTAGE.fullmatch(amount):
        return {"pg:percentage": Literal(found[1], datatype=term("xsd:decimal"))}
    return {}


def _date_type(value: str) -> str | None:
    if re.fullmatch(r"P[1-9]\d*D", value, re.ASCII):
        return "xsd:duration"
    found = re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?", value, re.ASCII)
    if not found:
        return None
    year, month, day = found.groups()
    try:
        date.fromisoformat(f"{year}{month or '-01'}{day or '-01'}")
    except ValueError:
        return None
    return "xsd:date" if day else "xsd:gYearMonth" if month else "xsd:gYear"
