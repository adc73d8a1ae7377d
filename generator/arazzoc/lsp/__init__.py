"""The language server: what editors ask about a document, and what the compiler knows of it."""
