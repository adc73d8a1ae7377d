"""The rules as Markdown: a page each, and an index of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import Final

from arazzoc.diagnostics.fixable import ALWAYS, OFTEN
from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.precision import DOCUMENTS, FIGURES

__all__ = ["address_of", "figures_table", "index", "page", "page_name", "weight"]

_PREFACE: Final = """\
# Diagnostics

Every finding has a code that keeps its meaning for ever. `arazzoc explain CODE` prints what its page says.
Errors keep a workflow from being generated; warnings and hints do not, and those about tolerated forms become
errors with `--strict`. This index and the pages are made from the registry by `make docs`.
"""
_GROUPS: Final[Mapping[str, str]] = {
    "source": "Texts and files",
    "document": "The shape of a document",
    "expression": "Expressions",
    "reference": "What expressions read",
    "operation": "Operations, parameters and bodies",
    "flow": "The way through a workflow",
    "wild": "Tolerated forms",
    "openapi": "OpenAPI descriptions",
    "ignoring": "Comments that ignore findings",
    "security": "Secrets",
    "unsupported": "What is not compiled yet",
    "internal": "Faults of the compiler",
}
_URLS: Final = "Project-URL"
_DOCUMENTATION: Final = "documentation"


def page_name(rule: Rule) -> str:
    """The file that a rule's page is, in the folder of pages."""
    return f"{rule.code.lower()}-{rule.name}.md"


def address_of(rule: Rule) -> str | None:
    """Where a rule's page is published; None where the package does not say where its documentation is."""
    base = _published()
    return None if base is None else f"{base}/rules/{page_name(rule)}"


@cache
def _published() -> str | None:
    try:
        urls: Sequence[str] = metadata("arazzoc").get_all(_URLS) or ()
    except PackageNotFoundError:  # run from a checkout that is not installed
        return None
    stated = (url.partition(",") for url in urls)
    found = (url.strip() for label, _, url in stated if label.strip().lower() == _DOCUMENTATION)
    return next((url.rstrip("/") for url in found), None)


def index(groups: Mapping[str, Iterable[Rule]]) -> str:
    """All rules as one page of tables; each row has an anchor that links can point to."""
    return "\n".join([_PREFACE, *(_table(_GROUPS[name], rules) for name, rules in groups.items())])


def _table(title: str, rules: Iterable[Rule]) -> str:
    rows = [f"## {title}", "", "| Code | Severity | What it finds |", "|---|---|---|"]
    for rule in sorted(rules, key=lambda each: each.code):
        anchor = f'<a id="{rule.code.lower()}-{rule.name}"></a>'
        link = f"[{rule.code}](rules/{page_name(rule)})"
        rows.append(f"| {anchor}{link} {rule.name} | {rule.severity.label} | {rule.title} |")
    return "\n".join(rows) + "\n"


def page(rule: Rule) -> str:
    """What a rule finds, how much it weighs, whether it is mended, how often it was right, and an example."""
    parts = [f"# {rule.code} {rule.name}", f"{rule.title}.", "\n".join(_facts(rule))]
    parts.append(rule.explanation.strip())
    if rule.example:
        parts.append(f"## What raises it\n\n```yaml\n{rule.example.rstrip()}\n```")
    if rule.mended:
        parts.append(f"## What does not\n\n```yaml\n{rule.mended.rstrip()}\n```")
    parts.append("[All diagnostics](../diagnostics.md)")
    return "\n\n".join(parts) + "\n"


def weight(rule: Rule) -> str:
    """How much a rule weighs, in words."""
    if rule.tolerated:
        return f"{rule.severity.label}, an error with `--strict`"
    return rule.severity.label


def _facts(rule: Rule) -> Iterable[str]:
    yield f"- Severity: {weight(rule)}"
    if rule.code in ALWAYS:
        yield "- `arazzoc lint --fix` mends it"
    elif rule.code in OFTEN:
        yield "- `arazzoc lint --fix` mends it where one name or value is meant beyond doubt"
    else:
        yield "- `arazzoc lint --fix` leaves it to you"
    counted = FIGURES.get(rule.code)
    if counted is not None and counted.found:
        yield (
            f"- In {DOCUMENTS} documents of others it was found {_times(counted.found)};"
            f" {_findings(counted.looked_at)} looked at, {_were(counted.true)} true"
            f" ([how this was counted](../precision.md))"
        )
    elif counted is not None:
        yield f"- In {DOCUMENTS} documents of others it was never found ([counted](../precision.md))"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _findings(number: int) -> str:
    return "1 finding was" if number == 1 else f"{number} findings were"


def _were(number: int) -> str:
    return f"{number} was" if number == 1 else f"{number} were"


def figures_table(rules: Mapping[str, Rule]) -> str:
    """What was counted of each rule, as a table of Markdown."""
    rows = [
        "| Rule | Findings | Looked at | True | What is found there |",
        "|------|---------:|----------:|-----:|---------------------|",
    ]
    for code, counted in FIGURES.items():
        rule = rules[code]
        rows.append(
            f"| [{code}](rules/{page_name(rule)}) {rule.name} | {counted.found}"
            f" | {counted.looked_at} | {counted.true} | {counted.what} |"
        )
    return "\n".join(rows) + "\n"
