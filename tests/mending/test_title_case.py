from __future__ import annotations

import pytest
import spacy

from policygraph.mending.title_case import in_ordinary_letters


@pytest.mark.parametrize(
    ("headline", "body", "read"),
    [
        (
            "Dropping Relay From Open Tools",
            "Today Open Tools drops Relay. An open source is what its readers open Relay for.",
            "Dropping Relay from Open Tools",
        ),
        (
            "Zomato Wants Your Meals",  # never named again, and no word that means something
            "The firm delivers groceries.",
            "Zomato wants your meals",
        ),
        (
            "Why Meta Can't Read Signal Messages",
            "Messages sent by Signal stay private, and Meta said messages are not read.",
            "Why Meta ca n't read Signal messages",
        ),
    ],
)
def test_only_names_keep_their_capitals_in_a_headline(headline: str, body: str, read: str) -> None:
    doc = spacy.blank("en").make_doc(f"{headline}\n\n{body}")

    words = in_ordinary_letters(doc)

    assert words is not None
    assert " ".join(words).split(" \n\n ")[0] == read
    assert words[-4:] == [token.text for token in doc][-4:]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Court orders Apple to remove app\n\nThe court said so."),
        ("en", "Apple Inc. Against Epic Games was heard on Monday."),
        ("fr", "La Cour De Cassation Rejette Le Pourvoi\n\nElle l'a dit."),
        ("en", ""),
    ],
)
def test_other_lines_are_read_as_they_are(lang: str, text: str) -> None:
    assert in_ordinary_letters(spacy.blank(lang).make_doc(text)) is None
