"""Which shape the generated modules have."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from arazzoc.frozen import dataclass

__all__ = ["SHARED_RUNTIME", "Edition", "Http", "RuntimePlace"]

Http: TypeAlias = Literal["stdlib", "httpx2"]
"""What sends the requests where the caller gives no transport: the standard library, or httpx2."""

RuntimePlace: TypeAlias = Literal["inline", "shared"]
"""Where the runtime is: in each module, or once beside all of them."""

SHARED_RUNTIME: Final = "arazzo_runtime"
"""The package of a shared runtime, in the folder that the modules' packages are in."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A shape of the generated modules: what their functions do is the same in all.

    Attributes:
        is_async: Functions are `async def`, and transports are awaited.
        http: What the transport that a function opens itself is made of.
        runtime: Where the parts of the runtime are that functions call.
    """

    is_async: bool = False
    http: Http = "stdlib"
    runtime: RuntimePlace = "inline"
