"""Hangs relative clauses on what they are told of, and finds subjects behind their verbs.

The parsers take « …, qui a racheté Z » for a second main clause now and then, and the subject of
« que détiennent A et B » for an object or for a second subject of the main clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from policygraph.ontology import ontology_dir, read_toml

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = frozenset({"NOUN", "PROPN"})
_TELLING = _NOUNS | {"ADJ"}
_BEFORE_VERB = frozenset({"PRON", "AUX", "ADV", "PART"})
_PHRASE_PARTS = frozenset({"flat", "amod", "compound", "fixed"})


def mend_relatives(doc: Doc) -> Doc:
    """Mend the heads of relative clauses and their inverted subjects."""
    kinds = _relatives(doc.lang_)
    for token in doc:
        kind = kinds.get(token.lower_)
        if kind is not None and token.head.i > token.i and token.dep_ != "mark":
            _mend(token, kind)
    return doc


@cache
def _relatives(lang: str) -> Mapping[str, str]:
    """Relative pronoun → what it is in its clause (``lexicon/relatives.toml``)."""
    table = read_toml(ontology_dir() / "lexicon" / "relatives.toml").get(lang, {})
    return {form: kind for kind, forms in table.items() for form in forms}


def _mend(pronoun: Token, kind: str) -> None:
    verb, is_subject = pronoun.head, pronoun.dep_.startswith("nsubj")
    if kind == "subject" and is_subject:
        _hang(verb, pronoun)
    elif kind == "object" and pronoun.dep_ == "obj":
        if "Inf" not in verb.morph.get("VerbForm", []):
            _hang(verb, pronoun)
            _invert(verb, pronoun)
    elif kind == "oblique" and _is_oblique(pronoun):
        if is_subject:
            pronoun.dep_ = "obl:arg"
        _invert(verb, pronoun)


def _is_oblique(pronoun: Token) -> bool:
    """Whether a preposition stands in or before it: « auquel », « à laquelle »."""
    return pronoun.lower_.startswith("au") or any(c.dep_ == "case" for c in pronoun.children)


def _strays(verb: Token) -> bool:
    """Whether a relative clause hangs on a verb: joined without "and", or as a second subject."""
    if verb.dep_ == "conj":
        return verb.head.dep_ != "acl:relcl" and not any(c.dep_ == "cc" for c in verb.children)
    if verb.dep_ == "acl:relcl":
        return verb.head.pos_ == "VERB"
    return verb.dep_.startswith("nsubj") and verb.pos_ == "VERB" and _subject_before(verb)


def _subject_before(phrase: Token) -> bool:
    """Whether the verb of a subject has another one before it."""
    return any(c.dep_.startswith("nsubj") and c.i < phrase.i for c in phrase.head.lefts)


def _hang(verb: Token, pronoun: Token) -> None:
    """Make a clause that strays tell of the noun that stands right before its pronoun."""
    if not _strays(verb):
        return
    at = pronoun.nbor(-1) if pronoun.i > pronoun.sent.start else pronoun
    if at.text == "," and at.i > pronoun.sent.start:
        at = at.nbor(-1)
    while _says_of_another(at) and at.head.i < at.i:
        at = at.head
    if at.pos_ in _NOUNS and at != pronoun and not verb.is_ancestor(at):
        verb.head, verb.dep_ = at, "acl:relcl"


def _says_of_another(token: Token) -> bool:
    """Whether a word only goes with its head: a surname, "rouge", « 30 ans » of a person."""
    if token.dep_.partition(":")[0] in _PHRASE_PARTS:
        return True
    return token.head.pos_ in _TELLING and any(c.dep_ == "nummod" for c in token.children)


def _invert(verb: Token, pronoun: Token) -> None:
    """Give a relative clause without a subject the one that follows its verb."""
    between = pronoun.doc[pronoun.i + 1 : verb.i]
    if any(c.dep_.startswith("nsubj") for c in verb.children):
        return
    if any(token.pos_ not in _BEFORE_VERB for token in between):
        return
    for token in verb.rights:
        if token.dep_ == "obj" and token.pos_ in _NOUNS:
            token.dep_ = "nsubj"
            return
    found = _next_subject(verb)
    if found is not None:
        found.head, found.dep_ = verb, "nsubj"


def _next_subject(verb: Token) -> Token | None:
    """What follows a relative clause's verb and is taken for a second subject of the main one."""
    for token in verb.doc[verb.right_edge.i + 1 : verb.sent.end]:
        if token.pos_ in _NOUNS and token.left_edge.i == verb.right_edge.i + 1:
            second = token.dep_.startswith("nsubj") and token.head.is_ancestor(verb)
            return token if second and _subject_before(token) else None
        if token.pos_ not in ("DET", "ADJ", "NUM"):
            return None
    return None
