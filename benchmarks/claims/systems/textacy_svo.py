"""textacy's subject–verb–object triples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from benchmarks.claims.answers import Answer, Reader, Relation
from benchmarks.claims.clearnlp import to_clearnlp
from benchmarks.claims.matching import Mentions, Words, bounds, open_relations
from policygraph.model import Article, Entity
from policygraph.nlp import analyse
from policygraph.nlp import load as load_pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Triple(Protocol):
    """textacy's ``SVOTriple``."""

    @property
    def subject(self) -> Sequence[Token]:
        """The subject, its conjuncts and compounds, or a clause."""

    @property
    def verb(self) -> Sequence[Token]:
        """The verb, its auxiliaries and its negation."""

    @property
    def object(self) -> Sequence[Token]:
        """The object or agent, its conjuncts and compounds, or a clause."""


def load() -> Reader:
    """A reader over the shipped pipelines' docs."""
    from textacy.extract.triples import subject_verb_object_triples

    def read(article: Article, entities: tuple[Entity, ...]) -> Answer:
        doc = analyse(load_pipeline(article.lang), article.text)
        mentions = Mentions(entities)
        triples = subject_verb_object_triples(to_clearnlp(doc))
        return Answer(entities, tuple(r for t in triples for r in relations(t, doc, mentions)))

    return read


def relations(triple: Triple, doc: Doc, mentions: Mentions) -> Iterator[Relation]:
    """What a triple relates; ``doc`` is the shipped pipeline's, whose lemmas the lexicon knows.

    A passive verb with its agent as object is read the right way round. Where the object is a
    clause ("plans to acquire TikTok"), the first entity after the clause's verb is the object,
    and either verb may be what is meant.
    """
    verb = _head(triple.verb)
    inner = next((t for t in triple.object if t.dep_ == "xcomp" and t.head == verb), None)
    subjects = mentions.at(_words(triple.subject))
    if inner is None:
        objects, verbs = mentions.at(_words(triple.object)), [verb]
    else:
        after = tuple(bounds(t) for t in triple.object if t.i > inner.i)
        objects, verbs = mentions.at(Words((), after))[:1], [verb, inner]
    if any(t.dep_ == "pobj" and t.head.dep_ == "agent" for t in triple.object) and inner is None:
        subjects, objects = objects, subjects
    yield from open_relations(subjects, [doc[v.i] for v in verbs], objects, mentions.types)


def _head(verb: Sequence[Token]) -> Token:
    return next(t for t in verb if not any(t.head == other for other in verb if other != t))


def _words(tokens: Sequence[Token]) -> Words:
    """Of a clause, which hangs together below its verb, all words are alike."""
    heads = tuple(bounds(t) for t in tokens if t.dep_ != "compound")
    return Words(heads, tuple(bounds(t) for t in tokens))
