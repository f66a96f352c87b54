"""policygraph reads tech-policy news, in French and English, into a knowledge graph.

Every claim carries who says it, how sure it is, when, and the exact words in the article::

    import policygraph as pg

    graph = pg.ingest("corpora/sample")
    for row in graph.query("SELECT ?firm WHERE { ?who pg:fines ?firm }"):
        print(row["firm"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.version import __version__ as __version__

if TYPE_CHECKING:
    from policygraph.authority import using_authority
    from policygraph.errors import (
        LanguageError,
        OntologyError,
        PolicyGraphError,
        ProtectedError,
        QueryError,
        RecordError,
        SourceError,
        StoreError,
    )
    from policygraph.graph import ClaimGraph
    from policygraph.model import (
        Article,
        Claim,
        Comment,
        Entity,
        Evidence,
        Mention,
        Record,
        Status,
    )
    from policygraph.pipeline import extract, ingest
    from policygraph.reextraction import reextract

    open = ClaimGraph.open

_HOMES = {
    "authority": ("using_authority",),
    "errors": (
        "LanguageError", "OntologyError", "PolicyGraphError", "ProtectedError", "QueryError",
        "RecordError", "SourceError", "StoreError",
    ),
    "graph": ("ClaimGraph",),
    "model": ("Article", "Claim", "Comment", "Entity", "Evidence", "Mention", "Record", "Status"),
    "pipeline": ("extract", "ingest"),
    "reextraction": ("reextract",),
}  # fmt: skip

__all__ = [
    "Article",
    "Claim",
    "ClaimGraph",
    "Comment",
    "Entity",
    "Evidence",
    "LanguageError",
    "Mention",
    "OntologyError",
    "PolicyGraphError",
    "ProtectedError",
    "QueryError",
    "Record",
    "RecordError",
    "SourceError",
    "Status",
    "StoreError",
    "extract",
    "ingest",
    "open",
    "reextract",
    "using_authority",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import policygraph`` is instant."""
    from importlib import import_module

    if name == "open":
        return import_module("policygraph.graph").ClaimGraph.open
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"policygraph.{module}"), name)
    raise AttributeError(f"module 'policygraph' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
