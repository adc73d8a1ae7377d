"""Sequences of requests that the specification decides, and what other runners make of them."""
