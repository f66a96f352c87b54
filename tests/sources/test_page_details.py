"""Subtitles, tags, tables and the like, each on the smallest page that shows it."""

from __future__ import annotations

from policygraph.model import Article
from policygraph.sources.html import read_html

TITLE = "The regulator fines a company"
PROSE = (
    "<p>The regulator fined Norvalis on Tuesday, after an inquiry that took two years and three "
    "changes of staff.</p><p>Norvalis said that it would appeal, and that it had done nothing of "
    "which it need be ashamed in any of its offices.</p>"
)


def read(above: str = "", below: str = "", head: str = "") -> Article:
    article = read_html(
        f"<html lang=en><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>"
        f"{above}{PROSE}{below}</article></body></html>",
        source="page",
    )
    assert article is not None
    return article


def test_a_subtitle_is_told_by_its_class_and_stays_in_the_text() -> None:
    article = read("<p class='sub-title'>Two years of letters end in a fine</p>")

    assert article.subtitle == "Two years of letters end in a fine"
    assert article.text.startswith(f"{TITLE}\n\nTwo years of letters end in a fine\n\n")


def test_a_subtitle_is_what_the_page_gives_as_its_description() -> None:
    words = "Two years of letters end in a fine"

    article = read(f"<div>{words}</div>", head=f'<meta name="description" content="{words}">')

    assert article.subtitle == words


def test_a_description_that_no_reader_sees_is_no_subtitle() -> None:
    article = read(head='<meta name="description" content="All about the fine of the year">')

    assert article.subtitle is None
    assert "All about" not in article.text


def test_a_subtitle_inside_the_headline_is_parted_from_the_title() -> None:
    article = read_html(
        f"<html lang=en><head><title>{TITLE}, at last</title></head><body><article><h1>{TITLE}<br>"
        f"<span class=subTitle>Two years of letters end</span></h1>{PROSE}</article></body></html>",
        source="page",
    )

    assert article is not None
    assert (article.title, article.subtitle) == (TITLE, "Two years of letters end")


def test_tags_are_those_of_the_page_in_alphabetical_order() -> None:
    article = read(
        head='<meta property="article:tag" content="Privacy">'
        '<meta property="article:tag" content="Fines">'
    )

    assert article.tags == ("Fines", "Privacy")


def test_links_marked_as_tags_are_tags_and_no_text() -> None:
    article = read(below="<p class=tags>Tags: <a rel=tag href=/t/fines>Fines</a></p>")

    assert article.tags == ("Fines",)
    assert "Tags" not in article.text


def test_every_row_of_a_table_of_figures_is_kept() -> None:
    article = read(
        below="<table><tr><th>Firm</th><th>Fine</th><th>Year</th></tr><tr><td>Norvalis</td>"
        "<td>none</td><td>2019</td></tr><tr><td>Tarn</td><td>none</td><td>2020</td></tr></table>"
    )

    assert "Firm | Fine | Year\n\nNorvalis | none | 2019\n\nTarn | none | 2020" in article.text


def test_what_a_firm_says_about_itself_is_part_of_its_press_release() -> None:
    kept = read(below="<p>About Norvalis</p><p>Norvalis makes pumps for towns and cities.</p>")
    cut = read(below="<p>About the author</p><p>Jane makes pies for towns and cities.</p>")

    assert kept.text.endswith("About Norvalis\n\nNorvalis makes pumps for towns and cities.")
    assert "pies" not in cut.text


def test_the_life_of_a_writer_is_no_part_of_the_article() -> None:
    article = read("<p>By Jane Doe</p>", "<p>Jane Doe covers fines. She lives in Leeds.</p>")

    assert article.authors == ("Jane Doe",)
    assert "Leeds" not in article.text


def test_a_firm_that_signs_its_page_is_no_writer() -> None:
    assert read(head='<meta name="author" content="Norvalis, Inc.">').authors == ()


def test_a_writer_is_named_without_the_site() -> None:
    article = read(
        "<div class=byline><b>Jane Doe</b> <i>The Paper</i></div>",
        head='<meta property="og:site_name" content="The Paper">',
    )

    assert article.authors == ("Jane Doe",)


def test_people_that_linked_data_names_elsewhere_are_found() -> None:
    article = read(
        head='<script type="application/ld+json">{"@graph": [{"@type": "Article", "author": '
        '{"@id": "#a"}, "publisher": {"@id": "#p"}}, {"@type": "Person", "@id": "#a", "name": '
        '"Jane Doe"}, {"@type": "Organization", "@id": "#p", "name": "The Paper"}]}</script>'
    )

    assert (article.authors, article.publisher) == (("Jane Doe",), "The Paper")


def test_the_site_is_told_from_the_title_before_and_behind() -> None:
    titles = (f"The Paper: {TITLE}", f"{TITLE} | The Paper")
    pages = [
        read_html(
            f"<html lang=en><head><title>{whole}</title></head><body><div><b>{TITLE}</b></div>"
            f"{PROSE}</body></html>",
            source="page",
        )
        for whole in titles
    ]

    assert [(p.title, p.publisher) for p in pages if p] == [(TITLE, "The Paper")] * 2


def test_comments_without_telling_class_names_are_read_by_their_form() -> None:
    article = read(
        below="<div class=reactions><div class=r><i>Ann B.</i><p>I could not agree more.</p>"
        "<u>3 March 2021</u></div><div class=r><i>bob_77</i><p>Well, I could do so.</p>"
        "<u>4 March 2021</u></div></div>"
    )

    told = [(c.author, c.published, c.text) for c in article.comments]
    assert told == [
        ("Ann B.", "2021-03-03", "I could not agree more."),
        ("bob_77", "2021-03-04", "Well, I could do so."),
    ]
    assert "agree" not in article.text
