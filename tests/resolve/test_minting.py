from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sample_records import english, gold_records, zephyr

from policygraph.model import Article, Entity, Mention, Record
from policygraph.ontology import ENTITIES
from policygraph.resolve import mint, resolve


def test_every_entity_gets_an_iri_and_keeps_the_one_it_has() -> None:
    resolved = resolve(zephyr())

    assert [e.iri for e in resolved.entities[:2]] == [
        f"{ENTITIES}company/zephyr",
        f"{ENTITIES}product/papillon",
    ]
    assert resolve(resolved) == resolved
    assert resolve(english()) == english()


def test_one_name_written_in_two_ways_is_one_thing() -> None:
    assert mint("Company", "Société Générale") == mint("Company", "SOCIETE  GENERALE")
    assert mint("Company", "Orange") != mint("Product", "Orange")
    assert mint("GovernmentBody", "Arcep") == f"{ENTITIES}government-body/arcep"


def test_names_in_other_scripts_stay_apart() -> None:
    names = ("腾讯", "字节跳动", "Яндекс", "ВКонтакте", "Canal", "Canal+")

    assert len({mint("Company", name) for name in names}) == len(names)


@given(st.text(min_size=1), st.text(min_size=1))
def test_an_iri_is_plain_and_short(one: str, other: str) -> None:
    iri = mint("Company", one)

    assert iri.isascii()
    assert " " not in iri
    assert len(iri) < len(ENTITIES) + 100
    assert iri != f"{ENTITIES}company/"
    assert (iri == mint("Company", other)) or one != other


def test_what_has_no_name_is_a_thing_of_its_article_alone() -> None:
    def law(text: str, name: str) -> Record:
        mention = Mention(0, len(name), name)
        entity = Entity(id="e1", name=name, type="LegalInstrument", mentions=(mention,))
        article = Article(source="a", text=f"{name} {text}", lang="en")
        return resolve(Record(article=article, entities=(entity,)))

    def iri(record: Record) -> str | None:
        return record.entities[0].iri

    assert iri(law("one", "the law")) != iri(law("two", "the law"))
    assert iri(law("one", "Data Act")) == iri(law("two", "Data Act"))
    assert iri(law("one", "数据法")) == iri(law("two", "数据法"))


def test_resolution_does_not_depend_on_order() -> None:
    records = [*gold_records()]
    expected = {record.id: resolve(record) for record in records}
    Random(3).shuffle(records)

    assert {record.id: resolve(record) for record in records} == expected
