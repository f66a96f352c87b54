"""Mends what small pipelines get wrong about a sentence, where it is certain."""
