"""Options that write expected files anew, and how properties draw their examples.

The examples are the same in every run, so that a change is judged by what it changes.
`HYPOTHESIS_PROFILE=search` draws others each time.
"""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

from tests.golden.goldens import Goldens

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell without job control starts what runs in the background like this, and all that it starts in turn.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds `--update-golden` and `--record`."""
    group = parser.getgroup("expected files")
    group.addoption(
        "--update-golden", action="store_true", help="write the expected texts of tests/golden anew"
    )
    group.addoption(
        "--record", action="store_true", help="write the cassettes of tests/cassettes anew"
    )


@pytest.fixture(scope="session")
def goldens(pytestconfig: pytest.Config) -> Goldens:
    """The expected texts; `--update-golden` takes over what is found."""
    return Goldens(update=bool(pytestconfig.getoption("--update-golden")))


@pytest.fixture(scope="session")
def records(pytestconfig: pytest.Config) -> bool:
    """Whether `--record` was given: cassettes are then written, not compared."""
    return bool(pytestconfig.getoption("--record"))
