"""Who says the gold claims, as examples to learn from (``together``).

Each gold claim is placed in its sentence as the extractor places those that it finds, among the
annotated entities; who may say it are the options of one choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.claims import place
from policygraph.extraction.speech.attribution import find_speech
from policygraph.extraction.speech.speakers import Speakers
from policygraph.extraction.speech.voices import Voices
from policygraph.ontology import load_vocabulary
from policygraph.rules import load_rules
from training.annotated import article_reading
from training.nominals import Walked

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from policygraph.model import Record


def walk(doc: Doc, gold: Record) -> Walked:
    """The options of each gold claim of an article, and which of them says it."""
    reading, ids = article_reading(doc, gold)
    rules = load_rules()
    speech = find_speech(doc, rules, reading.lexicon)
    node_of = {ids[id(node)]: node for node in reading.nodes if id(node) in ids}
    stated = [(node_of[c.subject], c.predicate, node_of[c.object], c.evidence) for c in gold.claims]
    placed = place(reading, rules, load_vocabulary(), speech, stated)
    for claim, found in zip(gold.claims, placed, strict=True):
        if found is not None:
            found.status, found.negated = claim.status, claim.negated
    speakers = Speakers(
        reading, Voices(reading, rules), speech, [found for found in placed if found is not None]
    )
    result = Walked()
    for number, (claim, found) in enumerate(zip(gold.claims, placed, strict=True)):
        result.linked += claim.attributed_to is not None
        if found is None:
            continue
        for option in speakers.options(found):
            result.features.append(option.features)
            result.meanings.append(option.meaning)
            result.noun.append(number)
            result.at.append(found.tokens[0].i)
            result.tokens.append(option.tokens)
            result.right.append(ids.get(id(option.node), "") == claim.attributed_to)
    return result
