"""One rule of `escalate lint`: its id, its severity, its page, what it must be given, and how it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from ..days import Calendar
from ..messages import UNSAID, Said
from ..policy import Policy
from ..roster import Assignment, Roster
from ..source import Problem, Span

SEVERITIES = ("note", "warning", "error")  # from the least


@frozen
class Given:
    """What stands beside a policy; a rule that needs what is not there is not asked."""

    calendar: Calendar | None = None
    roster: Roster | None = None
    assignments: tuple[Assignment, ...] | None = None

    def has(self, option: str) -> bool:
        """Whether what an option of the command line names is there."""
        return getattr(self, option) is not None


@frozen
class Run:
    """What a run's folder says: how its marks were entered (`counts` of `run.json`), and its items as rows."""

    marks: Mapping[str, int]
    items: Sequence[Mapping[str, Any]]


Find = Callable[[Policy, Given], Iterator[Problem]]
FindInRun = Callable[[Run], Iterator[Problem]]


@frozen
class Rule:
    """find: in a policy; in_run: in a run's folder. needs: options without which it is not asked; better: with which it finds more.

    checked: `escalate check` says it too. page: the docstring of its module.
    """

    id: str
    severity: str
    page: str
    find: Find | None = None
    in_run: FindInRun | None = None
    needs: tuple[str, ...] = ()
    better: tuple[str, ...] = ()
    checked: bool = False

    def found(self, message: Said, span: Span | None, help: Said = UNSAID) -> Problem:
        """A problem of this rule."""
        return Problem(self.id, message, span, help, warning=self.severity != "error", note=self.severity == "note")

    @property
    def title(self) -> str:
        """The first line of its page."""
        return self.page.strip().split("\n", 1)[0].rstrip(".")
