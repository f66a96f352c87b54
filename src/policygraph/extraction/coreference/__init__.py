"""What nouns and pronouns stand for, and who acts without a name: groups."""
