"""Whatever is written, it is laid out as black lays it out."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from arazzoc.layout.modules import black, lay_out

NAMES = st.sampled_from(
    ("a", "at", "body", "response", "sessions_api_url", "a_name_that_takes_quite_some_columns")
)
STRINGS = st.sampled_from(
    (
        '""',
        '"id"',
        "'state'",
        "\"$response.body#/status == 'Completed'\"",
        '"say \\"yes\\""',
        "'it is \"so\"'",
        '"a\\nb\\\\"',
        'f"{jobs_url}/jobs/{segment(job_id)}"',
        'f"say \\"{word}\\""',
        'r"^\\d+$"',
        '"a text of a document that is too long for any line, wherever it may stand in a module of Python"',
        '"Größe"',
        '"\\u00e9\\x1b"',
    )
)
NUMBERS = st.sampled_from(("0", "200", "-1", "1.5", "1e-05", "None", "True"))
OPERATORS = st.sampled_from(
    ("and", "or", "==", "!=", "<=", "in", "not in", "is not", "+", "-", "*", "|", "%")
)


def _extended(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arguments = st.lists(st.one_of(inner, st.tuples(NAMES, inner).map("=".join)), max_size=4).map(
        _in_order
    )
    members = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.tuples(NAMES, arguments).map(lambda each: f"{each[0]}({each[1]})"),
        st.tuples(NAMES, NAMES, arguments).map(lambda each: f"{each[0]}.{each[1]}({each[2]})"),
        st.tuples(inner, NAMES, arguments).map(lambda each: f"({each[0]}).{each[1]}({each[2]})"),
        members.map(lambda each: f"[{each}]"),
        members.map(lambda each: f"f(*[{each}])"),
        st.lists(st.tuples(STRINGS, inner), max_size=3).map(_as_mapping),
        st.tuples(NAMES, inner).map(lambda each: f'{{**{each[0]}({{"a": {each[1]}}})}}'),
        st.tuples(inner, inner).map(lambda each: f"({each[0]}, {each[1]})"),
        st.tuples(inner, OPERATORS, inner).map(" ".join),
        st.tuples(inner, OPERATORS, inner).map(lambda each: f"({' '.join(each)})"),
        st.tuples(inner, inner, inner).map(lambda each: f"{each[0]} if {each[1]} else {each[2]}"),
        st.tuples(inner, inner, inner).map(lambda each: f"({each[0]} if {each[1]} else {each[2]})"),
        st.tuples(inner, NAMES, inner).map(
            lambda each: f"[{each[0]} for {each[1]} in ({each[2]})]"
        ),
        st.tuples(NAMES, inner, inner).map(
            lambda each: f"any({each[1]} for {each[0]} in {each[0]} if ({each[2]}))"
        ),
        st.tuples(NAMES, inner).map(lambda each: f"found(body, lambda {each[0]}: {each[1]})"),
        st.tuples(NAMES, inner).map(lambda each: f"(({each[0]} := {each[1]}) is None)"),
        st.tuples(NAMES, inner).map(lambda each: f"{each[0]}[{each[1]}]"),
        inner.map(lambda each: f"not {each}"),
        inner.map(lambda each: f"({each})"),
    )


def _in_order(arguments: list[str]) -> str:
    """Arguments with a keyword stand behind the others, each keyword once."""
    keywords = {each.split("=")[0]: each for each in arguments if _is_keyword(each)}
    return ", ".join([each for each in arguments if not _is_keyword(each)] + [*keywords.values()])


def _is_keyword(argument: str) -> bool:
    name, sign, value = argument.partition("=")
    return bool(sign) and name.isidentifier() and not value.startswith("=")


def _as_mapping(members: Sequence[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{key}: {value}" for key, value in members) + "}"


EXPRESSIONS = st.recursive(st.one_of(NAMES, STRINGS, NUMBERS), _extended, max_leaves=12)
TYPES = st.sampled_from(
    (
        "str",
        "JobStatus | None",
        "dict[str, list[SomeRatherLongName | AnotherRatherLongName]] | None",
        "Literal['booked', 'sent', 'returned']",
        "Callable[..., Sequence[Mapping[str, AnnotationThatIsVeryLong]]] | AnotherRatherLongName",
    )
)
STATEMENTS = st.one_of(
    EXPRESSIONS.map(lambda each: f"request = {each}"),
    st.tuples(TYPES, EXPRESSIONS).map(lambda each: f"status: {each[0]} = {each[1]}"),
    TYPES.map(lambda each: f"a_result_that_has_a_long_name: {each}"),
    EXPRESSIONS.map(lambda each: f'outputs["state"] = {each}'),
    EXPRESSIONS.map(lambda each: f"tries += {each}"),
    EXPRESSIONS.map(lambda each: f"return {each}"),
    EXPRESSIONS.map(lambda each: f"raise StepFailed({each}) from error"),
    EXPRESSIONS.map(lambda each: f"read({each})"),
    EXPRESSIONS.map(lambda each: f"if {each}:\n        pass"),
    EXPRESSIONS.map(lambda each: f"while {each}:\n        break"),
    EXPRESSIONS.map(lambda each: f"for each in {each}:\n        continue"),
    EXPRESSIONS.map(lambda each: f"with opened({each}) as http:\n        # why\n\n        pass"),
    EXPRESSIONS.map(lambda each: f"with preparing({each}):\n\n        pass"),
    EXPRESSIONS.map(lambda each: f"tries = {each}  # a remark of the author"),
)
FUNCTIONS = st.tuples(
    st.lists(
        st.tuples(NAMES, TYPES, st.one_of(st.just(""), NUMBERS)), unique_by=lambda each: each[0]
    ),
    TYPES,
    st.lists(STATEMENTS, min_size=1, max_size=4),
    st.sampled_from(("\n", "\n\n", "\n\n\n")),
)


@given(FUNCTIONS)
@settings(max_examples=150)
def test_functions_are_laid_out_as_by_black(
    function: tuple[list[tuple[str, str, str]], str, list[str], str],
) -> None:
    parameters, result, body, gap = function
    signature = "".join(
        f"    {name}: {type_}{default and f' = {default}'},\n"
        for name, type_, default in parameters
    )
    text = (
        f'"""A module."""\nimport a.b\nfrom c import d\nX = 1\n'
        f"def run(\n    *,\n    transport: int = 1,\n{signature}) -> {result}:\n"
        f'    """Says what it does.\n\n    And more of it.\n    """\n    '
        + f"{gap}    ".join(body)
        + f"{gap}Y: TypeAlias = {result}\n"
    )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            found = lay_out(text)
        except SyntaxError:
            return
    assert found == black(text)
