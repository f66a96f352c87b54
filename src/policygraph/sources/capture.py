"""Finds the article in the text of a whole page, where no markup is left.

Each line is scored: prose speaks for the article, furniture against it. The article's body is
the stretch with the highest sum; its title stands above. No rule knows a site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policygraph.model import Article
from policygraph.sources.byline import Byline, is_beside_writer, is_marker, names_of_line
from policygraph.sources.dates import is_day_first
from policygraph.sources.dating import date_article
from policygraph.sources.furniture import key, load_furniture
from policygraph.sources.language import detect_language
from policygraph.sources.lines import ENDING, Line, read_lines
from policygraph.sources.publishers import find_publisher
from policygraph.sources.speakers import Discussion, find_discussion

_HEADER_LINES = 14
"""How far above its body an article's header may begin."""

_SENTENCE_WORDS = 5
"""Words from which a line that ends as statements do is one, right below the article."""

_OPENING_WORDS = 40
_HEAD = 6
"""Lines at a page's top that may be its site's name."""

_SUBTITLE_WORDS = (4, 60)
_TITLE_WORDS = 5
_WRITER_WORDS = 6
_BETWEEN = 4.0
"""What furniture in the middle of an article costs at most, however long."""

_COST = {"navigation": 1.0, "caption": 0.5, "counter": 0.3, "byline": 0.0, "listed": 1.0}
_FURNITURE_COST = 2.0
_LABEL_COST = 0.7
_PAGE_HEAD = frozenset({"login", "cookies", "navigation"})
_STRONG = frozenset({"login", "cookies", "share", "comments", "footer", "action", "promotion"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Which lines are what: ``title`` and ``body`` are line numbers, ``end`` is exclusive."""

    title: int | None
    body: int
    end: int
    discussion: Discussion | None


def is_capture(text: str) -> bool:
    """Whether a clean text is a whole page's rather than an article's: by its furniture.

    Two lines of furniture that no article holds, or a discussion, are evidence enough;
    a lone "Sources: …" or "See also" is not.
    """
    lines = read_lines(text)
    if len(lines) < 4:
        return False
    strong = sum(line.kind in _STRONG for line in lines)
    weak = sum(line.kind in {"navigation", "related", "question", "counter"} for line in lines)
    if strong >= 2 or (strong and weak >= 2) or weak >= 5:
        return True
    discussion = find_discussion(lines, after=_first_prose(lines))
    return discussion is not None and len(discussion.comments) >= 2


def read_capture(text: str, *, source: str) -> Article | None:
    """The article in a page's clean text, with its comments apart; None where there is no prose."""
    day_first = is_day_first(text, detect_language(text))
    lines = _with_writers(read_lines(text, day_first=day_first))
    layout = _lay_out(lines, day_first)
    if layout is None:
        return None
    paragraphs = _paragraphs(lines, layout)
    title = lines[layout.title].text if layout.title is not None else None
    body = "\n\n".join(([title] if title else []) + paragraphs)
    comments = layout.discussion.comments if layout.discussion else ()
    bylines = _bylines(lines, layout)
    signed = sorted((b for b in bylines if b.authors), key=lambda byline: not byline.signed)
    authors = signed[0].authors if signed else ()
    authors = tuple(name for name in authors if not _is_label(name, lines[: layout.title]))
    updated = next((byline.updated for byline in bylines if byline.updated), None)
    printed = next((byline.published for byline in bylines if byline.published), None)
    lang = detect_language(body)
    dating = date_article(printed, text=body, lang=lang, updated=updated, comments=comments)
    outside = [
        line.text
        for number, line in enumerate(lines)
        if not layout.body <= number < layout.end or line.kind not in {None, "byline"}
    ]
    return Article(
        source=source,
        text=body,
        lang=lang,
        title=title,
        subtitle=_subtitle(lines, layout),
        published=dating.published,
        published_note=dating.note,
        modified=updated,
        publisher=find_publisher(outside, title=title, text=body, authors=authors),
        authors=authors,
        comments=comments,
    )


def _is_label(name: str, above: Sequence[Line]) -> bool:
    """Whether a name that signs an article is its site's: a line in the page's head."""
    return any(key(line.text) == key(name) for line in above[:_HEAD])


def keep_article(lines: Sequence[Line]) -> list[str]:
    """The article's own lines among those of a page's main text: without header and furniture."""
    rows = [_about_its_subject(lines, number) for number in range(len(lines))]
    end = _cut_ending(rows, 0, len(rows))
    return [line.text for line in rows[:end] if line.kind is None]


def _about_its_subject(lines: Sequence[Line], number: int) -> Line:
    """The line; no furniture if it says "About X" where the prose above speaks of X."""
    line = lines[number]
    if line.kind != "footer":
        return line
    starts = load_furniture().words("about", "start")
    folded = key(line.text)
    subject = next((folded[len(s) :].strip(" :") for s in starts if folded.startswith(s)), "")
    above = " ".join(key(other.text) for other in lines[:number] if other.prose)
    return replace(line, kind=None) if subject and f" {subject} " in above else line


def _with_writers(lines: Sequence[Line]) -> list[Line]:
    """The lines, with bare names near a printed date, or below a lone "By", as the header's."""
    rows = list(lines)
    for number in range(_after_opening(rows)):
        line = rows[number]
        if line.kind is not None:
            continue
        if number and is_marker(rows[number - 1].text) and line.words <= _WRITER_WORDS:
            rows[number] = replace(line, kind="byline", byline=Byline(names_of_line(line.text)))
        elif _is_beside_day(rows, number) and (names := names_of_line(line.text)):
            rows[number] = replace(line, kind="byline", byline=Byline(names))
    return rows


def _is_beside_day(rows: Sequence[Line], number: int) -> bool:
    """Whether a date stands right above a line, or below it behind what its writer is."""
    below = number + 1
    while below < min(number + 4, len(rows)) and is_beside_writer(rows[below].text):
        below += 1
    beside = [*rows[max(0, number - 1) : number], *rows[below : below + 1]]
    days = [row.byline for row in beside if row.byline and _day(row.byline)]
    return any(not day.authors for day in days)


def _day(byline: Byline) -> str | None:
    return byline.published or byline.updated


def _after_opening(lines: Sequence[Line]) -> int:
    """The line from which on readers may speak: below the article's first few sentences."""
    seen = 0
    for number, line in enumerate(lines):
        seen += line.words if _is_paragraph(line) else 0
        if seen >= _OPENING_WORDS:
            return number
    return _first_prose(lines)


def _subtitle(lines: Sequence[Line], layout: _Layout) -> str | None:
    """The line between title and byline, if it is one."""
    if layout.title is None:
        return None
    for number in range(layout.title + 1, min(layout.title + 4, layout.end - 1)):
        line = lines[number]
        below = lines[number + 1 : number + 3]
        if line.kind is None and _SUBTITLE_WORDS[0] <= line.words <= _SUBTITLE_WORDS[1]:
            return line.text if any(row.kind == "byline" for row in below) else None
    return None


def _lay_out(lines: Sequence[Line], day_first: bool) -> _Layout | None:
    first = _after_opening(lines)
    discussion = find_discussion(lines, after=first + 1, day_first=day_first)
    end = discussion.start if discussion else len(lines)
    span = _best_stretch(lines[:end])
    if span is None:
        return None
    body, last = span
    end = _cut_ending(lines, body, _with_last_words(lines[:end], last))
    title, body = _find_title(lines, body, end)
    return _Layout(title=title, body=body, end=end, discussion=discussion)


def _first_prose(lines: Sequence[Line]) -> int:
    """The first line that reads like a paragraph: readers speak below it."""
    return next((n for n, line in enumerate(lines) if _is_paragraph(line)), len(lines))


def _is_paragraph(line: Line) -> bool:
    return line.kind is None and line.prose and line.ended


def _score(line: Line) -> float:
    if line.kind is not None:
        return -_COST.get(line.kind, _FURNITURE_COST)
    if line.prose:
        return min(line.words, 80) / 10
    return -_LABEL_COST


def _best_stretch(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The contiguous lines whose scores sum highest (Kadane's algorithm)."""
    best = total = 0.0
    start = 0
    run = 0.0
    found: tuple[int, int] | None = None
    for number, line in enumerate(lines):
        if total <= 0:
            total, start = 0.0, number
        score = _score(line)
        cost = max(run + score, -_BETWEEN) if score < 0 else 0.0
        total += cost - run if score < 0 else score
        run = cost
        if total > best:
            best, found = total, (start, number + 1)
    return found


def _with_last_words(lines: Sequence[Line], end: int) -> int:
    """The end, moved down past short sentences, too short to speak for themselves."""
    while end < len(lines):
        if _is_short_sentence(lines[end]):
            end += 1
        elif (
            lines[end].kind is None and lines[end].gap and _is_short_sentence(*lines[end + 1 :][:1])
        ):
            end += 2  # a heading above one
        else:
            break
    return end


def _is_short_sentence(line: Line | None = None) -> bool:
    if line is None or line.kind is not None:
        return False
    return line.ended and line.words >= _SENTENCE_WORDS


def _cut_ending(lines: Sequence[Line], body: int, end: int) -> int:
    """Where the article stops: before ending furniture that most of the prose stands above."""
    whole = sum(line.words for line in lines[body:end] if line.kind is None and line.prose)
    seen = 0
    for number in range(body, end):
        line = lines[number]
        if line.kind in ENDING and seen > 0.6 * whole:
            return number
        if line.kind is None and line.prose:
            seen += line.words
    return end


def _find_title(lines: Sequence[Line], body: int, end: int) -> tuple[int | None, int]:
    """The title's line, and the line below it where the article begins."""
    start = _header_within(lines, body, end)
    vocabulary = Counter(
        word for line in lines[start:end] if line.prose for word in set(_content(line.text))
    )
    repeated = Counter(key(line.text) for line in lines)
    candidates = [
        (_title_score(lines, number, start, vocabulary, repeated), -number)
        for number in range(max(0, start - _HEADER_LINES), _title_floor(lines, start, end))
        if lines[number].kind is None and not _is_blocked(lines, number, start)
    ]
    if not candidates or max(candidates)[0] < 1:
        return None, start
    title = -max(candidates)[1]
    above = [-n for score, n in candidates if -n == title - 1 and score >= 1]
    if above and _is_headline(lines[above[-1]], lines[title]):
        title = above[-1]  # what shares more words with the article is its subtitle
    return title, title + 1


def _is_headline(line: Line, below: Line) -> bool:
    """Whether a line may be the headline above a subtitle, and is no path that leads to it."""
    own = key(below.text) not in key(line.text)
    return line.words >= _TITLE_WORDS and not line.ended and own


def _header_within(lines: Sequence[Line], body: int, end: int) -> int:
    """The body's first line, moved down past teasers where a byline opens most of the prose."""
    whole = sum(line.words for line in lines[body:end] if line.prose)
    above = 0
    for number in range(body, end):
        line = lines[number]
        if line.kind == "byline" and line.byline and above < 0.4 * whole:
            header = [n for n in range(body, number) if lines[n].kind is None and lines[n].prose]
            if len(header) > 1:
                return number
        if line.kind is None and line.prose:
            above += line.words
    return body


def _title_floor(lines: Sequence[Line], start: int, end: int) -> int:
    """Titles stand above this line: the first real paragraph."""
    for number in range(start, end):
        line = lines[number]
        if line.kind is None and line.prose and line.words > 20:
            return number
    return min(start + 1, end)


def _is_blocked(lines: Sequence[Line], number: int, start: int) -> bool:
    """Whether running prose, as of a teaser, separates a line from the article below it."""
    between = lines[number + 1 : start]
    return sum(line.words for line in between if line.kind is None and line.prose) > 80


def _title_score(
    lines: Sequence[Line], number: int, start: int, vocabulary: Counter[str], repeated: Counter[str]
) -> float:
    line = lines[number]
    words = _content(line.text)
    if not words or line.words > 40:
        return -1
    shared = sum(word in vocabulary for word in words) / len(words)
    score = 2.5 * shared
    score += 1.0 if 5 <= line.words <= 25 else -1.5 if line.words <= 2 else 0.0
    score -= 2.5 if line.text.rstrip('"” ').endswith(".") else 0.0
    score -= 1.0 if line.text.endswith(":") else 0.0
    score += 0.7 if repeated[key(line.text)] > 1 else 0.0
    score += 1.0 if _is_page_title(lines, line.text) else 0.0
    score -= sum(0.6 for between in lines[number + 1 : start] if between.kind in _PAGE_HEAD)
    below = lines[number + 1 : number + 4]
    score += 1.0 if any(after.kind == "byline" for after in below) else 0.0
    return score


def _is_page_title(lines: Sequence[Line], text: str) -> bool:
    """Whether another line repeats a text with the site's name behind it, as browsers' tabs do."""
    return any(
        other.text.startswith(text) and 3 < len(other.text) - len(text) < 60 for other in lines
    )


def _content(text: str) -> list[str]:
    return [word for word in key(text).split() if len(word) > 3]


def _paragraphs(lines: Sequence[Line], layout: _Layout) -> list[str]:
    """The article's lines below its title; labels above the first paragraph are left out."""
    found: list[str] = []
    seen = {key(lines[layout.title].text)} if layout.title is not None else set()
    running = below_byline = False
    for number, line in enumerate(lines[layout.body : layout.end], start=layout.body):
        below_byline = below_byline or line.kind == "byline"
        if line.kind is not None or (not running and key(line.text) in seen):
            continue
        after = lines[number + 1] if number + 1 < layout.end else None
        heading = below_byline and line.gap and after is not None and _is_paragraph(after)
        running = running or line.prose or heading
        if running or line.words >= 4:
            found.append(line.text)
    while found and len(found[-1].split()) < 4 and not found[-1].endswith((".", "»", "!", "”")):
        found.pop()
    return found


def _bylines(lines: Sequence[Line], layout: _Layout) -> list[Byline]:
    """The header's bylines, nearest the title first, then one just below the body."""
    top = layout.title if layout.title is not None else layout.body
    below = lines[top : layout.end]
    above = lines[max(0, top - 5) : top][::-1]
    after = lines[layout.end : min(layout.end + 3, _stop(lines, layout))]
    return [
        line.byline for line in (*below, *above, *after) if line.byline and line.kind == "byline"
    ]


def _stop(lines: Sequence[Line], layout: _Layout) -> int:
    return layout.discussion.start if layout.discussion else len(lines)
