"""A child who has not come yet is missed by nobody (J12): the engine and the model say the same."""

from __future__ import annotations

import pytest

from escalate.evaluation import evaluate
from escalate.events import Event, Void
from escalate.roster import Roster, Student
from escalate.testing.laws import engine_is_model
from escalate.testing.model.seen import World
from escalate.testing.playing import decided
from tests.build import CAL, action, at, calendar, date, ladder, marks, policy, stage

GHOSTS = policy(ghosts=ladder("", lasts="term", unseen=stage("school_days_since(term_start) >= 2", verify=action("1 school day"))))


def opened(events: tuple[Event, ...], start: str | None) -> list[str]:
    """When the child was first asked about."""
    roster = Roster((Student("s1", "north", "c1", "7", date(start) if start else None),))
    world = World((GHOSTS,), CAL, roster, events, at("09-12 18:00"))
    engine_is_model(world)
    return [str(CAL.zone.date(item.opened)) for item in evaluate(world.policies, CAL, roster, events, world.until).items]


@pytest.mark.parametrize(("start", "asked"), [(None, "2025-09-03"), ("09-01", "2025-09-03"), ("09-09", "2025-09-09"), ("10-08", "")])
def test_time_alone_asks_for_a_child_from_the_first_date_of_its_row(start: str | None, asked: str) -> None:
    """A child who comes in February was called a ghost in September, and in the two years before."""
    assert [asked] * bool(asked) == opened((), start)


def test_who_sits_in_class_before_the_row_begins_is_followed() -> None:
    """The office enters the row late: the mark is enough."""
    assert ["2025-09-05"] == opened(tuple(marks("s1", "09-05", "AA")), "09-09")


def test_a_mark_that_is_void_later_was_enough_until_then() -> None:
    """A generated world: the close had been a clock, and the model looked only at what stands in the end."""
    morning = calendar(sessions="am 08:00-11:40")
    marked = marks("s1", "09-01", "A", cal=morning, id="m")
    world = World(
        (policy(away=ladder("", lasts="term", one=stage("days_away >= 1", verify=action("1 school day")))),), morning,
        Roster((Student("s1", "north", "c1", "7", date("09-09")),)), (*marked, Void(student="s1", target="m", known=at("09-03 10:00"), id="v")), at("09-04 18:00"),
    )  # fmt: skip

    engine_is_model(world)
    assert ["2025-09-01"] == [str(CAL.zone.date(one.decided)) for one in decided(world) if one.change.what == "issued"]
