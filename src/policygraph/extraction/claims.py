"""Finds claims: who claims what is judged, and each claim gets its stance and qualifiers.

A network judges the pairs of entities in each sentence, and sees which words the rules, patterns
over the dependency parse, know to speak of a relation; then the article's likely claims are
weighed against each other. Without these two the rules decide alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.consistency import load_consistency
from policygraph.extraction.language.syntax import base, companions, is_verb
from policygraph.extraction.pairs.codes import Codes, codes_of
from policygraph.extraction.pairs.encoding import Encoded, EncodedText, encode_text
from policygraph.extraction.pairs.lineup import Lineup, line_up
from policygraph.extraction.pairs.network import Judgement, Network
from policygraph.extraction.pairs.occurrences import Occurrence
from policygraph.extraction.pairs.pair_numbers import pair_numbers
from policygraph.extraction.pairs.pairs import Pair, Pairs
from policygraph.extraction.pairs.survey import Survey
from policygraph.extraction.pairs.weighing import Weigher, likely
from policygraph.extraction.qualifiers.amounts import amount_of, is_limited
from policygraph.extraction.qualifiers.found import FoundClaim, merge
from policygraph.extraction.qualifiers.qualifiers import dates_of, duration_deadline
from policygraph.extraction.qualifiers.roles import role_of
from policygraph.extraction.qualifiers.slots import Filler, Slots
from policygraph.extraction.qualifiers.stance import Stance, may_be_denied, read_stance
from policygraph.extraction.ranker import Ranker
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.speech.attribution import Speech, cited_around
from policygraph.extraction.speech.speakers import Speakers
from policygraph.extraction.speech.voices import SPEAKERS, Voices
from policygraph.extraction.spot import DEMONYM
from policygraph.model import Evidence, Status
from policygraph.ontology import Predicate, Vocabulary, verb_forms
from policygraph.rules import Pattern, Rules, untold

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token


def find_claims(
    reading: Reading,
    rules: Rules,
    vocabulary: Vocabulary,
    speech: Speech,
    judges: tuple[Network, Weigher] | None = None,
    ranker: Ranker | None = None,
) -> list[FoundClaim]:
    """Every claim of the article, one for each (subject, predicate, object), in reading order.

    Without ``judges`` the rules alone decide; without ``ranker`` they decide who says a claim.
    """
    engine = _Engine(reading, rules, vocabulary, speech)
    if judges is None:
        return merge(list(engine.told()), vocabulary)
    network, weigher = judges
    surveys = list(engine.surveys())
    codes = codes_of(vocabulary)
    lineup = line_up(surveys)
    if not lineup.pairs:
        return []
    text = encode_text(reading, surveys, lineup, codes, rules)
    lineup, article, judgement = _judge(network, lineup, text, codes)
    claims = likely(article, judgement.scores, codes, reading.lexicon.lang)
    found: list[FoundClaim] = []
    described: list[tuple[Node, Node]] = []
    for number, chance in enumerate(weigher.weigh(claims)):
        if chance < weigher.threshold:
            continue
        column, rows = claims.columns[number], claims.rows[number]
        least = max(network.threshold, _SAYS_TOO * judgement.scores[rows[0], column])
        for row in rows:
            if row != rows[0] and judgement.scores[row, column] < least:
                break
            pair, place = lineup.pairs[row], surveys[lineup.sentence[row]]
            name, focus = codes.vocabulary[column].name, int(judgement.focus[row])
            claim = engine.judged(pair, name, float(chance), place, focus)
            state = vocabulary.predicates[name].state
            _take_stance(claim, judgement, row, engine, state=state)
            found.append(claim)
            described.append((_described(pair.subject, place), _described(pair.object, place)))
    merged = load_consistency().keep(merge(_by_actors(found, described), vocabulary))
    if ranker is not None:
        speakers = Speakers(reading, Voices(reading, rules), speech, merged)
        for claim in merged:
            claim.speaker = speakers.choose(claim, ranker)
        return merged
    for claim in merged:
        lasts = vocabulary.predicates[claim.predicate].state
        if lasts or claim.speaker is claim.subject:
            claim.speaker = None  # nobody's word is needed for it; nobody vouches for himself
    return merged


_SAYS_TOO = 0.5
"""Share of the likelihood of the sentence that most likely says a claim from which another counts
as saying it too: what is unlikely said must not tell that it is denied."""


def _judge(
    network: Network, lineup: Lineup, text: EncodedText, codes: Codes
) -> tuple[Lineup, Encoded, Judgement]:
    """Those pairs of a lineup that a glance leaves, their numbers, and what is made of them."""
    seen = network.read(text)
    lineup = lineup.only(network.promising(text, seen, lineup.ends))
    article = Encoded(text, pair_numbers(lineup, codes))
    return lineup, article, network.judge(article, seen)


def _described(end: Occurrence, place: Survey) -> Node:
    """The entity that an adjective of nationality describes, as its head or hanging on it ("le
    roumain Digi"), if any; else the end's own.
    """
    if end.kind != DEMONYM or end.token is None:
        return end.node
    for other in place.present:
        token = other.token
        if token is None or other.rank or other.node is end.node:
            continue
        if end.token.head.i == token.i or token.head.i == end.token.i:
            return other.node
    return end.node


def _by_actors(
    found: Sequence[FoundClaim], described: Sequence[tuple[Node, Node]]
) -> list[FoundClaim]:
    """Claims but for those of an actor's country that are found of the actor too: "the Dutch
    authority fined Uber" is no act of the Netherlands' own. What is found of the country alone is
    done by its authority.
    """
    said = {(id(c.subject), c.predicate, id(c.object)) for c in found}
    kept: list[FoundClaim] = []
    for claim, (subject, object_) in zip(found, described, strict=True):
        own = subject is claim.subject and object_ is claim.object
        if own or (id(subject), claim.predicate, id(object_)) not in said:
            if subject.type == "GovernmentBody":
                claim.subject = subject
            kept.append(claim)
    return kept


_STATUSES = tuple(Status)


_DENIED, _DENIED_TOO, _DENIED_BEFORE = 0.4, 0.1, 0.03
"""Probability of a negation from which the network's word suffices, the rules' with it, and that of
a phrase like "without"."""


_CUED, _PLAIN, _USUAL = 0.5, 0.8, 0.1
"""What a status that the rules read from the sentence's words, one from plain words (threats, of
which they are right in five of six, and what somebody is accused of, in nine of ten), or one from
the trigger alone adds to its probability."""


def _take_stance(
    claim: FoundClaim, judgement: Judgement, row: int, engine: _Engine, *, state: bool
) -> None:
    """Let the network say how sure the sentence is, with help from the rules.

    Plans, rumours and denials are so few in the articles that it learns from that it hardly
    believes in them. What stands alone it is not asked about, and it denies nothing by itself
    where no word does.
    """
    if claim.alone:
        return
    denied = float(judgement.negated[row])
    if not claim.certain:
        chances = judgement.statuses[row].copy()
        if claim.cued:
            told = _PLAIN if claim.plain else _CUED
            chances[_STATUSES.index(claim.status)] += _USUAL if claim.usual else told
        claim.status = _STATUSES[int(chances.argmax())]
    if claim.excepted:
        claim.negated = False
    elif claim.denied:
        claim.negated = claim.negated and denied >= _DENIED_BEFORE
    elif not claim.settled:
        enough = _DENIED_TOO if claim.negated else _DENIED
        likely_denied = not state and denied >= enough
        claim.negated = likely_denied and (claim.negated or engine.may_be_denied(claim.tokens[0]))
    claim.cued = claim.negated or claim.status is not Status.ACTUAL


def survey(reading: Reading, rules: Rules, vocabulary: Vocabulary, speech: Speech) -> list[Survey]:
    """What the sentences offer, for training a network on it."""
    return list(_Engine(reading, rules, vocabulary, speech).surveys())


def place(
    reading: Reading,
    rules: Rules,
    vocabulary: Vocabulary,
    speech: Speech,
    stated: Iterable[tuple[Node, str, Node, Evidence]],
) -> list[FoundClaim | None]:
    """Claims that are known, each as it would be found where its words stand, for training.

    None for a claim that no pair of its sentence could make.
    """
    engine = _Engine(reading, rules, vocabulary, speech)
    surveys = list(engine.surveys())
    return [engine.placed(surveys, *claim) for claim in stated]


_MISTAKEN = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
"""Word classes that a small tagger gives to inflected verbs ("Google owns")."""


def _fits(token: Token, pattern: Pattern) -> bool:
    """Whether a token of the pattern's lemma is used as its class of word."""
    if pattern.pos == "verb":
        return base(token.dep_) not in ("aux", "cop", "case", "fixed") and (
            is_verb(token) or (token.lower_ != pattern.head and token.pos_ in _MISTAKEN)
        )
    if pattern.pos == "noun":
        return token.pos_ in ("NOUN", "PROPN")
    return token.pos_ in ("ADJ", "VERB", "NOUN")


@dataclass(slots=True)
class _Engine:
    reading: Reading
    rules: Rules
    vocabulary: Vocabulary
    speech: Speech
    pairs: Pairs = field(init=False)
    slots: Slots = field(init=False)

    def __post_init__(self) -> None:
        self.pairs = Pairs(self.reading)
        self.slots = Slots(self.reading)

    def told(self) -> Iterator[FoundClaim]:
        """What the rules claim by themselves, in reading order."""
        for sent in self.reading.sentences:
            for token, pattern in self.triggers(sent):
                yield from self.apply(pattern, token)

    def surveys(self) -> Iterator[Survey]:
        """What each sentence offers, in reading order."""
        before: list[Occurrence] = []
        for sent in self.reading.sentences:
            places = list(self.triggers(sent))
            pairs = self.pairs.within(sent)
            present = self.pairs.scene.sentences[-1]
            yield Survey(sent, places, pairs, present, before)
            before = present

    def triggers(self, sent: TokenSpan) -> Iterator[tuple[Token, Pattern]]:
        """Words of a sentence that speak of a predicate, with the pattern that says so."""
        reading, lang = self.reading, self.reading.lexicon.lang
        forms = verb_forms(lang)
        for i in range(sent.start, sent.end):
            token, lemma = reading.tokens[i], reading.lemmas[i]
            patterns = self.rules.triggered_by(lang, lemma)
            verb = forms.get(reading.words[i]) if reading.pos[i] in _MISTAKEN else None
            if verb is not None and verb != lemma:
                patterns = (*patterns, *self.rules.triggered_by(lang, verb))
            fitting = [pattern for pattern in patterns if _fits(token, pattern)]
            if fitting:
                near = companions(token) if any(p.others or p.unless for p in fitting) else set()
                for pattern in fitting:
                    if near.issuperset(pattern.others) and near.isdisjoint(pattern.unless):
                        yield token, pattern
            spot = reading.at.get(i)
            if spot is not None and spot.kind == DEMONYM:
                for pattern in self.rules.triggered_by(lang, "@nationality"):
                    yield token, pattern

    def judged(
        self, pair: Pair, predicate: str, score: float, survey: Survey, focus: int
    ) -> FoundClaim:
        """The claim of a pair that was found likely, on its trigger or the word most heeded."""
        places = [place for place in survey.places if place[1].predicate == predicate]
        trigger, pattern = self.pairs.trigger(pair, places) or self._untold(predicate, focus)
        claim = self.claim(
            pattern,
            self.vocabulary.predicates[predicate],
            trigger,
            self.stance(pattern, trigger),
            Filler(pair.subject.node, pair.subject.token or trigger, 1.0),
            Filler(pair.object.node, pair.object.token or trigger, 1.0),
        )
        claim.confidence = round(score, 2)
        return claim

    def placed(
        self,
        surveys: Sequence[Survey],
        subject: Node,
        predicate: str,
        object_: Node,
        words: Evidence,
    ) -> FoundClaim | None:
        """A claim between two entities where its words stand, best where a trigger speaks of it."""
        found = [
            (pair, survey)
            for survey in surveys
            if survey.sent.start_char < words.end and words.start < survey.sent.end_char
            for pair in survey.pairs
            if pair.subject.node is subject and pair.object.node is object_
        ]
        if not found:
            return None
        pair, survey = max(
            found, key=lambda f: any(p.predicate == predicate for _, p in f[1].places)
        )
        token = pair.subject.token or pair.object.token
        assert token is not None, "of two ends of a pair one is mentioned"
        return self.judged(pair, predicate, 1.0, survey, token.head.i)

    def _untold(self, predicate: str, focus: int) -> tuple[Token, Pattern]:
        """A pattern for a word that no rule knows to speak of the predicate."""
        token = self.reading.doc[focus]
        lang = self.reading.lexicon.lang
        return token, untold(predicate, lang, "verb" if is_verb(token) else "noun")

    def apply(self, pattern: Pattern, trigger: Token) -> Iterator[FoundClaim]:
        predicate = self.vocabulary.predicates[pattern.predicate]
        stance = self.stance(pattern, trigger)
        domain = pattern.subject_types or predicate.domain
        range_ = pattern.object_types or predicate.range
        objects_ = self.slots.fill(pattern.object, pattern, trigger, stance, range_)
        if not objects_:
            return
        taken = {id(filler.node) for filler in objects_}
        subjects_ = self.slots.fill(pattern.subject, pattern, trigger, stance, domain, taken)
        if predicate.symmetric and not subjects_ and len(objects_) > 1:
            subjects_, objects_ = objects_[:1], objects_[1:]
        for subject in subjects_:
            for object_ in objects_:
                if subject.node is not object_.node and not _same_thing(subject.node, object_.node):
                    yield self.claim(pattern, predicate, trigger, stance, subject, object_)

    def claim(
        self,
        pattern: Pattern,
        predicate: Predicate,
        trigger: Token,
        stance: Stance,
        subject: Filler,
        object_: Filler,
    ) -> FoundClaim:
        reading, takes = self.reading, predicate.takes
        ends = subject.token, object_.token
        date, deadline = dates_of(
            reading,
            trigger,
            stance.path,
            ends,
            since="since" in takes or stance.alone,
            made="made" in takes,
        )
        if "term" in takes and deadline is None:
            deadline = duration_deadline(reading, trigger, date)
        amount = None
        if "amount" in takes:
            amount = amount_of(
                reading, trigger, ends, share="share" in takes, stake=predicate.state
            )
        if predicate.name == "fines" and is_limited(reading, trigger, amount):
            stance.strengthen(Status.POSSIBLE)
            stance.certain = True
        status, usual = stance.status, False
        if pattern.status is not None and status is Status.ACTUAL:
            status, usual = pattern.status, True
        role = None
        if "role" in takes:
            role = role_of(reading, trigger, subject.node, object_.token, is_post=pattern.role)
        tokens = [trigger, subject.token, object_.token, *stance.marks]
        of = reading.sentence_of
        confidence = pattern.weight * subject.quality * object_.quality
        if pattern.pos == "noun" and not stance.cued and not pattern.role:
            confidence *= 0.9
        return FoundClaim(
            subject=subject.node,
            predicate=predicate.name,
            object=object_.node,
            status=status,
            negated=stance.negated != pattern.negated,
            cued=stance.cued or pattern.status is not None,
            speaker=self.speaker(trigger, stance),
            date=date if takes & {"date", "since"} else None,
            deadline=deadline if "deadline" in takes else None,
            amount=amount,
            role=role,
            confidence=round(min(0.95, max(0.05, 0.85 * confidence)), 2),
            rule=pattern.id,
            usual=usual,
            plain=stance.plain,
            certain=stance.certain,
            denied=stance.denied,
            settled=stance.settled,
            excepted=stance.excepted,
            alone=stance.alone,
            tokens=[t for t in tokens if of[t.i] == of[trigger.i]],
        )

    def stance(self, pattern: Pattern, trigger: Token) -> Stance:
        """The sentence's stance; a noun that says what somebody is stands apart from it."""
        if pattern.pos != "verb" and self.vocabulary.predicates[pattern.predicate].state:
            return read_stance(trigger, self.rules, self.reading.lexicon, alone=True)
        return read_stance(trigger, self.rules, self.reading.lexicon)

    def may_be_denied(self, trigger: Token) -> bool:
        """Whether there is a word that may deny what a trigger tells."""
        return may_be_denied(trigger, self.rules, self.reading.lexicon)

    def speaker(self, trigger: Token, stance: Stance) -> Node | None:
        """Who says it: the innermost reporting governor, the quotation, or a cited source."""
        cited = cited_around(trigger, self.rules, self.reading.lexicon)
        if stance.alone:
            return None
        for token in (*stance.speakers, *self.speech.speakers_at(trigger), *cited):
            for filler in self.slots.resolve(token, SPEAKERS):
                return filler.node
        return None


def _same_thing(one: Node, other: Node) -> bool:
    return one.known is not None and one.known is other.known
