"""From an analysed article to its record.

``names`` and ``values`` find what is named, ``coreference`` what nouns and pronouns stand for;
``pairs`` judges which two are joined by which predicate, ``claims`` makes claims of that, to which
``qualifiers`` add how sure they are, dates, amounts and evidence, and ``speech`` who says them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.claims import find_claims
from policygraph.extraction.coreference.coreference import link_nominals
from policygraph.extraction.language.lexicon import Lexicon, load_lexicon
from policygraph.extraction.names.entities import gather
from policygraph.extraction.names.nationality import names_country
from policygraph.extraction.names.spots import find_spots
from policygraph.extraction.pairs.weighing import load_judges
from policygraph.extraction.qualifiers.evidence import evidence_of
from policygraph.extraction.qualifiers.found import FoundClaim
from policygraph.extraction.ranker import load_ranker
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.speech.attribution import find_speech
from policygraph.extraction.speech.speakers import WEIGHTS as SPEAKERS
from policygraph.extraction.spot import DEMONYM, NAME, VALUE, Spot
from policygraph.model import Article, Claim, Entity, Mention, Record
from policygraph.ontology import ENTITIES, load_vocabulary
from policygraph.rules import load_rules

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["entity_of", "extract", "read"]


def extract(doc: Doc, article: Article) -> Record:
    """What the article says: its entities with their mentions, and its claims.

    ``doc`` must be ``article.text`` analysed by a pipeline of ``article.lang``. Entities
    are numbered e1, e2, … in order of first mention.
    """
    reading = read(doc, article)
    claims = find_claims(
        reading,
        load_rules(),
        load_vocabulary(),
        find_speech(doc, load_rules(), reading.lexicon),
        load_judges(),
        load_ranker(SPEAKERS),
    )
    nodes = _kept(reading, claims)
    ids = {id(node): f"e{number}" for number, node in enumerate(nodes, 1)}
    return Record(
        article=article,
        entities=tuple(entity_of(doc, node, ids[id(node)]) for node in nodes),
        claims=tuple(_claim(reading, claim, ids) for claim in claims),
    )


def read(doc: Doc, article: Article) -> Reading:
    """The article's entities, put together, before any claim is looked for."""
    lexicon = load_lexicon(article.lang)
    spots = find_spots(doc, lexicon, article.published)
    for spot in spots:
        if spot.kind == NAME:
            _tag_name(spot.root(doc))
    _tag_posts(doc, spots, lexicon)
    reading = Reading(doc=doc, lexicon=lexicon, published=article.published, spots=spots)
    gather(reading)
    link_nominals(reading)
    return reading


def _tag_name(token: Token) -> None:
    """A capitalised name is a proper noun, whatever a small tagger took it for."""
    if token.text[:1].isupper() and token.pos_ in ("VERB", "ADJ", "X", "ADV"):
        token.pos_ = "PROPN"


def _tag_posts(doc: Doc, spots: list[Spot], lexicon: Lexicon) -> None:
    """A post is a noun, although capitals make it look like a name ("Foreign Minister"); so is
    what has an acronym for a common name ("MPs").
    """
    named = {i for spot in spots for i in range(spot.start, spot.end)}
    nouns = lexicon.titles | lexicon.common
    for token in doc:
        if token.pos_ == "PROPN" and token.lower_ in nouns and token.i not in named:
            token.pos_ = "NOUN"


def _kept(reading: Reading, claims: list[FoundClaim]) -> list[Node]:
    """Every named entity; technologies, groups and countries that adjectives alone name
    ("the Dutch authority") only where they take part in a claim.
    """
    used = {id(n) for c in claims for n in (c.subject, c.object, c.speaker) if n is not None}

    def stays(node: Node) -> bool:
        if id(node) in used:
            return True
        if node.type in ("Technology", "Group"):
            return False
        return any(
            s.kind == VALUE or (s.kind in (NAME, DEMONYM) and names_country(s, reading))
            for s in node.spots
        )

    return sorted(
        (n for n in reading.nodes if n.spots and stays(n)),
        key=lambda n: min(s.start for s in n.spots),
    )


def entity_of(doc: Doc, node: Node, id: str) -> Entity:
    """A node as the record shows it, with its mentions in reading order."""
    mentions = []
    seen: set[tuple[int, int]] = set()
    for spot in sorted(node.spots, key=lambda s: s.start):
        span = doc[spot.start : spot.end]
        bounds = (span.start_char, span.end_char)
        if bounds not in seen:
            seen.add(bounds)
            mentions.append(Mention(*bounds, span.text))
    known = node.known
    return Entity(
        id=id,
        name=node.name,
        type=node.type,
        mentions=tuple(mentions),
        iri=ENTITIES + known.slug if known is not None else None,
        wikidata=known.wikidata if known is not None else None,
    )


def _claim(reading: Reading, claim: FoundClaim, ids: dict[int, str]) -> Claim:
    return Claim(
        subject=ids[id(claim.subject)],
        predicate=claim.predicate,
        object=ids[id(claim.object)],
        status=claim.status,
        negated=claim.negated,
        attributed_to=ids.get(id(claim.speaker)) if claim.speaker is not None else None,
        date=claim.date,
        deadline=claim.deadline,
        amount=claim.amount,
        role=claim.role,
        confidence=claim.confidence,
        rule=claim.rule,
        evidence=evidence_of(reading, claim),
    )
