"""What rules look at: one workflow with all that is known of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from arazzoc.diagnostics.model import Diagnostic, Fix, Related, Rule
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import Arazzo
from arazzoc.text import Span
from arazzoc.types.availability import Available
from arazzoc.types.calling import Calling
from arazzoc.types.facts import StepFacts, Viewpoint, WorkflowFacts

__all__ = ["Check", "Context", "DocumentCheck", "Whole", "found"]


@dataclass(frozen=True, slots=True)
class Context:
    """One workflow, as rules see it.

    Attributes:
        doubtful: The steps whose outputs may seem to be missing because of what was found already.
    """

    facts: WorkflowFacts
    doubtful: frozenset[str] = frozenset()

    def steps(self) -> Iterator[StepFacts]:
        """The steps in the order written."""
        yield from self.facts.steps.values()

    def before(self, step: StepFacts) -> Viewpoint:
        """What the step's request can see."""
        return Viewpoint(self.facts, self._available(step), step)

    def succeeded(self, step: StepFacts) -> Viewpoint:
        """What the step's outputs and success actions can see."""
        after = self._available(step).after(step.step.step_id)
        return Viewpoint(self.facts, after, step, answered=True)

    def answered(self, step: StepFacts) -> Viewpoint:
        """What the step's success criteria can see."""
        return Viewpoint(self.facts, self._available(step), step, answered=True)

    def failed(self, step: StepFacts) -> Viewpoint:
        """What the step's failure actions can see."""
        return Viewpoint(self.facts, self._available(step), step, answered=True, silent=True)

    def at_the_end(self) -> Viewpoint:
        """What the workflow's outputs can see: whatever some step may have left."""
        return Viewpoint(self.facts, Available(possibly=self.facts.available.keys()))

    def view_of(self, calling: Calling) -> Viewpoint:
        """What a place can see that runs another workflow."""
        step = calling.step
        if step is None:
            first = next(self.steps(), None)
            return Viewpoint(self.facts, self.before(first).available if first else Available())
        if calling.node is step.step.workflow_id:
            return self.before(step)
        if any(action.workflow_id is calling.node for action in step.success_actions):
            return self.succeeded(step)
        return self.failed(step)

    def _available(self, step: StepFacts) -> Available:
        """What has run before; everything, for a step that is never reached: one finding is enough."""
        known = self.facts.available.get(step.step.step_id)
        everything = self.facts.steps.keys()
        return Available(everything, everything) if known is None else known


@dataclass(frozen=True, slots=True)
class Whole:
    """A document with all its workflows, as rules see it.

    Attributes:
        workflows: In the order written, as far as they could be read.
        unread: The names of the source descriptions that could not be read, which was reported.
    """

    arazzo: Arazzo
    workflows: tuple[WorkflowFacts, ...]
    unread: frozenset[str] = frozenset()


Check: TypeAlias = Callable[[Context], Iterator[Diagnostic]]
"""A rule, or a family of rules that look at the same thing."""

DocumentCheck: TypeAlias = Callable[[Whole], Iterator[Diagnostic]]
"""The same for rules that look at all workflows of a document."""


def found(
    rule: Rule,
    span: Span,
    message: str,
    hint: str | None = None,
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A finding of `rule` with its own severity."""
    return Diagnostic(rule, rule.severity, span, message, hint, related, fix)
