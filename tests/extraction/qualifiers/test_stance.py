"""How sure a sentence is of the event that a word names."""

from __future__ import annotations

import pytest
from parsed import parse

from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.qualifiers.stance import is_negated, may_be_denied, read_stance
from policygraph.model import Status
from policygraph.rules import load_rules

EXISTENCE = """
    Velteks Velteks PROPN nsubj 2
    confirme confirmer VERB ROOT 0
    l' le DET det 4
    existence existence NOUN obj 2
    de de ADP case 6
    {} {} NOUN nmod 4
    pour pour ADP case 9
    le le DET det 9
    rachat rachat NOUN nmod 4
"""


def status(noun: str, lemma: str) -> Status:
    doc = parse("fr", EXISTENCE.format(noun, lemma))
    return read_stance(doc[8], load_rules(), load_lexicon("fr")).status


def test_what_a_noun_plans_is_planned_even_if_a_parser_hangs_it_higher() -> None:
    assert status("pourparlers", "pourparler") is Status.PLANNED


def test_any_other_noun_before_changes_nothing() -> None:
    assert status("bureaux", "bureau") is Status.ACTUAL


def test_what_is_completed_is_done_and_words_say_so() -> None:
    doc = parse(
        "en",
        """
        Velteks Velteks PROPN nsubj 2
        completed complete VERB ROOT 0
        its its PRON nmod:poss 4
        purchase purchase NOUN obj 2
        """,
    )

    stance = read_stance(doc[3], load_rules(), load_lexicon("en"))

    assert stance.status is Status.ACTUAL
    assert stance.cued


def negated(lang: str, table: str, place: int) -> bool:
    return is_negated(parse(lang, table)[place], load_lexicon(lang))


@pytest.mark.parametrize(
    ("words", "denied"), [(("Contrairement", "à"), True), (("Fidèle", "à"), False)]
)
def test_what_something_is_contrary_to_is_denied(words: tuple[str, str], denied: bool) -> None:
    table = f"""
        {words[0]} {words[0].lower()} ADV advmod 6
        {words[1]} à ADP case 4
        son son DET det 4
        souhait souhait NOUN obl 1
        , , PUNCT punct 4
        part partir VERB ROOT 0
    """

    assert negated("fr", table, 3) == denied
    assert not negated("fr", table, 5)


@pytest.mark.parametrize("preposition", ["without", "with"])
def test_what_something_is_without_is_denied_and_nothing_else(preposition: str) -> None:
    table = f"""
        It it PRON nsubj 2
        closed close VERB ROOT 0
        {preposition} {preposition} ADP case 5
        formal formal ADJ amod 5
        approval approval NOUN obl 2
        from from ADP case 7
        Velteks Velteks PROPN nmod 5
    """

    assert negated("en", table, 4) == (preposition == "without")
    assert not negated("en", table, 1)
    assert not negated("en", table, 6)


def test_a_clause_after_without_is_denied_by_its_verb() -> None:
    table = """
        close clore VERB ROOT 0
        sans sans SCONJ mark 6
        que que SCONJ mark 6
        le le DET det 5
        rachat rachat NOUN nsubj 6
        gêne gêner VERB advcl 1
    """

    assert negated("fr", table, 5)
    assert not negated("fr", table, 4)


@pytest.mark.parametrize(("noun", "denied"), [("accord", True), ("précédent", False)])
def test_what_is_without_precedent_is_not_denied(noun: str, denied: bool) -> None:
    table = f"""
        amende amende NOUN nsubj 4
        sans sans ADP case 3
        {noun} {noun} NOUN nmod 1
        vise viser VERB ROOT 0
        Velteks Velteks PROPN obj 4
    """

    assert negated("fr", table, 2) == denied
    assert not negated("fr", table, 3)


@pytest.mark.parametrize(
    ("verb", "lemma", "status", "certain"),
    [
        ("faces", "face", Status.POSSIBLE, True),
        ("paid", "pay", Status.ACTUAL, False),
    ],
)
def test_a_fine_that_is_faced_may_be(verb: str, lemma: str, status: Status, certain: bool) -> None:
    doc = parse(
        "en",
        f"""
        Velteks Velteks PROPN nsubj 2
        {verb} {lemma} VERB ROOT 0
        a a DET det 4
        fine fine NOUN obj 2
        """,
    )

    stance = read_stance(doc[3], load_rules(), load_lexicon("en"))

    assert (stance.status, stance.certain) == (status, certain)


@pytest.mark.parametrize(
    ("word", "mood", "certain"), [("pourrait", "Cnd", True), ("peut", "Ind", False)]
)
def test_what_might_be_done_is_certainly_no_fact(word: str, mood: str, certain: bool) -> None:
    doc = parse(
        "fr",
        f"""
        Velteks Velteks PROPN nsubj 2
        {word} pouvoir VERB ROOT 0 - Mood={mood}
        saisir saisir VERB xcomp 2 - VerbForm=Inf
        la le DET det 5
        cour cour NOUN obj 3
        """,
    )
    stance = read_stance(doc[2], load_rules(), load_lexicon("fr"))
    assert (stance.status, stance.certain) == (Status.POSSIBLE, certain)


def test_what_is_not_ruled_out_is_certainly_no_fact() -> None:
    doc = parse(
        "fr",
        """
        Velteks Velteks PROPN nsubj 3
        n' ne ADV advmod 3
        exclut exclure VERB ROOT 0
        pas pas ADV advmod 3
        de de ADP mark 6
        saisir saisir VERB xcomp 3 - VerbForm=Inf
        la le DET det 8
        cour cour NOUN obj 6
        """,
    )
    stance = read_stance(doc[5], load_rules(), load_lexicon("fr"))
    assert (stance.status, stance.certain, stance.negated) == (Status.POSSIBLE, True, False)


def test_what_is_ruled_out_is_not_made_possible() -> None:
    doc = parse(
        "en",
        """
        Velteks Velteks PROPN nsubj 2
        excluded exclude VERB ROOT 0 - Tense=Past
        suing sue VERB xcomp 2 - VerbForm=Ger
        Quorne Quorne PROPN obj 3
        """,
    )
    stance = read_stance(doc[2], load_rules(), load_lexicon("en"))
    assert not stance.certain
    assert stance.status is not Status.POSSIBLE


def test_what_one_is_liable_to_is_certainly_no_fact() -> None:
    doc = parse(
        "fr",
        """
        Velteks Velteks PROPN nsubj 3
        est être AUX cop 3
        passible passible ADJ ROOT 0
        d' de ADP case 6
        une un DET det 6
        amende amende NOUN obl:arg 3
        """,
    )

    for place in (2, 5):
        stance = read_stance(doc[place], load_rules(), load_lexicon("fr"))
        assert (stance.status, stance.certain) == (Status.POSSIBLE, True)


@pytest.mark.parametrize(
    ("pronoun", "status"),
    [("s' soi PRON expl:pv 3", Status.POSSIBLE), ("lui lui PRON iobj 3", Status.ACTUAL)],
)
def test_who_exposes_himself_to_a_fine_has_none_yet(pronoun: str, status: Status) -> None:
    doc = parse(
        "fr",
        f"""
        Velteks Velteks PROPN nsubj 3
        {pronoun}
        expose exposer VERB ROOT 0
        une un DET det 5
        amende amende NOUN obl:arg 3
        """,
    )

    assert read_stance(doc[4], load_rules(), load_lexicon("fr")).status is status


@pytest.mark.parametrize(
    ("subject", "tense", "status"),
    [
        ("it it PRON", "Past", Status.PLANNED),
        ("Velteks Velteks PROPN", "Past", Status.POSSIBLE),
        ("it it PRON", "Pres", Status.POSSIBLE),
    ],
)
def test_what_somebody_said_that_he_would_do_is_planned(
    subject: str, tense: str, status: Status
) -> None:
    doc = parse(
        "en",
        f"""
        Blivo Blivo PROPN nsubj 2
        said say VERB ROOT 0 - Tense={tense}
        {subject} nsubj 5
        would would AUX aux 5
        appeal appeal VERB ccomp 2
        """,
    )

    assert read_stance(doc[4], load_rules(), load_lexicon("en")).status is status


@pytest.mark.parametrize(
    ("words", "excepted"),
    [
        ("n' ne ADV advmod 5|a avoir AUX aux 5|que que ADV advmod 8", True),
        ("n' ne ADV advmod 5|a avoir AUX aux 5|pas pas ADV advmod 5", False),
        ("l' le PRON obj 5|a avoir AUX aux 5|que que ADV advmod 8", False),
    ],
)
def test_what_is_denied_of_all_others_is_not_denied(words: str, excepted: bool) -> None:
    first, second, third = words.split("|")
    doc = parse(
        "fr",
        f"""
        La le DET det 2
        Velteks Velteks PROPN nsubj 5
        {first}
        {second}
        bloqué bloquer VERB ROOT 0
        {third}
        ce ce DET det 8
        service service NOUN obj 5
        """,
    )

    stance = read_stance(doc[4], load_rules(), load_lexicon("fr"))

    assert stance.excepted == excepted


@pytest.mark.parametrize(("verb", "plain"), [("accuse", True), ("suspect", False)])
def test_an_accusation_is_plain(verb: str, plain: bool) -> None:
    doc = parse(
        "en",
        f"""
        They they PRON nsubj 2
        {verb} {verb} VERB ROOT 0
        Velteks Velteks PROPN obj 2
        of of SCONJ mark 5
        selling sell VERB xcomp 2
        """,
    )

    stance = read_stance(doc[4], load_rules(), load_lexicon("en"))

    assert (stance.status, stance.plain) == (Status.ALLEGED, plain)


LIFTED_EN = """
    Velteks Velteks PROPN nsubj 2
    {} {} VERB ROOT 0
    its its PRON nmod:poss 4
    ban ban NOUN {} 2
"""
LIFTED_FR = """
    Velteks Velteks PROPN nsubj 2
    {} {} VERB ROOT 0
    l' le DET det 4
    interdiction interdiction NOUN {} 2
"""


@pytest.mark.parametrize(
    ("lang", "verb", "link", "settled"),
    [
        ("en", "lifted lift", "obj", True),
        ("en", "lifted lift", "obl", False),
        ("en", "dropped drop", "obj", False),
        ("fr", "lève lever", "obj", True),
        ("fr", "lève lever", "obl:mod", False),
        ("fr", "confirme confirmer", "obj", False),
    ],
)
def test_what_is_lifted_no_longer_holds(lang: str, verb: str, link: str, settled: bool) -> None:
    table = LIFTED_EN if lang == "en" else LIFTED_FR
    doc = parse(lang, table.format(*verb.split(), link))

    stance = read_stance(doc[3], load_rules(), load_lexicon(lang))

    assert stance.settled == settled
    assert stance.negated or not settled


def test_what_brings_to_an_end_may_be_a_phrase_or_a_noun() -> None:
    phrase = """
        Velteks Velteks PROPN nsubj 2
        met mettre VERB ROOT 0
        fin fin NOUN obj 2
        à à ADP case 6
        l' le DET det 6
        interdiction interdiction NOUN obl:arg 2
    """
    noun = """
        La le DET det 2
        levée levée NOUN nsubj 6
        de de ADP case 5
        l' le DET det 5
        interdiction interdiction NOUN nmod 2
        surprend surprendre VERB ROOT 0
    """

    for table, place in ((phrase, 5), (noun, 4)):
        stance = read_stance(parse("fr", table)[place], load_rules(), load_lexicon("fr"))

        assert stance.negated
        assert stance.settled


@pytest.mark.parametrize(("told", "stands"), [("not", True), ("now", False)])
def test_what_is_not_lifted_still_stands(told: str, stands: bool) -> None:
    table = f"""
        Velteks Velteks PROPN nsubj 4
        has have AUX aux 4
        {told} {told} {"PART" if stands else "ADV"} advmod 4
        lifted lift VERB ROOT 0
        its its PRON nmod:poss 6
        ban ban NOUN obj 4
    """

    assert read_stance(parse("en", table)[5], load_rules(), load_lexicon("en")).negated != stands


def test_what_may_be_lifted_still_stands() -> None:
    table = """
        Velteks Velteks PROPN nsubj 3
        may may AUX aux 3
        lift lift VERB ROOT 0
        its its PRON nmod:poss 5
        ban ban NOUN obj 3
    """

    stance = read_stance(parse("en", table)[4], load_rules(), load_lexicon("en"))

    assert (stance.status, stance.negated) == (Status.ACTUAL, False)


CONTESTED_EN = """
    Velteks Velteks PROPN nsubj 2
    {} {} VERB ROOT 0
    the the DET det 4
    {} {} NOUN obj 2
    that that SCONJ mark 7
    it it PRON nsubj 7
    bought buy VERB acl 4
"""
CONTESTED_FR = """
    Velteks Velteks PROPN nsubj 2
    {} {} VERB ROOT 0
    l' le DET det 4
    {} {} NOUN obj 2
    que que SCONJ mark 7
    Meta Meta PROPN nsubj 7
    achète acheter VERB acl 4
"""


@pytest.mark.parametrize(
    ("lang", "verb", "noun", "place", "negated", "settled"),
    [
        ("en", "contested contest", "claim claim", 6, True, False),
        ("en", "contested contest", "fine fine", 3, False, False),
        ("en", "rejected reject", "claim claim", 6, True, True),
        ("en", "rejected reject", "bid bid", 3, True, False),
        ("fr", "conteste contester", "accusation accusation", 6, True, False),
        ("fr", "conteste contester", "amende amende", 3, False, False),
        ("fr", "dément démentir", "accusation accusation", 6, True, True),
        ("fr", "dément démentir", "achat achat", 3, True, False),
    ],
)
def test_what_is_contested_is_denied_only_where_it_is_something_said(
    lang: str, verb: str, noun: str, place: int, negated: bool, settled: bool
) -> None:
    table = CONTESTED_EN if lang == "en" else CONTESTED_FR
    doc = parse(lang, table.format(*verb.split(), *noun.split()))

    stance = read_stance(doc[place], load_rules(), load_lexicon(lang))

    assert (stance.negated, stance.settled) == (negated, settled)


@pytest.mark.parametrize(
    ("lang", "words", "may"),
    [
        ("en", "closed close", False),
        ("en", "never never", True),
        ("en", "refused refuse", True),
        ("fr", "bouclé boucler", False),
        ("fr", "rien rien", True),
        ("fr", "rompu rompre", True),
        ("fr", "bloqué bloquer", True),
        ("fr", "nie nie", True),
    ],
)
def test_a_sentence_may_deny_only_with_a_word_that_does(lang: str, words: str, may: bool) -> None:
    text, lemma = words.split()
    table = f"""
        {text} {lemma} VERB ROOT 0

        Velteks Velteks PROPN nsubj 2
        grows grow VERB ROOT 0

        Velteks Velteks PROPN nsubj 2
        sings sing VERB ROOT 0
    """
    doc = parse(lang, table)

    assert may_be_denied(doc[2], load_rules(), load_lexicon(lang)) == may
    assert not may_be_denied(doc[4], load_rules(), load_lexicon(lang))


ASIDE = """
    Velteks Velteks PROPN nsubj 3
    , , PUNCT punct 3
    {} VERB ROOT 0 - {}
    by by ADP case 5
    Google Google PROPN obl 3
    {} {} PUNCT punct 7
    bought buy VERB {} 3 - VerbForm=Fin
    Meta Meta PROPN obj 7
"""
PASSIVE = "Tense=Past|VerbForm=Part|Voice=Pass"


@pytest.mark.parametrize("link", ["parataxis", "advcl", "conj"])
@pytest.mark.parametrize(
    ("participle", "form", "mark", "denied"),
    [
        ("banned ban", PASSIVE, ",", False),
        ("banned ban", PASSIVE, "and", True),
        ("refused refuse", "Tense=Past|VerbForm=Fin", ",", True),
    ],
)
def test_a_participle_between_commas_says_nothing_of_the_verb_behind(
    link: str, participle: str, form: str, mark: str, denied: bool
) -> None:
    doc = parse("en", ASIDE.format(participle, form, mark, mark, link))

    stance = read_stance(doc[6], load_rules(), load_lexicon("en"))

    assert stance.negated == (denied and link != "conj")
    assert bool(stance.path) == (denied and link != "conj")


@pytest.mark.parametrize(
    ("subject", "tense", "status"),
    [
        ("elle lui PRON", "Past", Status.PLANNED),
        ("Velteks Velteks PROPN", "Past", Status.POSSIBLE),
        ("elle lui PRON", "Pres", Status.POSSIBLE),
    ],
)
@pytest.mark.parametrize("made", [False, True])
def test_a_conditional_under_one_s_own_words_is_planned(
    made: bool, subject: str, tense: str, status: Status
) -> None:
    past = f"VerbForm=Part|Tense={tense}"
    doc = parse(
        "fr",
        f"""
        Blivo Blivo PROPN nsubj 3
        {f"fait faire AUX aux:caus 3 - {past}" if made else "a avoir AUX aux:tense 3"}
        {"savoir savoir VERB ROOT 0 - VerbForm=Inf" if made else f"dit dire VERB ROOT 0 - {past}"}
        qu' que SCONJ mark 6
        {subject} nsubj 6
        contesterait contester VERB ccomp 3 - Mood=Cnd|Tense=Pres
        """,
    )

    assert read_stance(doc[5], load_rules(), load_lexicon("fr")).status is status
