"""Steps that ask again: for the same page, without a pause, or when nothing can change any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from arazzoc.check.context import Context, found
from arazzoc.check.criteria import tests_of
from arazzoc.diagnostics.model import Diagnostic, Severity
from arazzoc.diagnostics.registry import waiting as rules
from arazzoc.model.arazzo import FailureAction, SuccessAction
from arazzoc.model.field_names import field_of
from arazzoc.runtime.comparison import equal
from arazzoc.source.node import Node
from arazzoc.text import Span
from arazzoc.types.condition import AllOf, AnyOf, Compare, Exists, Holds, Language, Not, Test
from arazzoc.types.facts import StepFacts, Viewpoint
from arazzoc.types.unequal import choices_of
from arazzoc.types.value import Constant, Member, ResponseBody, ResponseStatus, Value
from arazzoc.types.verdict import comparisons

__all__ = ["check_endless_waits", "check_same_page", "check_unlimited_retries"]

_OF_PAGES: Final = re.compile(
    r"(?i)(has|is)?_?-?(more|next|truncated)(_?-?(page|results?|items|records|data|exists?))?"
    r"|next_?-?(page|token|cursor|link|url|offset|marker|start|id|key|uri|href)\w*"
    r"|(page|continuation|next|end)_?-?(token|cursor|marker)|cursor|nextlink"
)
"""Members that tell whether there are more pages, or where the next one is."""

_PAGE: Final = re.compile(
    r"(?i)(next|page|starting|start)?_?-?(token|cursor|marker|offset|after|page|start|skip|since_?id)"
    r"|page_?-?(number|num|index|no|offset)|continuation_?-?(token|key)?|start_?-?(index|at|key)|position"
)
"""Parameters that say which page is wanted."""

_ENDS: Final = frozenset(
    (
        *("failed", "failure", "error", "errored", "crashed", "killed", "terminated", "aborted"),
        *("cancelled", "canceled", "rejected", "denied", "declined", "revoked", "voided"),
        *("expired", "timedout", "timeout", "deleted"),
    )
)
"""States that do not pass, by their names."""

_Action = SuccessAction | FailureAction


def check_same_page(context: Context) -> Iterator[Diagnostic]:
    """What a step asks for changes from page to page."""
    for step in context.steps():
        view = context.succeeded(step)
        for action in _going_back(step, step.success_actions):
            tests = tests_of(action.criteria, view)
            member = next((each for each in _read(tests or ()) if _tells_of_pages(each)), None)
            names = _page_parameters(step)
            if member is None or not names or _reads_itself(step):
                continue
            listed = " or ".join(f"`{name}`" for name in names)
            message = f"action `{action.name}` asks for the same page again: nothing in the request changes"
            hint = f"pass what tells the next page, from an output of this step, as query parameter {listed}"
            yield found(rules.SAME_PAGE, _name(action), message, hint)


def check_unlimited_retries(context: Context) -> Iterator[Diagnostic]:
    """No step that fails sends the same request again without limit and pause."""
    for step in context.steps():
        if step.operation is None or _reads_itself(step):
            continue
        for action in _going_back(step, step.failure_actions):
            message = (
                f"action `{action.name}` sends the same request again at once, as often as it fails"
            )
            hint = "write `type: retry`, with `retryAfter` and `retryLimit`, and without `stepId`"
            yield found(rules.UNLIMITED_RETRY, _name(action), message, hint)


def check_endless_waits(context: Context) -> Iterator[Diagnostic]:
    """No step waits on in a state that does not pass."""
    for step in context.steps():
        operation = step.operation
        if operation is None or operation.method not in ("GET", "HEAD") or _reads_itself(step):
            continue
        good = context.answered(step)
        criteria = tests_of(step.step.success_criteria, good)
        if criteria is None:
            continue
        back = [*_going_back(step, step.success_actions)]
        again = [
            each
            for each in step.failure_actions
            if each.type == "retry" and each.step_id is None and each.workflow_id is None
        ]
        for action in (*back, *again):
            told = _waits_on(action, step, criteria, good)
            if told is not None:
                yield told


def _waits_on(
    action: _Action, step: StepFacts, criteria: Sequence[Test], good: Viewpoint
) -> Diagnostic | None:
    """That an action is taken in a state that is an end by its name."""
    retried = isinstance(action, FailureAction)
    actions = step.failure_actions if retried else step.success_actions
    earlier = actions[: [*map(id, actions)].index(id(action))]
    tests = tests_of(action.criteria, good.of(action))
    if tests is None:
        return None
    for value in dict.fromkeys(_read([*tests, *criteria])):
        states = choices_of(value.type, good.facts.types)
        ends = [each for each in states if re.sub(r"[^a-z]", "", each.lower()) in _ENDS]
        if not ends or len(ends) == len(states):
            continue
        others = [tests_of(each.criteria, good.of(each)) for each in earlier]
        stuck = [
            state
            for state in ends
            if _come(criteria, value, state) is (not retried)
            and _come(tests, value, state) is True
            and all(each is not None and _come(each, value, state) is False for each in others)
        ]
        if stuck:
            return _told(action, value, stuck)
    return None


def _told(action: _Action, value: Member, stuck: Sequence[str]) -> Diagnostic:
    way = "".join(f"/{token}" for token in value.tokens)
    listed = " or ".join(f"`{state}`" for state in stuck)
    message = f"action `{action.name}` asks again when `$response.body#{way}` is {listed}"
    hint = "ask again in the states that pass, or put an action before it for those that do not"
    if not isinstance(action, FailureAction):
        return found(rules.ENDLESS_WAIT, _name(action), f"{message}, for ever", hint)
    limit = action.retry_limit if action.retry_limit is not None else 1
    message += f", {limit} times" if limit > 1 else ""
    return replace(found(rules.ENDLESS_WAIT, _name(action), message, hint), severity=Severity.HINT)


def _come(tests: Sequence[Test], value: Value, state: str) -> bool | None:
    """Whether tests hold of a response of success in a state; None where that depends on more."""
    results = [_holds(test, value, state) for test in tests]
    return False if False in results else None if None in results else True


def _holds(test: Test, value: Value, state: str) -> bool | None:
    match test:
        case AllOf(tests):
            return _come(tests, value, state)
        case AnyOf(tests):
            results = [_holds(each, value, state) for each in tests]
            return True if True in results else None if None in results else False
        case Not(inner):
            result = _holds(inner, value, state)
            return None if result is None else not result
        case Compare(left, ("==" | "!=") as operator, Constant(str() as literal)) if left == value:
            exact = test.language is Language.JSONPATH
            same = state == literal if exact else equal(state, literal)
            return same is (operator == "==")
        case Compare(ResponseStatus(), ("==" | ">=" | "<" | "<="), Constant(int() as status)):
            return _holds_of_success(test.operator, status)
        case _:
            return None


def _holds_of_success(operator: str, status: int) -> bool | None:
    """Whether a test of the status holds of the successes: of 200, where it names one."""
    if operator == "==":
        return 200 <= status < 300
    sure = status <= 200 if operator == ">=" else status >= 299
    return True if sure else None


def _going_back(step: StepFacts, actions: Sequence[_Action]) -> Iterator[_Action]:
    """The actions that go to the step that has them."""
    for action in actions:
        target = action.step_id.text if action.step_id is not None else None
        if action.type == "goto" and target == step.step.step_id:
            yield action


def _read(tests: Sequence[Test]) -> Iterator[Member]:
    """The parts of the step's own response that tests compare, or look at as they are."""
    for test in tests:
        for comparison in comparisons(test):
            for side in (comparison.left, comparison.right):
                if isinstance(side, Member) and isinstance(side.base, ResponseBody):
                    yield side
        yield from _looked_at(test)


def _looked_at(test: Test) -> Iterator[Member]:
    match test:
        case AllOf(tests) | AnyOf(tests):
            for each in tests:
                yield from _looked_at(each)
        case Not(inner):
            yield from _looked_at(inner)
        case Holds(Member(ResponseBody()) as value) | Exists(Member(ResponseBody()) as value):
            yield value
        case _:
            return


def _tells_of_pages(value: Member) -> bool:
    return bool(value.tokens) and _OF_PAGES.fullmatch(value.tokens[-1]) is not None


def _page_parameters(step: StepFacts) -> list[str]:
    """The query parameters of the operation that say which page is wanted."""
    parameters = step.operation.parameters if step.operation is not None else ()
    return [
        each.name
        for each in parameters
        if each.location == "query" and _PAGE.fullmatch(each.name) and not _is_time(each.schema)
    ]


def _is_time(schema: Node | None) -> bool:
    """Whether a parameter such as `after` asks for what is younger, not for a page."""
    stated = schema.get("format") if schema is not None else None
    return stated is not None and (stated.text or "").startswith("date")


def _reads_itself(step: StepFacts) -> bool:
    """Whether the request is made of what the step has left when it ran before."""
    nodes = [parameter.value for parameter in step.parameters]
    body = step.step.request_body
    nodes += [each for each in (body.node if body is not None else None,) if each is not None]
    own = re.compile(rf"\$steps\.{re.escape(step.step.step_id)}(?![\w-])")
    return any(own.search(text) for node in nodes for text in _texts(node))


def _texts(node: Node) -> Iterator[str]:
    if node.text is not None:
        yield node.text
    for child in (*node.items(), *(member for _, member in node.members())):
        yield from _texts(child)


def _name(action: _Action) -> Span:
    return (field_of(action.node, "name") or action.node).span
