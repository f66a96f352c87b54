"""Parts what the pipeline's NER took for one name, and joins what it took for two.

"Ligue pour la presse et le collectif X" are two; "Telecom Disputes and Appellate Tribunal (TDAT)"
is one, as its initials tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.acronyms import initials_of, inner_start

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan


def name_spans(doc: Doc, lexicon: Lexicon) -> Iterator[TokenSpan]:
    """What the NER found, parted and joined, in reading order."""
    joined: TokenSpan | None = None
    for ent in doc.ents:
        for part in _parts(ent, lexicon):
            if joined is not None and _is_one(joined, part, lexicon):
                joined = _span(doc, joined.start, part.end, joined)
                continue
            if joined is not None:
                yield joined
            joined = part
    if joined is not None:
        yield joined


def _span(doc: Doc, start: int, end: int, like: TokenSpan) -> TokenSpan:
    span = doc[start:end]
    span.label = like.label
    return span


def _is_one(first: TokenSpan, second: TokenSpan, lexicon: Lexicon) -> bool:
    """Whether only "and" is between two names that an acronym behind them takes for one."""
    doc = first.doc
    if second.start != first.end + 1 or doc[first.end].lower_ not in lexicon.portfolios.closing:
        return False
    letters = _bracketed(doc, second.end)
    return bool(letters) and letters in initials_of(doc[first.start : second.end], lexicon)


def _bracketed(doc: Doc, place: int) -> str:
    """What stands alone in brackets at a place."""
    around = [token.text for token in doc[place : place + 3]]
    return around[1] if around[:1] == ["("] and around[2:] == [")"] else ""


def _parts(ent: TokenSpan, lexicon: Lexicon) -> Iterator[TokenSpan]:
    """A span, or two where it names a second thing: "et le collectif X", "(ex-X)"; without the
    small words before what an acronym behind it is of: "bureau de la Ligue des auteurs (LA)".
    """
    if ent[0].is_lower and (acronym := _bracketed(ent.doc, ent.end)):
        ent = _span(ent.doc, inner_start(ent, acronym, lexicon), ent.end, ent)
    bracket = next((t.i for t in ent[1:] if t.text == "("), ent.end)
    if ent.label_ != "LAW" and bracket < ent.end - 1 and ")" not in [t.text for t in ent[:-1]]:
        yield _span(ent.doc, ent.start, bracket, ent)
        yield _span(ent.doc, bracket + 1, ent.end, ent)
        return
    for token in ent[1:-_SECOND]:
        if token.lower_ in lexicon.portfolios.closing:
            noun = token.nbor(2)
            if (
                token.nbor(1).lower_ in lexicon.articles
                and noun.is_lower
                and lexicon.types_of_noun(noun)
                and token.nbor(_SECOND).text[:1].isupper()
            ):
                yield _span(ent.doc, ent.start, token.i, ent)
                yield _span(ent.doc, token.i + _SECOND, ent.end, ent)
                return
    yield ent


_SECOND = 3
"""Where a second name begins behind its "and", article and noun."""
