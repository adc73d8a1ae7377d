"""A folder of results that may be shared, damaged or deleted at any time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arazzoc.source.store import Store


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    Store(tmp_path / "a").keep("key", ["\u00e9", {"b": None}])
    assert Store(tmp_path / "a").get("key") == ["\u00e9", {"b": None}]
    assert Store(tmp_path / "a").get("other") is None


def test_nothing_but_whole_entries_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    store = Store(tmp_path)
    monkeypatch.setattr(Path, "replace", fail)
    store.keep("key", [1])
    assert list(tmp_path.iterdir()) == []
    assert store.get("key") is None


def test_a_text_that_cannot_be_written_is_not_kept(tmp_path: Path) -> None:
    Store(tmp_path).keep("key", "\ud800")
    assert Store(tmp_path).get("key") is None


def test_the_entries_that_were_not_used_for_longest_go_first(tmp_path: Path) -> None:
    for number, key in enumerate(("old", "used", "new")):
        Store(tmp_path).keep(key, "x" * 1000)
        os.utime(tmp_path / f"{key}.json", (number, number))
    assert Store(tmp_path).get("used") is not None
    Store(tmp_path, most_bytes=2500).keep("last", "x" * 1000)
    assert {path.stem for path in tmp_path.iterdir()} == {"used", "last"}
