"""Names that mean one thing, and names that look as if they did, in whole sentences."""

from __future__ import annotations

import pytest

import policygraph as pg
from policygraph.ontology import ENTITIES


def read(lang: str, published: str, text: str) -> dict[int, str | None]:
    """For each place where a mention begins the slug of its entry, None where it has none."""
    found: dict[int, str | None] = {}
    for entity in pg.extract(text, lang=lang, published=published).entities:
        slug = (entity.iri or "").removeprefix(ENTITIES)
        known = slug if slug and "/" not in slug else None
        found.update({mention.start: known for mention in entity.mentions})
    return found


@pytest.mark.parametrize(
    ("lang", "published", "text", "words", "slug"),
    [
        ("en", "2019-07-24", "The FTC fined Facebook. Facebook agreed to pay.", "Facebook", "meta"),
        ("fr", "2019-07-24", "La FTC a sanctionné Facebook. Facebook paiera.", "Facebook", "meta"),
        (
            "en",
            "2020-05-02",
            "Russia blocked Facebook. People post on Facebook.",
            "Facebook",
            "facebook",
        ),
        (
            "en",
            "2022-05-02",
            "Meta closed pages on Facebook. Users of Facebook left.",
            "Facebook",
            "facebook",
        ),
        ("fr", "2022-05-02", "Meta a fermé des pages sur Facebook.", "Facebook", "facebook"),
        (
            "fr",
            "2016-08-08",
            "L'Irak a bloqué les réseaux sociaux (Twitter, Facebook et Instagram).",
            "Facebook",
            "facebook",
        ),
        (
            "en",
            "2021-11-02",
            "Facebook, which renamed itself Meta, was sued by Ohio. Meta denies it.",
            "Facebook",
            "meta",
        ),
        (
            "fr",
            "2021-11-02",
            "Facebook, rebaptisé Meta, est poursuivi par l'Ohio. Meta dément.",
            "Facebook",
            "meta",
        ),
        ("en", "2024-05-02", "X, formerly known as Twitter, must pay a fine.", "X", "twitter"),
        ("fr", "2024-05-02", "X (ex-Twitter) devra payer une amende à la Cnil.", "X", "twitter"),
        ("fr", "2024-05-02", "L'opérateur Orange est visé par l'Arcep.", "Orange", "orange-sa"),
        (
            "fr",
            "2024-05-02",
            "La ville d'Orange, dans le Vaucluse, accueille des manifestants.",
            "Orange",
            None,
        ),
        (
            "en",
            "2024-05-02",
            "The Amazon has lost forests, rangers said on Tuesday.",
            "Amazon",
            None,
        ),
        (
            "en",
            "2024-05-02",
            "Amazon has lost money, analysts said on Tuesday.",
            "Amazon",
            "amazon",
        ),
        (
            "fr",
            "2024-05-02",
            "L'Amazone est à sec au Brésil. Amazon a ouvert un entrepôt.",
            "Amazone",
            None,
        ),
        ("en", "2024-05-02", "Oracle bid for TikTok.", "Oracle", "oracle"),
        (
            "en",
            "2024-05-02",
            "The Direct Marketing Association (DMA) lobbied Congress.",
            "DMA",
            None,
        ),
        (
            "en",
            "2024-05-02",
            "The DMA targets gatekeepers such as Google.",
            "DMA",
            "digital-markets-act",
        ),
        (
            "fr",
            "2024-05-02",
            "Le règlement sur les marchés numériques vise Google.",
            "règlement",
            "digital-markets-act",
        ),
        (
            "fr",
            "2024-05-02",
            "Le règlement sur les services numériques vise X.",
            "règlement",
            "digital-services-act",
        ),
        (
            "fr",
            "2024-05-02",
            "La Federal Trade Commission poursuit Meta. La Commission veut la vente.",
            "Commission veut",
            "federal-trade-commission",
        ),
        (
            "en",
            "2024-05-02",
            "The Commerce Commission said no. The Commission fined Sky.",
            "Commission fined",
            "commerce-commission",
        ),
        (
            "en",
            "2024-05-02",
            "The European Commission fined Apple. The Commission said no.",
            "Commission said",
            "european-commission",
        ),
        (
            "en",
            "2024-05-02",
            "The Court of Justice of the European Union ruled. The Court said no.",
            "Court said",
            "court-of-justice-of-the-european-union",
        ),
        (
            "fr",
            "2024-05-02",
            "La Cour des comptes critique Bercy. La Cour estime que c'est cher.",
            "Cour estime",
            "cour-des-comptes-fr",
        ),
        ("fr", "2024-05-02", "Pékin s'oppose à la vente de TikTok.", "Pékin", "china"),
        (
            "fr",
            "2024-05-02",
            "Une marche a eu lieu à Londres. Londres a interdit TikTok.",
            "Londres.",
            "london",
        ),
        (
            "fr",
            "2024-05-02",
            "Une marche a eu lieu à Londres. Londres a interdit TikTok.",
            "Londres a",
            "united-kingdom",
        ),
        (
            "en",
            "2024-05-02",
            "Washington wants TikTok sold. TikTok sued in Washington.",
            "Washington wants",
            "united-states",
        ),
        (
            "en",
            "2024-05-02",
            "Washington wants TikTok sold. TikTok sued in Washington.",
            "Washington.",
            "washington-dc",
        ),
        (
            "fr",
            "2024-05-02",
            "Paris vote contre les trottinettes. La maire de Paris est ravie.",
            "Paris vote",
            "paris",
        ),
        ("fr", "2024-05-02", "Paris menace Pékin de sanctions.", "Paris", "france"),
        (
            "en",
            "2024-05-02",
            "Brussels fined Apple. The deal was signed in Brussels.",
            "Brussels fined",
            "european-commission",
        ),
        (
            "en",
            "2024-05-02",
            "Brussels fined Apple. The deal was signed in Brussels.",
            "Brussels.",
            "brussels",
        ),
        (
            "fr",
            "2024-05-02",
            "Rome s'oppose à Bruxelles sur la taxe numérique.",
            "Bruxelles",
            "european-commission",
        ),
        (
            "fr",
            "2024-05-02",
            "Le Quai d'Orsay proteste auprès de Downing Street.",
            "Quai",
            "french-foreign-ministry",
        ),
        (
            "en",
            "2020-08-04",
            "Trump signed an order. His niece Mary Trump disagrees.",
            "Mary",
            None,
        ),
        ("en", "2020-08-04", "Donald J. Trump wants TikTok banned.", "Donald", "donald-trump"),
        (
            "fr",
            "2020-08-04",
            "M. Trump a signé un décret contre TikTok.",
            "M. Trump",
            "donald-trump",
        ),
        ("fr", "2020-08-04", "La Cnil a sanctionné Amazon.", "Cnil", "cnil"),
        (
            "fr",
            "2024-05-02",
            "Alphabet, la maison mère de Google, fait appel.",
            "Alphabet",
            "alphabet",
        ),
        ("en", "2025-06-02", "Bytedance denied it.", "Bytedance", "bytedance"),
        (
            "fr",
            "2024-05-02",
            "Threads, le réseau social de Meta, arrive en Europe.",
            "Threads",
            "threads",
        ),
    ],
)
def test_a_name_means_what_its_sentence_says(
    lang: str, published: str, text: str, words: str, slug: str | None
) -> None:
    found = read(lang, published, text)

    assert found.get(text.index(words), "nothing") == slug


@pytest.mark.parametrize(
    ("lang", "text", "country"),
    [
        ("en", "The Dutch authority fined Uber.", "netherlands"),
        ("fr", "L'autorité néerlandaise a sanctionné Uber.", "netherlands"),
        ("fr", "Soixante millions de Belges dans un fichier.", "belgium"),
    ],
)
def test_an_adjective_of_nationality_does_not_make_its_country_an_actor(
    lang: str, text: str, country: str
) -> None:
    record = pg.extract(text, lang=lang, published="2024-08-26")
    slugs = {entity.id: (entity.iri or "").removeprefix(ENTITIES) for entity in record.entities}

    acts = [c for c in record.claims if c.predicate != "basedIn"]  # the authority is of its country
    assert country not in {slugs[end] for claim in acts for end in (claim.subject, claim.object)}


def test_a_firm_is_at_home_where_the_adjective_says() -> None:
    assert "netherlands" in read("en", "2024-08-26", "A Dutch firm, ASML, sued Uber.").values()


def test_an_article_has_one_entity_for_one_thing() -> None:
    record = pg.extract(
        "X, formerly known as Twitter, must pay. Elon Musk bought Twitter.",
        lang="en",
        published="2024-05-02",
    )

    iris = [entity.iri for entity in record.entities]
    assert len(iris) == len(set(iris))
