"""The network of ``policygraph.extraction.pairs.network`` in PyTorch, for training it.

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

from policygraph.extraction.pairs.codes import DEPS, IMPLIED_KIND, KINDS, POS, Codes
from policygraph.extraction.pairs.encoding import Encoded
from policygraph.extraction.pairs.end_numbers import TOLD
from policygraph.extraction.pairs.network import PROMISE
from policygraph.extraction.pairs.pair_numbers import EXTRAS
from policygraph.extraction.pairs.token_flags import FLAGS
from policygraph.extraction.pairs.token_numbers import NOWHERE, WORDS
from policygraph.model import Status
from policygraph.models import context
from policygraph.models.meanings import WIDTH, load_meanings

COMPARED = 24
"""Numbers of each end that a glance at a pair compares."""

SMALL = 64
"""Numbers of a pair that other pairs are told."""

UNHEARD = 0.1
"""Share of what words mean in their places that is blanked in training."""

FORGOTTEN = 0.15
"""Share of the words that are blanked in training, so that the parse is heeded too."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Several articles as one; shapes as in ``EncodedText``, ``Ends`` and ``PairNumbers``.

    ``padded`` (sentences, longest) token indices or -1; ``arcs`` (pairs, 2, longest) from
    each end to each token of the sentence; ``slot`` (pairs,) counts the pairs of a sentence.
    ``article`` (pairs,) and ``article_of`` (tokens,) number the articles; ``title`` holds the
    tokens of all titles, ``previous`` (pairs,) the sentences before, or -1.
    """

    words: Tensor
    meanings: Tensor
    context: Tensor
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
    end_sentence: Tensor
    end_tokens: Tensor
    end_kinds: Tensor
    end_types: Tensor
    end_told: Tensor
    entities: Tensor
    sentence: Tensor
    slot: Tensor
    ends: Tensor
    nodes: Tensor
    extras: Tensor
    allowed: Tensor
    path: Tensor
    path_of: Tensor
    arcs: Tensor
    mentions: Tensor
    mention_of: Tensor
    article: Tensor
    article_of: Tensor
    title: Tensor
    previous: Tensor


class ClaimNetwork(nn.Module):
    """See ``policygraph.extraction.pairs.network``."""

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
        self.told = nn.Linear(context.WIDTH, width)
        self.mix = nn.ModuleList(nn.Linear(5 * width, 2 * width) for _ in range(layers))
        self.out = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.norm = nn.ModuleList(nn.LayerNorm(width) for _ in range(layers))
        self.end_types = nn.Linear(len(codes.types), 24)
        self.end_kinds = nn.Embedding(len(KINDS), 8)
        end = 3 * width + 24 + 8 + TOLD
        self.glance = nn.ModuleList(nn.Linear(end + 2 * width, 1 + COMPARED) for _ in range(2))
        known = 2 * end + EXTRAS
        self.query = nn.Linear(known, heads * key)
        self.key = nn.Linear(width, heads * key)
        self.value = nn.Linear(width, width)
        self.subject_arcs = nn.Embedding(NOWHERE + 1, heads)
        self.object_arcs = nn.Embedding(NOWHERE + 1, heads)
        self.entity = nn.ModuleList(nn.Linear(width, width) for _ in range(layers - 1))
        self.pair = nn.Linear(known + width + heads * predicates + 4 * width, 2 * hidden)
        self.small = nn.Linear(hidden, SMALL)
        self.beside = nn.Linear(hidden + 6 * SMALL, 2 * hidden)
        self.predicates = nn.Linear(hidden, predicates)
        self.stances = nn.Linear(hidden, len(Status) + 1)
        self.trigger_weight = nn.Parameter(torch.full((heads, predicates), 0.3))
        self.dropout = nn.Dropout(dropout)
        self.unheard = nn.Dropout(UNHEARD)
        nn.init.normal_(self.told.weight, 0, 0.03)
        nn.init.constant_(self.predicates.bias, -4.0)  # claims are few

    def named(self) -> Iterator[tuple[str, Tensor]]:
        """The weights by name."""
        return self.named_parameters()

    def parts(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """The weights of all but the glance, then the glance's: neither slows the other down."""
        glance = list(self.glance.parameters())
        own = {id(weight) for weight in glance}
        return [weight for weight in self.parameters() if id(weight) not in own], glance

    def forward(self, numbers: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Log-odds (pairs, predicates), (pairs, statuses and negated) of their stances, and, by a
        glance at them, (pairs,) that they are worth a closer look.

        The glance learns from what is read, but does not teach how to read.
        """
        tokens = self._tokens(numbers)
        ends, sentences = self._ends(numbers, tokens), self._sentences(numbers, tokens)
        promise = self._promise(numbers, ends.detach(), sentences.detach())
        pairs = torch.cat([*(ends[of] for of in numbers.ends.unbind(1)), numbers.extras], 1)
        attended, triggers = self._attend(numbers, tokens, pairs)
        between = torch.full((len(pairs), tokens.shape[1]), -1e4).scatter_reduce(
            0, numbers.path_of[:, None].expand(-1, tokens.shape[1]), tokens[numbers.path], "amax"
        )
        topic = self._topic(numbers, tokens)[numbers.article]
        means = sentences[:, : tokens.shape[1]]
        before = torch.cat([means, torch.zeros_like(means[:1])])[numbers.previous]
        known = torch.cat([pairs, attended, triggers.flatten(1), between, topic, before], 1)
        hidden = self.dropout(functional.glu(self.pair(self.dropout(known))))
        beside = functional.glu(self.beside(self._beside(numbers, hidden, promise.detach())))
        hidden = hidden + self.dropout(beside)
        raw: Tensor = self.predicates(hidden) + (self.trigger_weight * triggers).sum(1)
        return raw, self.stances(hidden), promise

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
        told = self.told(self.unheard(numbers.context))
        x = self.dropout(torch.relu(self.input(x) + told))
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
        """(sentences, 2 width): means and maxima of their words."""
        inside = (numbers.padded >= 0)[..., None]
        words = tokens[numbers.padded.clamp(min=0)]
        means = (words * inside).sum(1) / inside.sum(1)
        return torch.cat([means, words.masked_fill(~inside, -1e4).amax(1)], 1)

    def _ends(self, numbers: Batch, tokens: Tensor) -> Tensor:
        padded = torch.cat([tokens, tokens.new_zeros(1, tokens.shape[1])])
        parts = [padded[numbers.end_tokens], self._about(numbers, tokens)[numbers.entities]]
        parts += [self.end_types(numbers.end_types), self.end_kinds(numbers.end_kinds)]
        return torch.cat([*parts, numbers.end_told], 1)

    def _promise(self, numbers: Batch, ends: Tensor, sentences: Tensor) -> Tensor:
        around = torch.cat([ends, sentences[numbers.end_sentence]], 1)
        one, other = (
            glance(around)[of]
            for glance, of in zip(self.glance, numbers.ends.unbind(1), strict=True)
        )
        found: Tensor = (one[:, 1:] * other[:, 1:]).sum(1) + one[:, 0] + other[:, 0]
        return found

    def _beside(self, numbers: Batch, hidden: Tensor, promise: Tensor) -> Tensor:
        """See there; of pairs that a glance leaves out nothing is made."""
        small = torch.relu(self.small(hidden)) * (promise >= PROMISE)[:, None]
        sentence, article = numbers.sentence, numbers.article
        one, other = numbers.nodes.unbind(1)
        size = int(numbers.nodes.max()) + 1
        both = (article * size + one) * size + other
        turned = (article * size + other) * size + one
        subjects, objects = sentence * size + one, sentence * size + other
        either = (sentence * size + torch.minimum(one, other)) * size + torch.maximum(one, other)
        keys = [(subjects,), (objects,), (either,), (both, turned), (sentence,)]
        parts = [part for key, *wanted in keys for part in _most(small, key, key, *wanted)]
        return torch.cat([hidden, *parts], 1)

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


def _most(rows: Tensor, key: Tensor, *wanted: Tensor) -> Iterator[Tensor]:
    """The maximum of the rows of each of some wanted keys; zeros where none has it."""
    keys, of = key.unique(return_inverse=True)
    best = rows.new_zeros(len(keys), rows.shape[1]).scatter_reduce(
        0, of[:, None].expand_as(rows), rows, "amax", include_self=False
    )
    for asked in wanted:
        at = torch.searchsorted(keys, asked).clamp(max=len(keys) - 1)
        yield best[at] * (keys[at] == asked)[:, None]


def batch(articles: Sequence[Encoded], context: Tensor | None = None) -> Batch:
    """Several articles as one; ``context`` (tokens of all, numbers) in place of their own."""
    texts, pairs = [a.text for a in articles], [a.pairs for a in articles]
    who = [text.who for text in texts]
    sizes = [len(text.words) for text in texts]
    offsets = np.cumsum([0, *sizes])
    count = int(offsets[-1])
    starts = np.concatenate([t.starts[:-1] + o for t, o in zip(texts, offsets, strict=False)])
    ends_of = np.append(starts[1:], count)
    padded = np.full((len(starts), int((ends_of - starts).max())), -1)
    for row, (start, end) in enumerate(zip(starts, ends_of, strict=True)):
        padded[row, : end - start] = np.arange(start, end)
    before, after = np.arange(count) - 1, np.arange(count) + 1
    before[starts] = count
    after[ends_of - 1] = count
    heads = _shifted([text.heads for text in texts], offsets)
    firsts = np.cumsum([0, *(len(text.starts) - 1 for text in texts)])
    rows = np.cumsum([0, *(len(p.sentence) for p in pairs)])
    ends = np.cumsum([0, *(len(w.tokens) for w in who)])
    entities = np.cumsum([0, *(text.mention_of.max(initial=-1) + 1 for text in texts)])
    sentence = _shifted([p.sentence for p in pairs], firsts)
    titles = [np.arange(text.starts[1]) + o for text, o in zip(texts, offsets, strict=False)]
    return Batch(
        **{
            name: _codes(np.concatenate([getattr(text, name) for text in texts]))
            for name in ("words", "pos", "deps", "types", "kinds")
        },
        meanings=_numbers([load_meanings().vectors[text.meanings] for text in texts]),
        context=_numbers([text.context for text in texts]) if context is None else context,
        flags=_numbers([text.flags for text in texts]),
        triggers=_numbers([text.triggers for text in texts]),
        heads=_codes(heads),
        before=_codes(before),
        after=_codes(after),
        children=torch.from_numpy(
            np.maximum(1, np.bincount(heads, minlength=count))[:, None].astype("float32")
        ),
        padded=_codes(padded),
        end_sentence=_codes(_shifted([w.sentence for w in who], firsts)),
        end_tokens=_codes(_shifted([w.tokens for w in who], offsets)),
        end_kinds=_codes(np.concatenate([w.kinds for w in who])),
        end_types=_numbers([w.types for w in who]),
        end_told=_numbers([w.told for w in who]),
        entities=_codes(_shifted([w.entities for w in who], entities)),
        sentence=_codes(sentence),
        slot=_codes(_slots(sentence)),
        ends=_codes(_shifted([p.ends for p in pairs], ends)),
        nodes=_codes(np.concatenate([p.nodes for p in pairs])),
        extras=_numbers([p.extras for p in pairs]),
        allowed=_numbers([p.allowed for p in pairs]),
        path=_codes(_shifted([p.path for p in pairs], offsets)),
        path_of=_codes(_shifted([p.path_of for p in pairs], rows)),
        arcs=_codes(np.concatenate([_arcs(a, padded.shape[1]) for a in articles])),
        mentions=_codes(_shifted([text.mentions for text in texts], offsets)),
        mention_of=_codes(_shifted([text.mention_of for text in texts], entities)),
        article=_codes(np.repeat(np.arange(len(articles)), np.diff(rows))),
        article_of=_codes(np.repeat(np.arange(len(articles)), sizes)),
        title=_codes(np.concatenate(titles)),
        previous=_codes(
            np.where(np.concatenate([p.sentence for p in pairs]) > 0, sentence - 1, -1)
        ),
    )


def _shifted(arrays: Sequence[Any], by: Any) -> Any:
    """Numbers of several articles end to end, each article's on from ``by``; -1 stays."""
    return np.concatenate([np.where(a >= 0, a + o, -1) for a, o in zip(arrays, by, strict=False)])


def _slots(sentence: Any) -> Any:
    """The number of each pair within its sentence; pairs come sentence by sentence."""
    firsts = np.flatnonzero(np.diff(sentence, prepend=-1))
    return np.arange(len(sentence)) - np.repeat(firsts, np.diff(np.append(firsts, len(sentence))))


def _codes(array: Any) -> Tensor:
    return torch.from_numpy(np.asarray(array, dtype="int64"))


def _numbers(arrays: Sequence[Any]) -> Tensor:
    return torch.from_numpy(np.concatenate(arrays))


def _arcs(article: Encoded, longest: int) -> Any:
    """Arcs from both ends of every pair to the tokens of its sentence."""
    text, kinds, ends = article.text, article.end_kinds, article.end_tokens
    found = np.full((len(ends), 2, longest), NOWHERE, "int8")
    for row, number in enumerate(article.pairs.sentence):
        arcs = text.arcs[number]
        for side in (0, 1):
            if kinds[row, side] != IMPLIED_KIND:
                found[row, side, : len(arcs)] = arcs[ends[row, side] - text.starts[number]]
    return found
