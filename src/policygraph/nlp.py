"""Loads a language pipeline and analyses text with it: tokens, lemmas, arcs, names.

The package ships one pipeline a language, in ``models/``; an installed spaCy pipeline may
take its place. Weights are stored as 16-bit floats and computed with as 32-bit ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING

from policygraph.errors import LanguageError
from policygraph.mending.openings import mend_openings
from policygraph.mending.relatives import mend_relatives
from policygraph.mending.sentences import part_sentences
from policygraph.mending.title_case import in_ordinary_letters
from policygraph.mending.verbs import mend_verbs
from policygraph.word_vectors import word_vectors

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = Path(__file__).parent / "models"

NEEDED: Mapping[str, tuple[str, ...]] = {
    "word classes": ("morphologizer", "tagger"),
    "lemmas": ("lemmatizer", "trainable_lemmatizer"),
    "dependencies": ("parser",),
    "names": ("ner", "entity_ruler"),
}
"""What the extractor reads from a pipeline, and the components that can give it."""

_SENTENCES = "policygraph_sentences"
_MENDING = "policygraph_mending"
_BATCH = 16
_ANALYSIS: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A language pipeline that is in use; ``path`` is where it lies."""

    lang: str
    name: str
    version: str
    shipped: bool
    path: Path
    components: tuple[str, ...]


@cache
def shipped_languages() -> tuple[str, ...]:
    """The languages whose pipelines come with the package."""
    return tuple(sorted(path.parent.name for path in MODELS.glob("*/config.cfg")))


def has_pipeline(lang: str, names: Mapping[str, str]) -> bool:
    """Whether a language has a pipeline, shipped or among ``names`` by language."""
    return lang in names or lang in shipped_languages()


@cache
def load(lang: str, name: str | None = None) -> Language:
    """The pipeline of a language, shipped or of the installed package ``name``; loaded once.

    Raises ``LanguageError`` where there is none, or one that lacks what the extractor reads.
    """
    nlp = _load_installed(lang, name) if name else _load_shipped(lang)
    _check(nlp, lang, name or f"{lang} (shipped)")
    if _SENTENCES not in nlp.component_names:
        _declare(_SENTENCES, part_sentences)
        _declare(_MENDING, _mend)
        nlp.add_pipe(_SENTENCES, before="parser")
        nlp.add_pipe(_MENDING)
    return nlp


def _declare(name: str, function: Callable[[Doc], Doc]) -> None:
    from spacy.language import Language

    if not Language.has_factory(name):
        Language.component(name, func=function)


def analyse(nlp: Language, text: str) -> Doc:
    """The analysis of one text."""
    doc = nlp.make_doc(text)
    return _as_written(doc, nlp(_to_read(doc)))


def analyse_all(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """The analyses of many texts, in order, in small batches."""
    docs, unread = tee(map(nlp.make_doc, texts))
    yield from map(_as_written, docs, nlp.pipe(map(_to_read, unread), batch_size=_BATCH))


def _to_read(doc: Doc) -> Doc:
    """A text that is parted into tokens, without the capitals of its headlines."""
    words = in_ordinary_letters(doc)
    if words is None:
        return doc
    from spacy.tokens import Doc

    return Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])


def _as_written(doc: Doc, analysed: Doc) -> Doc:
    """The analysis, over the words as the text has them."""
    if doc is analysed:
        return doc
    return doc.from_array(_ANALYSIS, analysed.to_array(_ANALYSIS))  # type: ignore[arg-type]


def installed_models(names: Mapping[str, str] | None = None) -> list[Model]:
    """The pipelines in use: those of ``names`` by language, and the shipped ones for the rest."""
    chosen: dict[str, str | None] = dict.fromkeys(shipped_languages())
    chosen |= names or {}
    found = []
    for lang, name in sorted(chosen.items()):
        nlp = load(lang, name)
        meta = nlp.meta
        found.append(
            Model(
                lang=lang,
                name=f"{meta['lang']}_{meta['name']}",
                version=str(meta["version"]),
                shipped=name is None,
                path=MODELS / lang if name is None else Path(str(nlp.path or name)),
                components=tuple(p for p in nlp.pipe_names if p not in (_SENTENCES, _MENDING)),
            )
        )
    return found


def _mend(doc: Doc) -> Doc:
    """What is known better than the learned parts know it: lemmas of verbs, shapes of clauses."""
    return mend_relatives(mend_openings(mend_verbs(doc)))


def _load_shipped(lang: str) -> Language:
    from spacy.util import load_config

    folder = MODELS / lang
    if not (folder / "config.cfg").is_file():
        known = ", ".join(shipped_languages()) or "none"
        raise LanguageError(
            f"no pipeline for {lang}; shipped: {known}; "
            f"name an installed spaCy pipeline with --model {lang}=NAME"
        )
    config = load_config(folder / "config.cfg")
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    with _openblas():
        nlp = _language_class(lang).from_config(config, meta=meta)
        nlp.from_disk(folder)
    nlp.vocab.vectors = word_vectors(lang)
    _widen(nlp)
    return nlp


def _language_class(lang: str) -> type[Language]:
    if lang == "fr":
        from policygraph.models.languages import French

        return French
    from spacy.util import get_lang_class

    found: type[Language] = get_lang_class(lang)
    return found


def _load_installed(lang: str, name: str) -> Language:
    import spacy

    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise LanguageError(
            f"the pipeline {name!r} cannot be loaded ({reason}); "
            f"install it, or leave --model {lang}=… out to use the shipped one"
        ) from error
    if nlp.lang != lang:
        raise LanguageError(f"the pipeline {name!r} reads {nlp.lang!r}, not {lang!r}")
    return nlp


def _check(nlp: Language, lang: str, name: str) -> None:
    factories = {nlp.get_pipe_meta(pipe).factory for pipe in nlp.pipe_names} | set(nlp.pipe_names)
    missing = [what for what, givers in NEEDED.items() if factories.isdisjoint(givers)]
    if missing:
        raise LanguageError(
            f"the pipeline {name!r} gives no {', no '.join(missing)}; "
            f"it has {', '.join(nlp.pipe_names) or 'no components'}; use a full {lang!r} pipeline"
        )


class _openblas:  # noqa: N801 - read as a statement
    """Builds models over NumPy's own BLAS, twice as fast as blis on short texts."""

    def __enter__(self) -> None:
        from thinc.api import NumpyOps, get_current_ops, set_current_ops

        self._before = get_current_ops()
        set_current_ops(NumpyOps(use_blis=False))

    def __exit__(self, *_: object) -> None:
        from thinc.api import set_current_ops

        set_current_ops(self._before)


def _widen(nlp: Language) -> None:
    """Turn 16-bit weights into the 32-bit ones that thinc computes with."""
    for _, pipe in nlp.pipeline:
        for node in pipe.model.walk() if hasattr(pipe, "model") else ():
            for name in node.param_names:
                if node.has_param(name):
                    value = node.get_param(name)
                    if value.dtype.name != "float32":
                        node.set_param(name, value.astype("float32"))
