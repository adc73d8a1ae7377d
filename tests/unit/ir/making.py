"""Graphs for tests, made by hand."""

from __future__ import annotations

from arazzoc.ir.graph import (
    Call,
    Edge,
    End,
    GoTo,
    Graph,
    Header,
    JsonBody,
    Output,
    Parameter,
    PathItem,
    QueryItem,
    Retry,
    Server,
    StepNode,
    Stop,
    WorkflowOutput,
)
from arazzoc.ir.notation import Notation
from arazzoc.names import ClassName, ConstantName, Identifier
from arazzoc.types.availability import Available
from arazzoc.types.condition import AnyOf, Compare, Criterion, Language
from arazzoc.types.model import INT, STR, Choice, Field, ListType, MapType, Record
from arazzoc.types.value import (
    Argument,
    Constant,
    Embedded,
    Member,
    ObjectValue,
    ResponseBody,
    ResponseStatus,
    StepOutput,
)

TOKEN = Argument(Identifier("token"), STR, secret=True)
TAGS = Argument(Identifier("tags"), ListType(STR), absent=True)
SERVER = Server(
    "jobs", Identifier("jobs_url"), ConstantName("JOBS_URL"), "https://jobs.example/api"
)
JOB_ID = StepOutput("submit", "jobId", Identifier("job_id"), STR)
JOB = Record((Field("id", STR, True), Field("priority", INT, False)))
STATUS = Member(ResponseBody(MapType(STR)), ("a/b",), Choice(("Queued", "Done")))


def status_is(status: int) -> Criterion:
    test = Compare(ResponseStatus(), "==", Constant(status, INT))
    return Criterion(f"$statusCode == {status}", test)


def done() -> Criterion:
    test = AnyOf(
        (
            Compare(STATUS, "==", Constant("Done", STR)),
            Compare(STATUS, "==", Constant("Failed", STR), Language.JSONPATH),
        )
    )
    return Criterion("$response.body#/a~1b\n == 'Done'", test)


def submit() -> StepNode:
    body = ObjectValue((("tags", TAGS), ("name", Constant('a "name"', STR))))
    call = Call(
        "POST",
        SERVER,
        ("/jobs",),
        headers=(Header("Authorization", Embedded(("Bearer ", TOKEN))),),
        body=JsonBody("application/json", body),
    )
    output = Output(JOB_ID, Member(ResponseBody(JOB), ("id",), STR, False), True, True)
    return StepNode(
        "submit",
        "Submit\nthe job.",
        call,
        (status_is(201),),
        (output,),
        (Edge(None, (), GoTo("wait")),),
        (Edge(None, (), Stop()),),
    )


def wait() -> StepNode:
    query = (QueryItem("fields", TAGS, Notation("form", explode=False, shape="list")),)
    return StepNode(
        "wait",
        None,
        Call("GET", SERVER, ("/jobs/", PathItem("id", JOB_ID)), query),
        (status_is(200), done()),
        (),
        (Edge(None, (), End()),),
        (
            Edge("running", (status_is(200),), Retry(Identifier("retries"), 60, 5.0)),
            Edge("again", (status_is(404),), GoTo("submit")),
            Edge(None, (), Stop()),
        ),
    )


def graph(workflow_id: str = "submit-and-wait") -> Graph:
    return Graph(
        workflow_id,
        Identifier("submit_and_wait"),
        ClassName("SubmitAndWaitOutputs"),
        "Submit and wait.",
        None,
        (
            Parameter(TOKEN, "token", None, None, "credential"),
            Parameter(TAGS, "tags", "Words.", Constant(None), "input", "array"),
        ),
        (SERVER,),
        (submit(), wait()),
        (
            WorkflowOutput(
                name="jobId",
                attribute=Identifier("job_id"),
                type=STR,
                value=JOB_ID,
                steps=frozenset({"submit"}),
                optional=True,
                skippable=True,
                secret=False,
            ),
        ),
        {
            "submit": Available(),
            "wait": Available(frozenset({"submit"}), frozenset({"submit", "wait"})),
        },
    )
