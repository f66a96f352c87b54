"""The page at ``/``: the named queries, an editor for one's own, and the answers as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.graph import named_queries
from policygraph.graph.terms import PREFIXES
from policygraph.ontology import IDS, load_vocabulary
from policygraph.server.interface import interface_of
from policygraph.server.pages import html_response

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_WORDS = ("own_query", "yes", "no", "asking", "unreachable", "shortened", "answers_one")
_PARTS = ("subject", "predicate", "object", "status", "negated", "attributedTo", "confidence")


async def editor(request: Request) -> Response:
    """The page; what it asks, it asks ``/sparql``."""
    ui = interface_of(request)
    vocabulary = load_vocabulary()
    terms = {f"pg:{name}": labels.get(ui.lang, "") for name, labels in vocabulary.types.items()}
    terms |= {f"pg:{name}": p.labels[ui.lang] for name, p in vocabulary.predicates.items()}
    terms |= dict.fromkeys((f"pg:{name}" for name in ("Claim", "Article", *_PARTS)), "")
    data = {
        "lang": ui.lang,
        "ids": IDS,
        "prefixes": dict(PREFIXES),
        "terms": terms,
        "words": {key: ui.words[key] for key in (*_WORDS, "answers_many")},
        "queries": [
            {
                "name": query.name,
                "question": query.questions.get(ui.lang, query.questions["en"]),
                "params": dict(query.params),
                "text": query.text,
            }
            for query in named_queries().values()
        ],
    }
    return html_response(request, "editor.html.j2", data=data)
