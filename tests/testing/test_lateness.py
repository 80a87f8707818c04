"""Where a law of the kit was held to say more than the semantics do."""

from __future__ import annotations

from escalate.testing.laws import engine_is_model, setting_a_due_makes_nobody_late
from escalate.testing.model.seen import World
from escalate.testing.playing import played
from tests.build import CAL, ROSTER, at, ladder, marks, outcome, policy, stage, void

VISITS = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))


def test_what_was_done_in_time_and_is_owed_again_after_its_due_is_late_at_once() -> None:
    """Found by seed 17: a void moves the absence past the visit, which loses its item; the due moves too, from one past day to another."""
    said = [*marks("s1", "09-01", "AA __ AA"), *outcome("s1", "visit", "09-01 18:30"), *void("s1", "2025-09-01.am", "09-05 12:00")]
    world = World((VISITS,), CAL, ROSTER, tuple(said), at("09-05 23:00"))

    setting_a_due_makes_nobody_late(world)
    engine_is_model(world)

    (visit,) = [item for item in played(world).items() if item.action == "visit"]
    assert ("overdue", "2025-09-04", at("09-05 00:00")) == (visit.status, visit.due, visit.overdue_at)
