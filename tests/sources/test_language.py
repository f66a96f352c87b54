from __future__ import annotations

import pytest

from policygraph.sources.language import detect_language


@pytest.mark.parametrize(
    "text",
    [
        "The NCC Suspends MTN Nigeria In Abuja\n\nOluwaseun Adebayo confirmed it in a tweet.",
        "Oluwaseun Adebayo denied that the NCC had ordered MTN Nigeria to shut down in Abuja.",
    ],
)
def test_english_with_nigerian_names_is_english(text: str) -> None:
    assert detect_language(text) == "en"


def test_nigerian_pidgin_is_a_language_of_its_own() -> None:
    text = "Di court don order MTN make dem pay fine, na so di lawyer tok for Abuja."

    assert detect_language(text) == "pcm"
