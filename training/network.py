"""The network of ``policygraph.extraction.network`` in PyTorch, for training it.

Names and shapes of the weights are the same there; a test compares what both say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from policygraph.extraction.codes import DEPS, IMPLIED_KIND, KINDS, POS, Codes
from policygraph.extraction.encoding import Encoded
from policygraph.extraction.pair_numbers import EXTRAS
from policygraph.extraction.token_flags import FLAGS
from policygraph.extraction.token_numbers import NOWHERE, WORDS
from policygraph.model import Status
from policygraph.models.meanings import WIDTH, load_meanings

FORGOTTEN = 0.15
"""Share of the words that are blanked in training, so that the parse is heeded too."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Several articles as one; shapes as in ``Encoded``, sentences padded.

    ``padded`` (sentences, longest) token indices or -1; ``arcs`` (pairs, 2, longest) from
    each end to each token of the sentence; ``slot`` (pairs,) counts the pairs of a sentence.
    ``article`` (pairs,) and ``article_of`` (tokens,) number the articles; ``title`` holds the
    tokens of all titles, ``previous`` (pairs,) the sentences before, or -1.
    """

    words: Tensor
    meanings: Tensor
    pos: Tensor
    deps: Tensor
    types: Tensor
    kinds: Tensor
    flags: Tensor
    triggers: Tensor
    heads: Tensor
    before: Tensor
    after: Tensor
    children: Tensor
    padded: Tensor
    sentence: Tensor
    slot: Tensor
    ends: Tensor
    end_kinds: Tensor
    end_types: Tensor
    extras: Tensor
    allowed: Tensor
    path: Tensor
    path_of: Tensor
    arcs: Tensor
    mentions: Tensor
    mention_of: Tensor
    entities: Tensor
    article: Tensor
    article_of: Tensor
    title: Tensor
    previous: Tensor


class ClaimNetwork(nn.Module):
    """See ``policygraph.extraction.network``."""

    def __init__(
        self, codes: Codes, *, width: int = 128, layers: int = 3, heads: int = 4, hidden: int = 256,
        word: int = 48, key: int = 32, dropout: float = 0.25,
    ) -> None:  # fmt: skip
        super().__init__()
        self.layers, self.heads = layers, heads
        predicates = len(codes.predicates)
        self.words = nn.Embedding(WORDS, word)
        self.pos = nn.Embedding(len(POS), 12)
        self.deps = nn.Embedding(len(DEPS), 16)
        self.types = nn.Embedding(len(codes.types) + 1, 16)
        self.kinds = nn.Embedding(len(KINDS), 8)
        self.input = nn.Linear(word + WIDTH + 12 + 16 + 16 + 8 + FLAGS + predicates, width)
        self.mix = nn.ModuleList(nn.Linear(5 * width, 2 * width) for _ in range(layers))
        self.out = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.norm = nn.ModuleList(nn.LayerNorm(width) for _ in range(layers))
        self.end_types = nn.Linear(len(codes.types), 24)
        self.end_kinds = nn.Embedding(len(KINDS), 8)
        known = 6 * width + 2 * 24 + 2 * 8 + EXTRAS
        self.query = nn.Linear(known, heads * key)
        self.key = nn.Linear(width, heads * key)
        self.value = nn.Linear(width, width)
        self.subject_arcs = nn.Embedding(NOWHERE + 1, heads)
        self.object_arcs = nn.Embedding(NOWHERE + 1, heads)
        self.entity = nn.ModuleList(nn.Linear(width, width) for _ in range(layers - 1))
        self.pair = nn.Linear(known + width + heads * predicates + 4 * width, 2 * hidden)
        self.predicates = nn.Linear(hidden, predicates)
        self.stances = nn.Linear(hidden, len(Status) + 1)
        self.trigger_weight = nn.Parameter(torch.full((heads, predicates), 0.3))
        self.dropout = nn.Dropout(dropout)
        nn.init.constant_(self.predicates.bias, -4.0)  # claims are few

    def named(self) -> Iterator[tuple[str, Tensor]]:
        """The weights by name."""
        return self.named_parameters()

    def forward(self, numbers: Batch) -> tuple[Tensor, Tensor]:
        """Log-odds (pairs, predicates), and (pairs, statuses and negated) of their stances."""
        tokens = self._tokens(numbers)
        pairs = self._pairs(numbers, tokens)
        attended, triggers = self._attend(numbers, tokens, pairs)
        between = torch.full((len(pairs), tokens.shape[1]), -1e4).scatter_reduce(
            0, numbers.path_of[:, None].expand(-1, tokens.shape[1]), tokens[numbers.path], "amax"
        )
        topic = self._topic(numbers, tokens)[numbers.article]
        before = self._sentences(numbers, tokens)[numbers.previous]
        known = torch.cat([pairs, attended, triggers.flatten(1), between, topic, before], 1)
        hidden = self.dropout(functional.glu(self.pair(self.dropout(known))))
        raw: Tensor = self.predicates(hidden) + (self.trigger_weight * triggers).sum(1)
        return raw, self.stances(hidden)

    def _tokens(self, numbers: Batch) -> Tensor:
        words, meanings = self.words(numbers.words), numbers.meanings
        if self.training:
            words = words * (torch.rand(len(words)) > FORGOTTEN)[:, None]
            meanings = meanings * (torch.rand(len(words)) > FORGOTTEN)[:, None]
        x = torch.cat(
            [
                words,
                meanings,
                self.pos(numbers.pos),
                self.deps(numbers.deps),
                self.types(numbers.types),
                self.kinds(numbers.kinds),
                numbers.flags,
                numbers.triggers,
            ],
            1,
        )
        x = self.dropout(torch.relu(self.input(x)))
        for layer, (mix, out, norm) in enumerate(zip(self.mix, self.out, self.norm, strict=True)):
            if layer:
                about = self.dropout(self.entity[layer - 1](self._pooled(numbers, x)))
                x = x.index_add(0, numbers.mentions, about[numbers.mention_of])
            padded = torch.cat([x, x.new_zeros(1, x.shape[1])])
            below = torch.zeros_like(x).index_add_(0, numbers.heads, x) / numbers.children
            around = [x, padded[numbers.before], padded[numbers.after], x[numbers.heads], below]
            x = norm(x + self.dropout(out(functional.glu(mix(torch.cat(around, 1))))))
        return x

    def _pooled(self, numbers: Batch, tokens: Tensor) -> Tensor:
        """What the article says around each entity: the mean of its mentions; then zeros."""
        count = int(numbers.mention_of.max()) + 2 if len(numbers.mention_of) else 1
        found = tokens.new_zeros(count, tokens.shape[1])
        found = found.index_add(0, numbers.mention_of, tokens[numbers.mentions])
        often = torch.bincount(numbers.mention_of, minlength=count).clamp(min=1)
        return found / often[:, None]

    def _about(self, numbers: Batch, tokens: Tensor) -> Tensor:
        """(entities, 2 width): mean and maximum of each entity's mentions; then zeros."""
        mean = self._pooled(numbers, tokens)
        of = numbers.mention_of[:, None].expand(-1, tokens.shape[1])
        most = torch.zeros_like(mean).scatter_reduce(
            0, of, tokens[numbers.mentions], "amax", include_self=False
        )
        return torch.cat([mean, most], 1)

    def _topic(self, numbers: Batch, tokens: Tensor) -> Tensor:
        """(articles, 2 width): the means of the title's words and of all words."""
        count = int(numbers.article_of.max()) + 1
        often = torch.bincount(numbers.article_of, minlength=count)[:, None]
        found = tokens.new_zeros(count, tokens.shape[1]).index_add(0, numbers.article_of, tokens)
        of = numbers.article_of[numbers.title]
        title = tokens.new_zeros(count, tokens.shape[1]).index_add(0, of, tokens[numbers.title])
        often_of = torch.bincount(of, minlength=count).clamp(min=1)[:, None]
        return torch.cat([title / often_of, found / often], 1)

    def _sentences(self, numbers: Batch, tokens: Tensor) -> Tensor:
        """(sentences, width): the means of their words; then zeros."""
        inside = (numbers.padded >= 0)[..., None]
        summed = (tokens[numbers.padded.clamp(min=0)] * inside).sum(1)
        means = summed / inside.sum(1)
        return torch.cat([means, means.new_zeros(1, tokens.shape[1])])

    def _pairs(self, numbers: Batch, tokens: Tensor) -> Tensor:
        padded = torch.cat([tokens, tokens.new_zeros(1, tokens.shape[1])])
        about = self._about(numbers, tokens)
        parts = [padded[numbers.ends[:, side]] for side in (0, 1)]
        parts += [about[numbers.entities[:, side]] for side in (0, 1)]
        parts += [self.end_types(numbers.end_types[:, side]) for side in (0, 1)]
        parts += [self.end_kinds(numbers.end_kinds[:, side]) for side in (0, 1)]
        return torch.cat([*parts, numbers.extras], 1)

    def _attend(self, numbers: Batch, tokens: Tensor, pairs: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors and triggers that each pair heeds; pairs stand by sentence while it does."""
        sentences, longest = numbers.padded.shape
        inside = (numbers.padded >= 0)[numbers.sentence]
        words = tokens[numbers.padded.clamp(min=0)]
        keys = self.key(words).view(sentences, longest, self.heads, -1)
        values = self.value(words).view(sentences, longest, self.heads, -1)
        queries = self.query(pairs).view(len(pairs), self.heads, -1)
        place = numbers.sentence, numbers.slot
        most = int(numbers.slot.max()) + 1
        asked = queries.new_zeros(sentences, most, *queries.shape[1:]).index_put(place, queries)
        logits = torch.einsum("sphk,sthk->spht", asked, keys)[place] / queries.shape[2] ** 0.5
        logits = logits + self.subject_arcs(numbers.arcs[:, 0]).transpose(1, 2)
        logits = logits + self.object_arcs(numbers.arcs[:, 1]).transpose(1, 2)
        share = logits.masked_fill(~inside[:, None, :], -1e4).softmax(2)
        shares = share.new_zeros(sentences, most, self.heads, longest).index_put(place, share)
        attended = torch.einsum("spht,sthv->sphv", shares, values)[place].flatten(1)
        triggers = numbers.triggers[numbers.padded.clamp(min=0)]
        return attended, torch.einsum("spht,stq->sphq", shares, triggers)[place]


def batch(articles: Sequence[Encoded]) -> Batch:
    """Several articles as one."""
    sizes = [len(a.words) for a in articles]
    offsets = np.cumsum([0, *sizes])
    count = int(offsets[-1])
    starts = np.concatenate([a.starts[:-1] + o for a, o in zip(articles, offsets, strict=False)])
    ends_of = np.append(starts[1:], count)
    padded = np.full((len(starts), int((ends_of - starts).max())), -1)
    for row, (start, end) in enumerate(zip(starts, ends_of, strict=True)):
        padded[row, : end - start] = np.arange(start, end)
    before, after = np.arange(count) - 1, np.arange(count) + 1
    before[starts] = count
    after[ends_of - 1] = count
    heads = np.concatenate([a.heads + o for a, o in zip(articles, offsets, strict=False)])
    firsts = np.cumsum([0, *(len(a.starts) - 1 for a in articles)])
    rows = np.cumsum([0, *(len(a.sentence) for a in articles)])

    def joined(name: str) -> Any:
        return np.concatenate([getattr(a, name) for a in articles])

    def shifted(name: str, by: Any) -> Any:
        return np.concatenate([getattr(a, name) + o for a, o in zip(articles, by, strict=False)])

    sentence = shifted("sentence", firsts)
    who = np.cumsum([0, *(a.mention_of.max(initial=-1) + 1 for a in articles)])
    titles = [np.arange(a.starts[1]) + o for a, o in zip(articles, offsets, strict=False)]
    return Batch(
        words=_codes(joined("words")),
        meanings=torch.from_numpy(load_meanings().vectors[joined("meanings")]),
        pos=_codes(joined("pos")),
        deps=_codes(joined("deps")),
        types=_codes(joined("types")),
        kinds=_codes(joined("kinds")),
        flags=torch.from_numpy(joined("flags")),
        triggers=torch.from_numpy(joined("triggers")),
        heads=_codes(heads),
        before=_codes(before),
        after=_codes(after),
        children=torch.from_numpy(
            np.maximum(1, np.bincount(heads, minlength=count))[:, None].astype("float32")
        ),
        padded=_codes(padded),
        sentence=_codes(sentence),
        slot=_codes(_slots(sentence)),
        ends=_codes(
            np.concatenate(
                [
                    np.where(a.ends >= 0, a.ends + o, count)
                    for a, o in zip(articles, offsets, strict=False)
                ]
            )
        ),
        end_kinds=_codes(joined("end_kinds")),
        end_types=torch.from_numpy(joined("end_types")),
        extras=torch.from_numpy(joined("extras")),
        allowed=torch.from_numpy(joined("allowed")),
        path=_codes(shifted("path", offsets)),
        path_of=_codes(shifted("path_of", rows)),
        arcs=_codes(np.concatenate([_arcs(a, padded.shape[1]) for a in articles])),
        mentions=_codes(shifted("mentions", offsets)),
        mention_of=_codes(shifted("mention_of", who)),
        entities=_codes(
            np.concatenate(
                [
                    np.where(a.entities >= 0, a.entities + o, -1)
                    for a, o in zip(articles, who, strict=False)
                ]
            )
        ),
        article=_codes(np.repeat(np.arange(len(articles)), [len(a.sentence) for a in articles])),
        article_of=_codes(np.repeat(np.arange(len(articles)), sizes)),
        title=_codes(np.concatenate(titles)),
        previous=_codes(np.where(joined("sentence") > 0, sentence - 1, -1)),
    )


def _slots(sentence: Any) -> Any:
    """The number of each pair within its sentence; pairs come sentence by sentence."""
    firsts = np.flatnonzero(np.diff(sentence, prepend=-1))
    return np.arange(len(sentence)) - np.repeat(firsts, np.diff(np.append(firsts, len(sentence))))


def _codes(array: Any) -> Tensor:
    return torch.from_numpy(np.asarray(array, dtype="int64"))


def _arcs(article: Encoded, longest: int) -> Any:
    """Arcs from both ends of every pair to the tokens of its sentence."""
    found = np.full((len(article.sentence), 2, longest), NOWHERE, "int8")
    for row, number in enumerate(article.sentence):
        arcs = article.arcs[number]
        for side in (0, 1):
            if article.end_kinds[row, side] != IMPLIED_KIND:
                place = article.ends[row, side] - article.starts[number]
                found[row, side, : len(arcs)] = arcs[place]
    return found
