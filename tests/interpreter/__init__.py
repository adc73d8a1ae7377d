"""A walker of Arazzo documents, to be compared with what they are compiled to.

It reads the document as plain dicts and lists, decides at run time, and shares nothing with the compiler: it
is written from the specification's text and from `docs/semantics.md`.
"""
