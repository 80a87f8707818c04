"""What the model of duties and targets found in the engine, each by its own name; the small school is that of groups_world."""

from __future__ import annotations

import datetime

import pytest
from attrs import evolve

from escalate.engine import Engine
from escalate.events import AssignmentEdit, Document, Flag, Mark, Outcome, RosterEdit, Status, Void
from escalate.load import load_policy
from escalate.roster import Assignment, Roster
from escalate.source import Refused, Source
from tests.groups_world import CALENDAR, HEAD, ZONE, at, engine, policy, roster, students, told

Date = datetime.date
CASES = """
ladders:
  truancy:
    stages: {one: {when: days_away >= 1, do: {seek: {by: teacher, due: 1 school day, optional: true}}}}
    ends: {when: days_back >= 1}
"""


def away(student: str, day: str, known: str = "", code: str = "A") -> list[Mark]:
    """Both sessions of a date, known ten minutes into each unless said otherwise."""
    starts = {"am": "08:10", "pm": "14:10"}
    return [Mark(student=student, date=Date.fromisoformat(f"2025-{day}"), session=session, code=code, known=at(known or f"{day} {starts[session]}")) for session in starts]


def status(student: str, word: str, when: str, known: str = "") -> Status:
    return Status(student=student, status=word, at=at(when), known=at(known or when))


def poor(student: str, value: str, when: str) -> Flag:
    return Flag(student=student, flag="poor", value=value, at=at(when), known=at(when))


def issued(made: Engine) -> list[str]:
    """What was asked, when it was decided: `09-01 00:00 7.1/2025-09`."""
    return [f"{when.removesuffix(' issued').removesuffix(' done')} {'/'.join(name.split('/')[2:4])}" for when, name in told(made, "issued", "done")]


# --- when duties fall -----------------------------------------------------------------------------------------


def test_what_is_counted_from_a_day_of_the_month_counts_from_the_month_before():
    """Three weeks from 28 August reach to 17 September, though the calendar begins on the first (U4)."""
    made = engine("duties: {d: {every: 3 weeks, starting: 28th, each: class, do: {a: {by: teacher, due: 1 week}}}}", until="09-30", given=roster(*students("s1")))

    assert issued(made) == ["09-01 00:00 7.1/2025-08-28", "09-18 00:00 7.1/2025-09-18", "09-29 00:00 7.1/2025-09-28"]


@pytest.mark.parametrize("holidays", ["keep", "only"])
def test_periods_that_were_over_before_the_calendar_begins_ask_for_nothing(holidays):
    """Quarters from 1 January: three of them lie before October."""
    text = f"duties: {{d: {{every: 3 months, starting: 01-01, in_holidays: {holidays}, each: class, do: {{a: {{by: teacher, due: 1 week}}}}}}}}"
    made = engine(text, until="12-01", given=roster(*students("s1")))

    assert issued(made) == (["09-01 00:00 7.1/2025-07-01", "10-01 00:00 7.1/2025-10-01"] if holidays == "keep" else [])


WEEKLY = "duties: {d: {every: week, each: class, where: poor, do: {a: {by: teacher, due: end of week}}}}"


def test_a_class_is_covered_from_the_first_instant_of_the_day_on_which_somebody_comes():
    """Its last student leaves on Saturday and another comes on Monday, with the week."""
    one, other = students("s1", "s2", poor="yes")
    made = engine(WEEKLY, until="09-16", given=Roster((evolve(one, end=Date(2025, 9, 13)), evolve(other, start=Date(2025, 9, 15)))))

    assert issued(made) == ["09-01 00:00 7.1/2025-09-01", "09-08 00:00 7.1/2025-09-08", "09-15 00:00 7.1/2025-09-15"]


def test_who_is_flagged_before_a_duty_falls_is_asked_when_it_falls():
    """On Sunday evening; not at Monday's close."""
    made = engine(WEEKLY, poor("s1", "yes", "09-07 19:00"), until="09-09", given=roster(*students("s1")))

    assert issued(made) == ["09-08 00:00 7.1/2025-09-08"]


def test_what_happens_in_the_instant_in_which_a_duty_falls_is_seen_by_it():
    """A status of eight o'clock, and the first session."""
    text = "duties: {d: {every: session, each: class, where: dropped_out, do: {a: {by: teacher, due: end of day}}}}"
    made = engine(text, status("s1", "dropped_out", "09-02 08:00"), until="09-02 13:00", given=roster(*students("s1")))

    assert issued(made) == ["09-02 08:00 7.1/2025-09-02.am"]


def test_nobody_comes_to_a_duty_of_school_days_on_a_saturday():
    """Friday's call is not asked for on Saturday; Monday's is."""
    text = "duties: {d: {every: school day, each: student, where: poor, do: {call: {by: teacher, due: end of day}}}}"
    made = engine(text, poor("s1", "yes", "09-06 10:00"), until="09-09 12:00", given=roster(*students("s1")))

    assert issued(made) == ["09-08 00:00 s1/2025-09-08", "09-09 00:00 s1/2025-09-09"]


def test_who_comes_at_the_weekend_is_asked_on_monday_for_the_three_days_that_go_on():
    """The tile of Thursday, Friday and Monday."""
    text = "duties: {d: {every: 3 school days, each: student, do: {call: {by: teacher, due: 1 week}}}}"
    made = engine(text, until="09-08 20:00", given=Roster((evolve(students("s1")[0], start=Date(2025, 9, 6)),)))

    assert issued(made) == ["09-08 17:30 s1/2025-09-04"]


# --- cases ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("each", "who"), [("student", "s1"), ("class", "7.1")])
def test_whose_case_opens_in_mid_month_is_asked_that_day(each, who):
    """A case is no event of the student's: it opens by marks."""
    text = f"{CASES}duties: {{d: {{every: month, each: {each}, where: open_case(truancy), do: {{plan: {{by: teacher, due: 1 week}}}}}}}}"
    made = engine(text, *away("s1", "09-10"), until="09-11", given=roster(*students("s1")))

    assert [line for line in issued(made) if line.endswith("2025-09")] == [f"09-10 17:30 {who}/2025-09"]


def test_a_case_that_is_learnt_late_is_asked_about_when_it_is_learnt():
    """The marks of Monday come on Wednesday."""
    text = f"{CASES}duties: {{d: {{every: month, each: class, where: open_case(truancy), do: {{plan: {{by: teacher, due: 1 week}}}}}}}}"
    made = engine(text, *away("s1", "09-08", known="09-10 10:00"), until="09-10 12:00", given=roster(*students("s1")))

    assert [line for line in issued(made) if line.endswith("2025-09")] == ["09-10 10:00 7.1/2025-09"]


@pytest.mark.parametrize("each", ["student", "class"])
def test_a_case_that_turns_out_to_be_of_a_later_day_is_not_asked_about_before(each):
    """Wednesday's absence is taken back as that of Thursday morning comes, so the case moves; on Wednesday evening nobody had one."""
    text = f"{CASES.replace('days_away', 'missed_today')}duties: {{d: {{every: week, each: {each}, where: enrolled and not open_case(truancy), do: {{call: {{by: teacher, due: 1 week}}}}}}}}"
    right = [evolve(mark, known=at("09-11 08:10")) for mark in away("s1", "09-10", code="P")]
    made = engine(text, *away("s1", "09-10"), *right, away("s1", "09-11")[0], until="09-11 18:00", given=roster(*students("s1")))

    assert "09-11 08:10 moved" in [line for line, _ in told(made)]
    assert [line for line, name in told(made) if "2025-09-08" in name] == ["09-08 00:00 issued", "09-10 17:30 cancelled", "09-11 08:10 reopened", "09-11 17:30 cancelled"]


def test_a_roster_that_is_corrected_opens_the_case_that_its_column_kept_shut():
    """A child who was wrongly listed as poor was left out; the correction is of Tuesday, and nothing else happens."""
    text = CASES.replace("    stages:", "    where: enrolled and not poor\n    stages:")
    edit = RosterEdit(student="s1", column="poor", value="no", start=Date(2025, 9, 9), known=at("09-10 10:00"))
    made = engine(text, *away("s1", "09-08"), edit, until="09-11", given=roster(*students("s1", poor="yes")))

    assert [line for line, _ in told(made, "opened")] == ["09-10 10:00 opened"]


def test_a_new_row_of_the_roster_opens_the_case_that_the_old_one_kept_shut():
    text = CASES.replace("    stages:", "    where: enrolled and not poor\n    stages:")
    row = students("s1", poor="yes")[0]
    rows = Roster((evolve(row, end=Date(2025, 9, 8)), evolve(row, start=Date(2025, 9, 9), fields={"poor": "no"})))

    assert [line for line, _ in told(engine(text, *away("s1", "09-08"), until="09-11", given=rows), "opened")] == ["09-09 17:30 opened"]


@pytest.mark.parametrize("each", ["student", "class"])
def test_who_was_poor_all_along_is_asked_when_that_is_learnt(each):
    """Nothing was asked before, so nothing was judged before; the correction holds from the first day."""
    text = f"duties: {{d: {{every: month, each: {each}, where: poor, do: {{a: {{by: teacher, due: 1 week}}}}}}}}"
    edit = RosterEdit(student="s1", column="poor", value="yes", known=at("09-03 10:00"))

    assert [when for when, _ in told(engine(text, edit, until="09-04", given=roster(*students("s1", poor=""))), "issued")] == ["09-03 10:00 issued"]


def test_who_was_never_poor_has_a_case_when_that_is_learnt():
    """Before the first mark."""
    text = CASES.replace("    stages:", "    where: enrolled and not poor\n    stages:")
    edit = RosterEdit(student="s1", column="poor", value="no", known=at("09-01 07:00"))
    made = engine(text, edit, *away("s1", "09-08"), until="09-09", given=roster(*students("s1", poor="yes")))

    assert [line for line, _ in told(made, "opened")] == ["09-08 17:30 opened"]


# --- posts and persons --------------------------------------------------------------------------------------------


TEACHER = "duties: {d: {every: month, each: teacher, do: {plan: {by: teacher, due: 2 weeks}}}}"


def test_a_post_that_only_an_edit_of_the_roster_brings_is_asked_too():
    """Nobody teaches 7.9, to which the child goes."""
    edit = RosterEdit(student="s1", column="class", value="7.9", start=Date(2025, 9, 3), known=at("09-04 10:00"))
    made = engine(TEACHER, edit, until="09-05", given=roster(*students("s1", "s2"), held=(Assignment("teacher", "7.1", "t1"),)))

    assert issued(made) == ["09-01 00:00 t1/2025-09", "09-04 10:00 7.9/2025-09"]


def test_of_a_class_to_which_nobody_ever_came_everything_is_taken_back():
    """The move was entered for the wrong child and is void; no other child was ever in 7.9."""
    edit = RosterEdit(student="s1", column="class", value="7.9", start=Date(2025, 9, 3), known=at("09-04 10:00"), id="move")
    text = "duties: {d: {every: month, each: class, do: {plan: {by: teacher, due: 2 weeks}, told: {notify: principal}}}}"
    made = engine(text, edit, Void(student="s1", target="move", known=at("09-05 10:00")), until="09-06", given=roster(*students("s1", "s2")))

    assert told(made, "withdrawn", "recall") == [
        ("09-05 10:00 withdrawn", "p/d/7.9/2025-09/1/plan/teacher"), ("09-05 10:00 recall", "p/d/7.9/2025-09/1/told/principal"),
    ]


def test_a_post_that_was_held_all_along_is_taken_back_from_nobody():
    """What was asked of the empty post is withdrawn when the appointment is entered."""
    edit = AssignmentEdit(role="teacher", of="7.1", person="t9", known=at("09-04 10:00"))
    made = engine(TEACHER, edit, until="09-05", given=roster(*students("s1")))

    assert told(made, "withdrawn") == [("09-04 10:00 withdrawn", "p/d/7.1/2025-09/1/plan/teacher")]
    assert issued(made)[-1] == "09-04 10:00 t9/2025-09"


LATER = Assignment("teacher", "7.1", "t2", Date(2025, 9, 8))


@pytest.mark.parametrize(("base", "heads"), [("intake", ["7.1", "t2"]), ("first attended", ["7.1"])])
def test_of_a_person_those_are_taken_in_whom_the_post_brings(base, heads):
    """The post is vacant for a week; the child attends in it."""
    text = f"targets: {{r: {{each: teacher, count: dropped_out, among: anyone, base: {base}, at_most: 0%, check: 2025-09-10, if_met: {{thank: {{by: principal, due: 1 week}}}}}}}}"
    made = engine(text, *away("s1", "09-02", code="P"), until="09-11", given=roster(*students("s1"), held=(LATER,)))

    assert [line.split()[2].split("/")[0] for line in issued(made)] == heads


@pytest.mark.parametrize(("falls", "who"), [("2025-09-02", []), ("2025-09-03", ["09-03 00:00 7.1/2025-09-03"])])
def test_who_first_attends_in_the_afternoon_is_no_head_in_the_morning(falls, who):
    """A duty that reads a rate falls at midnight; the mark of that day is known by the time at which the roster of the class is corrected (G2)."""
    text = (
        "targets: {r: {each: class, count: anyone, among: anyone, base: first attended, at_most: 100%, check: term end}}\n"
        f"duties: {{d: {{on: {falls}, each: class, where: rate(r) > 0%, do: {{look: {{by: teacher, due: 1 week}}}}}}}}"
    )
    edit = RosterEdit(student="s1", column="village", value="east", known=at("09-04 10:00"))

    assert issued(engine(text, *away("s1", "09-02", code="P"), edit, until="09-05", given=roster(*students("s1")))) == who


# --- targets --------------------------------------------------------------------------------------------------------


def loss(base: str, limit: str, check: str = "as it changes") -> str:
    return f"targets: {{r: {{each: class, count: received(letter), among: anyone, base: {base}, {limit}, check: {check}, if_broken: {{explain: {{by: principal, due: 1 week}}}}}}}}"


def test_a_limit_that_is_broken_from_the_start_is_told_when_its_base_begins():
    """Nothing happens on that date; a base begins."""
    made = engine(loss("[{where: received(never), on: intake}, {on: term start}]", "at_least: 60%"), until="11-20", given=roster(*students("s1")))

    assert issued(made) == ["09-01 17:30 7.1/2025-09-01", "11-10 17:30 7.1/2025-11-10"]


def test_a_limit_that_another_number_of_a_parameter_breaks_is_told_on_that_date():
    text = "parameters: {most: [{from: 2025-10-08, value: 10%}, {value: 50%}]}\n" + loss("school year start", "at_most: most")
    letter = Document(student="s1", document="letter", at=at("09-10"), known=at("09-10"))
    made = engine(text, letter, until="10-10", given=roster(*students("s1", "s2")))

    assert issued(made) == ["10-08 17:30 7.1/2025-10-08"]


def test_who_leaves_in_the_evening_of_the_check_was_there_at_the_check():
    """Intake is asked at the end of the first day, but not after the check (G2)."""
    text = "targets: {r: {each: class, count: not enrolled, among: enrolled, base: intake, below: 50%, check: term start, if_met: {thank: {by: principal, due: 1 week}}}}"
    learnt = status("s1", "returned", "08-31 10:00", known="09-02 10:00")  # for which the check is judged anew
    made = engine(text, status("s1", "on_leave", "09-01 19:00"), learnt, until="09-03", given=roster(*students("s1")))

    assert [line for line, _ in told(made)] == ["09-01 17:30 issued"]


def test_a_rate_is_that_of_the_version_that_asks_for_it():
    """The newer version means another class of children by the same name."""
    def version(force: str, count: str) -> object:
        text = (
            f"in_force: {{{force}}}\ntargets: {{r: {{each: class, count: {count}, among: anyone, base: term start, at_most: 100%, check: as it changes}}}}\n"
            "duties: {d: {on: 2025-09-10, each: class, where: rate(r) > 0%, do: {look: {by: principal, due: 1 week}}}}"
        )
        return load_policy(Source("p.yaml", HEAD + text), for_evaluation=True)

    made = Engine([version("to: 2025-09-30", "poor"), version("from: 2025-10-01", "dropped_out")], CALENDAR, roster(*students("s1", poor="yes")), matcher="plain")
    made.advance(at("09-11"))

    assert issued(made) == ["09-10 00:00 7.1/2025-09-10"]


# --- roll calls -------------------------------------------------------------------------------------------------------


ROLL = "duties: {roll: {every: school day, each: class, do: {call: {by: teacher, due: at 12:00, done_when: marked, if_overdue: {chase: {by: principal, due: 1 week, done_when: marked}}}}}}"


def test_a_roll_call_that_is_taken_back_is_open_again():
    """The mark of the morning was a slip, and nothing is known of it now."""
    marks = away("s1", "09-01", code="P")
    slip = Mark(student="s1", date=Date(2025, 9, 1), session="am", code="-", seq=1, known=at("09-01 15:00"))

    assert [line for line, _ in told(engine(ROLL, *marks, until="09-01 16:00", given=roster(*students("s1"))), "done late", "reopened", "overdue retracted")] == ["09-01 14:10 done late"]
    assert [line for line, _ in told(engine(ROLL, *marks, slip, until="09-01 16:00", given=roster(*students("s1"))), "done late", "reopened")][-1] == "09-01 15:00 reopened"


def test_who_leaves_is_expected_until_then_and_ends_the_roll_call():
    """The last one who had no mark leaves at ten."""
    morning, _ = away("s1", "09-01", code="P")
    made = engine(ROLL, morning, status("s1", "transferred_out", "09-01 10:00"), until="09-01 11:00", given=roster(*students("s1")))

    assert [line for line, _ in told(made, "done")] == ["09-01 10:00 done"]
    assert next(item.done_at for item in made.items()) == ZONE.instant(Date(2025, 9, 1), datetime.time(10))


def test_what_waits_for_a_roll_call_that_is_over_is_done_a_second_after():
    """The chase is issued at 12:00:01, and everybody was marked by then."""
    one = "duties: {roll: {every: session, each: class, do: {call: {by: teacher, due: at 08:05, if_overdue: {chase: {by: principal, due: 1 week, done_when: marked}}}}}}"
    mark = Mark(student="s1", date=Date(2025, 9, 1), session="am", code="P", known=at("09-01 08:01"))
    made = engine(one, mark, until="09-01 08:06", given=roster(*students("s1")))

    assert [(ZONE.local(decided.decided).time().isoformat(), decided.change.what) for decided in made.decisions if "chase" in decided.change.new.id] == [
        ("08:05:01", "issued"), ("08:05:02", "done"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "duties: {d: {every: week, do: {call: {by: teacher, due: 1 week, done_when: marked}}}}",
        "duties: {d: {every: month, each: class, do: {call: {by: teacher, due: 1 week, if_overdue: {chase: {by: principal, due: 1 week, hold: marked}}}}}}",
        "targets: {r: {each: class, count: dropped_out, among: anyone, base: intake, at_most: 0%, check: term end, if_broken: {call: {by: teacher, due: 1 week, done_when: marked}}}}",
        "duties: {d: {every: school day, where: marked, do: {call: {by: teacher, due: 1 week}}}}",
    ],
)
def test_a_roll_call_of_more_than_a_day_is_refused(text):
    """It would be that of the first date only, or never come true."""
    with pytest.raises(Refused, match="`marked`"):
        policy(text)


def test_an_outcome_of_an_item_whose_level_another_version_moves_finds_it():
    """In the older version the return was the class's, in the newer it is the school's."""
    def version(force: str, each: str) -> object:
        return load_policy(Source("p.yaml", f"{HEAD}in_force: {{{force}}}\nduties: {{d: {{every: week, each: {each}, do: {{look: {{by: principal, due: 2 weeks}}}}}}}}"), for_evaluation=True)

    made = Engine([version("to: 2025-09-14", "class"), version("from: 2025-09-15", "school")], CALENDAR, roster(*students("s1")), matcher="plain")
    found = [("7.1", "class", "2025-09-01"), ("north", "school", "2025-09-15")]
    made.feed(
        Outcome(student=name, level=level, item=f"p/d/{name}/{week}/1/look/principal", at=at("09-16 10:00"), known=at("09-16 10:00")) for name, level, week in found
    )
    made.advance(at("09-17"))

    assert [item.id.split("/")[2] for item in made.items() if item.status in ("done", "done late")] == ["7.1", "north"]
