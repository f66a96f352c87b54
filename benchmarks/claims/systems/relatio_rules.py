"""relatio's rules over dependencies, those for French and those for English.

Its package cannot be imported without AllenNLP, which no longer installs; the rules are one
module that needs nothing, and is loaded by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from benchmarks.claims.answers import Answer, Reader, Relation
from benchmarks.claims.clearnlp import to_clearnlp
from benchmarks.claims.matching import Mentions, Words, bounds, open_relations
from policygraph.model import Article, Entity
from policygraph.nlp import analyse
from policygraph.nlp import load as load_pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Rules = Callable[["Span"], list[tuple[Words, bool, str, Words]]]
"""Subject, whether it is negated, the verb's form, and object."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Stands for a noun chunk; the rules take its ``text`` for a triple's side."""

    text: Words


def load() -> Reader:
    """A reader over the shipped pipelines' docs."""
    from spacy.lang.en.syntax_iterators import noun_chunks as english_chunks
    from spacy.lang.fr.syntax_iterators import noun_chunks as french_chunks

    rules = _module()

    def read(article: Article, entities: tuple[Entity, ...]) -> Answer:
        doc = analyse(load_pipeline(article.lang), article.text)
        mentions = Mentions(entities)
        if article.lang == "fr":
            extract, parse, chunks = rules.extract_svos_fr, doc, french_chunks
        else:
            extract, parse, chunks = rules.extract_svos_en, to_clearnlp(doc), english_chunks
        mark_chunks(parse, {t.i: parse[s:e] for s, e, _ in chunks(parse) for t in parse[s:e]})
        return Answer(
            entities,
            tuple(
                relation
                for sent in parse.sents
                for relation in relations(extract, sent, doc, mentions)
            ),
        )

    return read


def _module() -> ModuleType:
    package = find_spec("relatio")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'relatio'", name="relatio")
    path = Path(package.submodule_search_locations[0]) / "dependency_parsing.py"
    spec = spec_from_file_location("relatio_dependency_parsing", path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def mark_chunks(doc: Doc, chunks: dict[int, Span]) -> None:
    """Give every token its noun chunk, as relatio does, but with places beside the words."""
    from spacy.tokens import Token

    if not Token.has_extension("noun_chunk"):
        Token.set_extension("noun_chunk", default=None)
    for token in doc:
        whole = tuple(bounds(t) for t in chunks.get(token.i, (token,)))
        token._.noun_chunk = Chunk(Words((bounds(token),), whole))


def relations(rules: Rules, sent: Span, doc: Doc, mentions: Mentions) -> Iterator[Relation]:
    """What the rules find in a sentence; ``doc`` is the shipped pipeline's."""
    for subject, _, form, object_ in rules(sent):
        verbs: list[Token] = [doc[t.i] for t in sent if t.pos_ == "VERB" and t.text == form]
        yield from open_relations(mentions.at(subject), verbs, mentions.at(object_), mentions.types)
