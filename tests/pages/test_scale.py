"""Where things stand on the days of a month, and that none lies on another."""

import datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from escalate.pages.scale import at, lanes, number, place
from escalate.pages.workload import Task, by_class, load_of

FIRST = datetime.date(2025, 9, 1)
EXTENTS = st.lists(st.tuples(st.floats(-5, 31), st.floats(0, 31)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=20)


@given(EXTENTS)
def test_no_two_things_of_a_lane_lie_on_each_other(extents):
    """And a lane is opened only where no other has room."""
    extents.sort()
    found = lanes(extents)
    for lane in set(found):
        row = [extent for extent, its in zip(extents, found, strict=True) if its == lane]
        assert all(before[1] <= after[0] for before, after in pairwise(row))

    assert set(found) == set(range(len(set(found))))


@given(st.integers(0, 60), st.integers(0, 23), st.integers(0, 59))
def test_an_instant_stands_on_its_own_day(day, hour, minute):
    """Whatever the clock says."""
    date = FIRST + datetime.timedelta(days=day)

    assert day < place(f"{date}T{hour:02}:{minute:02}:00+08:00", FIRST) < day + 1
    assert day < place(str(date), FIRST) < day + 1


def test_numbers_are_short():
    """As a style has them."""
    assert ["0", "3", "2.5", "-1.33", "10"] == [number(value) for value in (0, 3.0, 2.5, -4 / 3, 10)]
    assert "--x:1.5;--n:2" == at(x=1.5, n=2)


def test_load_counts_by_role_and_week():
    """Each of several roles; what was withdrawn was nobody's work; weeks without anything in between are there."""
    monday, later = datetime.date(2025, 9, 1), datetime.date(2025, 9, 18)
    tasks = [
        Task(("a", "b"), "done", monday, "7-1"), Task(("a",), "open", later, "7-1"), Task(("a",), "withdrawn", later, "7-1"), Task(("b",), "overdue", None, "7-2", late=True),
    ]
    load = load_of(tasks)

    assert ("a", "b") == load.roles
    assert (monday, datetime.date(2025, 9, 8), datetime.date(2025, 9, 15)) == load.weeks
    assert {("a", monday): 1, ("b", monday): 1, ("a", load.weeks[2]): 1, ("b", None): 1} == dict(load.all)
    assert (2, 2) == (load.total("a"), load.total("b"))
    assert (["7-1", "7-2"], ["a", "b"], {("7-1", "a"): (1, 0), ("7-2", "b"): (1, 1)}) == by_class(tasks)


def test_classes_are_counted_as_people_count():
    """7-2 before 7-10; what is asked of no class comes last."""
    tasks = [Task(("a",), "open", None, name) for name in ("7-10", "", "7-2", "八年级")]

    assert ["7-2", "7-10", "八年级", ""] == by_class(tasks)[0]
