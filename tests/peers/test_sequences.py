"""Every sequence is sent as the specification says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiling import without_layout
from tests.markdown import ROOT
from tests.peers.runners import arazzoc
from tests.peers.sequences import Case, Scripted, cases, differences
from tests.standins.base import Received
from tests.standins.server import serving

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sequence_is_sent_as_the_specification_says(case: Case, tmp_path: Path) -> None:
    server = Scripted(case)
    with serving(server) as base_url, without_layout():
        slept = arazzoc(case.write(tmp_path, base_url), case.inputs, base_url)
    assert differences(case, server.requests) == []
    assert [wait for wait in slept if wait] == list(case.waits)


def test_every_sequence_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 47


def test_what_is_not_sent_as_it_should_be_is_told() -> None:
    case = next(case for case in CASES if case.name == "headers-cookies-and-booleans")
    wrong = Received("GET", "/search?all=True", {"x-trace": "t-1"}, b"")
    assert differences(case, [wrong]) == [
        "request 1 is GET /search?all=True",
        "request 1 has the header cookie: None",
    ]
    assert differences(case, []) == ["0 requests, not 1: nothing"]


def test_every_sequence_is_in_the_table() -> None:
    table = (ROOT / "docs/peers.md").read_text("utf-8")
    missing = [case.name for case in CASES if f"| `{case.name}` | {case.decides} |" not in table]
    assert missing == []
