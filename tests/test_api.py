from __future__ import annotations

import subprocess
import sys

import pytest

import policygraph
from policygraph import errors
from policygraph.errors import PolicyGraphError

LIGHT = """
import sys
import policygraph
policygraph.__version__
heavy = {"spacy", "pyoxigraph", "rdflib", "networkx", "typer", "numpy", "logging"}
print(sorted(heavy & set(sys.modules)))
"""


def test_every_promised_name_is_there() -> None:
    for name in policygraph.__all__:
        assert getattr(policygraph, name) is not None
    assert sorted(policygraph.__all__) == policygraph.__all__
    assert set(policygraph.__all__) <= set(dir(policygraph))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        policygraph.nonsense  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
    assert done.stderr == ""


def test_every_error_is_drawn_in_the_tree_and_exported() -> None:
    kinds = [v for v in vars(errors).values() if isinstance(v, type)]

    for kind in kinds:
        assert issubclass(kind, PolicyGraphError)
        assert kind.__name__ in (errors.__doc__ or "")
        assert kind.__name__ in policygraph.__all__


def test_the_function_stays_a_function_when_the_package_behind_it_is_imported() -> None:
    import policygraph.extraction as package

    assert callable(policygraph.extract)
    assert policygraph.extract.__module__ == "policygraph.pipeline"
    assert package.extract is not policygraph.extract
