"""Broken and hostile documents end in findings or in sound modules: a short part of `make fuzz`."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.cases import case_of
from tests.fuzz.holding import foreign_code, hold

_CASES = 25


@pytest.mark.parametrize("seed", range(4))
def test_a_broken_document_is_compiled_or_refused(seed: int) -> None:
    random = Random(seed)  # noqa: S311 -- no secret is made
    for _ in range(_CASES):
        assert hold(case_of(random)) in ("compiled", "refused")


def test_the_same_seed_breaks_the_same_documents() -> None:
    one, other = Random(5), Random(5)  # noqa: S311 -- no secret is made
    assert case_of(one) == case_of(other)


@pytest.mark.parametrize(
    "code",
    [
        "boom()",
        "import subprocess",
        "from shutil import rmtree",
        "x = eval('1')",
        "x = ().__class__",
        "def f() -> None:\n    global x\n",
    ],
)
def test_what_no_template_makes_is_told(code: str) -> None:
    assert list(foreign_code(code))


def test_the_modules_of_the_project_hold_nothing_foreign() -> None:
    folder = Path(__file__).parents[2] / "generated"
    for path in sorted(folder.rglob("*.py")):
        assert not list(foreign_code(path.read_text("utf-8"))), os.fspath(path)
