"""What users are told about a document's frame, and what is read of it."""

from __future__ import annotations

import pytest

from .reading import arazzo, faults


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "openapi: 3.0.0\n",
            (
                "1:1 AZ101 this is not an Arazzo document but an OpenAPI description"
                " => name Arazzo documents, whose `sourceDescriptions` name the descriptions"
            ),
        ),
        (
            "- a\n",
            (
                "1:1 AZ101 this is not an Arazzo document but a list"
                " => an Arazzo document starts with its version, such as `arazzo: 1.0.1`"
            ),
        ),
        (
            "a: 1\n",
            (
                "1:1 AZ101 this is not an Arazzo document: it has no `arazzo` field"
                " => an Arazzo document starts with its version, such as `arazzo: 1.0.1`"
            ),
        ),
        (
            "arazzo: 2.0.0\nworkflows: 3\n",
            (
                "1:9 AZ102 Arazzo version `2.0.0` is not known"
                " => the known versions are 1.0.x and 1.1.x"
            ),
        ),
        (
            "arazzo: 2.0\n",
            (
                "1:9 AZ102 Arazzo version `2.0` is not known"
                " => the known versions are 1.0.x and 1.1.x"
            ),
        ),
    ],
)
def test_what_is_not_read_at_all(text: str, expected: str) -> None:
    model, found = arazzo(text)
    assert model is None
    assert found == [expected]


FRAME = """\
info: {title: T, version: '1'}
sourceDescriptions: [{name: a, url: a.yaml}]
workflows: [{workflowId: w, steps: [{stepId: s, operationId: o}]}]
"""


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.0.0", []),
        ("1.0.1", []),
        ("1.1.0", []),
        ("1.1.3-rc1", []),
        (
            "1.2.0",
            [
                (
                    "1:9 warning AZ102 Arazzo version `1.2.0` is newer than this compiler knows"
                    " => it is read as version 1.1"
                )
            ],
        ),
        (
            "1.0",
            [
                (
                    "1:9 AZ105 `arazzo` must be text, not a number"
                    " => write the whole version in three parts, such as `arazzo: 1.0.1`"
                )
            ],
        ),
        (
            "'1.0'",
            [
                (
                    "1:9 AZ106 `arazzo` must be a version in three parts, not `1.0`"
                    " => write `arazzo: 1.0.0`"
                )
            ],
        ),
    ],
)
def test_versions_that_are_read(version: str, expected: list[str]) -> None:
    model, found = arazzo(f"arazzo: {version}\n{FRAME}")
    assert model is not None
    assert found == expected
    assert [workflow.workflow_id for workflow in model.workflows] == ["w"]


def test_a_forgotten_version_does_not_hide_the_rest() -> None:
    model, found = arazzo(FRAME)
    assert found == [
        (
            "1:1 AZ103 the Arazzo document has no `arazzo`, which is required"
            " => add the version of the specification, such as `arazzo: 1.0.1`"
        )
    ]
    assert model is not None
    assert model.source("a") is not None


def test_missing_and_misplaced_fields_of_the_frame() -> None:
    assert (
        faults("""\
        arazzo: 1.0.1
        $self: http://a
        info: {title: T, titel: T, versoin: '1'}
        x-extra: 1
        workflow: []
        """)
        == [
            (
                "1:1 AZ103 the Arazzo document has no `sourceDescriptions`, which is required"
                " => add `sourceDescriptions`"
            ),
            (
                "2:1 AZ104 `$self` is a field of an Arazzo document only from Arazzo 1.1 on"
                " => set `arazzo: 1.1.0`, or remove `$self`"
            ),
            (
                "3:18 AZ104 `titel` is not a field of an info object"
                " => remove it, or call it `x-titel` if it is an extension"
            ),
            "3:28 AZ104 `versoin` is not a field of an info object => did you mean `version`?",
            "5:1 AZ104 `workflow` is not a field of an Arazzo document => did you mean `workflows`?",
            "5:11 AZ107 `workflow` has no entry => add a workflow",
        ]
    )


def test_a_version_number_without_quotes_keeps_its_zero() -> None:
    model, found = arazzo("arazzo: 1.0.1\n" + FRAME.replace("'1'", "1.10"))
    assert found == [
        (
            "2:27 warning AZ120 `version` must be text, not a fraction"
            " => put quotes around it: `'1.10'`"
        )
    ]
    assert model is not None
    assert model.info.version == "1.10"


def test_source_descriptions() -> None:
    model, found = arazzo("""\
        arazzo: 1.0.1
        info: {title: T, version: '1'}
        sourceDescriptions:
          - {name: a, url: b, type: asyncapi}
          - {name: a, url: c, type: swagger}
          - {name: 'a b', url: 7}
          - {name: c}
        workflows: [{workflowId: w, steps: [{stepId: s, operationId: o}]}]
        """)
    assert found == [
        (
            "4:29 AZ106 `type` must be one of `openapi` or `arazzo`, not `asyncapi`"
            " => `asyncapi` came with Arazzo 1.1: set `arazzo: 1.1.0`"
        ),
        (
            "5:12 AZ108 there are two source descriptions `a`"
            " => rename one of the two, and the expressions that mean it"
        ),
        (
            "5:29 AZ106 `type` must be one of `openapi` or `arazzo`, not `swagger`"
            " => use `openapi` for Swagger 2.0 too"
        ),
        (
            "6:12 warning AZ111 `name` `a b` holds characters that may make it impossible to refer to"
            " => use letters, digits, `_` and `-` only"
        ),
        "6:24 AZ105 `url` must be text, not a number => put quotes around it",
        "7:5 AZ103 the source description has no `url`, which is required => add `url`",
    ]
    assert model is not None
    assert [source.url.value for source in model.source_descriptions] == ["b"]


def test_self_must_not_have_a_fragment() -> None:
    assert faults(f"arazzo: 1.1.0\n$self: http://h/a#b\n{FRAME}") == [
        "2:8 AZ106 `$self` must not have a fragment => remove `#b`"
    ]
    model, found = arazzo(f"arazzo: 1.1.0\n$self: http://h/a\n{FRAME}")
    assert not found
    assert model is not None
    assert model.self_uri == "http://h/a"


def test_workflows_are_told_apart() -> None:
    model, found = arazzo("""\
        arazzo: 1.0.1
        info: {title: T, version: '1'}
        sourceDescriptions: [{name: a, url: a.yaml}]
        workflows:
          - {workflowId: a, steps: [{stepId: s, operationId: o}]}
          - {workflowId: A, steps: [{stepId: s, operationId: o}]}
          - {workflowId: a, steps: [{stepId: s, operationId: o}]}
          - {workflowId: b, steps: []}
          - {workflowId: c, steps: {}}
          - {inputs: [], steps: [{stepId: '', operationId: x}]}
          - text
        """)
    assert found == [
        (
            "7:18 AZ108 there are two workflows `a`"
            " => rename one of the two, and the expressions that mean it"
        ),
        "8:28 AZ107 `steps` has no entry => add a step",
        (
            "9:28 AZ105 `steps` must be a list, not a mapping"
            " => write it as a list: in YAML each item starts with `- `"
        ),
        "10:5 AZ103 the workflow has no `workflowId`, which is required => add `workflowId`",
        (
            "10:14 AZ105 `inputs` must be a JSON Schema, not a list"
            " => write a mapping, such as `type: object` with `properties`"
        ),
        "10:35 AZ106 `stepId` must not be empty",
        "11:5 AZ105 an item of `workflows` must be a mapping (the workflow), not text",
    ]
    assert model is not None
    sound = [(workflow.workflow_id, workflow.sound) for workflow in model.workflows]
    assert sound == [
        ("a", True),
        ("A", True),
        ("a", False),
        ("b", False),
        ("c", False),
        ("", False),
    ]


def test_a_fault_in_one_workflow_leaves_the_others_sound() -> None:
    model, _ = arazzo("""\
        arazzo: 1.0.1
        info: {title: T, version: '1'}
        sourceDescriptions: [{name: a, url: a.yaml}]
        workflows:
          - {workflowId: a, steps: [{stepId: s, operationId: o, wrong: 1}]}
          - {workflowId: b, steps: [{stepId: s t, operationId: o}]}
        """)
    assert model is not None
    assert [workflow.sound for workflow in model.workflows] == [False, True]
