"""What each session was: of its mark, and where there is none, why."""

from datetime import date

from escalate.events import Mark, Status
from escalate.foresight import alone
from escalate.pages.attendance import Day, Slot, days_of
from escalate.pages.cells import nothing, reasons, sessions
from escalate.pages.words import words_for
from escalate.roster import Roster, Student

from ..build import at, calendar
from ..test_explain import WORDS

CAL = calendar(weeks=2)
ROSTER = Roster((Student("s1", start=date(2025, 9, 2)),))


def mark(day, session, code, known):
    return Mark(student="s1", date=date(2025, 9, day), session=session, code=code, known=at(known))


def shown(*events, until="09-05 12:00"):
    """The days up to the fifth, each with what its sessions were."""
    engine = alone([WORDS], CAL, ROSTER, events, "s1", at(until))
    engine.intake.subject("s1")
    engine.advance(at(until))
    return list(days_of(engine.subjects["s1"].history, [WORDS], date(2025, 9, 1), date(2025, 9, 6), at(until)))


def test_a_session_without_a_mark_says_why():
    """Not yet on the roll, nothing recorded, still to come; no school at the weekend."""
    days = shown(mark(2, "am", "A", "09-02 12:00"), mark(2, "pm", "P", "09-02 18:00"))

    assert ["off off", "unexcused present", "none none", "none none", "none ahead", ""] == [" ".join(slot.meaning for slot in day.slots) for day in days]
    assert ["off", "unexcused", "none", "none", "none", ""] == [day.gravest for day in days]
    assert "weekend" == days[-1].kind


def test_a_corrected_mark_says_what_it_was():
    """The one that wins, and those before it."""
    days = shown(mark(2, "am", "A", "09-02 12:00"), mark(2, "am", "S", "09-03 12:00"))

    assert Slot("am", "excused", "S", ("A",)) == days[1].slots[0]
    assert "am excused (S), before: A; pm nothing recorded" == sessions(days[1], words_for("en"))


def test_nothing_that_is_known_later_is_shown():
    """A mark that came on the ninth is not known on the fifth."""
    days = shown(mark(2, "am", "A", "09-09 12:00"))

    assert "none" == days[1].slots[0].meaning


def test_who_is_not_enrolled_is_not_missed():
    """From when the status says so."""
    left = Status(student="s1", status="transferred_out", at=at("09-03 06:00"), known=at("09-03 06:00"))

    assert ["none", "off"] == [day.slots[0].meaning for day in shown(left)[1:3]]


def test_days_without_school_that_have_one_reason_stand_together():
    """A reason of its own begins anew, and so does a gap."""
    days = [Day(date(2025, 10, n), "closed", why) for n, why in ((1, "国庆"), (2, "国庆"), (3, "校庆"), (5, "校庆"))]

    assert [(1, 2, "国庆"), (3, 1, "校庆"), (5, 1, "校庆")] == reasons(days)
    assert "不上学（国庆）" == nothing(days[0], words_for("zh"))
