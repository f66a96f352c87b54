from __future__ import annotations

import numpy as np
import pytest
import spacy
from parsed import parse, read_names
from spacy.tokens import Doc
from surveyed import CODES, encoded, surveyed

from policygraph.extraction.codes import IMPLIED_KIND, KINDS
from policygraph.extraction.coreference import finish
from policygraph.extraction.encoding import Encoded
from policygraph.extraction.lexicon import load_lexicon
from policygraph.extraction.occurrences import PRONOUN
from policygraph.extraction.pair_numbers import EXTRAS
from policygraph.extraction.reading import Reading
from policygraph.extraction.spots import NAME
from policygraph.extraction.token_flags import FLAGS
from policygraph.extraction.token_numbers import FARTHEST

FINE = """
    The The DET det 2
    CNIL CNIL PROPN nsubj 3 ORG
    fined fine VERB ROOT 0
    Google Google PROPN obj 3 ORG
    . . PUNCT punct 3

    Meta Meta PROPN nsubj 2 ORG
    appealed appeal VERB ROOT 0
    . . PUNCT punct 2
"""
THE, CNIL, FINED, GOOGLE, META = 0, 1, 2, 3, 5


@pytest.fixture
def fine() -> Encoded:
    return surveyed(read_names(parse("en", FINE)))[1]


def row_of(article: Encoded, subject: int, object_: int, *, sentence: int = 0) -> int:
    """The pair of a sentence that joins two tokens."""
    [row] = np.flatnonzero(
        (article.sentence == sentence) & (article.ends == (subject, object_)).all(axis=1)
    )
    return int(row)


def test_every_array_has_a_row_for_its_token_sentence_or_pair(fine: Encoded) -> None:
    tokens, pairs, predicates, types = 8, 6, len(CODES.predicates), len(CODES.types)

    for array in (fine.words, fine.pos, fine.deps, fine.types, fine.kinds, fine.heads):
        assert array.shape == (tokens,)
    assert fine.flags.shape == (tokens, FLAGS)
    assert fine.triggers.shape == (tokens, predicates)
    assert fine.starts.tolist() == [0, 5, 8]
    assert [arcs.shape for arcs in fine.arcs] == [(5, 5), (3, 3)]
    assert fine.sentence.tolist() == [0, 0, 1, 1, 1, 1]
    assert fine.ends.shape == fine.end_kinds.shape == (pairs, 2)
    assert fine.end_types.shape == (pairs, 2, types)
    assert fine.extras.shape == (pairs, EXTRAS)
    assert fine.allowed.shape == (pairs, predicates)
    assert fine.path.shape == fine.path_of.shape
    assert fine.mentions.tolist() == [CNIL, GOOGLE, META]
    assert fine.mention_of.tolist() == [0, 1, 2]
    assert fine.entities.shape == (pairs, 2)


def test_codes_follow_the_order_of_the_names() -> None:
    assert list(CODES.types) == sorted(CODES.types)
    assert [predicate.name for predicate in CODES.vocabulary] == list(CODES.predicates)
    assert list(CODES.predicates.values()) == list(range(len(CODES.predicates)))


def test_names_are_hidden_behind_their_types(fine: Encoded) -> None:
    assert fine.words[GOOGLE] == fine.words[META]
    assert fine.words[GOOGLE] != fine.words[CNIL]
    assert fine.types[GOOGLE] == 1 + CODES.types["Company"]
    assert fine.types[FINED] == 0
    assert KINDS[fine.kinds[GOOGLE]] == NAME


def test_triggers_and_findings_of_the_rules_come_along(fine: Encoded) -> None:
    fines = CODES.predicates["fines"]

    assert np.flatnonzero(fine.triggers[:, fines]).tolist() == [FINED]


def test_types_allow_a_predicate_in_one_direction(fine: Encoded) -> None:
    develops = CODES.predicates["develops"]  # whoever makes it; Google is a service as well

    assert fine.allowed[row_of(fine, CNIL, GOOGLE), develops]
    assert not fine.allowed[row_of(fine, GOOGLE, CNIL), develops]


def test_an_implied_end_stands_where_it_was_last_mentioned(fine: Encoded) -> None:
    row = row_of(fine, CNIL, META, sentence=1)

    assert fine.end_kinds[row, 0] == IMPLIED_KIND
    assert fine.end_kinds[row, 1] != IMPLIED_KIND
    assert fine.path[fine.path_of == row].tolist() == [META]


def test_a_path_runs_from_end_to_end_through_the_parse(fine: Encoded) -> None:
    row = row_of(fine, CNIL, GOOGLE)

    assert fine.path[fine.path_of == row].tolist() == [CNIL, FINED, GOOGLE]
    assert np.unique(fine.path_of).tolist() == list(range(len(fine.sentence)))


def test_arcs_are_counted_between_any_two_tokens_of_a_sentence(fine: Encoded) -> None:
    arcs = fine.arcs[0]

    assert (arcs == arcs.T).all()
    assert not arcs.diagonal().any()
    assert arcs[FINED].tolist() == [2, 1, 0, 1, 1]
    assert arcs[THE, GOOGLE] == 3


def test_arcs_of_a_very_deep_parse_stay_in_bounds() -> None:
    chain = "\n".join(f"word word NOUN nmod {i}" for i in range(1, 200))
    doc = parse("en", f"word word NOUN ROOT 0\n{chain}")

    [arcs] = surveyed(read_names(doc))[1].arcs

    assert arcs[0, :4].tolist() == [0, 1, 2, 3]
    assert arcs.min() == 0
    assert arcs.max() == FARTHEST


def test_ends_know_all_mentions_of_their_entity() -> None:
    again = FINE.replace("Meta Meta PROPN", "Google Google PROPN")

    article = surveyed(read_names(parse("en", again)))[1]

    assert article.mentions.tolist() == [CNIL, GOOGLE, META]
    assert article.mention_of.tolist() == [0, 1, 1]
    assert article.entities[row_of(article, CNIL, GOOGLE)].tolist() == [0, 1]
    assert article.entities[row_of(article, META, CNIL, sentence=1)].tolist() == [1, 0]


def test_a_pronoun_may_be_paired_with_whom_its_sentence_implies() -> None:
    reading = read_names(
        parse(
            "en",
            """
            CNIL CNIL PROPN nsubj 2 ORG
            fined fine VERB ROOT 0
            Google Google PROPN obj 2 ORG
            for for ADP case 5
            Quorne Quorne PROPN obl 2 ORG

            It it PRON nsubj 2 - Person=3|PronType=Prs
            appealed appeal VERB ROOT 0
            """,
        )
    )
    finish(reading)

    article = surveyed(reading)[1]

    kinds = article.end_kinds[article.sentence == 1].tolist()
    pronoun = KINDS.index(PRONOUN)
    assert sorted(kinds) == [[pronoun, IMPLIED_KIND], [IMPLIED_KIND, pronoun]]


def test_it_is_told_how_often_two_stand_in_one_sentence(fine: Encoded) -> None:
    together = -10
    apart = row_of(fine, META, CNIL, sentence=1)

    assert fine.extras[row_of(fine, CNIL, GOOGLE), together] == 0.25
    assert fine.extras[apart, together] == 0


def test_it_is_told_how_sure_a_mention_is() -> None:
    reading = read_names(parse("en", FINE))
    cnil, google, meta = reading.nodes
    google.chance = 0.5

    article = surveyed(reading)[1]

    row, first, second = row_of(article, CNIL, GOOGLE), 6, 13
    assert article.extras[row, [first, second]].tolist() == [cnil.chance, 0.5]
    assert (cnil.chance, meta.chance) == (1.0, 1.0)


def test_the_title_is_known_and_the_subject_of_the_sentence_before(fine: Encoded) -> None:
    titled, led = 3, 4  # of each end
    first, second = row_of(fine, CNIL, GOOGLE), row_of(fine, META, CNIL, sentence=1)
    object_ = 7  # where the numbers of the second end begin

    assert fine.extras[first, [titled, object_ + titled]].tolist() == [1, 1]
    assert fine.extras[first, [led, object_ + led]].tolist() == [0, 0]
    assert fine.extras[second, [titled, object_ + titled]].tolist() == [0, 1]
    assert fine.extras[second, [led, object_ + led]].tolist() == [0, 1]


def test_capitals_and_governors_are_flagged() -> None:
    doc = parse(
        "en",
        """
        Google Google PROPN nsubj 2 ORG
        denies deny VERB ROOT 0
        to to PART mark 4
        buy buy VERB xcomp 2 - VerbForm=Inf
        Meta Meta PROPN obj 4 ORG
        """,
    )

    flags = surveyed(read_names(doc))[1].flags

    capital, infinitive, negates, speech = flags.T[[0, 4, 10, 11]]
    assert capital.tolist() == [1, 0, 0, 0, 1]
    assert infinitive.tolist() == [0, 0, 0, 1, 0]
    assert negates.tolist() == speech.tolist() == [0, 1, 0, 0, 0]


def flagged(lang: str, table: str) -> dict[str, list[int]]:
    """Which tokens are told to lie ahead, to be conditional, negated, supposed and quoted."""
    flags = surveyed(read_names(parse(lang, table)))[1].flags
    names = ("ahead", "conditional", "negated", "supposed", "quoted")
    return {name: np.flatnonzero(flags[:, 12 + n]).tolist() for n, name in enumerate(names)}


def test_a_verb_has_the_tense_and_the_mood_of_its_auxiliary() -> None:
    future = flagged(
        "fr",
        """
        Google Google PROPN nsubj:pass 3 ORG
        sera être AUX aux:pass 3 - Mood=Ind|Tense=Fut
        interdit interdire VERB ROOT 0 - Tense=Past|VerbForm=Part
        """,
    )
    conditional = flagged(
        "en",
        """
        If if SCONJ mark 5
        Google Google PROPN nsubj 5 ORG
        would would AUX aux 5
        not not PART advmod 5
        buy buy VERB ROOT 0 - VerbForm=Inf
        """,
    )

    assert future["ahead"] == [1, 2]
    assert future["conditional"] == future["negated"] == future["supposed"] == []
    assert conditional["ahead"] == []
    assert conditional["conditional"] == conditional["negated"] == [4]
    assert conditional["supposed"] == [4]


def test_words_between_quotation_marks_are_told_up_to_the_end_of_their_paragraph() -> None:
    words = '"', "Yes", '"', "she", "said", ".", "“", "No", "\n\n", "Then"
    starts = [place == 0 for place in range(len(words))]
    doc = Doc(spacy.blank("en").vocab, words=list(words), sent_starts=starts)

    flags = surveyed(Reading(doc, load_lexicon("en"), None, []))[1].flags

    assert np.flatnonzero(flags[:, 16]).tolist() == [0, 1, 6, 7]


def test_what_the_authority_file_knows_of_both_ends_is_told() -> None:
    """YouTube is Google's, both are of the United States, and neither is of France."""
    doc = parse(
        "en",
        """
        YouTube YouTube PROPN nsubj 2 ORG
        left leave VERB ROOT 0
        Google Google PROPN obj 2 ORG
        and and CCONJ cc 5
        France France PROPN conj 3 LOC
        """,
    )
    article = surveyed(read_names(doc))[1]
    youtube, google, france = 0, 2, 4

    def known(subject: int, object_: int) -> list[int]:
        return np.flatnonzero(article.extras[row_of(article, subject, object_), -9:]).tolist()

    assert known(youtube, google) == [0, 7]  # the object is the parent; both of one country
    assert known(google, youtube) == [1, 7]
    assert known(google, france) == [4]  # a land of another's
    assert known(france, google) == [6]


@pytest.mark.parametrize("text", ["", "It rained."])
def test_a_text_without_entities_has_no_pairs(text: str) -> None:
    article = encoded("en", text)

    assert len(article.sentence) == len(article.path) == 0
    assert article.ends.shape == (0, 2)
    assert article.extras.shape == (0, EXTRAS)
    assert article.allowed.shape == (0, len(CODES.predicates))
    assert article.starts[-1] == len(article.words)
