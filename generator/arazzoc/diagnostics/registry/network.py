"""Rules of the group `source` (AZ0xx): documents at addresses of the network."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["NOT_AS_LOCKED", "NOT_FETCHED", "REMOTE_DOCUMENT", "RULES"]

REMOTE_DOCUMENT: Final = Rule(
    "AZ006",
    "remote-document",
    Severity.ERROR,
    "A document is named by a network address",
    """Nothing is fetched while compiling, unless you ask for it by `--allow-remote`, and then over `https`
alone: the result would depend on the network and on whoever answers. Download the document, keep it beside
the others under version control and name it by a relative path. A document that states the address as its
own, by `$self` (Arazzo 1.1, OpenAPI 3.2), is found by it in the folder of the document that names it, and in
those of the documents that you compile.""",
    """sourceDescriptions:
  - name: shop
    url: https://shop.example/openapi.yaml
    type: openapi
""",
    """sourceDescriptions:
  - name: shop
    url: ./shop.openapi.yaml
    type: openapi
""",
)


NOT_FETCHED: Final = Rule(
    "AZ024",
    "not-fetched",
    Severity.ERROR,
    "A document of the network cannot be fetched",
    """With `--allow-remote`, documents are fetched over `https`: within 30 seconds, up to 64 MiB, over at
most five redirects, at most 100 in a run, and only from addresses of the public network, so that no
stranger's document can look into yours. The message gives the reason. Download the document, keep it beside
the others and name it by a relative path.""",
    """sourceDescriptions:
  - name: shop
    url: https://localhost/openapi.yaml
    type: openapi
""",
    """sourceDescriptions:
  - name: shop
    url: ./shop.openapi.yaml
    type: openapi
""",
)


NOT_AS_LOCKED: Final = Rule(
    "AZ025",
    "not-as-locked",
    Severity.ERROR,
    "A document of the network is not the one that is locked",
    """Where a project has an `arazzoc.lock`, builds do not change by themselves: every document of the
network has to be in it, and to have the digest that it pins. Look at what has changed, then say
`--update-lock` with `--allow-remote`, and keep the lock under version control.""",
    """url: https://shop.example/openapi.yaml # which is not what it was
""",
    """url: https://shop.example/openapi.yaml # as `arazzoc.lock` pins it
""",
)

RULES: Final[tuple[Rule, ...]] = (REMOTE_DOCUMENT, NOT_FETCHED, NOT_AS_LOCKED)
