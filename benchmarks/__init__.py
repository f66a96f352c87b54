"""Measurements, reported beside what they were taken on; tests assert floors of quality only."""
