"""How one workflow's function calls another one's."""

from __future__ import annotations

from arazzoc.frozen import dataclass
from arazzoc.names import ClassName, ConstantName, Identifier
from arazzoc.types.needs import Need
from arazzoc.types.value import Constant, Value

__all__ = ["Given", "Handed", "Passed", "WorkflowCall"]


@dataclass(frozen=True, slots=True)
class Passed:
    """An argument of a call of another workflow's function.

    Attributes:
        keyword: The name of that function's parameter.
        fits: The value's type is surely one that the parameter takes.
        otherwise: What is passed where the value is absent; None where absence is None there too.
    """

    keyword: Identifier
    value: Value
    fits: bool = True
    otherwise: Constant | ConstantName | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """That a workflow has run already, told to another one that depends on it too.

    Attributes:
        keyword: The name of the other function's parameter.
        variable: What it is passed: what the workflow has given back, or whether it has run; None is `True`.
    """

    keyword: Identifier
    variable: Identifier | None


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter by which a function is told that a workflow has run that it depends on.

    Attributes:
        workflow_id: Of the workflow that may have run.
        results: The classes of what that one gives back; empty where it may give back nothing, so that the
            parameter only says whether it has run.
    """

    name: Identifier
    workflow_id: str
    results: tuple[ClassName, ...]


@dataclass(frozen=True, slots=True)
class WorkflowCall:
    """A call of another workflow's function, with the same transport.

    Attributes:
        workflow_id: Its id; behind the name of the source description and a dot, where it is one of another
            document.
        result: The variable that holds what it gives back.
        results: The classes of what it may give back; None among them where that may be nothing.
        needs: What may be absent but must not be.
        read: Whether anything reads what it gives back.
        timeout: Seconds in which all its requests have to be answered; None where the step states no time.
        handed: What has run already of that which the workflow depends on.
    """

    workflow_id: str
    function: Identifier
    arguments: tuple[Passed, ...]
    result: Identifier
    results: tuple[ClassName | None, ...]
    needs: tuple[Need, ...] = ()
    read: bool = False
    timeout: float | None = None
    handed: tuple[Handed, ...] = ()

    @property
    def told_by(self) -> tuple[ClassName, ...]:
        """The classes of what it gives back; empty where that may be nothing."""
        classes = tuple(each for each in self.results if each is not None)
        return classes if len(classes) == len(self.results) else ()
