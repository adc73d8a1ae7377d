"""The outputs of steps, as the assignments that capture them."""

from __future__ import annotations

from collections.abc import Sequence

from arazzoc.ir.graph import Output, StepNode
from arazzoc.render.literals import literal
from arazzoc.render.results import Results
from arazzoc.render.values import Values, same
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.types.value import Member

__all__ = ["Captures"]


class Captures:
    """Writes the captures of one function."""

    def __init__(self, values: Values, results: Results, vocabulary: Vocabulary) -> None:
        self._values = values
        self._results = results
        self._vocabulary = vocabulary

    def write(self, step: StepNode) -> Sequence[str]:
        """The assignments; from here on, what they read of the response is read from the variables."""
        lines: list[str] = []
        for output in step.outputs:
            read = output.read or self._is_judged(step, output)
            if read or output.promised:
                lines.append(self._output(step, output, assigned=read))
        for output in step.outputs:
            key = same(output.value)
            if key is not None and (output.read or self._is_judged(step, output)):
                self._values.known[key] = output.variable.name
        return lines

    def _output(self, step: StepNode, output: Output, *, assigned: bool) -> str:
        code = self._values.expression(output.value)
        if output.promised:
            tokens = output.value.tokens if isinstance(output.value, Member) else ()
            arguments = [
                "response",
                literal(step.step_id),
                literal(output.variable.output),
                *map(literal, tokens),
                *(["nullable=True"] if self._values.may_be_none(output.value.type) else []),
            ]
            code = f"{self._vocabulary.runtime('required')}({', '.join(arguments)})"
        if not assigned:
            return code
        annotation = self._results.annotation(output)
        return f"{output.variable.name}{annotation} = {code}"

    def _is_judged(self, step: StepNode, output: Output) -> bool:
        """Whether a criterion after the step reads what the output holds."""
        key = same(output.value)
        return key is not None and key in self._results.judged(step)
