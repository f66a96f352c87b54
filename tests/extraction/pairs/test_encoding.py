from __future__ import annotations

import numpy as np
import pytest
import spacy
from parsed import parse, read_names
from spacy.tokens import Doc
from surveyed import CODES, encoded, surveyed

from policygraph.extraction.coreference.coreference import finish
from policygraph.extraction.language.lexicon import load_lexicon
from policygraph.extraction.pairs.codes import IMPLIED_KIND, KINDS
from policygraph.extraction.pairs.encoding import Encoded
from policygraph.extraction.pairs.end_numbers import TOLD
from policygraph.extraction.pairs.lineup import line_up
from policygraph.extraction.pairs.occurrences import PRONOUN
from policygraph.extraction.pairs.pair_numbers import EXTRAS, pair_numbers
from policygraph.extraction.pairs.token_flags import FLAGS
from policygraph.extraction.pairs.token_numbers import FARTHEST
from policygraph.extraction.reading import Reading
from policygraph.extraction.spot import NAME

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
        (article.pairs.sentence == sentence)
        & (article.end_tokens == (subject, object_)).all(axis=1)
    )
    return int(row)


def told(article: Encoded, row: int) -> list[list[float]]:
    """What is told of both ends of a pair."""
    found: list[list[float]] = article.text.who.told[article.pairs.ends[row]].tolist()
    return found


def test_every_array_has_a_row_for_its_token_sentence_end_or_pair(fine: Encoded) -> None:
    tokens, ends, pairs = 8, 5, 6
    predicates, types = len(CODES.predicates), len(CODES.types)
    text, who, numbers = fine.text, fine.text.who, fine.pairs

    for array in (text.words, text.pos, text.deps, text.types, text.kinds, text.heads):
        assert array.shape == (tokens,)
    assert text.flags.shape == (tokens, FLAGS)
    assert text.triggers.shape == (tokens, predicates)
    assert text.starts.tolist() == [0, 5, 8]
    assert [arcs.shape for arcs in text.arcs] == [(5, 5), (3, 3)]
    assert text.mentions.tolist() == [CNIL, GOOGLE, META]
    assert text.mention_of.tolist() == [0, 1, 2]
    for array in (who.sentence, who.tokens, who.kinds, who.entities):
        assert array.shape == (ends,)
    assert who.types.shape == (ends, types)
    assert who.told.shape == (ends, TOLD)
    assert numbers.sentence.tolist() == [0, 0, 1, 1, 1, 1]
    assert numbers.ends.shape == (pairs, 2)
    assert numbers.extras.shape == (pairs, EXTRAS)
    assert numbers.allowed.shape == (pairs, predicates)
    assert numbers.path.shape == numbers.path_of.shape


def test_pairs_that_are_left_out_leave_the_numbers_of_the_others() -> None:
    surveys, whole = surveyed(read_names(parse("en", FINE)))
    rows = np.array([1, 4])

    fewer = pair_numbers(line_up(surveys).only(rows), CODES)

    assert fewer.ends.tolist() == whole.pairs.ends[rows].tolist()
    assert fewer.extras.tolist() == whole.pairs.extras[rows].tolist()
    assert fewer.allowed.tolist() == whole.pairs.allowed[rows].tolist()
    assert fewer.often.tolist() == whole.pairs.often[rows].tolist()
    for new, old in enumerate(rows):
        way = whole.pairs.path[whole.pairs.path_of == old]
        assert fewer.path[fewer.path_of == new].tolist() == way.tolist()


def test_codes_follow_the_order_of_the_names() -> None:
    assert list(CODES.types) == sorted(CODES.types)
    assert [predicate.name for predicate in CODES.vocabulary] == list(CODES.predicates)
    assert list(CODES.predicates.values()) == list(range(len(CODES.predicates)))


def test_names_are_hidden_behind_their_types(fine: Encoded) -> None:
    assert fine.text.words[GOOGLE] == fine.text.words[META]
    assert fine.text.words[GOOGLE] != fine.text.words[CNIL]
    assert fine.text.types[GOOGLE] == 1 + CODES.types["Company"]
    assert fine.text.types[FINED] == 0
    assert KINDS[fine.text.kinds[GOOGLE]] == NAME


def test_triggers_and_findings_of_the_rules_come_along(fine: Encoded) -> None:
    fines = CODES.predicates["fines"]

    assert np.flatnonzero(fine.text.triggers[:, fines]).tolist() == [FINED]


def test_types_allow_a_predicate_in_one_direction(fine: Encoded) -> None:
    develops = CODES.predicates["develops"]  # whoever makes it; Google is a service as well

    assert fine.pairs.allowed[row_of(fine, CNIL, GOOGLE), develops]
    assert not fine.pairs.allowed[row_of(fine, GOOGLE, CNIL), develops]


def test_an_implied_end_stands_where_it_was_last_mentioned(fine: Encoded) -> None:
    row = row_of(fine, CNIL, META, sentence=1)

    assert fine.end_kinds[row, 0] == IMPLIED_KIND
    assert fine.end_kinds[row, 1] != IMPLIED_KIND
    assert fine.pairs.path[fine.pairs.path_of == row].tolist() == [META]


def test_a_path_runs_from_end_to_end_through_the_parse(fine: Encoded) -> None:
    row = row_of(fine, CNIL, GOOGLE)

    assert fine.pairs.path[fine.pairs.path_of == row].tolist() == [CNIL, FINED, GOOGLE]
    assert np.unique(fine.pairs.path_of).tolist() == list(range(len(fine.pairs.sentence)))


def test_arcs_are_counted_between_any_two_tokens_of_a_sentence(fine: Encoded) -> None:
    arcs = fine.text.arcs[0]

    assert (arcs == arcs.T).all()
    assert not arcs.diagonal().any()
    assert arcs[FINED].tolist() == [2, 1, 0, 1, 1]
    assert arcs[THE, GOOGLE] == 3


def test_arcs_of_a_very_deep_parse_stay_in_bounds() -> None:
    chain = "\n".join(f"word word NOUN nmod {i}" for i in range(1, 200))
    doc = parse("en", f"word word NOUN ROOT 0\n{chain}")

    [arcs] = surveyed(read_names(doc))[1].text.arcs

    assert arcs[0, :4].tolist() == [0, 1, 2, 3]
    assert arcs.min() == 0
    assert arcs.max() == FARTHEST


def test_ends_know_all_mentions_of_their_entity() -> None:
    again = FINE.replace("Meta Meta PROPN", "Google Google PROPN")

    article = surveyed(read_names(parse("en", again)))[1]

    assert article.text.mentions.tolist() == [CNIL, GOOGLE, META]
    assert article.text.mention_of.tolist() == [0, 1, 1]
    entities = article.text.who.entities[article.pairs.ends]
    assert entities[row_of(article, CNIL, GOOGLE)].tolist() == [0, 1]
    assert entities[row_of(article, META, CNIL, sentence=1)].tolist() == [1, 0]


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

    kinds = article.end_kinds[article.pairs.sentence == 1].tolist()
    pronoun = KINDS.index(PRONOUN)
    assert sorted(kinds) == [[pronoun, IMPLIED_KIND], [IMPLIED_KIND, pronoun]]


def test_it_is_told_how_often_two_stand_in_one_sentence(fine: Encoded) -> None:
    together = -10
    apart = row_of(fine, META, CNIL, sentence=1)

    assert fine.pairs.extras[row_of(fine, CNIL, GOOGLE), together] == 0.25
    assert fine.pairs.extras[apart, together] == 0


def test_how_often_two_are_paired_is_counted_in_both_directions() -> None:
    again = FINE.replace("appealed appeal VERB ROOT 0", "praised praise VERB ROOT 0").replace(
        ". . PUNCT punct 2", "Google Google PROPN obj 2 ORG"
    )
    surveys, article = surveyed(read_names(parse("en", again)))

    often = article.pairs.often
    assert often[row_of(article, CNIL, GOOGLE)].tolist() == [2, 2]  # once it is implied
    assert often[row_of(article, META, 7, sentence=1)].tolist() == [1, 1]
    assert len(line_up(surveys).only(np.array([], int)).often) == 0


def test_it_is_told_how_sure_a_mention_is() -> None:
    reading = read_names(parse("en", FINE))
    cnil, google, meta = reading.nodes
    google.chance = 0.5

    article = surveyed(reading)[1]

    first, second = told(article, row_of(article, CNIL, GOOGLE))
    assert (first[-1], second[-1]) == (cnil.chance, 0.5)
    assert (cnil.chance, meta.chance) == (1.0, 1.0)


def test_the_title_is_known_and_the_subject_of_the_sentence_before(fine: Encoded) -> None:
    titled, led = 3, 4
    first = np.array(told(fine, row_of(fine, CNIL, GOOGLE)))
    second = np.array(told(fine, row_of(fine, META, CNIL, sentence=1)))

    assert first[:, titled].tolist() == [1, 1]
    assert first[:, led].tolist() == [0, 0]
    assert second[:, titled].tolist() == [0, 1]
    assert second[:, led].tolist() == [0, 1]


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

    flags = surveyed(read_names(doc))[1].text.flags

    capital, infinitive, negates, speech = flags.T[[0, 4, 10, 11]]
    assert capital.tolist() == [1, 0, 0, 0, 1]
    assert infinitive.tolist() == [0, 0, 0, 1, 0]
    assert negates.tolist() == speech.tolist() == [0, 1, 0, 0, 0]


def flagged(lang: str, table: str) -> dict[str, list[int]]:
    """Which tokens are told to lie ahead, to be conditional, negated, supposed and quoted."""
    flags = surveyed(read_names(parse(lang, table)))[1].text.flags
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

    flags = surveyed(Reading(doc, load_lexicon("en"), None, []))[1].text.flags

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
        return np.flatnonzero(article.pairs.extras[row_of(article, subject, object_), -9:]).tolist()

    assert known(youtube, google) == [0, 7]  # the object is the parent; both of one country
    assert known(google, youtube) == [1, 7]
    assert known(google, france) == [4]  # a land of another's
    assert known(france, google) == [6]


@pytest.mark.parametrize("text", ["", "It rained."])
def test_a_text_without_entities_has_no_pairs(text: str) -> None:
    article = encoded("en", text)

    assert len(article.pairs.sentence) == len(article.pairs.path) == 0
    assert article.end_tokens.shape == (0, 2)
    assert article.pairs.extras.shape == (0, EXTRAS)
    assert article.pairs.allowed.shape == (0, len(CODES.predicates))
    assert article.text.starts[-1] == len(article.text.words)
