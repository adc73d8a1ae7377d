"""Reads Success Action Objects and Failure Action Objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeVar

from arazzoc.diagnostics.model import Related, Severity
from arazzoc.diagnostics.registry import document as rules
from arazzoc.frozen import dataclass
from arazzoc.model.arazzo import ActionType, Criterion, FailureAction, Parameter, SuccessAction
from arazzoc.model.field_names import field_of
from arazzoc.model.read_criterion import criterion
from arazzoc.model.read_parameter import to_workflow, unique_parameters
from arazzoc.model.read_scalar import Choice, number, text, text_node, whole_number
from arazzoc.model.shape import Fields, Reader, Reading, listed, open_object
from arazzoc.source.node import Node

__all__ = [
    "ActionReaders",
    "placed_failure_action",
    "placed_success_action",
    "unique_actions",
]

ActionT = TypeVar("ActionT", SuccessAction, FailureAction)

_TARGET_FIELDS: Final = ("stepId", "workflowId")
_RETRY_FIELDS: Final = ("retryAfter", "retryLimit")


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The types that an action may have, and the fields that mean nothing to each."""

    read: Choice[ActionType]
    meaningless: Mapping[ActionType, tuple[str, ...]]


_SUCCESS: Final = _Kinds(
    Choice(("end", "goto"), hints={"retry": "only a failure action can retry: see `onFailure`"}),
    {"end": (*_TARGET_FIELDS, "parameters")},
)
_FAILURE: Final = _Kinds(
    Choice(("end", "goto", "retry")),
    {"end": (*_TARGET_FIELDS, *_RETRY_FIELDS, "parameters"), "goto": _RETRY_FIELDS},
)


@dataclass(frozen=True, slots=True)
class _Common:
    """The fields that both kinds of action have."""

    name: str
    type: ActionType
    criteria: tuple[Criterion, ...]
    workflow_id: Node | None
    step_id: Node | None
    parameters: tuple[Parameter, ...]


class ActionReaders:
    """The readers of actions, which need to know how a list's parameters are read."""

    def __init__(self, parameter: Reader[Parameter]) -> None:
        """Takes the reader of a parameter or a reference to one."""
        self._parameters = listed(parameter)

    def success_action(self, node: Node, reading: Reading) -> SuccessAction | None:
        """Reads a Success Action Object."""
        fields = open_object(node, "success action", reading)
        if fields is None:
            return None
        common = self._common(fields, node, _SUCCESS, reading)
        fields.finish()
        if common is None:
            return None
        return SuccessAction(
            node,
            common.name,
            common.type,
            common.criteria,
            common.workflow_id,
            common.step_id,
            common.parameters,
        )

    def failure_action(self, node: Node, reading: Reading) -> FailureAction | None:
        """Reads a Failure Action Object."""
        fields = open_object(node, "failure action", reading)
        if fields is None:
            return None
        retry_after = fields.optional("retryAfter", number)
        retry_limit = fields.optional("retryLimit", whole_number)
        common = self._common(fields, node, _FAILURE, reading)
        fields.finish()
        if common is None:
            return None
        return FailureAction(
            node,
            common.name,
            common.type,
            common.criteria,
            common.workflow_id,
            common.step_id,
            common.parameters,
            retry_after,
            retry_limit,
        )

    def _common(
        self, fields: Fields, node: Node, kinds: _Kinds, reading: Reading
    ) -> _Common | None:
        name = fields.required("name", text)
        kind: ActionType | None = fields.required("type", kinds.read)
        workflow_id = fields.optional("workflowId", text_node)
        step_id = fields.optional("stepId", text_node)
        criteria = fields.optional("criteria", _CRITERIA)
        given = fields.optional("parameters", self._parameters, since=1)
        if kind is not None:
            _check_target(kind, node, reading)
            _check_meaningless(kind, kinds.meaningless.get(kind, ()), node, reading)
        if name is None or kind is None:
            return None
        parameters = to_workflow(unique_parameters(given, reading), "an action", reading)
        return _Common(name, kind, criteria or (), workflow_id, step_id, parameters)


_CRITERIA: Final = listed(
    criterion,
    empty="remove it: an action without `criteria` always applies",
    severity=Severity.WARNING,
)


def placed_success_action(
    component: SuccessAction, node: Node, override: Node | None
) -> SuccessAction:
    """A success action of the components where a Reusable Object at `node` refers to it."""
    del override
    return replace(component, node=node)


def placed_failure_action(
    component: FailureAction, node: Node, override: Node | None
) -> FailureAction:
    """A failure action of the components where a Reusable Object at `node` refers to it."""
    del override
    return replace(component, node=node)


def unique_actions(actions: tuple[ActionT, ...] | None, reading: Reading) -> tuple[ActionT, ...]:
    """The actions of one list without later ones of the same name, which it reports."""
    first: dict[str, ActionT] = {}
    for action in actions or ():
        other = first.setdefault(action.name, action)
        if other is not action:
            reading.report(
                rules.DUPLICATE_ACTION,
                action.node.span,
                f"there are two actions `{action.name}` in this list",
                hint="rename one of the two",
                related=(Related(other.node.span, "the first one is here"),),
            )
    return tuple(first.values())


def _check_target(kind: ActionType, node: Node, reading: Reading) -> None:
    stated = [target for key in _TARGET_FIELDS if (target := field_of(node, key)) is not None]
    if kind != "end" and len(stated) > 1:
        reading.report(
            rules.CONFLICTING_FIELDS,
            stated[1].key_span,
            "an action cannot have both `stepId` and `workflowId`",
            hint="keep the one that is meant",
            related=(Related(stated[0].key_span, "the other one is here"),),
        )
    elif kind == "goto" and not stated:
        reading.report(
            rules.MISSING_TARGET,
            node.span,
            "the action goes nowhere: it has neither `stepId` nor `workflowId`",
            hint="add `stepId`, or use `type: end`",
        )


def _check_meaningless(
    kind: ActionType, meaningless: tuple[str, ...], node: Node, reading: Reading
) -> None:
    for key in meaningless:
        member = field_of(node, key)
        if member is not None and (key != "parameters" or reading.minor):
            reading.report(
                rules.MISPLACED_FIELD,
                member.key_span,
                f"`{key}` has no effect on an action of type `{kind}`",
                hint="remove it, or mend the action's `type`",
            )
    parameters = field_of(node, "parameters")
    leads = kind == "retry" or field_of(node, "stepId") is not None
    if reading.minor and parameters and leads and field_of(node, "workflowId") is None:
        reading.report(
            rules.MISPLACED_FIELD,
            parameters.key_span,
            "`parameters` have no effect on an action without `workflowId`",
            hint="parameters are passed to a workflow only",
        )
