from __future__ import annotations

import time
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzoc.runtime.messages import Response
from arazzoc.runtime.retries import retry_after


def after(value: str) -> float:
    return retry_after(Response(503, {"retry-after": value}, b""), default=5.0)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("", 5.0),
        ("soon", 5.0),
        ("-3", 5.0),
        ("1.5", 5.0),
        ("9" * 400, 5.0),
        ("Wed, 99 Oct 2015 07:28:00 GMT", 5.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 1e9),  # longer than Python can sleep
    ],
)
def test_the_header_overrules_the_default(value: str, seconds: float) -> None:
    assert after(value) == seconds


def test_a_date_is_waited_for() -> None:
    assert 55 < after(formatdate(time.time() + 60, usegmt=True)) <= 60


def test_no_header_and_no_response_leave_the_default() -> None:
    assert retry_after(Response(503, {}, b""), default=2.5) == 2.5
    assert retry_after(Response(0, {}, b""), default=2.5) == 2.5


@given(
    st.text() | st.from_regex(r"[A-Z][a-z]{2}, \d{1,5} [A-Z][a-z]{2} \d{1,6} \d+:\d+:\d+ [+-]\d+")
)
def test_nonsense_never_breaks_the_wait(value: str) -> None:
    assert after(value) >= 0
