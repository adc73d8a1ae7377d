"""What functions with and without `async` carry is written once, in `aio`."""

from __future__ import annotations

import pytest

from tests.golden.goldens import Goldens
from tests.unit.runtime.stripped import ABOVE, AIO, DERIVED, stripped


@pytest.mark.parametrize("name", DERIVED)
def test_the_plain_module_follows_from_the_one_in_aio(name: str, goldens: Goldens) -> None:
    plain = stripped((AIO / f"{name}.py").read_text("utf-8"))
    Goldens(update=goldens.update, folder=ABOVE).compare(f"{name}.py", plain)


def test_words_and_names_are_rewritten() -> None:
    written = '''\
from arazzoc.runtime.aio.b import B
from arazzoc.runtime.c import C


async def read(client: AsyncClient) -> None:
    """Awaits the asynchronous client, an `AsyncClient`."""
    async with client as opened:
        await opened.aclose()
        pieces = [piece async for piece in opened.aiter_bytes()]
        return (await opened.ended()) + f"{await read(asyncio_lock, asyncio.Lock())}"
'''
    assert stripped(written.replace("runtime.c", "runtime.aaa")) == '''\
from arazzoc.runtime.aaa import C
from arazzoc.runtime.b import B


def read(client: Client) -> None:
    """Awaits the asynchronous client, an `Client`."""
    with client as opened:
        opened.close()
        pieces = [piece for piece in opened.iter_bytes()]
        return (opened.ended()) + f"{read(asyncio_lock, threading.Lock())}"
'''
