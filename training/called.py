"""Writes what known things are called and where they are based: ``python -m training.called``.

``ontology/lexicon/called.LANG.txt`` counts, for every entry of the authority file and every noun of
the lexicon, the gold training articles in which the noun stands for it; ``seats.txt``, for every
entry and every place of the file, those that say that it is based there.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from policygraph import nlp as pipelines
from policygraph.extraction.names.called import Call
from policygraph.model import Record
from policygraph.ontology import ontology_dir
from policygraph.rules import LANGS
from training.annotated import Matched, gold_records, matched


def calls(article: Matched) -> set[Call]:
    """What an article calls the known things that it is about."""
    reading, found = article.reading, set()
    for i, entity in article.heads.items():
        node, token = article.node_of.get(entity.id), reading.tokens[i]
        if node is None or node.known is None or reading.pos[i] != "NOUN":
            continue
        if reading.lexicon.types_of_noun(token):
            found.add((node.known.slug, reading.lemmas[i]))
    return found


def seats(article: Matched, gold: Record) -> set[Call]:
    """Where an article says that known things are based."""
    known = {g: node.known for g, node in article.node_of.items() if node.known is not None}
    return {
        (known[c.subject].slug, known[c.object].slug)
        for c in gold.claims
        if c.predicate == "basedIn"
        and not c.negated
        and c.subject in known
        and c.object in known
        and known[c.object].type == "Place"
    }


def table(counts: Mapping[Call, int]) -> str:
    """Lines of a slug, a noun or place and a count, parted by tabs, sorted."""
    return "".join(f"{slug}\t{noun}\t{count}\n" for (slug, noun), count in sorted(counts.items()))


def write(folders: Iterable[Path]) -> None:
    """Read the articles and write the tables."""
    counts: dict[str, Counter[Call]] = {f"called.{lang}": Counter() for lang in LANGS}
    counts["seats"] = Counter()
    for gold in gold_records(*folders):
        doc = pipelines.analyse(pipelines.load(gold.article.lang), gold.article.text)
        article = matched(doc, gold)
        counts[f"called.{gold.article.lang}"].update(calls(article))
        counts["seats"].update(seats(article, gold))
    for name, found in counts.items():
        path = ontology_dir() / "lexicon" / f"{name}.txt"
        path.write_text(table(found), encoding="utf-8")
        print(path.name, len(found), "rows")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.called", description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="*", type=Path, default=[Path("corpora/gold/train")])
    write(parser.parse_args().gold)
