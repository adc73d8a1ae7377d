"""A long search for documents that are compiled to something else than they say.

python -m tests.interpreter 10000 --first 1     so many documents, from that number on
python -m tests.interpreter --show 4711         one document, made as small as its difference allows
"""

from __future__ import annotations

import argparse
import json
from collections import Counter

from tests.interpreter.compared import Difference, compare
from tests.interpreter.smaller import smaller


def main() -> None:
    """Searches, and prints what it has found."""
    parser = argparse.ArgumentParser(prog="python -m tests.interpreter")
    parser.add_argument("documents", type=int, nargs="?", default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", type=int)
    chosen = parser.parse_args()
    if chosen.show is not None:
        _show(chosen.show)
    else:
        _search(range(chosen.first, chosen.first + chosen.documents))


def _search(numbers: range) -> None:
    counts: Counter[str] = Counter()
    for number in numbers:
        found = compare(number)
        counts.update(found.counts)
        if found.difference is not None:
            print(f"document {number}: {found.difference.kind}", flush=True)  # noqa: T201
    for name, count in counts.most_common():
        print(f"{count:8} {name}")  # noqa: T201


def _show(number: int) -> None:
    difference = compare(number).difference
    if difference is None:
        print(f"document {number}: no difference")  # noqa: T201
        return
    least = smaller(difference.case, lambda case: _alike(case, difference))
    again = Difference.of(least)
    assert again is not None
    print(json.dumps(least, indent=1), again, sep="\n")  # noqa: T201


def _alike(case: object, difference: Difference) -> bool:
    found = Difference.of(case)
    return found is not None and found.kind == difference.kind


if __name__ == "__main__":
    main()
