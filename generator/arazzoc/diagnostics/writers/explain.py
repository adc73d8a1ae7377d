"""What a rule means, for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

import click

from arazzoc.diagnostics.model import Rule

__all__ = ["explain", "listing", "reference"]

_WIDTH: Final = 88
_PREFACE: Final = """\
# Diagnostics

Every finding has a code that keeps its meaning for ever. `arazzoc explain CODE` prints the same text. Errors
keep a workflow from being generated; warnings do not, and those about tolerated forms become errors with
`--strict`. This page is made from the registry by `make docs`.
"""


def explain(rule: Rule, *, colour: bool = False) -> str:
    """What `rule` finds, an example that raises it, and the example mended."""
    head = f"{rule.code} {rule.name} ({_weight(rule)})"
    if colour:
        head = click.style(head, bold=True)
    parts = [head, rule.title, _wrapped(rule.explanation)]
    parts += [_example("Example:", rule.example), _example("Mended:", rule.mended)]
    return "\n\n".join(part for part in parts if part) + "\n"


def listing(rules: Iterable[Rule], *, colour: bool = False) -> str:
    """One line a rule: code, weight and title."""
    lines: list[str] = []
    for rule in rules:
        code = click.style(rule.code, bold=True) if colour else rule.code
        lines.append(f"{code}  {rule.severity.label:<7}  {rule.title}\n")
    return "".join(lines)


def reference(rules: Iterable[Rule]) -> str:
    """All rules as one Markdown page, with a heading a rule that links can point to."""
    return "\n".join([_PREFACE, *(_section(rule) for rule in rules)])


def _section(rule: Rule) -> str:
    parts = [f"## {rule.code} {rule.name}", f"*{_weight(rule).capitalize()}.* {rule.title}."]
    parts.append(rule.explanation.strip())
    if rule.example:
        parts.append(f"```yaml\n{rule.example.rstrip()}\n```")
    if rule.mended:
        parts.append(f"Mended:\n\n```yaml\n{rule.mended.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def _weight(rule: Rule) -> str:
    if rule.tolerated:
        return f"{rule.severity.label}, an error with `--strict`"
    return rule.severity.label


def _example(title: str, yaml: str) -> str:
    return f"{title}\n\n{textwrap.indent(yaml.rstrip(), '    ')}" if yaml.strip() else ""


def _wrapped(markdown: str) -> str:
    """Paragraphs filled to a width that reads well; lists, code and headings stay as they are."""
    paragraphs = markdown.strip().split("\n\n")
    return "\n\n".join(
        (
            paragraph
            if paragraph.startswith(("    ", "```", "- ", "* ", "#", "|", "1."))
            else _filled(paragraph)
        )
        for paragraph in paragraphs
    )


def _filled(paragraph: str) -> str:
    return textwrap.fill(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)
