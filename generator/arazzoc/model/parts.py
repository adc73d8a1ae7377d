"""The readers of a document's parts that may be references to its components."""

from __future__ import annotations

from arazzoc.model.arazzo import FailureAction, Parameter, SuccessAction
from arazzoc.model.components import ComponentSet, Reusable
from arazzoc.model.read_action import (
    ActionReaders,
    placed_failure_action,
    placed_success_action,
)
from arazzoc.model.read_parameter import parameter, placed_parameter
from arazzoc.model.shape import Reader, Reading, anything, listed, mapped, open_object
from arazzoc.source.node import Node

__all__ = ["Parts"]


class Parts:
    """Readers of lists whose items may be Reusable Objects, over one document's components.

    Attributes:
        parameters: Reads a list of parameters.
        success_actions: Reads a list of success actions.
        failure_actions: Reads a list of failure actions.
    """

    def __init__(self, root: Node) -> None:
        """Takes the root of the Arazzo document."""
        self._parameters: ComponentSet[Parameter] = ComponentSet(
            root, "parameters", "parameter", parameter
        )
        read_parameter = Reusable(self._parameters, parameter, placed_parameter)
        actions = ActionReaders(read_parameter)
        self._success: ComponentSet[SuccessAction] = ComponentSet(
            root, "successActions", "success action", actions.success_action
        )
        self._failure: ComponentSet[FailureAction] = ComponentSet(
            root, "failureActions", "failure action", actions.failure_action
        )
        self.parameters: Reader[tuple[Parameter, ...]] = listed(read_parameter)
        self.success_actions: Reader[tuple[SuccessAction, ...]] = listed(
            Reusable(self._success, actions.success_action, placed_success_action)
        )
        self.failure_actions: Reader[tuple[FailureAction, ...]] = listed(
            Reusable(self._failure, actions.failure_action, placed_failure_action)
        )

    def check_components(self, node: Node, reading: Reading) -> Node | None:
        """Reads the Components Object, so that parts which nothing refers to are checked as well."""
        fields = open_object(node, "components object", reading)
        if fields is None:
            return None
        fields.optional("inputs", mapped(anything, "component"))
        fields.optional("parameters", self._parameters.read_all)
        fields.optional("successActions", self._success.read_all)
        fields.optional("failureActions", self._failure.read_all)
        fields.finish()
        return node
