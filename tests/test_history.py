"""One student's visible facts: which mark wins, what is notable, columns and statuses on their dates."""

from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from escalate.events import Fact, Mark, RosterEdit
from escalate.history import SLOTS, History, Shared, event_order
from escalate.roster import Roster, Student
from tests.build import CAL, ROSTER, at, calendar, correct, date, document, flag, marks, outcome, status

AM, PM = CAL.of("").sessions(date("09-01"))


def history(*events, quiet: str = "P", cal=CAL, roster=ROSTER) -> History:
    found = History("s1", Shared(cal, roster), frozenset(quiet))
    for event in events:
        found.add(event)
    return found


def dates(found: History) -> list[str]:
    return [f"{datetime.date.fromordinal(ordinal):%m-%d}" for ordinal in found.notable]


def test_a_calendar_of_too_many_sessions_is_refused():
    """Thirty-two stand in a day, one more does not."""
    def sessions(n: int):
        return calendar(sessions=", ".join(f"s{i} {8 + i // 6:02}:{i % 6 * 10:02}-{8 + i // 6:02}:{i % 6 * 10 + 9:02}" for i in range(n)))

    assert SLOTS == len(Shared(sessions(SLOTS), ROSTER).periods)
    with pytest.raises(ValueError, match="at most 32 sessions"):
        Shared(sessions(SLOTS + 1), ROSTER)


def test_the_newest_version_of_a_mark_wins_in_any_order():
    """And when it is taken away the one before it stands again."""
    old, new = marks("s1", "09-01", "A_"), correct("s1", "09-01", "P_", "09-03")
    for events in ([*old, *new], [*new, *old]):
        found = history(*events)

        assert found.marked(AM) == new[0]
        found.remove(new[0])
        assert (found.marked(AM), found.versions) == (old[0], {})
        found.remove(old[0])
        assert (found.marked(AM), found.notable) == (None, [])


def test_the_middle_of_three_versions_may_be_taken_away():
    """The newest still wins."""
    one, two, three = (*marks("s1", "09-01", "A_"), *correct("s1", "09-01", "S_", "09-02"), *correct("s1", "09-01", "L_", "09-03"))
    found = history(one, two, three)

    found.remove(two)

    assert (three, [one, three]) == (found.marked(AM), next(iter(found.versions.values())))


def test_a_mark_of_an_unknown_period_has_no_place():
    """It is neither taken nor missed."""
    strange = Mark(student="s1", date=date("09-01"), session="night", code="A", known=at("09-01"))
    found = history(strange)

    found.remove(strange)

    assert (None, {}, []) == (found.slot(strange), found.slots, found.notable)


def test_dates_are_notable_while_a_mark_of_theirs_is_not_ordinary():
    """In order, each once."""
    found = history(*marks("s1", "09-02", "AA"), *marks("s1", "09-01", "PA"), *marks("s1", "09-03", "PP"))
    assert ["09-01", "09-02"] == dates(found)

    corrected = [*correct("s1", "09-01", "PP", "09-04"), *correct("s1", "09-03", "A_", "09-04")]
    for event in corrected:
        found.add(event)
    assert ["09-02", "09-03"] == dates(found)

    for event in corrected:
        found.remove(event)
    assert ["09-01", "09-02"] == dates(found)


def test_a_mark_has_a_natural_name():
    """Its own id first; later versions are numbered as they come, and keep their numbers when one is void."""
    one, two, named = (*marks("s1", "09-01", "A_"), *correct("s1", "09-01", "S_", "09-02"), *marks("s1", "09-01", "_A", id="m7"))
    found = history(one, two, named)

    assert ["2025-09-01.am", "2025-09-01.am#2", "m7"] == [found.mark_id(mark) for mark in (one, two, named)]
    found.remove(one)
    assert "2025-09-01.am#2" == found.mark_id(two)
    assert "2025-09-02.am" == found.mark_id(marks("s1", "09-02", "A_")[0])


def test_other_facts_stand_in_order_of_what_they_are_about():
    """Each kind in its own list, by date too, and gone when they are taken away."""
    fact = Fact(about="s1", fact="grade", at=at("09-02"), known=at("09-02"))
    events = [
        *status("s1", "returned", "09-03"), *status("s1", "dropped_out", "09-02"), *outcome("s1", "visit", "09-02"), *document("s1", "plan", "09-02"), *flag("s1", "special", "yes", "09-02"), fact,
    ]
    found = history(*events)

    assert ["dropped_out", "returned"] == [one.status for one in found.statuses]
    assert [1, 1, 1, 1] == [len(one) for one in (found.outcomes, found.documents, found.facts, found.flags["special"])]
    assert [5, 1] == [len(found.dated[date(day).toordinal()]) for day in ("09-02", "09-03")]
    for event in events:
        found.remove(event)
    assert [[], [], [], []] == [found.statuses, found.outcomes, found.documents, found.facts]
    assert not any(found.dated.values())


def test_at_one_instant_what_was_written_last_stands_last():
    """Then what was known last, then the source's number."""
    one, two, three = (status("s1", word, "09-02", **more)[0] for word, more in (("a", {"known": "09-05"}), ("b", {"known": "09-04"}), ("c", {"known": "09-04", "seq": 1})))

    assert [two, three, one] == sorted([one, two, three], key=event_order)
    assert history(one, two, three).status(at("09-02")) == one


def test_a_status_holds_from_its_instant():
    """Before the first there is none, and the student is enrolled."""
    found = history(*status("s1", "on_leave", "09-03 10:00"), *status("s1", "resumed", "09-05"))

    assert [None, "on_leave", "resumed"] == [one and one.status for one in map(found.status, (at("09-03 09:59:59"), at("09-03 10:00"), at("09-05")))]
    assert [True, False, True] == [found.enrolled(at(when)) for when in ("09-03 09:59:59", "09-03 10:00", "09-05")]
    assert history().enrolled(at("09-03"))


def edit(value: str, known: str, start: str = "", column: str = "class") -> RosterEdit:
    return RosterEdit(student="s1", column=column, value=value, known=at(known), start=date(start) if start else None)


def test_the_last_edit_that_has_begun_gives_a_column():
    """By their dates, then by which wins; the row's own value before them and of other columns."""
    found = history(edit("c4", "09-01", "09-08"), edit("c3", "09-02", "09-05"), edit("c5", "09-03", "09-08"))

    assert ["c1", "c3", "c3", "c5"] == [found.column("class", date(day)) for day in ("09-04", "09-05", "09-07", "09-08")]
    assert ["north", ""] == [found.column(name, date("09-08")) for name in ("school", "village")]
    found.remove(found.edits[-1])
    assert "c4" == found.column("class", date("09-08"))
    assert "c0" == history(edit("c0", "09-01")).column("class", datetime.date.min)


def test_a_student_who_is_not_in_the_roster_has_empty_columns():
    """And the common calendar."""
    found = history(roster=Roster())

    assert ("", CAL.of("")) == (found.column("school", date("09-01")), found.days(date("09-01")))


def test_the_calendar_is_that_of_the_school_on_a_date():
    """A student of one row belongs to one school; edits and further rows must be asked."""
    cal = evolve(CAL, schools={"north": evolve(CAL.plans), "south": evolve(CAL.plans)})
    moved = Roster((Student("s1", "north", start=date("09-01")), Student("s1", "south", start=date("09-08"))))
    several, edited = history(cal=cal, roster=moved), history(edit("south", "09-01", "09-08", "school"), cal=cal)

    assert history(cal=cal).only_days is cal.of("north")
    for found in (several, edited):
        assert found.only_days is None
        assert [cal.of("north"), cal.of("south")] == [found.days(date(day)) for day in ("09-07", "09-08")]


def test_sessions_outside_the_calendar_are_none():
    """No guess and no refusal."""

    assert [2, 0, 0] == [len(history().sessions(date(day))) for day in ("09-01", "09-06", "08-31")]


def test_the_place_of_a_mark_in_time():
    """The start of its period, on a day without school too."""
    (mark,) = marks("s1", "09-01", "_A")

    assert [at("09-01 14:00"), at("09-06 14:00")] == [history().mark_at(one) for one in (mark, evolve(mark, date=date("09-06")))]


def test_a_flag_falls_back_on_the_roster():
    """Before its first event."""
    found = history(*flag("s1", "home", "far", "09-03 10:00"), roster=Roster((Student("s1", fields={"home": "near"}),)))

    assert ["near", "far"] == [found.flag("home", at(when)) for when in ("09-03 09:59:59", "09-03 10:00")]
