"""Graphs for the tests of the picture, in the shape that ``ClaimGraph.to_networkx()`` gives."""

from __future__ import annotations

import networkx as nx

IDS = "https://w3id.org/policygraph/id/"

ENTITIES = """
Company        Microsoft
Company        ByteDance
Product        TikTok
Company        Google
Company        Meta
Company        Activision Blizzard
Company        Sony
Company        Apple
Company        Nvidia
Company        Huawei
Company        Oracle
Company        Arm
Company        OpenAI
Product        ChatGPT
Product        LinkedIn
Product        Call of Duty
Product        App Store
Person         Donald Trump
Person         Satya Nadella
Person         Max Schrems
Person         Thierry Breton
Person         Sam Altman
Country        United States = États-Unis
Country        China = Chine
Country        France
Country        Netherlands = Pays-Bas
GovernmentBody CFIUS
GovernmentBody Federal Trade Commission
GovernmentBody Department of Commerce = Département du Commerce
GovernmentBody CNIL
GovernmentBody Data Protection Commission = Commission irlandaise de protection des données
GovernmentBody Competition and Markets Authority
IntergovernmentalOrganization European Commission = Commission européenne
IntergovernmentalOrganization Court of Justice of the EU = Cour de justice de l’UE
LegalInstrument Digital Markets Act = Règlement sur les marchés numériques
LegalInstrument Privacy Shield
LegalInstrument GDPR = RGPD
LegalInstrument AI Act = Règlement sur l’IA
AdvocacyGroup  noyb
MediaOutlet    Reuters
MediaOutlet    Le Monde
Technology     5G
Technology     cookies
Place          California = Californie
Group          American users = Utilisateurs américains
"""

PREDICATES = {
    "acquires": "acquiert",
    "owns": "possède",
    "bans": "interdit",
    "restricts": "restreint",
    "investigates": "enquête sur",
    "fines": "inflige une amende à",
    "reviews": "examine",
    "blocks": "bloque",
    "approves": "approuve",
    "opposes": "s'oppose à",
    "orders": "ordonne à",
    "holdsPositionAt": "occupe un poste chez",
    "basedIn": "est établi à",
    "develops": "développe",
    "supplies": "fournit",
    "sues": "poursuit",
    "criticizes": "critique",
    "negotiatesWith": "négocie avec",
    "rulesAgainst": "statue contre",
    "repeals": "annule",
    "violates": "enfreint",
    "regulates": "régit",
    "proposes": "propose",
    "collectsDataFrom": "collecte les données de",
    "transfersDataTo": "transfère des données vers",
    "setsDeadlineFor": "fixe une échéance à",
    "testifiesBefore": "témoigne devant",
    "partnersWith": "s'associe à",
    "memberOf": "est membre de",
    "founded": "a fondé",
    "investsIn": "investit dans",
    "lobbies": "fait pression sur",
}

TITLES = {
    "a1": (
        "en",
        "Microsoft confirms it is in talks to buy TikTok’s American business",
        "The Example Post",
    ),
    "a2": ("fr", "TikTok : Washington fixe un ultimatum à ByteDance", "Le Quotidien d’essai"),
    "a3": (
        "fr",
        "Cookies : la CNIL sanctionne Google à hauteur de 150 millions d’euros",
        "La Gazette numérique",
    ),
    "a4": ("en", "Regulators split over the Activision deal", "Market Wire Sample"),
    "a5": ("en", "Irish watchdog orders Meta to stop sending data to America", "The Example Post"),
    "a6": ("fr", "Puces : Washington resserre encore l’étau sur la Chine", "Le Quotidien d’essai"),
    "a7": (
        "en",
        "Brussels readies its first cases under the digital rulebook",
        "Market Wire Sample",
    ),
}

CLAIMS = """
Microsoft | acquires | TikTok | planned | a1 | deadline=2020-09-15 speaker=Microsoft
Microsoft | acquires | TikTok | possible | a2 | amount=30000000000:USD speaker=Reuters
Oracle | acquires | TikTok | possible | a2 | speaker=Le_Monde
Microsoft | negotiatesWith | ByteDance | actual | a1 | date=2020-08
ByteDance | owns | TikTok | actual | a1 |
ByteDance | owns | TikTok | actual | a2 |
ByteDance | owns | TikTok | actual | a6 |
ByteDance | basedIn | China | actual | a1 |
Donald Trump | bans | TikTok | threatened | a1 | date=2020-07-31
Donald Trump | bans | TikTok | threatened | a2 |
Donald Trump | opposes | Microsoft | actual | a1 | not
Donald Trump | setsDeadlineFor | ByteDance | actual | a2 | deadline=2020-09-15
Donald Trump | holdsPositionAt | United States | actual | a1 | role=president
CFIUS | reviews | TikTok | actual | a1 |
CFIUS | reviews | ByteDance | actual | a2 |
TikTok | collectsDataFrom | American users | alleged | a1 | speaker=United_States
TikTok | transfersDataTo | China | alleged | a1 | speaker=United_States
TikTok | transfersDataTo | China | alleged | a2 | not speaker=TikTok
Satya Nadella | holdsPositionAt | Microsoft | actual | a1 | role=CEO
Microsoft | owns | LinkedIn | actual | a1 |
China | opposes | Microsoft | actual | a2 |
CNIL | fines | Google | actual | a3 | amount=150000000:EUR date=2022-01-06
CNIL | fines | Meta | actual | a3 | amount=60000000:EUR
CNIL | orders | Google | actual | a3 | deadline=2022-04
Google | violates | GDPR | alleged | a3 | speaker=CNIL
GDPR | regulates | cookies | actual | a3 |
CNIL | memberOf | France | actual | a3 | not
Microsoft | acquires | Activision Blizzard | planned | a4 | amount=68700000000:USD
Microsoft | acquires | Activision Blizzard | actual | a7 | date=2023-10-13
Activision Blizzard | develops | Call of Duty | actual | a4 |
Federal Trade Commission | sues | Microsoft | actual | a4 | date=2022-12-08
Federal Trade Commission | blocks | Microsoft | planned | a4 |
Competition and Markets Authority | blocks | Microsoft | actual | a4 |
Competition and Markets Authority | approves | Microsoft | possible | a7 |
European Commission | approves | Microsoft | actual | a4 | date=2023-05-15
Sony | opposes | Microsoft | actual | a4 |
Microsoft | supplies | Sony | planned | a4 | speaker=Microsoft
Max Schrems | founded | noyb | actual | a5 |
noyb | sues | Meta | actual | a5 |
Data Protection Commission | fines | Meta | actual | a5 | amount=1200000000:EUR
Data Protection Commission | orders | Meta | actual | a5 | deadline=2023-10
Meta | transfersDataTo | United States | actual | a5 |
Court of Justice of the EU | repeals | Privacy Shield | actual | a5 | date=2020-07-16
Max Schrems | criticizes | Privacy Shield | actual | a5 |
Meta | violates | GDPR | actual | a5 | speaker=Data_Protection_Commission
Department of Commerce | restricts | Nvidia | actual | a6 |
Department of Commerce | restricts | Huawei | actual | a6 | date=2019-05
Nvidia | supplies | China | possible | a6 | not
Huawei | develops | 5G | actual | a6 |
Netherlands | restricts | China | planned | a6 |
Nvidia | acquires | Arm | planned | a6 | not amount=40000000000:USD
United States | restricts | China | actual | a6 |
United States | restricts | China | threatened | a6 |
France | restricts | Huawei | possible | a6 |
European Commission | proposes | AI Act | actual | a7 | date=2021-04
AI Act | regulates | OpenAI | planned | a7 |
OpenAI | develops | ChatGPT | actual | a7 |
Sam Altman | holdsPositionAt | OpenAI | actual | a7 | role=CEO
Sam Altman | lobbies | European Commission | alleged | a7 | speaker=Reuters
Microsoft | investsIn | OpenAI | actual | a7 | amount=10000000000:USD
Thierry Breton | memberOf | European Commission | actual | a7 |
European Commission | investigates | Apple | possible | a7 | speaker=Thierry_Breton
Digital Markets Act | regulates | Apple | actual | a7 |
Digital Markets Act | regulates | Google | actual | a7 |
Digital Markets Act | regulates | Meta | actual | a7 |
Apple | develops | App Store | actual | a7 |
Apple | basedIn | California | actual | a7 |
"""


def iri(name: str) -> str:
    return f"{IDS}entity/{name.lower().replace(' ', '-')}"


def empty_graph() -> nx.MultiDiGraph:
    return nx.MultiDiGraph()


def press_graph() -> nx.MultiDiGraph:
    """A few real stories told in invented articles: 44 entities, 67 claims, both languages."""
    graph = nx.MultiDiGraph()
    for row in ENTITIES.strip().splitlines():
        type_, _, names = row.partition(" ")
        english, _, french = (part.strip() for part in names.partition("="))
        add_entity(graph, english, type_, french or None)
    for number, row in enumerate(CLAIMS.strip().splitlines()):
        subject, predicate, object_, status, article, rest = (
            part.strip() for part in row.split("|")
        )
        extra = dict(part.split("=") for part in rest.split() if "=" in part)
        if speaker := extra.pop("speaker", None):
            extra["speaker"] = speaker.replace("_", " ")
        if "amount" in extra:
            extra["amount"] = extra["amount"].replace(":", " ")
        add_claim(
            graph, subject, predicate, object_, status, article, number,
            negated="not" in rest.split(), **extra,
        )  # fmt: skip
    return graph


def add_entity(
    graph: nx.MultiDiGraph, name: str, type_: str = "Company", french: str | None = None
) -> str:
    graph.add_node(
        iri(name),
        label=name,
        label_en=name,
        label_fr=french or name,
        type=type_,
        wikidata="Q2283" if name == "Microsoft" else None,
        mentions=3,
        articles=2,
    )
    return iri(name)


def add_claim(
    graph: nx.MultiDiGraph,
    subject: str,
    predicate: str,
    object_: str,
    status: str = "actual",
    article: str = "a1",
    number: int = 0,
    **extra: object,
) -> str:
    lang, title, publisher = TITLES[article]
    key = f"{IDS}claim/{number:04}"
    words = {
        "en": f"{subject} {predicate} {object_}",
        "fr": f"{subject} {PREDICATES[predicate]} {object_}",
    }
    speaker = extra.get("speaker")
    attributes: dict[str, object] = {
        "predicate": predicate,
        "label_en": "".join(f" {c.lower()}" if c.isupper() else c for c in predicate),
        "label_fr": PREDICATES[predicate],
        "status": status,
        "negated": False,
        "confidence": 0.87,
        "date": None,
        "deadline": None,
        "amount": None,
        "role": None,
        "speaker": None,
        "speaker_iri": iri(str(speaker)) if speaker else None,
        "article": f"{IDS}article/{article}",
        "article_title": title,
        "publisher": publisher,
        "published": f"2020-08-0{int(article[1:]) % 9 + 1}",
        "source": f"https://news.example/{article}" if article != "a2" else "sample/tiktok-fr.html",
        "lang": lang,
        "evidence": words[lang],
        "start": 10,
        "end": 10 + len(words[lang]),
        "sentence": f"According to people close to the matter, {words[lang]}, and more is to come."
        if lang == "en"
        else f"Selon des sources proches du dossier, {words[lang]}, et ce n’est pas fini.",
    }
    graph.add_edge(iri(subject), iri(object_), key=key, **(attributes | extra))
    return key


def crowd(edges: int) -> nx.MultiDiGraph:
    """A graph with communities, of as many lines as asked for."""
    graph = empty_graph()
    count = edges // 2
    for number in range(count):
        add_entity(graph, f"Company {number}")
    for number in range(edges):
        one = number * 7 % count
        other = (one + 20 * (1 + number // count * 3)) % count if number % 9 else number * 5 % count
        if one != other:
            add_claim(graph, f"Company {one}", "sues", f"Company {other}", number=number)
    return graph
