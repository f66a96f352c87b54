"""Legal forms of firms: "Siemens AG" is Siemens, "PT Telkom Indonesia Tbk" is Telkom Indonesia."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from policygraph.folding import fold
from policygraph.ontology import ontology_dir, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class LegalForms:
    """What a register adds to a firm's name, folded and without full stops, ``first`` before it.

    "Group" and "holding" are not among them: "Vodacom Group" is not Vodacom.
    """

    behind: frozenset[str]
    first: frozenset[str]

    def without(self, words: str) -> str:
        """A folded name without its legal forms: "quorne" of "quorne & co"."""
        kept = words.split()
        while len(kept) > 1 and (_plain(kept[-1]) in self.behind or kept[-1] == "&"):
            kept.pop()
        if len(kept) > 1 and kept[0] in self.first:
            del kept[0]
        return " ".join(kept)

    def around(self, doc: Doc, start: int, end: int) -> tuple[int, int]:
        """Where a firm's name begins and ends with the legal forms around it."""
        while end < len(doc) and self._is_form(doc, end):
            end += 1
        if start and doc[start - 1].is_upper and fold(doc[start - 1].text) in self.first:
            start -= 1
        return start, end

    def ends(self, words: Iterable[str]) -> bool:
        """Whether the last of some words is a legal form."""
        *_, last = words
        return _plain(fold(last)) in self.behind

    def _is_form(self, doc: Doc, i: int) -> bool:
        """Whether a word is a form, and no verb of a headline nor "co" before a hyphen."""
        token = doc[i]
        if not token.text[:1].isupper() or _plain(fold(token.text)) not in self.behind:
            return False
        return token.pos_ != "VERB" and doc[i + 1 : i + 2].text != "-"


def _plain(word: str) -> str:
    return word.replace(".", "")


@cache
def load_legal_forms() -> LegalForms:
    """Read the forms of ``identity.toml``."""
    data = read_toml(ontology_dir() / "lexicon" / "identity.toml")
    return LegalForms(
        behind=frozenset(data["legal"]) - frozenset(data["groups"]),
        first=frozenset(data["legal_first"]),
    )
