"""Runs a generated module in memory."""

from __future__ import annotations

import base64
import dataclasses
import importlib.util
import inspect
import json
import sys
from collections.abc import Mapping
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, cast

from arazzoc.cli.console import without_steering

if TYPE_CHECKING:
    from arazzoc.result import CompiledWorkflow, Module

__all__ = ["RunFailed", "call", "load", "missing_servers", "outputs_json"]


class RunFailed(Exception):  # noqa: N818 - says what happened, like `StepFailed`
    """A workflow ended in failure; the message is the generated error's own, without secrets."""


class _Loader(InspectLoader):
    """Hands the import system a module's text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def get_source(self, fullname: str) -> str:
        """The text, whatever the name."""
        del fullname
        return self._text

    def is_package(self, fullname: str) -> bool:
        """No: a generated module is a single file."""
        del fullname
        return False


def load(module: Module) -> ModuleType:
    """Imports a generated module from memory, under a name that no other module bears."""
    name = f"arazzoc._run.{module.name.removesuffix('.py').replace('/', '.')}"
    spec = ModuleSpec(name, _Loader(module.source), origin=f"<{module.name}>")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[name] = loaded
    try:
        _Loader(module.source).exec_module(loaded)
    except BaseException:
        del sys.modules[name]
        raise
    return loaded


def missing_servers(
    loaded: ModuleType, workflow: CompiledWorkflow, keywords: Mapping[str, object]
) -> tuple[str, ...]:
    """The sources whose server has no default and is not among `keywords`."""
    parameters = inspect.signature(getattr(loaded, workflow.function)).parameters
    return tuple(
        source
        for source, keyword in workflow.servers.items()
        if keyword not in keywords and parameters[keyword].default is inspect.Parameter.empty
    )


def call(
    loaded: ModuleType, workflow: CompiledWorkflow, keywords: Mapping[str, object]
) -> dict[str, object]:
    """Calls the workflow's function.

    Returns:
        Its outputs by their names in the document.

    Raises:
        RunFailed: The function raised a `WorkflowError`, or could not build a request.
    """
    try:
        result: object = getattr(loaded, workflow.function)(**keywords)
    except loaded.WorkflowError as error:
        raise RunFailed(str(error)) from error
    except (ValueError, TypeError) as error:
        # A server's answer, or an input, that cannot be part of the request that needs it.
        raise RunFailed(f"a request could not be built: {error}") from error
    return _outputs(result, workflow)


def outputs_json(outputs: Mapping[str, object]) -> str:
    """Outputs as indented JSON; bytes that are no UTF-8 become Base64."""
    written = json.dumps(outputs, indent=2, ensure_ascii=False, default=_json_value)
    # A response's text would steer the terminal; within JSON an escape says the same.
    steering = [each for each in set(written) if without_steering(each) != each]
    return written.translate({ord(each): json.dumps(each)[1:-1] for each in steering}) + "\n"


def _outputs(result: object, workflow: CompiledWorkflow) -> dict[str, object]:
    attributes = workflow.outputs
    if all(hasattr(result, attribute) for attribute in attributes.values()):
        return {name: getattr(result, attribute) for name, attribute in attributes.items()}
    # A workflow that goes on with another one returns that one's outputs.
    if dataclasses.is_dataclass(result):
        return {each.name: getattr(result, each.name) for each in dataclasses.fields(result)}
    return {}


def _json_value(value: object) -> object:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return base64.b64encode(value).decode("ascii")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, object]", value))
    return str(value)
