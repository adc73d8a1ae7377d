"""Structured control flow as the lines of a function's body."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Final

from jinja2 import Environment

from arazzoc.flow.tree import (
    Again,
    Block,
    Break,
    Capture,
    Choose,
    Continue,
    Fail,
    Judge,
    Jump,
    Loop,
    Machine,
    Perform,
    ResetCounter,
    Return,
    Statement,
    leaves,
    repeats,
)
from arazzoc.ir.assurance import assured, tested
from arazzoc.ir.graph import Call, Edge, GoTo, Graph, Retry, StepNode, Transfer, WorkflowCall
from arazzoc.ir.silence import listens_to_silence
from arazzoc.names import Identifier, Scope
from arazzoc.render.captures import Captures
from arazzoc.render.conditions import Conditions
from arazzoc.render.failure_actions import ByStatus, FailureActions, by_status, only_fails
from arazzoc.render.introductions import entered, introduction
from arazzoc.render.literals import comment, literal, remark
from arazzoc.render.requests import Requests
from arazzoc.render.results import Results, declared_results
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.render.workflow_calls import WorkflowCalls, gives_back
from arazzoc.types.condition import Criterion

__all__ = ["Blocks"]

_SHORT: Final = 2
_BODY: Final = 8
"""The column of a function's body."""


class Blocks:
    """Writes the blocks of one function by the templates of their statements."""

    def __init__(
        self,
        graph: Graph,
        environment: Environment,
        values: Values,
        requests: Requests,
        results: Results,
        vocabulary: Vocabulary,
        actions: FailureActions,
        scope: Scope,
    ) -> None:
        self._graph = graph
        self._actions = actions
        self._table = scope.claim(Identifier("actions"))
        self._environment = environment
        self._values = values
        self._requests = requests
        self._results = results
        self._vocabulary = vocabulary
        self._introduced: set[str] = set()
        self._action = ""
        self._loop_column = -1
        self._assured = dict(assured(graph))
        self._conditions = Conditions(values, vocabulary)
        self._captures = Captures(values, results, vocabulary)
        declared = frozenset(call.result for call in declared_results(graph))
        self._calls = WorkflowCalls(environment, values, self._conditions, vocabulary, declared)

    def write(self, block: Block, depth: int) -> str:
        """The lines of `block`; `depth` is the column that they will stand at."""
        texts: list[str] = []
        for index, statement in enumerate(block):
            begun = entered(block[index:])
            if begun is not None and begun.step_id not in self._introduced:
                self._introduced.add(begun.step_id)
                texts.append(self._introduction(begun, depth, first=not texts))
            text = _WRITERS[type(statement)](self, statement, depth)
            apart = isinstance(statement, Return) and depth == _BODY and texts
            texts.append(f"\n{text}" if apart else text)
        return "\n".join(text for text in texts if text)

    def _introduction(self, step: StepNode, depth: int, *, first: bool) -> str:
        """What the step is for, as a comment before it and the loop that it begins."""
        lines = "\n".join(comment(introduction(step), depth))
        return lines if first else f"\n{lines}"

    def _template(self, name: str, **view: object) -> str:
        view |= self._vocabulary.colour()
        return self._environment.get_template(f"{name}.py.jinja").render(view).strip("\n")

    def perform(self, statement: Statement, depth: int) -> str:
        """Needs, request, response."""
        assert isinstance(statement, Perform)
        del depth
        step = statement.step
        self._values.known.clear()
        needs = self._needs(step, step.call, self._before(step))
        self._stand_behind(step, succeeded=False)
        if isinstance(step.call, WorkflowCall):
            return f"{needs}{self._calls.perform(step, step.call)}"
        attempts = listens_to_silence(step.on_failure)
        return needs + self._template(
            "perform",
            step_id=literal(step.step_id),
            prepared=self._requests.prepared(step, step.call),
            send=self._vocabulary.runtime("attempt" if attempts else "send"),
            attempts=attempts,
        )

    def _needs(self, step: StepNode, call: Call | WorkflowCall, known: frozenset[Hashable]) -> str:
        """The tests before a call, with a line break behind them, where `known` was tested before."""
        self._values.tested = known
        needs = [
            {"test": test, "error": self._results.missing(step, test.text)}
            for test in self._requests.needs(call, known)
        ]
        text = self._template("needs", needs=needs)
        return f"{text}\n" if text else ""

    def before(self) -> str:
        """The calls of the workflows that run before the first step."""
        given = {each.name: each for each in self._graph.given}
        before = self._graph.before
        return "\n".join(self._calls.first(call, given.get(call.result)) for call in before)

    def _stand_behind(self, step: StepNode, *, succeeded: bool) -> None:
        """The code written next stands behind a step's request, or behind its success."""
        self._values.tested = tested(step, self._before(step), succeeded=succeeded)
        if succeeded:
            self._captures.recall(step)

    def _before(self, step: StepNode) -> frozenset[Hashable]:
        """The identities of what is known to be there when the step begins."""
        return self._assured.get(step.step_id, frozenset())

    def judge(self, statement: Statement, depth: int) -> str:
        """The success criteria: a guard clause where the failure leaves, else `if` and `else`."""
        assert isinstance(statement, Judge)
        step, success, failure = statement.step, statement.success, statement.failure
        if isinstance(step.call, WorkflowCall) and step.decides_on_failure:
            met, unmet = self._calls.outcomes(step.call)
            return self._branch(met, unmet, success, failure, depth)
        if not step.criteria:
            return self.write(success, depth)
        self._stand_behind(step, succeeded=False)
        if len(step.criteria) > 1 and not step.decides_on_failure and leaves(failure):
            guards = [
                self._arm(
                    self._conditions.unmet(criterion),
                    self._failure(step, None, criterion),
                    None,
                )
                for criterion in step.criteria
            ]
            texts = [self._template("if", arms=[guard], otherwise="") for guard in guards]
            return "\n".join([*texts, self.write(success, depth)]).rstrip("\n")
        if len(step.criteria) > 1:
            return self._several(step, success, failure, depth)
        met = self._conditions.all(step.criteria)
        unmet = self._conditions.unmet(*step.criteria)
        return self._branch(met, unmet, success, failure, depth)

    def _several(self, step: StepNode, success: Block, failure: Block, depth: int) -> str:
        """Several criteria with actions after them: which one failed is kept for the error."""
        first = self._template(
            "unmet",
            tests=[
                {"condition": self._conditions.unmet(criterion), "text": literal(criterion.text)}
                for criterion in step.criteria
            ],
        )
        rest = self._branch("unmet is None", "unmet is not None", success, failure, depth)
        return f"{first}\n{rest}"

    def _branch(self, met: str, unmet: str, success: Block, failure: Block, depth: int) -> str:
        if leaves(success) and (len(success) <= _SHORT or not leaves(failure)):
            inner = self._inside(success, depth + 4)
            return f"{self._if(met, inner)}\n{self.write(failure, depth)}".rstrip("\n")
        if leaves(failure):
            inner = self._inside(failure, depth + 4)
            return f"{self._if(unmet, inner)}\n{self.write(success, depth)}".rstrip("\n")
        inner = self._inside(failure, depth + 4)
        then = self._inside(success, depth + 4)
        if not then:
            return self._if(unmet, inner)
        return self._template("if", arms=[self._arm(met, then, None)], otherwise=inner)

    def _inside(self, block: Block, depth: int) -> str:
        """A block within another one; what its variables hold is not known outside of it."""
        known = dict(self._values.known)
        text = self.write(block, depth)
        self._values.known = known
        return text

    def _if(self, condition: str, body: str) -> str:
        return self._template("if", arms=[self._arm(condition, body, None)], otherwise="")

    def _arm(self, condition: str, body: str, action: str | None) -> dict[str, str]:
        note = remark(action) if body in ("", "pass", "continue", "break") else ""
        return {"condition": condition, "body": (body or "pass") + note}

    def capture(self, statement: Statement, depth: int) -> str:
        """The outputs of a step that succeeded; criteria after it read the variables."""
        assert isinstance(statement, Capture)
        del depth
        self._stand_behind(statement.step, succeeded=False)
        lines = self._captures.write(statement.step)
        self._stand_behind(statement.step, succeeded=True)
        return "\n".join([*lines, *self._results.notes(statement.step)])

    def choose(self, statement: Statement, depth: int) -> str:
        """The actions, in order; those that only name the error share one `raise`."""
        assert isinstance(statement, Choose)
        if not all(leaves(body) for _, body in statement.arms):
            return self._going_on(statement, depth)
        if depth == self._loop_column and repeats(statement):
            return self._until(statement, depth)
        table = by_status(statement)
        if table is not None:
            return self._failure_by_status(statement.step, table, depth)
        shared = statement.otherwise == (Fail(statement.step, None),)
        naming = [index for index, arm in enumerate(statement.arms) if only_fails(arm[1])]
        first = naming[0] if naming and shared else len(statement.arms)
        texts = [
            self._template("if", arms=[self._choice(statement.step, arm, depth)], otherwise="")
            for arm in statement.arms[:first]
        ]
        if first < len(statement.arms):
            texts.append(self._named_failure(statement.step, statement.arms[first:], depth))
        elif depth != self._loop_column or statement.otherwise != (Continue(),):
            texts.append(self.write(statement.otherwise, depth))
        return "\n".join(text for text in texts if text)

    def _going_on(self, statement: Choose, depth: int) -> str:
        """A choice of which an arm simply goes on: a last one stands for its opposite."""
        arms, otherwise = statement.arms, self._inside(statement.otherwise, depth + 4)
        choices = [self._choice(statement.step, arm, depth) for arm in arms]
        if otherwise and not arms[-1][1]:
            unmet = self._conditions.unmet(*arms[-1][0].criteria)
            choices[-1], otherwise = self._arm(unmet, otherwise, None), ""
        return self._template("if", arms=choices, otherwise=otherwise)

    def _until(self, statement: Choose, depth: int) -> str:
        """A choice that ends a loop's body by going round again for one action: `break` for all others."""
        *others, (again, _) = statement.arms
        (criterion,) = again.criteria
        self._stand_behind(statement.step, succeeded=again in statement.step.on_success)
        leaving = self._arm(self._conditions.unmet(criterion), "break", None)
        arms = [*(self._choice(statement.step, arm, depth) for arm in others), leaving]
        return "\n".join(self._template("if", arms=[arm], otherwise="") for arm in arms)

    def _choice(self, step: StepNode, arm: tuple[Edge, Block], depth: int) -> dict[str, str]:
        edge, body = arm
        self._action = edge.action or ""
        note = edge.action
        if note and not body and isinstance(edge.target, GoTo):
            note += f": go on to {edge.target.step_id}"
        return self._arm(self._guard(step, edge), self._inside(body, depth + 4), note)

    def _named_failure(self, step: StepNode, arms: Sequence[tuple[Edge, Block]], depth: int) -> str:
        """Actions of which some only name the error: it is raised once, behind them."""
        choices = [
            (
                {"condition": self._guard(step, edge), "body": f"action = {literal(edge.action)}"}
                if only_fails(body)
                else self._choice(step, (edge, body), depth)
            )
            for edge, body in arms
        ]
        chain = self._template("if", arms=choices, otherwise="")
        return f"action = None\n{chain}\n{self._failed(step, 'action', variable=True)}"

    def _failure_by_status(self, step: StepNode, table: ByStatus, depth: int) -> str:
        """Actions of which some only name the error, by its status: they are an argument of it."""
        arms = [self._choice(step, arm, depth) for arm in table.others]
        texts = [self._template("if", arms=[arm], otherwise="") for arm in arms]
        lines, action = self._actions.named(table.names, self._table)
        return "\n".join([*texts, *lines, self._failed(step, action, variable=True)])

    def _guard(self, step: StepNode, edge: Edge) -> str:
        self._stand_behind(step, succeeded=edge in step.on_success)
        target = edge.target
        left = f"{target.counter} < {target.limit}" if isinstance(target, Retry) else None
        return self._conditions.all(edge.criteria, also=left)

    def loop(self, statement: Statement, depth: int) -> str:
        """`while True:`."""
        assert isinstance(statement, Loop)
        around, self._loop_column = self._loop_column, depth + 4
        goes_on = len(statement.body) > 1 and statement.body[-1] == Continue()
        body = self.write(statement.body[:-1] if goes_on else statement.body, depth + 4)
        self._loop_column = around
        return self._template("loop", body=body)

    def reset(self, statement: Statement, depth: int) -> str:
        """A counter set to zero."""
        assert isinstance(statement, ResetCounter)
        del depth
        return f"{statement.counter} = 0"

    def again(self, statement: Statement, depth: int) -> str:
        """Counts and waits."""
        assert isinstance(statement, Again)
        retry = statement.retry
        delay = literal(float(retry.delay))
        if not isinstance(statement.step.call, WorkflowCall):
            wait = self._vocabulary.runtime("retry_after")
            delay = f"{wait}(response, default={delay})"
        counted = self._template(
            "again",
            counter=retry.counter,
            note=remark(self._action),
            sleep=self._vocabulary.sleep(),
            delay=delay,
        )
        first = self._first(statement.step, retry, depth)
        return f"{counted}\n{first}" if first else counted

    def _first(self, step: StepNode, retry: Retry, depth: int) -> str:
        """What runs before the step runs again. What it leaves is not known where others go on."""
        if retry.first is None:
            return ""
        known = dict(self._values.known)
        failed = tested(step, self._before(step), succeeded=False)
        if isinstance(retry.first, WorkflowCall):
            needs = self._needs(step, retry.first, failed)
            text = needs + self._calls.before_retry(step, retry.first, self._action)
        else:
            text = self._aside(self._graph.step(retry.first).alone(), failed, depth)
        self._values.known = known
        return text

    def _aside(self, step: StepNode, known: frozenset[Hashable], depth: int) -> str:
        """A step that runs where `known` was tested, which need not be what its own place has tested."""
        own = self._before(step)
        self._assured[step.step_id] = known
        performed = self.perform(Perform(step), depth)
        judged = self.judge(Judge(step, (), (Fail(step, None),)), depth)
        captured = self.capture(Capture(step), depth)
        self._assured[step.step_id] = own
        return "\n".join(part for part in (performed, judged, captured) if part)

    def leave(self, statement: Statement, depth: int) -> str:
        """`continue` or `break`."""
        del depth
        return "continue" if isinstance(statement, Continue) else "break"

    def give_back(self, statement: Statement, depth: int) -> str:
        """`return` with the outputs that are known there."""
        assert isinstance(statement, Return)
        del depth
        call, step = statement.onward, statement.step
        if call is None:
            self._stand_behind(step, succeeded=True)
            return self._results.success(step, statement.action)
        succeeded = any(
            isinstance(edge.target, Transfer) and edge.target.call is call
            for edge in step.on_success
        )
        known = tested(step, self._before(step), succeeded=succeeded)
        needs = self._needs(step, call, known)
        note = remark(statement.action)
        expression = self._calls.expression(call)
        if gives_back(call):
            return f"{needs}return {expression}{note}"
        nothing = "return" if self._graph.results == (None,) else "return None"
        return f"{needs}{expression}{note}\n{nothing}"

    def fail(self, statement: Statement, depth: int) -> str:
        """`raise StepFailed(...)`."""
        assert isinstance(statement, Fail)
        del depth
        return self._failed(statement.step, statement.action)

    def _failed(self, step: StepNode, action: str | None, *, variable: bool = False) -> str:
        """`raise`, for whichever criterion it was; `action` may be code that computes a `variable` name."""
        self._stand_behind(step, succeeded=False)
        criterion = step.criteria[0] if len(step.criteria) == 1 else None
        return self._failure(step, action, criterion, variable=variable)

    def _failure(
        self,
        step: StepNode,
        action: str | None,
        criterion: Criterion | None,
        *,
        variable: bool = False,
    ) -> str:
        """`raise`, for what the step calls; see `Results.failure`."""
        if not isinstance(step.call, WorkflowCall):
            return self._results.failure(step, action, criterion, variable=variable)
        if not step.decides_on_failure:
            return f"raise {self._calls.unmet(step, step.call, criterion)}"
        error = step.call.result
        named = "" if action is None else action if variable else literal(action)
        return f"{error}.action = {named}\nraise {error}" if named else f"raise {error}"

    def machine(self, statement: Statement, depth: int) -> str:
        """`match` over the next step, in a loop."""
        assert isinstance(statement, Machine)
        return self._template(
            "machine",
            start=literal(statement.start),
            states=[
                {"step_id": literal(step_id), "body": self._inside(block, depth + 12)}
                for step_id, block in statement.states
            ],
        )

    def jump(self, statement: Statement, depth: int) -> str:
        """On to another state."""
        assert isinstance(statement, Jump)
        del depth
        return f"step = {literal(statement.step_id)}\ncontinue"


_WRITERS: Final[Mapping[type[Statement], Callable[[Blocks, Statement, int], str]]] = {
    Perform: Blocks.perform,
    Judge: Blocks.judge,
    Capture: Blocks.capture,
    Choose: Blocks.choose,
    Loop: Blocks.loop,
    ResetCounter: Blocks.reset,
    Again: Blocks.again,
    Continue: Blocks.leave,
    Break: Blocks.leave,
    Return: Blocks.give_back,
    Fail: Blocks.fail,
    Machine: Blocks.machine,
    Jump: Blocks.jump,
}
