"""Writes what nouns known things are called by: ``python -m training.called``.

``ontology/lexicon/called.LANG.txt`` counts, for every entry of the authority file and every noun of
the lexicon, the gold training articles in which the noun stands for it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from policygraph import nlp as pipelines
from policygraph.extraction.called import Call
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


def table(counts: Mapping[Call, int]) -> str:
    """Lines of a slug, a noun and a count, parted by tabs, sorted."""
    return "".join(f"{slug}\t{noun}\t{count}\n" for (slug, noun), count in sorted(counts.items()))


def write(folders: Iterable[Path]) -> None:
    """Read the articles and write the tables."""
    counts: dict[str, Counter[Call]] = {lang: Counter() for lang in LANGS}
    for gold in gold_records(*folders):
        doc = pipelines.analyse(pipelines.load(gold.article.lang), gold.article.text)
        counts[gold.article.lang].update(calls(matched(doc, gold)))
    for lang, found in counts.items():
        path = ontology_dir() / "lexicon" / f"called.{lang}.txt"
        path.write_text(table(found), encoding="utf-8")
        print(path.name, len(found), "rows")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="training.called", description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="*", type=Path, default=[Path("corpora/gold/train")])
    write(parser.parse_args().gold)
