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


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Meta in court\nsubtitle: A long case\nlastmod: 2020-12-11\n"
        "tags: [meta, ftc]\n---\n",
        '+++\ntitle = "Meta in court"\nstandfirst = "A long case"\nupdated = 2020-12-11\n'
        'keywords = "meta; ftc"\n+++\n',
        "Titre : Meta in court\nChapô : A long case\nMis à jour le : 2020-12-11\n"
        "Mots-clés : #meta, #ftc\n",
    ],
)
def test_front_matter_gives_subtitle_change_and_tags(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.md").write_text(f"{head}\n{BODY}", encoding="utf-8")

    [article] = load(tmp_path / "a.md")

    assert isinstance(article, Article)
    assert (article.subtitle, article.modified) == ("A long case", "2020-12-11")
    assert article.tags == ("ftc", "meta")
    assert article.text.startswith("Meta in court\n\nA long case\n\nThe FTC sued")


def test_a_subtitle_that_the_text_has_is_not_doubled(tmp_path: Path) -> None:
    head = "---\ntitle: Meta in court\nsubtitle: A long case\n---\n"
    (tmp_path / "a.md").write_text(f"{head}# Meta in court\n\n*A long case*\n\n{BODY}")

    [article] = load(tmp_path / "a.md")

    assert isinstance(article, Article)
    assert article.text.count("A long case") == article.text.count("Meta in court") == 1


def test_rulers_within_a_text_are_no_front_matter(tmp_path: Path) -> None:
    text = f"---\nThe story so far, in a few words of prose.\n---\n\n{BODY}"
    (tmp_path / "a.md").write_text(text)

    [article] = load(tmp_path / "a.md")

    assert isinstance(article, Article)
    assert "The story so far" in article.text
