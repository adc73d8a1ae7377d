"""Choosing by name among what there is, with what was probably meant where the name is unknown."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from arazzoc.suggestion import closest

if TYPE_CHECKING:
    from arazzoc.result import CompiledWorkflow

__all__ = ["choose_workflow", "known", "unknown"]


def unknown(name: str, names: Collection[str], noun: str) -> str:
    """One sentence that says that there is no `noun` of that name, and which there are."""
    meant = closest(name, names)
    if meant is not None:
        return f"there is no {noun} '{name}': did you mean '{meant}'?"
    if not names:
        return f"there is no {noun} '{name}': there is none at all"
    return f"there is no {noun} '{name}': there are {', '.join(sorted(names))}"


def known(name: str, names: Collection[str], noun: str) -> str:
    """`name`, where it is one of `names`.

    Raises:
        click.UsageError: It is not.
    """
    if name not in names:
        raise click.UsageError(unknown(name, names, noun))
    return name


def choose_workflow(
    workflows: Collection[CompiledWorkflow], workflow_id: str | None
) -> CompiledWorkflow:
    """The workflow of that id, or the only one.

    Raises:
        click.UsageError: There is none of that id, or there are several and no id is given.
    """
    by_id = {workflow.workflow_id: workflow for workflow in workflows}
    if workflow_id is not None:
        return by_id[known(workflow_id, by_id, "workflow")]
    if len(by_id) == 1:
        return next(iter(by_id.values()))
    listed = "".join(f"\n  --workflow {each}" for each in by_id)
    raise click.UsageError(f"the document has {len(by_id)} workflows, choose one:{listed}")
