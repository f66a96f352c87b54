"""Links an article's entities to the authority file, or leaves them unknown.

Each entity is scored against every entry that one of its forms may mean: by how the name was
found, whether the types agree, whether the fullest form says more than the entry's names,
whether the article speaks of the entry's country, owner or products, and what the extractor
took it for. The best entry wins if it is likelier than not; its score is the confidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import Levenshtein

from policygraph.authority import LANGUAGES, Authority, KnownEntity, is_before, load_authority
from policygraph.folding import fold
from policygraph.model import Entity, Record
from policygraph.ontology import ENTITIES
from policygraph.resolve.candidates import Candidate, candidates
from policygraph.resolve.names import (
    are_renamed,
    initials,
    name_words,
    person,
    same_first_names,
    tokens,
)
from policygraph.resolve.types import OF_COUNTRIES, near

_VALUES = frozenset({"Date", "Money"})

LIKELY = 0.55
"""A link must be at least as likely as this."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What the article speaks of: countries with their shares of 1, and entries by slug.

    ``around`` are the owners of these entries; ``own`` says which country an entity of the
    article speaks for, and with what share.
    """

    lang: str
    published: str | None
    countries: Mapping[str, float]
    slugs: frozenset[str]
    around: frozenset[str]
    own: Mapping[str, tuple[str, float]]

    def without(self, entity: Entity) -> _Context:
        """The context that the article's other things give: none speaks for itself."""
        if entity.id not in self.own:
            return self
        code, share = self.own[entity.id]
        left = {c: s - share * (c == code) for c, s in self.countries.items()}
        total = sum(s for s in left.values() if s > _NOTHING)
        countries = {c: s / total for c, s in left.items() if s > _NOTHING}
        return replace(self, countries=countries)


_NOTHING = 1e-6
"""A share that is only a rounding error."""


def link(record: Record, *, revise: bool = False) -> Record:
    """The record with the IRI and QID of the entries that its entities mean.

    An entity that has an IRI keeps it, unless ``revise``: then it was a guess of the
    extractor's, which weighs in. A QID that an entity has already decides alone.
    """
    authority = load_authority()
    by_qid = _by_qid(authority)
    context = _context(record, authority)
    linked = []
    for entity in record.entities:
        if entity.type in _VALUES or (entity.iri and not revise):
            linked.append(entity)
        elif entity.wikidata and not entity.iri:
            known = by_qid.get(entity.wikidata)
            linked.append(replace(entity, iri=ENTITIES + known.slug) if known else entity)
        else:
            linked.append(_linked(entity, record, context.without(entity), authority))
    return replace(record, entities=tuple(linked))


@cache
def _by_qid(authority: Authority) -> dict[str, KnownEntity]:
    return {e.wikidata: e for e in authority if e.wikidata}


def _linked(entity: Entity, record: Record, context: _Context, authority: Authority) -> Entity:
    guess = authority.get((entity.iri or "").removeprefix(ENTITIES))
    scores = score(entity, record.article.lang, context, authority, guess)
    best = max(scores, key=scores.__getitem__, default=None)
    if best is None or scores[best] < LIKELY:
        return replace(entity, iri=None, wikidata=None, link_confidence=None)
    known = authority[best]
    firm = authority.get(known.firm)
    if firm is not None and _is_the_firm(entity, firm, record, context):
        known, entity = firm, replace(entity, type=firm.type)
    return replace(
        entity,
        iri=ENTITIES + known.slug,
        wikidata=known.wikidata,
        link_confidence=round(min(0.99, scores[best]), 2),
    )


def _is_the_firm(entity: Entity, firm: KnownEntity, record: Record, context: _Context) -> bool:
    """Whether an article calls a firm as its service: it has no other name, or has just got one."""
    if firm.slug not in context.slugs:
        return entity.type == firm.type
    names = {*firm.names_in(context.lang)} - {entity.name}
    others = [m for e in record.entities if e.name in names for m in e.mentions]
    return any(are_renamed(record.article.text, m, o) for m in entity.mentions for o in others)


def score(
    entity: Entity,
    lang: str,
    context: _Context,
    authority: Authority,
    guess: KnownEntity | None,
) -> dict[str, float]:
    """What speaks for each entry that a form of the entity may mean, by slug; 1 is certain."""
    forms = _forms(entity)
    found: dict[str, list[Candidate]] = {}
    for form in forms:
        for candidate in candidates(authority).of(form, lang, context.countries):
            found.setdefault(candidate.known.slug, []).append(candidate)
    if guess is not None and guess.slug not in found:
        found[guess.slug] = []
    rivals = len({slug for slug, cs in found.items() if _fits(entity.type, cs, authority[slug])})
    of_many = candidates(authority).is_of_many(entity.name, lang)
    return {
        slug: _weigh(entity, forms, authority[slug], cs, context, guess, rivals, of_many)
        for slug, cs in found.items()
    }


def _fits(type_: str, found: list[Candidate], known: KnownEntity) -> bool:
    return type_ == known.type or type_ in known.also


def _weigh(
    entity: Entity,
    forms: Counter[str],
    known: KnownEntity,
    found: list[Candidate],
    context: _Context,
    guess: KnownEntity | None,
    rivals: int,
    of_many: bool,
) -> float:
    strong = any(not c.weak and c.how == "name" for c in found)
    kinds = {c.how for c in found}
    if strong:
        value = 0.9
    elif "misprint" in kinds:
        value = 0.6
    elif any(not c.weak for c in found):
        value = 0.75  # named with its country
    elif found:
        value = 0.55 if "name" in kinds else 0.45
    else:
        value = 0.6  # the extractor knows why: a capital for its government, a demonym
    type_ = _type_evidence(entity.type, known)
    value += type_ if strong or type_ > 0 else 2 * type_
    value += _name_evidence(entity, forms, known, found)
    of_many = of_many and known.type in _OF_STATES and known.country != "eu"
    named = any(c.how == "country" and not c.weak for c in found)
    if not named and (not strong or rivals > 1 or type_ < 0 or of_many):
        value += _place_evidence(known, found, context, rivals, of_many)
    if known.slug in context.around or (known.parent in context.slugs):
        value += 0.1
    if guess is known:
        value += 0.1
    value += _time_evidence(known, found, context.published)
    return value + 0.1 * sum(forms[c.form] for c in found) / forms.total()


def _type_evidence(type_: str, known: KnownEntity) -> float:
    own = {known.type, *known.also}
    if type_ in own:
        return 0.06
    return -0.1 if any(near(type_, other) for other in own) else -0.6


def _name_evidence(
    entity: Entity, forms: Counter[str], known: KnownEntity, found: list[Candidate]
) -> float:
    """Whether the fullest form of the name is one of the entry's, or says something else."""
    if entity.type == "Person" and known.type == "Person":
        return _person_evidence(entity, forms, known)
    whole = max((form for form in forms), key=lambda f: (len(tokens(f)), len(f)))
    if not found or any(c.form == whole for c in found):
        return 0.0
    if any(_spells_out(whole, c.form, known) for c in found):
        return -0.9
    if {c.form for c in found} >= {entity.name}:
        return 0.0
    extra = set(tokens(entity.name)) - {w for c in found for w in tokens(c.form)}
    words = name_words()
    acronyms = all(c.form.isupper() and len(c.form) <= _ACRONYM for c in found)
    return 0.0 if extra <= words.descriptors | words.legal and not acronyms else -0.5


def _spells_out(whole: str, acronym: str, known: KnownEntity) -> bool:
    """Whether the article spells out an acronym as the name of something else."""
    if not acronym.isupper() or initials(whole) != acronym.casefold():
        return False
    words = set(tokens(whole))
    return all(
        len(words & set(tokens(name))) * 2 <= len(words)
        for lang in LANGUAGES
        for name in known.names_in(lang)
    )


_ACRONYM = 4
"""Letters of a name in capitals that a word more may make another name: "CDC Group"."""


def _person_evidence(entity: Entity, forms: Counter[str], known: KnownEntity) -> float:
    """Whether the fullest form of a person's name can be one of the entry's."""
    whole = entity.name if " " in entity.name else max(forms, key=len)
    first, last = person(whole)
    full = [p for lang in LANGUAGES for n in known.names_in(lang) if (p := person(n))[0]]
    if not first or not full:
        return 0.0
    if any(same_first_names(first, f) and Levenshtein.distance(last, w) <= 1 for f, w in full):
        return 0.2
    return -0.7


def _time_evidence(known: KnownEntity, found: list[Candidate], published: str | None) -> float:
    """Whether the article is of a time in which there was such a thing, so called.

    A name of old is used on, a new one not before its day; what is gone is spoken of less, who
    is in office more.
    """
    if published is None:
        return 0.0
    begun = {tokens(d.text): d.start for d in known.dated if d.start}
    starts = [begun.get(tokens(c.form)) for c in found] if begun else []
    early = bool(starts) and all(start and is_before(published, start) for start in starts)
    if early or (known.start and int(published[:4]) < int(known.start[:4]) - _AHEAD):
        return -0.7
    if known.end and is_before(known.end, published):
        return -0.1
    return 0.1 if any(office.covers(published) for office in known.offices) else 0.0


_AHEAD = 2
"""Years for which things are spoken of before they are there."""


_OF_STATES = OF_COUNTRIES - {"AdvocacyGroup"}


_ASIDE = 0.1
"""Share of a country that an article does not deal with."""


def _place_evidence(
    known: KnownEntity, found: list[Candidate], context: _Context, rivals: int, of_many: bool
) -> float:
    """Whether the article is about the entry's country; nothing for what has none."""
    if known.country is None or not context.countries:
        return 0.0
    share = context.countries.get(known.country, 0.0)
    top = max(context.countries.values())
    if known.type not in OF_COUNTRIES:
        if rivals > 1:  # "ABC" is one thing in Australia and another in America
            return 0.2 * share / top - (0.1 if share < _ASIDE else 0.0)
        return 0.1 * share / top
    if share < top / 2:
        if of_many and not share:
            return -0.75
        acronym = any(c.form.isupper() and c.how == "name" for c in found)
        return -0.05 if acronym else -0.25 if share else -0.5
    return 0.25 * share / top


def _forms(entity: Entity) -> Counter[str]:
    """The ways in which the article names the entity: mentions with a capital, and the name."""
    forms = Counter(
        m.text for m in entity.mentions if any(c.isupper() or c.isdigit() for c in m.text)
    )
    forms[entity.name] += 1
    return forms


def _context(record: Record, authority: Authority) -> _Context:
    """What can be told before anything is linked: countries, and names that mean one thing."""
    lang = record.article.lang
    weights: defaultdict[str, float] = defaultdict(float)
    own: dict[str, tuple[str, float]] = {}
    slugs: set[str] = set()
    title = len(record.article.title or "")
    for entity in record.entities:
        if entity.type in _VALUES:
            continue
        known = _plain(entity, lang, authority)
        if known is None:
            continue
        slugs.add(known.slug)
        if known.country is not None and known.type not in ("Company", "Product", "MediaOutlet"):
            weight = _WEIGHTS.get(known.type, 0.5) * min(len(entity.mentions), 4)
            if entity.mentions and entity.mentions[0].start < title:
                weight *= 2
            weights[known.country] += weight
            own[entity.id] = known.country, weight
    total = sum(weights.values())
    around = {
        slug for s in slugs if (parent := authority[s].parent) is not None for slug in (parent,)
    }
    return _Context(
        lang=lang,
        published=record.article.published,
        countries={code: weight / total for code, weight in weights.items()},
        slugs=frozenset(slugs),
        around=frozenset(around),
        own={id: (code, weight / total) for id, (code, weight) in own.items()},
    )


_WEIGHTS = {"Country": 1.0, "Place": 0.7, "GovernmentBody": 0.7, "Person": 0.3}


def _plain(entity: Entity, lang: str, authority: Authority) -> KnownEntity | None:
    """The one entry that the entity's name means strongly, its type being right."""
    found = authority.find(entity.name, lang)
    if len(found) != 1 or fold(entity.name) in {fold(n) for n in found[0].weak}:
        return None
    return found[0] if entity.type in (found[0].type, *found[0].also) else None
