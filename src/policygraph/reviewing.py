"""Walks a person through the pairs that no rule could decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from policygraph.graph.explaining import open_questions
from policygraph.ontology import ENTITIES
from policygraph.resolve.judgements import Judgement, Verdict, judgement

if TYPE_CHECKING:
    from policygraph.graph import ClaimGraph
    from policygraph.resolve.pairs import Thing

ANSWERS = {"s": Verdict.SAME, "d": Verdict.DIFFERENT, "u": Verdict.UNSURE}
"""Keys of the answers; "u" says that a person could not tell either, and is not asked again."""

_SHOWN = 3


def review(
    graph: ClaimGraph,
    *,
    ask: Callable[[str], str],
    tell: Callable[[str], None],
    who: str | None = None,
    limit: int | None = None,
) -> int:
    """Ask about one pair after the other, keep the answers, and give their number.

    ``ask`` shows a question and gives the key of the answer: one of ``ANSWERS``, "q" to stop,
    anything else to go on to the next pair. What was answered is kept even if ``ask`` raises.
    """
    questions = open_questions(graph)[:limit]
    answers: list[Judgement] = []
    try:
        for number, (question, one, other) in enumerate(questions, 1):
            tell(f"\n{number} of {len(questions)}: {question.reason}")
            for thing in (one, other):
                for line in _shown(graph, thing):
                    tell(line)
            key = ask("[s]ame, [d]ifferent, [u]nsure, [n]ext, [q]uit").strip().lower()[:1]
            if key == "q":
                break
            if key in ANSWERS:
                by = f"person:{who}" if who else "person"
                reason = f"reviewed: {question.reason}"
                answers.append(judgement(one.iri, other.iri, ANSWERS[key], reason, by=by))
    finally:
        if answers:
            graph.judge(*answers)
    return len(answers)


def _shown(graph: ClaimGraph, thing: Thing) -> list[str]:
    """A thing's names, type and IRI, and where it is mentioned."""
    lines = [
        f"  {' / '.join(thing.names)} ({', '.join(sorted(thing.types))}, "
        f"{thing.iri.removeprefix(ENTITIES)})"
    ]
    for iri in sorted(thing.articles)[:_SHOWN]:
        [row] = graph.query(
            f"SELECT ?source ?title {{ <{iri}> dcterms:source ?source "
            f"OPTIONAL {{ <{iri}> dcterms:title ?title }} }}"
        )
        lines.append(f"      in {row['title'] or row['source']}")
    more = len(thing.articles) - _SHOWN
    return [*lines, f"      and {more} more"] if more > 0 else lines
