"""Findings as data, the registry of their kinds, and the writers that show them."""
