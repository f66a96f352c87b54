"""The HTML page: our own template, safe with any article text.

Article text reaches the page as JSON in data blocks and is shown through
``textContent``; the few words of the template are autoescaped. The page's
Content-Security-Policy allows the scripts and the style that stand in it, by their
hashes, and nothing else: no request, no inline handler, no other script. Where a server
shows the page, scripts and style are files of the server, and its own policy holds.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from policygraph.errors import PolicyGraphError
from policygraph.ontology import IDS
from policygraph.view.appearance import LANGUAGES, load_appearance
from policygraph.view.payload import build_payload
from policygraph.view.selection import Selection

SCRIPTS = (
    "data", "words", "elements", "site", "choice", "scene", "summary", "labels", "pointer",
    "canvas", "vis", "stage", "panel", "search", "filters", "time", "stories", "matrix", "map",
    "speakers", "export", "print", "main",
)  # fmt: skip
"""The page's scripts in ``explorer/``, joined in this order into one function."""


def render_page(
    selection: Selection,
    *,
    lang: str = "en",
    title: str | None = None,
    site: Mapping[str, Any] | None = None,
) -> str:
    """Give the whole page as text; ``ValueError`` for a language it does not speak.

    ``site`` is what a page that a server shows knows of itself (see ``served``); without it
    the page is complete in one file.
    """
    from jinja2 import Environment
    from markupsafe import Markup

    if lang not in LANGUAGES:
        raise ValueError(f"lang {lang!r} is not one of {', '.join(LANGUAGES)}")
    words = load_appearance().words[lang]
    empty = _why_empty(selection, words, part=bool(site and site.get("part")))
    payload = build_payload(selection, lang=lang)
    own: dict[str, Any] = {"title": title}
    if site is not None:
        own["site"] = {"ids": IDS, **site}
    with_vis = "vis" in payload.data and not empty
    scripts = {"js": page_script()} | ({"vis": vis_network()} if with_vis else {})
    content = {"css": page_style(), **scripts}
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(_read("page.html.j2")).render(
        lang=lang,
        title=title or words["title"],
        words=words,
        empty=empty,
        site=site,
        data=Markup(_json(payload.data | own)),
        texts=Markup(_json(payload.texts)),
        script_hashes=" ".join(_hash(text) for text in scripts.values()),
        css_hash=_hash(content["css"]),
        **{name: Markup(text) for name, text in content.items()},
    )
    return f"{page}\n"


@cache
def page_script() -> str:
    """The scripts of ``explorer/`` as the page holds them."""
    parts = "\n".join(_read(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();'


def page_style() -> str:
    """The style sheet of the page."""
    return _read("page.css")


def _why_empty(selection: Selection, words: Any, *, part: bool) -> str | None:
    if len(selection.graph):
        return None
    if part:
        return str(words["empty_part"])
    if selection.claims:
        return str(words["empty_filters"].format(count=selection.claims))
    if selection.entities:
        return str(words["empty_entities"].format(count=selection.entities))
    return str(words["empty_graph"])


def _json(value: object) -> str:
    """JSON that can stand inside a script element: no character there can end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@cache
def _read(name: str) -> str:
    return (files("policygraph.view") / "explorer" / name).read_text(encoding="utf-8").strip()


@cache
def vis_network() -> str:
    """The copy of vis-network that pyvis ships, without the link to its source map."""
    folder = Path(str(files("pyvis"))) / "lib"
    scripts = sorted(folder.glob("vis-*/vis-network.min.js"))
    if not scripts:
        raise PolicyGraphError(
            f"{folder}: no vis-network.min.js, which pyvis 0.3.2 has; install that version"
        )
    text = scripts[-1].read_text(encoding="utf-8").strip()
    return re.sub(r"\n//# sourceMappingURL=.*$", "", text)


def _hash(text: str) -> str:
    """The text's hash as a Content-Security-Policy writes it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
