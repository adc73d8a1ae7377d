"""Text with values put in: each means the same, however it is written."""

from __future__ import annotations

import pytest

from arazzoc.render.interpolation import Code, interpolated


def _segment(*values: str) -> str:
    return f"<{values}>"


VALUES: dict[str, object] = {
    "url": "https://api.example",
    "a": "1",
    "b": "2",
    "segment": _segment,
}


def written(*parts: str | Code) -> str:
    return interpolated(parts, all_text=True, lines=True)


def test_a_url_is_an_f_string_whose_code_has_single_quotes() -> None:
    url = written(Code("url"), "/jobs/", Code('segment(a, "id")'))
    assert url == """f"{url}/jobs/{segment(a, 'id')}\""""


def test_a_long_url_has_lines_that_begin_with_a_slash() -> None:
    parts: list[str | Code] = [
        Code("url"),
        "/customers/",
        Code("segment(a)"),
        "/orders/",
        Code("segment(b)"),
    ]
    url = written(*parts, "/shipments/", Code("segment(a)"), "/cancel")
    assert url == (
        'f"{url}/customers/{segment(a)}/orders/{segment(b)}/shipments" f"/{segment(a)}/cancel"'
    )
    assert written(*parts, "/a-rather-long-last-part-of-a-path").endswith(
        '" "/a-rather-long-last-part-of-a-path"'
    )


@pytest.mark.parametrize(
    "code", ['segment(a, "#id")', """segment(a, "it's")""", 'segment(a, "\\\\d")', "segment(a)"]
)
@pytest.mark.parametrize(
    "text", ["/{x}/", '/"/', "/#/", "/a/very/long/path/of/many/words/that/goes/on/"]
)
def test_it_is_the_text_that_its_parts_are(code: str, text: str) -> None:
    url = written(Code("url"), text, Code(code), "/", Code("segment(b)"), text)
    one, other = (eval(each, dict(VALUES)) for each in (code, "segment(b)"))
    assert eval(url, dict(VALUES)) == f"https://api.example{text}{one}/{other}{text}"
