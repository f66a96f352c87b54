"""One thing, one IRI: links an article's names to known entities, and mints IRIs for the others.

``names`` compares names, ``linking`` finds the entry of the authority file that a name means,
``minting`` gives an IRI to what has none, ``repeats`` makes one of claims that then are one. These
look at one article. Across articles, ``pairs`` judges which things may be one, ``clusters`` puts
them together, and ``judgements`` keeps what a person decided.
"""

from policygraph.model import Record
from policygraph.resolve.linking import link
from policygraph.resolve.minting import identify, mint

__all__ = ["link", "mint", "resolve"]


def resolve(record: Record, *, revise: bool = False) -> Record:
    """The record with an IRI on every entity, that of the authority file where it knows one.

    Those that have an IRI keep it, unless ``revise``: then it was a guess of the extractor's.
    """
    return identify(link(record, revise=revise))
