"""What generated code is made of is laid out without black; what is not surely known is left to it."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from arazzoc.layout import modules
from arazzoc.layout.modules import black, lay_out

KNOWN = {
    "a call with a mapping": (
        '    request = Request("POST", f"{api_url}/jobs", {"Content-Type": "application/json"}, '
        'dump(present({"backend": backend, "shots": shots, "tags": tags})))'
    ),
    "a call with one mapping": (
        '    session = dump({"program_id": program_id, "backend": backend, "session_id": session_id})'
    ),
    "keywords": "    return RunOutputs(session_id=session_id, job_id=job_id, status=status_of_it, at=1)",
    "an assigned call with an annotation": (
        '    final_status: JobStatus = required(response, "confirmCancelled", "finalStatus", "status")'
    ),
    "a choice": (
        '    text = None if submit_id is None or submit_text is None else f"{text(note)}/{text(submit_id)}"'
    ),
    "a choice in parentheses": (
        '    text = (None if submit_id is None else f"{text(note)}/{text(submit_id)}/{text(submit_id)}")'
    ),
    "a choice among arguments": (
        '    return RunOutputs(id=submit_id, both=None if note is None else f"{text(note)}/{text(job_id)}")'
    ),
    "a remark behind a call": (
        "    return RunOutputs(session_id=session_id, job_id=job_id, status=status, at=1)  # done"
    ),
    "a remark that fits": "    tries += 1  # busy",
    "conditions": (
        '    if response.status != 201 or equal(at(response.data, "id"), backend) or not response.is_json:\n'
        "        pass"
    ),
    "one condition": (
        '    if not path_holds("$[?@.status == \'Completed\']", response.data, "step list", version=2):\n'
        "        pass"
    ),
    "a comparison": (
        '    while folded(at(response.data, "status", "of", "it")) == folded(at(response.data, "wanted")):\n'
        "        break"
    ),
    "several connections": "    with opened(transport, outputs, a_rather_long_name, another_rather_long_name) as http:\n        pass",
    "a refusal": (
        '    raise StepFailed("read", "$.status == \'Completed\'", request, response, '
        'operands={"$.status": at(response.data, "status")})'
    ),
    "a refusal with its cause": (
        '    raise CallFailed("list", "list-jobs", criterion="$outputs.total == 1 && $inputs.n") from error'
    ),
    "a list drawn from another": (
        '    names = [at(each, "name") for each in elements_of(at(response.data, "jobs")) if holds(each)]'
    ),
    "functions of an element": (
        '    found = selected(response.data, "items", lambda document: elements_of(at(document, "items")))'
    ),
    "quotes": '    raise MissingValue("list", \'$.a\', \'it\\\'s\', "say \\"yes\\"", "both \' and \\"", r\'\\d"\')',
    "a long text": f'    text = "{"x" * 90}"',
    "a long text in brackets": f'    text = read("{"x" * 90}")',
    "a chain": '    text = response.data.removeprefix("a prefix of some length").removesuffix("one more of them")',
    "a sum": '    query = "$.a[?@.i == \'" + in_literal(first_of_them) + "\' && @.n == \'" + in_literal(y) + "\']"',
    "a long type": "    a_result: ReadJobOutputs | ReadOtherJobOutputs | ReadYetAnotherJobOutputs | CallFailed",
    "an element": '    outputs["a_name_that_takes_columns"] = required(response, "confirm", "finalStatus", "status")',
    "empty brackets": "    a_rather_long_name_of_a_variable = a_rather_long_name_of_a_function_that_has_none_of_them()",
    "a comma that asks for lines": '    read("a", "b",)',
    "a comment": "    # why\n\n\n    # and how\n    pass\n\n",
    "Latin text": f'    raise StepFailed("{"größer " * 9}", request, response)',
}
UNKNOWN = {
    "a slice": "    text = data[1:]",
    "a power": "    number = 2 ** shots",
    "a deletion": "    del outputs",
    "two targets": f'    first, second = read("{"x" * 70}")',
    "two statements on a line": "    read(); write()",
    "a line that goes on": "    number = 1 + \\\n        2",
    "text whose columns nobody counts": f'    read("{"名" * 40}", "a")',
    "a comment in brackets": "    read(  # why\n        1,\n    )",
    "a tuple without parentheses": f'    return first, second, read("{"x" * 70}")',
}


def function(body: str) -> str:
    return f"def run() -> None:\n{body}\n"


@pytest.mark.parametrize("body", KNOWN.values(), ids=KNOWN.keys())
def test_generated_code_is_laid_out_without_black(body: str) -> None:
    with patch.object(modules, "black", side_effect=AssertionError("black was asked")):
        found = lay_out(function(body))

    assert found == black(function(body))


@pytest.mark.parametrize("body", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_black_is_asked_about_a_function_alone_that_is_not_surely_known(body: str) -> None:
    known, unknown = function(KNOWN["a call with a mapping"]), function(body)
    with patch.object(modules, "black", side_effect=black) as asked:
        found = lay_out(known + unknown + known)

    assert [call.args[0] for call in asked.call_args_list] == [unknown]
    assert found == black(known + unknown + known)


@pytest.mark.parametrize(
    "text",
    [
        "\n\n# Generated.\n'''A module.'''\nX = 1\n",
        '# Generated.\n"""A module."""\n\n\n\nfrom a import b\nX = 1\n@c\nclass D:\n    """It."""\n    d: int\n',
        '"""A module."""\nclass A:\n\n    a: int\n    """A member."""\n\n\n    b: int\nX = 1\n\n\n\n"""It."""\nY = 2\n',
        "from a import bbbbbbbbbbbbbbbbbbbb, cccccccccccccccccccccc, dddddddddddddddddddd, eeeeeeeeeeeeeeeeeee\n",
        "from .a import (b, c)\nfrom .a import (b,)\nimport c.d\n",
        "import a as b\nfrom c import (d as e)\n",
        "def run():\n    def inner():\n        pass\n    inner()\ndef other(): ...\n",
        'def run():\n    """Says\n      more\n\n   than one line.   """\n    if a:\n        pass\n    else:\n        pass\n',
        f'def run():\n    """Says it.\n\n    {"x" * 80}"""\n',
        f'def run():\n    """{"Says it. " * 11}"""\n',
        'def run():\n    """Ends in a quote: \\""""\n',
        "def run():\n  pass\n",
        "if a:\n    pass\nelif b:\n    pass\n",
        "class A():\n    pass\n",
        "async def run(*, a: int, b: str = 'b',) -> A | B:\n    async with opened(a) as http:\n        await read(http)\n",
    ],
)
def test_modules_are_laid_out_as_by_black(text: str) -> None:
    assert lay_out(text) == black(text)
