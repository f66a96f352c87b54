"""Takes JSON and JSON Lines apart into their values, one at a time, however many there are."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from policygraph.errors import SourceError
from policygraph.sources.failure import Failure
from policygraph.sources.field_names import load_field_names
from policygraph.sources.limits import LINE
from policygraph.sources.origin import Origin

Value = tuple[str, Any]
"""Where a value stands, and the value."""

_DEEPEST = 100
_LIST_DEPTH = 2
"""Objects around a list of articles, at most: ``{"response": {"results": […]}}``."""


def json_values(origin: Origin) -> Iterator[Value | Failure]:
    """The values of a JSON file: its one object, or those of its list.

    The list may stand under a key such as ``articles``, also in an object within the first.
    Raises ``SourceError`` where the text is no JSON, after the values before the fault.
    """
    number = 0
    for number, (value, listed) in enumerate(_values(origin), start=1):
        yield f"{origin.source}[{number}]" if listed else origin.source, value
    if not number:
        yield Failure(origin.source, "an empty list; expected article records")


def json_line_values(origin: Origin) -> Iterator[Value | Failure]:
    """The values of a JSON Lines file; a line that fails is named, the rest is read."""
    for number, line in origin.lines():
        where = f"{origin.source}:{number}"
        if line is None:
            yield Failure(where, f"a line of more than {LINE // 1024**2} MiB; expected an article")
        elif line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Failure(where, f"not valid JSON: {error}")
            else:
                yield where, value


def _values(origin: Origin) -> Iterator[tuple[Any, bool]]:
    """Yield a file's values, and whether each is one of a list, without holding more than one."""
    import ijson

    builder = outer = ijson.ObjectBuilder()
    depth, within, name = 0, None, ""  # ``within``: the depth of the list whose items are yielded
    undecided = listed = False  # ``undecided``: a list that may be one of articles has begun
    for event, value in _events(origin):
        starts, ends = event.startswith("start_"), event.startswith("end_")
        if undecided:
            undecided = False
            if event == "start_map":
                within = depth
            else:
                outer.event("start_array", None)
        depth -= ends
        if within is not None and depth < within:
            within, builder = None, outer
            if depth:
                outer.event("null", None)
            continue
        if event == "start_array" and _may_list(within, depth, name):
            within, undecided = (None, True) if depth else (1, False)
            listed = listed or not depth
            depth += 1
            continue
        if depth == within and not ends:
            builder = ijson.ObjectBuilder()
        builder.event(event, value)
        depth += starts
        name = value if event == "map_key" else ""
        if depth == within:
            listed = True
            yield builder.value, True
    if not listed:
        yield outer.value, False


def _may_list(within: int | None, depth: int, name: str) -> bool:
    """Whether an array that begins there may be the list of a file's articles."""
    if within is not None or depth > _LIST_DEPTH:
        return False
    return not depth or name in load_field_names().lists


def _events(origin: Origin) -> Iterator[tuple[str, Any]]:
    """The events of a JSON text; ``SourceError`` where it is none."""
    import ijson

    depth = 0
    try:
        for event, value in ijson.basic_parse(_utf8(origin), use_float=True):
            depth += event.startswith("start_") - event.startswith("end_")
            if depth > _DEEPEST:
                raise SourceError(f"not valid JSON: nested more than {_DEEPEST} deep")
            yield event, value
    except ijson.JSONError as error:
        raise SourceError(f"not valid JSON: {str(error).splitlines()[0]}") from error


def _utf8(origin: Origin) -> BinaryIO:
    """The bytes as UTF-8, which a JSON text is; one that is not is read whole."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(origin.head)
    except UnicodeDecodeError:
        return BytesIO(origin.text().encode())
    if origin.head.startswith(codecs.BOM_UTF8):
        origin.stream.read(len(codecs.BOM_UTF8))
    return origin.stream


def encodable(value: Any) -> Any:
    r"""A value with U+FFFD for the halves of characters that ``\ud800`` may write alone."""
    if isinstance(value, str):
        if value.isascii():
            return value
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [encodable(item) for item in value]
    if isinstance(value, dict):
        return {encodable(key): encodable(item) for key, item in value.items()}
    return value
