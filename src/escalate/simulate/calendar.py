"""A school year where there is none: two terms of the usual length from 1 September, two sessions a day, without holidays."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ..policy import Policy
from ..times import DAY

FIRST_YEAR = 2025
FIRST_TERM, SECOND_TERM = (0, 144), (182, 312)  # 1 September to 23 January, 2 March to 10 July


def calendar_text(policies: Iterable[Policy]) -> str:
    """The calendar as YAML: of the school year from 2025 on in which every policy is in force, as far as there is one."""
    given = list(policies)
    first = datetime.date(_year(given), 9, 1)
    first += (-first.weekday() % 7 if first.weekday() > 4 else 0) * DAY
    autumn, spring = ((first + start * DAY, first + end * DAY) for start, end in (FIRST_TERM, SECOND_TERM))
    return "\n".join([
        f"calendar: simulated-{first.year}",
        f"timezone: {given[0].timezone}",
        'sessions: {am: "08:00-11:40", pm: "14:00-17:00"}',
        "terms:",
        *(f"  {name}: {{from: {start}, to: {end}}}" for name, (start, end) in (("autumn", autumn), ("spring", spring))),
        f"years: {{{first.year}: [autumn, spring]}}",
        "",
    ])


def _year(policies: Iterable[Policy]) -> int:
    """The first year from 2025 on that begins under every policy; where one ended before, the last that it held for."""
    year = FIRST_YEAR
    for policy in policies:
        if policy.start is not None:
            year = max(year, policy.start.year + (policy.start > datetime.date(policy.start.year, 9, 1)))
    ends = [policy.end for policy in policies if policy.end is not None]
    return min([year, *(end.year - (end < datetime.date(end.year, 9, 1)) for end in ends)])
