"""The language pipelines that ship with the package, one folder a language."""
