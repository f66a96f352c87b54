"""Which kind of legal text words speak of: "the decree" is never the law that was named before.

A word may be of several kinds ("tax" of that and of laws); one without any ("text") may stand for
every kind. Of nouns that stand for a named text in gold articles, 1 in 50 is of another kind.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.reading import Node

if TYPE_CHECKING:
    from spacy.tokens import Token

Kinds = frozenset[int]


def kinds_of_noun(noun: Token, lang: str) -> Kinds:
    """The kinds of a common noun, or of what follows it bare: "projet de loi"."""
    kinds = load_lexicon(lang).kinds_of_law
    own = kinds.get(noun.lemma_.lower())
    if (
        own is None
        and lang == "fr"
        and noun.doc[noun.i + 1 : noun.i + 2].text in ("de", "d'", "d’")
    ):
        own = kinds.get(noun.doc[noun.i + 2 : noun.i + 3].text.lower())
    return own or frozenset()


def kinds_of_node(node: Node, lang: str) -> Kinds:
    """The kinds that the names of a legal text tell."""
    names = {node.name, *(node.known.names_in(lang) if node.known is not None else ())}
    return frozenset().union(*(_kinds_of_name(name, lang) for name in names))


@lru_cache(maxsize=1 << 12)
def _kinds_of_name(name: str, lang: str) -> Kinds:
    """The kinds of a name's head: the first word that tells one in French, in English the last one
    before a small word ("Data Act", "Act on Orders").
    """
    lexicon = load_lexicon(lang)
    found: Kinds = frozenset()
    for word in name.lower().replace("-", " ").split():
        if lang == "en" and found and word in lexicon.links:
            break
        kinds = lexicon.kinds_of_law.get(word)
        if kinds is not None:
            found = kinds
            if lang == "fr":
                break
    return found


def are_others(kinds: Kinds, own: Kinds) -> bool:
    """Whether an entity is of other kinds than a noun tells."""
    return bool(kinds and own) and kinds.isdisjoint(own)
