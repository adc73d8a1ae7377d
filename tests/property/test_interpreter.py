"""Generated functions do what an interpreter does that walks the document.

The documents are drawn whole, the interpreter knows nothing of the compiler, and both are played the same
answers: they have to send the same requests, wait as long, and end in the same way.
`python -m tests.interpreter` searches for longer, and makes what it finds small.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.interpreter.compared import compare

DRAWN = 2_150
COMPARED = 2_000
"""How many the compiler has to accept: the documents are meant to be valid."""


def test_generated_functions_do_what_the_documents_say(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()

    @settings(
        max_examples=DRAWN,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(number=st.integers(0, 2**48))
    def play(number: int) -> None:
        compared = compare(number)
        counts.update(compared.counts)
        shown = f"python -m tests.interpreter --show {number}"
        assert compared.difference is None, f"{shown}\n{compared.difference}"

    play()
    told = "\n  ".join(["", *(f"{count} {name}" for name, count in counts.most_common())])
    with capsys.disabled():
        print(told)  # noqa: T201 - how much was compared is to be seen
    assert counts["compared"] >= COMPARED, counts
