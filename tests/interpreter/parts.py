"""Values, criteria and actions of drawn documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.interpreter.chance import once_in, some
from tests.interpreter.descriptions import POINTERS
from tests.interpreter.scripts import STATUSES

__all__ = [
    "Plan",
    "Sketch",
    "actions",
    "criterion",
    "end_value",
    "needed",
    "output",
    "payload",
    "value",
]

Json = Any
_TEXTS = ("Queued", "done", "a b", "it's", "Ä/ß", "5", "07", "", "x&y=1", "true", "{a}", "$5", ".")
_LITERALS = ("true", "false", "null", "5", "-1.5", "'done'", "'QUEUED'", "'5'", "'it''s'", "200")
_PATTERNS = ("^2", "o", "[a-z]+$", "^(Queued|done)$", "\\d\\d", "")
_WHOLE = ("$response.body", "$response.body#/tags", "$request.body", "$request.body#/x")
_COMPOSED = ("^{X}$", "{X}", "({X}|o)", "[{X}]")
_QUERIES_WITH_VALUES = (
    "$[?@.id == '{X}']",
    "$.tags[?@ == '{X}']",
    "$[?@.status == 'a-{X}']",
    "$['{X}']",
    "$[?@.count > {$inputs.n}]",
    "$.tags[{$inputs.n}]",
)
_SELECTORS = (
    ("jsonpointer", "/id"),
    ("jsonpointer", "/tags/0"),
    ("jsonpointer", ""),
    ("jsonpath", "$.status"),
    ("jsonpath", "$.owner.name"),
    ("jsonpath", "$.tags[0]"),
    ("jsonpath", "$.tags[*]"),
    ("jsonpath", "$..id"),
)
_QUERIES = (
    "$.status",
    "$[?@.id == 'a']",
    "$..id",
    "$.tags[?@ == 'x']",
    "$[0]",
    "$.owner[?length(@) > 2]",
    "$.result[?@.a]",
    "$.tags[1:]",
)


_REQUESTS = {
    "list": ("$request.query.limit", "$request.header.X-Trace", "$request.query.tag"),
    "read": ("$request.path.id", "$request.header.x-trace"),
    "submit": ("$request.body", "$request.body#/x", "$request.header.content-type"),
}
"""What can be read of the request of an operation, also where a step leaves it out."""


@dataclass(frozen=True)
class Plan:
    """What a step calls, and its outputs."""

    operation: str | None
    runs: Sketch | None
    outputs: dict[str, Json]


@dataclass
class Sketch:
    """A workflow while it is drawn.

    Attributes:
        inputs: The names of its inputs.
        required: Those that it requires.
        steps: The ids of its steps.
        later: The workflows that it may run.
        plans: What the steps call, as far as they are planned.
        before: The workflows that it depends on.
        elsewhere: Whether it is in the other document.
        straight: Whether no action of it leads to a step.
    """

    workflow_id: str
    version: str
    inputs: list[str]
    required: list[str]
    steps: list[str]
    later: list[Sketch]
    plans: list[Plan] = field(default_factory=list[Plan])
    before: list[Sketch] = field(default_factory=list["Sketch"])
    elsewhere: bool = False
    straight: bool = False

    def reference(self, other: Sketch) -> str:
        """How this workflow refers to another one."""
        away = other.elsewhere and not self.elsewhere
        return f"$sourceDescriptions.other.{other.workflow_id}" if away else other.workflow_id

    def owner(self, other: Sketch) -> str:
        """How expressions of this workflow begin that read what another one has."""
        reference = self.reference(other)
        return reference if reference.startswith("$") else f"$workflows.{reference}"


def needed(sketch: Sketch) -> list[str]:
    """The inputs that a workflow, or one before it, requires."""
    found = dict.fromkeys(sketch.required)
    for other in sketch.before:
        found.update(dict.fromkeys(needed(other)))
    return list(found)


def _seen(sketch: Sketch, position: int, *, single: bool = False) -> list[str]:
    """Expressions that have a meaning before a step, or only those that are no lists or objects."""
    found = [f"$inputs.{name}" for name in sketch.inputs if name != "deep" or not single]
    for step_id, plan in zip(sketch.steps[:position], sketch.plans, strict=False):
        found += [
            f"$steps.{step_id}.outputs.{name}"
            for name, expression in plan.outputs.items()
            if not single or _is_single(expression)
        ]
        if plan.runs is not None:
            found.append(f"$steps.{step_id}.outputs.out")
    found += _promised(sketch, position)
    for other in sketch.before:
        owner = sketch.owner(other)
        found += [f"{owner}.outputs.out", f"{owner}.inputs.key"]
    return found


def _is_single(output: Json) -> bool:
    """Whether an output of a step is surely no list or object."""
    return isinstance(output, str) and output not in _WHOLE


def _reference(random: Random, sketch: Sketch, position: int, *, single: bool = False) -> str:
    text = random.choice(_seen(sketch, position, single=single))
    if text.startswith("$steps.") and "#" not in text and not single and once_in(random, 4):
        text += random.choice(("#/a", "#/0", "#/a~1b"))
    if text == "$inputs.deep" and random.choice((True, False)):
        text += "#/a"
    return text


def _promised(sketch: Sketch, position: int) -> list[str]:
    """What schemas may promise of bodies that have surely come by then, where no action leads to a step."""
    steps = sketch.steps[:1] if position == len(sketch.steps) else sketch.steps[:position]
    return [
        f"$steps.{step_id}.outputs.{name}#/{pointer}"
        for step_id, plan in zip(steps, sketch.plans, strict=False)
        for name, expression in plan.outputs.items()
        for pointer in ("id", "status", "owner/name")
        if sketch.straight and expression == "$response.body"
    ]


def value(random: Random, sketch: Sketch, position: int, *, single: bool = True) -> Json:
    """A constant, an expression or text around expressions."""
    kind = random.randrange(6)
    if kind == 0:
        return random.choice((*_TEXTS, 1, 2.5, True, -7))
    found = _reference(random, sketch, position, single=single)
    if kind == 1:
        return f"<{{{found}}}>"
    if kind == 2:
        return f"{{{found}}}-{{{_reference(random, sketch, position)}}}"
    if kind == 3 and once_in(random, 3):
        return f"{{{found}}}"
    if kind == 4 and sketch.version == "1.1.0" and not single and once_in(random, 2):
        bare = _reference(random, sketch, position).partition("#")[0]
        return _selector(random, bare)
    return found


def _selector(random: Random, context: str) -> Json:
    kind, selector = random.choice(_SELECTORS)
    return {"context": context, "selector": selector, "type": kind}


def payload(random: Random, sketch: Sketch, position: int, depth: int = 0) -> Json:
    """JSON with expressions at any depth."""
    kind = random.randrange(10 if depth else 7)
    if kind < 5 and depth < 3:
        names = some(random, ("x", "y", "Ö k", "$z"), 3)
        return {name: payload(random, sketch, position, depth + 1) for name in names}
    if kind == 5 and depth < 3:
        return [payload(random, sketch, position, depth + 1) for _ in range(random.randrange(3))]
    if kind == 6:
        return random.choice((None, 0, False, "", 1.0, 10**20, '\u2028\x7f"\\'))
    return value(random, sketch, position, single=False)


def end_value(random: Random, sketch: Sketch, *, single: bool) -> str:
    """An output of a workflow."""
    text = _reference(random, sketch, len(sketch.steps), single=single)
    return f"is {{{text}}}" if once_in(random, 5) else text


def output(random: Random, sketch: Sketch, plan: Plan) -> Json:
    """An output of a step."""
    if plan.runs is not None:
        read = f"{sketch.owner(plan.runs)}.outputs.out"
        return random.choice(("$outputs.out", "$outputs.key", read, "$inputs.key"))
    if sketch.version == "1.1.0" and once_in(random, 6):
        return _selector(random, "$response.body")
    if once_in(random, 6):
        return random.choice(_REQUESTS[plan.operation or ""])
    bodies = [f"$response.body{pointer}" for pointer in ("", "#/tags", *POINTERS)]
    if sketch.straight and once_in(random, 3):
        return "$response.body"
    others = ("$response.header.Location", "$statusCode", "$url", "$method", "$inputs.key")
    return random.choice([*bodies, *others])


def criterion(random: Random, sketch: Sketch, position: int, moment: str) -> Json:
    """A Criterion Object, for `judging` a step or for an action after its `success` or `failure`."""
    plan = sketch.plans[position]
    seen = _seen(sketch, position)
    if plan.runs is not None:
        operands = ["$inputs.key", *seen, *(["$outputs.out"] if moment != "failure" else [])]
        contexts = operands
    else:
        bodies = [f"$response.body{pointer}" for pointer in POINTERS]
        sent = [text for text in _REQUESTS[plan.operation or ""] if text not in _WHOLE]
        operands = [*bodies, *bodies, "$statusCode", "$response.header.Location", *seen, *sent]
        contexts = ["$response.body", "$response.body#/result", "$response.body#/tags"]
    kind = random.randrange(10)
    if kind == 0:
        pattern = random.choice(_PATTERNS)
        if once_in(random, 3):
            pattern = random.choice(_COMPOSED).replace("X", random.choice(operands))
        return {"context": random.choice(operands), "condition": pattern, "type": "regex"}
    if kind == 1:
        query = random.choice(_QUERIES)
        if once_in(random, 3):
            query = random.choice(_QUERIES_WITH_VALUES).replace("X", random.choice(operands))
        if "$inputs.n" in query and "n" not in sketch.inputs:
            query = "$.status"
        return {"context": random.choice(contexts), "condition": query, "type": "jsonpath"}
    if kind <= 5 and plan.operation:
        sign = random.choice(("==", "==", "<", ">=", "!="))
        return {"condition": f"$statusCode {sign} {random.choice(STATUSES)}"}
    return {"condition": _condition(random, operands)}


def _condition(random: Random, operands: list[str]) -> str:
    left = random.choice(operands)
    kind = random.randrange(6)
    if kind == 0:
        return left
    sign = random.choice(("==", "!=", "<", "<=", ">", ">=", "=="))
    first = f"{left} {sign} {random.choice((*_LITERALS, *operands))}"
    if kind == 1:
        return f"!({first})"
    if kind == 2:
        joint = random.choice(("&&", "||"))
        return f"{first} {joint} {random.choice(operands)} != null"
    if kind == 3:
        return f"({first} || !{random.choice(operands)}) && {random.choice(operands)} == null"
    return first


def actions(random: Random, sketch: Sketch, position: int, *, succeeded: bool) -> list[Json]:
    """One to three actions."""
    found: list[Json] = []
    kind, names = (
        ("successActions", ["stop"]) if succeeded else ("failureActions", ["again", "quit"])
    )
    for index in range(random.randint(1, 3)):
        reference = {"reference": f"$components.{kind}.{random.choice(names)}"}
        if once_in(random, 8) and reference not in found:
            found.append(reference)
        else:
            found.append(_action(random, sketch, position, index, succeeded=succeeded))
    return found


def _action(random: Random, sketch: Sketch, position: int, index: int, *, succeeded: bool) -> Json:
    kinds = ("end", "goto", "goto") if succeeded else ("end", "goto", "retry", "retry", "retry")
    kind = random.choice(kinds)
    action: Json = {"name": f"act{index}", "type": kind}
    if kind == "retry":
        if random.choice((True, False)):
            action["retryAfter"] = random.choice((0, 1, 0.5, 30))
        if random.choice((True, False)):
            action["retryLimit"] = random.randint(0, 3)
    target = random.randrange(4)
    callees = [each for each in sketch.later if set(needed(each)) <= set(sketch.required)]
    if kind != "end" and target == 0 and callees:
        action["workflowId"] = sketch.reference(random.choice(callees))
        if sketch.version == "1.1.0" and random.choice((True, False)):
            seen = position + 1 if succeeded else position
            action["parameters"] = [{"name": "key", "value": value(random, sketch, seen)}]
    elif kind == "goto" and sketch.straight:
        action["type"] = "end"
    elif kind == "goto":
        action["stepId"] = random.choice(sketch.steps)
    elif kind == "retry" and target == 1 and position:
        action["stepId"] = random.choice(sketch.steps[:position])
    if not once_in(random, 12 if succeeded else 4):
        moment = "success" if succeeded else "failure"
        count = random.randint(1, 2)
        action["criteria"] = [criterion(random, sketch, position, moment) for _ in range(count)]
    return action
