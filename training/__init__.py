"""Recipes that rebuild the shipped pipelines from named public data and the project's corpus.

Importing this package registers, with spaCy, the tokenizers and the light French class that
the recipes name.
"""

import spacy

from policygraph.models.languages import French
from training.tokenization import make_tokenizer


@spacy.registry.tokenizers("policygraph.Tokenizer.v1")
def _tokenizer() -> object:
    return make_tokenizer


spacy.registry.languages.register("fr", func=French)
