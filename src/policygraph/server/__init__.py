"""The graph over HTTP: SPARQL 1.1, linked data, and pages to read and explore.

``listening`` opens the port and ``app`` says what answers where. ``endpoint`` and
``graph_store`` speak the W3C's protocols, as ``protocol`` and ``media`` read them; ``pool``
shares worker processes among requests.
"""

from policygraph.server.app import make_app
from policygraph.server.limits import Limits
from policygraph.server.listening import serve
from policygraph.server.permission import read_token

__all__ = ["Limits", "make_app", "read_token", "serve"]
