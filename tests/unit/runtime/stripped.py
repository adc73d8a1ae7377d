"""The rewrite of `async def` code as plain code, word by word."""

from __future__ import annotations

import re
from pathlib import Path

import black

import arazzoc.runtime

__all__ = ["ABOVE", "AIO", "DERIVED", "stripped"]

ABOVE = Path(arazzoc.runtime.__file__ or "").parent
AIO = ABOVE / "aio"
DERIVED = ("sending", "tokens", "transport")
"""The modules above `aio` that follow from those in it."""

_RENAMED = {
    "AsyncClient": "Client",
    "AsyncClientCredentials": "ClientCredentials",
    "AsyncGenerator": "Generator",
    "AsyncHttpTransport": "HttpTransport",
    "AsyncTransport": "Transport",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "aclose": "close",
    "aiter_bytes": "iter_bytes",
    "asynccontextmanager": "contextmanager",
    "asyncio": "threading",
}
_NAMES = re.compile("|".join(rf"\b{name}\b" for name in _RENAMED))
_WORDS = re.compile(r"\basync (?=def |with |for )|\bawait (?=[\w(])")


def stripped(text: str) -> str:
    """`text` without `async` and `await`, and with the plain name of everything that has two.

    Words of documentation are rewritten too: it says nothing of `async def` where it is to hold for both.
    """
    plain = _WORDS.sub("", text.replace("arazzoc.runtime.aio.", "arazzoc.runtime."))
    renamed = _NAMES.sub(lambda found: _RENAMED[found[0]], plain)
    return black.format_str(_in_order(renamed), mode=black.Mode(magic_trailing_comma=False))


def _in_order(text: str) -> str:
    """The runtime's own imports in the order that their new names have."""
    own = re.findall(r"^from arazzoc\..*\n", text, re.MULTILINE)
    return text.replace("".join(own), "".join(sorted(own)))
