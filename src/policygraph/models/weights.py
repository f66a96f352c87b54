"""Opens the files of learned weights that ship in ``models/``, and what all of them need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from zipfile import BadZipFile

import numpy as np

from policygraph.errors import OntologyError

Array = np.ndarray[Any, Any]
T = TypeVar("T")


def read_weights(path: Path, read: Callable[[Mapping[str, Any]], T]) -> T | None:
    """What ``read`` makes of a weights file; None in a checkout that has none yet."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            return read(data)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise OntologyError(f"{path}: not the shipped weights: {error}") from error


def probability(raw: Array) -> Array:
    """Of log-odds."""
    found: Array = 1 / (1 + np.exp(-np.clip(raw, -60, 60)))
    return found
