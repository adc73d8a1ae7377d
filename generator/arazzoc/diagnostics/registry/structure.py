"""Rules about schemas of inputs, and about what is stated in vain (AZ124 to AZ129)."""

from __future__ import annotations

from typing import Final

from arazzoc.diagnostics.model import Rule, Severity

__all__ = ["DUPLICATE_REPLACEMENT", "INVALID_SCHEMA", "RULES", "UNDECLARED_REQUIRED"]

_LABEL: Final = (
    "steps:\n  - stepId: label\n    operationId: label_job\n"
    "    parameters: [{name: id, in: path, value: x}]\n    requestBody:\n      payload: {name: a}\n"
    "      replacements:\n        - {target: /name, value: b}\n"
)
_STEPS: Final = (
    "steps:\n  - stepId: read\n    operationId: get_job\n"
    "    parameters: [{name: id, in: path, value: $inputs.id}]\n"
)

INVALID_SCHEMA: Final = Rule(
    "AZ124",
    "invalid-schema",
    Severity.WARNING,
    "The schema of an input is no JSON Schema",
    "Inputs are described by JSON Schema 2020-12. Its types are `string`, `number`, `integer`, `boolean`, "
    "`array`, `object` and `null`; `properties` is a mapping, `required` a list of names, `enum` a list. "
    "What does not fit says nothing, so the input may be anything. Nothing fits an `enum` whose values all "
    "are of another type than `type` says.",
    "inputs:\n  type: object\n  required: [id]\n  properties:\n    id: {type: str}\n" + _STEPS,
    "inputs:\n  type: object\n  required: [id]\n  properties:\n    id: {type: string}\n" + _STEPS,
)

DUPLICATE_REPLACEMENT: Final = Rule(
    "AZ125",
    "duplicate-replacement",
    Severity.WARNING,
    "Two replacements have the same target",
    "Replacements are made in the order written, so the last one counts and the others do nothing. Remove "
    "them, or mend the target.",
    _LABEL + "        - {target: /name, value: c}\n",
    _LABEL + "        - {target: /color, value: c}\n",
)

UNDECLARED_REQUIRED: Final = Rule(
    "AZ126",
    "undeclared-required",
    Severity.WARNING,
    "The inputs require one that they do not declare",
    "A name under `required` is none of `properties`. Nobody knows what it is, and the function has no "
    "argument for it. Mend the name, or declare it. Nothing is said where `allOf`, `$ref` or the like may "
    "declare it.",
    "inputs:\n  type: object\n  required: [id, token]\n  properties:\n    id: {type: string}\n"
    + _STEPS,
    "inputs:\n  type: object\n  required: [id]\n  properties:\n    id: {type: string}\n" + _STEPS,
)

RULES: Final[tuple[Rule, ...]] = (INVALID_SCHEMA, DUPLICATE_REPLACEMENT, UNDECLARED_REQUIRED)
