from __future__ import annotations

import pytest
from spacy.tokens import Doc

from policygraph.mending.relatives import mend_relatives
from tests.parsed import parse

JOINED = """
    Norvalis   -  PROPN  nsubj  2
    travaille  -  VERB   ROOT   0
    avec       -  ADP    case   4
    Blivo      -  PROPN  obl    2
    ,          -  PUNCT  punct  8
    qui        -  PRON   nsubj  8
    a          -  AUX    aux    8
    racheté    -  VERB   conj   2
    Zendor     -  PROPN  obj    8
"""

BEHIND_THE_VERB = """
    Blivo      -  PROPN  nsubj      8
    ,          -  PUNCT  punct      4
    que        -  PRON   obj        4
    détiennent -  VERB   acl:relcl  1
    Norvalis   -  PROPN  obj        4
    ,          -  PUNCT  punct      4
    a          -  AUX    aux        8
    grandi     -  VERB   ROOT       0
"""

OF_THE_MAIN_CLAUSE = """
    Le         -  DET    det        2
    projet     -  NOUN   nsubj      7
    que        -  PRON   obj        4
    soutient   -  VERB   acl:relcl  2
    la         -  DET    det        6
    Commission -  PROPN  nsubj      7
    avance     -  VERB   ROOT       0
"""

OBLIQUE = """
    Le         -  DET    det        2
    texte      -  NOUN   nsubj      7
    auquel     -  PRON   nsubj      5
    s'         -  PRON   expl       5
    oppose     -  VERB   acl:relcl  2
    Blivo      -  PROPN  obj        5
    avance     -  VERB   ROOT       0
"""


def _arc(doc: Doc, word: str) -> tuple[str, str]:
    token = next(token for token in doc if token.text == word)
    return token.dep_, token.head.text


def test_a_clause_that_qui_begins_is_told_of_the_noun_before_it() -> None:
    doc = mend_relatives(parse("fr", JOINED))

    assert _arc(doc, "racheté") == ("acl:relcl", "Blivo")


def test_a_clause_is_told_of_a_person_and_not_of_an_age() -> None:
    table = """
        Le      -  DET    det     2
        juge    -  NOUN   nsubj   3
        entend  -  VERB   ROOT    0
        Ines    -  PROPN  obj     3
        ,       -  PUNCT  punct   7
        30      -  NUM    nummod  7
        ans     -  NOUN   appos   4
        ,       -  PUNCT  punct   10
        qui     -  PRON   nsubj   10
        vend    -  VERB   conj    3
    """

    assert _arc(mend_relatives(parse("fr", table)), "vend") == ("acl:relcl", "Ines")


def test_a_clause_that_which_begins_hangs_on_no_verb() -> None:
    table = JOINED.replace("qui ", "which").replace("conj ", "acl:relcl ")

    assert _arc(mend_relatives(parse("en", table)), "racheté") == ("acl:relcl", "Blivo")


def test_a_clause_that_and_joins_stays_where_it_is() -> None:
    doc = mend_relatives(parse("fr", JOINED.replace(",          -  PUNCT  punct", "et - CCONJ cc")))

    assert _arc(doc, "racheté") == ("conj", "travaille")


def test_another_which_may_tell_of_the_whole_sentence() -> None:
    table = JOINED.replace("qui ", "which").replace("conj ", "advcl:relcl ")

    assert _arc(mend_relatives(parse("en", table)), "racheté") == ("advcl:relcl", "travaille")


@pytest.mark.parametrize(
    ("table", "subject", "verb"),
    [
        (BEHIND_THE_VERB, "Norvalis", "détiennent"),
        (OF_THE_MAIN_CLAUSE, "Commission", "soutient"),
        (OBLIQUE, "Blivo", "oppose"),
    ],
)
def test_a_subject_may_follow_the_verb_of_its_relative_clause(
    table: str, subject: str, verb: str
) -> None:
    doc = mend_relatives(parse("fr", table))

    assert _arc(doc, subject) == ("nsubj", verb)


def test_no_infinitive_has_a_subject_behind_it() -> None:
    table = """
        averti     -  VERB  ROOT   0
        qu'        -  PRON  obj    3
        affaiblir  -  VERB  conj   1  -  VerbForm=Inf
        la         -  DET   det    5
        loi        -  NOUN  obj    3
    """

    doc = mend_relatives(parse("fr", table))

    assert [_arc(doc, word)[0] for word in ("affaiblir", "loi")] == ["conj", "obj"]


def test_auquel_is_never_a_subject() -> None:
    assert _arc(mend_relatives(parse("fr", OBLIQUE)), "auquel") == ("obl:arg", "oppose")


def test_an_object_stays_one_where_a_subject_stands_before_the_verb() -> None:
    table = """
        Le      -  DET    det        2
        texte   -  NOUN   nsubj      6
        auquel  -  PRON   obl:arg    5
        Blivo   -  PROPN  nsubj      5
        oppose  -  VERB   acl:relcl  2
        avance  -  VERB   ROOT       0
        Zendor  -  PROPN  obj        5
    """

    assert _arc(mend_relatives(parse("fr", table)), "Zendor") == ("obj", "oppose")
