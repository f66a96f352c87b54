"""How long the named queries take over a large graph."""
