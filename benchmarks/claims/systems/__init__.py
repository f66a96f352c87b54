"""The systems that are compared: policygraph, two baselines, and adapters of three tools."""
