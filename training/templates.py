"""Fills the templates with names: unlimited tech-policy sentences with their entities marked.

A name whose hash falls in the held-out tenth is never drawn for training, so that
``evaluate`` can ask about names that the model has not seen.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from training.entities import Text

HERE = Path(__file__).parent / "templates"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([A-Z_]+)\}")
_LABELS = {
    "FIRM": "ORG",
    "BODY": "ORG",
    "NGO": "ORG",
    "MEDIA": "ORG",
    "RESEARCH": "ORG",
    "PRODUCT": "PRODUCT",
    "LAW": "LAW",
    "PERSON": "PERSON",
    "COUNTRY": "LOC",
    "IN_COUNTRY": "LOC",
    "CITY": "LOC",
    "EVENT": "EVENT",
}
# "de le RGPD" is written "du RGPD"
_CONTRACTIONS = {"de le ": "du ", "de les ": "des ", "à le ": "au ", "à les ": "aux "}


def held_out(name: str) -> bool:
    """Whether a name is kept for testing: one in ten, by its hash."""
    return int(sha256(name.encode()).hexdigest(), 16) % 10 == 0


@dataclass
class Writer:
    """Writes sentences in one language; ``test`` draws held-out names, else only the others."""

    lang: str
    random: Random
    data: Path | None = None
    test: bool = False

    def __post_init__(self) -> None:
        self._names = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
        self._texts = tomllib.loads((HERE / f"{self.lang}.toml").read_text(encoding="utf-8"))
        self._firms = list(self._names["firms"])
        self._people = list(self._names["persons"])
        if self.data:
            self._firms_seen = company_names(self.data)
            self._people += congress_names(self.data)

    def sentence(self) -> Text:
        """One sentence, or headline, with its entities."""
        template = self.random.choice(self._texts["templates"])
        while _CHOICE.search(template):
            template = _CHOICE.sub(
                lambda m: self.random.choice(m.group(1).split("|")), template, count=1
            )
        text, spans, place = "", [], 0
        for slot in _SLOT.finditer(template):
            text += template[place : slot.start()]
            place = slot.end()
            article, name = self._fill(slot.group(1))
            text += article
            if self.lang == "fr":
                text = self._contract(text)
            label = _LABELS.get(slot.group(1))
            if slot.group(1) == "DATE" and self.lang == "fr":
                label = "DATE"
            if label:
                spans.append((len(text), len(text) + len(name), label))
            text += name
        text += template[place:]
        if text and text[0].islower() and not (spans and spans[0][0] == 0):
            text = text[0].upper() + text[1:]
        return Text(text, spans)

    @staticmethod
    def _contract(text: str) -> str:
        for long, short in _CONTRACTIONS.items():
            if text.endswith((" " + long, "\n" + long)):
                return text[: -len(long)] + short
        return text

    def _fill(self, slot: str) -> tuple[str, str]:
        """An article with its space, and a name."""
        random = self.random
        match slot:
            case "FIRM":
                return "", self.firm()
            case "PRODUCT":
                return "", self.product()
            case "PERSON":
                return "", self._person()
            case "MEDIA":
                return "", self._pick(self._names["media"])
            case "NGO":
                return "", self._pick(self._names["ngos"])
            case "RESEARCH":
                return "", self._pick(self._names["research"])
            case "CITY":
                return "", self._pick(self._texts.get("cities") or self._names["cities"])
            case "BODY":
                return self._with_article(self._pick(self._texts["bodies"]))
            case "LAW":
                return self._with_article(self._pick(self._texts["laws"]))
            case "COUNTRY" | "IN_COUNTRY":
                article, name, preposition = self._pick(self._texts["countries"]).split("|")
                if slot == "COUNTRY":
                    return self._with_article(f"{article}|{name}")
                between = f"{article} " if self.lang == "en" and article else ""
                return f"{preposition} {between}", name
            case "EVENT":
                name = self._pick(self._texts["events"])
                for article in ("le ", "la ", "les ", "l'", "the "):
                    if name.startswith(article):
                        return article, name.removeprefix(article)
                return "", name
            case "AMOUNT":
                return "", self._amount()
            case "MONTH":
                return "", random.choice(self._texts["months"])
            case "DATE":
                return "", self._date()
        raise ValueError(f"no such slot: {slot}")

    @staticmethod
    def _with_article(value: str) -> tuple[str, str]:
        article, bar, name = value.partition("|")
        if not bar:
            return "", value
        return (article if article.endswith("'") or not article else article + " "), name

    def _pick(self, names: Sequence[str]) -> str:
        for _ in range(50):
            name = self.random.choice(names)
            if held_out(name) is self.test:
                return name
        return name

    def firm(self) -> str:
        """A company name: known, seen in the public data, or invented."""
        chance = self.random.random()
        if chance < 0.55 or not self.data:
            return self._pick(self._firms)
        if chance < 0.8:
            return self._pick(self._firms_seen)
        return self._invented()

    def _invented(self) -> str:
        stem = self.random.choice(self._names["firm_syllables"])
        name = stem + self.random.choice(self._names["firm_endings"])
        if self.random.random() < 0.2:
            acronym = self.random.random() < 0.5
            name = name.upper()[:4] if acronym else stem.title() + name[len(stem) :].title()
        else:
            name = name.title()
        return name + self.random.choice(self._names["firm_suffixes"])

    def product(self) -> str:
        """A product name."""
        if self.random.random() < 0.8:
            return self._pick(self._names["products"])
        invented = self.random.random() < 0.6
        stem = self._invented().split()[0] if invented else self._pick(self._firms)
        return f"{stem} {self.random.choice(self._names['product_endings'])}"

    def _person(self) -> str:
        chance = self.random.random()
        if chance < 0.35:
            return self._pick(self._people)
        name = self._pick(self._names["last_names"])
        if chance < 0.85:
            return f"{self._pick(self._names['first_names'])} {name}"
        return name[0].upper() + name[1:] if chance > 0.95 else self._pick(self._people).split()[-1]

    def _amount(self) -> str:
        number = self.random.choice((5, 12, 40, 50, 90, 150, 250, 400, 746))
        if self.lang == "fr":
            units = ("millions d'euros", "milliards de dollars", "M€", "millions de dollars")
            return f"{number} {self.random.choice(units)}"
        sign = self.random.choice("$€£")
        return f"{sign}{number} {self.random.choice(('million', 'billion'))}"

    def _date(self) -> str:
        day, year = self.random.randint(1, 28), self.random.randint(2012, 2026)
        month = self.random.choice(self._texts["months"])
        if self.lang == "fr":
            return self.random.choice((f"{day} {month} {year}", f"{day} {month}"))
        return self.random.choice((f"{month} {day}, {year}", f"{day} {month}", f"{month} {day}"))


def company_names(data: Path) -> list[str]:
    """The companies of the CORE corpus, shortest spelling conventions kept."""
    rows = json.loads((data / "relations/core/train.json").read_text(encoding="utf-8"))
    names = {row[key] for row in rows for key in ("e1_name", "e2_name")}
    return sorted(n for n in names if 2 < len(n) < 40 and n[0].isupper() and "(" not in n)


def congress_names(data: Path) -> list[str]:
    """Members of the US Congress by their usual names."""
    names = []
    with (data / "reference/qid_gazetteer.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["en"] and any(t.startswith("person:") for t in row["types"]):
                names.append(row["en"])
    return sorted(set(names))
