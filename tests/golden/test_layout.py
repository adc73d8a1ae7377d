"""Every module of the specs is laid out as by black, and without it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from arazzoc.compiler import compile_documents
from arazzoc.edition import Edition
from arazzoc.layout import modules
from arazzoc.layout.modules import black, lay_out

ROOT = Path(__file__).parents[2]
PLAIN, TASKS = Edition(), Edition(is_async=True, http="httpx2")
SPECS = sorted((ROOT / "specs").glob("*/*.arazzo.yaml"))
COMMON = [path for path in SPECS if path.parent.name not in ("invalid", "near-misses")]


@pytest.mark.parametrize(
    ("paths", "edition"),
    [(COMMON, PLAIN), (COMMON, TASKS), (SPECS[::4], PLAIN)],
    ids=["plain", "async", "near misses"],
)
def test_modules_are_laid_out_as_by_black_and_without_it(
    paths: list[Path], edition: Edition
) -> None:
    texts: list[str] = []

    def told(text: str) -> str:
        texts.append(text)
        return lay_out(text)

    with (
        patch("arazzoc.render.module.lay_out", told),
        patch.object(modules, "black", side_effect=black) as asked,
    ):
        compile_documents(paths, edition=edition)

    assert not asked.called
    assert len(texts) >= len(COMMON)
    for text in texts:
        assert lay_out(text) == black(text)
