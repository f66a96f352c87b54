"""How well names are linked and things told apart, over the gold corpus and at scale."""
