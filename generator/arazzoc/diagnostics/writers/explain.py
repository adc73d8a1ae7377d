"""What a rule means, for people."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import Final

import click

from arazzoc.diagnostics.model import Rule
from arazzoc.diagnostics.writers.pages import page_name, weight

__all__ = ["explain", "listing"]

_WIDTH: Final = 88


def explain(rule: Rule, *, colour: bool = False) -> str:
    """What `rule` finds, an example that raises it, and the example mended."""
    head = f"{rule.code} {rule.name} ({weight(rule)})"
    if colour:
        head = click.style(head, bold=True)
    parts = [head, rule.title, _wrapped(rule.explanation)]
    parts += [_example("Example:", rule.example), _example("Mended:", rule.mended)]
    parts.append(f"Its page: docs/rules/{page_name(rule)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def listing(rules: Iterable[Rule], *, colour: bool = False) -> str:
    """One line a rule: code, weight and title."""
    lines: list[str] = []
    for rule in rules:
        code = click.style(rule.code, bold=True) if colour else rule.code
        lines.append(f"{code}  {rule.severity.label:<7}  {rule.title}\n")
    return "".join(lines)


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
