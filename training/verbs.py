"""Writes the tables of verb forms that lemmas fall back on: ``python -m training.verbs``.

The trained lemmatizers invent lemmas for rare forms ("opposerait" → "opposerer"). A table,
``ontology/lexicon/verbs.LANG.txt``, maps each inflected form of the verbs that the rules know
to its lemma, by simplemma's dictionaries (MIT; data after Wiktionary and others, see its
licences), but for the homographs of ``verbs.toml``. Write them anew when triggers or governors
change.
"""

from __future__ import annotations

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from policygraph.ontology import ontology_dir, verb_homographs
from policygraph.rules import LANGS, load_rules


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
    rows = sorted(
        (form, dictionary[form])
        for form in dictionary
        if form.isalpha() and form.islower() and form not in homographs
        if form != dictionary[form] in verbs
    )
    return "".join(f"{form}\t{lemma}\n" for form, lemma in rows)


if __name__ == "__main__":
    for lang in LANGS:
        path = ontology_dir() / "lexicon" / f"verbs.{lang}.txt"
        path.write_text(table(lang), encoding="utf-8")
        print(path.name, len(path.read_text(encoding="utf-8").splitlines()), "forms")
