"""The outputs of steps, as the assignments that capture them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arazzoc.ir.graph import Output, StepNode
from arazzoc.render.literals import literal
from arazzoc.render.results import Results, passes_on
from arazzoc.render.sameness import same
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.model import Type
from arazzoc.types.value import Member, Value

__all__ = ["Captures"]


class Captures:
    """Writes the captures of one function."""

    def __init__(self, values: Values, results: Results, vocabulary: Vocabulary) -> None:
        self._values = values
        self._results = results
        self._vocabulary = vocabulary

    def write(self, step: StepNode) -> Sequence[str]:
        """The assignments."""
        lines: list[str] = []
        for output in step.outputs:
            read = output.read or self._is_judged(step, output)
            if read or output.promised:
                lines.append(self._output(step, output, assigned=read))
            lines += self._promises(step, output)
        return lines

    def recall(self, step: StepNode) -> None:
        """From here on, what the outputs of the step read of the response is read from their variables."""
        for output in step.outputs:
            key = same(output.value)
            if key is not None and (output.read or self._is_judged(step, output)):
                self._values.known[key] = output.variable.name

    def _output(self, step: StepNode, output: Output, *, assigned: bool) -> str:
        code = self._values.expression(output.value)
        if output.promised:
            code = self._required(step, output, _tokens(output.value), output.value.type)
        elif passes_on(output.value):
            assert isinstance(output.value, Member)
            code = self._required_in(step, output, output.value, output.value.base)
        if not assigned:
            return code
        annotation = self._results.annotation(output)
        return f"{output.variable.name}{annotation} = {code}"

    def _promises(self, step: StepNode, output: Output) -> Iterator[str]:
        """The tests of what outputs of the workflow promise of the members of a step's output."""
        for member in self._results.promised_members(output.variable):
            if output.promised:
                tokens = (*_tokens(output.value), *member.tokens)
                yield self._required(step, output, tokens, member.type)
            else:
                yield self._required_in(step, output, member, member.base)

    def _required_in(self, step: StepNode, output: Output, member: Member, base: Value) -> str:
        """A member of what has been passed on, which its schema promises."""
        arguments = [
            self._values.expression(base),
            literal(step.step_id),
            literal(output.variable.output),
            *map(literal, member.tokens),
            *(["nullable=True"] if self._values.may_be_none(member.type) else []),
        ]
        return f"{self._vocabulary.runtime('required_in')}({', '.join(arguments)})"

    def _required(self, step: StepNode, output: Output, tokens: Sequence[str], type_: Type) -> str:
        arguments = [
            "response",
            literal(step.step_id),
            literal(output.variable.output),
            *map(literal, tokens),
            *(["nullable=True"] if self._values.may_be_none(type_) else []),
        ]
        return f"{self._vocabulary.runtime('required')}({', '.join(arguments)})"

    def _is_judged(self, step: StepNode, output: Output) -> bool:
        """Whether a criterion after the step reads what the output holds."""
        key = same(output.value)
        return key is not None and key in self._results.judged(step)


def _tokens(value: Value) -> tuple[str, ...]:
    """Where in the response's body an output is."""
    return value.tokens if isinstance(value, Member) else ()
