"""Which findings a project wants to see, and what they weigh."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from fnmatch import fnmatchcase
from pathlib import Path

from arazzoc.diagnostics.model import Diagnostic, Rule, Severity
from arazzoc.diagnostics.registry import RULES
from arazzoc.frozen import dataclass

__all__ = ["Policy", "means_a_rule", "selects"]


@dataclass(frozen=True, slots=True)
class Policy:
    """What `[tool.arazzoc.lint]` says of findings.

    A rule is named by its code (`AZ501`), the beginning of codes (`AZ5`) or its name
    (`braceless-expression`).

    Attributes:
        select: The rules whose findings are shown; all where it is empty.
        ignore: Rules whose findings are not shown.
        per_file: Rules that are ignored in files whose path, relative to `base`, a glob matches. `*` stands
            for any characters, `/` among them; a glob without `/` is held against the file's name.
        severities: What findings of rules weigh, whatever `--strict` says; a longer beginning goes first.
        base: The folder that globs start from; the current one where it is None.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: tuple[tuple[str, tuple[str, ...]], ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict[str, Severity])
    base: Path | None = None

    def judged(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings that are shown, with their severities."""
        return tuple(
            replace(found, severity=self._severity(found))
            for found in diagnostics
            if self._is_shown(found)
        )

    def _is_shown(self, found: Diagnostic) -> bool:
        rule = found.rule
        if self.select and not selects(self.select, rule):
            return False
        ignored = [rules for glob, rules in self.per_file if self._matches(found.span.file, glob)]
        return not any(selects(rules, rule) for rules in (self.ignore, *ignored))

    def _matches(self, file: str, glob: str) -> bool:
        path = Path(os.path.relpath(file, self.base or Path.cwd())).as_posix()
        return fnmatchcase(path if "/" in glob else path.rpartition("/")[2], glob)

    def _severity(self, found: Diagnostic) -> Severity:
        named = [each for each in self.severities if selects((each,), found.rule)]
        return self.severities[max(named, key=len)] if named else found.severity


def selects(wanted: Iterable[str], rule: Rule) -> bool:
    """Whether one of the codes, beginnings and names means the rule."""
    return any(rule.code.startswith(each.upper()) or rule.name == each for each in wanted if each)


def means_a_rule(wanted: str) -> bool:
    """Whether there is a rule of that code, beginning or name."""
    return any(selects((wanted,), rule) for rule in RULES.values())
