"""What the compiler has to say about a document, as data; writers turn it into text, JSON and more."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from arazzoc.frozen import dataclass
from arazzoc.text import Span

__all__ = ["Diagnostic", "Edit", "Findings", "Fix", "Related", "Rule", "Severity"]


class Severity(IntEnum):
    """How much a finding weighs; an error keeps its workflow from being generated."""

    HINT = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The word that users see."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding.

    Attributes:
        code: `AZ` and three digits; never used again for another meaning.
        name: A slug, for file names and links.
        severity: Its weight where no option says otherwise.
        title: One line without a full stop.
        explanation: What is wrong, why it matters and what to do; Markdown.
        example: YAML that raises it, as small as can be.
        mended: The same YAML without the fault.
        tolerated: A form that the specification does not allow but whose meaning is clear: it compiles
            with a warning, and `--strict` makes it an error.
        conceals: The place holds what must not be shown: no source is printed with the finding.
        unused: What stands there does nothing: editors show it faded.
        follows: It says what another finding leads to, such as a workflow that cannot be generated; `lint`
            tells the other one alone.
    """

    code: str
    name: str
    severity: Severity
    title: str
    explanation: str
    example: str
    mended: str
    tolerated: bool = False
    conceals: bool = False
    unused: bool = False
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that helps to understand a finding, such as the first of two duplicates."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a file's text.

    Attributes:
        span: What is replaced; empty where something is put in.
        text: What stands there then, as the file spells it: quoted and escaped.
    """

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The one right mend of a finding.

    Attributes:
        title: What it does, in words such as "write `$response.body#/id`".
        edits: Its changes, which belong together and do not overlap.
    """

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place.

    Attributes:
        rule: What kind of finding it is.
        severity: The rule's own, or what options made of it.
        span: Where.
        message: What is wrong, in one sentence without a full stop, names in backticks.
        hint: What to do about it, where that is known.
        related: Other places that belong to it.
        fix: How to mend it, where there is one right way.
    """

    rule: Rule
    severity: Severity
    span: Span
    message: str
    hint: str | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[object, ...]:
        """Orders by file and place, then by code: stable for any order of the checks."""
        return (*self.span.sort_key, self.rule.code, self.message)


class Findings:
    """Collects the diagnostics of one run; the same finding twice at the same place is kept once."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def report(
        self,
        rule: Rule,
        span: Span,
        message: str,
        *,
        hint: str | None = None,
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> None:
        """Adds a finding of `rule` at `span`."""
        weight = rule.severity if severity is None else severity
        self._found[Diagnostic(rule, weight, span, message, hint, related, fix)] = None

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Adds findings that another phase returned."""
        self._found.update(dict.fromkeys(diagnostics))

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All findings in the order in which users are shown them."""
        return tuple(sorted(self._found, key=lambda diagnostic: diagnostic.sort_key))

    @property
    def has_errors(self) -> bool:
        """Whether any finding keeps something from being generated."""
        return any(found.severity is Severity.ERROR for found in self._found)
