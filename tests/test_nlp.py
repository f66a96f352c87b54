from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from policygraph.errors import LanguageError
from policygraph.mending.sentences import part_sentences
from policygraph.mending.verbs import mend_verbs
from policygraph.nlp import NEEDED, analyse, analyse_all, installed_models, load, shipped_languages

TEXTS = {
    "en": "Regulator fines Google\n\nThe CNIL fined Google on Tuesday. Google will appeal.",
    "fr": "La CNIL sanctionne Google\n\nLa CNIL a sanctionné Google mardi. Google fera appel.",
}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_shipped_pipeline_gives_what_the_extractor_reads(lang: str) -> None:
    nlp = load(lang)

    doc = analyse(nlp, TEXTS[lang])

    assert nlp.lang == lang
    assert doc.text == TEXTS[lang]
    for annotation in ("POS", "LEMMA", "DEP", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(annotation), annotation
    assert "Google" in {ent.text for ent in doc.ents}


def test_a_pipeline_is_loaded_once() -> None:
    assert load("fr") is load("fr")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_sentence_runs_over_a_blank_line(lang: str) -> None:
    doc = analyse(load(lang), TEXTS[lang])

    body = TEXTS[lang].index("\n\n") + 2
    assert body in {sent.start_char for sent in doc.sents}


def test_headlines_in_title_case_are_read_in_ordinary_letters() -> None:
    text = "Why Judges Forced Apple to Remove Your Photos\n\nA judge told Apple to delete photos."

    doc = analyse(load("en"), text)

    assert doc.text == text
    assert [ent.text for ent in doc.ents if ent.start_char < text.index("\n")] == ["Apple"]
    assert [token.pos_ for token in doc if token.text in ("Forced", "Remove")] == ["VERB"] * 2
    assert [token.lemma_ for token in doc if token.text == "Photos"] == ["photo"]
    assert [each.to_bytes() for each in analyse_all(load("en"), [text])] == [doc.to_bytes()]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_many_texts_are_analysed_as_each_of_them_is(lang: str) -> None:
    texts = [*TEXTS[lang].split("\n\n"), ""]

    docs = list(analyse_all(load(lang), texts))

    assert [doc.text for doc in docs] == texts
    alone = analyse(load(lang), texts[0])
    assert [token.lemma_ for token in docs[0]] == [token.lemma_ for token in alone]


def test_both_shipped_pipelines_are_listed() -> None:
    models = installed_models()

    assert [model.lang for model in models] == ["en", "fr"] == list(shipped_languages())
    for model in models:
        assert model.shipped and model.path.is_dir()
        assert model.name == f"{model.lang}_policygraph"
        assert {"parser", "ner"} <= set(model.components)
        assert not any("policygraph" in component for component in model.components)


def test_a_pipeline_without_the_needed_components_is_refused(tmp_path: Path) -> None:
    bare = spacy.blank("en")
    bare.add_pipe("entity_ruler")
    bare.to_disk(tmp_path / "bare")

    with pytest.raises(LanguageError) as caught:
        load("en", str(tmp_path / "bare"))

    missing = [what for what in NEEDED if what != "names"]
    assert f"gives no {', no '.join(missing)}; it has entity_ruler" in str(caught.value)


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "english")

    with pytest.raises(LanguageError, match="reads 'en', not 'fr'"):
        load("fr", str(tmp_path / "english"))


def test_an_unknown_pipeline_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(LanguageError, match=r"'en_no_such' cannot be loaded .*--model en="):
        load("en", "en_no_such")


def test_a_language_without_a_pipeline_names_those_that_have_one() -> None:
    with pytest.raises(LanguageError, match="no pipeline for de; shipped: en, fr"):
        load("de")


@pytest.mark.parametrize(
    ("lang", "form", "pos", "wrong", "lemma"),
    [
        ("fr", "opposerait", "VERB", "opposerer", "opposer"),
        ("fr", "mise", "VERB", "miser", "mettre"),  # a word of its own too
        ("fr", "mise", "NOUN", "mise", "mise"),
        ("fr", "Cofondée", "VERB", "Cofondée", "cofonder"),  # unknown to the dictionary
        ("fr", "Annulée", "VERB", "Annulée", "annuler"),  # an adjective to it
        ("fr", "annulée", "ADJ", "annulé", "annulé"),
        ("en", "Left", "VERB", "left", "leave"),
        ("en", "left", "ADJ", "left", "left"),
        ("en", "zorblaxed", "VERB", "zorblaxe", "zorblaxe"),  # unknown: left as it is
    ],
)
def test_verbs_get_the_lemma_of_the_tables(
    lang: str, form: str, pos: str, wrong: str, lemma: str
) -> None:
    doc = Doc(spacy.blank(lang).vocab, words=[form], pos=[pos], lemmas=[wrong])

    assert mend_verbs(doc)[0].lemma_ == lemma


@pytest.mark.parametrize(
    ("lang", "form", "tagged", "told"),
    [
        ("fr", "contesterait", "Mood=Ind|Tense=Imp", ("Cnd", "Pres")),
        ("fr", "interdiraient", "Mood=Ind|Tense=Imp", ("Cnd", "Pres")),
        ("fr", "vendrait", "Mood=Ind|Tense=Imp", ("Cnd", "Pres")),
        ("fr", "verrait", "Mood=Ind|Tense=Imp", ("Cnd", "Pres")),
        ("fr", "ouvrira", "Mood=Ind|Tense=Pres", ("Ind", "Fut")),
        ("fr", "prendront", "Mood=Ind|Tense=Pres", ("Ind", "Fut")),
        ("fr", "préparait", "Mood=Ind|Tense=Imp", ("Ind", "Imp")),
        ("fr", "ouvrait", "Mood=Ind|Tense=Imp", ("Ind", "Imp")),
        ("fr", "entrons", "Mood=Ind|Tense=Pres", ("Ind", "Pres")),
        ("fr", "extraient", "Mood=Ind|Tense=Pres", ("Ind", "Pres")),
        ("fr", "saurait", "Mood=Ind|Tense=Imp", ("Ind", "Imp")),
        ("fr", "irait", "Mood=Ind|Tense=Imp", ("Cnd", "Pres")),
        ("fr", "montra", "Mood=Ind|Tense=Past", ("Ind", "Past")),
        ("en", "aura", "Mood=Ind|Tense=Pres", ("Ind", "Pres")),
    ],
)
def test_endings_tell_french_conditionals_and_futures(
    lang: str, form: str, tagged: str, told: tuple[str, str]
) -> None:
    doc = Doc(spacy.blank(lang).vocab, words=[form], pos=["VERB"], lemmas=["x"], morphs=[tagged])

    morph = mend_verbs(doc)[0].morph

    assert (morph.get("Mood"), morph.get("Tense")) == ([told[0]], [told[1]])


def test_no_sentence_begins_after_a_plain_word_or_a_comma() -> None:
    words = ["Avec", "l'", "Agence", "Presse", ",", "Ines", "Ould", ".", "Puis", "\n", "Titre"]
    doc = Doc(spacy.blank("fr").vocab, words=words)

    part_sentences(doc)

    barred = [token.text for token in doc if token.is_sent_start is False]
    assert barred == ["l'", "Agence", "Presse", ",", "Ines", "Ould", "."]
    assert [token.text for token in doc if token.is_sent_start][1:] == ["Titre"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_full_stop_ends_a_sentence_behind_a_name_that_ends_in_a_capital(lang: str) -> None:
    text = "Blivo left X. Anna W. Frey (of DeepL.) J. Holt, U.S. 910C. F-35B. V2X. 5A."

    words = [token.text for token in load(lang).make_doc(text)]

    assert words[:4] == ["Blivo", "left", "X", "."]
    ends = ("X", "DeepL", "910C", "F-35B", "V2X", "5A")
    assert {words[words.index(w) + 1] for w in ends} == {"."}
    assert {"W.", "J.", "U.S."} <= set(words)


@pytest.mark.parametrize("form", ["Inc.", "inc.", "Corp.", "Co.", "Ltd.", "Cie."])
def test_no_sentence_ends_within_a_firm_behind_its_legal_form(form: str) -> None:
    doc = analyse(load("fr"), f"Blivo {form} a saisi le tribunal de Paris. Le tribunal est saisi.")

    assert [sent.text for sent in doc.sents][1:] == ["Le tribunal est saisi."]
    assert next(t.text for t in doc if t.dep_ == "nsubj" and t.head.text == "saisi") == "Blivo"


def test_a_sentence_may_end_behind_a_legal_form() -> None:
    doc = analyse(load("fr"), "Le site a été racheté par Blivo Inc. Le juge est saisi.")

    assert [sent.text for sent in doc.sents][1:] == ["Le juge est saisi."]
