"""Modules of awkward documents pass strict type checking."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api as mypy

from tests.compiling import JOBS, compile_workflow, workflow

HIDING = ("list", "str", "dict", "int", "field", "type", "class", "Job", "a-b")
WARNS = {
    "composed": ("AZ207",),
    "bodies": ("AZ219", "AZ310", "AZ321"),
    "called": ("AZ330",),
    "defaults": ("AZ331",),
    "sent": ("AZ218",),
}
"""What is found in documents that pass what does not fit: types have to hold all the same."""

COMPOSED = """
        inputs:
          type: object
          required: [x, document]
          properties: {x: {type: string}, y: {type: string}, n: {type: integer}, document: {}}
        steps:
          - stepId: list
            operationId: list
            successCriteria:
              - {type: jsonpath, context: $response.body, condition: "$.a[?@.i == '{$inputs.y}' && @.n {$inputs.x} 2]"}
              - {type: xpath, context: $response.body, condition: "//a {$inputs.x} 2"}
            outputs:
              path: {context: $response.body, selector: "{$inputs.x}", type: jsonpath}
              pointer: {context: $response.body, selector: "/a/{$inputs.n}/{$inputs.y}", type: jsonpointer}
              xml: {context: $response.body, selector: "{$inputs.x}", type: {type: xpath, version: xpath-20}}
              slice: {context: $response.body, selector: "$.a[::{$inputs.n}]", type: jsonpath}
          - stepId: submit
            operationId: submit
            requestBody:
              payload: $inputs.document
              replacements:
                - {target: "{$inputs.x}", targetSelectorType: jsonpath, value: $steps.list.outputs.path}
                - {target: "/a/{$inputs.y}", targetSelectorType: jsonpointer, value: 1}
                - {target: "$.a[{$inputs.y}:]", targetSelectorType: jsonpath, value: 1}
        outputs:
          path: $steps.list.outputs.path
          pointer: $steps.list.outputs.pointer
          xml: $steps.list.outputs.xml
          slice: $steps.list.outputs.slice
        """
"""Queries that a run puts together; Selector Objects are of version 1.1."""

DOCUMENTS = {
    "defaults": """
        inputs:
          type: object
          properties:
            count: {type: integer, default: "10"}
            flag: {type: boolean, default: "true"}
            size: {type: number, default: 3}
            word: {type: string, default: 7}
            level: {type: string, enum: [low, mid], default: high}
            tags: {type: array, items: {type: string}, default: {}}
            ids: {type: array, items: {type: integer}, default: ["1"]}
            owner: {type: object, required: [name], properties: {name: {type: string}}, default: {name: Ann}}
            other: {type: object, required: [name], properties: {name: {type: string}}, default: {age: 3}}
            file: {type: string, format: binary, default: ""}
        steps:
          - stepId: submit
            operationId: submit
            requestBody:
              payload:
                count: $inputs.count
                flag: $inputs.flag
                level: $inputs.level
                ids: $inputs.ids
                owner: $inputs.owner
                other: $inputs.other
        outputs:
          count: $inputs.count
          size: $inputs.size
          word: $inputs.word
          tags: $inputs.tags
          file: $inputs.file
        """,
    "composed": workflow(COMPOSED, version="1.1.0"),
    "sent": """
        steps:
          - stepId: submit
            operationId: submit
            requestBody: {payload: {id: $steps.submit.outputs.id, owner: $steps.submit.outputs.owner}}
            successCriteria: [{condition: $request.body#/owner/name != 'x'}]
            outputs:
              id: $response.body#/id
              note: $response.body#/note
              owner: $response.body#/owner
              body: $request.body
              sent: $request.body#/id
              sentOwner: $request.body#/owner
            onSuccess: [{name: more, type: goto, stepId: submit, criteria: [{condition: $response.body#/note}]}]
            onFailure: [{name: again, type: retry, criteria: [{condition: $request.body#/id == '1'}]}]
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: '{$steps.read.outputs.id}{$steps.submit.outputs.sent}'}]
            outputs: {id: $response.body#/id, asked: $request.path.id}
            onSuccess:
              - {name: done, type: end, criteria: [{condition: $request.path.id == $response.body#/id}]}
              - {name: more, type: goto, stepId: read}
        outputs:
          body: $steps.submit.outputs.body
          id: $steps.submit.outputs.sent
          owner: $steps.submit.outputs.sentOwner
          asked: $steps.read.outputs.asked
        """,
    "given": """
        inputs:
          type: object
          required: [tags, options]
          properties:
            tags: {type: array, items: {type: string}}
            options: {type: object, properties: {size: {type: array, items: {type: integer}}}}
            extra: {type: object, default: {a: 1}}
        steps:
          - stepId: list
            operationId: list
            parameters: [{name: tag, in: query, value: $inputs.tags}]
            outputs: {first: $inputs.tags, second: $inputs.options, third: $inputs.extra}
        outputs:
          tags: $inputs.tags
          first: $steps.list.outputs.first
          options: $steps.list.outputs.second
          extra: $steps.list.outputs.third
          size: $inputs.options#/size
        """,
    "names": """
        inputs:
          type: object
          required: [list, text, id]
          properties:
            list: {type: array, items: {type: string}}
            text: {type: string, nullable: true}
            query: {type: integer}
            id: {type: string}
        steps:
          - stepId: list
            operationId: list
            parameters:
              - {name: tag, in: query, value: $inputs.list}
              - {name: X-Trace, in: header, value: '{$inputs.query}-{$inputs.id}'}
              - {name: session, in: cookie, value: $inputs.query}
            outputs: {list: $response.body#/list, str: $response.body#/str, field: $response.header.X-Token}
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: $inputs.id}]
            outputs: {job: $response.body, note: $response.body#/note}
        outputs:
          str: $steps.list.outputs.str
          list: $steps.list.outputs.list
          token: $steps.list.outputs.field
          dict: $steps.read.outputs.job
          note: $steps.read.outputs.note
        """,
    "diamond": """
        arazzo: 1.0.1
        info: {title: Test, version: 1.0.0}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - workflowId: flow
            dependsOn: [one, two, login]
            steps: [{stepId: list, operationId: list}]
            outputs: {token: $workflows.login.outputs.token}
          - workflowId: one
            dependsOn: [login]
            steps:
              - stepId: read
                operationId: read
                parameters: [{name: id, in: path, value: $workflows.login.outputs.token}]
          - workflowId: two
            dependsOn: [three]
            steps: [{stepId: list, operationId: list}]
          - workflowId: three
            dependsOn: [login, warm]
            steps: [{stepId: list, operationId: list}]
          - workflowId: four
            dependsOn: [warm, two, three]
            inputs: {type: object, properties: {user: {type: string}}}
            steps: [{stepId: list, operationId: list}]
          - workflowId: five
            dependsOn: [four, one, six]
            steps: [{stepId: list, operationId: list}]
          - workflowId: six
            dependsOn: [warm]
            steps: [{stepId: list, operationId: list}]
          - workflowId: warm
            steps: [{stepId: list, operationId: list}]
          - workflowId: login
            inputs: {type: object, required: [user], properties: {user: {type: string}}}
            steps:
              - {stepId: s, operationId: submit, requestBody: {payload: {user: $inputs.user}}, outputs: {id: $response.body#/id}}
            outputs: {token: $steps.s.outputs.id}
        """,
    "branches": """
        inputs:
          type: object
          required: [id]
          properties: {id: {type: string}, n: {type: integer, default: 5}, kind: {enum: [a, b]}}
        steps:
          - stepId: read
            operationId: read
            parameters: [{name: id, in: path, value: $inputs.id}]
            successCriteria: [{condition: $statusCode == 200 && $response.body#/status != 'Failed'}]
            outputs: {status: $response.body#/status, note: $response.body#/note}
            onSuccess:
              - name: done
                type: end
                criteria: [{condition: $response.body#/status == 'Done' || $response.body#/result}]
            onFailure:
              - {name: silent, type: retry, retryLimit: 2, criteria: [{condition: $statusCode == null}]}
              - {name: busy, type: retry, retryAfter: 1, criteria: [{condition: $statusCode >= 500}]}
              - {name: gone, type: goto, stepId: submit, criteria: [{condition: $statusCode == 404}]}
          - stepId: submit
            operationId: submit
            requestBody:
              payload: {id: $inputs.id, kind: $inputs.kind, note: $steps.read.outputs.note, n: $inputs.n}
            outputs: {id: $response.body#/id, text: 'job {$response.body#/id}'}
            onSuccess:
              - name: again
                type: goto
                stepId: read
                criteria: [{condition: $response.body#/status < $inputs.n}]
        outputs:
          id: $steps.submit.outputs.id
          text: $steps.submit.outputs.text
          status: $steps.read.outputs.status
          both: '{$steps.read.outputs.note}/{$steps.submit.outputs.id}'
        """,
    "bodies": """
        inputs:
          type: object
          required: [file, n]
          properties:
            file: {type: string, format: binary}
            files: {type: array, items: {type: string, format: binary}}
            extra: {type: string, format: binary, nullable: true}
            n: {type: integer}
            s: {type: string}
            any: {}
            map: {type: object}
            tags: {type: array, items: {type: string}}
        steps:
          - stepId: up
            operationId: submit
            parameters:
              - {name: one, in: query, value: $inputs.map}
              - {name: two, in: query, value: {a: $inputs.s, b: [$inputs.n]}}
              - {name: X-Three, in: header, value: $inputs.tags}
              - {name: X-Four, in: header, value: $inputs.any}
              - {name: five, in: cookie, value: $inputs.tags}
            requestBody:
              contentType: multipart/form-data
              payload: {file: $inputs.file, files: $inputs.files, extra: $inputs.extra, n: $inputs.n, m: {s: $inputs.s}}
          - stepId: text
            operationId: submit
            requestBody:
              payload: |
                {"n": "{$inputs.n}", "s": ["{$inputs.s}"], "t": "{$inputs.n} of {$inputs.n}"}
              replacements: [{target: /new, value: $inputs.any}]
          - stepId: whole
            operationId: submit
            requestBody: {payload: $inputs.map, replacements: [{target: /a/b, value: $inputs.s}]}
          - stepId: raw
            operationId: submit
            requestBody: {contentType: application/octet-stream, payload: $inputs.extra}
          - stepId: other
            operationId: submit
            requestBody: {contentType: image/png, payload: $inputs.any}
        """,
    "simple": "steps: [{stepId: list, operationId: list}]",
    "called": """
        arazzo: 1.1.0
        info: {title: Test, version: 1.0.0}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - workflowId: flow
            inputs: {type: object, required: [get-token, tags, job], properties: {get-token: {type: string}, tags: {type: array, items: {type: string}}, job: {type: object, required: [a], properties: {a: {type: string}}}, result: {type: string, nullable: true}}}
            steps:
              - stepId: get_token
                workflowId: get-token
                parameters:
                  - {name: tags, value: $inputs.tags}
                  - {name: job, value: $inputs.job}
                  - {name: result, value: $inputs.result}
                  - {name: kind, value: b}
                  - {name: other, value: 7}
                  - {name: made, value: {a: $inputs.result, b: 1}}
                onFailure:
                  - {name: x, type: retry, stepId: get_token}
              - stepId: list
                operationId: list
                successCriteria: [{condition: $statusCode == 200}, {condition: $response.body#/x == 1}]
                onSuccess:
                  - {name: x, type: goto, workflowId: onlygo}
                onFailure:
                  - {name: y, type: goto, stepId: get_token, criteria: [{condition: $statusCode == 500}]}
            outputs: {job: $steps.get_token.outputs.job, n: $steps.get_token.outputs.note}
          - workflowId: get-token
            inputs: {type: object, required: [tags, job], properties: {tags: {type: array, items: {type: string}}, job: {type: object, required: [a], properties: {a: {type: string}}}, result: {type: string}, kind: {enum: [a, b]}, other: {type: string, default: q}, made: {type: object, properties: {a: {type: string}}}}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody: {payload: {t: $inputs.tags, j: $inputs.job, r: $inputs.result, k: $inputs.kind, o: $inputs.other, m: $inputs.made}}
                outputs: {job: $response.body, note: $response.body#/note}
            outputs: {job: $steps.submit.outputs.job, note: $steps.submit.outputs.note}
          - workflowId: onlygo
            steps:
              - stepId: a
                operationId: list
                onSuccess: [{name: x, type: goto, workflowId: last}]
          - workflowId: last
            steps: [{stepId: a, operationId: list}]
        """,
    "workflows": """
        arazzo: 1.1.0
        info: {title: Test, version: 1.0.0}
        sourceDescriptions: [{name: api, url: api.yaml, type: openapi}]
        workflows:
          - workflowId: flow
            inputs:
              type: object
              required: [user]
              properties: {user: {type: string}, level: {type: string}, n: {type: integer}}
            steps:
              - stepId: login
                workflowId: get-token
                parameters:
                  - {name: user, value: $inputs.user}
                  - {name: level, value: $inputs.level}
                  - {name: n, value: $inputs.n}
                successCriteria:
                  - condition: $outputs.token != ''
                  - condition: $outputs.status == 'ok'
                outputs: {token: $outputs.token}
                onFailure:
                  - {name: again, type: retry, retryAfter: 2, retryLimit: 3}
                  - {name: other, type: goto, workflowId: fallback}
              - stepId: list
                operationId: list
                parameters: [{name: X-Trace, in: header, value: $steps.login.outputs.token}]
                onFailure:
                  - {name: renew, type: retry, workflowId: get-token, criteria: [{condition: $statusCode == 401}]}
                  - {name: redo, type: retry, stepId: login2, criteria: [{condition: $statusCode == 403}]}
              - stepId: login2
                workflowId: get-token
                parameters: [{name: user, value: "x{$inputs.user}"}]
                onFailure: [{name: wait, type: retry, criteria: [{condition: $inputs.n == 1}]}]
              - stepId: last
                operationId: read
                parameters: [{name: id, in: path, value: $steps.login2.outputs.id}]
                onSuccess: [{name: on, type: goto, workflowId: after, criteria: [{condition: $response.body#/note == 'x'}]}]
            outputs: {token: $steps.login.outputs.token}
          - workflowId: get-token
            dependsOn: [prepare]
            inputs:
              type: object
              required: [user]
              properties: {user: {type: string}, level: {enum: [a, b]}, n: {type: integer, default: 5}}
            steps:
              - stepId: submit
                operationId: submit
                requestBody: {payload: {user: $inputs.user, level: $inputs.level, n: $inputs.n, p: $workflows.prepare.outputs.ready}}
                outputs: {id: $response.body#/id, status: $response.body#/status}
            outputs: {token: $steps.submit.outputs.id, status: $steps.submit.outputs.status, id: $steps.submit.outputs.id}
          - workflowId: fallback
            steps: [{stepId: list, operationId: list}]
          - workflowId: prepare
            steps: [{stepId: list, operationId: list, outputs: {a: $response.body#/a}}]
            outputs: {ready: $steps.list.outputs.a}
          - workflowId: after
            inputs: {type: object, properties: {level: {type: string}}}
            steps: [{stepId: list, operationId: list, outputs: {a: $response.body#/a}}]
            outputs: {ready: $steps.list.outputs.a}
        """,
    "states": """
        arazzo: 1.0.1
        info: {title: Test, version: 1.0.0}
        sourceDescriptions:
          - {name: api, url: api.yaml, type: openapi}
          - {name: common, url: common.arazzo.yaml, type: arazzo}
        workflows:
          - workflowId: flow
            dependsOn: [$sourceDescriptions.common.token]
            steps:
              - stepId: a
                operationId: list
                onSuccess:
                  - {name: x, type: goto, stepId: c, criteria: [{condition: $response.body#/n == 1}]}
                  - {name: y, type: goto, stepId: d, criteria: [{condition: $response.body#/n == 2}]}
              - stepId: b
                workflowId: other
                successCriteria: [{condition: $outputs.n != 'x'}]
                onSuccess:
                  - {name: d, type: goto, stepId: d, criteria: [{condition: $outputs.n == 5}]}
                onFailure: [{name: d, type: goto, stepId: d}]
              - stepId: c
                operationId: list
                parameters: [{name: limit, in: query, value: $workflows.other.outputs.n}]
                onSuccess:
                  - {name: b, type: goto, stepId: b, criteria: [{condition: $response.body#/n == 1}]}
                  - name: a
                    type: goto
                    stepId: a
                    criteria: [{condition: $workflows.other.outputs.note == 'x'}]
              - stepId: d
                operationId: list
                parameters: [{name: tag, in: query, value: [$workflows.other.outputs.note]}]
                onSuccess:
                  - {name: b, type: goto, stepId: b, criteria: [{condition: $response.body#/n == 1}]}
                  - {name: c, type: goto, stepId: c, criteria: [{condition: $response.body#/n == 2}]}
            outputs:
              n: $workflows.other.outputs.n
              note: $steps.b.outputs.note
              token: $sourceDescriptions.common.token.outputs.token
          - workflowId: other
            steps:
              - stepId: submit
                operationId: submit
                outputs: {n: $response.body#/id, note: $response.body#/note}
            outputs: {n: $steps.submit.outputs.n, note: $steps.submit.outputs.note}
        """,
    "documents": """
        arazzo: 1.0.1
        info: {title: Test, version: 1.0.0}
        sourceDescriptions:
          - {name: api, url: api.yaml, type: openapi}
          - {name: common, url: common.arazzo.yaml, type: arazzo}
        workflows:
          - workflowId: flow
            inputs: {type: object, properties: {token: {type: string}, level: {enum: [low, high]}}}
            steps:
              - stepId: token
                workflowId: $sourceDescriptions.common.token
                parameters: [{name: level, value: $inputs.level}]
                outputs: {fresh: $outputs.token}
                onFailure:
                  - {name: on, type: goto, workflowId: $sourceDescriptions.common.fallback}
              - stepId: list
                operationId: list
                parameters: [{name: X-Trace, in: header, value: $steps.token.outputs.fresh}]
                onFailure:
                  - {name: renew, type: retry, workflowId: $sourceDescriptions.common.token}
            outputs: {job: $steps.token.outputs.job}
          - workflowId: token
            steps: [{stepId: run, workflowId: flow}]
        """,
}
COMMON = """
arazzo: 1.0.1
info: {title: Common, version: 1.0.0}
sourceDescriptions: [{name: jobs, url: api.yaml, type: openapi}]
workflows:
  - workflowId: token
    inputs: {type: object, properties: {level: {enum: [low, high], default: low}}}
    steps:
      - stepId: submit
        operationId: submit
        requestBody: {payload: {level: $inputs.level}}
        outputs: {token: $response.body#/id, job: $response.body}
    outputs: {token: $steps.submit.outputs.token, job: $steps.submit.outputs.job}
  - workflowId: fallback
    steps: [{stepId: list, operationId: list, outputs: {all: $response.body}}]
    outputs: {all: $steps.list.outputs.all}
"""
"""`common.arazzo.yaml`, which stands beside all of them."""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("modules")
    members = ", ".join(f"{name}: {{type: array, items: {{type: string}}}}" for name in HIDING)
    nested = JOBS.replace(
        "        result: {}\n",
        "        result: {type: object, nullable: true, required: [list], properties: {"
        + members
        + "}}\n",
    )
    for name, document in DOCUMENTS.items():
        for number, openapi in enumerate((JOBS, nested)):
            warns = WARNS.get(name, ())
            beside = {"common.arazzo.yaml": COMMON}
            source = compile_workflow(document, openapi, warns=warns, beside=beside).source
            (folder / f"{name}_{number}.py").write_text(source, "utf-8")
    return folder


def test_mypy_finds_nothing(modules: Path, tmp_path: Path) -> None:
    options = ["--strict", "--no-error-summary", "--config-file", "", "--python-version", "3.11"]
    paths = map(str, sorted(modules.glob("*.py")))
    out, errors, status = mypy.run([*options, "--cache-dir", str(tmp_path), *paths])
    assert (out, errors, status) == ("", "", 0)
