"""Rules about parts of Arazzo that are not compiled yet (AZ8xx)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["ASYNCAPI_STEP", "RULES"]

_LEFT_OUT = (
    " The workflow that uses it is left out, with this error; the other workflows of the document are "
    "generated."
)

ASYNCAPI_STEP: Final = Rule(
    "AZ801",
    "asyncapi-step",
    Severity.ERROR,
    "Steps that send or receive AsyncAPI messages are not supported yet",
    "Arazzo 1.1 lets a step send a message to a channel or wait for one." + _LEFT_OUT,
    "stepId: wait\nchannelPath: $sourceDescriptions.events#/channels/orders\naction: receive\n",
    "stepId: poll\noperationId: get_job\n",
)

RULES: Final[tuple[Rule, ...]] = (ASYNCAPI_STEP,)
