"""What is named: the words that may name something, of what type, and which are one thing."""
