"""Types, values and tests of the graph in few words, for dumps and diagrams."""

from __future__ import annotations

import json
from typing import TypeAlias, assert_never

from arazzoc.types.composed import Composed
from arazzoc.types.condition import (
    AllOf,
    AnyOf,
    Compare,
    Criterion,
    Exists,
    Finds,
    FitsPattern,
    Holds,
    Language,
    Matches,
    Not,
    PathHolds,
    Readable,
    Test,
    XPathHolds,
)
from arazzoc.types.model import (
    AnyType,
    Choice,
    ListType,
    MapType,
    Named,
    Primitive,
    Record,
    Type,
    Union,
)
from arazzoc.types.nodes import (
    Branch,
    Candidates,
    Children,
    Descendants,
    Elements,
    Kept,
    Nodes,
    Selector,
    Step,
)
from arazzoc.types.value import (
    Argument,
    ArrayIndex,
    BasicCredentials,
    BearerToken,
    Chosen,
    ComposedReplaced,
    Constant,
    Count,
    Embedded,
    Escaped,
    Item,
    JsonLiteral,
    Length,
    ListValue,
    Member,
    NodesReplaced,
    ObjectValue,
    Outcome,
    Picked,
    Queried,
    Replaced,
    RequestHeader,
    RequestMethod,
    RequestUrl,
    ResponseBody,
    ResponseHeader,
    ResponseStatus,
    Returned,
    Selected,
    Sent,
    Size,
    Sole,
    StepOutput,
    Value,
    XmlReplaced,
    XmlText,
    XPathFound,
)
from arazzoc.types.xpath import XPath

__all__ = ["criterion_words", "test_words", "type_words", "value_words"]


_Whole: TypeAlias = (
    Constant
    | Argument
    | StepOutput
    | Returned
    | ResponseStatus
    | ResponseHeader
    | ResponseBody
    | RequestHeader
    | RequestUrl
    | RequestMethod
)

_Queried: TypeAlias = (
    Picked | Length | Count | Sole | Item | Selected | Chosen | JsonLiteral | ArrayIndex
)


_Composed: TypeAlias = (
    Embedded
    | ObjectValue
    | ListValue
    | Replaced
    | XmlReplaced
    | NodesReplaced
    | ComposedReplaced
    | Queried
    | Escaped
    | XPathFound
    | XmlText
    | BasicCredentials
    | BearerToken
    | Outcome
    | _Whole
)


def type_words(type_: Type) -> str:
    """A type as Python nearly spells it; a record by its members, `?` after the optional ones."""
    match type_:
        case AnyType():
            return "Any"
        case Primitive(name):
            return name
        case Choice(values):
            return f"Literal[{', '.join(map(_json, values))}]"
        case ListType(item):
            return f"list[{type_words(item)}]"
        case MapType(value):
            return f"dict[str, {type_words(value)}]"
        case Union(members):
            return " | ".join(map(type_words, members))
        case Named(key):
            return f"<{_without_folder(key)}>"
        case Record(fields, closed):
            words = [
                f"{field.name}{'' if field.required else '?'}: {type_words(field.type)}"
                for field in fields
            ]
            return "{" + ", ".join([*words, *([] if closed else ["..."])]) + "}"


def value_words(value: Value) -> str:
    """A value; `?` after what may be absent."""
    return _plain(value) + ("?" if value.absent and not isinstance(value, Constant) else "")


def _without_folder(key: str) -> str:
    """A schema's address without the folder of its document, which is another one on another machine."""
    document, mark, pointer = key.partition("#")
    return document.rpartition("/")[2] + mark + pointer


def criterion_words(criterion: Criterion) -> str:
    """A criterion as the document states it, on one line."""
    return " ".join(criterion.text.split())


def test_words(test: Test) -> str:
    """What a test compares, with parentheses around what has parts."""
    match test:
        case Compare(left, operator, right, language):
            words = f"{value_words(left)} {operator} {value_words(right)}"
            return words if language is Language.SIMPLE else f"{words} [{language.value}]"
        case Readable(structured):
            return "body is JSON" if structured else "body is what it claims to be"
        case Holds(value) | Exists(value):
            return f"{type(test).__name__.lower()} {value_words(value)}"
        case Finds(nodes):
            return f"finds {nodes_words(nodes)}"
        case FitsPattern() | Matches() | XPathHolds() | PathHolds():
            return _fitting_words(test)
        case Not(inner):
            return f"not ({test_words(inner)})"
        case AllOf(tests):
            return " and ".join(map(_grouped, tests)) or "true"
        case AnyOf(tests):
            return " or ".join(map(_grouped, tests)) or "false"
        case _:
            assert_never(test)


def _fitting_words(test: FitsPattern | Matches | XPathHolds | PathHolds) -> str:
    """A value that has to fit a text of another language."""
    match test:
        case FitsPattern(value, stated, whole):
            verb = "fits" if whole else "contains what fits"
            return f"{value_words(value)} {verb} {value_words(stated)}"
        case Matches(value, pattern):
            words = _json(pattern) if isinstance(pattern, str) else value_words(pattern)
            return f"{value_words(value)} matches {words}"
        case XPathHolds(value, query):
            return f"{value_words(value)} fulfils {xpath_words(query)}"
        case PathHolds(value, query):
            return f"{value_words(value)} fulfils {_composed_words(query)}"


def xpath_words(query: XPath) -> str:
    """An XPath with its version and its variables."""
    given = "".join(f", ${name} = {value_words(value)}" for name, value in query.variables)
    text = _json(query.text) if isinstance(query.text, str) else value_words(query.text)
    return f"{text} [XPath {query.version}{given}]"


def _composed_words(query: Composed) -> str:
    """A query that only a run knows, with its language."""
    return f"{value_words(query.text)} [{query.language}]"


def nodes_words(nodes: Nodes) -> str:
    """A query: where its branches start, what they select, and what is taken of that."""
    words = [_branch_words(branch) for branch in nodes.branches]
    return ", ".join([*words, value_words(nodes.result)]) if words else value_words(nodes.result)


def _branch_words(branch: Branch) -> str:
    selected = " and ".join(map(_selector_words, branch.selectors))
    return f"{_plain(branch.item)} in {selected} of {_plain(branch.origin)}"


def _selector_words(selector: Selector) -> str:
    match selector:
        case Step(step):
            return _step_words(step)
        case Children():
            return "children"
        case Candidates():
            return "candidates"
        case Descendants():
            return "descendants"
        case Elements(start, end, step):
            bounds = (start, end) if step is None else (start, end, step)
            words = ("" if bound is None else _step_words(bound) for bound in bounds)
            return f"[{':'.join(words)}]"
        case Kept(_, test, among):
            return f"{_selector_words(among)} where ({test_words(test)})"


def _step_words(step: str | int | Value) -> str:
    return _json(step) if isinstance(step, str | int) else value_words(step)


def _grouped(test: Test) -> str:
    words = test_words(test)
    return f"({words})" if isinstance(test, AllOf | AnyOf) else words


def _plain(value: Value) -> str:
    match value:
        case Member(base, tokens):
            return f"{_plain(base)}#{''.join('/' + _escaped(token) for token in tokens)}"
        case Sent(base=base):
            return f"{_plain(base)} as sent"
        case Size(base):
            return f"size of {_plain(base)}"
        case Picked() | Length() | Count() | Sole() | Item() | Selected() | Chosen():
            return _queried(value)
        case JsonLiteral() | ArrayIndex():
            return _queried(value)
        case _:
            return _composed(value)


def _place_words(value: Replaced | NodesReplaced | XmlReplaced | ComposedReplaced) -> str:
    """Where the base has another value."""
    match value:
        case Replaced(_, tokens):
            return "".join("/" + _escaped(token) for token in tokens)
        case NodesReplaced(_, _, parents, _, selectors):
            return f"{' and '.join(map(_selector_words, selectors))} of ({nodes_words(parents)})"
        case XmlReplaced(_, query):
            return xpath_words(query)
        case ComposedReplaced(_, query):
            return _composed_words(query)


def _composed(value: _Composed) -> str:
    """A value that the document puts together."""
    match value:
        case Embedded(parts):
            words = (_json(part) if isinstance(part, str) else value_words(part) for part in parts)
            return f"text({', '.join(words)})"
        case ObjectValue(members):
            words = (f"{_json(name)}: {value_words(member)}" for name, member in members)
            return "{" + ", ".join(words) + "}"
        case ListValue(items):
            return f"[{', '.join(map(value_words, items))}]"
        case Replaced() | NodesReplaced() | XmlReplaced() | ComposedReplaced():
            return f"{_plain(value.base)} with {_place_words(value)} = {value_words(value.value)}"
        case XPathFound() | Queried():
            return _found_words(value)
        case XmlText() | Escaped():
            return _escaped_words(value)
        case BasicCredentials(username, password):
            return f"basic({value_words(username)}, {value_words(password)})"
        case BearerToken(given, url, base):
            against = f" at {base}" if base else ""
            return f"bearer({value_words(given)}, else from {url}{against})"
        case Outcome(test):
            return f"({test_words(test)})"
        case _:
            return _whole(value)


def _found_words(value: XPathFound | Queried) -> str:
    """What a query leads to."""
    match value:
        case XPathFound(base, query):
            return f"{xpath_words(query)} in {_plain(base)}"
        case Queried(base, query):
            return f"{_composed_words(query)} in {_plain(base)}"


def _escaped_words(value: XmlText | Escaped) -> str:
    """A value as text of another language."""
    match value:
        case XmlText(base, quoted):
            return f"{'quoted ' if quoted else ''}XML of {value_words(base)}"
        case Escaped(base, language):
            return f"{language} text of {value_words(base)}"


def _queried(value: _Queried) -> str:
    """A value of a JSONPath query."""
    match value:
        case Picked(base, steps):
            return f"{_plain(base)}{''.join(f'[{_step_words(step)}]' for step in steps)}"
        case Length(base):
            return f"length of {_plain(base)}"
        case Count(nodes):
            return f"count of ({nodes_words(nodes)})"
        case Sole(nodes):
            return f"sole of ({nodes_words(nodes)})"
        case Item(number):
            return f"item {number}"
        case Selected(nodes):
            return f"[{nodes_words(nodes)}]"
        case Chosen(tests, chosen):
            return f"{_plain(chosen)} if {' and '.join(map(_grouped, tests))}"
        case JsonLiteral(base):
            return f"literal {_plain(base)}"
        case ArrayIndex(base):
            return f"index {_plain(base)}"
        case _:
            assert_never(value)


def _whole(value: _Whole) -> str:
    """A value without parts."""
    match value:
        case Constant(content, _, absent):
            return "absent" if absent else _json(content)
        case Argument(name):
            return name
        case StepOutput(step_id, output):
            return f"{step_id}.{output}"
        case Returned(owner, output):
            return f"{owner.partition('.')[2]}.{output}"
        case ResponseStatus():
            return "status"
        case ResponseBody():
            return "body"
        case ResponseHeader(name) | RequestHeader(name):
            return f"{'request ' if isinstance(value, RequestHeader) else ''}header {name}"
        case RequestUrl():
            return "url"
        case RequestMethod(method):
            return f"method {method}"
        case _:
            assert_never(value)


def _escaped(token: str) -> str:
    """A JSON Pointer's token (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
