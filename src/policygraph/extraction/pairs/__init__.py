"""Which two things a sentence joins, by which predicate: every pair is judged by a network."""
