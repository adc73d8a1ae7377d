"""Commands in a repository of a stranger, who chose its settings, its links and the names of its files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from arazzoc.source.store import Store
from tests.cli.conftest import DOCUMENT, FakeCompiler, Invoke
from tests.cli.modules import MODULE, SOURCE

_MINE = "export SECRET=1\n"
_WRITTEN = Path("hello/greet.py")


@pytest.fixture
def compiler(compiler: FakeCompiler) -> FakeCompiler:
    compiler.modules = (MODULE,)
    return compiler


@pytest.fixture
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the user's, outside of the repository."""
    path = tmp_path_factory.mktemp("home") / "profile"
    path.write_text(_MINE)
    return path


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("options", [(), ("--check",)])
@pytest.mark.parametrize("linked", ["hello/greet.py", "hello/__init__.py"])
def test_a_link_in_the_output_folder_leads_nowhere_else(
    arazzoc_: Invoke, folder: Path, mine: Path, linked: str, options: tuple[str, ...]
) -> None:
    link = folder / "out" / linked
    link.parent.mkdir(parents=True)
    link.symlink_to(mine if linked == "hello/greet.py" else mine.with_name("missing"))
    result = arazzoc_("generate", "-o", "out", *options)
    assert result.exit_code == 1
    assert f"'out/{linked}' leads out of 'out' by a link: remove the link" in result.stderr
    assert _MINE not in result.stdout
    assert mine.read_text() == _MINE
    assert [each.name for each in mine.parent.iterdir()] == [mine.name]


@pytest.mark.usefixtures("compiler")
def test_a_linked_folder_in_the_output_folder_leads_nowhere_else(
    arazzoc_: Invoke, folder: Path, mine: Path
) -> None:
    (folder / "out").mkdir()
    (folder / "out/hello").symlink_to(mine.parent)
    result = arazzoc_("generate", "-o", "out")
    assert "leads out of 'out' by a link" in result.stderr
    assert [each.name for each in mine.parent.iterdir()] == [mine.name]


@pytest.mark.usefixtures("compiler")
def test_a_linked_output_folder_is_the_user_s_choice(
    arazzoc_: Invoke, folder: Path, mine: Path
) -> None:
    (folder / "out").symlink_to(mine.parent)
    assert arazzoc_("generate", "-o", "out").exit_code == 0
    assert (mine.parent / _WRITTEN).read_text() == SOURCE


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("options", [(), ("--check",)])
def test_a_pipe_in_the_output_folder_is_not_waited_for(
    arazzoc_: Invoke, folder: Path, options: tuple[str, ...]
) -> None:
    (folder / "out/hello").mkdir(parents=True)
    os.mkfifo(folder / "out" / _WRITTEN)
    result = arazzoc_("generate", "-o", "out", *options)
    assert "'out/hello/greet.py' is no regular file: remove it" in result.stderr


@pytest.mark.usefixtures("compiler")
def test_a_module_that_somebody_wrote_is_not_replaced(arazzoc_: Invoke, folder: Path) -> None:
    written = folder / "out" / _WRITTEN
    written.parent.mkdir(parents=True)
    written.write_text("print('by hand')\n")
    result = arazzoc_("generate", "-o", "out")
    assert result.exit_code == 1
    assert "'out/hello/greet.py' was not written by arazzoc: move it away" in result.stderr
    assert written.read_text() == "print('by hand')\n"
    assert not (folder / "out/hello/__init__.py").exists()


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ('output = "{mine}"', "output"),
        ('output = "../{up}/out"', "output"),
        ('output = "linked/out"', "output"),
        ('paths = ["hello", "../.."]', "paths"),
        ('lint.baseline = "{mine}/profile"', "baseline"),
    ],
)
def test_settings_do_not_lead_out_of_the_project(
    arazzoc_: Invoke, folder: Path, mine: Path, stated: str, name: str
) -> None:
    up = os.path.relpath(mine.parent, folder.parent)
    text = stated.format(mine=mine.parent, up=up)
    (folder / "arazzoc.toml").write_text(f"{text}\n")
    (folder / "linked").symlink_to(mine.parent)
    result = arazzoc_("generate", DOCUMENT)
    assert result.exit_code == 2
    wanted = f"arazzoc.toml:1: `{name}` leads out of the project: state it on the command line"
    assert wanted in result.stderr
    assert [each.name for each in mine.parent.iterdir()] == [mine.name]


@pytest.mark.usefixtures("compiler")
def test_settings_reach_all_that_is_under_the_same_version_control(
    arazzoc_: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").mkdir()
    (folder / "tools").mkdir()
    (folder / "tools/arazzoc.toml").write_text('output = "../src"\n')
    monkeypatch.chdir(folder / "tools")
    result = arazzoc_("generate", f"../{DOCUMENT}")
    assert result.exit_code == 0, result.stderr
    assert (folder / "src" / _WRITTEN).exists()


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize(
    "text", ['"a\\u001b[31mb" = 1', 'output = "o\\u001b]0;x\\u0007\\u202e"', '"\\u009b" = 1']
)
def test_names_in_settings_steer_no_terminal(arazzoc_: Invoke, folder: Path, text: str) -> None:
    (folder / "arazzoc.toml").write_text(f"{text}\n", "utf-8")
    result = arazzoc_("generate", DOCUMENT)
    assert not set(result.output) & set("\x1b\x07\x9b\u202e")


def test_a_link_in_place_of_a_baseline_is_not_written(
    arazzoc_: Invoke, folder: Path, mine: Path
) -> None:
    (folder / "known.json").symlink_to(mine)
    result = arazzoc_("lint", "--write-baseline", "known.json")
    assert "'known.json' is a link, and what it leads to is not written" in result.stderr
    assert mine.read_text() == _MINE


@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"version": 1, "findings": [{"file": "", "count": 1e999}]}']
)
def test_a_baseline_that_is_none_is_told(arazzoc_: Invoke, folder: Path, text: str) -> None:
    (folder / "known.json").write_text(text)
    result = arazzoc_("lint", "--baseline", "known.json")
    assert result.exit_code == 2
    assert "cannot read the baseline 'known.json': it is no baseline of arazzoc" in result.stderr


def test_a_device_in_place_of_a_baseline_is_not_read(arazzoc_: Invoke, folder: Path) -> None:
    (folder / "known.json").symlink_to("/dev/zero")
    result = arazzoc_("lint", "--baseline", "known.json")
    assert "cannot read the baseline 'known.json': it is no regular file" in result.stderr


def test_a_pipe_among_documents_is_not_waited_for(
    arazzoc_: Invoke, compiler: FakeCompiler, folder: Path
) -> None:
    os.mkfifo(folder / "pipe.yaml")
    assert arazzoc_("lint").exit_code == 0
    assert compiler.asked[0][1] == [DOCUMENT]


def test_what_others_can_write_to_keeps_nothing(tmp_path: Path) -> None:
    """A kept module is written and run: whoever could change it would choose what runs."""
    folder = tmp_path / "cache"
    Store(folder).keep("key", "mine")
    assert Store(folder).get("key") == "mine"
    folder.chmod(0o777)
    assert Store(folder).get("key") is None
    Store(folder).keep("other", "mine")
    folder.chmod(0o755)
    assert Store(folder).get("key") == "mine"
    assert Store(folder).get("other") is None
    (folder / "key.json").chmod(0o666)
    assert Store(folder).get("key") is None


def test_a_cache_of_somebody_else_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(tmp_path / "cache").keep("key", "mine")
    other = os.getuid() + 12_345
    if os.getuid() == 0:
        os.chown(tmp_path / "cache", other, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: other)
    assert Store(tmp_path / "cache").get("key") is None


def test_a_device_in_place_of_a_lock_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "arazzoc.lock").symlink_to("/dev/zero")
    (tmp_path / "a.arazzo.yaml").write_text(
        "arazzo: 1.0.1\ninfo: {title: A, version: '1'}\n"
        "sourceDescriptions: [{name: a, url: 'https://a.example/a.yaml', type: openapi}]\n"
        "workflows: [{workflowId: a, steps: [{stepId: a, operationId: a}]}]\n"
    )
    command = [sys.executable, "-m", "arazzoc", "lint", "--allow-remote", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        command,
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "`arazzoc.lock` cannot be used: it is no regular file" in run.stdout
