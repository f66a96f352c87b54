"""Puts the named spots of an article together: one node for one thing."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from policygraph.extraction.language.lexicon import Lexicon
from policygraph.extraction.names.acronyms import acronyms, means_another
from policygraph.extraction.names.apposed_names import apposed_names
from policygraph.extraction.names.entity_types import settle_types
from policygraph.extraction.names.former_names import EX, former_names
from policygraph.extraction.names.legal_forms import load_legal_forms
from policygraph.extraction.names.nationality import nation
from policygraph.extraction.names.own_articles import is_own_article
from policygraph.extraction.reading import Node, Reading
from policygraph.extraction.spot import DEMONYM, GROUP, NAME, NOMINAL, VALUE, Spot
from policygraph.folding import fold

_ORGANIZATIONS = frozenset(
    {"Company", "Product", "GovernmentBody", "IntergovernmentalOrganization", "AdvocacyGroup",
     "MediaOutlet", "ResearchOrganization", "Event", "Place", "LegalInstrument"}
)  # fmt: skip


_BODIES = frozenset({"GovernmentBody", "IntergovernmentalOrganization"})

_LOCAL = frozenset({"Place", "Country"})

_SHORTEST = 4
"""Letters that the short form of a name must have, unless it is a law's: "the Act"."""


def gather(reading: Reading) -> None:
    """Fill ``reading.nodes``: same authority entry, same name, acronym, surname."""
    keys: dict[tuple[str, str], Node] = {}
    full = acronyms(reading.doc, reading.spots, reading.lexicon)
    for short, long in apposed_names(reading.doc, reading.spots):
        full[id(short)] = long
    for spot in reading.spots:
        if id(spot) in full and means_another(reading.doc, spot, full[id(spot)], reading.lexicon):
            spot.known, spot.also, spot.type = None, (), full[id(spot)].type
    former = former_names(reading.doc, reading.spots)
    full |= former
    names = [s for s in reading.spots if s.kind in (NAME, VALUE)]
    for spot in sorted(names, key=lambda s: _order(reading, s)):
        node = _longer(reading, spot) or _find(reading, spot, keys, full)
        if node is None and _is_common_noun(reading, spot):
            reading.read_as_noun(spot)
            continue
        if node is None:
            node = Node(spot.type)
            reading.nodes.append(node)
        for key in _keys(reading, spot, full):
            keys.setdefault(key, node)
        reading.cover(spot, node)
    settle_types(reading)
    for spot in reading.spots:
        if spot.kind == DEMONYM:
            _place_demonym(reading, spot, keys)
    _place_inner(reading, keys)
    for node in reading.nodes:
        node.spots.sort(key=lambda s: s.start)
        node.name = _name(reading, node, former)
    reading.nodes.sort(key=lambda n: (n.spots[0].start, n.spots[0].end))


def _order(reading: Reading, spot: Spot) -> tuple[str, int, int]:
    """Values by place, then known names, then the others, the longest first; last those that
    are of one word that says little ("Commission").
    """
    rank = 2 if _says_little(reading, spot) else int(spot.known is None)
    if spot.kind != NAME:
        return spot.kind, rank, 0
    first, last = reading.tokens[spot.start], reading.tokens[spot.end - 1]
    return spot.kind, rank, first.idx - last.idx - len(last)


def _says_little(reading: Reading, spot: Spot) -> bool:
    known = spot.known
    return (
        known is not None
        and known.type in _BODIES
        and spot.end - spot.start == 1
        and _words(reading, spot) in known.weak
    )


def _longer(reading: Reading, spot: Spot) -> Node | None:
    """The body just named that one word of many bodies means: "the Commission".

    That it is not the one which the word mostly means is clear where the article did not name
    that one; a title may come before its name.
    """
    if not (_says_little(reading, spot) or _is_noun(reading, spot)):
        return None
    word = _words(reading, spot)
    named = [s for s in reading.spots_before(spot.start) if s.kind == NAME]
    told = named if reading.sentence_of[spot.start] else reading.spots
    if spot.known is not None and any(
        s.known is spot.known and not _says_little(reading, s) for s in told
    ):
        return None
    for other in named:
        node = reading.node_of[id(other)]
        if node.type in _BODIES and any(
            _is_short_for(word, name.split(), reading.lexicon)
            for name in _names_in_full(reading, other)
        ):
            spot.known, spot.type = None, node.type
            return node
    return None


def _names_in_full(reading: Reading, spot: Spot) -> list[str]:
    """What a body is called by a spot, and by the authority file: what "Arcom" is short for."""
    known = () if spot.known is None else spot.known.names_in(reading.lexicon.lang)
    return [name for name in (_words(reading, spot), *known) if " " in name]


def _is_noun(reading: Reading, spot: Spot) -> bool:
    """Whether an unknown name is but a common noun, written large: "l'Autorité"."""
    return (
        spot.kind == NAME
        and spot.known is None
        and spot.end - spot.start == 1
        and reading.words[spot.start] in reading.lexicon.nominals
    )


def _is_common_noun(reading: Reading, spot: Spot) -> bool:
    """Whether such a noun names nobody, as a definite article before it tells."""
    place = spot.start
    return (
        _is_noun(reading, spot)
        and reading.words[place] in reading.lexicon.vague
        and place > 0
        and reading.words[place - 1] in reading.lexicon.definite
        and not is_own_article(reading.tokens[place - 1], reading.lexicon)
    )


def _is_short_for(word: str, words: list[str], lexicon: Lexicon) -> bool:
    """Whether a word is the head of a longer name: the last one, also of what stands before "of",
    or in French the first.

    "House" is short for neither "House Judiciary Committee" nor "Committee of the House".
    """
    if words[-1] == word:
        return words[-2].lower() not in lexicon.links | lexicon.articles
    if lexicon.lang == "en":
        of = next((i for i, w in enumerate(words) if (w,) in lexicon.portfolios.of), len(words))
        return words[of - 1] == word
    return words[0] == word and (words[1] in lexicon.links or words[1].islower())


def _words(reading: Reading, spot: Spot) -> str:
    return reading.doc[spot.start : spot.end].text


def _plain(reading: Reading, spot: Spot) -> str:
    words = fold(_words(reading, spot)).lstrip("# ").removeprefix(EX)
    for article in sorted(reading.lexicon.articles, key=len, reverse=True):
        prefix = fold(article) + ("" if article.endswith(("'", "’")) else " ")
        if words.startswith(prefix):
            return words[len(prefix) :]
    return words


def _keys(reading: Reading, spot: Spot, full: Mapping[int, Spot]) -> list[tuple[str, str]]:
    if spot.kind == VALUE:
        return [(spot.type, spot.value or "")]
    words = _plain(reading, spot)
    found = [("known", spot.known.slug)] if spot.known is not None else []
    if spot.apart:
        return found or [(spot.type, words)]
    if (site := _SITE.fullmatch(words)) is not None:
        found.append(("name", words))
        words = site[1]
    if id(spot) in full:
        found.append(("name", _plain(reading, full[id(spot)])))
    if spot.type == "Person":
        words = _untitled(reading, words)
        found.append(("person", words))
        found.append(("surname", words.split()[-1]))
        found.append(("name", words))  # it may be no person: all mentions tell in the end
    else:
        found.append(("name", words))
        found.append(("person", words))
        if spot.type not in _LOCAL:
            found.append(("firm", load_legal_forms().without(words)))
        if spot.type == "Product" and spot.known is None and len(words) > _SHORTEST:
            found.append(("name", words.removesuffix("s")))  # "Pixels"
        before, _, _ = words.rpartition(" ")
        last = reading.tokens[spot.end - 1].text
        if before and (country := nation(last, reading.lexicon.lang)) is not None:
            found.append(("name", f"{before} <{country.slug}>"))  # "TikTok US", "TikTok USA"
    return found


_SITE = re.compile(r"([\w-]{4,})\.[a-z]{2,4}")
"""A name that is a site's address: "Booking.com" is "Booking" too."""


def _untitled(reading: Reading, words: str) -> str:
    """A person's folded name without the honorific before it."""
    first, _, rest = words.partition(" ")
    return rest if rest and first in reading.lexicon.honorifics else words


def _find(
    reading: Reading, spot: Spot, keys: dict[tuple[str, str], Node], full: Mapping[int, Spot]
) -> Node | None:
    keys_of = _keys(reading, spot, full)
    for key in keys_of:
        if key[0] == "surname" and ("person", key[1]) not in keys_of:
            continue  # a first name tells people of one family apart
        node = keys.get(key)
        if node is not None and not (key[0] == "firm" and _are_two(spot, node)):
            return node
    return _undated(reading, spot, keys) or _shortened(reading, spot, keys)


def _are_two(spot: Spot, node: Node) -> bool:
    """Whether the authority file tells what a name means from what an entity is."""
    return None not in (spot.known, node.known) and spot.known is not node.known


def _undated(reading: Reading, spot: Spot, keys: dict[tuple[str, str], Node]) -> Node | None:
    """The one law of this name and a year: "Data Act 2018", for "the Data Act"."""
    if spot.type != "LegalInstrument":
        return None
    words = _plain(reading, spot)
    fitting = {
        id(node): node
        for (kind, name), node in keys.items()
        if kind == "name" and name.startswith(words) and _YEAR.fullmatch(name, len(words))
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


_YEAR = re.compile(r",? (?:19|20)\d\d")


def _shortened(reading: Reading, spot: Spot, keys: dict[tuple[str, str], Node]) -> Node | None:
    """The one entity whose longer name begins or ends with a word that stands alone here; of
    people's names, any word ("M. Dillo", for Yaya Dillo Djerou). A common noun written large is
    short for what was named before it, unless it stands in the title.
    """
    if spot.kind != NAME or spot.known is not None:
        return None
    word = _untitled(reading, _plain(reading, spot))
    length = spot.end - spot.start - (reading.words[spot.start] == "#")
    if " " in word or (spot.type != "Person" and length > 1):
        return None
    ahead = not _is_noun(reading, spot) or reading.sentence_of[spot.start] == 0
    fitting = {
        id(node): node
        for (kind, name), node in keys.items()
        if (ahead or any(other.end <= spot.start for other in node.spots))
        and (
            (kind == "surname" and name == word)
            or (kind == "person" and spot.type == node.type == "Person" and word in name.split())
            or (
                kind == "name"
                and (len(word) >= _SHORTEST or spot.type == node.type == "LegalInstrument")
                and " " in name
                and word in (name.split()[0], name.split()[-1])
            )
        )
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _place_demonym(reading: Reading, spot: Spot, keys: dict[tuple[str, str], Node]) -> None:
    """An adjective of nationality names its country; a mention only where no other form is."""
    if spot.known is None:
        return
    key = ("known", spot.known.slug)
    if key not in keys:
        keys[key] = Node(spot.type)
        reading.nodes.append(keys[key])
    if not any(s.kind == NAME for s in keys[key].spots):
        reading.cover(spot, keys[key])
        return
    reading.cover(spot)
    reading.node_of[id(spot)] = keys[key]


def _place_inner(reading: Reading, keys: dict[tuple[str, str], Node]) -> None:
    """Countries that nothing but longer names name: "MTN Ghana", "Australian Federal Police".

    They are shown only where a claim is about them: whose minister somebody is.
    """
    inner: dict[str, Node] = {}
    for spot in reading.spots:
        if spot.kind != NAME or spot.type not in _NATIONAL or spot.end - spot.start < 2:
            continue
        for i in range(spot.start, spot.end):
            country = nation(reading.tokens[i].text, reading.lexicon.lang)
            if country is not None and ("known", country.slug) not in keys:
                node = inner.setdefault(country.slug, Node("Country"))
                node.spots.append(Spot(i, i + 1, "Country", NOMINAL, known=country))
    reading.nodes += inner.values()


_NATIONAL = _ORGANIZATIONS - {"Place", "Product"}
"""Types of what may have a country in its name that it is of."""


def _name(reading: Reading, node: Node, former: Container[int]) -> str:
    """The fullest proper name in the text, a former one only where it has no other; a value's
    canonical form; a country's usual name.
    """
    if node.spots[0].kind == VALUE:
        return node.spots[0].value or ""
    bare = reading.lexicon.without_article
    spots = [spot for spot in node.spots if spot.kind in (NAME, GROUP)]
    own = [spot for spot in spots if not _is_page_of(spot, node, reading)]
    of_today = [spot for spot in own if id(spot) not in former] or own
    of_today = [spot for spot in of_today if not _is_noun(reading, spot)] or of_today
    names = [
        words if is_own_article(reading.tokens[spot.start], reading.lexicon) else bare(words)
        for spot in of_today
        for words in [re.sub(r"\s+", " ", _words(reading, spot))]
    ]
    usual = "" if node.known is None else str(node.known.label(reading.lexicon.lang))
    if usual and (node.type == "Country" or not names):
        return usual
    if not names:
        return _words(reading, node.spots[0])
    name = _FORMER.sub("", max(names, key=len))
    if node.type == "Person":
        name = _without_honorific(name, reading.lexicon)
    return usual if bare(usual) == name else name  # "Le Monde", "The Hague"


def _without_honorific(name: str, lexicon: Lexicon) -> str:
    """A person's full name: "Tate Reeves", not "Gov. Tate Reeves"; but "Mme Vestager"."""
    first, _, rest = name.partition(" ")
    return rest if " " in rest and first.lower() in lexicon.honorifics else name


_FORMER = re.compile(rf"^(?i:{EX})(?=[A-ZÀ-Þ])")


def _is_page_of(spot: Spot, node: Node, reading: Reading) -> bool:
    """Whether a name is but the address of a site of what the authority file knows: "Amazon.fr"."""
    return (
        spot.known is None
        and node.known is not None
        and bool(_SITE.fullmatch(_plain(reading, spot)))
    )


def country_of(node: Node) -> str | None:
    """The ISO code of the country that the authority file gives the entity, if any."""
    known = node.known
    if known is None or known.country is None:
        return None
    return str(known.country)
