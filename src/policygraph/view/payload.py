"""What the page knows: entities, articles, claims and lines, as its scripts read them.

Everything is told once and referred to by its place in a list, so that a page of fifty
thousand claims stays a file that a browser reads in a second. The words of the claims
stand apart, because the page needs them only when somebody looks at a claim.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from policygraph.ontology import Vocabulary, load_vocabulary, ontology_dir, read_toml
from policygraph.view.appearance import LANGUAGES, Appearance, load_appearance
from policygraph.view.communities import communities, place
from policygraph.view.drawing import Line, bundle, draw
from policygraph.view.selection import Selection

if TYPE_CHECKING:
    import networkx

SMALL = 400
"""Lines up to which pyvis draws, every label with room of its own."""

BUDGET = 5000
"""Lines that a page draws at once; with more it opens on a summary of communities."""

_QID = re.compile(r"Q[1-9][0-9]*")
_QUALIFIERS = ("date", "deadline", "amount", "role")
_ARTICLE = ("article_title", "publisher", "published", "source", "lang")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """``data`` is read when the page opens, ``texts`` when a claim's words are wanted.

    ``texts`` has a row for each claim: its IRI and the sentence before, in and after the
    evidence.
    """

    data: dict[str, Any]
    texts: list[list[str]]


def build_payload(selection: Selection, *, lang: str) -> Payload:
    """Give everything the page reads; the same selection gives the same payload."""
    graph, look, vocabulary = selection.graph, load_appearance(), load_vocabulary()
    row = {node: number for number, node in enumerate(graph)}
    articles: dict[tuple[Any, ...], int] = {}
    claims: list[dict[str, Any]] = []
    texts: list[list[str]] = []
    keys: dict[str, int] = {}
    for subject, object_, key, data in graph.edges(keys=True, data=True):
        article = articles.setdefault(
            (data.get("article"), *(data.get(name) for name in _ARTICLE)), len(articles)
        )
        keys[key] = len(claims)
        claims.append(_claim(data, row[subject], row[object_], article, row))
        texts.append([key, *_sentence(data)])

    def symmetric(predicate: str) -> bool:
        known = vocabulary.predicates.get(predicate)
        return known is not None and known.symmetric

    lines = bundle(graph, symmetric)
    data = {
        "lang": lang,
        "budget": BUDGET,
        "words": {lang: dict(look.words[lang]) for lang in LANGUAGES},
        "negated": dict(look.negated_patterns),
        "types": _types(graph, look, vocabulary),
        "statuses": {
            status: {
                "label": dict(line.labels),
                "line": line.line,
                "dark": line.dark,
                "dashes": line.dashes,
            }
            for status, line in [*look.statuses.items(), ("negated", look.negated)]
        },
        "predicates": _predicates(graph, look, symmetric),
        "stories": look.stories,
        "entities": [_entity(node, data) for node, data in graph.nodes(data=True)],
        "articles": [_article(key) for key in articles],
        "claims": claims,
        "lines": [
            [row[line.source], row[line.target], [keys[claim] for claim in line.claims]]
            for line in lines
        ],
        "counts": _counts(selection),
        "map": _outline() if claims else None,
    }
    _locate(data, graph, row)
    if len(lines) <= SMALL:
        data["vis"] = _vis(graph, lines, look, lang, symmetric, row)
    else:
        data["places"], data["communities"] = _many(graph, row)
    return Payload(data=data, texts=texts)


def _claim(
    data: dict[str, Any], subject: int, object_: int, article: int, row: dict[str, int]
) -> dict[str, Any]:
    claim = {
        "s": subject,
        "p": data["predicate"],
        "o": object_,
        "status": data["status"],
        "confidence": data.get("confidence"),
        "article": article,
    }
    if data["negated"]:
        claim["negated"] = True
    claim |= {name: data[name] for name in _QUALIFIERS if data.get(name)}
    if (speaker := data.get("speaker_iri")) in row:
        claim["speaker"] = row[speaker]
    elif data.get("speaker"):
        claim["speaker"] = data["speaker"]
    return claim


def _sentence(data: dict[str, Any]) -> list[str]:
    evidence, sentence = data["evidence"], data.get("sentence") or ""
    before, found, after = sentence.partition(evidence)
    return [before, evidence, after] if found else ["", evidence, ""]


def _article(key: tuple[Any, ...]) -> dict[str, Any]:
    iri, title, publisher, published, source, lang = key
    article = {
        "iri": iri,
        "title": title,
        "publisher": publisher,
        "published": published,
        "source": source,
        "lang": lang,
        "link": source if is_web_address(source or "") else None,
    }
    return {name: value for name, value in article.items() if value}


def _entity(node: str, data: dict[str, Any]) -> dict[str, Any]:
    names = {lang: str(data.get(f"label_{lang}") or data["label"]) for lang in LANGUAGES}
    entity: dict[str, Any] = {"iri": node, "type": data["type"], "names": names}
    if (also := data["label"]) not in names.values():
        entity["also"] = [also]
    qid = data.get("wikidata")
    if qid and _QID.fullmatch(qid):
        entity["wikidata"] = qid
    entity |= {"mentions": data.get("mentions", 0), "articles": data.get("articles", 0)}
    return entity


def _types(
    graph: networkx.MultiDiGraph[str], look: Appearance, vocabulary: Vocabulary
) -> dict[str, dict[str, Any]]:
    """The legend's types, in the order of the appearance file."""
    drawn = {data["type"] for _, data in graph.nodes(data=True)}
    known = [name for name in look.types if name in drawn]
    result = {}
    for type_ in [*known, *sorted(drawn - set(known))]:
        shape = look.types.get(type_, look.other)
        labels = vocabulary.types.get(type_) or (look.other_labels if type_ not in known else {})
        names = {lang: labels.get(lang, type_) for lang in LANGUAGES}
        result[type_] = {
            "label": {lang: name[:1].upper() + name[1:] for lang, name in names.items()},
            "shape": shape.shape,
            "fill": shape.fill,
            "dark": shape.dark,
        }
    return result


def _predicates(
    graph: networkx.MultiDiGraph[str], look: Appearance, symmetric: Any
) -> dict[str, dict[str, Any]]:
    """Names in both languages, whether direction matters, and for or against what it is."""
    stance = {name: group for group, names in look.stances.items() for name in names}
    result: dict[str, dict[str, Any]] = {}
    for _, _, data in graph.edges(data=True):
        name = data["predicate"]
        if name not in result:
            labels = {lang: str(data.get(f"label_{lang}") or name) for lang in LANGUAGES}
            result[name] = {"label": labels, "stance": stance.get(name)}
            if symmetric(name):
                result[name]["symmetric"] = True
    return dict(sorted(result.items()))


def _counts(selection: Selection) -> dict[str, int]:
    """What the page leaves out; its words stand in the interface file."""
    entities, claims = selection.beyond
    return {
        "drawn": len(selection.graph),
        "total": selection.claims,
        "unclaimed": selection.unclaimed,
        "filtered": selection.filtered,
        "entities_beyond": entities,
        "claims_beyond": claims,
    }


def _locate(data: dict[str, Any], graph: networkx.MultiDiGraph[str], row: dict[str, int]) -> None:
    """Give entities their country's code: its own, or where a claim says it is based."""
    codes = _country_codes()
    entities = data["entities"]
    for node, attributes in graph.nodes(data=True):
        if attributes["type"] == "Country":
            names = (attributes.get(key) for key in ("label_en", "label_fr", "label", "wikidata"))
            code = next((codes[name] for name in names if name in codes), None)
            if code:
                entities[row[node]]["country"] = code
    based = [
        claim for claim in data["claims"] if claim["p"] == "basedIn" and not claim.get("negated")
    ]
    for claim in based:
        code = entities[claim["o"]].get("country")
        if code and entities[claim["s"]]["type"] != "Country":
            entities[claim["s"]].setdefault("country", code)


def _vis(
    graph: networkx.MultiDiGraph[str],
    lines: list[Line],
    look: Appearance,
    lang: str,
    symmetric: Any,
    row: dict[str, int],
) -> dict[str, Any]:
    """Nodes, edges and options of vis-network, by their places in the page's lists."""
    spoken = {
        data["predicate"]: str(data.get(f"label_{lang}") or data["predicate"])
        for _, _, data in graph.edges(data=True)
    }

    def name(node: str) -> str:
        data = graph.nodes[node]
        return str(data.get(f"label_{lang}") or data["label"])

    def label(line: Line) -> str:
        text = spoken[line.predicate]
        if line.negated:
            text = look.negated_patterns[lang].format(label=text)
        return f"{text} ({len(line.claims)})" if len(line.claims) > 1 else text

    nodes, edges, options = draw(graph, lines, look, name=name, label=label, symmetric=symmetric)
    for node in nodes:
        node["id"] = row[node["id"]]
    for number, edge in enumerate(edges):
        edge |= {"id": f"line-{number}", "from": row[edge["from"]], "to": row[edge["to"]]}
    return {"nodes": nodes, "edges": edges, "options": options}


def _many(
    graph: networkx.MultiDiGraph[str], row: dict[str, int]
) -> tuple[list[tuple[int, int]], list[dict[str, Any]]]:
    """The places of many entities, and their communities: members, middle and radius."""
    import networkx as nx

    projection: networkx.Graph[str] = nx.Graph()
    projection.add_nodes_from(graph)
    for subject, object_ in graph.edges():
        if subject != object_:
            known = projection.get_edge_data(subject, object_, {"weight": 0})
            projection.add_edge(subject, object_, weight=known["weight"] + 1)
    groups = communities(projection)
    places, discs = place(projection, groups)
    members = [
        {"members": [row[node] for node in group], "x": x, "y": y, "r": radius}
        for group, (x, y, radius) in zip(groups, discs, strict=True)
    ]
    return [places[node] for node in graph], members


@cache
def _country_codes() -> dict[str, str]:
    """Codes by English name, French name and Wikidata item."""
    countries = read_toml(ontology_dir() / "geography" / "countries.toml")
    return {
        name: entry["code"]
        for entry in countries.values()
        for name in (*entry["en"], *entry["fr"], entry.get("wikidata"))
        if name
    }


@cache
def _outline() -> dict[str, Any]:
    path = ontology_dir() / "geography" / "outline.json"
    outline: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return outline


def is_web_address(text: str) -> bool:
    """Whether the text is an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
