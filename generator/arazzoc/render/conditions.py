"""Conditions as Python expressions of type `bool`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from arazzoc.frozen import dataclass
from arazzoc.render.composed import ComposedQueries
from arazzoc.render.jsonpath import Queries
from arazzoc.render.literals import literal, pattern_literal
from arazzoc.render.values import Values
from arazzoc.render.vocabulary import Vocabulary
from arazzoc.render.xpaths import XPaths
from arazzoc.runtime.comparison import compare, equal
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
    Operator,
    PathHolds,
    Readable,
    Test,
    XPathHolds,
)
from arazzoc.types.model import ANY, BOOL
from arazzoc.types.value import (
    ArrayIndex,
    Chosen,
    ComposedReplaced,
    Constant,
    Count,
    Embedded,
    Escaped,
    JsonLiteral,
    Member,
    NodesReplaced,
    Outcome,
    Picked,
    Queried,
    ResponseStatus,
    Value,
    XmlReplaced,
    XmlText,
    XPathFound,
)

__all__ = ["Conditions"]

_OPPOSITE: Final[Mapping[Operator, Operator]] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
}
_MIRRORED: Final[Mapping[Operator, Operator]] = {
    "==": "==",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}


@dataclass(frozen=True, slots=True)
class _Code:
    """An expression, and the word that joins its parts: `and`, `or`, or none."""

    text: str
    word: str = ""

    def within(self, word: str) -> str:
        """The expression as a part of others joined by `word`; readers need not know which binds tighter."""
        return self.text if self.word in ("", word) else f"({self.text})"


class Conditions:
    """Writes tests as expressions over the step's `response` and the variables in scope.

    Attributes:
        queries: Writes the JSONPath queries in them.
    """

    def __init__(self, values: Values, vocabulary: Vocabulary) -> None:
        self._values = values
        self._vocabulary = vocabulary
        self.queries = Queries(
            values, vocabulary, lambda test, wanted: self._write(test, wanted).text
        )
        self._xpaths = XPaths(values, vocabulary)
        self._operands: tuple[tuple[str, Value], ...] = ()
        self._composed = ComposedQueries(values, vocabulary)
        values.queried = self._queried

    def all(self, criteria: Iterable[Criterion], *, also: str | None = None) -> str:
        """The expression that is true where every criterion holds.

        Args:
            criteria: The criteria, judged in order.
            also: A further condition that goes before them.
        """
        codes = [self._judged(criterion, True) for criterion in criteria]
        if also is not None:
            codes.insert(0, _Code(also))
        return _chain("and", codes).text

    def unmet(self, *criteria: Criterion) -> str:
        """The expression that is true where a criterion does not hold."""
        return _chain("or", [self._judged(criterion, False) for criterion in criteria]).text

    def _judged(self, criterion: Criterion, wanted: bool) -> _Code:
        """Its test; what logs that it cannot be evaluated tells its operands."""
        self._operands = criterion.operands
        code = self._write(criterion.test, wanted)
        self._operands = ()
        return code

    def _told(self) -> str:
        """The argument for the operands of the criterion that is being written; empty where it has none."""
        shown = (
            f"{literal(text)}: {self._values.expression(each)}" for text, each in self._operands
        )
        return f", operands={{{', '.join(shown)}}}" if self._operands else ""

    def _queried(self, value: Value) -> str:
        """A value that holds a test or a query."""
        match value:
            case Outcome():
                return self._outcome(value)
            case XPathFound() | XmlReplaced() | XmlText():
                return self._xpaths.written(value)
            case Queried() | ComposedReplaced() | Escaped():
                return self._composed.written(value)
            case NodesReplaced():
                met = _chain("and", [self._write(guard, True) for guard in value.guards]).text
                return self.queries.replaced(value, met if value.guards else None)
            case Chosen(tests, chosen):
                met = _chain("and", [self._write(test, True) for test in tests]).text
                return f"({self._values.expression(chosen)} if {met} else None)"
            case _:
                return self.queries.strict(value)

    def _outcome(self, value: Outcome) -> str:
        return f"({self._write(value.test, True).text})"

    def _write(self, test: Test, wanted: bool) -> _Code:
        return _WRITERS[type(test)](self, test, wanted)

    def compare(self, test: Test, wanted: bool) -> _Code:
        """A comparison by the rules of its language."""
        assert isinstance(test, Compare)
        left, operator, right = test.left, test.operator, test.right
        outcome = self._known_outcome(test)
        if outcome is not None:
            return _Code(str(outcome is wanted))
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, operator, right = right, _MIRRORED[operator], left
        if isinstance(left, ResponseStatus) and _is_number(right):
            return self._status(left, operator, right, wanted)
        if isinstance(left, ResponseStatus) and operator in ("==", "!=") and _is_null(right):
            return _Code(f"response.status {operator if wanted else _OPPOSITE[operator]} 0")
        if isinstance(left, Count) and _is_number(right):
            count, number = self.queries.strict(left), self._values.expression(right)
            return _Code(f"{count} {operator if wanted else _OPPOSITE[operator]} {number}")
        if isinstance(left, Outcome) and isinstance(right, Outcome) and operator in ("==", "!="):
            sign = operator if wanted else _OPPOSITE[operator]
            return _Code(f"{self._outcome(left)} {sign} {self._outcome(right)}")
        if operator in ("==", "!="):
            return self._equality(left, right, (operator == "==") is wanted, test.language)
        return self._ordering(left, operator, right, wanted, test.language)

    def _known_outcome(self, test: Compare) -> bool | None:
        """What a simple condition's comparison always gives; None where the run decides."""
        left, operator, right = test.left, test.operator, test.right
        if test.language is not Language.SIMPLE:
            return None
        if isinstance(left, Constant) and isinstance(right, Constant):
            if operator == "==" or operator == "!=":  # noqa: PLR1714 - checkers narrow by this
                return equal(left.value, right.value) is (operator == "==")
            return compare(left.value, operator, right.value)
        text, other = (right, left) if isinstance(right, Embedded) else (left, right)
        is_there = isinstance(text, Embedded) and not self._values.may_miss(text)
        if is_there and _is_null(other) and operator in ("==", "!="):
            return operator == "!="
        return None

    def _status(
        self, left: ResponseStatus, operator: Operator, right: Value, wanted: bool
    ) -> _Code:
        """The status is 0 where no response came, which no ordering may hold for."""
        below = left.absent and operator in ("<", "<=")
        number = self._values.expression(right)
        if not below:
            return _Code(f"response.status {operator if wanted else _OPPOSITE[operator]} {number}")
        inside = f"0 < response.status {operator} {number}"
        return _Code(inside if wanted else f"not 0 < response.status {operator} {number}")

    def _equality(self, left: Value, right: Value, equal: bool, language: Language) -> _Code:
        if language is Language.JSONPATH and not (
            _is_something(right) and not isinstance(left, Constant)
        ):
            return self._strict_equality(left, right, equal)
        one, other = self._operand(left, language), self._values.expression(right)
        sign = "==" if equal else "!="
        if isinstance(right, Constant):
            constant = right.value
            if constant is None and language is Language.SIMPLE:
                return _Code(f"{self._apart(left, one)} is {'' if equal else 'not '}None")
            if isinstance(constant, str) and language is Language.JSONPATH:
                return _Code(f"{self._apart(left, one)} {sign} {other}")
            # Of all JSON values true alone is True; type checkers know where a value can be neither.
            if isinstance(constant, bool) and language is Language.JSONPATH and _may_be_bool(left):
                return _Code(f"{one} is {'' if equal else 'not '}{constant}")
            if isinstance(constant, str) and not _is_numeric(constant):
                folded = self._vocabulary.runtime("folded")
                return _Code(f"{folded}({one}) {sign} {literal(constant.casefold())}")
        call = "equal" if language is Language.SIMPLE else "same"
        code = f"{self._vocabulary.runtime(call)}({one}, {other})"
        return _Code(code if equal else f"not {code}")

    def _strict_equality(self, left: Value, right: Value, equal: bool) -> _Code:
        """Where null and nothing have to be told apart."""
        one, other = self.queries.strict(left), self.queries.strict(right)
        if isinstance(right, Constant) and not isinstance(left, Constant):
            return _Code(f"{self._apart(left, one)} is {'' if equal else 'not '}None")
        code = f"{self._vocabulary.runtime('same')}({one}, {other})"
        return _Code(code if equal else f"not {code}")

    def _apart(self, value: Value, code: str) -> str:
        """The value's code beside an operator: text that may lack a value is a choice."""
        return f"({code})" if isinstance(value, Embedded) and self._values.may_miss(value) else code

    def _operand(self, value: Value, language: Language) -> str:
        """The value, for a comparison with what is there: neither None nor `NOTHING` is equal to that."""
        simple = language is Language.SIMPLE
        return self._values.expression(value) if simple else self.queries.loose(value)

    def _ordering(
        self, left: Value, operator: Operator, right: Value, wanted: bool, language: Language
    ) -> _Code:
        if language is Language.JSONPATH and not _is_something(right):
            one, other = self.queries.strict(left), self.queries.strict(right)
        else:
            one, other = self._operand(left, language), self._values.expression(right)
        compare = "compare" if language is Language.SIMPLE else "compare_strictly"
        code = f"{self._vocabulary.runtime(compare)}({one}, {literal(operator)}, {other})"
        return _Code(code if wanted else f"not {code}")

    def holds(self, test: Test, wanted: bool) -> _Code:
        """A bare value: neither false nor null."""
        assert isinstance(test, Holds)
        code = f"{self._vocabulary.runtime('holds')}({self._values.expression(test.value)})"
        return _Code(code if wanted else f"not {code}")

    def exists(self, test: Test, wanted: bool) -> _Code:
        """A query that leads somewhere."""
        assert isinstance(test, Exists)
        if isinstance(test.value, Picked | JsonLiteral | ArrayIndex):
            nothing = self._vocabulary.runtime("NOTHING")
            found = self.queries.strict(test.value)
            return _Code(f"{found} is {'not ' if wanted else ''}{nothing}")
        if not isinstance(test.value, Member):
            code = self._apart(test.value, self._values.expression(test.value))
            return _Code(f"{code} is {'not ' if wanted else ''}None")
        found = self._vocabulary.runtime("leads_somewhere")
        tokens = "".join(f", {literal(token)}" for token in test.value.tokens)
        code = f"{found}({self._values.expression(test.value.base)}{tokens})"
        return _Code(code if wanted else f"not {code}")

    def finds(self, test: Test, wanted: bool) -> _Code:
        """A query that finds something."""
        assert isinstance(test, Finds)
        return _Code(self.queries.finds(test.nodes, wanted))

    def fits(self, test: Test, wanted: bool) -> _Code:
        """A string that fits an I-Regexp."""
        assert isinstance(test, FitsPattern)
        code = self.queries.fits(test)
        return _Code(code if wanted else f"not {code}")

    def matches(self, test: Test, wanted: bool) -> _Code:
        """A regular expression that finds something."""
        assert isinstance(test, Matches)
        if isinstance(test.pattern, str):
            name, pattern, told = "matches", pattern_literal(test.pattern), ""
        else:
            name, pattern = "matches_composed", self._values.expression(test.pattern)
            told = self._told()
        matches = self._vocabulary.runtime(name)
        code = f"{matches}({pattern}, {self._values.expression(test.value)}{told})"
        return _Code(code if wanted else f"not {code}")

    def readable(self, test: Test, wanted: bool) -> _Code:
        """A body that can be read."""
        assert isinstance(test, Readable)
        if test.structured:
            return _Code("response.is_json" if wanted else "not response.is_json")
        return _Code("not response.is_garbled" if wanted else "response.is_garbled")

    def in_xpath(self, test: Test, wanted: bool) -> _Code:
        """An XPath that holds."""
        assert isinstance(test, XPathHolds)
        code = self._xpaths.holds(test, self._told())
        return _Code(code if wanted else f"not {code}")

    def by_path(self, test: Test, wanted: bool) -> _Code:
        """A JSONPath that only a run knows and that finds something."""
        assert isinstance(test, PathHolds)
        code = self._composed.holds(test, self._told())
        return _Code(code if wanted else f"not {code}")

    def opposite(self, test: Test, wanted: bool) -> _Code:
        """A negation, moved inwards."""
        assert isinstance(test, Not)
        return self._write(test.test, not wanted)

    def all_of(self, test: Test, wanted: bool) -> _Code:
        """A conjunction; negated, a disjunction of negations."""
        assert isinstance(test, AllOf)
        gathered = self._membership(test.tests, "!=", not wanted)
        if gathered is not None:
            return gathered
        codes = [self._write(part, wanted) for part in test.tests]
        return _chain("and" if wanted else "or", codes)

    def any_of(self, test: Test, wanted: bool) -> _Code:
        """A disjunction; comparisons of one value with several become one `in`."""
        assert isinstance(test, AnyOf)
        gathered = self._membership(test.tests, "==", wanted)
        if gathered is not None:
            return gathered
        codes = [self._write(part, wanted) for part in test.tests]
        return _chain("or" if wanted else "and", codes)

    def _membership(self, tests: Sequence[Test], operator: Operator, wanted: bool) -> _Code | None:
        """`x in (a, b)` for `x == a || x == b`, and `x not in (a, b)` for `x != a && x != b`.

        None where that would not mean the same.
        """
        texts: list[str] = []
        subjects: set[tuple[str, bool]] = set()
        for part in tests:
            if not isinstance(part, Compare) or part.operator != operator:
                return None
            left, right = part.left, part.right
            if isinstance(left, Constant):
                left, right = right, left
            if not isinstance(right, Constant) or isinstance(left, Constant):
                return None
            simple = part.language is Language.SIMPLE
            if isinstance(left, ResponseStatus) and _is_number(right):
                texts.append(literal(right.value))
                subjects.add(("response.status", False))
            elif isinstance(right.value, str) and not (simple and _is_numeric(right.value)):
                texts.append(literal(right.value.casefold() if simple else right.value))
                operand = self._operand(left, part.language)
                subjects.add((operand if simple else self._apart(left, operand), simple))
            else:
                return None
        if len(subjects) != 1:
            return None
        ((code, simple),) = subjects
        if simple:
            code = f"{self._vocabulary.runtime('folded')}({code})"
        unique = list(dict.fromkeys(texts))
        if len(unique) == 1:
            return _Code(f"{code} {'==' if wanted else '!='} {unique[0]}")
        return _Code(f"{code} {'in' if wanted else 'not in'} ({', '.join(unique)})")


def _chain(word: str, codes: list[_Code]) -> _Code:
    deciding, idle = ("False", "True") if word == "and" else ("True", "False")
    if any(code.text == deciding for code in codes):
        return _Code(deciding)
    codes = [code for code in codes if code.text != idle]
    if len(codes) <= 1:
        return codes[0] if codes else _Code("True" if word == "and" else "False")
    return _Code(f" {word} ".join(code.within(word) for code in codes), word)


def _is_something(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is not None


def _may_be_bool(value: Value) -> bool:
    return value.type in (ANY, BOOL)


def _is_null(value: Value) -> bool:
    return isinstance(value, Constant) and value.value is None


def _is_number(value: Value) -> bool:
    return (
        isinstance(value, Constant)
        and isinstance(value.value, int | float)
        and not isinstance(value.value, bool)
    )


def _is_numeric(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


_WRITERS: Final[Mapping[type[Test], Callable[[Conditions, Test, bool], _Code]]] = {
    Compare: Conditions.compare,
    Holds: Conditions.holds,
    Exists: Conditions.exists,
    Readable: Conditions.readable,
    Finds: Conditions.finds,
    FitsPattern: Conditions.fits,
    Matches: Conditions.matches,
    XPathHolds: Conditions.in_xpath,
    PathHolds: Conditions.by_path,
    Not: Conditions.opposite,
    AllOf: Conditions.all_of,
    AnyOf: Conditions.any_of,
}
