"""The HTML page around the network: our own template, safe with any article text.

Article text reaches the page as JSON in a data block and is shown through
``textContent``; the few words of the template are autoescaped. The page's
Content-Security-Policy allows the scripts and the style that stand in it, by their
hashes, and nothing else: no request, no inline handler, no other script.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from policygraph.errors import PolicyGraphError
from policygraph.ontology import Vocabulary, load_vocabulary
from policygraph.view.appearance import LANGUAGES, Appearance, load_appearance
from policygraph.view.drawing import Line, bundle, draw
from policygraph.view.selection import Selection

if TYPE_CHECKING:
    import networkx

_QID = re.compile(r"Q[1-9][0-9]*")
_PLAIN = ("status", "confidence", "date", "deadline", "amount", "role", "publisher", "published")


def render_page(selection: Selection, *, lang: str = "en", title: str | None = None) -> str:
    """Give the whole page as text; ``ValueError`` for a language it does not speak."""
    from jinja2 import Environment
    from markupsafe import Markup

    if lang not in LANGUAGES:
        raise ValueError(f"lang {lang!r} is not one of {', '.join(LANGUAGES)}")
    look, vocabulary = load_appearance(), load_vocabulary()
    words = look.words[lang]
    content = {"css": _read("page.css"), "vis": _vis_network(), "js": _read("page.js")}
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(_read("page.html.j2")).render(
        lang=lang,
        title=title or words["title"],
        words=words,
        notes=_notes(selection, words),
        empty=_why_empty(selection, words),
        data=Markup(_json(_payload(selection.graph, look, vocabulary, lang))),
        **{name: Markup(text) for name, text in content.items()},
        **{f"{name}_hash": _hash(text) for name, text in content.items()},
    )
    return f"{page}\n"


def _payload(
    graph: networkx.MultiDiGraph[str], look: Appearance, vocabulary: Vocabulary, lang: str
) -> dict[str, Any]:
    """Everything that ``page.js`` reads."""

    def symmetric(predicate: str) -> bool:
        known = vocabulary.predicates.get(predicate)
        return known is not None and known.symmetric

    def name(node: str) -> str:
        data = graph.nodes[node]
        return str(data.get(f"label_{lang}") or data["label"])

    spoken = {
        data["predicate"]: str(data.get(f"label_{lang}") or data["predicate"])
        for _, _, data in graph.edges(data=True)
    }

    def label(line: Line) -> str:
        text = spoken[line.predicate]
        if line.negated:
            text = look.negated_patterns[lang].format(label=text)
        return f"{text} ({len(line.claims)})" if len(line.claims) > 1 else text

    lines = bundle(graph, symmetric)
    nodes, edges, options = draw(graph, lines, look, name=name, label=label, symmetric=symmetric)
    return {
        "lang": lang,
        "words": {**look.words[lang], "negated": look.negated_patterns[lang]},
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "entities": {node: _entity(data, name(node)) for node, data in graph.nodes(data=True)},
        "claims": {
            key: _claim(data, subject, object_, graph, name)
            for subject, object_, key, data in graph.edges(keys=True, data=True)
        },
        "lines": {
            line.id: {
                "source": line.source,
                "target": line.target,
                "predicate": line.predicate,
                "status": line.status,
                "negated": line.negated,
                "claims": line.claims,
            }
            for line in lines
        },
        "types": _types(graph, look, vocabulary, lang),
        "statuses": {
            status: {
                "label": line.labels[lang],
                "line": line.line,
                "dark": line.dark,
                "dashes": line.dashes,
            }
            for status, line in [*look.statuses.items(), ("negated", look.negated)]
        },
        "predicates": spoken,
    }


def _types(
    graph: networkx.MultiDiGraph[str], look: Appearance, vocabulary: Vocabulary, lang: str
) -> dict[str, dict[str, str]]:
    """The legend's types, in the order of the appearance file."""
    drawn = {data["type"] for _, data in graph.nodes(data=True)}
    result = {}
    for type_ in [
        *(name for name in look.types if name in drawn),
        *sorted(drawn - set(look.types)),
    ]:
        shape = look.types.get(type_, look.other)
        labels = vocabulary.types.get(type_, {})
        if type_ not in look.types and not labels:
            labels = look.other_labels
        label = labels.get(lang, type_)
        result[type_] = {
            "label": label[:1].upper() + label[1:],
            "shape": shape.shape,
            "fill": shape.fill,
            "dark": shape.dark,
        }
    return result


def _entity(data: dict[str, Any], name: str) -> dict[str, Any]:
    others = {data.get(key) for key in ("label", "label_en", "label_fr")} - {None, name}
    qid = data.get("wikidata")
    return {
        "name": name,
        "also": sorted(others),
        "type": data["type"],
        "wikidata": qid if qid and _QID.fullmatch(qid) else None,
        "mentions": data.get("mentions", 0),
        "articles": data.get("articles", 0),
    }


def _claim(
    data: dict[str, Any], subject: str, object_: str, graph: networkx.MultiDiGraph[str], name: Any
) -> dict[str, Any]:
    speaker = data.get("speaker_iri")
    evidence = data["evidence"]
    sentence = data.get("sentence") or ""
    source = data.get("source") or ""
    claim = {key: data.get(key) for key in _PLAIN}
    claim |= {
        "subject": subject,
        "object": object_,
        "predicate": data["predicate"],
        "negated": bool(data["negated"]),
        "speaker": name(speaker) if speaker in graph else data.get("speaker"),
        "speakerIri": speaker if speaker in graph else None,
        "title": data.get("article_title"),
        "source": source,
        "link": source if _is_web_address(source) else None,
        "lang": data.get("lang"),
        "evidence": evidence,
    }
    if evidence in sentence:
        claim["before"], _, claim["after"] = sentence.partition(evidence)
    return claim


def _notes(selection: Selection, words: Any) -> list[str]:
    """What the page leaves out, in words."""
    drawn = len(selection.graph)
    notes = []
    if selection.beyond != (0, 0):
        entities, claims = selection.beyond
        notes.append(words["left_out"].format(drawn=drawn, entities=entities, claims=claims))
    if drawn and selection.filtered:
        notes.append(words["unfiltered"].format(claims=selection.filtered, total=selection.claims))
    if drawn and selection.unclaimed:
        notes.append(words["unclaimed"].format(count=selection.unclaimed))
    return notes


def _why_empty(selection: Selection, words: Any) -> str | None:
    if len(selection.graph):
        return None
    if selection.claims:
        return str(words["empty_filters"].format(count=selection.claims))
    if selection.entities:
        return str(words["empty_entities"].format(count=selection.entities))
    return str(words["empty_graph"])


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _json(value: object) -> str:
    """JSON that can stand inside a script element: no character there can end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@cache
def _read(name: str) -> str:
    return (files("policygraph.view") / name).read_text(encoding="utf-8").strip()


@cache
def _vis_network() -> str:
    """The copy of vis-network that pyvis ships, without the link to its source map."""
    folder = Path(str(files("pyvis"))) / "lib"
    scripts = sorted(folder.glob("vis-*/vis-network.min.js"))
    if not scripts:
        raise PolicyGraphError(
            f"{folder}: no vis-network.min.js, which pyvis 0.3.2 has; install that version"
        )
    text = scripts[-1].read_text(encoding="utf-8").strip()
    return re.sub(r"\n//# sourceMappingURL=.*$", "", text)


def _hash(text: str) -> str:
    """The text's hash as a Content-Security-Policy writes it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
