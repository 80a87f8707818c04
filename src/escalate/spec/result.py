"""A case by its place, and what came of it: what reports are made of."""

from __future__ import annotations

from attrs import frozen

from .comparing import Verdict
from .values import Case


@frozen
class Result:
    """case: the whole of it, None of one that passed in another process."""

    path: str
    title: str
    line: int
    found: Verdict
    case: Case | None = None

    @classmethod
    def of(cls, case: Case, found: Verdict) -> Result:
        """A case that was played here."""
        return cls(case.path, case.title, case.span.line, found, case)
