"""FollowTheMoney entities, one JSON object a line, for Aleph, OpenSanctions and nomenklatura.

``ontology/followthemoney.toml`` says which schema stands for what. A claim becomes a link between
two entities, with the article as its proof and the words in its summary: of the schema of its
relation where the claim is actual and not denied and both ends fit, else an ``UnknownLink`` whose
role and status say what it is. https://followthemoney.tech
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import IO, Any

from policygraph.authority import load_authority
from policygraph.export.rows import Row, edge_rows, gather_nodes, node_rows
from policygraph.graph import ClaimGraph, StoredArticle
from policygraph.model import digest
from policygraph.ontology import ENTITIES, ontology_dir, read_toml

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")


def write_followthemoney(graph: ClaimGraph, files: Sequence[IO[bytes]]) -> None:
    """Articles, then entities, then links, each in the order of IRIs."""
    for entity in _entities(graph):
        line = json.dumps(entity, ensure_ascii=False, sort_keys=True)
        files[0].write(f"{line}\n".encode())


def _entities(graph: ClaimGraph) -> Iterator[Row]:
    nodes = gather_nodes(graph)
    types = {}
    for stored in graph.stored():
        yield _article(stored)
    for row in node_rows(nodes):
        types[row["id"]] = row["type"]
        yield _thing(row)
    for row in edge_rows(graph, nodes):
        if row["source"] != row["target"]:  # which no link of theirs allows
            yield from _links(row, types[row["source"]], types[row["target"]])


@cache
def _mapping() -> Mapping[str, Any]:
    return read_toml(ontology_dir() / "followthemoney.toml")


def _entity(id: str, schema: str, **values: str | None) -> Row:
    properties = {name: [value] for name, value in values.items() if value}
    return {"id": _id(id), "schema": schema, "properties": properties}


def _id(iri: str) -> str:
    return f"pg-{digest(iri)}"


def _article(stored: StoredArticle) -> Row:
    article = stored.record.article
    url = article.url or article.source
    entity = _entity(
        stored.iri,
        "Article",
        title=article.title,
        fileName=article.source,
        publisher=article.publisher,
        publishedAt=_date(article.published),
        language=_mapping()["languages"].get(article.lang),
        sourceUrl=url if _URL.fullmatch(url) else None,
        bodyText=article.text,
        processingAgent=stored.record.software,
    )
    if article.authors:
        entity["properties"]["author"] = [*dict.fromkeys(article.authors)]
    return entity


def _thing(row: Row) -> Row:
    kind = _mapping()["types"][row["type"]]
    known = load_authority().get(row["id"].removeprefix(ENTITIES))
    entity = _entity(
        row["id"],
        kind["schema"],
        name=row["label"],
        wikidataId=row["wikidata"],
        country=known.country if known else None,
        topics=kind.get("topics"),
        **{name: row["label"] for name in kind.get("named", ())},
    )
    others = {row["label_en"], row["label_fr"]} - {row["label"], None}
    if others:
        entity["properties"]["alias"] = sorted(others)
    return entity


def _links(row: Row, source: str, target: str) -> Iterator[Row]:
    mapping = _mapping()
    actual = row["status"] == "actual" and not row["negated"]
    common = {
        "date": _date(row["date"]),
        "proof": _id(row["article"]),
        "publisher": row["publisher"],
        "recordId": row["id"],
        "sourceUrl": row["article_source"] if _URL.fullmatch(row["article_source"]) else None,
        "summary": row["evidence"],
        "description": _qualifiers(row) or None,
    }
    status = f"denied {row['status']}" if row["negated"] else row["status"]
    subject, object_ = (mapping["types"][kind]["schema"] for kind in (source, target))
    link = mapping["links"].get(row["predicate"]) if actual else None
    if link and subject in link["subjects"] and object_ in link["objects"]:
        ends = {link["subject"]: _id(row["source"]), link["object"]: _id(row["target"])}
        role = row["role"] or row["label_en"]
        share = {"percentage": row["amount"]} if link["schema"] == "Ownership" else {}
        values = {**ends, "role": role, "status": status, **share, **common}
        yield _entity(row["id"], link["schema"], **values)
        return
    ends = {"subject": _id(row["source"]), "object": _id(row["target"])}
    role = row["label_en"] if row["role"] is None else f"{row['label_en']} ({row['role']})"
    yield _entity(row["id"], "UnknownLink", **ends, role=role, status=status, **common)


def _qualifiers(row: Row) -> str:
    named = (("according to", "speaker"), ("amount", "amount"), ("deadline", "deadline"))
    return "; ".join(f"{words} {row[name]}" for words, name in named if row[name])


def _date(value: str | None) -> str | None:
    return value if value and _DATE.fullmatch(value) else None
