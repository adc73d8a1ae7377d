"""Workflows as functions, one module a document."""
