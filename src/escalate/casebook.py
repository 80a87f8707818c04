"""Which cases of whom were open at an instant, as known at another: what conditions about groups ask of students."""

from __future__ import annotations

import bisect

from .ledger import Case
from .times import Instant


class CaseBook:
    """Which cases of whom were open at an instant, as known at another."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str], dict[int, list[tuple[Instant, Case]]]] = {}

    def add(self, decided: Instant, student: str, case: Case) -> list[Instant]:
        """Note how a case stands by now; returns the instants at which it may be otherwise open than was known."""
        versions = self._kept.setdefault((student, case.policy, case.ladder), {}).setdefault(case.number, [])
        versions.append((decided, case))
        return [at for _, version in versions[-2:] for at in (version.opened, version.ended) if at is not None]

    def is_open(self, student: str, policy: str, ladder: str, at: Instant, known: Instant) -> bool:
        """Whether a case was open at `at`, by what was decided up to `known`."""
        for versions in self._kept.get((student, policy, ladder), {}).values():
            index = bisect.bisect_right(versions, known, key=lambda version: version[0])
            case = versions[index - 1][1] if index else None
            if case is not None and case.fate == "live" and case.opened <= at and (case.ended is None or at < case.ended):
                return True
        return False
