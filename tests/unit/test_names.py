"""Python names: always valid, never taken, and kept apart from what generated code calls itself."""

from __future__ import annotations

import ast
import builtins
import keyword
from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arazzoc.runtime
from arazzoc.names import RESERVED, ClassName, ConstantName, Identifier, ModuleName, Scope, singular
from tests.compiling import JOBS, Answer, compile_text, compile_workflow

ROOT = Path(__file__).parents[2]
ANY_TEXT = (
    st.text()
    | st.text("aB1_- .$é", max_size=12)
    | st.sampled_from([*keyword.kwlist, *dir(builtins)])
)
RUNTIME = sorted(
    {
        name
        for folder in ("", "aio.")
        for path in (Path(arazzoc.runtime.__file__ or "").parent / folder[:-1]).glob("[!_]*.py")
        for name in import_module(f"arazzoc.runtime.{folder}{path.stem}").__all__
    }
)


class TestSpelling:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("jobId", "job_id"),
            ("job-id", "job_id"),
            ("Access Token", "access_token"),
            ("HTTPStatus", "http_status"),
            ("X-API-Key", "x_api_key"),
            ("filter[status]", "filter_status"),
            ("naïve café", "naive_cafe"),
            ("class", "class_"),
            ("match", "match_"),
            ("2fa", "value_2fa"),
            ("日本", "value"),
            ("", "value"),
            ("__", "value"),
        ],
    )
    def test_identifiers_are_snake_case(self, text: str, name: str) -> None:
        assert Identifier.of(text) == name

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("cancel-running-job", "CancelRunningJob"),
            ("HTTPStatus", "HTTPStatus"),
            ("none", "None_"),
            ("exception", "Exception_"),
            ("404 error", "Value404Error"),
            ("日本", "Value"),
        ],
    )
    def test_class_names_are_cap_words(self, text: str, name: str) -> None:
        assert ClassName.of(text) == name

    def test_constants_are_upper_case(self) -> None:
        assert ConstantName.of("jobsApi url") == "JOBS_API_URL"
        assert ConstantName.of("2 url") == "VALUE2_URL"

    def test_modules_are_named_like_variables(self) -> None:
        assert ModuleName.of("ibm-quantum") == "ibm_quantum"
        assert ModuleName.of("CON") == "con_"
        assert ModuleName.of("com1.example") == "com1_example"
        assert ModuleName.of("日本") == "module"

    @given(ANY_TEXT)
    def test_every_text_gives_a_name_that_python_takes(self, text: str) -> None:
        for kind in (Identifier, ConstantName, ClassName, ModuleName):
            name = kind.of(text)
            assert name.isidentifier()
            assert name.isascii()
            assert not keyword.iskeyword(name)
            assert not keyword.issoftkeyword(name)
            assert not name.startswith("_")
        assert ClassName.of(text) not in dir(builtins)

    @given(ANY_TEXT)
    def test_a_name_is_its_own_name(self, text: str) -> None:
        name = Identifier.of(text)
        assert Identifier.of(name).rstrip("_") == name.rstrip("_")


class TestMembers:
    @pytest.mark.parametrize(
        ("owner", "member", "name"),
        [
            ("findMember", "memberUserId", "find_member_user_id"),
            ("pet", "id", "pet_id"),
            ("pets", "petId", "pets_pet_id"),
            ("project", "projectId", "project_id"),
            ("a b", "a b", "a_b"),
            ("class", "type", "class_type"),
            ("", "id", "value_id"),
        ],
    )
    def test_words_that_meet_are_written_once(self, owner: str, member: str, name: str) -> None:
        assert Identifier.of_member(owner, member) == name

    @given(ANY_TEXT, ANY_TEXT)
    def test_the_name_of_a_member_is_a_name(self, owner: str, member: str) -> None:
        name = Identifier.of_member(owner, member)
        assert name.isidentifier()
        assert not keyword.iskeyword(name)

    @pytest.mark.parametrize(
        ("many", "one"),
        [("pets", "pet"), ("entries", "entry"), ("status", "status"), ("details", "details")],
    )
    def test_one_of_several(self, many: str, one: str) -> None:
        assert singular(many) == one


class TestNamesOfValues:
    def test_a_value_that_a_request_needs_is_named_after_what_it_is_of(self) -> None:
        text = """
            inputs: {type: object, properties: {id: {type: string}}, required: [id]}
            steps:
              - stepId: find
                operationId: list
                parameters: [{name: tag, in: query, value: [$inputs.id]}]
                outputs: {jobs: $response.body}
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $steps.find.outputs.jobs#/0/id}]
            """
        source = compile_workflow(text, warns=("AZ218",)).source
        assert 'job_id = at(jobs, "0", "id")' in source

    def test_an_output_that_nothing_reads_leaves_its_name_to_others(self) -> None:
        text = """
            steps:
              - {stepId: first, operationId: list, outputs: {whole: $response.body, count: $response.body#/count}}
              - {stepId: second, operationId: list, outputs: {whole: $response.body, count: $statusCode}}
            outputs: {whole: $steps.second.outputs.whole, one: $steps.first.outputs.count,
              two: $steps.second.outputs.count}
            """
        source = "".join(compile_workflow(text).source.split())
        assert "FlowOutputs(whole=whole,one=first_count,two=second_count" in source


class TestScope:
    def test_a_name_that_is_taken_gets_a_number(self) -> None:
        scope = Scope()
        assert [scope.claim(Identifier("a")) for _ in range(3)] == ["a", "a_2", "a_3"]

    def test_a_name_that_is_reserved_gets_an_underscore(self) -> None:
        scope = Scope(["a"])
        scope.reserve(["b"])
        claimed = [scope.claim(Identifier(name)) for name in ("a", "b", "a")]
        assert claimed == ["a_", "b_", "a_2"]
        assert "a" in scope

    def test_an_inner_scope_knows_the_outer_one_and_not_the_other_way_round(self) -> None:
        outer = Scope(["a"])
        outer.claim(Identifier("b"))
        inner = outer.inner()
        assert inner.claim(Identifier("b")) == "b_2"
        assert inner.claim(Identifier("a")) == "a_"
        assert "b_2" not in outer

    @given(st.lists(ANY_TEXT), st.sets(st.sampled_from(sorted(RESERVED))))
    def test_names_are_never_given_twice(self, texts: list[str], reserved: set[str]) -> None:
        scope = Scope(reserved)
        claimed = [scope.claim(Identifier.of(text)) for text in texts]
        assert len(set(claimed)) == len(claimed)
        assert not set(claimed) & reserved
        assert all(name.isidentifier() and not keyword.iskeyword(name) for name in claimed)


class TestReserved:
    @pytest.mark.parametrize("name", [name for name in RUNTIME if name == Identifier.of(name)])
    def test_no_argument_can_hide_what_a_function_calls(self, name: str) -> None:
        called = set(_mentioned())
        if name in called:
            assert name in RESERVED

    def test_the_runtime_has_all_that_is_reserved_for_it(self) -> None:
        assert set(_mentioned()) <= set(RUNTIME)


class TestNamesOfArguments:
    INPUTS: ClassVar[tuple[str, ...]] = (
        "query",
        "text",
        "size",
        "json",
        "list",
        "type",
        "field",
        "time",
        "form",
        "cookies",
    )

    def arguments(self, payload: str, more: str = "") -> list[str]:
        properties = ", ".join(f"{name}: {{type: string}}" for name in self.INPUTS)
        module = compile_workflow(f"""
            inputs: {{type: object, required: [{", ".join(self.INPUTS)}], properties: {{{properties}}}}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody: {{payload: {payload}}}
              - stepId: list
                operationId: list
                parameters: [{{name: tag, in: query, value: some}}]
                {more}
            """)
        values: dict[str, object] = dict.fromkeys(self.INPUTS, "x")
        given = signature(module.module.flow).parameters
        named = [name for name in given if name.rstrip("_") in self.INPUTS]
        keywords = {name: values[name.rstrip("_")] for name in named}
        _, script = module.run(Answer(201), Answer(200, body=[]), **keywords)
        assert "x" in script.sent[0].json.values()
        return named

    def test_they_stay_where_the_module_calls_nothing_of_that_name(self) -> None:
        payload = "{" + ", ".join(f"{name}: $inputs.{name}" for name in self.INPUTS) + "}"
        assert self.arguments(payload) == [
            *(
                "query",
                "text",
                "size",
                "json",
                "list_",
                "type_",
                "field",
                "time",
                "form",
                "cookies",
            ),
        ]

    def test_those_that_a_function_calls_get_an_underscore(self) -> None:
        retry = "onFailure: [{name: again, type: retry, retryAfter: 0.1}]"
        named = self.arguments("{a: $inputs.form}", retry)
        assert {"time_", "query", "text"} <= set(named)


QUERIES = [
    "$.a[?@.b > 1 && length(@.c) == 2].d",
    "$..a",
    "$[?count(@.*) == 2]",
    "$[?match(@.a, $.b) || search(@.a, 'x')]",
    "$[?value(@..a) == 1]",
    "$.a[1:5:2]",
    "$[-1]",
    "$.a['b', 'c'][*]",
    "$.length > 0 && $.a == $inputs.id",
    "$.a[{$inputs.id}]",
    "$[?@.a == {$inputs.id}]",
]


def _modules() -> Iterator[str]:
    yield from (path.read_text("utf-8") for path in sorted((ROOT / "generated").rglob("*.py")))
    for query in QUERIES:
        criterion = f"{{type: jsonpath, context: $response.body, condition: {query!r}}}"
        result = compile_text(f"""
            inputs: {{type: object, required: [id], properties: {{id: {{}}}}}}
            steps: [{{stepId: list, operationId: list, successCriteria: [{criterion}]}}]
            """)
        yield from (module.source for module in result.modules)

    composed = "{type: regex, context: $response.body, condition: '^{$inputs.id}$'}"
    result = compile_text(f"""
        inputs: {{type: object, required: [id], properties: {{id: {{}}}}}}
        steps: [{{stepId: list, operationId: list, successCriteria: [{composed}]}}]
        """)
    yield from (module.source for module in result.modules)


def _workflow_functions(source: str) -> Iterator[ast.FunctionDef]:
    for function in ast.parse(source).body:
        if isinstance(function, ast.FunctionDef) and any(
            argument.arg == "transport" for argument in function.args.kwonlyargs
        ):
            yield function


def test_functions_mention_nothing_that_an_argument_could_hide() -> None:
    seen = 0
    for source in _modules():
        functions = {function.name: function for function in _workflow_functions(source)}
        for function in functions.values():
            seen += 1
            names = [node for node in ast.walk(function) if isinstance(node, ast.Name)]
            own = {argument.arg for argument in function.args.kwonlyargs}
            own |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
            own |= {
                node.name
                for node in ast.walk(function)
                if isinstance(node, ast.ExceptHandler) and node.name
            }
            others = {node.id for node in names} - own
            # What a function is called is chosen with a view to the arguments of those that call it.
            assert {name for name in others if name.islower()} <= RESERVED | functions.keys()
    assert seen > len(QUERIES)


def _mentioned() -> list[str]:
    """The runtime's names that the renderer writes into functions."""
    package = Path(arazzoc.__file__ or "").parent / "render"
    return [
        argument.value
        for path in package.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".runtime")
        for argument in ast.walk(node.args[0])
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


class TestModules:
    """Whatever a document calls its things, the module works."""

    NASTY = sorted(
        {*RESERVED, *RUNTIME, *keyword.kwlist, "quote", "cache", "date", "print", "len", "map"}
    )

    def test_inputs_of_any_name(self) -> None:
        properties = ", ".join(f"{name!r}: {{type: string}}" for name in self.NASTY)
        members = ", ".join(f"{name!r}: $inputs.{name}" for name in self.NASTY)
        module = compile_workflow(f"""
            inputs: {{type: object, required: {self.NASTY!r}, properties: {{{properties}}}}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody: {{payload: {{{members}}}}}
                successCriteria: [{{condition: $response.body#/note == $inputs.text}}]
            """)
        keywords = {
            line.strip().partition(":")[0]
            for line in module.source.partition("def flow(")[2]
            .partition("transport: Transport")[0]
            .splitlines()
            if ": str," in line
        }
        values = {name: name.upper() for name in keywords}
        _, script = module.run(Answer(201, {"note": values["text"]}), **values)
        assert set(script.sent[0].json) == set(self.NASTY)
        assert set(script.sent[0].json.values()) == set(values.values())

    def test_outputs_of_any_name(self) -> None:
        own = ", ".join(f"{name!r}: $response.body#/{name}" for name in self.NASTY)
        given = ", ".join(f"{name!r}: $steps.list.outputs.{name}" for name in self.NASTY)
        module = compile_workflow(f"""
            steps: [{{stepId: list, operationId: list, outputs: {{{own}}}}}]
            outputs: {{{given}}}
            """)
        result, _ = module.run(Answer(200, {name: name for name in self.NASTY}))
        found = sorted(getattr(result, slot) for slot in result.__slots__)
        assert found == self.NASTY

    @pytest.mark.parametrize(
        "name", ["send", "segment", "quote", "map", "isinstance", "Request", "time", "json"]
    )
    def test_workflows_of_any_name(self, name: str) -> None:
        document = f"""
            arazzo: 1.0.1
            info: {{title: T, version: '1'}}
            sourceDescriptions: [{{name: api, url: api.yaml, type: openapi}}]
            workflows:
              - workflowId: {name}
                steps:
                  - stepId: read
                    operationId: read
                    parameters: [{{name: id, in: path, value: $inputs.ids}}]
                inputs: {{type: object, required: [ids], properties: {{ids: {{type: string}}}}}}
            """
        (module,) = compile_text(document).modules
        (workflow,) = module.workflows
        loaded = compile_workflow(document).module
        sent: list[str] = []

        def transport(request: object) -> object:
            sent.append(getattr(request, "url", ""))
            return loaded.Response(200, {"content-type": "application/json"}, b'{"id": "1"}')

        getattr(loaded, workflow.function)(ids="a b", transport=transport)
        assert sent == ["https://api.example/jobs/a%20b"]

    @pytest.mark.parametrize(
        "name", ["Request", "NotRequired", "TypedDict", "Mapping", "StepFailed", "FlowOutputs"]
    )
    def test_schemas_of_any_name(self, name: str) -> None:
        openapi = JOBS.replace("schemas/Job", f"schemas/{name}").replace(
            "    Job:\n      type", f"    {name}:\n      type"
        )
        module = compile_workflow(
            """
            inputs: {type: object, required: [id], properties: {id: {type: string}}}
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $inputs.id}]
                outputs: {job: $response.body}
            outputs: {job: $steps.read.outputs.job}
            """,
            openapi,
        )
        result, _ = module.run(Answer(200, {"id": "1", "status": "x"}), id="1")
        assert result.job["id"] == "1"
        assert f"class {name}Object(TypedDict)" in module.source

    def test_a_step_is_told_from_the_dependency_of_its_name(self) -> None:
        module = compile_workflow("""
            arazzo: 1.0.1
            info: {title: Test, version: 1.0.0}
            sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
            workflows:
              - workflowId: login
                steps: [{stepId: submit, operationId: submit, outputs: {id: $response.body#/id}}]
                outputs: {id: $steps.submit.outputs.id}
              - workflowId: flow
                dependsOn: [login]
                steps: [{stepId: login, workflowId: login}]
                outputs: {first: $workflows.login.outputs.id, then: $steps.login.outputs.id}
            """)
        assert "login_result" in module.source
        assert "login_step_result" in module.source
        assert "login_result_2" not in module.source
        result, _ = module.run(*(Answer(201, {"id": each, "status": "new"}) for each in ("1", "2")))
        assert (result.first, result.then) == ("1", "2")

    def test_a_retry_s_counter_is_no_argument(self, monkeypatch: pytest.MonkeyPatch) -> None:
        naps: list[float] = []
        monkeypatch.setattr("time.sleep", naps.append)
        module = compile_workflow("""
            inputs: {type: object, required: [busyRetries], properties: {busyRetries: {type: string}}}
            steps:
              - stepId: list
                operationId: list
                parameters: [{name: X-Trace, in: header, value: $inputs.busyRetries}]
                onFailure:
                  - {name: busy, type: retry, criteria: [{condition: $statusCode == 503}]}
                  - {name: other, type: retry}
            """)
        _, script = module.run(Answer(503), Answer(500), Answer(200), busy_retries="mine")
        assert [sent.headers for sent in script.sent] == [{"X-Trace": "mine"}] * 3
