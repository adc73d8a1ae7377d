"""Faults of runtime expressions: names that nothing has, and forms that are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.mutations.mutant import Mutant, fault, kind
from tests.mutations.subject import Edit, Subject, misspelt

_STEP_OUTPUT: Final = r"\$steps\.(?:[\w-]+)\.outputs\."
_VALUES: Final = ("**/parameters/*/value", "**/outputs/*", "**/replacements/*/value")


@kind("an input misspelt where it is read", "AZ210")
def misspelt_input(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$inputs\.(\w+)"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("an input misspelt where it is declared", "AZ210", also=("AZ412", "AZ413"))
def misspelt_declaration(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/inputs/properties/*"):
        workflow = subject.workflow(place)
        assert workflow is not None
        used = [
            token
            for token in workflow.tokens(rf"\$inputs\.({place.name})\b")
            if token.text == place.name
        ]
        if used:
            edits = [place.renamed(misspelt(place.name))]
            for item in workflow.members("inputs", "required"):
                if item.scalar == place.name:
                    edits.insert(0, item.replaced(misspelt(place.name)))
            yield fault(tuple(edits), *(each.line for each in used))


@kind("a required input that is declared under another name", "AZ126")
def misspelt_required(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/inputs/required/*"):
        yield fault((place.replaced(misspelt(place.scalar)),), place.line)


@kind("a step misspelt in an expression", "AZ211")
def misspelt_step(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$steps\.([\w-]+)"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("an output misspelt where it is read", "AZ212")
def misspelt_output(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(rf"{_STEP_OUTPUT}(\w+)"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("an output left out that is read", "AZ212")
def no_output(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/outputs/*"):
        step, workflow = subject.step(place), subject.workflow(place)
        assert step is not None
        assert workflow is not None
        named = rf"\$steps\.{step.value_of('stepId')}\.outputs\.{place.name}\b"
        used = list(workflow.tokens(named))
        if used:
            yield fault((place.removed(),), used[0].line)


@kind("an output of a step that comes later", "AZ214", "AZ218")
def later_step(subject: Subject) -> Iterator[Mutant]:
    for workflow in subject.places("workflows/*"):
        steps = [each for each in workflow.members("steps") if each.get("outputs")]
        for place in subject.places("**/parameters/*/value"):
            step = subject.step(place)
            if not step or subject.workflow(place) is None or not place.scalar.startswith("$"):
                continue
            last = steps[-1] if steps else None
            if (
                last
                and step.route[:2] == last.route[:2]
                and str(last.route[3]) > str(step.route[3])
            ):
                output = next(last.members("outputs")).name
                text = f"$steps.{last.value_of('stepId')}.outputs.{output}"
                yield fault((place.replaced(text),), place.line)


@kind("a response read before there is one", "AZ215")
def no_response(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/parameters/*/value"):
        if place.scalar.startswith("$"):
            yield fault((place.replaced("$response.body#/id"),), place.line)


@kind("a response read in the outputs of a workflow", "AZ215")
def response_in_outputs(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/outputs/*"):
        yield fault((place.replaced("$response.body#/id"),), place.line)


@kind("a part that responses do not have", "AZ216", "AZ201", "AZ202")
def no_such_part(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$response\.(body)\b"):
        yield fault((token.replaced("content"),), token.line)


@kind("an expression whose first word is misspelt", "AZ201", "AZ202")
def misspelt_root(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$(inputs|steps|response|statusCode|outputs)\b"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("`status` for `statusCode`", "AZ201", "AZ202")
def status_for_status_code(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$(statusCode)\b"):
        yield fault((token.replaced("status"),), token.line)


@kind("`input`, `step` and `output` for their plurals", "AZ201", "AZ202")
def singular(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$(?:steps\.[\w-]+\.)?(inputs|steps|outputs)\b"):
        yield fault((token.replaced(token.text[:-1]),), token.line)


@kind("an output without `outputs` before it", "AZ201", "AZ202")
def without_outputs(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$steps\.[\w-]+(\.outputs)\."):
        yield fault((token.replaced(""),), token.line)


@kind("no dollar before an expression", "AZ201", "AZ202", "AZ230")
def no_dollar(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"(\$)(?=inputs\.|steps\.|response\.|statusCode)"):
        yield fault((token.replaced(""),), token.line)


@kind("no braces around an embedded expression", "AZ501")
def no_braces(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\{\$[^{}]+\}"):
        if token.text != token.place.scalar and "/operationPath" not in str(token.place.route):
            whole = Edit(token.start, token.end, token.text[1:-1] + " ")
            if token.place.name != "operationPath":
                yield fault((whole,), token.line)


@kind("braces around a whole expression", "AZ205", "AZ507")
def needless_braces(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(*_VALUES):
        if place.scalar.startswith("$") and " " not in place.scalar:
            yield fault((place.replaced(f"'{{{place.scalar}}}'"),), place.line)


@kind("a brace that is not closed", "AZ201", "AZ501")
def open_brace(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\{\$[^{}]+(\})"):
        if token.place.name != "operationPath":
            yield fault((token.replaced(""),), token.line)


@kind("two braces around an expression", "AZ201", "AZ205", "AZ231")
def two_braces(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(*_VALUES):
        if place.scalar.startswith("$") and " " not in place.scalar:
            yield fault((place.replaced(f"'{{{{{place.scalar}}}}}'"),), place.line)


@kind("blanks in two braces around an expression", "AZ501")
def loose_braces(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places(*_VALUES):
        if place.scalar.startswith("$") and " " not in place.scalar:
            yield fault((place.replaced(f"'{{{{ {place.scalar} }}}}'"),), place.line)


@kind("a dollar before braces", "AZ232", also=("AZ205",))
def dollar_before_braces(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/parameters/*/value"):
        if place.scalar.startswith("$") and " " not in place.scalar:
            yield fault((place.replaced(f"'${{{place.scalar}}}'"),), place.line)


@kind("an input in another language's braces", "AZ230")
def foreign_input(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/steps/*/parameters/*/value"):
        if place.scalar.startswith("$inputs.") and "#" not in place.scalar:
            name = place.scalar.removeprefix("$inputs.")
            yield fault((place.replaced(f"'{{{{{name}}}}}'"),), place.line)


@kind("a pointer without its slash", "AZ503")
def no_slash(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$response\.body#(/)"):
        yield fault((token.replaced(""),), token.line)


@kind("dots for a pointer", "AZ502")
def dots(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$response\.body(#/[\w/]+)"):
        yield fault((token.replaced(token.text[1:].replace("/", ".")),), token.line)


@kind("`headers` for `header`", "AZ504")
def headers(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$response\.(header)\."):
        yield fault((token.replaced("headers"),), token.line)


@kind("a member misspelt in a pointer into a response", "AZ221", "AZ222")
def misspelt_pointer(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$response\.body#/(?:\w+/)*(\w+)"):
        if not token.text.isdigit():
            yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a pointer that leaves out the list's index", "AZ221", "AZ222")
def no_index(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$response\.body#(?:/\w+)*(/\d+)"):
        yield fault((token.replaced(""),), token.line)


@kind("an output of a called workflow misspelt", "AZ212")
def misspelt_callee_output(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$outputs\.(\w+)"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("a source description misspelt in an expression", "AZ213")
def misspelt_source(subject: Subject) -> Iterator[Mutant]:
    for token in subject.tokens(r"\$sourceDescriptions\.(\w+)"):
        yield fault((token.replaced(misspelt(token.text)),), token.line)


@kind("an input that a request needs is not required", "AZ219")
def optional_input(subject: Subject) -> Iterator[Mutant]:
    for place in subject.places("workflows/*/inputs/required/*"):
        workflow = subject.workflow(place)
        assert workflow is not None
        whole = rf"value: (\$inputs\.{place.scalar})\s"
        for parameter in workflow.tokens(whole):
            line = parameter.line
            owner = subject.text.splitlines()[line - 2 : line]
            declared = workflow.get("inputs", "properties", place.scalar)
            if declared is not None and any("in: path" in each for each in owner):
                yield fault((place.removed(),), declared.key_line)
                break
