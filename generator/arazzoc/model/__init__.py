"""Arazzo and OpenAPI as frozen data, and the readers that make it."""
