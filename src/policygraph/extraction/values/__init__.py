"""Dates and amounts of money, as standards write them."""
