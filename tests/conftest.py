from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
from websites import Website, open_website

hypothesis.settings.register_profile("house", deadline=None)  # machines are slow at times
hypothesis.settings.load_profile("house")


@pytest.fixture
def word_lists_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are typed by the word lists, as where no weights of names are."""
    for module in ("entity_types", "name_types"):
        monkeypatch.setattr(f"policygraph.extraction.names.{module}.load_name_model", lambda: None)


@pytest.fixture
def website() -> Iterator[Website]:
    """A site on this machine, without pages at first."""
    with open_website() as site:
        yield site


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden",
        action="store_true",
        help="write the golden files anew; review the diff before committing it",
    )
