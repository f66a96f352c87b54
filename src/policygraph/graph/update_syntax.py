"""Reads as much of SPARQL 1.1 Update as tells what each operation writes, and where.

Templates and patterns stay text, for Oxigraph to read. https://www.w3.org/TR/sparql11-update/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.errors import QueryError

_TOKEN = re.compile(
    r"""
      (?P<space> \s+ | \#[^\r\n]* )
    | (?P<iri> < (?: [^<>"{}|^`\\\x00-\x20] | \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} )* > )
    | (?P<string> \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )* \"{3}
                | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )* '{3}
                | " (?: [^"\\\r\n] | \\. )* "
                | ' (?: [^'\\\r\n] | \\. )* ' )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[\w-]+ )
    | (?P<name> (?: [^\W\d] (?: [\w.-]* [\w-] )? )? :
                (?: [\w:%-] | \\. | \. (?= [\w:%\\.-] ) )* )
    | (?P<word> \w+ )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)

_SHOWN = {"iri": "<IRI>", "name": "prefix:name", "variable": "?variable"}


@dataclass(frozen=True, slots=True)
class Block:
    """Triples of a template; ``graph`` is as the text names it, None for the default graph."""

    graph: str | None
    triples: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Deletes and inserts for each solution of ``where``, which says no more than {} for data.

    ``within`` is the graph of WITH; ``using`` holds the USING clauses as they stand.
    """

    prologue: str
    delete: tuple[Block, ...] = ()
    insert: tuple[Block, ...] = ()
    within: str | None = None
    using: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Management:
    """An operation on whole graphs: ``verb`` is CLEAR, DROP, CREATE, ADD, COPY or MOVE.

    A graph is as the text names it, or DEFAULT, NAMED or ALL; only the last three verbs have
    a ``target``.
    """

    prologue: str
    verb: str
    source: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


def read_update(text: str) -> list[Change | Management]:
    """The operations of an update, in order.

    Raises ``QueryError`` where the text is no update, or would load a file.
    """
    return [*_Reader(text).operations()]


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [
            _Token(str(found.lastgroup), found[0], found.start(), found.end())
            for found in _TOKEN.finditer(text)
            if found.lastgroup != "space"
        ]
        self._next = 0
        self._prologue = ""

    def operations(self) -> Iterator[Change | Management]:
        while True:
            self._read_prologue()
            if self._peek() == "":
                return
            yield self._operation()
            if self._peek() != "":
                self._expect(";")

    def _read_prologue(self) -> None:
        while (word := self._peek()) in ("BASE", "PREFIX"):
            start = self._take().start
            if word == "PREFIX":
                self._take_kind("name")
            end = self._take_kind("iri").end
            self._prologue += f"{self._text[start:end]}\n"

    def _operation(self) -> Change | Management:
        word = self._peek()
        if word in ("CLEAR", "DROP", "CREATE", "ADD", "COPY", "MOVE"):
            return self._management()
        within = self._take_graph() if self._accept("WITH") else None
        delete: tuple[Block, ...] = ()
        insert: tuple[Block, ...] = ()
        if self._accept("DELETE"):
            if within is None and self._accept("DATA"):
                return Change(prologue=self._prologue, delete=self._blocks("?", "$", "_:"))
            if within is None and self._accept("WHERE"):
                start = self._next
                delete = self._blocks("_:")
                where = self._inside(start)
                return Change(prologue=self._prologue, delete=delete, where=where)
            delete = self._blocks("_:")
        elif word == "LOAD":
            raise QueryError("LOAD is refused: this server fetches nothing; send the triples")
        elif self._peek() != "INSERT":
            raise self._wrong("INSERT, DELETE, WITH, CLEAR, DROP, CREATE, ADD, COPY or MOVE")
        if self._accept("INSERT"):
            if within is None and not delete and self._accept("DATA"):
                return Change(prologue=self._prologue, insert=self._blocks("?", "$"))
            insert = self._blocks()
        using = " ".join(self._using())
        self._expect("WHERE")
        start = self._next
        self._skip_braces()
        return Change(
            prologue=self._prologue,
            delete=delete,
            insert=insert,
            within=within,
            using=using,
            where=self._inside(start),
        )

    def _management(self) -> Management:
        verb = self._take().text.upper()
        self._accept("SILENT")
        two = verb in ("ADD", "COPY", "MOVE")
        source = self._reference(groups=() if two or verb == "CREATE" else ("NAMED", "ALL"))
        if not two:
            return Management(prologue=self._prologue, verb=verb, source=source)
        self._expect("TO")
        target = self._reference()
        return Management(prologue=self._prologue, verb=verb, source=source, target=target)

    def _reference(self, *, groups: tuple[str, ...] = ()) -> str:
        """A graph, DEFAULT, or one of the words for several graphs."""
        for word in ("DEFAULT", *groups):
            if self._accept(word):
                return word
        self._accept("GRAPH")
        return self._take_graph()

    def _using(self) -> Iterator[str]:
        while self._accept("USING"):
            named = "NAMED " if self._accept("NAMED") else ""
            yield f"USING {named}{self._take_graph()}"

    def _blocks(self, *unfit: str) -> tuple[Block, ...]:
        """What stands in braces, triples and graphs: each block's triples as text.

        Variables or blank nodes, which begin with one of ``unfit``, are refused.
        """
        first = self._next
        self._expect("{")
        blocks: list[Block] = []
        start = self._next
        while self._peek() not in ("}", ""):
            if self._peek() == "GRAPH":
                self._add_triples(blocks, start)
                self._take()
                graph = self._take_graph(variable=True)
                start = self._next
                self._skip_braces()
                blocks.append(Block(graph, self._inside(start)))
                self._accept(".")
                start = self._next
            else:
                self._take()
        self._add_triples(blocks, start)
        self._expect("}")
        for token in self._tokens[first : self._next]:
            if token.kind in ("variable", "name") and token.text.startswith(unfit):
                raise QueryError(f"the update is not SPARQL: {token.text} cannot stand there")
        return tuple(blocks)

    def _add_triples(self, blocks: list[Block], start: int) -> None:
        if start < self._next:
            first, last = self._tokens[start], self._tokens[self._next - 1]
            blocks.append(Block(None, self._text[first.start : last.end]))

    def _skip_braces(self) -> None:
        """Go past a pair of braces and all that is in it."""
        self._expect("{")
        depth = 1
        while depth:
            if self._peek() == "":
                raise self._wrong("}")
            mark = self._take().text
            depth += (mark == "{") - (mark == "}")

    def _inside(self, start: int) -> str:
        """The text between the brace that is the ``start``-th token and the one just read."""
        return self._text[self._tokens[start].end : self._tokens[self._next - 1].start]

    def _take_graph(self, *, variable: bool = False) -> str:
        kinds = ("iri", "name", "variable") if variable else ("iri", "name")
        return self._take_kind(*kinds).text

    def _take_kind(self, *kinds: str) -> _Token:
        if self._next == len(self._tokens) or self._tokens[self._next].kind not in kinds:
            raise self._wrong(" or ".join(_SHOWN[kind] for kind in kinds))
        return self._take()

    def _peek(self) -> str:
        """The next token, words in capitals; "" at the end."""
        if self._next == len(self._tokens):
            return ""
        token = self._tokens[self._next]
        return token.text.upper() if token.kind == "word" else token.text

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _accept(self, text: str) -> bool:
        found = self._peek() == text
        self._next += found
        return found

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise self._wrong(text)

    def _wrong(self, expected: str) -> QueryError:
        if self._next == len(self._tokens):
            return QueryError(f"the update is not SPARQL: at its end: expected {expected}")
        token = self._tokens[self._next]
        line = self._text.count("\n", 0, token.start) + 1
        return QueryError(
            f"the update is not SPARQL: line {line}, at {token.text[:30]!r}: expected {expected}"
        )
