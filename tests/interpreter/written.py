"""What two documents say that is to be known before anything runs: inputs, order, references."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.interpreter.values import is_object

__all__ = ["Written", "in_body", "is_straight", "members_read", "shown", "workflow_named"]


class Written:
    """A document, and one beside it that it may name as the source description `other`.

    Both have the same components, and no two workflows of them have one id.
    """

    def __init__(self, arazzo: Mapping[str, Any], beside: Mapping[str, Any] | None) -> None:
        self._arazzo = arazzo
        documents = [arazzo] if beside is None else [arazzo, beside]
        self.workflows: dict[str, Any] = {
            each["workflowId"]: each for document in documents for each in document["workflows"]
        }

    def _first(self, workflow_id: str) -> list[str]:
        """All that has to run before a workflow, in an order that keeps to `dependsOn`."""
        found: dict[str, None] = {}
        for name in self._named(workflow_id):
            found.update(dict.fromkeys([*self._first(name), name]))
        return list(found)

    def _named(self, workflow_id: str) -> list[str]:
        return [workflow_named(text) for text in self.workflows[workflow_id].get("dependsOn", ())]

    def runs_itself(self, workflow_id: str) -> list[str]:
        """Those of them that no other one always runs: several lead to them, or the workflow reads them."""
        return [
            name
            for name in self._first(workflow_id)
            if not any(
                name not in self._reached(workflow_id, without=other)
                for other in self._first(workflow_id)
                if other != name
            )
        ]

    def _reached(self, workflow_id: str, without: str) -> set[str]:
        """What a workflow leads to by ways that do not lead through another one."""
        named = self._named(workflow_id)
        written = json.dumps(self.workflows[workflow_id])
        near = [
            name
            for name in named
            if f"{name}.outputs." in written or all(name not in self._first(o) for o in named)
        ]
        found: set[str] = set()
        for name in near:
            if name != without:
                found |= {name} | self._reached(name, without)
        return found

    def accepted(self, workflow_id: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """The inputs that a workflow is run with: those that it or one before it declares."""
        declared = self.declared(workflow_id)
        defaults = {name: each["default"] for name, each in declared.items() if "default" in each}
        known = {name: value for name, value in given.items() if value is not None}
        return {name: value for name, value in {**defaults, **known}.items() if name in declared}

    def declared(self, workflow_id: str) -> dict[str, Any]:
        """The schemas of the inputs of a workflow and of those that run before it."""
        workflow = self.workflows[workflow_id]
        found: dict[str, Any] = dict(self.schema(workflow).get("properties", {}))
        for name in self._named(workflow_id):
            found = {**self.declared(name), **found}
        return found

    def schema(self, workflow: Mapping[str, Any]) -> Mapping[str, Any]:
        schema: Mapping[str, Any] = workflow.get("inputs", {})
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            schema = self._arazzo["components"]["inputs"][name]
        return schema

    def required(self, workflow_id: str) -> set[str]:
        """The names of the inputs that it cannot do without."""
        workflow = self.workflows[workflow_id]
        found = set(self.schema(workflow).get("required", ()))
        for name in self._named(workflow_id):
            found |= self.required(name)
        return found

    def components(self, listed: Any, kind: str) -> list[Mapping[str, Any]]:
        """Objects, with Reusable Objects replaced by what they refer to."""
        found: list[Mapping[str, Any]] = []
        for each in listed:
            if "reference" in each:
                name = each["reference"].removeprefix(f"$components.{kind}.")
                component = self._arazzo["components"][kind][name]
                value = {"value": each["value"]} if "value" in each else {}
                found.append({**component, **value})
            else:
                found.append(each)
        return found


def workflow_named(reference: str) -> str:
    """The id of the workflow that a reference names; ids differ across the two documents."""
    return reference.removeprefix("$sourceDescriptions.other.")


def shown(reference: str) -> str:
    """How an error names the workflow that a reference means."""
    return reference.removeprefix("$sourceDescriptions.")


def in_body(output: Any) -> str | None:
    """The pointer into the body that an output of a step is; None where it is something else."""
    if is_object(output) and output["context"] == "$response.body":
        selector: str = output["selector"]
        if output["type"] == "jsonpointer":
            return selector
        return selector[1:].replace(".", "/") if re.fullmatch(r"\$(\.\w+)+", selector) else None
    if isinstance(output, str) and output.partition("#")[0] == "$response.body":
        return output.partition("#")[2]
    return None


def members_read(workflow: Mapping[str, Any], step_id: str, output: str) -> list[str]:
    """The pointers by which outputs of the workflow read the output of a step that surely has succeeded."""
    if not is_straight(workflow) or workflow["steps"][0]["stepId"] != step_id:
        return []
    stem = re.escape(f"$steps.{step_id}.outputs.{output}#")
    return [
        found[1]
        for text in workflow.get("outputs", {}).values()
        for found in re.finditer(stem + r"([^\s{}]+)", text)
    ]


def is_straight(workflow: Mapping[str, Any]) -> bool:
    """Whether no action leads to a step."""
    return not any(
        action.get("type") == "goto" and "stepId" in action
        for step in workflow["steps"]
        for action in (*step.get("onSuccess", ()), *step.get("onFailure", ()))
    )
