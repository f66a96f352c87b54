"""Writes the tables of verb forms that lemmas fall back on: ``python -m training.verbs``.

The trained lemmatizers invent lemmas for rare forms ("opposerait" → "opposerer"). A table,
``ontology/lexicon/verbs.LANG.txt``, maps each inflected form of the verbs that the rules know
to its lemma, by simplemma's dictionaries (MIT; data after Wiktionary and others, see its
licences), but for the homographs of ``verbs.toml``. French verbs in "-er" that it does not have,
like "cofonder", are inflected by rule. Write the tables anew when triggers or governors change.
"""

from __future__ import annotations

from collections.abc import Iterable

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from policygraph.ontology import ontology_dir, verb_homographs
from policygraph.rules import LANGS, load_rules

ENDINGS = (
    "e es ons ez ent ais ait ions iez aient a èrent erai eras era erons erez eront "
    "erais erait erions eriez eraient ant é ée és ées"
)
"""Of the first conjugation, but for those of "nous" and "vous" in the past."""
INFINITIVE = {"ester"}
"""Verbs that have no other form."""
SOFT = {"g": "ge", "c": "ç"}
"""How a stem keeps its sound before "a" and "o": « codirigeait », « déréférençons »."""


def known_verbs(lang: str) -> set[str]:
    """Lemmas that the rules use as verbs."""
    rules = load_rules()
    patterns = {
        p.head
        for group in rules.patterns.values()
        for p in group
        if p.pos == "verb" and p.lang == lang
    }
    return patterns | {
        g.head for group in rules.governors.values() for g in group if g.lang == lang
    }


def table(lang: str) -> str:
    """Lines of an inflected form, a tab, and its lemma, sorted; homographs stand elsewhere."""
    verbs, homographs = known_verbs(lang), verb_homographs(lang)
    dictionary = DefaultDictionaryFactory().get_dictionary(lang)
    lemmas = {
        form: dictionary[form]
        for form in dictionary
        if form.isalpha() and form.islower() and form != dictionary[form] in verbs
    }
    if lang == "fr":
        unknown = regular_forms(verbs.difference(dictionary, lemmas.values(), INFINITIVE))
        lemmas |= {form: verb for form, verb in unknown.items() if form not in dictionary}
    rows = sorted((form, lemma) for form, lemma in lemmas.items() if form not in homographs)
    return "".join(f"{form}\t{lemma}\n" for form, lemma in rows)


def regular_forms(verbs: Iterable[str]) -> dict[str, str]:
    """Forms of the verbs of the first conjugation, by rule."""
    found = {}
    for verb in sorted(verbs):
        stem = verb.removesuffix("er")
        if stem == verb or not stem.replace("-", "").isalpha():
            continue
        soft = stem[:-1] + SOFT.get(stem[-1], stem[-1])
        forms = [(soft if ending[0] in "ao" else stem) + ending for ending in ENDINGS.split()]
        found |= dict.fromkeys(forms, verb)
    return found


if __name__ == "__main__":
    for lang in LANGS:
        path = ontology_dir() / "lexicon" / f"verbs.{lang}.txt"
        path.write_text(table(lang), encoding="utf-8")
        print(path.name, len(path.read_text(encoding="utf-8").splitlines()), "forms")
