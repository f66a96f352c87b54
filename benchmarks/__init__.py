"""Measurements that are reported beside what they were taken on, and never asserted in tests."""
