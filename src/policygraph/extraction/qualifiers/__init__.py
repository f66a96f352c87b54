"""What a sentence says beside who does what: how sure, when, for how much, as what, in which
words.
"""
