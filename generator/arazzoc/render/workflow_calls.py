"""Calls of other workflows' functions, as expressions and as steps."""

from __future__ import annotations

from jinja2 import Environment

from arazzoc.ir.assurance import needed
from arazzoc.ir.graph import Given, Passed, StepNode, WorkflowCall
from arazzoc.names import ConstantName
from arazzoc.render.conditions import Conditions
from arazzoc.render.literals import literal
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.condition import Criterion
from arazzoc.types.value import Constant

__all__ = ["WorkflowCalls", "gives_back"]


class WorkflowCalls:
    """Writes the calls of one function."""

    def __init__(
        self,
        environment: Environment,
        values: Values,
        conditions: Conditions,
        vocabulary: Vocabulary,
        declared: frozenset[str] = frozenset(),
    ) -> None:
        """Takes the names of the variables that are `declared` at the function's start."""
        self._declared = declared
        self._environment = environment
        self._values = values
        self._conditions = conditions
        self._vocabulary = vocabulary

    def expression(self, call: WorkflowCall) -> str:
        """`get_token(user=user, transport=http)`, awaited in a module of `async def` functions."""
        around = self._values.tested
        self._values.tested = needed(call, around)
        arguments = [f"{passed.keyword}={self._argument(passed)}" for passed in call.arguments]
        self._values.tested = around
        arguments += [f"{each.keyword}={each.variable or True}" for each in call.handed]
        transport = "http"
        if call.timeout is not None:
            transport = f"{self._vocabulary.runtime('within')}(http, {call.timeout!r})"
        arguments.append(f"transport={transport}")
        awaited = self._vocabulary.colour()["await"]
        return f"{awaited}{call.function}({', '.join(arguments)})"

    def statement(self, call: WorkflowCall, *, read: bool) -> str:
        """The call, with what it gives back assigned where that is read."""
        assigned = f"{call.result} = " if read and gives_back(call) else ""
        return f"{assigned}{self.expression(call)}"

    def first(self, call: WorkflowCall, given: Given | None) -> str:
        """The call of what runs before the first step, unless a parameter says that it has run."""
        statement = self.statement(call, read=call.read)
        if given is None:
            return statement
        condition = f"{given.name} is None" if given.results else f"not {given.name}"
        arm = {"condition": condition, "body": statement}
        return self._rendered("if", arms=[arm], otherwise="")

    def perform(self, step: StepNode, call: WorkflowCall) -> str:
        """Calls, and has what the function gives back.

        Where failure actions are to be looked at, the variable holds the error instead.
        """
        if not step.decides_on_failure:
            return self._raising(step, call, self.statement(call, read=call.read), None)
        return self._rendered(
            "call_attempt",
            result=call.result,
            annotation=self._annotation(call),
            assigned=f"{call.result} = " if gives_back(call) else "",
            call=self.expression(call),
            caught=self._vocabulary.runtime("WorkflowError"),
            failure=self._failure(step, call, "error"),
            tests=[
                {
                    "condition": self._conditions.unmet(criterion),
                    "failure": self.unmet(step, call, criterion),
                }
                for criterion in step.criteria
            ],
        )

    def before_retry(self, step: StepNode, call: WorkflowCall, action: str | None) -> str:
        """Calls what runs before the step runs again; its failure is the step's."""
        return self._raising(step, call, self.expression(call), action)

    def unmet(self, step: StepNode, call: WorkflowCall, criterion: Criterion | None) -> str:
        """The error for a criterion that does not hold; without one, the variable `unmet` names it."""
        text = "unmet" if criterion is None else literal(criterion.text)
        criteria = step.criteria if criterion is None else (criterion,)
        operands = {text: value for each in criteria for text, value in each.operands}
        shown = ", ".join(
            f"{literal(name)}: {self._values.expression(value)}" for name, value in operands.items()
        )
        given = f", operands={{{shown}}}" if shown else ""
        return self._failure(step, call, f"criterion={text}{given}")

    def outcomes(self, call: WorkflowCall) -> tuple[str, str]:
        """The tests whether an attempt succeeded, and whether it failed."""
        if not gives_back(call):
            return f"{call.result} is None", f"{call.result} is not None"
        failed = f"isinstance({call.result}, {self._vocabulary.runtime('CallFailed')})"
        return f"not {failed}", failed

    def _raising(
        self, step: StepNode, call: WorkflowCall, statement: str, action: str | None
    ) -> str:
        named = f"action={literal(action)}" if action else ""
        return self._rendered(
            "call",
            statement=statement,
            caught=self._vocabulary.runtime("WorkflowError"),
            failure=self._failure(step, call, named),
        )

    def _failure(self, step: StepNode, call: WorkflowCall, rest: str) -> str:
        arguments = [literal(step.step_id), literal(call.workflow_id), *([rest] if rest else [])]
        return f"{self._vocabulary.runtime('CallFailed')}({', '.join(arguments)})"

    def _annotation(self, call: WorkflowCall) -> str:
        """What the variable may hold; empty where it is declared already, or nothing is given back."""
        if not gives_back(call) or call.result in self._declared:
            return ""
        return " | ".join([*map(str, call.results), self._vocabulary.runtime("CallFailed")])

    def _argument(self, passed: Passed) -> str:
        value, otherwise = passed.value, passed.otherwise
        has_default = isinstance(otherwise, Constant) and self._values.may_miss(value)
        code = self._values.there(value) if has_default else self._values.with_file_name(value)
        if not passed.fits:
            self._vocabulary.imports.add("typing", "Any")
            self._vocabulary.imports.add("typing", "cast")
            code = f'cast("Any", {code})'
        if isinstance(otherwise, ConstantName):
            return f"{code} or {otherwise}"
        if isinstance(otherwise, Constant) and has_default:
            return f"{literal(otherwise.value)} if {self._values.absence(value)} else {code}"
        return code

    def _rendered(self, name: str, **view: object) -> str:
        return self._environment.get_template(f"{name}.py.jinja").render(view).strip("\n")


def gives_back(call: WorkflowCall) -> bool:
    """Whether the function gives back anything but None."""
    return call.results != (None,)
