"""Files are written whole, at the end, and only where something changed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from arazzoc.render.write import stale_files, write_files


def listing(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_folders_are_made_and_texts_written_as_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.py"
    written = write_files({path: "é\n"})
    assert path.read_bytes() == "é\n".encode()
    assert written.changed == (path,)
    assert listing(tmp_path) == {"a/b/c.py": "é\n"}


def test_a_file_that_holds_its_text_is_not_touched(tmp_path: Path) -> None:
    same, other = tmp_path / "same.py", tmp_path / "other.py"
    same.write_text("same\n")
    other.write_text("old\n")
    os.utime(same, (1, 1))
    written = write_files({same: "same\n", other: "new\n"})
    assert written.unchanged == (same,)
    assert written.changed == (other,)
    assert same.stat().st_mtime == 1


def test_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("old\n")
    path.chmod(0o640)
    write_files({path: "new\n"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_permissions_that_the_user_gives_to_files(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    write_files({tmp_path / "a.py": "new\n"})
    assert (tmp_path / "a.py").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.py", tmp_path / "link.py"
    target.write_text("old\n")
    link.symlink_to(target)
    write_files({link: "new\n"})
    assert link.is_symlink()
    assert target.read_text() == "new\n"


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_interrupted_write_leaves_every_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    first, second = tmp_path / "first.py", tmp_path / "second.py"
    first.write_text("old\n")
    second.write_text("old\n")
    write_bytes = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        if "second" in path.name:
            write_bytes(path, content[:1])
            raise fault
        return write_bytes(path, content)

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(type(fault)):
        write_files({first: "new\n", second: "new\n"})
    assert listing(tmp_path) == {"first.py": "old\n", "second.py": "old\n"}


def test_a_file_where_a_folder_should_be_is_an_error_before_anything_is_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "package").write_text("a file")
    with pytest.raises(OSError, match="package"):
        write_files({tmp_path / "good.py": "new\n", tmp_path / "package" / "a.py": "new\n"})
    assert listing(tmp_path) == {"package": "a file"}


def test_a_folder_where_a_file_should_be_is_an_error_before_anything_is_written(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.py").mkdir()
    with pytest.raises(IsADirectoryError):
        write_files({tmp_path / "good.py": "new\n", tmp_path / "a.py": "new\n"})
    assert listing(tmp_path) == {}


def test_what_is_not_up_to_date_is_told_by_a_diff(tmp_path: Path) -> None:
    same, other, missing = (tmp_path / name for name in ("same.py", "other.py", "missing.py"))
    same.write_text("same\n")
    other.write_text("one\ntwo\n")
    stale = stale_files({same: "same\n", other: "one\n2\n", missing: "new\n"})
    assert [each.path for each in stale] == [other, missing]
    assert stale[0].diff() == (
        f"--- {other.as_posix()}\n+++ {other.as_posix()}\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
    )
    assert stale[1].diff() == f"--- /dev/null\n+++ {missing.as_posix()}\n@@ -0,0 +1 @@\n+new\n"
    assert not missing.exists()


def test_a_file_in_another_encoding_is_out_of_date(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"\xff\xfe")
    assert [each.path for each in stale_files({path: "new\n"})] == [path]


def test_a_missing_line_break_at_the_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("new")
    assert "-new\n\\ No newline at end of file\n+new\n" in stale_files({path: "new\n"})[0].diff()


def test_a_link_that_waits_at_the_temporary_name_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def guessed(_: int) -> str:
        return "guessed"

    monkeypatch.setattr("secrets.token_hex", guessed)
    victim = tmp_path / "victim"
    victim.write_text("mine\n")
    folder = tmp_path / "out"
    folder.mkdir()
    link = folder / ".a.py.guessed.tmp"
    link.symlink_to(victim)
    with pytest.raises(FileExistsError):
        write_files({folder / "a.py": "new\n"})
    assert victim.read_text() == "mine\n"
    assert link.is_symlink()
    assert not (folder / "a.py").exists()


def test_runs_at_once_leave_one_whole_text(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from arazzoc.render.write import write_files\n"
        "for n in range(30): write_files({Path(sys.argv[1]): f'{sys.argv[2]}{n}\\n' * 5000})"
    )
    path = tmp_path / "a.py"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program, str(path)]
    runs = [subprocess.Popen([*command, name], env=environment) for name in "xyz"]
    seen: set[str] = set()
    while any(run.poll() is None for run in runs):
        if path.exists():
            lines = path.read_text().splitlines()
            assert len(lines) == 5000
            assert len(set(lines)) == 1
            seen.add(lines[0])
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert seen
    assert [each.name for each in tmp_path.iterdir()] == ["a.py"]
