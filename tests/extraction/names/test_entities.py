from __future__ import annotations

import pytest
from parsed import parse, read_names


@pytest.mark.usefixtures("word_lists_alone")
def test_a_surname_joins_its_person_whatever_the_model_took_it_for() -> None:
    doc = parse(
        "en",
        """
        Zilda Zilda PROPN nsubj 3 PERSON
        Quorne Quorne PROPN flat 1 PERSON+
        spoke speak VERB ROOT 0

        Quorne Quorne PROPN nsubj 2 ORG
        left leave VERB ROOT 0
        """,
    )

    [person] = read_names(doc).nodes

    assert (person.name, person.type, len(person.spots)) == ("Zilda Quorne", "Person", 2)


def test_the_short_form_of_a_name_joins_the_long_one() -> None:
    doc = parse(
        "en",
        """
        Zorblax Zorblax PROPN compound 2 ORG
        Holdings Holdings PROPN nsubj 3 ORG+
        grew grow VERB ROOT 0

        Zorblax Zorblax PROPN nsubj 2 ORG
        shrank shrink VERB ROOT 0
        """,
    )

    assert [n.name for n in read_names(doc).nodes] == ["Zorblax Holdings"]


def test_people_of_one_family_stay_apart() -> None:
    doc = parse(
        "en",
        """
        Zilda Zilda PROPN nsubj 3 PERSON
        Quorne Quorne PROPN flat 1 PERSON+
        met meet VERB ROOT 0
        Bob Bob PROPN obj 3 PERSON
        Quorne Quorne PROPN flat 4 PERSON+
        """,
    )

    assert len(read_names(doc).nodes) == 2


def test_what_is_used_is_a_service_and_what_acts_is_a_firm() -> None:
    used = parse(
        "fr",
        """
        Il il PRON nsubj 2
        publie publier VERB ROOT 0
        sur sur ADP case 4
        Facebook Facebook PROPN obl 2 ORG
        """,
    )
    acting = parse("fr", "Facebook Facebook PROPN nsubj 2 ORG\nconteste contester VERB ROOT 0")

    assert [n.type for n in read_names(used).nodes] == ["Product"]
    assert [n.type for n in read_names(acting).nodes] == ["Company"]
    assert "Company" in read_names(used).nodes[0].types()


@pytest.mark.usefixtures("word_lists_alone")
def test_where_nothing_was_learned_a_service_has_its_usual_type() -> None:
    doc = parse("fr", "Facebook Facebook PROPN nsubj 2 ORG\nconteste contester VERB ROOT 0")

    [node] = read_names(doc).nodes
    assert node.known is not None
    assert node.type == node.known.type


def test_the_same_words_are_one_thing_even_where_one_place_looks_like_a_person() -> None:
    reading = read_names(
        parse(
            "en",
            """
            Norrvik Norrvik PROPN nsubj 2 ORG
            grew grow VERB ROOT 0

            Norrvik Norrvik PROPN nsubj 2 PERSON
            denied deny VERB ROOT 0
            """,
        )
    )

    assert [len(node.spots) for node in reading.nodes] == [2]


def test_a_site_is_what_its_address_is_called() -> None:
    doc = parse(
        "en",
        """
        Zorblax Zorblax PROPN nsubj 2 ORG
        grew grow VERB ROOT 0

        zorblax.org zorblax.org X nsubj 2
        shrank shrink VERB ROOT 0
        """,
    )

    [site] = read_names(doc).nodes

    assert [doc[s.start].text for s in site.spots] == ["Zorblax", "zorblax.org"]


@pytest.mark.parametrize(("other", "entities"), [("USA", 1), ("UK", 2), ("Labs", 2)])
def test_a_country_in_a_name_may_be_written_in_several_ways(other: str, entities: int) -> None:
    doc = parse(
        "en",
        f"""
        Zorblax Zorblax PROPN nsubj 3 ORG
        US US PROPN flat 1 ORG+
        grew grow VERB ROOT 0

        Zorblax Zorblax PROPN nsubj 3 ORG
        {other} {other} PROPN flat 1 ORG+
        shrank shrink VERB ROOT 0
        """,
    )

    assert len([node for node in read_names(doc).nodes if "Zorblax" in node.name]) == entities


def test_a_known_name_has_its_article() -> None:
    doc = parse(
        "fr",
        """
        Le le DET det 2 ORG
        Monde Monde PROPN nsubj 3 ORG+
        parle parler VERB ROOT 0
        """,
    )

    assert [n.name for n in read_names(doc).nodes] == ["Le Monde"]


@pytest.mark.usefixtures("word_lists_alone")
@pytest.mark.parametrize(
    ("name", "short", "joined"),
    [
        ("Widget Commission of Quorneland", "Commission", True),
        ("Widget Trade Commission", "Commission", True),
        ("Committee of the Quorne Commission Staff", "Commission", False),
    ],
)
def test_the_head_of_a_body_s_name_stands_for_it_where_it_was_just_named(
    name: str, short: str, joined: bool
) -> None:
    rows = [
        f"{word} {word} {'PROPN' if word[0].isupper() else 'ADP'} dep 1 ORG{'+' if i else ''}"
        for i, word in enumerate(name.split())
    ]
    doc = parse(
        "en",
        "\n".join(rows)
        + f"\nspoke speak VERB dep 1\n\n{short} {short} PROPN nsubj 2 ORG\nleft leave VERB ROOT 0",
    )

    assert len(read_names(doc).nodes) == (1 if joined else 2)


@pytest.mark.usefixtures("word_lists_alone")
@pytest.mark.parametrize(("label", "nodes"), [("PRODUCT", 1), ("ORG", 2)])
def test_several_of_a_product_are_the_product(label: str, nodes: int) -> None:
    doc = parse(
        "en",
        f"""
        They they PRON nsubj 2
        sell sell VERB ROOT 0
        Quornes Quorne PROPN obj 2 {label}
        ; ; PUNCT punct 2
        the the DET det 6
        Quorne Quorne PROPN nsubj 7 {label}
        sells sell VERB conj 2
        """,
    )

    assert len(read_names(doc).nodes) == nodes


@pytest.mark.parametrize(
    ("site", "stem", "name"),
    [
        ("Amazon.fr", "Amazon", "Amazon"),
        ("Booking.com", "Booking", "Booking.com"),
        ("Zorblax.com", "Zorblax", "Zorblax.com"),
    ],
)
def test_a_site_s_address_is_no_name_of_the_known_firm_behind_it(
    site: str, stem: str, name: str
) -> None:
    doc = parse(
        "fr",
        f"""
        {site} {site} PROPN nsubj 2 ORG
        paie payer VERB ROOT 0

        {stem} {stem} PROPN nsubj 2 ORG
        pleure pleurer VERB ROOT 0
        """,
    )

    assert [node.name for node in read_names(doc).nodes] == [name]


@pytest.mark.parametrize(
    ("words", "name"), [("Gov. Quorne Zorblax", "Quorne Zorblax"), ("Gov. Zorblax", "Gov. Zorblax")]
)
def test_a_full_name_has_no_honorific(words: str, name: str) -> None:
    rows = [f"{w} {w} PROPN dep 1 PERSON{'+' if i else ''}" for i, w in enumerate(words.split())]

    [node] = read_names(parse("en", "\n".join(rows))).nodes

    assert node.name == name


def bodies(lang: str, *sentences: str) -> list[list[str]]:
    """What is taken for one thing of names that each have a sentence; "/" ends their articles."""
    blocks = []
    for sentence in sentences:
        article, _, words = sentence.rpartition("/")
        last = len(words.split()) + bool(article)
        rows = [f"{article} {article.lower()} DET det {last}"] if article else []
        for i, word in enumerate(words.split()):
            pos = "PROPN" if word[0].isupper() else "ADP"
            head = f"flat {last}" if len(rows) + 1 < last else f"nsubj {last + 1}"
            rows.append(f"{word} {word} {pos} {head} ORG{'+' if i else ''}")
        blocks.append("\n".join([*rows, "spoke speak VERB ROOT 0", f". . PUNCT punct {last + 1}"]))
    doc = parse(lang, "\n\n".join(blocks))
    return [[doc[s.start : s.end].text for s in node.spots] for node in read_names(doc).nodes]


@pytest.mark.parametrize(
    ("lang", "names", "nodes"),
    [
        ("fr", ["Cnil", "L'/Agence", "Agence de Quorne"], [["Cnil"], ["Agence de Quorne"]]),
        ("fr", ["Autorité de Quorne", "L'/Autorité"], [["Autorité de Quorne", "Autorité"]]),
        ("fr", ["Arcom", "L'/Autorité"], [["Arcom", "Autorité"]]),
        ("fr", ["Cnil", "La/Commission"], [["Cnil", "Commission"]]),
        (
            "fr",
            ["Zorblax", "Arcom", "L'/Autorité", "Autorité de la concurrence"],
            [["Zorblax"], ["Arcom", "Autorité"], ["Autorité de la concurrence"]],
        ),
        ("en", ["Zorblax", "The/Agency", "Quorne Agency"], [["Zorblax"], ["Quorne Agency"]]),
        ("en", ["Zorblax", "The/Group"], [["Zorblax"]]),
        ("en", ["Zorblax", "Beacon"], [["Zorblax"], ["Beacon"]]),
    ],
)
def test_a_noun_written_large_is_short_for_what_was_named_before_it(
    lang: str, names: list[str], nodes: list[list[str]]
) -> None:
    assert bodies(lang, *names) == nodes


def test_a_body_is_not_called_by_the_noun_for_it() -> None:
    doc = parse(
        "fr",
        """
        Cnil Cnil PROPN nsubj 2 ORG
        parle parler VERB ROOT 0

        La le DET det 2
        Commission commission PROPN nsubj 3 ORG
        parle parler VERB ROOT 0
        """,
    )

    assert [node.name for node in read_names(doc).nodes] == ["Cnil"]


def test_a_noun_written_large_in_the_title_may_come_before_the_name() -> None:
    assert bodies("fr", "L'/Agence", "Agence de Quorne") == [["Agence", "Agence de Quorne"]]


def test_a_law_is_one_whatever_its_acronym_looks_like() -> None:
    doc = parse(
        "en",
        """
        The the DET det 6
        Competition competition PROPN compound 6
        and and CCONJ cc 4
        Widget widget PROPN conj 2
        Consumer consumer PROPN compound 6
        Act act PROPN nsubj 10
        ( ( PUNCT punct 8
        CWCA CWCA PROPN appos 6 ORG
        ) ) PUNCT punct 8
        applies apply VERB ROOT 0

        CWCA CWCA PROPN nsubj 2 ORG
        says say VERB ROOT 0

        CWCA CWCA PROPN nsubj 2 ORG
        said say VERB ROOT 0
        """,
    )

    [node] = read_names(doc).nodes

    assert node.type == "LegalInstrument"
    assert node.chance > 0.99


SHORT_LAW = """
    The   the   DET   det   4
    {0}   {0}   PROPN compound 4 {1}
    Data  Data  PROPN compound 4 {1}+
    Act   Act   PROPN nsubj 5 {1}+
    binds bind  VERB  ROOT  0

    The   the   DET   det   2
    Act   Act   PROPN nsubj 3 {1}
    binds bind  VERB  ROOT  0
"""


def test_an_act_is_the_one_law_whose_name_ends_so() -> None:
    reading = read_names(parse("en", SHORT_LAW.format("Quorne", "LAW")))

    assert [node.name for node in reading.nodes] == ["Quorne Data Act"]


def test_an_act_is_none_of_two_laws_whose_names_end_so() -> None:
    table = SHORT_LAW.format("Zorblax", "LAW").split("\n\n")[0]
    reading = read_names(parse("en", f"{table}\n\n{SHORT_LAW.format('Quorne', 'LAW')}"))

    names = [node.name for node in reading.nodes]
    assert names == ["Zorblax Data Act", "Quorne Data Act", "Act"]
