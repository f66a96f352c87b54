"""The grammar that rules need: logical subject and object, prepositions, chains of heads.

Universal Dependencies (https://universaldependencies.org), as both shipped pipelines use
them; the French treebanks' subtypes (``obl:agent``, ``obl:arg``, ``nsubj:pass``) and the
English ones' are read alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "SYM"})
_AGENT_CASES = frozenset({"by", "par"})


def is_verb(token: Token) -> bool:
    """Whether the token is used as a verb.

    A participle that modifies a noun is, and so is what a small tagger takes for an adjective
    or a noun, but a mark introduces ("menace d'interdire").
    """
    if token.pos_ in _VERBAL:
        return True
    if token.pos_ not in ("ADJ", "NOUN"):
        return False
    if token.dep_ in ("xcomp", "ccomp", "advcl", "acl"):
        if any(child.dep_ == "mark" for child in token.children):
            return True
        return token.dep_ == "acl" and "Part" in token.morph.get("VerbForm", [])
    return False


def is_nominal(token: Token) -> bool:
    """Whether the token can head a noun phrase."""
    return token.pos_ in _NOMINAL


def base(dep: str) -> str:
    """The universal part of a relation: ``nsubj`` of ``nsubj:pass``."""
    return dep.partition(":")[0]


def children(token: Token, *deps: str) -> list[Token]:
    """Children by universal relation or, where one is named with a colon, by exact relation."""
    return [c for c in token.children if c.dep_ in deps or base(c.dep_) in deps]


def case_of(token: Token) -> str:
    """The preposition of a noun phrase, contractions undone ("du" → "de"); "" without one."""
    for child in token.children:
        if child.dep_ in ("case", "mark") and child.pos_ in ("ADP", "SCONJ", "PART", "VERB", "ADV"):
            if child.lower_ in ("'s", "’s", "'", "’"):
                continue
            lemma = child.lemma_.split(" ")[0].lower()
            fixed = [c.lower_ for c in child.children if c.dep_ == "fixed"]
            return " ".join([child.lower_, *fixed]) if fixed else lemma
    return ""


def is_plural(token: Token) -> bool:
    """Whether the tagger takes a word for a plural."""
    return "Plur" in token.morph.get("Number", [])


def is_passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, or as a past participle that modifies a noun."""
    deps = {child.dep_ for child in verb.children}
    if "aux:pass" in deps or "nsubj:pass" in deps:
        return True
    if verb.dep_ == "acl" or (verb.dep_ in ("advcl", "amod", "conj", "root", "ROOT")):
        participle = "Part" in verb.morph.get("VerbForm", [])
        past = "Past" in verb.morph.get("Tense", []) or "Pass" in verb.morph.get("Voice", [])
        has_subject = bool(deps & {"nsubj", "aux:tense", "aux"})
        return participle and past and not has_subject
    return False


def subjects(verb: Token) -> list[Token]:
    """Who does what the verb says: its subject, or the agent of a passive.

    Follows relative pronouns to their antecedent, and shares the subject of a coordinated
    verb; does not follow control ("wants to …"): see ``status``.
    """
    if is_passive(verb):
        return agents(verb)
    found = [c for c in children(verb, "nsubj") if c.dep_ != "nsubj:pass"]
    found = [antecedent(token) or token for token in found]
    if not found and verb.dep_ == "acl" and "Part" in verb.morph.get("VerbForm", []):
        return [verb.head]
    if not found and verb.dep_ == "acl:relcl" and not children(verb, "csubj"):
        relatives = [c for c in verb.children if c.lower_ in ("qui", "which", "who", "that")]
        return [verb.head] if relatives else []
    if not found and verb.dep_ == "conj" and is_verb(verb.head):
        if is_passive(verb.head):
            return [antecedent(t) or t for t in children(verb.head, "nsubj:pass")]
        return subjects(verb.head)
    return found


def objects(verb: Token) -> list[Token]:
    """What is done to whom: the direct object, or the subject of a passive."""
    if is_passive(verb):
        found = children(verb, "nsubj:pass") or [
            c for c in children(verb, "nsubj") if children(verb, "aux:pass")
        ]
        found = [antecedent(token) or token for token in found]
        if not found and verb.dep_ in ("acl", "amod", "advcl"):
            return [verb.head] if is_nominal(verb.head) else subjects(verb.head)
        if not found and verb.dep_ == "acl:relcl":
            return [verb.head]
        if not found and verb.dep_ == "conj" and is_verb(verb.head) and is_passive(verb.head):
            return objects(verb.head)
        return found
    found = [c for c in children(verb, "obj", "iobj") if c.dep_ != "obj:agent"]
    if not found:
        found = [c for c in children(verb, *_ANY) if _is_bare_name(c, verb)]
    found.sort(key=lambda c: base(c.dep_) != "obj")
    found = [antecedent(token) or token for token in found]
    if not found and verb.dep_ == "acl:relcl" and children(verb, "nsubj"):
        own = {c.lower_ for c in verb.subtree if c.pos_ == "PRON"}
        if own & _RELATIVES or verb.lang_ == "en":
            return [verb.head]
    if not found and verb.dep_ != "conj":
        for sister in children(verb, "conj"):
            if is_verb(sister) and sister.i - verb.i < 8 and not children(verb, "obl"):
                return [c for c in children(sister, "obj")]
    return found


_RELATIVES = frozenset({"que", "qu'", "qu’", "which", "that", "whom"})
"""Pronouns for what a relative clause says is done to."""


def relative_object(verb: Token) -> bool:
    """Whether such a pronoun hangs on a verb, also where a small parser takes it for one that
    begins a clause of another kind.
    """
    return any(c.lower_ in _RELATIVES and c.dep_ in ("obj", "mark") for c in verb.children)


_ANY = ("xcomp", "obl", "nmod", "appos", "dep")
"""Arcs that a small parser gives to an object that is a name it has not seen."""


def _is_bare_name(token: Token, verb: Token) -> bool:
    """Whether a name follows a verb with nothing between them: its object, whatever the arc."""
    name = token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ", "X")
    return name and token.left_edge.i == verb.i + 1 and not case_of(token)


def agents(verb: Token) -> list[Token]:
    """The by-phrase of a passive verb or of a participle."""
    found = [c for c in children(verb, "obl:agent", "obj:agent", "nmod:agent")]
    return found or [c for c in children(verb, "obl", "nmod") if case_of(c) in _AGENT_CASES]


def renamings(noun: Token) -> list[Token]:
    """What stands beside a noun as another name of the same thing.

    Appositions and flat names, and what a small parser takes for coordination although no
    conjunction joins it ("la maison mère de TikTok, ByteDance").
    """
    found = [c for c in noun.children if base(c.dep_) in ("appos", "flat") or c.dep_ == "nmod:desc"]
    return found + [
        c
        for c in noun.children
        if c.dep_ == "conj"
        and c.pos_ == "PROPN"
        and noun.pos_ == "NOUN"
        and not any(g.dep_ == "cc" for g in c.children)
        and not any(g.dep_ == "conj" for g in c.children)
    ]


def after_adjectives(noun: Token) -> int:
    """The place after a noun and up to two adjectives."""
    place = noun.i + 1
    while place < min(noun.i + 3, len(noun.doc)) and noun.doc[place].pos_ == "ADJ":
        place += 1
    return place


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if token.pos_ != "PRON" or "Rel" not in token.morph.get("PronType", []):
        return None
    for ancestor in token.ancestors:
        if ancestor.dep_ == "acl:relcl":
            return ancestor.head
        if ancestor.dep_ in ("root", "ROOT"):
            break
    return None


def complements(token: Token, preposition: str) -> list[Token]:
    """Noun phrases that the token governs through a preposition.

    On a parse by a small model they often hang one noun too low or too high ("une amende de
    150 millions d'euros à Google"), so complements of the token's noun modifiers count too.
    """
    found = [c for c in token.children if case_of(c) == preposition and _is_argument(c)]
    if not found and token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ"):
        for child in children(token, "nmod", "obj", "obl", "nummod"):
            if child.i > token.i:
                found += [
                    c
                    for c in child.children
                    if case_of(c) == preposition and base(c.dep_) in ("nmod", "obl")
                ]
    return found


def _is_argument(token: Token) -> bool:
    return base(token.dep_) in ("obl", "nmod", "obj", "iobj", "advcl", "xcomp", "acl", "appos")


def coordinated(token: Token) -> Iterator[Token]:
    """The token, then what is coordinated with it."""
    yield token
    for child in children(token, "conj"):
        yield from coordinated(child)


def companions(token: Token) -> set[str]:
    """Lemmas and forms that hang on the token, or on what hangs on it, at most six words away."""
    return {
        word
        for t in (*token.children, *(g for c in token.children for g in c.children))
        if abs(t.i - token.i) <= 6
        for word in (t.lemma_.lower(), t.lower_, *t.lemma_.lower().split())
    }


def has_companions(token: Token, others: tuple[str, ...]) -> bool:
    """Whether every companion lemma of a multi-word trigger stands next to the token."""
    return not others or companions(token).issuperset(others)
