"""``python -m benchmarks.identity``: links, clusters and speed, as ``docs/quality.md`` has them.

``python -m benchmarks.identity gold corpora/gold/dev corpora/gold/test`` scores linking and
clustering of the annotated entities of these folders, both languages mixed;
``python -m benchmarks.identity found corpora/gold/dev`` scores the QIDs of what the extractor
itself finds in their texts, over the annotated ``wikidata``;
``python -m benchmarks.identity scale 10000 100000`` times the clustering of that many mentions
of made-up things; ``python -m benchmarks.identity ingest 10000 100000`` puts so many into a graph
in memory, and times the judging of all, then that of one article more.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from benchmarks.identity.gold import VALUES, gold_records, key_of
from policygraph.authority import load_authority
from policygraph.evaluate import pair_entities
from policygraph.graph import ClaimGraph
from policygraph.graph.writing import unite
from policygraph.model import Article, Entity, Mention, Record
from policygraph.ontology import ENTITIES
from policygraph.pipeline import extract_article
from policygraph.resolve import resolve
from policygraph.resolve.clusters import cluster
from policygraph.resolve.minting import identify
from policygraph.resolve.pairs import Thing

_SHARE = 12
"""Mentions of a thing in one article of the gold corpus are 1.7, of a thing in all of it 12."""


def b_cubed(gold: Mapping[Hashable, str], found: Mapping[Hashable, str]) -> tuple[float, float]:
    """B³ precision and recall (Bagga & Baldwin, 1998) of two clusterings of the same items."""
    together = Counter((gold[item], found[item]) for item in gold)
    wanted, got = Counter(gold.values()), Counter(found[item] for item in gold)
    precision = sum(n * n / got[f] for (_, f), n in together.items()) / len(gold)
    recall = sum(n * n / wanted[g] for (g, _), n in together.items()) / len(gold)
    return precision, recall


def pairwise(gold: Mapping[Hashable, str], found: Mapping[Hashable, str]) -> tuple[float, float]:
    """Precision and recall of the pairs of items that are put together."""

    def pairs(counts: Iterable[int]) -> int:
        return sum(n * (n - 1) // 2 for n in counts)

    together = pairs(Counter((gold[item], found[item]) for item in gold).values())
    got = pairs(Counter(found[item] for item in gold).values())
    wanted = pairs(Counter(gold.values()).values())
    return together / max(1, got), together / max(1, wanted)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_gold(folders: list[Path]) -> None:
    """Print how the annotated entities of the folders are linked and clustered."""
    authority = load_authority()
    keys: dict[Hashable, str] = {}
    minted: dict[Hashable, str] = {}
    links, qids = Counter[str](), Counter[str]()
    graph = ClaimGraph()
    records = [*gold_records(folders)]
    for record in records:
        bare = tuple(replace(e, iri=None, wikidata=None) for e in record.entities)
        resolved = unite(resolve(replace(record, entities=bare, claims=())))
        iris = {e.id: e.iri or "" for e in resolve(replace(record, entities=bare)).entities}
        for entity in record.entities:
            if entity.type in VALUES:
                continue
            key, iri = key_of(record, entity), iris[entity.id]
            keys[record.id, entity.id], minted[record.id, entity.id] = key, iri
            known = authority.get(iri.removeprefix(ENTITIES))
            wanted = authority.get(key)
            for counts, counted in ((links, lambda e: e), (qids, lambda e: e and e.wikidata)):
                counts["wanted"] += bool(counted(wanted))
                counts["found"] += bool(counted(known))
                counts["right"] += bool(counted(known)) and known is wanted
        graph.add(resolved)
    started = time.process_time()
    graph.resolve()
    took = time.process_time() - started
    found = {item: graph.now(iri) for item, iri in minted.items()}
    print(f"{len(records)} articles, {len(keys)} entities, {len(set(keys.values()))} things")
    for name, counts in (("links to the authority file", links), ("QIDs", qids)):
        precision, recall = (counts["right"] / counts[of] for of in ("found", "wanted"))
        print(f"{name}: P {precision:.4f} R {recall:.4f} F1 {_f1(precision, recall):.4f}")
    for name, measure in (("B³", b_cubed), ("pairs", pairwise)):
        for when, clusters in (("by IRI", minted), ("merged", found)):
            p, r = measure(keys, clusters)
            print(f"{name}, {when}: P {p:.4f} R {r:.4f} F1 {_f1(p, r):.4f}")
    verdicts = Counter(j.verdict.value for j in graph.judgements())
    print(f"merged {len(graph.merged)} IRIs; judgements: {dict(verdicts)}; {took:.1f} s")


def score_found(folders: list[Path]) -> None:
    """Print how the entities that the extractor finds are linked to Wikidata.

    A found entity is compared with the annotated one that it shares most mentions with. Where
    they share the very words of a name, the annotation says what these words mean; where their
    mentions only overlap ("Dutch" in "the Dutch authority"), it may say what others mean.
    """
    shared, same = Counter[str](), Counter[str]()
    for gold in gold_records(folders):
        found = extract_article(gold.article)
        pairing, by_id = pair_entities(gold, found), {e.id: e for e in found.entities}
        shared["annotated"] += sum(_meant(gold, e) is not None for e in gold.entities)
        for entity in gold.entities:
            other = by_id.get(pairing.get(entity.id, ""))
            if other is None or entity.type in VALUES:
                continue
            for counts in (shared, same) if _words(entity) & _words(other) else (shared,):
                meant = _meant(gold, entity)
                counts["wanted"] += meant is not None
                counts["found"] += other.wikidata is not None
                counts["right"] += other.wikidata is not None and other.wikidata == meant
    for name, counts in (("that overlap", shared), ("with words in common", same)):
        precision, recall = (counts["right"] / max(1, counts[of]) for of in ("found", "wanted"))
        print(f"QIDs of entities {name}: P {precision:.4f} R {recall:.4f} ({counts['found']})")
    print(f"of all annotated QIDs: R {shared['right'] / max(1, shared['annotated']):.4f}")


def _words(entity: Entity) -> set[tuple[int, int]]:
    """Where the names of an entity stand."""
    return {(m.start, m.end) for m in entity.mentions if any(c.isupper() for c in m.text)}


def _meant(gold: Record, entity: Entity) -> str | None:
    """The annotated QID or, where none was written, that of the right entry."""
    if entity.type in VALUES:
        return None
    known = load_authority().get(key_of(gold, entity))
    return entity.wikidata or (known.wikidata if known else None)


def made_up(mentions: int, seed: int = 1) -> list[Thing]:
    """Things that so many mentions would name, a fifth of them written in two ways."""
    random = Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or")]

    def word() -> str:
        return "".join(random.choice(syllables) for _ in range(random.randint(2, 3))).title()

    words = [word() for _ in range(mentions // 40 + 200)]
    kinds = ("Company", "Person", "GovernmentBody", "Product", "LegalInstrument")
    names: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for _ in range(mentions // _SHARE):
        kind = random.choice(kinds)
        name = f"{random.choice(words)} {random.choice(words)}"
        names[kind, name].add(f"a{random.randrange(mentions // 40 + 1)}")
        if random.random() < 0.2:
            other = f"{name} Inc." if kind != "Person" else name.upper()
            names[kind, other].add(f"a{random.randrange(mentions // 40 + 1)}")
    return [
        Thing(
            iri=f"{ENTITIES}{kind}/{name}",
            names=(name,),
            types=frozenset({kind}),
            articles=frozenset(articles),
        )
        for (kind, name), articles in names.items()
    ]


def time_scale(sizes: list[int]) -> None:
    """Print the processor time of clustering so many made-up mentions."""
    for size in sizes:
        things = made_up(size)
        started = time.process_time()
        found = cluster(things, {})
        took = time.process_time() - started
        print(f"{size} mentions, {len(things)} things: {took:.1f} s, {len(found.targets)} merged")


def time_ingest(sizes: list[int]) -> None:
    """Print the processor time of judging all things of a graph, then those of a new article."""
    for size in sizes:
        inside: defaultdict[str, list[Thing]] = defaultdict(list)
        for thing in made_up(size):
            for article in sorted(thing.articles):
                inside[article].append(thing)
        *most, last = (_article(name, things) for name, things in sorted(inside.items()))
        graph = ClaimGraph()
        graph.extend(most)
        took = [_time_of(graph)]
        graph.add(last)
        took.append(_time_of(graph))
        print(f"{size} mentions, {len(most)} articles: {took[0]:.2f} s; then one: {took[1]:.3f} s")


def _time_of(graph: ClaimGraph) -> float:
    started = time.process_time()
    graph.resolve()
    return time.process_time() - started


def _article(source: str, things: list[Thing]) -> Record:
    """An article that names these things and says nothing of them."""
    names = [thing.names[0] for thing in things]
    starts = [sum(len(name) + 1 for name in names[:i]) for i in range(len(names))]
    entities = tuple(
        Entity(
            id=f"e{number}",
            name=name,
            type=next(iter(thing.types)),
            mentions=(Mention(start, start + len(name), name),),
        )
        for number, (thing, name, start) in enumerate(zip(things, names, starts, strict=True), 1)
    )
    text = " ".join(names)
    return identify(Record(article=Article(source=source, text=text, lang="en"), entities=entities))


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("gold", "found", "scale", "ingest"))
    parser.add_argument("values", nargs="+", help="folders of gold records, or numbers of mentions")
    options = parser.parse_args()
    if options.what in ("scale", "ingest"):
        measure = time_scale if options.what == "scale" else time_ingest
        measure([int(value) for value in options.values])
    else:
        score = score_gold if options.what == "gold" else score_found
        score([Path(value) for value in options.values])


if __name__ == "__main__":
    main()
