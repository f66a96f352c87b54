from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.model import Article
from policygraph.sources import load

BODY = "The FTC sued **Meta** on Monday, and a [judge](https://a.example) will hear the case.\n"
YAML = f"""---
title: "Meta: in court"
date: 2020-12-09T10:00:00+01:00
author:
  - name: Jane Doe
  - John Roe
lang: en-GB
params:
  source: The Tribune
tags: [meta, ftc]
draft: false
---

{BODY}"""
TOML = f"""+++
title = "Meta: in court"
date = 2020-12-09T10:00:00+01:00
authors = ["Jane Doe", "John Roe"]
language = "English"
publisher = "The Tribune"
+++
{BODY}"""
BROKEN = f"""---
title: Meta: in court
date: 2020-12-09
authors: Jane Doe and John Roe
lang: en
publisher: The Tribune
---
{BODY}"""


@pytest.mark.parametrize("text", [YAML, TOML, BROKEN, YAML.replace("\n", "\r\n")])
def test_front_matter_says_what_the_text_does_not(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.md").write_bytes(text.encode())

    [article] = load(tmp_path / "a.md")

    assert isinstance(article, Article)
    assert article.title == "Meta: in court"
    assert article.published == "2020-12-09"
    assert article.authors == ("Jane Doe", "John Roe")
    assert article.lang == "en"
    assert article.text == (
        "Meta: in court\n\nThe FTC sued Meta on Monday, and a judge will hear the case."
    )
    if text != YAML.replace("\n", "\r\n") and text != YAML:
        assert article.publisher == "The Tribune"


def test_rulers_within_a_text_are_no_front_matter(tmp_path: Path) -> None:
    text = f"---\nThe story so far, in a few words of prose.\n---\n\n{BODY}"
    (tmp_path / "a.md").write_text(text)

    [article] = load(tmp_path / "a.md")

    assert isinstance(article, Article)
    assert "The story so far" in article.text
