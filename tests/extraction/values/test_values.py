from __future__ import annotations

import pytest

from policygraph.extraction.values.dates import find_dates, find_durations
from policygraph.extraction.values.money import find_money, find_shares

TUESDAY = "2020-08-04"


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("fr", "le 15 septembre 2020", ["2020-09-15"]),
        ("fr", "d'ici au 15 septembre", ["2020-09-15"]),
        ("fr", "lundi", ["2020-08-03"]),
        ("en", "on September 15, 2020", ["2020-09-15"]),
        ("en", "in March 2018", ["2018-03"]),
        ("en", "last month", ["2020-07"]),
        ("en", "it may march on", []),
        ("en", "fined in May", ["2020-05"]),
        ("en", "in October the court ruled", ["2019-10"]),
        ("en", "the court will rule in October", ["2020-10"]),
        ("fr", "le 2 août dernier", ["2020-08-02"]),
        ("fr", "au plus tard le 3 décembre", ["2020-12-03"]),
        ("fr", "le tribunal se prononcera en octobre", ["2020-10"]),
        ("en", "last May and next March", ["2020-05", "2021-03"]),
        ("en", "tonight, not last night", ["2020-08-04", "2020-08-03"]),
        ("fr", "ce matin", ["2020-08-04"]),
        ("en", "two years ago, or a month ago", ["2018", "2020-07"]),
        ("en", "ten days ago", ["2020-07-25"]),
        ("fr", "il y a trois ans, voici un mois", ["2017", "2020-07"]),
        ("en", "two weeks ago", []),
        ("en", "last spring", ["2020"]),
        ("en", "last summer, next autumn", ["2019", "2020"]),
        ("fr", "l'automne dernier, le printemps prochain", ["2019", "2021"]),
        ("fr", "au printemps 2019", ["2019"]),
        ("en", "this summer", []),
        ("fr", "au début du mois", ["2020-08"]),
        ("en", "On 3 June it sued; on the 14th it won", ["2020-06-03", "2020-06-14"]),
        ("en", "on the 30th", ["2020-07-30"]),
        ("en", "On the 30th, it won", ["2020-07-30"]),
        ("en", "in the 9th Circuit", []),
        ("fr", "le 20 heures, le 49.3, le 5 %", []),
        ("en", "in June, on the 31st", ["2020-06"]),
        ("en", "on the 31st", ["2020-07-31"]),
        ("en", "founded in April 1976, sued on the 3rd", ["1976-04", "2020-08-03"]),
        ("en", "it must sell by the 20th", ["2020-08-20"]),
        ("fr", "le 2 et le 3 juin", ["2020-06-02", "2020-06-03"]),
        ("en", "on the 2nd-biggest market, on the 2nd floor", []),
        ("fr", "le 1er à payer, le 20-heures de TF1", []),
        ("en", "2019-45-67, 2024-02-30 and 2024-02-29", ["2024-02-29"]),
        ("fr", "il y a vingt\net un ans", ["1999"]),
        ("en", "1.5 years ago, half a year ago", []),
        ("en", "999 years ago", ["1021"]),
        ("fr", "sanctionné le 20 décembre, ce qui obligera Google", ["2019-12-20"]),
        ("fr", "Le 3 novembre, Laura a parlé", ["2019-11-03"]),
        ("fr", "Google se retira en octobre", ["2019-10"]),
        ("fr", "au début du mois prochain, au début de l'année 2019", ["2019"]),
        ("fr", "ce soir-là", []),
        ("fr", "un contrat a été passé, il a été dernier, ils ont été 2000", []),
        ("en", "at the beginning of the year 2019, shares fall 2000 points", []),
        ("en", "on November 18 last year and in March of next year", ["2019-11-18", "2021-03"]),
        ("en", "on 3 May this year, in mid-July last year", ["2020-05-03", "2019-07"]),
        ("fr", "le 18 novembre de l'an dernier", ["2019-11-18"]),
        ("fr", "en mars l’année dernière, en mai de cette année", ["2019-03", "2020-05"]),
        ("fr", "début mars de l'année prochaine", ["2021-03"]),
        ("en", "sold in March. Last year it sued.", ["2020-03", "2019"]),
        ("fr", "vendu en mars. L'an dernier, il payait.", ["2020-03", "2019"]),
        ("en", "Theresa May last year sued", ["2019"]),
        ("en", "on Tuesday of last week, on Friday next week", ["2020-07-28", "2020-08-14"]),
        (
            "fr",
            "jeudi de la semaine passée, lundi la semaine prochaine",
            ["2020-07-30", "2020-08-10"],
        ),
        ("en", "the last week, on Tuesday last", ["2020-08-04"]),
        ("en", "in Q3 2019 and H1 2020, by year's end", ["2019", "2020", "2020-12"]),
        ("en", "since the end of last year", ["2019-12"]),
        ("fr", "à la fin de l'année dernière", ["2019-12"]),
        ("fr", "au T1 2021, l'exercice 2019", ["2021", "2019"]),
        ("en", "it will vote on Thursday", ["2020-08-06"]),
        ("en", "rallies are planned for Friday", ["2020-08-07"]),
        ("en", "a judge is to rule on Tuesday", ["2020-08-04"]),
        ("en", "said on Thursday that it will vote", ["2020-07-30"]),
        ("en", "It will vote\n\nOn Thursday Meta sued", ["2020-07-30"]),
        ("fr", "un vote aura lieu jeudi", ["2020-08-06"]),
        ("fr", "la ministre rencontrera lundi les plateformes", ["2020-08-10"]),
        ("fr", "a annoncé jeudi qu'il voterait", ["2020-07-30"]),
        ("en", "on Monday, August 3, and Friday 31 July 2020", ["2020-08-03", "2020-07-31"]),
        ("fr", "du lundi 3 août", ["2020-08-03"]),
        ("en", "the deal of Tuesday, 17 November", ["2020-11-17"]),
        ("fr", "fermé vendredi\n\n3 août 2020", ["2020-07-31", "2020-08-03"]),
        (
            "en",
            "it must tell users from 10 July; it takes effect in May",
            ["2021-07-10", "2021-05"],
        ),
        ("en", "a hearing is set for 22 March, starting in June", ["2021-03-22", "2021-06"]),
        ("en", "said in December that it must pay", ["2019-12"]),
        ("en", "it must pay, as a court held in December", ["2019-12"]),
        ("fr", "la loi doit s'appliquer à partir du 2 juin", ["2021-06-02"]),
        ("fr", "l'audience est fixée au 12 mai", ["2021-05-12"]),
        ("fr", "Google doit payer, a jugé en mai la cour", ["2020-05"]),
        ("fr", "des élections du 9 septembre, du 9 juillet", ["2020-09-09", "2020-07-09"]),
        ("en", "ready to talk on 12 August, or in September", ["2020-08-12", "2019-09"]),
    ],
)
def test_dates_are_as_precise_as_their_words(lang: str, text: str, values: list[str]) -> None:
    assert [d.value for d in find_dates(text, lang, TUESDAY)] == values


@pytest.mark.parametrize(
    ("text", "words"),
    [("sold on 30 April. It", "30 April"), ("on 5 Sept. 2019 it", "5 Sept. 2019")],
)
def test_a_month_s_stop_is_part_of_a_date_where_it_ends_no_sentence(text: str, words: str) -> None:
    [date] = find_dates(text, "en", TUESDAY)

    assert text[date.start : date.end] == words


def test_a_date_after_by_is_a_deadline() -> None:
    [date] = find_dates("must sell by 15 September 2020", "en", TUESDAY)

    assert date.deadline


def test_a_weekday_before_a_day_is_part_of_it() -> None:
    [date] = find_dates("It must sell by Monday, September 14.", "en", TUESDAY)

    assert (date.start, date.end, date.deadline) == (16, 36, True)


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "by the end of September", "2020-09"),
        ("fr", "d'ici fin septembre", "2020-09"),
        ("fr", "avant la mi-septembre", "2020-09"),
        ("fr", "d'ici l'automne prochain", "2020"),
        ("fr", "au plus tard en décembre", "2020-12"),
        ("fr", "au plus tard fin décembre", "2020-12"),
        ("fr", "au plus tard à la mi-juin", "2021-06"),
        ("en", "by the second quarter of 2026", "2026"),
        ("en", "no later than the end of summer 2026", "2026"),
        ("fr", "d'ici au premier semestre 2026", "2026"),
        ("fr", "d'ici à l'été 2026", "2026"),
        ("fr", "au plus tard au deuxième trimestre 2026", "2026"),
        ("fr", "d'ici la fin du troisième trimestre 2026", "2026"),
    ],
)
def test_a_part_of_a_month_is_a_deadline_too(lang: str, text: str, value: str) -> None:
    [date] = find_dates(text, lang, TUESDAY)

    assert (date.value, date.deadline) == (value, True)


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "in the second quarter of 2026"), ("fr", "au premier semestre 2026")]
)
def test_a_part_of_a_year_by_itself_is_none(lang: str, text: str) -> None:
    [date] = find_dates(text, lang, TUESDAY)

    assert (date.value, date.deadline) == ("2026", False)


def test_relative_dates_need_the_article_s() -> None:
    assert find_dates("last month", "en", None) == []


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("fr", "45 jours", ["2020-09-18"]),
        ("en", "within thirty days", ["2020-09-03"]),
        ("fr", "trois mois", ["2020-11"]),
        ("en", "a year, or two weeks", ["2021-08", "2020-08-18"]),
        ("fr", "quarante-cinq jours", ["2020-09-18"]),
    ],
)
def test_durations_reach_as_far_as_their_units_tell(
    lang: str, text: str, values: list[str]
) -> None:
    assert [value for _, _, value in find_durations(text, lang, TUESDAY)] == values


def test_durations_count_from_a_day() -> None:
    assert list(find_durations("45 jours", "fr", "2020-08")) == []
    assert list(find_durations("45 jours", "fr", None)) == []
    assert list(find_durations("45 days", "en", "9999-12-31")) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "two years ago"),
        ("en", "for three years"),
        ("fr", "après deux ans d'enquête"),
        ("fr", "depuis trois mois"),
    ],
)
def test_how_long_something_has_lasted_is_no_term(lang: str, text: str) -> None:
    assert list(find_durations(text, lang, TUESDAY)) == []


@pytest.mark.parametrize("published", ["2020-02-30", "20200804", "soon"])
def test_what_is_no_date_is_none_of_the_article_s(published: str) -> None:
    assert find_dates("last month", "en", published) == []


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("fr", "une amende de 150 millions d'euros", ["150000000 EUR"]),
        ("fr", "26,5 milliards de dollars", ["26500000000 USD"]),
        ("en", "a €1.2bn fine", ["1200000000 EUR"]),
        ("en", "$40 billion", ["40000000000 USD"]),
        ("en", "40 billion users", []),
        ("fr", "six milliards de dollars", ["6000000000 USD"]),
        ("fr", "À Québec, le Québec demande 2500 $ à chaque Québécois", ["2500 CAD"]),
        ("fr", "4,665 millions d'euros", ["4665000 EUR"]),
        ("fr", "Québec, aux États-Unis : 2500 $, un tarif américain", ["2500 USD"]),
        ("en", "1.1 billion Korean won", ["1100000000 KRW"]),
        ("en", "R$100.000", ["100000 BRL"]),
        ("en", "200 shillings in Uganda", ["200 UGX"]),
        ("fr", "trois millions et demi d'euros", ["3500000 EUR"]),
        ("fr", "2 milliards et demi, un demi-milliard d'euros", ["500000000 EUR"]),
        ("fr", "une centaine de millions d'euros", ["100000000 EUR"]),
        ("fr", "une centaine d'euros, trois euros et demi", []),
        ("en", "two and a half billion dollars", ["2500000000 USD"]),
        ("en", "half a million euros, a half-billion euros", ["500000 EUR", "500000000 EUR"]),
        ("en", "a second half million users", []),
        ("fr", "5 millions de réaux, 2 milliards d'ariarys", ["5000000 BRL", "2000000000 MGA"]),
        ("fr", "400 forints, 30 ouguiyas, 8 rands", ["400 HUF", "30 MRU", "8 ZAR"]),
        ("fr", "À Dakar, 5 millions de FCFA", ["5000000 XOF"]),
        ("fr", "Au Gabon, 5 millions de francs CFA", ["5000000 XAF"]),
        ("en", "In Cameroon, 5 million CFA francs", ["5000000 XAF"]),
        ("fr", "3 millions de dinars", ["3000000 DZD"]),
        ("fr", "À Tunis, 3 millions de dinars", ["3000000 TND"]),
        ("fr", "À Tunis, 3 millions de dinars algériens", ["3000000 DZD"]),
        ("en", "The Iraqi state paid 3 million dinars", ["3000000 IQD"]),
    ],
)
def test_amounts_have_one_canonical_form(lang: str, text: str, values: list[str]) -> None:
    assert [m.value for m in find_money(text, lang)] == values


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("fr", "90 millions d'euros à Google et 60 millions à Shein", ["90000000", "60000000"]),
        ("fr", "90 millions d'euros pour 45 millions d'abonnés", ["90000000"]),
        ("fr", "90 millions d'euros. Elle en a 60 millions.", ["90000000"]),
        ("fr", "respectivement 90 et 60 millions d'euros", ["90000000", "60000000"]),
        ("fr", "entre 60 et 90 millions d'euros", ["90000000"]),
        ("en", "Google 90 million euros, and Meta 60 million.", ["90000000", "60000000"]),
        ("en", "90 million euros and 60 million users", ["90000000"]),
        ("en", "90 million euros, and Meta, whose app has 60 million.", ["90000000"]),
        ("fr", "90 millions d'euros; 60 millions.", ["90000000"]),
        ("fr", "l'article 5 et 90 millions d'euros", ["90000000"]),
        ("en", "90 and 60.5 million euros", ["90000000", "60500000"]),
        ("en", "between 60 and 90 million euros", ["90000000"]),
        ("en", "in 2019 and 90 million euros", ["90000000"]),
    ],
)
def test_sums_share_a_unit_that_one_of_them_tells(lang: str, text: str, values: list[str]) -> None:
    assert [m.value for m in find_money(text, lang)] == [f"{value} EUR" for value in values]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Rp 15 billion, RM20 and ₱50", ["15000000000 IDR", "20 MYR", "50 PHP"]),
        ("P50 million for a P50 by Huawei", ["50000000 PHP"]),
        ("CORP 15, ARM 20, PHP 8 and users 12", []),
        ("50 million pesos", ["50000000 MXN"]),
        ("50 million pesos, said Manila", ["50000000 PHP"]),
        ("IDR 5 billion or 3 million ringgit", ["5000000000 IDR", "3000000 MYR"]),
    ],
)
def test_currencies_of_asia_are_read(text: str, values: list[str]) -> None:
    assert [m.value for m in find_money(text, "en")] == values


def test_shares_are_read_in_both_conventions() -> None:
    assert [s.value for s in find_shares("27,5 % du capital", "fr")] == ["27.5%"]
    assert [s.value for s in find_shares("a 20 per cent stake", "en")] == ["20%"]
