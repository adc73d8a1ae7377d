"""Carries the workflows of any collection through to their ends, against a server made of their descriptions."""
