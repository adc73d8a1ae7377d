"""Workflows of other documents: which ones are meant, what their functions are called, what is told of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent

import pytest

from arazzoc.compiler import compile_documents, graph, lint
from tests.compiling import (
    JOBS,
    Answer,
    Compiled,
    compile_text,
    compile_workflow,
    errors,
    told,
    workflow,
)

JOB = {"id": "1", "status": "Queued"}
SECURED = JOBS.replace(
    "components:\n",
    "security: [{bearer: []}]\ncomponents:\n"
    "  securitySchemes: {bearer: {type: http, scheme: bearer}}\n",
)
CALL = """
    steps:
      - stepId: login
        workflowId: $sourceDescriptions.common.get-token
        parameters: [{name: user, value: me}]
    outputs: {token: $steps.login.outputs.token}
    """
LOGIN = """
    workflowId: get-token
    summary: Log in.
    inputs: {type: object, required: [user], properties: {user: {type: string}}}
    steps:
      - stepId: submit
        operationId: submit
        requestBody: {payload: {user: $inputs.user}}
        outputs: {id: $response.body#/id}
    outputs: {token: $steps.submit.outputs.id}
    """


def document(*workflows: str, **sources: str | tuple[str, str]) -> str:
    """A document over `api` and over Arazzo documents: their paths, or paths and types, by name."""
    stated = {"api": ("api.yaml", "openapi")} | {
        name: (source, "arazzo") if isinstance(source, str) else source
        for name, source in sources.items()
    }
    listed = ", ".join(
        f"{{name: {name}, url: '{url}', type: {kind}}}"
        for name, (url, kind) in stated.items()
        if url
    )
    head = f"arazzo: 1.0.1\ninfo: {{title: Test, version: 1.0.0}}\nsourceDescriptions: [{listed}]\n"
    texts = "".join(
        "  - " + indent(dedent(each).strip(), "    ").lstrip() + "\n" for each in workflows
    )
    return f"{head}workflows:\n{texts}"


def flow(text: str, **sources: str | tuple[str, str]) -> str:
    """A document with the workflow `flow`, and `common` among its sources."""
    listed = {"common": "common.arazzo.yaml", **sources}
    return document(f"workflowId: flow\n{dedent(text).strip()}", **listed)


def identified(text: str, uri: str) -> str:
    """The document as one of Arazzo 1.1 that states its own address."""
    return text.replace("arazzo: 1.0.1\n", f"arazzo: 1.1.0\n$self: {uri}\n")


COMMON = {"common.arazzo.yaml": document(LOGIN)}


def compiled(
    text: str,
    beside: Mapping[str, str] = COMMON,
    *,
    openapi: str = JOBS,
    **sources: str | tuple[str, str],
) -> Compiled:
    return compile_workflow(flow(text, **sources), openapi, beside=beside)


def found(
    text: str, beside: Mapping[str, str] = COMMON, **sources: str | tuple[str, str]
) -> list[str]:
    """`file: code message => hint` of each finding."""
    result = compile_text(flow(text, **sources), beside=beside)
    places = [each.span.file.rpartition("/")[2] for each in result.diagnostics]
    return [f"{place}: {text}" for place, text in zip(places, told(result), strict=True)]


class TestCall:
    def test_the_workflow_of_another_document_is_a_function_of_the_module(self) -> None:
        module = compiled(CALL)
        result, script = module.run(Answer(201, JOB))
        assert script.calls == ["POST /jobs"]
        assert script.sent[0].json == {"user": "me"}
        assert result.token == "1"
        assert "get_token" in module.module.__all__
        assert "GetTokenOutputs" in module.module.__all__

    def test_its_docstring_says_where_it_comes_from(self) -> None:
        text = compiled(CALL).module.get_token.__doc__
        assert text.startswith(
            "Log in.\n\n    Workflow `get-token` of `sample/common.arazzo.yaml`."
        )

    def test_an_error_names_the_workflow_with_its_source(self) -> None:
        error, _ = compiled(CALL).fail(Answer(500))
        assert (error.step_id, error.workflow_id) == ("login", "common.get-token")

    def test_goto_and_retry_lead_to_other_documents_too(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slept: list[float] = []
        monkeypatch.setattr("time.sleep", slept.append)
        module = compiled("""
            inputs: {type: object, required: [user], properties: {user: {type: string}}}
            steps:
              - stepId: list
                operationId: list
                onSuccess:
                  - {name: on, type: goto, workflowId: $sourceDescriptions.common.get-token}
                onFailure:
                  - {name: again, type: retry, workflowId: $sourceDescriptions.common.get-token}
            """)
        result, script = module.run(
            Answer(401), Answer(201, JOB), Answer(200, []), Answer(201, JOB), user="me"
        )
        assert script.calls == ["GET /jobs", "POST /jobs", "GET /jobs", "POST /jobs"]
        assert type(result).__name__ == "GetTokenOutputs"

    def test_depends_on_runs_it_first(self) -> None:
        module = compiled("""
            dependsOn: [$sourceDescriptions.common.get-token]
            steps:
              - stepId: read
                operationId: read
                parameters:
                  - name: id
                    in: path
                    value: $sourceDescriptions.common.get-token.outputs.token
            outputs:
              user: $sourceDescriptions.common.get-token.inputs.user
              status: "{$sourceDescriptions.common.get-token.outputs.token}!"
            """)
        result, script = module.run(Answer(201, JOB), Answer(200, JOB), user="me")
        assert script.calls == ["POST /jobs", "GET /jobs/1"]
        assert (result.user, result.status) == ("me", "1!")

    def test_outputs_can_be_read_in_the_step_that_runs_it(self) -> None:
        fields = """
            steps:
              - stepId: login
                workflowId: $sourceDescriptions.common.get-token
                parameters: [{name: user, value: me}]
                successCriteria:
                  - condition: $sourceDescriptions.common.get-token.outputs.token == '1'
            """
        compiled(fields).run(Answer(201, JOB))
        error, _ = compiled(fields).fail(Answer(201, {**JOB, "id": "2"}))
        assert error.criterion == "$sourceDescriptions.common.get-token.outputs.token == '1'"

    def test_outputs_of_one_that_nothing_runs_cannot_be_read(self) -> None:
        fields = """
            steps: [{stepId: list, operationId: list}]
            outputs: {token: $sourceDescriptions.NAME.get-token.outputs.token}
            """
        assert errors(compile_text(flow(fields.replace("NAME", "common")), beside=COMMON)) == [
            "AZ223"
        ]
        assert errors(compile_text(flow(fields.replace("NAME", "comon")), beside=COMMON)) == [
            "AZ213"
        ]

    def test_documents_lead_to_documents(self) -> None:
        middle = """
            workflowId: middle
            steps:
              - stepId: deep
                workflowId: $sourceDescriptions.base.get-token
                parameters: [{name: user, value: deep}]
            outputs: {token: $steps.deep.outputs.token}
            """
        beside = {
            "common.arazzo.yaml": document(middle, base="below/base.arazzo.yaml"),
            "below/base.arazzo.yaml": document(LOGIN).replace("api.yaml", "../api.yaml"),
        }
        module = compiled(
            """
            steps: [{stepId: run, workflowId: $sourceDescriptions.common.middle}]
            outputs: {token: $steps.run.outputs.token}
            """,
            beside,
        )
        result, script = module.run(Answer(201, JOB))
        assert (result.token, script.sent[0].json) == ("1", {"user": "deep"})

    def test_one_that_two_ways_lead_to_is_one_function(self) -> None:
        other = CALL.replace("\n    steps:", "\n    workflowId: other\n    steps:", 1)
        beside = {**COMMON, "other.arazzo.yaml": document(other, common="./common.arazzo.yaml")}
        module = compiled(
            """
            steps:
              - {stepId: one, workflowId: $sourceDescriptions.other.other}
              - stepId: two
                workflowId: $sourceDescriptions.common.get-token
                parameters: [{name: user, value: two}]
            """,
            beside,
            other="other.arazzo.yaml",
        )
        _, script = module.run(Answer(201, JOB), Answer(201, JOB))
        assert [sent.json["user"] for sent in script.sent] == ["me", "two"]
        assert module.source.count("def get_token") == 1

    def test_workflows_of_one_id_have_functions_of_their_own(self) -> None:
        own = """
            workflowId: get-token
            steps:
              - stepId: login
                workflowId: $sourceDescriptions.common.get-token
                parameters: [{name: user, value: "own's"}]
            outputs: {both: $steps.login.outputs.token}
            """
        first = "workflowId: flow\nsteps: [{stepId: run, workflowId: get-token}]"
        text = document(first, own, common="common.arazzo.yaml")
        module = compile_workflow(text, beside=COMMON)
        _, script = module.run(Answer(201, JOB))
        assert script.sent[0].json == {"user": "own's"}
        assert {"get_token", "common_get_token"} <= set(module.module.__all__)

    def test_components_are_those_of_the_workflow_s_own_document(self) -> None:
        with_components = (
            document(LOGIN.replace("operationId: submit", "operationId: submit\n        onFailure: "
                                   "[{reference: $components.failureActions.stop}]"))
            + "components:\n  failureActions: {stop: {name: stop, type: end}}\n"
        )  # fmt: skip
        error, _ = compiled(CALL, {"common.arazzo.yaml": with_components}).fail(Answer(500))
        assert error.__cause__.action == "stop"

    def test_a_document_may_be_its_own_source(self) -> None:
        text = document(
            CALL.replace("\n    steps:", "\n    workflowId: flow\n    steps:", 1),
            LOGIN,
            common="flow.arazzo.yaml",
        )
        module = compile_workflow(text)
        assert module.run(Answer(201, JOB))[0].token == "1"
        assert module.source.count("def get_token") == 1

    def test_types_flow_from_document_to_document(self) -> None:
        assert "token: str" in compiled(CALL).source


class TestSources:
    def test_a_description_that_both_name_has_one_keyword(self) -> None:
        other_name = document(LOGIN, api=("", ""), jobs=("./api.yaml", "openapi"))
        module = compiled(CALL, {"common.arazzo.yaml": other_name}, openapi=SECURED)
        _, script = module.run(Answer(201, JOB), api_url="https://x.example", bearer_token="t")
        assert script.sent[0].url == "https://x.example/jobs"
        assert script.sent[0].headers["Authorization"] == "Bearer t"
        assert "jobs_url" not in module.source

    def test_two_descriptions_of_one_name_have_keywords_of_their_own(self) -> None:
        elsewhere = document(LOGIN, api=("other.yaml", "openapi"))
        beside = {
            "common.arazzo.yaml": elsewhere,
            "other.yaml": SECURED.replace("api.example", "other.example"),
        }
        module = compiled(
            CALL.replace("steps:", "steps:\n      - {stepId: list, operationId: list}", 1),
            beside,
            openapi=SECURED,
        )
        tokens = {"api_bearer_token": "a", "common_api_bearer_token": "c"}
        _, script = module.run(Answer(200, []), Answer(201, JOB), **tokens)
        assert [sent.url for sent in script.sent] == [
            "https://api.example/jobs",
            "https://other.example/jobs",
        ]
        assert [sent.headers["Authorization"] for sent in script.sent] == ["Bearer a", "Bearer c"]
        _, script = module.run(
            Answer(200, []), Answer(201, JOB), **tokens, common_api_url="https://c.example"
        )
        assert script.sent[1].url == "https://c.example/jobs"

    def test_a_type_that_is_left_out_is_told_by_the_file(self) -> None:
        text = flow(CALL).replace(", type: arazzo", "")
        assert compile_workflow(text, beside=COMMON).run(Answer(201, JOB))[0].token == "1"


class TestFaults:
    def test_faults_of_a_workflow_that_is_run_are_told_in_its_document(self) -> None:
        broken = {
            "common.arazzo.yaml": document(LOGIN.replace("operationId: submit", "operationId: x"))
        }
        assert [each.partition(" ")[2].partition(" => ")[0] for each in found(CALL, broken)] == [
            "AZ301 source `api` has no operation `x`",
            "AZ414 workflow `$sourceDescriptions.common.get-token` has errors, so it cannot be run",
        ]
        assert [each.partition(":")[0] for each in found(CALL, broken)] == [
            "common.arazzo.yaml",
            "flow.arazzo.yaml",
        ]

    def test_faults_of_workflows_that_are_not_run_are_not(self) -> None:
        other = "workflowId: other\nsteps: [{stepId: x, operationId: unknown}]"
        compiled(CALL, {"common.arazzo.yaml": document(LOGIN, other)})

    def test_findings_of_documents_that_are_linted_together_are_told_once(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "api.yaml").write_text(JOBS)
        broken = document(LOGIN.replace("operationId: submit", "operationId: x"))
        for name in ("one", "two"):
            (tmp_path / f"{name}.arazzo.yaml").write_text(flow(CALL))
        (tmp_path / "common.arazzo.yaml").write_text(broken)
        codes = errors(lint(sorted(tmp_path.glob("*.arazzo.yaml"))))
        assert codes == ["AZ301"]

    @pytest.mark.parametrize(
        ("reference", "message"),
        [
            (
                "$sourceDescriptions.common.get-tokn",
                "AZ410 `common.arazzo.yaml` has no workflow `get-tokn` => did you mean `get-token`?",
            ),
            (
                "$sourceDescriptions.comon.get-token",
                "AZ213 there is no source description `comon` => did you mean `common`?",
            ),
            (
                "$sourceDescriptions.api.submit",
                "AZ410 source description `api` is an OpenAPI description, which has no workflows"
                " => name an Arazzo document, or an operation by `operationId`",
            ),
            (
                "$sourceDescriptions.common.workflows.get-token",
                "AZ410 `common.arazzo.yaml` has no workflow `workflows.get-token` => did you mean `get-token`?",
            ),
            (
                "$workflows.flow",
                "AZ410 there is no workflow `$workflows.flow` => did you mean `flow`?",
            ),
            (
                "get-token",
                "AZ410 there is no workflow `get-token`"
                " => write `$sourceDescriptions.common.get-token`",
            ),
            (
                "common.get-token",
                "AZ410 there is no workflow `common.get-token`"
                " => write `$sourceDescriptions.common.get-token`",
            ),
        ],
    )
    def test_a_workflow_that_is_not_there_is_an_error(
        self, reference: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "api.yaml").write_text(JOBS)
        (tmp_path / "common.arazzo.yaml").write_text(document(LOGIN))
        fields = CALL.replace("$sourceDescriptions.common.get-token", reference)
        (tmp_path / "flow.arazzo.yaml").write_text(flow(fields))
        assert told(lint([tmp_path / "flow.arazzo.yaml"])) == [message]

    def test_a_document_that_is_missing_is_an_error(self) -> None:
        codes = errors(compile_text(flow(CALL), beside={}))
        assert codes == ["AZ001", "AZ304"]

    def test_a_source_that_is_not_what_its_type_says_is_an_error(self) -> None:
        fields = "steps: [{stepId: list, operationId: list}]"
        assert [
            each.partition(" => ")[2] for each in found(fields, other=("api.yaml", "arazzo"))
        ] == ["write `type: openapi`, or the `url` of another file"]
        wrong = found(fields.replace(": list}", ": $sourceDescriptions.api.list}"),
                      other=("common.arazzo.yaml", "openapi"))  # fmt: skip
        assert [each.partition(" => ")[2] for each in wrong] == [
            "write `type: arazzo`, or the `url` of another file"
        ]

    def test_a_source_of_messages_that_has_operations_is_an_error(self) -> None:
        text = workflow("steps: [{stepId: list, operationId: list}]", version="1.1.0")
        first = told(compile_text(text.replace("type: openapi", "type: asyncapi")))[0]
        assert first.startswith("AZ123 ")
        assert first.endswith(
            "/api.yaml` is not an AsyncAPI description but an OpenAPI description"
            " => write `type: openapi`, or the `url` of another file"
        )

    def test_an_operation_of_an_arazzo_document_is_an_error(self) -> None:
        fields = "steps: [{stepId: list, operationId: $sourceDescriptions.common.get-token}]"
        assert found(fields) == [
            "flow.arazzo.yaml: AZ301 source description `common` is no OpenAPI description, and has no"
            " operations => a workflow of an Arazzo document is named by `workflowId`"
        ]

    def test_a_cycle_through_documents_is_an_error(self) -> None:
        back = """
            workflowId: back
            steps: [{stepId: run, workflowId: $sourceDescriptions.first.flow}]
            """
        beside = {"common.arazzo.yaml": document(back, first="flow.arazzo.yaml")}
        fields = "steps: [{stepId: run, workflowId: $sourceDescriptions.common.back}]"
        assert [each.partition(" => ")[0] for each in found(fields, beside)] == [
            "common.arazzo.yaml: AZ411 workflow `flow` runs itself again by way of `back`",
            "flow.arazzo.yaml: AZ414 workflow `$sourceDescriptions.common.back` has errors, so it"
            " cannot be run",
        ]

    def test_documents_may_name_each_other(self) -> None:
        other = (
            "workflowId: other\nsteps: [{stepId: x, workflowId: $sourceDescriptions.first.flow}]"
        )
        beside = {"common.arazzo.yaml": document(LOGIN, other, first="flow.arazzo.yaml")}
        assert compiled(CALL, beside).run(Answer(201, JOB))[0].token == "1"


class TestIdentity:
    URI = "https://example.com/flows/common.arazzo.yaml"

    def test_a_document_is_found_by_its_self(self) -> None:
        beside = {"elsewhere.yaml": identified(document(LOGIN), self.URI)}
        module = compiled(CALL, beside, common=self.URI)
        assert module.run(Answer(201, JOB))[0].token == "1"

    def test_self_is_the_base_of_relative_references(self) -> None:
        beside = {"elsewhere.yaml": identified(document(LOGIN), self.URI)}
        text = identified(flow(CALL), "https://example.com/flows/flow.arazzo.yaml")
        assert compile_workflow(text, beside=beside).run(Answer(201, JOB))[0].token == "1"

    def test_what_no_self_answers_is_looked_up_beside_the_document(self) -> None:
        text = identified(flow(CALL), "https://example.com/flows/flow.arazzo.yaml")
        assert compile_workflow(text, beside=COMMON).run(Answer(201, JOB))[0].token == "1"

    def test_an_openapi_description_is_found_by_its_self(self) -> None:
        uri = "https://example.com/api/jobs.yaml"
        stated = JOBS.replace("openapi: 3.1.0", f"openapi: 3.2.0\n$self: {uri}")
        text = flow(CALL, api=(uri, "openapi"))
        module = compile_workflow(text, beside={**COMMON, "jobs-of-today.yaml": stated})
        assert module.run(Answer(201, JOB))[0].token == "1"

    def test_nothing_is_fetched(self) -> None:
        codes = errors(compile_text(flow(CALL, common=self.URI), beside=COMMON))
        assert codes == ["AZ006", "AZ304"]

    def test_a_self_that_two_documents_have_is_an_error(self) -> None:
        one = identified(document(LOGIN), self.URI)
        codes = errors(
            compile_text(flow(CALL, common=self.URI), beside={"a.yaml": one, "b.yaml": one})
        )
        assert codes == ["AZ022", "AZ304"]


class TestOutput:
    def test_each_document_has_a_module_of_its_own(self, tmp_path: Path) -> None:
        (tmp_path / "api.yaml").write_text(JOBS)
        (tmp_path / "common.arazzo.yaml").write_text(document(LOGIN))
        (tmp_path / "flow.arazzo.yaml").write_text(flow(CALL))
        result = compile_documents(sorted(tmp_path.glob("*.arazzo.yaml")))
        assert [
            (module.name.rpartition("/")[2], [each.workflow_id for each in module.workflows])
            for module in result.modules
        ] == [("common.py", ["get-token"]), ("flow.py", ["flow"])]

    def test_graphs_are_those_of_the_document_s_own_workflows(self, tmp_path: Path) -> None:
        (tmp_path / "api.yaml").write_text(JOBS)
        (tmp_path / "common.arazzo.yaml").write_text(document(LOGIN))
        (tmp_path / "flow.arazzo.yaml").write_text(flow(CALL))
        (drawn,) = graph(tmp_path / "flow.arazzo.yaml").graphs
        assert drawn.workflow_id == "flow"
