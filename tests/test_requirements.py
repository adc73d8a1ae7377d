"""What development and users install: pinned with hashes, and told in a bill of materials."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[1]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NOT_PINNED: Final = {"fuzz"}
"""Extras that development can do without: atheris has no wheels for some systems."""
EXTRAS: Final = [
    each
    for name, extra in PROJECT["optional-dependencies"].items()
    if name not in NOT_PINNED
    for each in extra
]
PIN: Final = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", re.M)


def pins(name: str) -> dict[str, str]:
    """The versions that a file of requirements/ pins."""
    return dict(PIN.findall((ROOT / "requirements" / name).read_text("utf-8")))


@pytest.mark.parametrize(
    ("file", "asked"),
    [("runtime.txt", PROJECT["dependencies"]), ("dev.txt", [*PROJECT["dependencies"], *EXTRAS])],
)
def test_what_the_project_asks_for_is_pinned(file: str, asked: list[str]) -> None:
    pinned = pins(file)
    loose = [
        each
        for each in map(Requirement, asked)
        if not each.specifier.contains(pinned.get(canonicalize_name(each.name), "0"))
    ]
    assert loose == [], "run `make lock`"


@pytest.mark.parametrize("file", ["runtime.txt", "dev.txt"])
def test_every_pin_has_hashes(file: str) -> None:
    text = (ROOT / "requirements" / file).read_text("utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_tests_run_with_what_users_get() -> None:
    dev = pins("dev.txt")
    assert {name: dev.get(name) for name in pins("runtime.txt")} == pins("runtime.txt")


def test_the_bill_of_materials_has_every_package_and_who_needs_it(tmp_path: Path) -> None:
    target = tmp_path / "sbom.cdx.json"
    subprocess.run([sys.executable, ROOT / ".ci" / "sbom.py", target], check=True)
    bill = json.loads(target.read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert {each["name"]: each["version"] for each in bill["components"]} == pins("runtime.txt")
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    asked = [canonicalize_name(Requirement(each).name) for each in PROJECT["dependencies"]]
    assert needs["arazzoc"] == sorted(asked)
    assert "markupsafe" in needs["jinja2"]
