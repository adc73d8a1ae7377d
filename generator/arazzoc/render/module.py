"""A module: header, imports, types, functions, and the runtime that they call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from arazzoc.edition import Edition
from arazzoc.flow.structure import structure
from arazzoc.flow.tree import Block
from arazzoc.frozen import dataclass
from arazzoc.ir.graph import (
    Call,
    Given,
    Graph,
    Parameter,
    WorkflowCall,
)
from arazzoc.ir.walk import graph_values, parts_of, step_calls
from arazzoc.layout.modules import lay_out
from arazzoc.model.arazzo import Info
from arazzoc.names import RESERVED, Scope
from arazzoc.render.annotations import Annotations, TypeView, direction
from arazzoc.render.blocks import Blocks
from arazzoc.render.bundle import bundle, public_names
from arazzoc.render.documentation import (
    about_given,
    about_output,
    about_parameter,
    description,
    module_docstring,
    raised,
    summary,
)
from arazzoc.render.doubts import doubtful_arguments
from arazzoc.render.failure_actions import FailureActions
from arazzoc.render.imports import Imports
from arazzoc.render.literals import docstring, literal, one_line, wrapped
from arazzoc.render.meanings import Meanings
from arazzoc.render.requests import Requests
from arazzoc.render.results import Results, declared_results
from arazzoc.render.shared import shared_imports
from arazzoc.render.template_root import template_root
from arazzoc.render.uses import Uses, uses_in
from arazzoc.render.values import Values, is_file, may_be_missing
from arazzoc.render.vocabulary import Vocabulary, mentioned
from arazzoc.types.forms import is_file_type
from arazzoc.types.schema import SchemaTypes
from arazzoc.types.value import Argument
from arazzoc.version import __version__

__all__ = ["Origin", "RenderingError", "render_module"]

_BODY: Final = 8
"""The column of a function's body."""
_RUNTIME: Final = (
    "# --- runtime: the parts of arazzoc's that this module calls, free of conditions (0BSD) ---"
)
_BLANK_LINES: Final = re.compile(r"\n{4,}")
_ALWAYS_CARRIED: Final = ("Request", "Response", "StepFailed", "WorkflowError")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a module came from, for its header.

    Attributes:
        source: The document's path as the header shows it.
        digest: SHA-256 over the document and every description it uses.
        info: The document's title and such.
        module: The module's path below the output folder, with forward slashes.
    """

    source: str
    digest: str
    info: Info
    module: str


class RenderingError(Exception):
    """The rendered text is not Python: a fault of the compiler.

    Attributes:
        line: The line of the rendered text.
        text: The rendered text.
    """

    def __init__(self, message: str, line: int, text: str) -> None:
        super().__init__(message)
        self.line = line
        self.text = text


def render_module(
    origin: Origin, graphs: Sequence[Graph], types: SchemaTypes, edition: Edition
) -> str:
    """The text of the module with a function for each of `graphs`, formatted.

    Raises:
        RenderingError: The templates made text that is not Python.
    """
    environment = _environment()
    imports = Imports()
    vocabulary = Vocabulary(imports, edition)
    annotations, actions, bodies = _bodies(graphs, types, vocabulary, environment)
    called = mentioned(bodies).intersection(vocabulary.wanted())
    carried = bundle({*called, *_ALWAYS_CARRIED}, edition)
    shared: Sequence[str] = ()
    if edition.runtime == "shared":
        named = {*called, *carried.exported}
        shared = shared_imports(carried, named, origin.module, edition)
    else:
        imports.update(carried.imports)
    if _constants(graphs) or actions.constants():
        imports.add("typing", "Final")
    text = environment.get_template("module.py.jinja").render(
        version=__version__,
        source=one_line(origin.source),
        digest=origin.digest,
        documentation=module_docstring(origin.info, imports.requirements()),
        imports=imports.lines(),
        shared=shared,
        exports=sorted(_exports(graphs, annotations.definitions(), carried.exported)),
        servers=list(_constants(graphs).items()),
        actions=actions.constants(),
        definitions=[_definition(environment, view) for view in annotations.definitions()],
        functions=bodies,
    )
    own = _formatted(_BLANK_LINES.sub("\n\n\n", text))
    return own if shared else f"{own}\n\n{_RUNTIME}\n\n\n{carried.source}"


def names_called(graphs: Sequence[Graph], types: SchemaTypes) -> frozenset[str]:
    """The names that functions for `graphs` mention, but for those of their own arguments and variables.

    They are those of the plain edition: arguments have the same names in all editions.
    """
    vocabulary = Vocabulary(Imports(), Edition())
    return mentioned(_bodies(graphs, types, vocabulary, _environment())[-1])


def _bodies(
    graphs: Sequence[Graph], types: SchemaTypes, vocabulary: Vocabulary, environment: Environment
) -> tuple[Annotations, FailureActions, list[str]]:
    """The functions and the classes of their outputs, and the types and tables that these mention."""
    taken = {str(graph.function) for graph in graphs} | {str(graph.result) for graph in graphs}
    names = Scope({*public_names(), *RESERVED, *taken, *_constants(graphs)})
    annotations = Annotations(types, names, vocabulary.imports)
    doubtful = doubtful_arguments(graphs)
    trees = [structure(graph) for graph in graphs]
    deciding = zip((graph.function for graph in graphs), trees, strict=True)
    actions = FailureActions(deciding, names)
    meanings = Meanings(graphs, types)
    functions = [
        _Function(
            graph,
            tree,
            environment,
            annotations,
            vocabulary,
            Values(types, vocabulary, doubtful.get(graph.function, frozenset())),
            actions,
            meanings,
        )
        for graph, tree in zip(graphs, trees, strict=True)
    ]
    return annotations, actions, [part for function in functions for part in function.parts()]


class _Function:
    """One workflow's function and the class of its outputs."""

    def __init__(
        self,
        graph: Graph,
        tree: Block,
        environment: Environment,
        annotations: Annotations,
        vocabulary: Vocabulary,
        values: Values,
        actions: FailureActions,
        meanings: Meanings,
    ) -> None:
        self._graph = graph
        self._meanings = meanings
        self._environment = environment
        self._annotations = annotations
        self._vocabulary = vocabulary
        self._tree = tree
        self._actions = actions
        self._values = values
        self._results = Results(graph, self._tree, self._values, annotations, vocabulary)

    def parts(self) -> Iterator[str]:
        """The outputs' class, if there are outputs, and the function."""
        if self._graph.result is not None:
            yield self._outputs()
        yield self._function()

    def _outputs(self) -> str:
        self._vocabulary.imports.add("dataclasses", "dataclass")
        if any(output.secret for output in self._graph.outputs):
            self._vocabulary.imports.add("dataclasses", "field")
        return self._environment.get_template("outputs.py.jinja").render(
            name=self._graph.result,
            function=self._graph.function,
            outputs=[
                {
                    "attribute": output.attribute,
                    "annotation": self._annotations.of(
                        output.type, direction(output.value), optional=output.optional
                    ),
                    "secret": output.secret,
                    "description": docstring(
                        wrapped(about_output(output, self._graph, self._meanings), 10)
                    ),
                }
                for output in self._graph.outputs
            ],
        )

    def _function(self) -> str:
        graph = self._graph
        uses = uses_in(graph)
        signature = [self._parameter(parameter, uses) for parameter in graph.parameters]
        signature.extend(map(_given, graph.given))
        signature.extend(self._servers())
        body = self._body()
        return self._environment.get_template("function.py.jinja").render(
            name=graph.function,
            parameters=signature,
            result=" | ".join(map(str, graph.results)),
            summary=docstring(summary(graph)),
            description=docstring(description(graph)),
            errors=list(raised(graph, self._results, self._values.types)),
            opened=self._vocabulary.runtime("opened"),
            transport=self._vocabulary.transport(),
            notes=any(self._results.noted(step) for step in graph.steps),
            first=[*self._bases(), *self._files()],
            variables=self._variables(),
            body=body,
            **self._vocabulary.colour(),
        )

    def _body(self) -> str:
        graph = self._graph
        names = Scope(RESERVED)
        names.reserve(parameter.argument.name for parameter in graph.parameters)
        names.reserve(server.keyword for server in graph.servers)
        names.reserve(call.function for call in graph.before)
        names.reserve(call.result for call in graph.before)
        names.reserve(given.name for given in graph.given)
        names.reserve(
            call.function
            for step in graph.steps
            for call in step_calls(step)
            if isinstance(call, WorkflowCall)
        )
        names.reserve(output.variable.name for step in graph.steps for output in step.outputs)
        blocks = Blocks(
            graph,
            self._environment,
            self._values,
            Requests(self._values, self._vocabulary, names),
            self._results,
            self._vocabulary,
            self._actions,
            names,
        )
        before = blocks.before()
        body = blocks.write(self._tree, _BODY).removesuffix("\n\nreturn")
        return f"{before}\n\n{body}" if before else body

    def _bases(self) -> Iterator[str]:
        """Paths begin with a slash, so the servers that the caller names must not end in one."""
        asked = [step.call.server for step in self._graph.steps if isinstance(step.call, Call)]
        for server in {server.keyword: server for server in asked}.values():
            url = server.keyword
            given = "" if server.only else f"{url} and "
            yield f'{url} = {given}{url}.rstrip("/")'

    def _files(self) -> Iterator[str]:
        """Reads the files that the caller gives, before anything is sent."""
        used = {
            part.name
            for value in graph_values(self._graph)
            for part in parts_of(value)
            if isinstance(part, Argument)
        }
        for parameter in self._graph.parameters:
            argument, name = parameter.argument, parameter.argument.name
            if not is_file_type(argument.type) or name not in used:
                continue
            loaded = self._vocabulary.runtime("loaded")
            read = f"{loaded}({name})"
            if not is_file(argument):
                read = f"[{loaded}(each) for each in {name}]"
            given = f"None if {name} is None else {read}" if may_be_missing(argument) else read
            yield f"{name} = {given}"

    def _annotation(self, argument: Argument) -> str:
        """The annotation of an argument; files are given in several ways."""
        if not is_file_type(argument.type):
            return self._annotations.of(argument.type, "given", optional=argument.absent)
        text = self._vocabulary.runtime("File")
        if not is_file(argument):
            self._vocabulary.imports.add("collections.abc", "Sequence")
            text = f"Sequence[{text}]"
        return f"{text} | None" if may_be_missing(argument) else text

    def _parameter(self, parameter: Parameter, uses: Uses) -> dict[str, str]:
        argument = parameter.argument
        annotation = self._annotation(argument)
        if parameter.is_fetched:
            annotation += f" | {self._vocabulary.client_credentials()}"
        default = "None" if argument.absent else ""
        if parameter.default is not None:
            default = literal(parameter.default.value)
        return {
            "name": argument.name,
            "annotation": annotation,
            "default": default,
            "documentation": about_parameter(parameter, uses),
        }

    def _servers(self) -> Iterator[dict[str, str]]:
        seen: set[str] = set()
        for server in self._graph.servers:
            if server.keyword in seen:
                continue
            seen.add(server.keyword)
            if server.only:
                default = str(server.constant or "")
                about, annotation = f"Server of `{server.source}`.", "str"
            else:
                default, annotation = "None", "str | None"
                about = f"Server of `{server.source}`; None leaves each request to its own."
            yield {
                "name": server.keyword,
                "annotation": annotation,
                "default": default,
                "documentation": f"{server.keyword}: {docstring(about)}",
            }

    def _variables(self) -> list[dict[str, str]]:
        loose = self._results.loosely_typed()
        found: list[dict[str, str]] = []
        for variable in self._results.initial():
            if variable.name in loose:
                self._vocabulary.imports.add("typing", "Any")
                annotation = "Any"
            else:
                annotation = self._annotations.of(variable.type, direction(variable), optional=True)
            found.append({"name": variable.name, "annotation": f"{annotation} = None"})
        for variable in self._results.declared():
            annotation = "Any"
            if variable.name in loose:
                self._vocabulary.imports.add("typing", "Any")
            else:
                annotation = self._annotations.of(
                    variable.type, direction(variable), optional=variable.absent
                )
            found.append({"name": variable.name, "annotation": annotation})
        for name, type_, value in self._results.kept():
            annotation = self._annotations.of(type_, direction(value), optional=value.absent)
            found.append({"name": name, "annotation": annotation})
        for call in declared_results(self._graph):
            failed = self._vocabulary.runtime("CallFailed")
            annotation = " | ".join([*map(str, call.results), failed])
            found.append({"name": call.result, "annotation": annotation})
        return found


def _given(given: Given) -> dict[str, str]:
    """The parameter by which a function is told that another one has run."""
    classes = " | ".join(map(str, given.results))
    return {
        "name": given.name,
        "annotation": f"{classes} | None" if classes else "bool",
        "default": "None" if classes else "False",
        "documentation": about_given(given),
    }


@cache
def _environment() -> Environment:
    """What templates are compiled in, once; they hold nothing of the modules that they made."""
    environment = Environment(
        loader=FileSystemLoader(template_root()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is Python, not HTML
    )
    environment.filters["literal"] = literal
    return environment


def _constants(graphs: Sequence[Graph]) -> Mapping[str, str]:
    return {
        str(server.constant): literal(server.url)
        for graph in graphs
        for server in graph.servers
        if server.constant is not None
    }


def _exports(
    graphs: Sequence[Graph], definitions: Sequence[TypeView], runtime: Iterable[str]
) -> Iterator[str]:
    yield from runtime
    yield from (definition.name for definition in definitions)
    for graph in graphs:
        yield graph.function
        if graph.result is not None:
            yield graph.result


def _definition(environment: Environment, view: TypeView) -> str:
    template = environment.get_template(f"{view.template}.py.jinja")
    return template.render(
        name=view.name,
        description=docstring(wrapped(view.description, 10)),
        annotation=view.annotation,
        fields=[
            {
                "key": field.key,
                "annotation": field.annotation,
                "description": docstring(wrapped(field.description, 10)),
            }
            for field in view.fields
        ],
    ).strip("\n")


def _formatted(text: str) -> str:
    """The layout of `text`; what a module carries of the runtime is laid out so in its source.

    Raises:
        RenderingError: It is not Python.
    """
    try:
        return lay_out(text)
    except SyntaxError as error:
        raise RenderingError(error.msg, error.lineno or 1, text) from error
