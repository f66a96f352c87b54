"""How fast the page of ``policygraph view`` opens and moves."""
