"""Pauses and time limits that seem to be counted in another unit than theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.diagnostics.model import Diagnostic
from arazzoc.diagnostics.registry import waiting as rules
from arazzoc.model.field_names import field_of

__all__ = ["check_durations"]

_HOUR: Final = 3600
_SECOND: Final = 1000
_LEAST_TIMEOUT: Final = 60
"""Milliseconds; who means seconds rarely writes more."""


def check_durations(context: Context) -> Iterator[Diagnostic]:
    """`retryAfter` counts seconds (Failure Action Object), `timeout` milliseconds (Step Object, 1.1)."""
    for step in context.steps():
        timeout = field_of(step.step.node, "timeout")
        if timeout is not None and step.step.timeout and step.step.timeout <= _LEAST_TIMEOUT:
            meant = step.step.timeout * _SECOND
            message = f"step `{step.step.step_id}` gives up after {step.step.timeout} milliseconds"
            hint = f"`timeout` counts milliseconds: write {meant} for {step.step.timeout} seconds"
            yield found(rules.UNLIKELY_DURATION, timeout.span, message, hint)
        for action in step.failure_actions:
            after, pause = field_of(action.node, "retryAfter"), action.retry_after
            if after is not None and pause is not None and _looks_like_milliseconds(pause):
                stated, seconds = _shown(pause), _shown(pause / _SECOND)
                message = (
                    f"action `{action.name}` pauses for {stated} seconds, which is {_words(pause)}"
                )
                hint = f"`retryAfter` counts seconds: write {seconds} for {stated} milliseconds"
                yield found(rules.UNLIKELY_DURATION, after.span, message, hint)


def _looks_like_milliseconds(pause: float) -> bool:
    """Whether a number is round as milliseconds, and is no number of whole hours."""
    return pause >= _SECOND and pause % (_SECOND / 2) == 0 and pause % _HOUR != 0


def _shown(number: float) -> str:
    return f"{number:f}".rstrip("0").rstrip(".")


def _words(pause: float) -> str:
    hours, minutes = divmod(round(pause / 60), 60)
    parts = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    parts += [f"{minutes} minutes"] if minutes else []
    return " and ".join(parts)
