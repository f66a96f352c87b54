from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from policygraph import component  # noqa: F401 - registers it where no entry point does
from policygraph.errors import LanguageError
from policygraph.model import Record
from policygraph.nlp import load

TEXT = "The European Commission fined Google on Tuesday."


@pytest.fixture
def nlp() -> Language:
    """The shipped English pipeline, loaded anew: the tests add to it."""
    return load.__wrapped__("en")


def test_a_doc_carries_its_record(nlp: Language) -> None:
    nlp.add_pipe("policygraph")

    record = nlp(TEXT)._.policygraph

    assert isinstance(record, Record)
    names = {entity.name for entity in record.entities}
    assert {"European Commission", "Google"} <= names
    for entity in record.entities:
        for mention in entity.mentions:
            assert TEXT[mention.start : mention.end] == mention.text


def test_the_date_of_publication_resolves_relative_dates(nlp: Language) -> None:
    nlp.add_pipe("policygraph", config={"published": "2020-08-06"})

    record = nlp(TEXT)._.policygraph

    assert record.article.published == "2020-08-06"
    assert "2020-08-04" in {entity.name for entity in record.entities}


def test_docs_are_extracted_in_a_stream_too(nlp: Language) -> None:
    nlp.add_pipe("policygraph")

    records = [doc._.policygraph for doc in nlp.pipe([TEXT, "Nothing happened."])]

    assert [record.article.text for record in records] == [TEXT, "Nothing happened."]


def test_a_pipeline_without_a_parser_is_refused() -> None:
    blank = spacy.blank("en")
    blank.add_pipe("policygraph")

    with pytest.raises(LanguageError, match="add it after a parser and a lemmatizer"):
        blank(TEXT)
