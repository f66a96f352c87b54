from __future__ import annotations

import hypothesis
import pytest

hypothesis.settings.register_profile("house", deadline=None)  # machines are slow at times
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden",
        action="store_true",
        help="write the golden files anew; review the diff before committing it",
    )
