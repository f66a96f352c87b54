"""What any step asks of a sentence: its grammar, and the word lists of its language."""
