"""A cassette answers what was recorded, to the letter and once, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generated.ibm_quantum.cancel_running_job import HttpTransport, Request
from tests.functional.tape import NotRecordedError, recording, replaying
from tests.standins import IbmQuantumApi, serving

SECRET = "s3cret"
THERE = "https://quantum.cloud.ibm.com/api"
HEADERS = {
    "Authorization": f"Bearer {SECRET}",
    "Service-CRN": "crn:v1:example",
    "Content-Type": "application/json",
}
BODY = b'{"backend":"ibm_fez","mode":"batch"}'
ASKED = Request("POST", f"{THERE}/v1/sessions?a=1&b=2", HEADERS, BODY)


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """One answer to `ASKED`."""
    path = tmp_path / "cassette.yaml"
    with (
        serving(IbmQuantumApi(token=SECRET)) as here,
        recording(path, here=here, there=THERE, secrets=[SECRET]) as tape,
        HttpTransport() as transport,
    ):
        assert transport(replace(ASKED, url=ASKED.url.replace(THERE, here))).status == 200
    assert [str(each) for each in tape.exchanges] == [f"POST {ASKED.url} -> 200"]
    return path


def test_the_same_request_is_answered_once(cassette: Path) -> None:
    with replaying(cassette, secrets=[SECRET]) as tape, HttpTransport() as transport:
        assert transport(ASKED).data["id"] == "session-1"
        assert list(tape.turns) == [0]
        with pytest.raises(NotRecordedError):
            transport(ASKED)


@pytest.mark.parametrize(
    "changed",
    [
        lambda: replace(ASKED, method="PUT"),
        lambda: replace(ASKED, url=ASKED.url.replace("https", "http")),
        lambda: replace(ASKED, url=ASKED.url.replace("quantum", "eu-de.quantum")),
        lambda: replace(ASKED, url=ASKED.url.replace("sessions", "session")),
        lambda: replace(ASKED, url=ASKED.url.replace("a=1&b=2", "b=2&a=1")),
        lambda: replace(ASKED, headers={**HEADERS, "Authorization": "Bearer None"}),
        lambda: replace(ASKED, headers={**HEADERS, "Authorization": SECRET}),
        lambda: replace(ASKED, headers={**HEADERS, "Service-CRN": "crn:v1:other"}),
        lambda: replace(ASKED, headers={**HEADERS, "Content-Type": "text/json"}),
        lambda: replace(ASKED, headers={**HEADERS, "X-More": "1"}),
        lambda: replace(ASKED, headers={name: HEADERS[name] for name in list(HEADERS)[:2]}),
        lambda: replace(ASKED, body=BODY.replace(b"batch", b"Batch")),
        lambda: replace(ASKED, body=None),
    ],
    ids=(
        *("method", "scheme", "host", "path", "query", "token", "authorization", "header", "type"),
        *("more-headers", "fewer-headers", "body", "no-body"),
    ),
)
def test_any_other_request_is_refused(cassette: Path, changed: Callable[[], Request]) -> None:
    with replaying(cassette, secrets=[SECRET]) as tape, HttpTransport() as transport:
        with pytest.raises(NotRecordedError):
            transport(changed())
        assert not tape.turns


def test_the_file_shows_no_secret_and_no_port(cassette: Path) -> None:
    text = cassette.read_text("utf-8")
    assert SECRET not in text
    assert "127.0.0.1" not in text
    assert "Bearer ******" in text
