"""The extractor as a spaCy component: ``nlp.add_pipe("policygraph")``.

After it, ``doc._.policygraph`` holds the article's record, its offsets counting in
``doc.text``. The pipeline before it must give word classes, lemmas, dependencies and names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from policygraph.errors import LanguageError
from policygraph.model import Article

if TYPE_CHECKING:
    from policygraph.model import Record

ATTRIBUTE = "policygraph"


@dataclass(slots=True)
class Component:
    """Extracts from each doc; ``published`` (ISO 8601) lets relative dates be resolved."""

    published: str | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.policygraph``; raises ``LanguageError`` on a doc without a parse."""
        from policygraph.extraction import extract
        from policygraph.resolve import resolve

        if not doc.has_annotation("DEP") or not doc.has_annotation("LEMMA"):
            raise LanguageError(
                "the component 'policygraph' needs dependencies and lemmas; "
                "add it after a parser and a lemmatizer"
            )
        article = Article(source="doc", text=doc.text, lang=doc.lang_, published=self.published)
        record: Record = resolve(extract(doc, article), revise=True)
        doc._.set(ATTRIBUTE, record)
        return doc


@Language.factory("policygraph", default_config={"published": None}, requires=["token.dep"])
def make_component(nlp: Language, name: str, published: str | None) -> Component:
    """Build the component; ``nlp.add_pipe("policygraph", config={"published": "2020-08-04"})``."""
    if not Doc.has_extension(ATTRIBUTE):
        Doc.set_extension(ATTRIBUTE, default=None)
    return Component(published)
