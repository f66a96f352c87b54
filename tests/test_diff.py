from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sample_records import make_record, said
from typer.testing import CliRunner

from policygraph.cli import app
from policygraph.diff import diff
from policygraph.errors import QueryError
from policygraph.graph import ClaimGraph
from policygraph.model import Record, Status
from policygraph.resolve import resolve

TYPES = {"Zephyr": "Company", "Papillon": "Company", "ARCO": "GovernmentBody"}


def told(day: str | None, subject: str, predicate: str, object: str, **options: object) -> Record:
    """An article of that day that says one thing."""
    words = f"{subject} {predicate} {object}"
    names = {name: TYPES[name] for name in (subject, object)}
    claim = said(subject, predicate, object, words, **options)
    text = f"{words}, {day}, {options}."
    return resolve(make_record(text, names, (claim,), published=day, title=f"On {day}"))


@pytest.fixture
def graph() -> ClaimGraph:
    graph = ClaimGraph.open(None)
    graph.extend(
        [
            told("2020-01-02", "Zephyr", "acquires", "Papillon", status=Status.PLANNED),
            told("2020-02-01", "Zephyr", "partnersWith", "Papillon"),
            told("2020-03-05", "Zephyr", "acquires", "Papillon"),
            told("2020-03-06", "Papillon", "partnersWith", "Zephyr"),
            told("2020-03", "ARCO", "fines", "Zephyr", amount="5 EUR"),
            told("2020-03-07", "ARCO", "fines", "Zephyr", amount="5 EUR"),
            told(None, "ARCO", "investigates", "Zephyr"),
        ]
    )
    return graph


def test_what_is_new_what_changed_and_what_was_said_again(graph: ClaimGraph) -> None:
    found = diff(graph, "2020-03")

    changes = {change.predicate: change for change in found.changes}
    assert (found.articles, found.undated) == (4, 1)
    assert {name: change.kind for name, change in changes.items()} == {
        "acquires": "changed",
        "partnersWith": "repeated",  # the same, whichever of the two is named first
        "fines": "new",
    }
    deal, fine = changes["acquires"], changes["fines"]
    assert (deal.before, deal.state, deal.published) == ("planned", "actual", "2020-03-05")
    assert (deal.subject, deal.object, deal.title) == ("Zephyr", "Papillon", "On 2020-03-05")
    assert deal.evidence == "Zephyr acquires Papillon"
    assert (fine.state, fine.before, fine.articles) == ("actual, 5 EUR", None, 2)
    assert [change.published for change in found.changes] == [
        "2020-03-07", "2020-03-06", "2020-03-05",
    ]  # fmt: skip
    assert [name for _, name in found.entities] == ["ARCO"]


def test_a_denial_is_a_change(graph: ClaimGraph) -> None:
    graph.add(told("2020-04-01", "Zephyr", "acquires", "Papillon", negated=True))

    [change] = diff(graph, "2020-04-01").changes

    assert (change.kind, change.before, change.state) == ("changed", "actual", "denied actual")


def test_the_order_of_adding_does_not_matter(graph: ClaimGraph) -> None:
    other = ClaimGraph.open(None)
    other.extend(reversed([*graph.records()]))

    assert diff(other, "2020-03") == diff(graph, "2020-03")


@pytest.mark.parametrize("since", ["yesterday", "2020-13", "2020-02-30", '2020") } #'])
def test_what_is_no_date_is_refused(graph: ClaimGraph, since: str) -> None:
    with pytest.raises(QueryError, match="is no date; expected one such as 2020-08-04"):
        diff(graph, since)


def test_the_command_prints_a_table_or_json(graph: ClaimGraph, tmp_path: Path) -> None:
    with ClaimGraph.open(tmp_path / "g", create=True) as stored:
        stored.extend(replace(record) for record in graph.records())
    arguments = ["diff", "--since", "2020-03", "--graph", str(tmp_path / "g")]

    shown = CliRunner().invoke(app, arguments)
    printed = CliRunner().invoke(app, [*arguments, "--format", "json"])

    assert "changed" in shown.stdout
    assert "planned → actual" in shown.stdout
    assert "1 article has no date" in shown.stderr
    found = json.loads(printed.stdout)
    assert found["changes"][0]["predicate"] == "fines"
    assert found["entities"][0]["name"] == "ARCO"
