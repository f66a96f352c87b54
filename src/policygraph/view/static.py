"""The picture for print: matplotlib draws what the page draws, as SVG, PDF or PNG.

Nodes stand where the page puts them and keep their colours and shapes; lines keep the
colour and dashes of their status. Above ``BUDGET`` lines it is a summary by communities, as on
the page. Text is drawn as text: nothing in it is interpreted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.errors import PolicyGraphError
from policygraph.view.appearance import LANGUAGES, load_appearance
from policygraph.view.drawing import short
from policygraph.view.payload import BUDGET, build_payload
from policygraph.view.selection import Selection

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = (".svg", ".pdf", ".png")

_MARKERS = {
    "dot": "o", "square": "s", "diamond": "D", "triangle": "^", "triangleDown": "v",
    "hexagon": "H", "star": "*",
}  # fmt: skip

_INCH = 90.0
"""Pixels of the page's layout to an inch of paper."""

_LABELLED = 120
"""Lines up to which they carry their names, and entities up to which all do."""


def draw_figure(selection: Selection, *, lang: str = "en", title: str | None = None) -> Figure:
    """Draw a selection as a matplotlib figure, to save or to show in a notebook.

    Raises:
        ValueError: a language the picture does not speak.
        PolicyGraphError: matplotlib is not installed.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang {lang!r} is not one of {', '.join(LANGUAGES)}")
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise PolicyGraphError(
            "static pictures need matplotlib; pip install 'policygraph[figures]'"
        ) from error
    data = build_payload(selection, lang=lang).data
    if len(data["lines"]) > BUDGET:
        from policygraph.view.digest import draw_summary

        return draw_summary(data, lang=lang, title=title)
    places = _places(data)
    width, height = (max(axis, default=1) - min(axis, default=0) for axis in _axes(places))
    figure = Figure(figsize=(_side(width), _side(height)), layout="constrained")
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.invert_yaxis()  # the page counts downwards
    if title:
        axes.set_title(title, parse_math=False)
    few = len(data["lines"]) <= _LABELLED
    (_draw_lines if few else _draw_many_lines)(axes, data, places, lang)
    _draw_nodes(axes, data, places, lang)
    return figure


def write_figure(
    selection: Selection, path: Path, *, lang: str = "en", title: str | None = None
) -> None:
    """Save a selection as the kind of picture that the file's name asks for.

    The same selection gives the same bytes: no date is written into the file.
    """
    if path.suffix.lower() not in FORMATS:
        raise PolicyGraphError(
            f"{path}: a static picture is one of {', '.join(FORMATS)}; name the file so"
        )
    figure = draw_figure(selection, lang=lang, title=title)
    import matplotlib as mpl

    dateless: dict[str, Any] = {
        ".svg": {"Date": None, "Creator": "policygraph"},
        ".pdf": {"CreationDate": None, "Creator": "policygraph", "Producer": None},
        ".png": {"Software": "policygraph"},
    }
    try:
        # letters stay letters, that a paper's PDF can be searched; ids do not change
        with mpl.rc_context(
            {"svg.fonttype": "none", "svg.hashsalt": "policygraph", "pdf.fonttype": 42}
        ):
            figure.savefig(path, dpi=200, metadata=dateless[path.suffix.lower()])
    except OSError as error:
        raise PolicyGraphError(
            f"{path}: the picture cannot be written ({error.strerror}); choose another file"
        ) from error


def _side(pixels: float) -> float:
    return min(24.0, max(4.0, pixels / _INCH))


def _places(data: dict[str, Any]) -> list[tuple[float, float]]:
    if "vis" in data:
        return [(node["x"], node["y"]) for node in data["vis"]["nodes"]]
    return [(x, y) for x, y in data["places"]]


def _axes(places: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in places], [y for _, y in places]


def _draw_lines(
    axes: Any, data: dict[str, Any], places: list[tuple[float, float]], lang: str
) -> None:
    statuses = data["statuses"]
    bends: dict[tuple[int, int], int] = {}
    for source, target, own in data["lines"]:
        if source == target:
            continue
        claim = data["claims"][own[0]]
        negated = claim.get("negated", False)
        dashes = statuses[claim["status"]]["dashes"]
        color = statuses["negated" if negated else claim["status"]]["line"]
        pair = (min(source, target), max(source, target))
        turn = bends[pair] = bends.get(pair, -1) + 1
        bend = (1 if source < target else -1) * (-1) ** turn * 0.12 * ((turn + 1) // 2)
        arrow = "-" if data["predicates"][claim["p"]].get("symmetric") else "-|>"
        axes.annotate(
            "",
            xy=places[target],
            xytext=places[source],
            zorder=1,
            arrowprops={
                "arrowstyle": arrow,
                "connectionstyle": f"arc3,rad={bend}",
                "color": color,
                "linewidth": 0.7,
                "linestyle": (0, [length / 2 for length in dashes]) if dashes else "solid",
                "mutation_scale": 7,
                "shrinkA": 5,
                "shrinkB": 6,
                "alpha": 0.9,
            },
        )
        label = data["predicates"][claim["p"]]["label"][lang]
        words = data["negated"][lang].format(label=label) if negated else label
        (ax, ay), (bx, by) = places[source], places[target]
        middle = ((ax + bx) / 2 + (by - ay) * bend / 2, (ay + by) / 2 - (bx - ax) * bend / 2)
        _write(axes, middle, words, size=4.5, color=color, va="center")


def _draw_many_lines(
    axes: Any, data: dict[str, Any], places: list[tuple[float, float]], lang: str
) -> None:
    """Straight lines without names, all of one look at once."""
    from matplotlib.collections import LineCollection

    looks: dict[tuple[str, tuple[float, ...]], list[Any]] = {}
    for source, target, own in data["lines"]:
        claim = data["claims"][own[0]]
        status = data["statuses"]["negated" if claim.get("negated") else claim["status"]]
        dashes = tuple(length / 2 for length in data["statuses"][claim["status"]]["dashes"])
        looks.setdefault((status["line"], dashes), []).append([places[source], places[target]])
    for (color, dashes), lines in sorted(looks.items()):
        style: Any = (0, dashes) if dashes else "solid"
        axes.add_collection(
            LineCollection(
                lines, colors=color, linestyles=[style], linewidths=0.35, alpha=0.5, zorder=1
            )
        )


def _draw_nodes(
    axes: Any, data: dict[str, Any], places: list[tuple[float, float]], lang: str
) -> None:
    look = load_appearance()
    degrees = [0] * len(places)
    for claim in data["claims"]:
        degrees[claim["s"]] += 1
        degrees[claim["o"]] += 1
    by_type: dict[str, list[int]] = {}
    for row, entity in enumerate(data["entities"]):
        by_type.setdefault(entity["type"], []).append(row)
    for type_, rows in by_type.items():
        shape = look.types.get(type_, look.other)
        axes.scatter(
            [places[row][0] for row in rows],
            [places[row][1] for row in rows],
            s=[22 + 8 * min(degrees[row], 40) for row in rows],
            marker=_MARKERS[shape.shape],
            color=shape.fill,
            edgecolors="white",
            linewidths=0.5,
            zorder=2,
            label=data["types"][type_]["label"][lang],
        )
    ranked = sorted(range(len(places)), key=lambda row: (-degrees[row], row))
    names = [short(data["entities"][row]["names"][lang]) for row in ranked]
    spots = [(places[row][0], places[row][1] + 11 + 1.2 * min(degrees[row], 12)) for row in ranked]
    for spot, name in _with_room(spots, names, _letter(places)):
        _write(axes, spot, name, size=6, va="top")
    if by_type:
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), fontsize=6, frameon=False)


def _letter(places: list[tuple[float, float]]) -> float:
    """The width of a letter of names, in pixels of the layout."""
    width = max((max(axis) - min(axis) for axis in _axes(places)), default=1)
    return 3.3 * max(1.0, width / _INCH / 24.0) * _INCH / 72


def _with_room(
    spots: Sequence[tuple[float, float]], names: Sequence[str], letter: float
) -> Iterator[tuple[tuple[float, float], str]]:
    """The names, first come first served, that do not overlap others; all of a small picture."""
    taken: list[tuple[float, float, float, float]] = []
    for (x, y), name in zip(spots, names, strict=True):
        rows = name.split("\n")
        half = max(map(len, rows)) * letter / 2
        box = (x - half, y, x + half, y + 2.2 * letter * len(rows))
        if len(names) > _LABELLED and any(
            box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
            for other in taken
        ):
            continue
        taken.append(box)
        yield (x, y), name
        if len(taken) == 4 * _LABELLED:
            return


def _write(
    axes: Any,
    place: tuple[float, float],
    text: str,
    *,
    size: float,
    va: str,
    color: str = "#1b2430",
) -> None:
    axes.text(
        *place,
        text,
        ha="center",
        va=va,
        fontsize=size,
        color=color,
        zorder=3,
        parse_math=False,  # a "$" in a name is a dollar
        # a halo would turn letters into curves
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.2},
    )
