"""How many of the mistakes that people make lint finds: where they are, and without confusing anyone.

The table of `tests/golden/mutations` is exact: it changes with every rule that finds more, or less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest

from arazzoc.diagnostics.fixable import ALWAYS, OFTEN
from arazzoc.diagnostics.registry import RULES
from arazzoc.diagnostics.registry.security import CREDENTIALS_OF_CALLERS
from tests.golden.goldens import Goldens
from tests.mutations.gaps import GAPS
from tests.mutations.judging import Bench, Judgement
from tests.mutations.mended import mended
from tests.mutations.mutant import KINDS
from tests.mutations.subjects import in_json, subjects
from tests.mutations.table import judgements, table

MOST: Final = 2
"""Faults of a kind in a document; `make mutations` tries every place."""
MENDED: Final = 120
"""Documents with a fault that are mended, of those that can be."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Judgement, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARAZZOC_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield tuple(judgements(KINDS.values(), MOST))


_TRUE: Final = {rule for rule in RULES.values() if rule.unused} | {CREDENTIALS_OF_CALLERS}
"""What may be said of a document that is right: it states what it does not use, or leaves credentials out."""


def test_nothing_is_found_in_documents_without_a_fault() -> None:
    for subject in (*subjects(), *in_json()):
        found = Bench().lint(subject, subject.path, subject.text)
        told = [each for each in found if not each.rule.tolerated and each.rule not in _TRUE]
        assert told == [], subject.path


def test_how_many_faults_of_each_kind_are_found(
    judged: tuple[Judgement, ...], goldens: Goldens
) -> None:
    goldens.compare("mutations/table.txt", table(judged))


def test_every_kind_of_mistake_is_made_somewhere(judged: tuple[Judgement, ...]) -> None:
    assert set(KINDS) == {each.kind.name for each in judged}


def test_what_is_not_found_has_a_reason_in_writing(judged: tuple[Judgement, ...]) -> None:
    lacking = Counter(each.kind.name for each in judged if each.verdict != "found")
    assert sorted(lacking) == sorted(GAPS)


def test_the_compiler_fails_at_none_of_them(judged: tuple[Judgement, ...]) -> None:
    failed = [each.id for each in judged if any(found.rule.code == "AZ901" for found in each.new)]
    assert failed == []


def test_every_code_that_is_expected_exists(judged: tuple[Judgement, ...]) -> None:
    lacking = {each.kind.name for each in judged if each.verdict == "missed"}
    expected = {code for kind in KINDS.values() if kind.name not in lacking for code in kind.codes}
    assert expected <= set(RULES)


def test_mending_ends_and_brings_nothing_new(judged: tuple[Judgement, ...]) -> None:
    mendable = [
        each
        for each in judged
        if each.mutant.source is None and any(found.fix is not None for found in each.new)
    ]
    bench = Bench()
    step = len(mendable) / MENDED
    for each in (mendable[int(number * step)] for number in range(MENDED)):
        after = mended(each, bench)
        assert (after.left, after.new) == ((), ()), f"{each.id}: {each.kind.name}"


def test_pages_say_of_every_rule_whose_findings_are_mended_that_they_are(
    judged: tuple[Judgement, ...],
) -> None:
    mended = {found.rule.code for each in judged for found in each.new if found.fix is not None}
    assert mended <= ALWAYS | OFTEN
