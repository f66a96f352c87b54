from __future__ import annotations

import pytest

from policygraph.server.media import SOLUTION_TYPES, choose


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/*;q=0.5, text/csv;q=0.1", "text/xml"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("text/csv;q=0", None),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=wrong", None),
        ("image/png", None),
    ],
)
def test_accept_headers_are_weighed_as_the_rfc_says(accept: str, expected: str | None) -> None:
    assert choose(accept, SOLUTION_TYPES) == expected
