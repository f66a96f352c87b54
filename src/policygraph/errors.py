"""The errors that policygraph raises on purpose.

::

    PolicyGraphError            the user's world is not as it should be; one clear line, exit 1
    ├── SourceError             an article cannot be read: missing, empty, binary, corrupt
    ├── LanguageError           no pipeline, or an unusable one, for a language
    ├── OntologyError           a file under ``ontology/`` is broken
    ├── RecordError             an article record is not of the documented shape
    ├── QueryError              a SPARQL query is wrong, refused or too slow
    │   └── ProtectedError      an update would change what only the program's own commands may
    └── StoreError              the graph folder is missing, locked, damaged or not ours

A caller's programming mistake raises ``ValueError`` or ``TypeError`` instead.
Every message says what, where, what was expected, and what to do next.
"""


class PolicyGraphError(Exception):
    """Base of every error that a user, not a programmer, can put right."""


class SourceError(PolicyGraphError):
    """An article cannot be read from its source."""


class LanguageError(PolicyGraphError):
    """No usable language pipeline for a text."""


class OntologyError(PolicyGraphError):
    """A data file under ``ontology/`` is broken."""


class RecordError(PolicyGraphError):
    """An article record does not have the documented shape."""


class QueryError(PolicyGraphError):
    """A SPARQL query is wrong, refused or too slow."""


class ProtectedError(QueryError):
    """A SPARQL update would change what only the program's own commands may."""


class StoreError(PolicyGraphError):
    """The graph folder cannot be used."""
