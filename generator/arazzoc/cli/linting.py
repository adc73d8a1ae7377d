"""What `arazzoc lint` takes from the project's settings and from a baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

from arazzoc.cli.placing import refuse_link
from arazzoc.cli.settings import Settings, find_settings

if TYPE_CHECKING:
    from arazzoc.baseline import Baseline
    from arazzoc.policy import Policy
    from arazzoc.result import LintResult

__all__ = ["baseline_path", "policy_of", "read_baseline", "without_known", "write_baseline"]

Result = TypeVar("Result", bound="LintResult")


def policy_of(folder: Path) -> Policy:
    """What the table `lint` of the settings says that hold in `folder`.

    Raises:
        click.UsageError: A rule or a severity is unknown.
    """
    from arazzoc.diagnostics.model import Severity
    from arazzoc.policy import Policy

    settings = find_settings(folder)
    if settings is None:
        return Policy()
    stated = settings.table("lint")
    severities = cast("Mapping[str, str]", stated.get("severity", {}))
    per_file = cast("Mapping[str, list[str]]", stated.get("per-file-ignores", {}))
    policy = Policy(
        tuple(cast("list[str]", stated.get("select", []))),
        tuple(cast("list[str]", stated.get("ignore", []))),
        tuple((glob, tuple(rules)) for glob, rules in per_file.items()),
        {name: Severity[weight.upper()] for name, weight in severities.items()},
        settings.path.parent,
    )
    _check(policy, settings)
    return policy


def _check(policy: Policy, settings: Settings) -> None:
    from arazzoc.diagnostics.registry import RULES
    from arazzoc.policy import means_a_rule
    from arazzoc.suggestion import closest

    listed = (rule for _, rules in policy.per_file for rule in rules)
    for wanted in (*policy.select, *policy.ignore, *listed, *policy.severities):
        if not means_a_rule(wanted):
            names = (*RULES, *(rule.name for rule in RULES.values()))
            near = closest(wanted, names)
            hint = f"did you mean `{near}`?" if near else "`arazzoc explain` lists all"
            place = f"{settings.path.name}: [{settings.header('lint')}]"
            raise click.UsageError(f"{place} names `{wanted}`, which is no rule; {hint}")


def baseline_path(folder: Path) -> Path | None:
    """The baseline that the settings name; None where they name none, or where it is not there yet."""
    settings = find_settings(folder)
    stated = None if settings is None else settings.table("lint").get("baseline")
    return Path(stated) if isinstance(stated, str) and Path(stated).is_file() else None


def read_baseline(path: Path) -> Baseline:
    """The baseline that a file holds.

    Raises:
        click.UsageError: The file cannot be read, or is no baseline.
    """
    from arazzoc.baseline import Baseline, BaselineError
    from arazzoc.source.limits import DEFAULT_LIMITS
    from arazzoc.source.regular import read_regular

    try:
        text = read_regular(path, DEFAULT_LIMITS.file_size).decode()
        return Baseline.read(text, path.parent)
    except (OSError, UnicodeDecodeError, BaselineError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise click.UsageError(f"cannot read the baseline '{path}': {reason}") from error


def without_known(result: Result, path: Path) -> tuple[Result, str]:
    """The result without the findings of a baseline, and what to tell of it.

    Raises:
        click.UsageError: The file cannot be read, or is no baseline.
    """
    from arazzoc.diagnostics.writers.report import counted

    fresh, gone = read_baseline(path).new(result.diagnostics)
    known = len(result.diagnostics) - len(fresh)
    told = f"; {counted(known, 'known finding')} not shown" if known else ""
    if gone:
        told += f"; {counted(gone, 'known finding')} not found any more: write the baseline anew"
    return replace(result, diagnostics=fresh), told


def write_baseline(result: LintResult, path: Path) -> str:
    """Writes the baseline that knows all findings of the result, and says so."""
    from arazzoc.baseline import Baseline
    from arazzoc.diagnostics.writers.report import counted
    from arazzoc.render.write import replace_files

    refuse_link(path)
    text = Baseline.of(result.diagnostics, path.parent).written()
    replace_files({path: text.encode()})
    return f"{counted(len(result.diagnostics), 'finding')} written to '{path}'"
