"""What a query gives: rows for SELECT, triples for CONSTRUCT and DESCRIBE, yes or no for ASK."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, overload

import pyoxigraph as ox

from policygraph.errors import PolicyGraphError
from policygraph.graph.terms import PREFIXES

if TYPE_CHECKING:
    import pandas

Kind = Literal["select", "ask", "construct"]
Value = str | int | float | bool | None
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

SOLUTION_FORMATS: Mapping[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS: Mapping[str, ox.RdfFormat] = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}

_NUMBERS = {
    PREFIXES["xsd"] + name: convert
    for names, convert in (
        (("integer", "int", "long", "nonNegativeInteger", "positiveInteger"), int),
        (("decimal", "double", "float"), float),
    )
    for name in names
}
_BOOLEAN = PREFIXES["xsd"] + "boolean"


class Row:
    """One answer: values by the name of their variable or by position.

    Values are plain Python: text for IRIs, strings and dates, numbers and booleans as such,
    None where the query left the variable unbound. ``term`` gives the RDF term itself.
    """

    __slots__ = ("_terms", "variables")

    def __init__(self, variables: tuple[str, ...], terms: tuple[Term | None, ...]) -> None:
        self.variables = variables
        self._terms = terms

    def __getitem__(self, key: str | int) -> Value:
        return _value(self.term(key))

    def term(self, key: str | int) -> Term | None:
        """The RDF term of a variable, with its datatype or language."""
        if isinstance(key, int):
            return self._terms[key]
        try:
            return self._terms[self.variables.index(key)]
        except ValueError:
            known = ", ".join(self.variables)
            raise KeyError(f"no variable {key!r} in this row; it has {known}") from None

    def as_dict(self) -> dict[str, Value]:
        """Values by variable."""
        return dict(zip(self.variables, self, strict=True))

    def __iter__(self) -> Iterator[Value]:
        return (_value(term) for term in self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return (self.variables, self._terms) == (other.variables, other._terms)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.variables, self._terms))

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{k}={v!r}' for k, v in self.as_dict().items())})"


class Rows:
    """The answer to a query, complete and independent of the store.

    SELECT gives one row an answer; CONSTRUCT and DESCRIBE give triples as rows of
    ``subject``, ``predicate``, ``object``; ASK gives no rows: ``bool(rows)`` is its answer.
    """

    def __init__(self, kind: Kind, content: bytes) -> None:
        """``content`` is SPARQL results JSON, or N-Triples for a graph."""
        self.kind = kind
        self._content = content

    @cached_property
    def _answer(self) -> bool:
        result = ox.parse_query_results(self._content, ox.QueryResultsFormat.JSON)
        return isinstance(result, ox.QueryBoolean) and bool(result)

    @cached_property
    def _table(self) -> tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]:
        if self.kind == "construct":
            triples = ox.parse(self._content, ox.RdfFormat.N_TRIPLES)
            found = tuple((t.subject, t.predicate, t.object) for t in triples)
            return ("subject", "predicate", "object"), found
        if self.kind == "ask":
            return (), ()
        result = ox.parse_query_results(self._content, ox.QueryResultsFormat.JSON)
        assert isinstance(result, ox.QuerySolutions)
        variables = tuple(variable.value for variable in result.variables)
        return variables, tuple(tuple(solution) for solution in result)

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the query."""
        return self._table[0]

    def __iter__(self) -> Iterator[Row]:
        variables, found = self._table
        return (Row(variables, terms) for terms in found)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [Row(self.variables, terms) for terms in self._table[1][index]]
        return Row(self.variables, self._table[1][index])

    def __len__(self) -> int:
        return len(self._table[1])

    def __bool__(self) -> bool:
        return self._answer if self.kind == "ask" else len(self) > 0

    def __repr__(self) -> str:
        if self.kind == "ask":
            return f"Rows(ask: {self._answer})"
        return f"Rows({len(self)} × {', '.join(self.variables)})"

    def serialize(self, format: str) -> bytes:
        """The W3C result formats ``json``, ``csv``, ``tsv``, ``xml``; a graph's ``ttl``, ``nt``…

        Raises ``ValueError`` for a format that does not fit the kind of query.
        """
        if self.kind == "construct":
            chosen = _choose(GRAPH_FORMATS, format, "a CONSTRUCT or DESCRIBE query")
            triples = list(ox.parse(self._content, ox.RdfFormat.N_TRIPLES))
            return ox.serialize(triples, format=chosen, prefixes=dict(PREFIXES)) or b""
        chosen_table = _choose(SOLUTION_FORMATS, format, f"a query of the kind {self.kind.upper()}")
        result = ox.parse_query_results(self._content, ox.QueryResultsFormat.JSON)
        return result.serialize(format=chosen_table) or b""

    def to_dataframe(self) -> pandas.DataFrame:
        """A pandas DataFrame, one column a variable; needs pandas."""
        try:
            import pandas
        except ImportError as error:
            raise PolicyGraphError(
                "to_dataframe() needs pandas, which is not installed; pip install pandas"
            ) from error
        return pandas.DataFrame([list(row) for row in self], columns=list(self.variables))


def _choose(formats: Mapping[str, Any], format: str, what: str) -> Any:
    if format not in formats:
        raise ValueError(f"{what} has the formats {', '.join(formats)}, not {format!r}")
    return formats[format]


def _value(term: Term | None) -> Value:
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return str(term) if isinstance(term, ox.Triple) else term.value
    datatype = term.datatype.value
    if datatype == _BOOLEAN:
        return term.value in ("true", "1")
    convert = _NUMBERS.get(datatype)
    try:
        return convert(term.value) if convert else term.value
    except ValueError:  # "abc"^^xsd:integer is legal RDF
        return term.value
