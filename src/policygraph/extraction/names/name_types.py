"""Tells the type of a name from its own words and from the words around it.

A small network weighs hashed *cues*: the name's words and shape, the nouns and verbs beside
it, what the pipeline's NER and the word lists say. ``training/names.py`` learns it from the
gold articles and passages; the weights ship in ``models/names.npz``. It may also say that a
supposed name is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from policygraph.authority import KnownEntity, load_authority
from policygraph.authority.given_names import given_names
from policygraph.extraction.fitting import FIRM_OR_SERVICE
from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.language.syntax import base, case_of, children
from policygraph.extraction.spot import COARSE, Spot
from policygraph.folding import fold
from policygraph.models.context import WIDTH, context_of
from policygraph.models.weights import Array, read_weights

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WEIGHTS = Path(__file__).parents[2] / "models" / "names.npz"

_NEVER = -60.0
"""Log-probability of what a name surely is not."""

NO_NAME = ""
"""The class of words that name nothing."""


@dataclass(frozen=True, slots=True)
class NameModel:
    """One hidden layer over hashed cues; ``types`` names the classes.

    ``cues`` (rows, hidden) and ``context`` (2 numbers, hidden) with the ``first`` bias, ``last``
    (hidden, classes) with ``bias``.
    """

    types: tuple[str, ...]
    cues: Array
    context: Array
    first: Array
    last: Array
    bias: Array

    def odds(self, cues: Iterable[str], context: Array) -> Array:
        """Log-probabilities of the types of a name that shows these cues in its ``context``, see
        ``context_of_name``.
        """
        rows = places(cues, len(self.cues))
        hidden = self.first + self.cues[rows].sum(axis=0) + context @ self.context
        hidden = np.maximum(hidden, 0)
        raw = self.bias + hidden @ self.last
        found: Array = raw - raw.max()
        log_total: Array = np.log(np.exp(found).sum())
        return found - log_total

    def certain(self, type_: str) -> Array:
        """Log-probabilities of what is surely of a type."""
        return np.where(np.array(self.types) == type_, 0.0, _NEVER).astype("float32")

    def likeliest(self, odds: Array, among: Collection[str] = ()) -> tuple[str, float]:
        """The likeliest type of what they name, if anything, and its probability; ``among`` these,
        if there are any.
        """
        told = [i for i, t in enumerate(self.types) if t != NO_NAME and (not among or t in among)]
        best = max(told, key=lambda i: float(odds[i]))
        return self.types[best], float(np.exp(odds[best]))


def places(cues: Iterable[str], size: int) -> list[int]:
    """Where the cues' weights stand among ``size`` rows, each row once, in order."""
    return sorted({crc32(cue.encode()) % size for cue in cues})


@cache
def load_name_model() -> NameModel | None:
    """The shipped weights; None in a checkout that has none yet: word lists alone then decide."""
    return read_weights(WEIGHTS, _read)


def _read(data: Mapping[str, Any]) -> NameModel:
    last = data["last"].astype("float32")
    unheard = np.zeros((2 * WIDTH, len(last)))  # what was learned of cues alone, for training
    return NameModel(
        types=tuple(str(name) for name in data["types"]),
        cues=data["cues"].astype("float32"),
        context=data.get("context", unheard).astype("float32"),
        first=data["first"].astype("float32"),
        last=last,
        bias=data["bias"].astype("float32"),
    )


def refine(spot: Spot, doc: Doc, lexicon: Lexicon) -> None:
    """Give a name the type that the countries' list, the model or the word lists say; weigh those
    which the authority file leaves open.
    """
    if spot.apart or spot.odds is not None:
        return
    model = load_name_model()
    if spot.known is not None:
        if model is not None and is_left_open(spot.known):
            taken = Spot(spot.start, spot.end, COARSE.get(doc[spot.start].ent_type_, spot.type))
            spot.odds = model.odds(cues_of(taken, doc, lexicon), context_of_name(spot, doc))
        return
    span = doc[spot.start : spot.end]
    country = load_authority().countries.by_name(span.text, lexicon.lang)
    if country is not None:
        spot.type, spot.known = "Country", country
        return
    sure = "Place" if _is_seat(doc, spot.end, lexicon) else None
    sure = sure or lexicon.sure_type_of_name(span.text)
    if sure is not None:
        spot.type = sure
        return
    if model is not None:
        spot.odds = model.odds(cues_of(spot, doc, lexicon), context_of_name(spot, doc))
        spot.type = model.likeliest(spot.odds)[0]
        return
    listed = _listed(spot, doc, lexicon)
    if listed is not None:
        spot.type = listed


def is_left_open(known: KnownEntity) -> bool:
    """Whether the authority file lets the article tell a firm from its service."""
    return {known.type, *known.also} >= FIRM_OR_SERVICE


def context_of_name(spot: Spot, doc: Doc) -> Array:
    """(2 numbers,): what the words of a name mean in their places: their mean, and the first."""
    words = context_of(doc)[spot.start : spot.end]
    return np.concatenate([words.mean(axis=0), words[0]])


def settle(spot: Spot) -> None:
    """Make sure of a name's type, whatever else it is called: a law by its form."""
    model = load_name_model()
    if model is not None and spot.known is None:
        spot.odds = model.certain(spot.type)


_BASED = 3
"""Words behind "-based" among which is the noun for who is based there."""


def _is_seat(doc: Doc, end: int, lexicon: Lexicon) -> bool:
    """Whether somebody is based in it: "a Mwanza-based blogger", but no "Linux-based app"."""
    if [token.text for token in doc[end : end + 2]] != ["-", "based"]:
        return False
    types = (lexicon.types_of_noun(t) for t in doc[end + 2 : end + 2 + _BASED] if t.pos_ == "NOUN")
    return not {"Product", "Technology"}.issuperset(next(types, ()))


def cues_of(spot: Spot, doc: Doc, lexicon: Lexicon) -> Iterator[str]:
    """What a name shows of its type; ``spot.type`` is still what the NER or a rule took it for."""
    span = doc[spot.start : spot.end]
    lang = lexicon.lang
    yield f"ner {spot.type}"
    yield f"listed {_listed(spot, doc, lexicon)}"
    words = [fold(t.text) for t in span if not t.is_space]
    yield f"length {min(len(words), 6)}"
    yield f"first {words[0]}"
    yield f"last {words[-1]}"
    yield f"{lang} only {words[0]}" if len(words) == 1 else f"{lang} more"
    for word in words:
        yield f"word {word}"
    for size in (2, 3, 4):
        yield f"end {words[-1][-size:]}"
    yield f"start {words[0][:3]}"
    yield f"shape {' '.join(_shape(t.text) for t in span[:4])}"
    yield f"case {span.text.isupper()} {span[0].is_sent_start is True} {len(words) == 1}"
    if len(words) > 1 and span[0].text in given_names():
        yield "given name"
    if _INITIALS.fullmatch(span.text):
        yield "initials"
    for offset in (1, 2, 3):
        before, after = spot.start - offset, spot.end + offset - 1
        if before >= 0:
            yield f"{lang} -{offset} {_word(doc[before])}"
            yield f"-{offset} {_nouns(doc[before], lexicon)}"
        if after < len(doc):
            yield f"{lang} +{offset} {_word(doc[after])}"
            yield f"+{offset} {_nouns(doc[after], lexicon)}"
    root = span.root
    relation = base(root.dep_)
    case = case_of(root)
    yield f"dep {root.dep_} {case}"
    yield f"{lang} head {relation} {root.head.lemma_.lower()}"
    yield f"{lang} {case} {root.head.lemma_.lower()}"
    yield f"head {relation} {_nouns(root.head, lexicon)} {root.head.pos_}"
    for child in root.children:
        if not spot.start <= child.i < spot.end and child.pos_ in ("NOUN", "ADJ", "PROPN", "VERB"):
            yield f"{lang} child {base(child.dep_)} {child.lemma_.lower()}"
            yield f"child {base(child.dep_)} {_nouns(child, lexicon)}"
    outside = (doc[spot.start - 1].text if spot.start else "", doc[spot.end : spot.end + 1].text)
    yield f"between {' '.join(outside)}" if not any(w.isalpha() for w in outside) else "between"


def _shape(word: str) -> str:
    """Capitals, small letters, digits and signs, runs shortened: ``Xx``, ``xX``, ``X9``."""
    found = ""
    for sign in word:
        kind = "9" if sign.isdigit() else "X" if sign.isupper() else "x" if sign.isalpha() else sign
        if not found.endswith(kind):
            found += kind
    return found[:6]


def _word(token: Token) -> str:
    return "\\n" if token.is_space else token.lemma_.lower()


def _nouns(token: Token, lexicon: Lexicon) -> str:
    """The types that a common noun may denote."""
    return " ".join(lexicon.types_of_noun(token)) if token.pos_ == "NOUN" else token.pos_


def _listed(spot: Spot, doc: Doc, lexicon: Lexicon) -> str | None:
    """The type that word lists give: the name's own words, a given name, a noun beside it."""
    span = doc[spot.start : spot.end]
    cue = lexicon.type_of_name(fold(span.text)) if spot.type != "Person" or len(span) > 3 else None
    if spot.type == "Person" and cue is None:
        return None
    if cue and not (spot.type == "Person" and cue != "GovernmentBody"):
        return cue
    if spot.type not in ("Company", "Product", "Place"):
        return None
    if _is_like_a_person(span.text):
        return "Person"
    return _type_beside(span.root, spot, lexicon)


_INITIALS = re.compile(r"(?:[A-Z]\.? )+[A-Z][a-z]{2,}")


def _is_like_a_person(name: str) -> bool:
    """Whether a name of two or three words begins with a given name or with initials."""
    words = name.split()
    if not 2 <= len(words) <= 3 or not all(w[0].isupper() and w.isalpha() for w in words[1:]):
        return False
    return words[0] in given_names() or bool(_INITIALS.fullmatch(name))


def _type_beside(root: Token, spot: Spot, lexicon: Lexicon) -> str | None:
    """The type of the common noun that names the name: "l'application X", "X, a startup"."""
    nouns: list[Token] = []
    if base(root.dep_) in ("appos", "flat", "compound") or root.dep_ in ("nmod:desc", "nmod"):
        nouns.append(root.head)
    nouns += children(root, "appos")
    nouns += [c for c in root.children if c.i < spot.start and c.pos_ == "NOUN" and not case_of(c)]
    for noun in nouns:
        if noun.pos_ != "NOUN" or (root.dep_ == "nmod" and case_of(root)):
            continue
        if spot.start <= noun.i < spot.end:
            continue
        types = lexicon.types_of_noun(noun)
        if types and "Person" not in types:
            return types[0]
    return _type_around(root.doc, spot, lexicon)


def _type_around(doc: Doc, spot: Spot, lexicon: Lexicon) -> str | None:
    """The type of a noun right before a name ("l'association X") or after it ("X, une ONG")."""
    i = spot.start - 1
    while i >= 0 and doc[i].pos_ == "ADJ" and i > spot.start - 3:
        i -= 1
    if i >= 0 and doc[i].pos_ == "NOUN":
        types = lexicon.types_of_noun(doc[i])
        if types and "Person" not in types:
            return types[0]
    i = spot.end
    if i < len(doc) and doc[i].text in (",", "("):
        i += 1
        for _ in range(2):
            if i < len(doc) and doc[i].pos_ in ("DET", "ADJ"):
                i += 1
        if i < len(doc) and doc[i].pos_ == "NOUN" and doc[i - 1].text != ",":
            types = lexicon.types_of_noun(doc[i])
            if types and "Person" not in types:
                return types[0]
    return None
