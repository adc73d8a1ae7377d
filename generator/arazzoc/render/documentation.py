"""What docstrings of modules, functions, parameters and outputs say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arazzoc.ir.graph import Call, Given, Graph, Parameter, WorkflowCall, WorkflowOutput
from arazzoc.ir.walk import parts_of, step_calls
from arazzoc.model.arazzo import Info
from arazzoc.model.prose import opening
from arazzoc.names import Identifier
from arazzoc.render.composed import may_be_no_query
from arazzoc.render.literals import docstring, one_line, wrapped
from arazzoc.render.meanings import Meanings
from arazzoc.render.results import Results
from arazzoc.render.unwritable import may_be_unwritable
from arazzoc.render.uses import Uses
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import StepOutput

__all__ = [
    "about_given",
    "about_output",
    "about_parameter",
    "description",
    "module_docstring",
    "raised",
    "summary",
]


def module_docstring(info: Info, requirements: Sequence[str] = ()) -> str:
    """The title, version and summary of the document, and the packages that the module imports."""
    title = wrapped(f"{info.title}, version {info.version}.", 3)
    about = info.summary or info.description
    needs = (
        f"Install {' and '.join(f'`{name}`' for name in requirements)} to import it."
        if requirements
        else ""
    )
    text = "\n\n".join(
        [title, *([wrapped(about, 0)] if about else []), *([needs] if needs else [])]
    )
    return docstring(f"{text}\n") if about or needs else docstring(text)


def summary(graph: Graph) -> str:
    """A function's first sentence."""
    plain = opening(graph.summary or graph.description or "")[0]
    plain = plain or f"Run workflow `{graph.workflow_id}`."
    return plain if len(plain) <= 82 else wrapped(plain, 7).replace("\n", "\n    ")


def description(graph: Graph) -> str:
    """What stands behind a function's first sentence."""
    said, told = graph.summary or "", graph.description or ""
    paragraphs = [opening(said or told)[1]]
    if said and said.split() != told.split():
        paragraphs.append(told)
    if graph.origin is not None:
        paragraphs.append(f"Workflow `{graph.workflow_id}` of `{graph.origin}`.")
    filled = [wrapped(paragraph, 4) for paragraph in paragraphs if paragraph.strip()]
    return "\n\n".join([*filled, _requests(graph)])


def _requests(graph: Graph) -> str:
    """What a function sends if it gets so far, once each, in the order of the steps."""
    calls = [*graph.before, *(call for step in graph.steps for call in step_calls(step))]
    sent = dict.fromkeys(
        _request(call) if isinstance(call, Call) else f"those of `{call.function}`"
        for call in calls
    )
    return "\n    ".join(["Requests:", *map(one_line, sent)])


def _request(call: Call) -> str:
    parts = (part if isinstance(part, str) else f"{{{part.name}}}" for part in call.path)
    return f"{call.method} {''.join(parts)}"


def about_parameter(parameter: Parameter, uses: Uses) -> str:
    """The entry of a parameter under `Args:`."""
    name = parameter.argument.name
    stated = (parameter.description or "").strip()
    said = stated or parameter.place or f"Input `{parameter.json_name}`."
    about = " ".join(said.split())
    plain = Identifier.of(parameter.json_name)
    renamed = parameter.origin == "input" and name.strip("_") != plain.strip("_")
    if renamed and f"Input `{parameter.json_name}`" not in about:
        about = f"Input `{parameter.json_name}`. {about}"
    about = _sentence(about)
    if parameter.is_fetched:
        about += " Client credentials fetch one where it is needed, and keep it."
    if parameter.origin == "input" and name not in uses.read:
        about += " No step reads it."
    elif parameter.argument.absent:
        about += _without(name, uses, about)
    return docstring(wrapped(about, 8, hanging=4, prefix=f"{name}: "))


def about_given(given: Given) -> str:
    """The entry of what may have run already, under `Args:`."""
    about = f"Whether workflow `{given.workflow_id}` has run already."
    if given.results:
        about = f"What workflow `{given.workflow_id}` gave back where it has run; None runs it."
    return docstring(wrapped(about, 8, hanging=4, prefix=f"{given.name}: "))


def _without(name: Identifier, uses: Uses, about: str) -> str:
    """What None means for an argument that may be left out and of which `about` is said already."""
    needing = uses.needed.get(name)
    if needing is not None:
        named = about.endswith(f" of step `{needing}`.")
        step = "" if named else f"Step `{needing}` needs it: "
        return f" {step}`MissingValue` where None."
    if name in uses.sent:
        return " Left out where None."
    if name in uses.passed:
        return f" Left to workflow `{uses.passed[name]}` where None."
    return ""


def about_output(output: WorkflowOutput, graph: Graph, meanings: Meanings) -> str:
    """What the attribute of an output is: what it means, where it is from, and what None means."""
    said = meanings.of(output.value, graph)
    return f"{_sentence(said)} {_origin(output, graph)}".lstrip()


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".!?" else f"{text}."


def _origin(output: WorkflowOutput, graph: Graph) -> str:
    where = " and ".join(f"`{step}`" for step in sorted(output.steps))
    many = "steps" if len(output.steps) > 1 else "step"
    if not output.optional:
        return f"`{output.name}`, from {many} {where}." if where else f"`{output.name}`."
    if not where:
        return f"`{output.name}`: None where it is not there."
    lacking = f"the response of step {where} has none"
    if any(isinstance(graph.step(step).call, WorkflowCall) for step in output.steps):
        lacking = f"step {where} gives none"
    if not output.skippable:
        return f"`{output.name}`: None where {lacking}."
    skipped = f"{many} {where} did not succeed"
    if _may_lack(output, graph):
        skipped += f", or {lacking if len(output.steps) > 1 else _lacking_itself(output, graph)}"
    return f"`{output.name}`: None where {skipped}."


def _lacking_itself(output: WorkflowOutput, graph: Graph) -> str:
    """What a step lacks that has been named."""
    called = any(isinstance(graph.step(step).call, WorkflowCall) for step in output.steps)
    return "it gives none" if called else "its response has none"


def _may_lack(output: WorkflowOutput, graph: Graph) -> bool:
    """Whether a step that the output comes from may succeed without a value for it."""
    read = {(p.step_id, p.output) for p in parts_of(output.value) if isinstance(p, StepOutput)}
    variables = (known.variable for each in output.steps for known in graph.step(each).outputs)
    return any((each.step_id, each.output) in read and each.absent for each in variables)


def raised(graph: Graph, results: Results, types: SchemaTypes) -> Iterator[str]:
    """The entries under `Raises:`."""
    yield "StepFailed: A step did not meet its success criteria, or got no response."
    calls = [call for step in graph.steps for call in step_calls(step)]
    if any(call.needs for call in calls):
        yield "MissingValue: A request needed a value that was not there."
    if any(isinstance(call, Call) and may_be_unwritable(call, types) for call in calls):
        yield "InvalidValue: A value cannot be sent where a request has it."
    if any(results.is_required(output) for step in graph.steps for output in step.outputs):
        yield "OutputMissing: A response lacked what its description promises."
    if may_be_no_query(graph):
        yield "InvalidQuery: A query that was put together is none."
    if any(parameter.is_fetched for parameter in graph.parameters):
        yield "TokenFailed: Client credentials were not exchanged for a token."
