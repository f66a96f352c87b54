"""Reads CoNLL-U treebanks into sentences of surface tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Sentence:
    """Parallel lists, one item a token; ``heads`` count from 0 in it, a root heads itself."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    form: str
    lemma: str
    upos: str
    feats: str
    head: str
    dep: str
    misc: str


# articles that the project measures itself on (shared/dev): never to be trained on
HELD_OUT = frozenset({"GUM_news_hackers", "GUM_news_ie9"})


def read_documents(path: Path, *, merge: bool) -> Iterator[list[Sentence]]:
    """Yield the documents of a CoNLL-U file, but for those of ``HELD_OUT``.

    With ``merge``, the words of a contraction become one token ("du": ADP, lemma "de le"),
    which takes the word class and arc of its head word, as ``spacy convert -m`` does.
    """
    document: list[Sentence] = []
    rows: list[_Row] = []
    wanted = True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            if document:
                yield document
            document = []
            wanted = line.partition("=")[2].strip() not in HELD_OUT
        elif line.startswith("#"):
            continue
        elif line.strip():
            cells = line.split("\t")
            if "." not in cells[0]:
                rows.append(
                    _Row(*cells[:4], cells[5], cells[6], cells[7], cells[9])  # type: ignore[misc]
                )
        elif rows:
            if wanted:
                document.append(_sentence(rows, merge))
            rows = []
    if rows and wanted:
        document.append(_sentence(rows, merge))
    if document:
        yield document


def _sentence(rows: list[_Row], merge: bool) -> Sentence:
    groups = list(_groups(rows, merge))
    place = {row.id: index for index, (_, words, _) in enumerate(groups) for row in words}
    sentence = Sentence()
    for index, (form, words, space) in enumerate(groups):
        ids = {row.id for row in words}
        head_word = next((row for row in words if row.head not in ids), words[0])
        sentence.words.append(form)
        sentence.spaces.append(space)
        sentence.lemmas.append(" ".join("" if r.lemma == "_" != r.form else r.lemma for r in words))
        sentence.pos.append(head_word.upos)
        sentence.morphs.append("" if head_word.feats == "_" else head_word.feats)
        sentence.heads.append(index if head_word.head == "0" else place[head_word.head])
        sentence.deps.append("ROOT" if head_word.head == "0" else head_word.dep)
    return sentence


def _groups(rows: list[_Row], merge: bool) -> Iterator[tuple[str, list[_Row], bool]]:
    """Each surface token: form, the syntactic words in it, and whether a space follows."""
    words = {row.id: row for row in rows if "-" not in row.id}
    inside: dict[str, _Row] = {}
    for row in rows:
        if "-" not in row.id:
            continue
        first, last = (int(n) for n in row.id.split("-"))
        if merge or "".join(words[str(n)].form for n in range(first, last + 1)) != row.form:
            if merge:
                yield_ids = [str(n) for n in range(first, last + 1)]
                inside |= {n: row for n in yield_ids}
        else:
            for n in range(first, last):
                inside[str(n)] = _GLUED
            if "SpaceAfter=No" in row.misc:
                inside[str(last)] = _GLUED
    done: set[str] = set()
    for word in words.values():
        row = inside.get(word.id)
        if row is None:
            yield word.form, [word], "SpaceAfter=No" not in word.misc
        elif row is _GLUED:
            yield word.form, [word], False
        elif row.id not in done:
            done.add(row.id)
            first, last = (int(n) for n in row.id.split("-"))
            group = [words[str(n)] for n in range(first, last + 1)]
            yield row.form, group, "SpaceAfter=No" not in row.misc


_GLUED = _Row("", "", "", "", "", "", "", "")
