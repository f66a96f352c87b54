"""What a post is called: "vice-president", "ministre de la Défense", "head" of who heads a firm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from policygraph.extraction.language.syntax import (
    base,
    children,
    is_plural,
    is_verb,
    objects,
    subjects,
)
from policygraph.extraction.names.portfolios import has_portfolio, portfolio_end
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import DEMONYM, NAME, NOMINAL
from policygraph.ontology import ontology_dir, read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token


def role_of(
    reading: Reading, trigger: Token, person: Node, at: Token | None = None, *, is_post: bool
) -> str | None:
    """The post that a claim's trigger tells, or else a noun of its sentence that stands for the
    person; None where neither does. ``at`` is where the post is held; ``is_post``: the rules know
    the trigger for one.

    Modifiers are kept; determiners, nationality, the names of organisations, "of the group" and
    that the post is a new one are not.
    """
    doers: Mapping[str, str] = _words(reading.lexicon.lang)["doers"]
    lemma = reading.lemmas[trigger.i]
    nouns = sorted(_nouns_of(reading, trigger, person), key=lambda noun: abs(noun.i - trigger.i))
    verb = trigger if is_verb(trigger) else _done_at(reading, (trigger, *nouns), at)
    if verb is not None and (title := _told_by(reading, verb)):
        return title
    known = is_post or (not is_verb(trigger) and _is_post(reading, trigger))
    known = known and not _is_surname(reading, trigger)
    does = lemma in doers and not _is_hyphenated(reading, trigger)  # "second-in-command"
    own = trigger in nouns or not nouns or _is_named(reading, trigger, person)
    if known and not does and own:
        return _title(reading, trigger)
    return _title(reading, nouns[0]) if nouns else doers.get(lemma)


def _is_surname(reading: Reading, trigger: Token) -> bool:
    """Whether a word for a post is part of somebody's name: "Bruno Le Maire", but "Judge Doe"."""
    spot = reading.at.get(trigger.i)
    return spot is not None and spot.kind == NAME and spot.start < trigger.i


def _told_by(reading: Reading, verb: Token) -> str | None:
    """The title that a verb tells, if it is the post rather than a noun beside the name: "chaired
    by senator X", but "run by CEO X", where the verb's title is vague.
    """
    words = _words(reading.lexicon.lang)
    title: str | None = words["doers"].get(reading.lemmas[verb.i])
    return None if title in words["vague"] else title


def _done_at(reading: Reading, nouns: Sequence[Token], at: Token | None) -> Token | None:
    """The verb that tells what those for whom nouns stand do where they hold a post."""
    if at is None:
        return None
    there = reading.at.get(at.i)
    for noun in nouns:
        for verb in (noun.head, *children(noun, "acl")):
            done = objects(verb) if is_verb(verb) and noun in subjects(verb) else []
            if any(t.i == at.i or (there and there is reading.at.get(t.i)) for t in done):
                return verb
    return None


def _nouns_of(reading: Reading, trigger: Token, person: Node) -> Iterator[Token]:
    """The posts of a sentence that stand for a person."""
    here = reading.sentence_of[trigger.i]
    for spot in person.spots:
        noun = reading.root(spot)
        in_sentence = reading.sentence_of[spot.start] == here
        if in_sentence and spot.kind == NOMINAL and _is_post(reading, noun):
            yield noun


def _is_named(reading: Reading, trigger: Token, person: Node) -> bool:
    """Whether a person's name stands in apposition to the trigger: "the commissioner, X"."""
    roots = (reading.root(spot) for spot in person.spots if spot.kind == NAME)
    return any(root.head.i == trigger.i and base(root.dep_) == "appos" for root in roots)


def _is_post(reading: Reading, noun: Token) -> bool:
    return "Person" in reading.lexicon.types_of_noun(noun)


def _title(reading: Reading, noun: Token) -> str:
    """The words of a title that a noun heads, in the singular."""
    tokens = reading.tokens
    sentence = reading.sentences[reading.sentence_of[noun.i]]
    left = right = noun.i
    while left > sentence.start and _goes_before(reading, tokens[left - 1], noun, left):
        left -= 1
    while right + 1 < sentence.end and _goes_after(reading, tokens[right + 1], noun):
        right += 1
    if has_portfolio(noun, reading.lexicon):
        own = reading.at.get(noun.i)
        names = {i for i in range(noun.i, sentence.end) if reading.at.get(i, own) is not own}
        right = max(right, portfolio_end(noun, reading.lexicon, names) - 1)
    words = _words(reading.lexicon.lang)
    right = max(right, _fixed_end(reading, noun, words["fixed"]))
    passing, written = words["passing"], words["written"]
    charged = reading.lexicon.portfolios.charged
    while right > noun.i and (
        tokens[right].pos_ in _LOOSE
        or tokens[right].lower_ in passing
        or tokens[right].lower_ in charged
        or _is_of_body(tokens[right], words["bodies"])
        or _is_nationality(reading, tokens[right])
    ):
        right -= 1
    while left < noun.i and (
        tokens[left].pos_ in ("CCONJ", "PUNCT")
        or tokens[left].lower_ in passing
        or _is_nationality(reading, tokens[left])
    ):
        left += 1
    plural = is_plural(noun)
    title = [
        (noun.lemma_ if plural and token.i == noun.i else written.get(token.lower_, token.text))
        + token.whitespace_
        for token in tokens[left : right + 1]
        if not _is_nationality(reading, token)
    ]
    return " ".join("".join(title).split())


def _fixed_end(reading: Reading, noun: Token, fixed: Mapping[str, str]) -> int:
    """The last token of a post whose name has more words than its noun: "Secretary of State"."""
    behind = fixed.get(reading.words[noun.i], "").split()
    end = noun.i + 1 + len(behind)
    return end - 1 if [t.lower_ for t in reading.doc[noun.i + 1 : end]] == behind else noun.i


def _is_of_body(token: Token, bodies: Sequence[str]) -> bool:
    """Whether a title's last word only tells that the post is at some firm: "PDG du groupe"."""
    return token.lower_ in bodies and bool(children(token, "case"))


def _is_hyphenated(reading: Reading, token: Token) -> bool:
    return token.i > 0 and reading.tokens[token.i - 1].text == "-"


_LOOSE = frozenset({"ADP", "DET", "CCONJ", "PUNCT", "SPACE", "ADV"})
"""Classes of words that do not end a title."""

_MODIFIERS = frozenset({"amod", "compound", "nmod", "flat"})


def _goes_before(reading: Reading, token: Token, noun: Token, left: int) -> bool:
    if _is_of_another(reading, token, noun) or token.is_space:
        return False
    if token.text == "-" or (reading.tokens[left].text == "-" and not token.whitespace_):
        return True
    word = _joined(token, noun)
    inside = word.head.i == noun.head.i or left <= word.head.i <= noun.i
    return base(word.dep_) in _MODIFIERS and inside and not token.morph.get("Poss", [])


def _joined(token: Token, noun: Token) -> Token:
    """The first of the words that a word is joined with before a noun, "privacy" of "and security
    director"; itself where it is joined with none, or with the noun.
    """
    word = token
    while base(word.dep_) in ("cc", "conj"):
        word = word.head
        if word.i >= noun.i:
            return token
    return word


def _goes_after(reading: Reading, token: Token, noun: Token) -> bool:
    if _is_of_another(reading, token, noun) or token.is_space:
        return False
    if token.text == "-":
        return True
    if _is_for_matters(reading, token):
        return True
    if token.is_punct or is_verb(token) or token.pos_ in ("PRON", "AUX", "SCONJ"):
        return False
    beside = token.i == noun.i + 1 and token.head.i == noun.head.i  # "Attorney General X"
    joined = beside and base(token.dep_) in _MODIFIERS
    return joined or noun.is_ancestor(token) or noun.head.i == token.i == noun.i + 1


def _is_for_matters(reading: Reading, token: Token) -> bool:
    """Whether a participle belongs to a post: "ministre déléguée chargée du Numérique"."""
    word, lexicon = token.lower_, reading.lexicon
    return word in lexicon.portfolios.charged or word in _words(lexicon.lang)["delegated"]


def _is_of_another(reading: Reading, token: Token, noun: Token) -> bool:
    """Whether a token belongs to a name or to a noun that stands for something else; nationality
    only parts a title, and is left out.
    """
    spot = reading.at.get(token.i)
    if spot is None or spot.type == "Technology" or (spot.kind, spot.type) == (NOMINAL, "Person"):
        return False
    if spot.kind == NOMINAL and reading.root(spot).text[:1].isupper():
        return not has_portfolio(noun, reading.lexicon)  # "ministre de la Défense"
    if spot is reading.at.get(noun.i):
        return spot.kind == NAME and token.i > noun.i  # "professor Jane Doe"
    return not _is_nationality(reading, token)


def _is_nationality(reading: Reading, token: Token) -> bool:
    spot = reading.at.get(token.i)
    return spot is not None and spot.kind == DEMONYM


@cache
def _words(lang: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_toml(ontology_dir() / "lexicon" / "roles.toml")[lang]
    return found
