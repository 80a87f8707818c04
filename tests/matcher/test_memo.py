"""A matcher that remembers."""

from escalate.conditions import Compare, Condition, Lit, Term
from escalate.matcher import memo
from escalate.matcher.memo import Memo
from escalate.matcher.plain import Plain

LONG = Condition(Compare(">=", Term("measure", "days_away"), Lit(3)), "days_away >= 3")
LONGER = Condition(Compare(">=", Term("measure", "days_away"), Lit(4)), "days_away >= 4")


class Counted(Plain):
    """Counts what it is asked."""

    def __init__(self):
        self.asked = 0

    def hold(self, conditions, readings):
        self.asked += len(conditions)
        return super().hold(conditions, readings)


def test_the_same_condition_on_the_same_readings_is_asked_once():
    """Another condition or another reading is another question; what the condition does not read is none."""
    inner = Counted()
    matcher = Memo(inner)
    answers = [matcher.hold((LONG, LONGER), {"days_away": days, "total": days}) for days in (3, 4, 3)] + [matcher.hold((LONG,), {"days_away": 3, "total": 9})]

    assert [(True, False), (True, True), (True, False), (True,)] == answers
    assert (4, "plain") == (inner.asked, matcher.name)


def test_no_more_answers_are_kept_than_there_is_room_for(monkeypatch):
    """When it is full it begins anew."""
    monkeypatch.setattr(memo, "LIMIT", 2)
    inner = Counted()
    matcher = Memo(inner)

    def asked(days: int) -> int:
        matcher.hold((LONG,), {"days_away": days})
        return inner.asked

    assert [1, 2, 2, 2, 3, 4, 4] == [asked(days) for days in (1, 2, 1, 2, 3, 1, 3)]
