"""`python .ci/sbom.py FILE`: writes what arrives with arazzoc, in CycloneDX 1.6.

Names, versions and hashes are the pins of requirements/runtime.txt; who needs whom is read from the installed
packages, which `make setup` took from the same pins. Nothing is fetched; the same pins give the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import requires, version
from pathlib import Path
from typing import Final

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PINS: Final = Path(__file__).parents[1] / "requirements" / "runtime.txt"
_PIN: Final = re.compile(r"^(\S+)==(\S+)[^\n]*((?:\n    --hash=sha256:[0-9a-f]{64}[^\n]*)+)", re.M)


def main(target: Path) -> None:
    """Writes the bill of materials to `target`, and makes its folder."""
    root = Component(
        name="arazzoc",
        version=version("arazzoc"),
        type=ComponentType.APPLICATION,
        licenses=[DisjunctiveLicense(id="Apache-2.0")],
        purl=PackageURL("pypi", name="arazzoc", version=version("arazzoc")),
        bom_ref="arazzoc",
    )
    parts = {
        str(each.name): each for each in map(_component, _PIN.finditer(PINS.read_text("utf-8")))
    }
    bom = Bom(components=parts.values())
    bom.metadata.component = root
    for part in (root, *parts.values()):
        bom.register_dependency(part, [parts[each] for each in _needed(part.name) if each in parts])
    target.parent.mkdir(parents=True, exist_ok=True)
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    # A serial number and a time would make each run's bytes others.
    del written["serialNumber"], written["metadata"]["timestamp"]
    target.write_text(json.dumps(written, indent=2) + "\n", "utf-8")


def _component(pin: re.Match[str]) -> Component:
    name, pinned, hashes = pin.groups()
    return Component(
        name=canonicalize_name(name),
        version=pinned,
        type=ComponentType.LIBRARY,
        hashes=[
            HashType(alg=HashAlgorithm.SHA_256, content=each)
            for each in re.findall(r"sha256:([0-9a-f]{64})", hashes)
        ],
        purl=PackageURL("pypi", name=canonicalize_name(name), version=pinned),
        bom_ref=canonicalize_name(name),
    )


def _needed(name: str) -> list[str]:
    """The packages that `name` asks for without extras, on this machine."""
    asked = [Requirement(each) for each in requires(name) or ()]
    return [
        canonicalize_name(each.name)
        for each in asked
        if each.marker is None or each.marker.evaluate({"extra": ""})
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
