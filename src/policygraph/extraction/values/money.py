"""Finds amounts of money and shares, normalised: ``150000000 EUR``, ``20%``.

No library reads both languages right ("milliards" is dropped, "5bn" becomes barns), so
the grammar is ours; names of currencies and decimal conventions are the CLDR's (Babel),
with additions in ``ontology/lexicon/money.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from policygraph.ontology import ontology_dir, read_toml


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount at ``[start, end)``, with its canonical value."""

    start: int
    end: int
    value: str


def find_money(text: str, lang: str) -> list[FoundAmount]:
    """Amounts with a currency, told or taken from one beside them, in reading order."""
    grammar = _grammar(lang)
    found: list[FoundAmount] = []
    for pattern in (grammar.after, grammar.before):
        for match in pattern.finditer(text):
            number = grammar.numbers.get(match["number"].lower()) or _number(
                match["number"], lang, scaled=match["scale"] is not None
            )
            currency = grammar.currency(match["currency"])
            if number is None or currency is None:
                continue
            if match["half"] or match["more"]:
                number += Decimal("0.5")
            currency = grammar.here(currency, match["currency"].lower(), text)
            scale = grammar.multipliers.get((match["scale"] or "").lower(), 1)
            value = f"{_plain(number * scale)} {currency}"
            start, end = match.start("number"), match.end()
            if pattern is grammar.before:
                start = match.start("currency")
            if not any(start < other.end and other.start < end for other in found):
                found.append(FoundAmount(start, end, value))
    found += [
        amount
        for other in tuple(found)
        for amount in (*_listed(text, other, grammar, lang), *_carried(text, other, grammar, lang))
        if not any(amount.start < f.end and f.start < amount.end for f in found)
    ]
    return sorted(dict.fromkeys(found), key=lambda f: f.start)


def _listed(text: str, after: FoundAmount, grammar: _Grammar, lang: str) -> Iterator[FoundAmount]:
    """Bare numbers right before an amount, which count in its unit: "90 and 60 million euros"."""
    told = grammar.after.match(text, after.start)
    if told is None or told["scale"] is None:
        return
    currency, scale = after.value.split()[1], grammar.multipliers[told["scale"].lower()]
    start = after.start
    while match := grammar.listed.search(text, max(0, start - _LISTED_WITHIN), start):
        number = None if match["range"] else _number(match["number"], lang, scaled=True)
        if number is None:
            return
        start = match.start("number")
        yield FoundAmount(start, match.end("number"), f"{_plain(number * scale)} {currency}")


def _carried(text: str, before: FoundAmount, grammar: _Grammar, lang: str) -> Iterator[FoundAmount]:
    """Sums behind an amount in its sentence that leave its currency out: "and Meta 60 million";
    what a clause of its own counts is no money: "warned Meta, which reaches 60 million".
    """
    currency, rest = before.value.split()[1], grammar.stop.search(text, before.end)
    end = rest.start() if rest else len(text)
    for match in grammar.bare.finditer(text, before.end, end):
        number = _number(match["number"], lang, scaled=True)
        if number is not None:
            scale = grammar.multipliers[match["scale"].lower()]
            yield FoundAmount(*match.span(), f"{_plain(number * scale)} {currency}")


def find_shares(text: str, lang: str) -> list[FoundAmount]:
    """Percentages, in reading order."""
    found = []
    for match in _SHARE.finditer(text):
        number = _number(match["number"], lang)
        if number is not None:
            found.append(FoundAmount(match.start(), match.end(), f"{_plain(number)}%"))
    return found


_NUMBER = r"\d{1,3}(?:[ .,\u202f\u00a0]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_SENTENCE_END = r"[.!?](?=\s)|[;\n]"
_LISTED_WITHIN = 24
"""Characters before an amount in which a number that counts in its unit may stand."""
_SHARE = re.compile(rf"(?P<number>{_NUMBER})\s?(?:%|per\s?cent\b|pour\s?cent\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Shared:
    """Words for more than one land's money, and the names that tell those lands apart."""

    words: frozenset[str]
    least: int
    names: dict[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Grammar:
    multipliers: dict[str, int]
    names: dict[str, str]
    symbols: dict[str, str]
    codes: frozenset[str]
    numbers: dict[str, Decimal]
    lands: dict[str, _Shared]
    after: re.Pattern[str]
    before: re.Pattern[str]
    listed: re.Pattern[str]
    bare: re.Pattern[str]
    stop: re.Pattern[str]

    def currency(self, words: str) -> str | None:
        if words in self.symbols:
            return self.symbols[words]
        if words in self.codes:
            return words
        return self.names.get(" ".join(words.lower().split()))

    def here(self, currency: str, words: str, text: str) -> str:
        """The currency of those words in the land that the text names most often."""
        shared = self.lands.get(currency)
        if shared is None or " ".join(words.split()) not in shared.words:
            return currency
        counts = {code: len(names.findall(text)) for code, names in shared.names.items()}
        best = max(counts, key=lambda code: (counts[code], code == currency))
        return best if counts[best] >= shared.least else currency


@cache
def _grammar(lang: str) -> _Grammar:
    from babel.numbers import get_currency_name, list_currencies

    data = read_toml(ontology_dir() / "lexicon" / "money.toml")
    names: dict[str, str] = {}
    for code in sorted(list_currencies(locale=lang)):
        for count in (1, 2):
            names.setdefault(get_currency_name(code, count=count, locale=lang).lower(), code)
    names = {name: code for name, code in names.items() if len(name) > 4}
    names |= data["names"][lang]
    multipliers, symbols = data["multipliers"][lang], data["symbols"] | data["scaled_symbols"]
    half = _any(data["halves"][lang])
    scale = rf"(?:\s(?P<half>{half}))?[\s-]?(?P<scale>{_any(multipliers)})(?!\w)"
    scale += rf"(?:\s(?P<more>{half})\b)?"
    codes = rf"\b(?-i:{_any(data['codes'])})\b"
    signs = [symbol for symbol in data["symbols"] if not symbol[0].isalpha()]
    letters = [symbol for symbol in data["symbols"] if symbol[0].isalpha()]
    spelt = _any(data["numbers"][lang])
    spelt = rf"(?:{spelt})(?=(?:\s(?:{half}))?[\s-](?:{_any(multipliers)})\b)"
    begins = "".join(sorted({word[0] for word in data["numbers"][lang]}))  # most words fail fast
    scaled = rf"(?<!\w)(?:{_any(data['scaled_symbols'])})(?=[\d.,]+[\s-]?(?:{_any(multipliers)})\b)"
    after = (
        rf"(?<![\w.,])(?=[\d{begins}])(?P<number>{_NUMBER}|{spelt})(?:{scale})?"
        rf"\s?-?(?:de\s|d['’]|of\s)?"
        rf"(?P<currency>(?:{_any(names)})(?!\w)|{codes}|(?:{_any(signs)})|(?:{_any(letters)})(?!\w))"
    )
    before = (
        rf"(?P<currency>(?:{_any(signs)})|(?<![^\W\d_])(?:{_any(letters)})|{codes}|{scaled})"
        rf"\s?(?P<number>{_NUMBER})(?:{scale})?"
    )
    joined, spelled = data["joined"][lang], [word for word in multipliers if len(word) > 3]
    listed = (
        rf"(?P<range>\b(?:{_any([*joined['ranges'], *joined['parts']])})\s)?"
        rf"(?<![\w.,])(?P<number>\d{{1,3}}(?:[.,]\d+)?)"
        rf"\s?(?:{_any(joined['words'])})\s\Z"
    )
    bare = (
        rf"(?<![\w.,])(?P<number>{_NUMBER})\s(?P<scale>{_any(spelled)})"
        rf"(?=\s?[,;:.)]|\s(?:{_any(joined['followers'])})\b|\s*\Z)"
    )
    return _Grammar(
        multipliers,
        names,
        symbols,
        frozenset(data["codes"]),
        {words: Decimal(value) for words, value in data["numbers"][lang].items()},
        {
            currency: _Shared(
                frozenset(lands.pop("words")),
                lands.pop("least"),
                {
                    code: re.compile(rf"(?<!\w)(?:{_any(names)})", re.IGNORECASE)
                    for code, names in lands.items()
                },
            )
            for currency, lands in data["lands"].items()
        },
        re.compile(after, re.IGNORECASE),
        re.compile(before, re.IGNORECASE),
        re.compile(listed, re.IGNORECASE),
        re.compile(bare, re.IGNORECASE),
        re.compile(rf"{_SENTENCE_END}|\b(?:{_any(joined['stops'])})(?!\w)", re.IGNORECASE),
    )


def _any(words: object) -> str:
    ordered = sorted(list(words), key=lambda w: (-len(w), w))  # type: ignore[call-overload]
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _number(words: str, lang: str, *, scaled: bool = False) -> Decimal | None:
    """A decimal number as that language writes it; a group of three after a mark is thousands."""
    compact = re.sub(r"\s", "", words)
    decimal = "," if lang == "fr" else "."
    other = "." if decimal == "," else ","
    grouped = rf"\d{{1,3}}(?:\{other}\d{{3}})+(?:\{decimal}\d+)?"
    if re.fullmatch(grouped, compact):
        compact = compact.replace(other, "")
    elif not scaled and re.fullmatch(rf"\d{{1,3}}(?:\{decimal}\d{{3}})+", compact):
        compact = compact.replace(decimal, "")  # nobody writes thousandths of money
    compact = compact.replace(",", ".")
    try:
        return Decimal(compact)
    except InvalidOperation:
        return None


def _plain(number: Decimal) -> str:
    """Without exponent or trailing zeros."""
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
