"""How sure a sentence is of an event, who carries it out, and who says so.

Reads the trigger's own auxiliaries, tense, mood and negation, then climbs its heads:
every *governor* on the way ("plans to", "accused of", "in talks for", "denies") adds its
status, its control of the subject, and its speaker. After FactBank (Saurí & Pustejovsky,
2009), coarsened to the five statuses of the annotation guide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.language.syntax import (
    base,
    children,
    complements,
    has_companions,
    is_passive,
    is_verb,
    objects,
    subjects,
)
from policygraph.model import Status
from policygraph.ontology import verb_forms
from policygraph.rules import Governor, Rules

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STRENGTH = {
    Status.ACTUAL: 0,
    Status.PLANNED: 1,
    Status.POSSIBLE: 2,
    Status.ALLEGED: 3,
    Status.THREATENED: 4,
}
"""Of two statuses on one path the higher one stands: "threatened to ban" outranks a plan."""

_TELLING = frozenset({"NOUN", "PROPN", "VERB"})
_DENIED_WITHIN = 8
"""Tokens from a denial to what it denies, at most."""

_EXCEPTED_WITHIN = 12
"""Tokens from a verb to what it excepts, at most."""

_MAX_CLIMB = 8
_LINKS = frozenset(
    {"xcomp", "ccomp", "csubj", "obj", "iobj", "obl", "nmod", "acl", "advcl", "nsubj", "compound",
     "amod", "dep", "appos", "parataxis"}
)  # fmt: skip

_CLAUSES = frozenset({"xcomp", "ccomp", "csubj"})
"""Links of a clause to the word whose complement it is."""

_BESIDE = frozenset({"conj", "parataxis", "advcl"})
"""Links by which a parser may hang a main verb on an aside before it."""


@dataclass(slots=True)
class Stance:
    """What stands around a trigger.

    ``controllers`` carry the event out, ``patients`` undergo it; ``speakers`` say it, the
    innermost first; ``marks`` are the tokens that said so, part of the evidence; ``cued`` tells
    whether any word, tense or mood spoke of the status at all, ``plain`` that one left little and
    ``certain`` that one left no doubt of it; ``denied`` that a phrase before it denied it
    ("without"); ``refuted`` that a clause which tells it is denied ("denied that"), ``lifted`` that
    it was brought to its end ("lifted the ban"); ``excepted`` that it denies all but this ("ne …
    que"); ``alone`` that the sentence around the trigger was not asked.
    """

    status: Status = Status.ACTUAL
    negated: bool = False
    cued: bool = False
    plain: bool = False
    certain: bool = False
    denied: bool = False
    refuted: bool = False
    lifted: bool = False
    excepted: bool = False
    alone: bool = False
    controllers: list[Token] = field(default_factory=list)
    patients: list[Token] = field(default_factory=list)
    speakers: list[Token] = field(default_factory=list)
    marks: list[Token] = field(default_factory=list)
    path: list[Token] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        """Whether the words leave no doubt of the negation, or that there is none."""
        return self.refuted or self.lifted

    def strengthen(self, status: Status | None) -> None:
        """Let a status count if it outranks the present one."""
        if status is not None:
            self.cued = True
            if _STRENGTH[status] > _STRENGTH[self.status]:
                self.status = status


def read_stance(trigger: Token, rules: Rules, lexicon: Lexicon, *, alone: bool = False) -> Stance:
    """The stance of the sentence towards the event that ``trigger`` names.

    With ``alone``, no status, negation or speaker is taken from the sentence around it.
    """
    whole = _climb(trigger, rules, lexicon)
    if not alone:
        return whole
    return Stance(
        alone=True, controllers=whole.controllers, patients=whole.patients, path=whole.path
    )


def _climb(trigger: Token, rules: Rules, lexicon: Lexicon) -> Stance:
    stance = Stance(excepted=is_excepted(trigger, lexicon))
    current = trigger
    said = False
    _read_own(current, stance, lexicon)
    own = _governor(trigger, trigger, rules, lexicon)
    if own is not None and own.certain:  # "faces": what may yet befall somebody hangs on it
        stance.strengthen(own.status)
        stance.certain = True
    for _ in range(_MAX_CLIMB):
        head = current.head
        if head == current:
            _read_headline(current, stance, lexicon)
            break
        link = base(current.dep_)
        if link in _BESIDE and _is_aside(head, current):
            break
        if link == "conj":
            if is_verb(head) and is_verb(current) and not _has_subject(current):
                _read_auxiliaries(head, stance, lexicon)
            current = head
            continue
        if link not in _LINKS or current.dep_ == "acl:relcl":
            break
        governor = _governor(head, current, rules, lexicon)
        beside = _noun_before(current) if governor is None else None
        if beside is not None and (nearer := _governor(beside, current, rules, lexicon)):
            governor, head = nearer, beside
        said = said or link in _CLAUSES
        if governor is not None:
            negated, negates = stance.negated, governor.negates and (said or not governor.clauses)
            if negates:
                _negate(governor, head, current, stance, said=said, first=current == trigger)
            _apply(governor, head, current, stance, lexicon)
            if negates and is_negated(head, lexicon):  # "has not lifted its ban": it stands
                stance.negated, stance.refuted, stance.lifted = negated, False, False
            said = said or (not is_verb(head) and _tells(governor))
        elif not _passes(current, head, link, stance, lexicon):
            break
        stance.path.append(head)
        current = head
    if stance.lifted and stance.status is not Status.ACTUAL:
        stance.negated, stance.status = False, Status.ACTUAL  # what may yet be lifted still stands
    return stance


def _is_aside(participle: Token, verb: Token) -> bool:
    """Whether a participle is set off by commas between a verb and its subject: "Google, sued by
    Texas, bought Wiz".
    """
    doc, start = verb.doc, verb.i
    while start and doc[start - 1].pos_ in ("AUX", "ADV"):
        start -= 1
    if (
        not 0 < participle.i < start - 1
        or not doc[start - 1].text == doc[participle.i - 1].text == ","
    ):
        return False
    return "Pass" in participle.morph.get("Voice", []) and not children(participle, "aux")


def _noun_before(token: Token) -> Token | None:
    """The noun right before a complement that a parser hangs on the same word as it: "the
    existence of talks for the purchase".
    """
    start = token.left_edge.i
    before = token.doc[start - 1] if start and base(token.dep_) == "nmod" else None
    if before is None or before.pos_ != "NOUN" or before.head != token.head:
        return None
    return before


def _governor(head: Token, below: Token, rules: Rules, lexicon: Lexicon) -> Governor | None:
    for word in dict.fromkeys((head.lemma_.lower(), head.lower_)):
        for governor in rules.governing(lexicon.lang, word):
            if governor.moods and governor.moods.isdisjoint(head.morph.get("Mood", [])):
                continue
            if governor.denied and not is_negated(head, lexicon):
                continue
            if has_companions(head, governor.others):
                return governor
    return None


def _tells(governor: Governor) -> bool:
    """Whether a governor is a word for something said: "claims that", "reports of"."""
    return governor.speech or governor.status is Status.ALLEGED


def _negate(
    governor: Governor, head: Token, below: Token, stance: Stance, *, said: bool, first: bool
) -> None:
    """Let a governor deny the event; without doubt if it is plain, and nothing else denies too.

    What it lifts is the event itself only where that is the ``first`` word below it.
    """
    sure = governor.plain and not stance.negated
    undone = not governor.speech and _is_undergone(governor, head, below)
    stance.refuted = sure and governor.speech and said
    stance.lifted = sure and undone and first
    stance.negated = True


def _is_undergone(governor: Governor, head: Token, below: Token) -> bool:
    """Whether what is below is the object of a governor, also of a noun, "the lifting of", or of
    a verb with one, "mettre fin à".
    """
    link = base(below.dep_)
    if not is_verb(head):
        return link == "nmod"
    if link == "obj" or (link == "nsubj" and is_passive(head)):
        return True
    return bool(governor.others) and below.dep_ == "obl:arg"


def _apply(governor: Governor, head: Token, below: Token, stance: Stance, lexicon: Lexicon) -> None:
    stance.marks.append(head)
    stance.strengthen(governor.status)
    stance.plain = stance.plain or (governor.plain and not governor.negates)
    stance.certain = stance.certain or governor.certain
    doers = _doers(head)
    if governor.speech:
        stance.speakers += doers
    if governor.control == "subject":
        stance.controllers += doers
        stance.patients += [o for o in objects(head) if o != below and is_verb(head)]
    elif governor.control == "object":
        stance.controllers += [o for o in _undergoers(head) if o != below]
    elif governor.control == "patient":
        stance.patients += doers if not is_passive(head) else objects(head)
        stance.controllers += subjects(head) if is_passive(head) else []
    if not governor.denied and (not governor.speech or governor.control):
        _read_own(head, stance, lexicon)


def _doers(head: Token) -> list[Token]:
    """Who does what a governor says: a verb's subject, a noun's or adjective's holder."""
    if is_verb(head):
        found = subjects(head)
        return found or [c for c in children(head, "obl:agent")]
    found = [c for c in children(head, "nsubj")]
    found += [c for c in children(head, "nmod:poss") if c.pos_ != "X"]
    found += [c for c in head.children if c.dep_ == "det" and c.morph.get("Poss", [])]
    for preposition in ("de", "of", "by", "par"):
        found += [c for c in complements(head, preposition) if c.head == head and c.pos_ != "VERB"]
    found += [c for c in children(head, "compound") if c.pos_ == "PROPN"]
    found += [c for c in children(head, "amod") if c.pos_ in ("PROPN", "ADJ")][:1]
    if head.dep_ in ("obj", "obl", "obl:arg", "obl:mod", "nsubj:pass", "xcomp") and not found:
        found = subjects(head.head) if is_verb(head.head) else []
    return found


def _undergoers(head: Token) -> list[Token]:
    found = objects(head)
    for preposition in ("à", "to", "de"):
        found += [c for c in complements(head, preposition) if c.pos_ in ("PROPN", "NOUN", "PRON")]
    return found


def _passes(current: Token, head: Token, link: str, stance: Stance, lexicon: Lexicon) -> bool:
    """Whether to climb through a head that is no governor, noting what the clause says."""
    marks = {c.lower_ for c in current.children if c.dep_ == "mark"}
    if link == "advcl":
        if marks & set(lexicon.mood["conditional_marks"]):
            stance.strengthen(Status.POSSIBLE)
        elif _is_purpose(current, lexicon):
            stance.strengthen(Status.PLANNED)
            stance.controllers += subjects(head)
        elif not _has_subject(current):
            stance.controllers += objects(head) if is_passive(head) else subjects(head)
        return False
    if link in ("xcomp",):
        stance.controllers += subjects(head) or objects(head)
        _read_own(head, stance, lexicon)
        return True
    if link == "ccomp":
        return True
    if link == "acl" and not is_passive(current) and is_verb(current):
        stance.controllers += _doers(head)
        return True
    if link in ("obj", "nsubj", "obl") and is_verb(head):
        _read_auxiliaries(head, stance, lexicon)
        return link != "nsubj"
    return link in ("nmod", "compound", "appos") and not is_verb(head)


def _has_subject(token: Token) -> bool:
    return bool(children(token, "nsubj"))


def _is_purpose(verb: Token, lexicon: Lexicon) -> bool:
    words = {c.lower_ for c in verb.children if c.dep_ in ("mark", "case")}
    return bool(words & set(lexicon.mood["purpose_marks"])) and "Inf" in (
        verb.morph.get("VerbForm", ["Inf"])
    )


def _read_own(token: Token, stance: Stance, lexicon: Lexicon) -> None:
    """Auxiliaries, tense, mood and negation of the token itself."""
    _read_auxiliaries(token, stance, lexicon)
    if is_negated(token, lexicon):
        stance.negated = True
        stance.cued = True
        stance.denied = stance.denied or is_denied(token, lexicon)


def _read_auxiliaries(token: Token, stance: Stance, lexicon: Lexicon) -> None:
    if not (is_verb(token) or children(token, "cop")):
        return
    table = lexicon.mood["auxiliaries"]
    for part in (token, *children(token, "aux", "cop")):
        if part != token:
            word = part.lower_ if part.lower_ in table else part.lemma_.lower()
            if word in table:
                told = lexicon.mood["reported"].get(word) if _is_reported(token) else None
                stance.strengthen(Status(told or table[word]))
                stance.marks.append(part)
        for feature, key in (("Tense", "tenses"), ("Mood", "moods")):
            for value in part.morph.get(feature, []):
                if value in lexicon.mood.get(key, {}):
                    told = lexicon.mood["reported"].get(value) if _is_reported(token) else None
                    stance.strengthen(Status(told or lexicon.mood[key][value]))
    if any(
        c.dep_ == "mark" and c.lower_ in lexicon.mood["conditional_marks"] for c in token.children
    ):
        stance.strengthen(Status.POSSIBLE)


def _is_reported(token: Token) -> bool:
    """Whether somebody said of himself, in the past, what a verb tells: "said it would appeal"."""
    if base(token.dep_) != "ccomp":
        return False
    said = (token.head, *children(token.head, "aux:caus"))  # "a fait savoir"
    if not any("Past" in word.morph.get("Tense", []) for word in said):
        return False
    return any(subject.pos_ == "PRON" for subject in children(token, "nsubj"))


def is_excepted(token: Token, lexicon: Lexicon) -> bool:
    """Whether a verb denies all but what follows: "n'a sanctionné que Google", not "n'a pas"."""
    exceptions = lexicon.mood["exceptions"]
    if not exceptions or not _has_ne(token) or is_negated(token, lexicon):
        return False
    for word in token.doc[token.i + 1 : token.i + 1 + _EXCEPTED_WITHIN]:
        if word.is_punct or word.is_sent_start:
            return False
        if word.lower_ in exceptions:
            return True
    return False


def is_negated(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word beside the token denies it: "not", "no", "ne … plus"."""
    mood = lexicon.mood
    for child in token.children:
        if child.lower_ in mood["negation"] and base(child.dep_) in ("advmod", "aux", "det", "obj"):
            following = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
            if following in mood["not_negation_before"]:
                continue
            if lexicon.lang == "fr" and child.lower_ == "plus" and not _has_ne(token):
                continue
            return True
        if child.dep_ == "det" and child.lower_ in mood["negative_determiners"]:
            return True
    if any(c.lower_ in mood["negation"] for aux in children(token, "aux") for c in aux.children):
        return True
    return is_denied(token, lexicon)


def may_be_denied(token: Token, rules: Rules, lexicon: Lexicon) -> bool:
    """Whether any word of the token's sentence, or of the one before it, is of a kind to deny."""
    mood, doc = lexicon.mood, token.doc
    words = {*mood["negation"], *mood["negative_determiners"], *mood["ended"]}
    verbs = verb_forms(lexicon.lang)
    here = token.sent
    start = doc[here.start - 1].sent.start if here.start else 0
    return any(
        not words.isdisjoint((word.lower_, word.lemma_.lower(), verbs.get(word.lower_)))
        or _denial_before(doc, word.i, lexicon) is not None
        or any(
            governor.negates
            for form in {word.lemma_.lower(), word.lower_, verbs.get(word.lower_, "")}
            for governor in rules.governing(lexicon.lang, form)
        )
        for word in doc[start : here.end]
    )


def is_denied(token: Token, lexicon: Lexicon) -> bool:
    """Whether a phrase before the token denies what it tells: "without", "au lieu de"."""
    doc = token.doc
    for end in range(token.i, max(0, token.i - _DENIED_WITHIN), -1):
        told = denied(doc, end, lexicon)
        if told is not None:
            return told == token
    return False


def _denial_before(doc: Doc, end: int, lexicon: Lexicon) -> int | None:
    """Where the denial begins that the token ``end`` follows, if one does: not "sans précédent"."""
    if end >= len(doc) or doc[end].lower_ in lexicon.mood["not_negation_before"]:
        return None
    for phrase in lexicon.denials.get(doc[end - 1].lower_, ()):
        start = end - len(phrase)
        if start >= 0 and tuple(token.lower_ for token in doc[start:end]) == phrase:
            return start
    return None


def denied(doc: Doc, end: int, lexicon: Lexicon) -> Token | None:
    """The noun or verb that a denial right before the token ``end`` denies; None without one."""
    start = _denial_before(doc, end, lexicon)
    if start is None:
        return None
    token = doc[end]
    while token.pos_ not in _TELLING and token.head.i > token.i:
        if token.pos_ != "DET" and token.head.left_edge.i < start:
            break  # it is of something before the denial
        token = token.head
    return token


def _has_ne(verb: Token) -> bool:
    return any(c.lower_ in ("ne", "n'", "n’") for c in verb.children)


def _read_headline(root: Token, stance: Stance, lexicon: Lexicon) -> None:
    """An infinitive as the head of an English headline is a plan: "Microsoft to buy LinkedIn"."""
    if lexicon.lang != "en" or not is_verb(root):
        return
    if any(c.dep_ == "mark" and c.lower_ == "to" for c in root.children):
        stance.strengthen(Status.PLANNED)
