"""How clean the articles are that come out of pages: ours, trafilatura's, and plain stripping."""
