"""`arazzoc.toml`, and `[tool.arazzoc]` in `pyproject.toml`: options that are stated once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arazzoc.edition import Edition
from tests.cli.conftest import DOCUMENT, FakeCompiler, Invoke
from tests.cli.modules import MODULE


@pytest.fixture
def compiler(compiler: FakeCompiler) -> FakeCompiler:
    compiler.modules = (MODULE,)
    return compiler


def _state(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text, "utf-8")


def test_all_that_generate_needs_can_be_stated(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path
) -> None:
    _state(
        folder,
        """
        [tool.arazzoc]
        paths = ["hello"]
        output = "src/workflows"
        strict = true
        async = true
        http = "httpx2"
        runtime = "shared"
        """,
    )
    result = arazzoc_("generate")
    assert result.exit_code == 0, result.stderr
    assert compiler.asked == [("compile", [DOCUMENT], True)]
    assert compiler.editions == [Edition(True, "httpx2", "shared")]
    assert (folder / "src/workflows/hello/greet.py").exists()


def test_the_command_line_wins(arazzoc_: Invoke, compiler: FakeCompiler, folder: Path) -> None:
    _state(
        folder,
        '[tool.arazzoc]\npaths = ["other"]\noutput = "a"\nasync = true\nstrict = true\n'
        'http = "httpx2"\nruntime = "shared"\n',
    )
    options = ["--sync", "--no-strict", "--http", "stdlib", "--runtime", "inline"]
    result = arazzoc_("generate", DOCUMENT, "-o", "b", *options)
    assert result.exit_code == 0, result.stderr
    assert compiler.asked == [("compile", [DOCUMENT], False)]
    assert compiler.editions == [Edition()]
    assert (folder / "b/hello/greet.py").exists()
    assert not (folder / "a").exists()


def test_paths_are_from_the_file_s_folder(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path
) -> None:
    _state(folder, '[tool.arazzoc]\npaths = ["hello"]\noutput = "out"\n')
    (folder / "deep/down").mkdir(parents=True)
    os.chdir(folder / "deep/down")
    result = arazzoc_("generate")
    assert result.exit_code == 0, result.stderr
    assert compiler.asked == [("compile", [f"../../{DOCUMENT}"], False)]
    assert (folder / "out/hello/greet.py").exists()


@pytest.mark.parametrize("command", ["lint", "run"])
def test_other_commands_take_what_is_theirs(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path, command: str
) -> None:
    _state(folder, '[tool.arazzoc]\npaths = ["hello"]\nstrict = true\noutput = "out"\n')
    arazzoc_(*([command] if command == "lint" else [command, DOCUMENT]))
    ((_, paths, strict),) = compiler.asked
    assert (paths, strict) == ([DOCUMENT], True)


def test_a_file_without_the_table_is_passed_over(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path
) -> None:
    _state(folder, "[tool.arazzoc]\nstrict = true\n")
    (folder / "inner").mkdir()
    _state(folder / "inner", "[tool.black]\nline-length = 100\n")
    os.chdir(folder / "inner")
    arazzoc_("lint", f"../{DOCUMENT}")
    ((_, _, strict),) = compiler.asked
    assert strict


def test_a_broken_file_without_the_table_is_nobody_s_business(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path
) -> None:
    _state(folder, "[tool.black\n")
    assert arazzoc_("lint", DOCUMENT).exit_code == 0
    assert compiler.asked


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[project]\nname = "x"\n\n[tool.arazzoc]\nstrict = true\noutpt = "x"\n',
            "pyproject.toml:6: [tool.arazzoc] has no setting `outpt`; did you mean `output`?",
        ),
        (
            "[tool.arazzoc]\nzzz = 1\n",
            "pyproject.toml:2: [tool.arazzoc] has no setting `zzz`; "
            "there are paths, output, strict, async, http, runtime",
        ),
        ('[tool.arazzoc]\nasync = "yes"\n', "pyproject.toml:2: `async` must be true or false"),
        (
            '[tool.arazzoc]\n"paths" = "x"\n',
            "pyproject.toml:2: `paths` must be an array of strings",
        ),
        ("[tool.arazzoc]\npaths = [1]\n", "pyproject.toml:2: `paths` must be an array of strings"),
        (
            '[tool.arazzoc]\n\nhttp = "requests"\n',
            "pyproject.toml:3: `http` must be 'stdlib' or 'httpx2'",
        ),
        ("[tool.arazzoc.strict]\na = 1\n", "pyproject.toml:1: `strict` must be true or false"),
        ("[tool]\narazzoc = 1\n", "pyproject.toml:2: `tool.arazzoc` must be a table"),
        ("[tool.arazzoc]\nasync = \n", "pyproject.toml: Invalid value (at line 2, column 9)"),
    ],
)
def test_mistakes_are_told_with_their_place(
    arazzoc_: Invoke, folder: Path, text: str, message: str
) -> None:
    _state(folder, text)
    result = arazzoc_("generate", DOCUMENT, "-o", "out")
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not (folder / "out").exists()


def test_help_needs_no_settings(arazzoc_: Invoke, folder: Path) -> None:
    _state(folder, "[tool.arazzoc]\nasync = 1\n")
    assert arazzoc_("generate", "--help").exit_code == 0


def _state_alone(folder: Path, text: str) -> None:
    (folder / "arazzoc.toml").write_text(text, "utf-8")


def test_a_file_of_its_own_has_the_same_settings(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path
) -> None:
    _state_alone(folder, 'paths = ["hello"]\noutput = "src"\nstrict = true\nhttp = "httpx2"\n')
    result = arazzoc_("generate")
    assert result.exit_code == 0, result.stderr
    assert compiler.asked == [("compile", [DOCUMENT], True)]
    assert compiler.editions == [Edition(False, "httpx2", "inline")]
    assert (folder / "src/hello/greet.py").exists()


@pytest.mark.parametrize("text", ["strict = true\n", ""])
def test_a_file_of_its_own_wins_as_a_whole(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path, text: str
) -> None:
    _state(folder, "[tool.arazzoc]\nstrict = false\nasync = true\n")
    _state_alone(folder, text)
    result = arazzoc_("generate", DOCUMENT, "-o", "out")
    assert result.exit_code == 0, result.stderr
    assert compiler.asked == [("compile", [DOCUMENT], bool(text))]
    assert compiler.editions == [Edition()]


def test_the_nearest_folder_decides(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _state_alone(folder, "strict = true\n")
    _state(folder / "hello", "[tool.arazzoc]\nstrict = false\n")
    monkeypatch.chdir(folder / "hello")
    assert arazzoc_("lint", Path(DOCUMENT).name).exit_code == 0
    assert [strict for _, _, strict in compiler.asked] == [False]


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\noutpt = "x"\n', "arazzoc.toml:2: there is no setting `outpt`; did you mean `output`?"),
        (
            "strict = true\n[lint]\nignore = 1\n",
            "arazzoc.toml:3: `ignore` must be an array of strings",
        ),
        ("[lint]\nignor = []\n", "arazzoc.toml:2: [lint] has no setting `ignor`; did you mean"),
        ("lint = 1\n", "arazzoc.toml:1: `lint` must be a table"),
        ("[tool.arazzoc]\nstrict = true\n", "arazzoc.toml:1: there is no setting `tool`;"),
        ("strict = \n", "arazzoc.toml: Invalid value (at line 1, column 10)"),
    ],
)
def test_mistakes_in_a_file_of_its_own_are_told_with_their_place(
    arazzoc_: Invoke, folder: Path, text: str, message: str
) -> None:
    _state_alone(folder, text)
    result = arazzoc_("generate", DOCUMENT, "-o", "out")
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
