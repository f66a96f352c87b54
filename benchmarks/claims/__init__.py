"""Claims of policygraph and of tools that run offline, on the same articles, by one measure."""
