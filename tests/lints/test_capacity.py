"""What a measure can come to at most is what a child comes to who is never there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.lints.capacity import most
from escalate.policy import Param, Parameter, ParameterLine, Policy, Window
from tests import build
from tests.asked import measured
from tests.build import calendar, count, marks, run

CAL = calendar(weeks=6, closed=("2025-09-10",), make_up=("2025-09-13",), sessions="1 08:00-08:45, 2 09:00-09:45, 3 14:00-14:45")
AWAY = marks("s1", "09-01", " ".join("AAA" for _ in CAL.of("").school_days), cal=CAL)
MEASURES = [
    count("A", unit, within) for unit in ("session", "half day", "school day")
    for within in ("day", "week", "month", "term", "school year", "5 days", "2 weeks", "1 month", "4 school days", "2 school weeks", "each 2 school weeks")
]  # fmt: skip
MEASURES += [run("A"), run("A", unit="day"), run("A", within="week"), count("A", "session", "week, 3 days"), count("A", sessions="first")]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: f"{measure.kind} {measure.unit} {measure.windows}")
def test_nobody_comes_to_more(measure):
    """In the calendar the bound is reached, but for a run in days, which may begin on no weekend; without one it is no less."""
    days = CAL.of("").school_days
    highest = max(measured(measure, AWAY, f"{date.isoformat()} 17:30", cal=CAL).value or 0 for date in days)
    bound, rough = most(measure, Policy("p"), CAL), most(measure, Policy("p"), None)

    assert highest <= bound if measure.unit == "day" else highest == bound
    assert rough is None or bound <= rough


@pytest.mark.parametrize(
    ("measure", "bound"),
    [
        (count("A", "school day", "day"), 1), (count("A", "half day", "week"), 14), (count("A", "school day", "month"), 31), (count("A", "school day", "10 school days"), 10),
        (count("A", "session", "week"), None), (count("A", "school day", "term"), None), (run("A"), None), (build.rate("A"), 1), (build.total("L", "minute", "day"), None),
    ],
)  # fmt: skip
def test_what_is_known_without_a_calendar(measure, bound):
    """Nothing of sessions, and of windows whose length it gives."""
    assert bound == most(measure, Policy("p"), None)


def test_a_parameter_without_a_value_bounds_nothing():
    """Its school has not said how far the window reaches; of several lines the longest counts."""
    measure = evolve(count("A", "school day", "5 days"), windows=(Window("rolling", "day", Param("n")),))
    lines = tuple(ParameterLine(Fraction(n)) for n in (3, 8))

    assert 8 == most(measure, Policy("p", parameters={"n": Parameter("n", lines)}), None)
    for given in (None, CAL):
        assert most(measure, Policy("p", parameters={"n": Parameter("n", (), required=True)}), given) is None
