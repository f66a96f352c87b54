"""Where a name begins and ends in what the pipeline's NER took for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.own_articles import is_own_article

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

_MANNER = 2
"""Words of a phrase that tells how something is done: "en justice"."""

_OPENERS = frozenset({"ADV", "CCONJ", "SCONJ", "ADP", "PRON"})


def trim(ent: TokenSpan, lexicon: Lexicon) -> TokenSpan | None:
    """The name without articles, quotes, genitives and what would join a further word to it;
    nothing across a paragraph.
    """
    start, end = ent.start, ent.end
    for token in ent:
        if "\n" in token.text:
            end = token.i
            break
    doc = ent.doc
    while start < end and (
        doc[start].is_punct
        or (doc[start].lower_ in lexicon.articles and not is_own_article(doc[start], lexicon))
        or (doc[start].lower_ in lexicon.common and end - start > 1)
        or (doc[start].is_sent_start and end - start > 1 and doc[start].pos_ in _OPENERS)
    ):
        start += 1
    while start < end and (
        (doc[end - 1].is_punct and doc[end - 1].text not in (")", "!", "?", "."))
        or doc[end - 1].lower_ in ("'s", "’s", "'", "’", *lexicon.articles)
        or doc[end - 1].text in lexicon.links  # "Gravio of", before a place
        or (doc[end - 1].lower_ in lexicon.common and end - start > 1)
    ):
        end -= 1
    end = _before_letter(doc, start, end)
    if end - start > _MANNER and doc[end - _MANNER : end].text.lower() in lexicon.manners:
        end -= _MANNER
    return doc[start : end + _lacks_bracket(doc, start, end)] if start < end else None


def _lacks_bracket(doc: Doc, start: int, end: int) -> bool:
    """Whether the sign behind the words closes a bracket in them: "Article 5(4" before ")"."""
    inside = doc[start:end].text
    return doc[end : end + 1].text == ")" and inside.count("(") > inside.count(")")


def _before_letter(doc: Doc, start: int, end: int) -> int:
    """Where a name ends before a letter that begins a common word: "Quorne U-turn"."""
    last = end - 3 if end - 2 > start and doc[end - 2].text == "-" else end - 1
    word = [token.text for token in doc[max(last, 0) : last + 3]]
    joined = last >= start and word[1:2] == ["-"] and word[-1].islower()
    return last if joined and len(word[0]) == 1 and word[0].isupper() else end
