"""Every counterexample of the semantics, by its own name, as a directed timeline; the lines expected are worked out by hand.

The calendar runs from Monday 2025-09-01 for six weeks, sessions am and pm (08:00, 14:00), close 17:30, unless a test says otherwise.
"""

from __future__ import annotations

import datetime
import itertools

import pytest
from attrs import evolve

from escalate.days import DayPlan, Plans
from escalate.engine import Engine, LateKnown, evaluate_changes
from escalate.events import AssignmentEdit, CalendarEdit, Event, Fact, Mark, RosterEdit
from escalate.policy import Action, Actor, Actors, Measure, Policy
from escalate.roster import Assignment, Roster, Student
from escalate.source import Refused
from escalate.times import Zone
from tests.build import (
    CAL,
    ROSTER,
    action,
    at,
    calendar,
    changes,
    correct,
    count,
    document,
    engine,
    flag,
    ladder,
    late,
    marks,
    notice,
    of_facts,
    outcome,
    policy,
    rate,
    run,
    school,
    school_on,
    snow,
    stage,
    standing,
    status,
    told,
    total,
    void,
)

ONE = calendar(weeks=6, sessions="am 08:00-11:40")  # one session a day, so that a mark can have an id
VISIT = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))
ISSUED = ["09-01 17:30 opened truancy/1", "09-01 17:30 issued truancy.one.visit due 2025-09-02"]


def opens(
    when: str, text: str, measure: Measure | None = None, *, start: str = "09-01", until: str = "10-12 23:00", day: str = "all", cal=CAL, extra=(),
) -> list[str]:
    """When a ladder of one stage, that never ends, opens its cases: the instants that decide."""
    rules = policy(measures={"m": measure} if measure else {}, day=day, only=ladder(ends="", where="anyone", one=stage(when)))
    return [line.split(" opened")[0] for line in told(rules, [*marks("s1", start, text, cal=cal), *extra], until, "opened", cal=cal)]


def reports(found: Engine) -> list[str]:
    return [report.kind for report in found.reports]


# --- 1 times ------------------------------------------------------------------------------------------


def test_what_a_village_uploads_on_day_nine_is_decided_on_day_nine() -> None:
    events = late("s1", "09-01", "AA", "09-11 09:00", recorded=at("09-01 18:00"))
    assert told(VISIT, events, "09-12") == [
        "09-11 09:00 opened truancy/1 of 09-01 17:30",
        "09-11 09:00 issued truancy.one.visit due 2025-09-12 of 09-01 17:30",
    ]


def test_an_event_known_at_the_watermark_is_refused_with_its_whole_call() -> None:
    found = engine(VISIT, [], "09-02 18:00")
    good, bad = marks("s1", "09-03", "AA"), late("s1", "09-01", "AA", "09-02 18:00")
    with pytest.raises(LateKnown):
        found.feed([*good, *bad])
    assert found.advance(at("09-10")) == []


def test_the_edge_stamps_what_it_receives_and_the_answer_does_not_depend_on_when_advance_was_called() -> None:
    found = engine(VISIT, [], "09-05 18:00")
    old, new = marks("s1", "09-01", "A_") + marks("s1", "09-01", "_A"), marks("s1", "09-09", "P_")
    stamped = found.feed([*old, *new], received=at("09-08 09:00"))
    assert [(mark.known, mark.recorded) for mark in stamped] == [
        (at("09-08 09:00"), at("09-01 08:10")), (at("09-08 09:00"), at("09-01 14:10")), (at("09-09 08:10"), None),
    ]
    decisions = [(one.decided, one.student, one.change) for one in found.advance(at("09-09 09:00"))]
    assert decisions == changes(VISIT, stamped, "09-09 09:00")


def test_what_was_recorded_last_wins_though_it_was_known_first() -> None:
    events = marks("s1", "09-01", "AA") + correct("s1", "09-01", "PP", "09-02 10:00", recorded=at("09-01 07:00"))
    assert told(VISIT, events, "09-02 12:00") == ISSUED


def test_a_local_time_in_a_gap_is_the_first_instant_after_and_in_a_fold_the_first_occurrence() -> None:
    zone = Zone("America/New_York")
    half_past = datetime.time(2, 30), datetime.time(1, 30)
    assert zone.text(zone.instant(datetime.date(2026, 3, 8), half_past[0])) == "2026-03-08T03:00:00-04:00"
    assert zone.text(zone.instant(datetime.date(2026, 11, 1), half_past[1])) == "2026-11-01T01:30:00-04:00"


def test_a_policy_of_another_time_zone_is_refused() -> None:
    with pytest.raises(Refused):
        Engine(evolve(VISIT, timezone="Asia/Urumqi"), CAL, ROSTER)


def test_an_imputed_present_must_not_end_a_case() -> None:
    assert told(VISIT, marks("s1", "09-01", "AA __ __ __"), "09-05") == [*ISSUED, "09-03 00:00 overdue truancy.one.visit"]


# --- 2 ties and duplicates ----------------------------------------------------------------------------


def test_facts_of_one_instant_are_judged_once() -> None:
    events = late("s1", "09-01", "AA", "09-02 09:00") + late("s1", "09-01", "PP", "09-02 09:00", seq=1)
    assert told(VISIT, events, "09-03") == []


@pytest.mark.parametrize(("loser", "winner"), [
    ({"recorded": 1}, {"recorded": 2}),
    ({"recorded": 1, "seq": 5, "id": "z"}, {"recorded": 2, "seq": 4, "id": "a"}),
    ({"seq": 1, "id": "z"}, {"seq": 2, "id": "a"}),
    ({"id": "a"}, {"id": "b"}),
])
def test_the_winner_is_the_greatest_by_recorded_known_seq_and_id(loser: dict, winner: dict) -> None:
    for first, second in (("A", "P"), ("P", "A")):
        events = late("s1", "09-01", first, "09-02 09:00", ONE, **loser) + late("s1", "09-01", second, "09-02 09:00", ONE, **winner)
        for order in (events, events[::-1]):
            assert bool(told(VISIT, order, "09-02 10:00", cal=ONE)) is (second == "A")


def test_the_winner_of_equal_recorded_is_the_later_known() -> None:
    events = late("s1", "09-01", "A", "09-02 09:00", ONE, recorded=1) + late("s1", "09-01", "P", "09-03 09:00", ONE, recorded=1)
    assert told(VISIT, events, "09-04", "case", "withdrawn", cal=ONE) == [
        "09-03 09:00 withdrawn truancy/1", "09-03 09:00 withdrawn truancy.one.visit",
    ]


def test_of_a_duplicate_the_least_known_counts_in_any_order() -> None:
    events = late("s1", "09-01", "A", "09-03 09:00", ONE, id="a") + late("s1", "09-01", "A", "09-02 09:00", ONE, id="a", source="again")
    for order in (events, events[::-1]):
        assert told(VISIT, order, "09-04", "opened", cal=ONE) == ["09-02 09:00 opened truancy/1 of 09-01 17:30"]


def test_duplicates_of_one_known_that_differ_only_in_recorded_count_alike_in_any_order() -> None:
    one, two = (late("s1", "09-01", "A", "09-02 09:00", ONE, id="a", recorded=at(when))[0] for when in ("09-01 10:00", "09-01 12:00"))
    other = late("s1", "09-01", "P", "09-02 09:00", ONE, id="b", recorded=at("09-01 11:00"))[0]
    answers = {tuple(told(VISIT, order, "09-03", cal=ONE)) for order in itertools.permutations((one, two, other))}
    assert len(answers) == 1


def test_of_a_duplicate_calendar_edit_the_least_known_counts_in_any_order() -> None:
    edits = [evolve(event, id="e") for event in snow("09-02", "09-01 19:00") + snow("09-02", "09-01 20:00")]
    for order in (edits, edits[::-1]):
        assert told(VISIT, [*marks("s1", "09-01", "AA"), *order], "09-02", "moved") == [
            "09-01 19:00 moved truancy.one.visit due 2025-09-03 of 09-01 17:30",
        ]


def test_of_two_calendar_edits_under_one_id_the_first_known_counts_and_the_other_is_reported() -> None:
    edits = [evolve(event, id="e") for event in snow("09-02", "09-01 19:00") + snow("09-03", "09-01 20:00")]
    for order in (edits, edits[::-1]):
        found = engine(VISIT, [*marks("s1", "09-01", "AA"), *order], "09-02")
        assert [item.due for item in found.items()] == ["2025-09-03"] and reports(found) == ["id-clash"]


def test_of_two_contents_under_one_id_the_first_known_counts_and_the_other_is_reported() -> None:
    events = late("s1", "09-01", "A", "09-02 09:00", ONE, id="a") + late("s1", "09-01", "P", "09-03 09:00", ONE, id="a")
    for order in (events, events[::-1]):
        found = engine(VISIT, order, "09-05", cal=ONE)
        assert reports(found) == ["id-clash"]
        assert standing(found) == {"truancy/1/one/1/visit/teacher": "overdue"}


def test_a_void_uncovers_an_earlier_mark() -> None:
    events = [
        *marks("s1", "09-01", "A", cal=ONE, id="a"), *correct("s1", "09-01", "P", "09-02 10:00", ONE, id="b"), *void("s1", "b", "09-03 10:00"),
    ]
    assert told(VISIT, events, "09-03 12:00", cal=ONE) == [
        *ISSUED,
        "09-02 10:00 withdrawn truancy/1",
        "09-02 10:00 withdrawn truancy.one.visit",
        "09-03 10:00 reinstated truancy/1 of 09-01 17:30",
        "09-03 10:00 issued truancy.one.visit due 2025-09-04 of 09-01 17:30",
    ]


def test_a_void_may_come_before_its_target() -> None:
    assert told(VISIT, void("s1", "a", "09-01 07:00") + marks("s1", "09-01", "A", cal=ONE, id="a"), "09-03", cal=ONE) == []


def test_a_void_of_a_mark_without_an_id_may_come_before_its_target() -> None:
    assert told(VISIT, void("s1", "2025-09-01.am", "09-01 07:00") + marks("s1", "09-01", "A", cal=ONE), "09-03", cal=ONE) == []


def test_a_void_of_a_mark_without_an_id_withdraws_what_stood_on_it() -> None:
    events = marks("s1", "09-01", "A", cal=ONE) + void("s1", "2025-09-01.am", "09-02 10:00")
    assert told(VISIT, events, "09-03", "withdrawn", cal=ONE) == [
        "09-02 10:00 withdrawn truancy/1", "09-02 10:00 withdrawn truancy.one.visit",
    ]


def test_a_void_reaches_no_other_student() -> None:
    events = marks("s1", "09-01", "A", cal=ONE, id="a") + void("s2", "a", "09-01 18:00")
    assert told(VISIT, events, "09-02 12:00", cal=ONE) == ISSUED


def test_a_void_cannot_be_void() -> None:
    events = marks("s1", "09-01", "A", cal=ONE, id="a") + void("s1", "a", "09-02 10:00", id="v") + void("s1", "v", "09-02 11:00", id="w")
    found = engine(VISIT, events, "09-05", cal=ONE)
    assert reports(found) == ["void-of-void"]
    assert standing(found) == {"truancy/1/one/1/visit/teacher": "withdrawn"}


def test_feeding_decides_nothing() -> None:
    found = engine(VISIT, [], "08-31 12:00")
    found.feed(marks("s1", "09-01", "AA"))
    assert found.items() == []
    assert found.advance(at("09-01 17:29")) == []
    assert len(found.advance(at("09-01 17:30"))) == 2


# --- 3 days and measures ------------------------------------------------------------------------------


def test_a_day_half_excused_half_unexcused_is_of_both_together_and_of_neither_alone() -> None:
    assert opens("m >= 1", "AS", run("AS")) == ["09-01 17:30"]
    assert opens("m >= 1", "AS", run("A", neutral="S")) == []
    assert opens("m >= 1", "AS", run("S", neutral="A")) == []
    assert opens("m >= 1", "AS", count("A", "school day")) == []
    assert opens("m >= 1", "AS", count("AS", "school day")) == ["09-01 17:30"]


def test_a_child_absent_every_day_with_mixed_reasons_is_not_lost() -> None:
    assert opens("m >= 3", "AS SA AS", run("AS")) == ["09-03 17:30"]
    assert opens("m >= 2", "AA AS SS AA", run("A", neutral="S")) == ["09-04 17:30"]


def test_a_session_of_presence_breaks_a_run_only_where_the_day_is_not_absent() -> None:
    assert opens("m >= 2", "AA SP AA", run("A", neutral="S")) == []
    assert opens("m >= 2", "AA SP AA", run("A", neutral="S"), day="any") == ["09-03 17:30"]
    assert opens("m >= 2", "AA PP AA", run("A", neutral="S"), day="any") == []


def test_for_a_run_of_sessions_the_day_rule_is_not_asked() -> None:
    assert opens("m >= 2", "AP A_", run("A", "session", neutral="S"), day="any") == []
    assert opens("m >= 2", "PA A_", run("A", "session", neutral="S"), day="all") == ["09-02 08:10"]


def test_a_day_breaks_by_a_named_meaning_only_when_it_is_of_that_meaning_alone() -> None:
    assert opens("m >= 2", "AA SS AA", run("A", breaks="S")) == []
    assert opens("m >= 2", "AA AS AA", run("A", breaks="S")) == ["09-03 17:30"]


def test_unknown_and_not_expected_are_neutral_and_never_absent() -> None:
    assert opens("m >= 2", "AA -- XX __ AA", run("A", neutral="S")) == ["09-05 17:30"]
    assert opens("m >= 1", "A_ A- -A", run("A", neutral="S")) == []
    assert opens("m >= 1", "AX", run("A", neutral="S")) == ["09-01 17:30"]


def test_the_last_day_of_a_term_and_the_first_of_the_next_are_two_days_not_thirty_nine() -> None:
    cal = calendar(terms={"a": "2025-09-01..2025-09-05", "b": "2025-10-13..2025-10-24"})
    events = marks("s1", "10-13", "AA", cal=cal)
    assert opens("m >= 2", "AA", run("A", "day"), start="09-05", until="10-24", cal=cal, extra=events) == ["10-13 17:30"]
    assert opens("m >= 3", "AA", run("A", "day"), start="09-05", until="10-24", cal=cal, extra=events) == []


def test_a_weekend_within_a_term_is_in_a_run_of_calendar_days() -> None:
    assert opens("m >= 4", "AA AA", run("A", "day"), start="09-05") == ["09-08 17:30"]


def test_a_run_of_presence_is_broken_by_an_absent_day_only() -> None:
    assert opens("m >= 1", "PA", run("P")) == ["09-01 17:30"]
    assert opens("m >= 1", "PA SP", run("P"), day="any") == []
    assert opens("m >= 2", "PP -- PP", run("P")) == ["09-03 17:30"]
    assert opens("m >= 2", "PP AA PP", run("P")) == []


def test_late_and_left_early_count_as_present_unless_named() -> None:
    assert opens("m >= 2", "LL EA", run("P")) == ["09-02 17:30"]
    assert opens("m >= 2", "LL LA", run("AL")) == ["09-02 17:30"]
    assert opens("m >= 2", "AA LL AA", run("A", neutral="S")) == []


def test_one_measure_never_changes_another() -> None:
    both = {"lates": run("AL"), "back": run("P")}
    rules = policy(measures=both, only=ladder(ends="", where="anyone", one=stage("lates >= 1 and back >= 1")))
    assert told(rules, marks("s1", "09-01", "LL"), "09-02", "opened") == ["09-01 17:30 opened only/1"]


def test_a_mark_on_a_session_that_does_not_exist_is_kept_and_counts_when_the_day_is_held() -> None:
    cal = calendar(weeks=6, closed=["2025-09-02"])
    day = datetime.date(2025, 9, 2)
    events: list[Event] = [Mark(student="s1", date=day, session=name, code="A", known=at("09-02 15:00")) for name in ("am", "pm")]
    found = engine(VISIT, events, "09-03", cal=cal)
    assert reports(found) == ["no-session", "no-session"] and found.items() == []
    assert told(VISIT, events + school_on("09-02", "09-04 10:00"), "09-04 12:00", cal=cal) == [
        "09-04 10:00 opened truancy/1 of 09-02 17:30",
        "09-04 10:00 issued truancy.one.visit due 2025-09-05 of 09-02 17:30",
    ]


def test_a_mark_outside_the_calendar_is_a_problem_on_the_event() -> None:
    mark = Mark(student="s1", date=datetime.date(2025, 12, 1), session="am", code="A", known=at("12-01 08:10"))
    assert reports(engine(VISIT, [mark], "12-02")) == ["outside-calendar"]


def test_a_due_beyond_the_calendar_is_reported_never_overdue_and_computed_when_the_calendar_grows() -> None:
    events = marks("s1", "10-10", "AA")
    issued = ["10-10 17:30 opened truancy/1", "10-10 17:30 issued truancy.one.visit (beyond the calendar)"]
    assert told(VISIT, events, "10-12 23:59") == issued
    assert told(VISIT, events + school_on("10-11", "10-10 20:00"), "10-12 23:59") == [
        *issued,
        "10-10 20:00 moved truancy.one.visit due 2025-10-11 of 10-10 17:30",
        "10-12 00:00 overdue truancy.one.visit",
    ]


def test_a_date_outside_every_version_is_a_problem() -> None:
    rules = evolve(VISIT, start=datetime.date(2025, 9, 3))
    found = engine(rules, marks("s1", "09-01", "AA"), "09-02 18:00")
    assert found.items() == [] and found.reports != []


def test_tiles_are_counted_from_the_first_date_of_the_school_year() -> None:
    two = count("A", "school day", "each 2 school days")
    assert opens("m >= 2", "PP AA AA PP", two) == []
    assert opens("m >= 2", "PP PP AA AA", two) == ["09-04 17:30"]


def test_outside_every_term_a_measure_of_the_term_has_no_value() -> None:
    cal = calendar(terms={"a": "2025-09-01..2025-09-05", "b": "2025-09-15..2025-09-26"})
    events = flag("s1", "special", "yes", "09-08 10:00")
    assert opens("total < 1 and special", "PP", cal=cal, extra=events, until="09-20") == ["09-15 17:30"]


def test_possible_time_leaves_out_unknown_and_not_expected() -> None:
    half = rate("A")
    assert opens("m >= 50%", "AP", half) == ["09-01 08:10"]
    assert opens("m > 50%", "PA A-", half) == ["09-02 08:10"]
    assert opens("m == 100%", "-A", half) == ["09-01 14:10"]
    assert opens("m == 100%", "XA", half) == ["09-01 14:10"]


def test_planned_time_is_the_whole_window_but_what_is_not_expected() -> None:
    planned = rate("A", of="planned")  # 60 sessions
    assert opens("m >= 10%", "AA AA AA", planned) == ["09-03 14:10"]
    assert opens("m >= 10%", "XX XX XX XX XX AA AA A_", planned) == ["09-10 08:10"]


def test_a_share_below_its_floor_or_without_a_base_has_no_value() -> None:
    assert opens("m < 10%", "PP PP", rate("A", floor=4)) == ["09-02 14:10"]
    assert opens("m < 10%", "-- --", rate("A")) == []
    assert opens("not (m >= 10%)", "-- --", rate("A")) == []


def test_four_weeks_are_twenty_eight_days_that_end_with_the_day_judged() -> None:
    again = marks("s1", "09-29", "AA")
    assert opens("m >= 2", "AA", count("A", "school day", "4 weeks"), extra=again) == []
    assert opens("m >= 2", "AA", count("A", "school day", "4 weeks"), start="09-02", extra=again) == ["09-29 17:30"]


def test_six_months_start_the_day_after_the_same_day_six_months_before() -> None:
    days = calendar(weeks=50).of("north")
    assert days.back(6, "month", datetime.date(2026, 3, 1)) == datetime.date(2025, 9, 2)
    assert days.back(6, "month", datetime.date(2026, 8, 31)) == datetime.date(2026, 3, 1)


def test_between_closes_a_measure_of_days_has_the_value_of_the_last_close() -> None:
    assert opens("missed_today < 1 and days_away >= 1", "AA P_") == ["09-02 08:10"]


def test_a_session_that_starts_at_or_after_the_close_is_refused() -> None:
    with pytest.raises(Refused):
        Engine(policy(closes="14:00", truancy=ladder(one=stage("days_away >= 1"))), CAL, ROSTER)


def test_since_the_case_opened_cannot_open_a_case() -> None:
    since = count("A", "school day", "since case")
    assert opens("m >= 0", "AA AA", since) == []
    assert opens("not (m >= 1)", "AA AA", since) == []
    rules = policy(measures={"m": since}, truancy=ladder(one=stage("days_away >= 2"), two=stage("m >= 2", report="1 school day")))
    assert told(rules, marks("s1", "09-01", "AA AA AA"), "09-04", "issued") == ["09-03 17:30 issued truancy.two.report due 2025-09-04"]


def test_age_is_whole_years_completed_on_that_day() -> None:
    pupil = Roster((Student("s1", "north", fields={"birth_date": "2013-09-03"}),))
    rules = policy(only=ladder(ends="", where="anyone", one=stage("age >= 12")))
    assert told(rules, marks("s1", "09-01", "PP PP PP"), "09-04", "opened", roster=pupil) == ["09-03 17:30 opened only/1"]


def test_elapsed_days_are_judged_at_the_close_of_their_day_also_on_a_day_without_school() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1"), two=stage("days_since(case) >= 5", call="1 day")))
    assert told(rules, marks("s1", "09-01", "AA AA AA AA AA"), "09-08", "issued") == ["09-06 17:30 issued truancy.two.call due 2025-09-07"]


# --- 4 cases --------------------------------------------------------------------------------------------


def test_a_stage_that_stays_true_after_the_end_opens_no_new_case() -> None:
    rules = policy(truancy=ladder(one=stage("total >= 2")))
    assert told(rules, marks("s1", "09-01", "AA AA PP PP AA AA"), "09-10", "truancy/") == [
        "09-02 17:30 opened truancy/1", "09-03 17:30 ended truancy/1 by ends",
    ]


def test_a_child_who_misses_mondays_last_lesson_and_tuesdays_first_gets_a_case_on_tuesday() -> None:
    rules = policy(lessons=ladder(ends='outcome(contact) == "coming"', one=stage("missed_today >= 1", contact="30 minutes")))
    events = marks("s1", "09-01", "PA A_") + outcome("s1", "contact", "09-01 15:00", "coming")
    assert told(rules, events, "09-02 08:20", "lessons/") == [
        "09-01 14:10 opened lessons/1 of 09-01 14:00",
        "09-01 15:00 ended lessons/1 by ends",
        "09-02 08:10 opened lessons/2 of 09-02 08:00",
    ]


def test_each_crossing_sees_the_start_of_a_tile_as_a_fall() -> None:
    rules = policy(lessons=ladder(one=stage("missed_today >= 1", again="each crossing", contact="30 minutes")))
    assert told(rules, marks("s1", "09-01", "_A A_"), "09-02 08:20", "issued") == [
        "09-01 14:10 issued lessons.one.contact due 09-01 14:40 of 09-01 14:00",
        "09-02 08:10 issued lessons.one.contact@2 due 09-02 08:40 of 09-02 08:00",
    ]


def test_at_the_start_of_a_tile_a_stage_that_still_holds_opens_again_though_the_child_is_only_present() -> None:
    measures = {"month": count("A", "school day", "month"), "year": count("A", "school day", "school year")}
    rules = policy(measures=measures, truancy=ladder(one=stage("month >= 2 or year >= 2")))
    events = marks("s1", "09-26", "AA AA PP PP PP")  # Friday, Monday; back on the last of September
    assert told(rules, events, "10-02 12:00", "truancy/") == [
        "09-29 17:30 opened truancy/1", "09-30 17:30 ended truancy/1 by ends", "10-01 17:30 opened truancy/2",
    ]


def test_inside_an_open_case_stages_are_judged_by_level() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="3 school days"), two=stage("total >= 1", report="3 school days")))
    assert told(rules, marks("s1", "09-01", "AA PP AA"), "09-04 12:00", "issued", "opened") == [
        "09-01 17:30 opened truancy/1",
        "09-01 17:30 issued truancy.one.visit due 2025-09-04",
        "09-01 17:30 issued truancy.two.report due 2025-09-04",
        "09-03 17:30 opened truancy/2",
        "09-03 17:30 issued truancy.one.visit#2 due 2025-09-08",
        "09-03 17:30 issued truancy.two.report#2 due 2025-09-08",
    ]


def test_a_stage_that_reads_items_cannot_open_a_case() -> None:
    for when in ("not done(visit)", 'outcome(visit) != "returned"', "not fired(one)", "not overdue(visit)"):
        rules = policy(truancy=ladder(one=stage("days_away >= 5", visit="1 school day"), two=stage(when)))
        assert told(rules, marks("s1", "09-01", "AA AA AA"), "09-05") == []


def test_ends_sees_only_outcomes_given_since_the_case_opened_and_the_latest_of_them() -> None:
    rules = policy(truancy=ladder(ends='outcome(visit) == "coming"', one=stage("days_away >= 1", visit="5 school days")))
    events = [
        *marks("s1", "09-01", "AA"), *outcome("s1", "visit", "09-01 08:30", "coming"), *outcome("s1", "visit", "09-02 10:00", "refused"),
        *outcome("s1", "visit", "09-03 10:00", "coming"),
    ]
    assert told(rules, events, "09-04", "ended") == ["09-03 10:00 ended truancy/1 by ends"]


def test_in_ends_an_outcome_has_no_value_until_one_was_given() -> None:
    rules = policy(truancy=ladder(ends='outcome(visit) != "refused" and days_away >= 0', one=stage("days_away >= 1", visit="5 school days")))
    assert told(rules, marks("s1", "09-01", "AA AA AA"), "09-04", "ended") == []


LASTS = policy(truancy=ladder(ends="", lasts="month", one=stage("days_away >= 1", visit="5 school days")))
TWO_MONTHS = [
    "09-29 17:30 opened truancy/1",
    "09-29 17:30 issued truancy.one.visit due 2025-10-06",
    "10-01 00:00 ended truancy/1 by lasts",
    "10-01 00:00 cancelled truancy.one.visit",
    "10-01 17:30 opened truancy/2",
    "10-01 17:30 issued truancy.one.visit#2 due 2025-10-08",
]


def test_a_case_that_lasts_a_month_ends_at_midnight_and_opens_again_while_the_child_is_away() -> None:
    assert told(LASTS, marks("s1", "09-29", "AA AA AA"), "10-02 12:00") == TWO_MONTHS


def test_a_child_of_whom_nothing_is_heard_after_the_month_is_not_lost() -> None:
    assert told(LASTS, marks("s1", "09-29", "AA AA"), "10-02 12:00") == TWO_MONTHS


def test_a_child_who_has_reached_the_count_and_is_present_in_the_new_month_has_a_new_case() -> None:
    rules = policy(truancy=ladder(ends="", lasts="month", one=stage("total >= 1", visit="5 school days")))
    assert told(rules, marks("s1", "09-29", "AA PP PP PP"), "10-02 12:00") == TWO_MONTHS


def test_lasts_ends_a_case_without_the_items_of_ends() -> None:
    rules = policy(truancy=ladder(lasts="month", ends=stage("days_back >= 9", report="1 school day"), one=stage("days_away >= 1")))
    assert told(rules, marks("s1", "09-29", "AA PP PP"), "10-05") == ["09-29 17:30 opened truancy/1", "10-01 00:00 ended truancy/1 by lasts"]


def test_leaving_where_ends_a_case_at_the_status_event() -> None:
    assert told(VISIT, marks("s1", "09-01", "AA") + status("s1", "transferred_out", "09-02 10:00"), "09-03") == [
        *ISSUED, "09-02 10:00 ended truancy/1 by where", "09-02 10:00 cancelled truancy.one.visit",
    ]


def test_leaving_where_ends_a_case_at_an_event_of_a_flag_that_it_names() -> None:
    rules = policy(truancy=ladder(where="not special", one=stage("days_away >= 1", visit="1 school day")))
    assert told(rules, marks("s1", "09-01", "AA") + flag("s1", "special", "yes", "09-02 10:00"), "09-03", "ended") == [
        "09-02 10:00 ended truancy/1 by where",
    ]


def test_where_ends_and_where_hold_at_one_instant_ends_is_the_reason() -> None:
    events = marks("s1", "09-01", "AA PP") + status("s1", "transferred_out", "09-02 17:30")
    assert told(VISIT, events, "09-03", "ended") == ["09-02 17:30 ended truancy/1 by ends"]


def test_a_child_who_left_and_came_back_between_two_closes_and_is_still_away_has_a_case() -> None:
    gone = status("s1", "transferred_out", "09-02 10:00") + status("s1", "transferred_in", "09-02 11:00")
    expected = ["09-01 17:30 opened truancy/1", "09-02 10:00 ended truancy/1 by where", "09-02 17:30 opened truancy/2"]
    assert told(VISIT, marks("s1", "09-01", "AA AA") + gone, "09-03", "truancy/") == expected


def test_a_child_who_came_back_to_where_and_of_whom_nothing_is_heard_since_has_a_case() -> None:
    gone = status("s1", "transferred_out", "09-01 18:00") + status("s1", "transferred_in", "09-03 11:00")
    expected = ["09-01 17:30 opened truancy/1", "09-01 18:00 ended truancy/1 by where", "09-03 17:30 opened truancy/2"]
    assert told(VISIT, marks("s1", "09-01", "AA") + gone, "09-05", "truancy/") == expected


def test_while_where_is_false_at_a_close_a_stage_that_only_hears_other_cases_counts_as_false() -> None:
    """The new version is for special children only: what the old one found of every child is no case that she has had already."""
    old = policy(end="2025-09-02", truancy=ladder(one=stage("missed_today >= 9")), lessons=ladder("received(letter)", one=stage("days_away >= 1")))
    new = policy(start="2025-09-03", truancy=ladder(one=stage("missed_today >= 1")), lessons=ladder(where="special", one=stage("open_case(truancy)")))
    events = marks("s1", "09-01", "AA") + document("s1", "letter", "09-02 08:00") + flag("s1", "special", "yes", "09-05 08:00") + marks("s1", "09-05", "A_")
    assert told([old, new], events, "09-05 12:00", "lessons/")[2:] == ["09-05 08:10 opened lessons/2 of 09-05 08:00"]


def test_a_stage_counts_as_false_while_a_row_of_the_roster_makes_where_false() -> None:
    """Nothing is recorded while she is not special; when she is again, and another case opens, hers must open too."""
    here = Student("s1", "north", "c1", "7", fields={"special": "yes"})
    third, fourth, eighth, ninth = (datetime.date(2025, 9, day) for day in (3, 4, 8, 9))
    roster = Roster((evolve(here, end=third), evolve(here, start=fourth, end=eighth, fields={}), evolve(here, start=ninth)))
    rules = policy(
        truancy=ladder("", one=stage("days_away >= 1")), other=ladder("", one=stage("received(proof)")),
        lessons=ladder("received(letter)", where="special", one=stage("open_case(truancy) or open_case(other)")),
    )
    events = marks("s1", "09-01", "AA") + document("s1", "letter", "09-02 08:00") + document("s1", "proof", "09-10 08:00")
    expected = ["09-01 17:30 opened lessons/1", "09-02 08:00 ended lessons/1 by ends", "09-10 08:00 opened lessons/2"]
    assert told(rules, events, "09-10 12:00", "lessons/", roster=roster) == expected


def test_a_policy_that_comes_into_force_opens_a_case_for_a_child_who_is_away_already() -> None:
    rules = evolve(VISIT, start=datetime.date(2025, 9, 4))
    assert told(rules, marks("s1", "09-01", "AA AA"), "09-05 12:00", "opened") == ["09-04 17:30 opened truancy/1"]


def test_last_weeks_presence_does_not_end_a_case_on_the_morning_that_it_opened() -> None:
    rules = policy(lessons=ladder(one=stage("missed_today >= 1", contact="30 minutes")))
    assert told(rules, marks("s1", "09-01", "PP A_ PP"), "09-04", "lessons/") == [
        "09-02 08:10 opened lessons/1 of 09-02 08:00", "09-03 17:30 ended lessons/1 by ends",
    ]


def test_a_rolling_count_in_ends_sees_its_own_window_not_only_the_days_of_the_case() -> None:
    rules = policy(measures={"m": count("A", "school day", "1 week")}, truancy=ladder(ends="m < 2", one=stage("m >= 2")))
    assert told(rules, marks("s1", "09-01", "AA AA PP PP PP PP PP"), "09-09") == [
        "09-02 17:30 opened truancy/1", "09-08 17:30 ended truancy/1 by ends",
    ]


def test_ends_is_not_judged_at_the_opening_instant() -> None:
    rules = policy(truancy=ladder(ends="total >= 1", one=stage("total >= 1")))
    assert told(rules, marks("s1", "09-01", "AA PP"), "09-05") == ["09-01 17:30 opened truancy/1", "09-02 17:30 ended truancy/1 by ends"]


def test_open_items_are_cancelled_at_the_end_unless_they_are_kept() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="5 school days", report=action("2 school days", keep=True))))
    assert told(rules, marks("s1", "09-01", "AA PP"), "09-05", "cancelled", "overdue") == [
        "09-02 17:30 cancelled truancy.one.visit", "09-04 00:00 overdue truancy.one.report",
    ]


def test_a_number_of_a_withdrawn_case_is_not_used_for_another_absence() -> None:
    events = marks("s1", "09-01", "AA PP") + correct("s1", "09-01", "PP", "09-03 09:00") + marks("s1", "09-04", "AA")
    assert told(VISIT, events, "09-04 18:00", "truancy/", "visit") == [
        *ISSUED,
        "09-02 17:30 ended truancy/1 by ends", "09-02 17:30 cancelled truancy.one.visit",
        "09-03 09:00 withdrawn truancy/1", "09-03 09:00 withdrawn truancy.one.visit",
        "09-04 17:30 opened truancy/2", "09-04 17:30 issued truancy.one.visit#2 due 2025-09-05",
    ]


MERGING = policy(truancy=ladder(one=stage("days_away >= 1", visit="5 school days"), two=stage("total >= 2", report="5 school days")))


def test_a_correction_that_joins_two_cases_merges_the_later_and_keeps_its_item_under_a_new_name() -> None:
    events = marks("s1", "09-01", "AA PP AA") + correct("s1", "09-02", "SS", "09-05 09:00")
    assert told(MERGING, events, "09-05 10:00")[4:] == [
        "09-03 17:30 opened truancy/2",
        "09-03 17:30 issued truancy.one.visit#2 due 2025-09-10",
        "09-03 17:30 issued truancy.two.report#2 due 2025-09-10",
        "09-05 09:00 reopened truancy/1 of 09-01 17:30",
        "09-05 09:00 reopened truancy.one.visit due 2025-09-12 of 09-01 17:30",
        "09-05 09:00 replaced truancy.two.report due 2025-09-10 of 09-03 17:30",
        "09-05 09:00 merged into 1 truancy/2",
        "09-05 09:00 withdrawn truancy.one.visit#2",
    ]


def test_an_outcome_that_names_a_replaced_item_does_the_item_that_replaced_it() -> None:
    events = marks("s1", "09-01", "AA PP AA") + correct("s1", "09-02", "SS", "09-05 09:00")
    events += outcome("s1", "p/s1/truancy/2/two/1/report/teacher", "09-05 10:00")
    assert standing(engine(MERGING, events, "09-05 12:00"))["truancy/1/two/1/report/teacher"] == "done"


def test_a_chained_item_is_replaced_exactly_when_its_parent_is() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1"), two=stage("total >= 2", report=action("5 school days", then={"file": "5 school days"}))))
    events = marks("s1", "09-01", "AA PP AA") + outcome("s1", "report", "09-04 10:00") + correct("s1", "09-02", "SS", "09-05 09:00")
    assert told(rules, events, "09-05 10:00", "two")[-2:] == [
        "09-05 09:00 replaced truancy.two.report due 2025-09-10 of 09-03 17:30",
        "09-05 09:00 replaced truancy.two.report.file due 2025-09-11 of 09-04 10:00",
    ]


def test_an_item_that_moves_to_another_case_and_back_keeps_one_name_that_outcomes_reach() -> None:
    events = marks("s1", "09-01", "AA PP AA") + correct("s1", "09-02", "SS", "09-05 09:00") + correct("s1", "09-02", "PP", "09-05 10:00")
    state = engine(MERGING, events, "09-05 12:00").states()["s1"]["p"]
    for name in state.aliases:
        seen = set()
        while name in state.aliases and name not in seen:
            seen.add(name)
            name = state.aliases[name]
        assert name in state.items and name not in seen
    assert [item.status for item in state.items.values() if item.action == "report"] == ["open"]


def test_a_correction_that_splits_a_case_gives_the_later_part_the_next_number() -> None:
    events = marks("s1", "09-01", "AA SS AA") + correct("s1", "09-02", "PP", "09-05 09:00")
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="5 school days")))
    assert told(rules, events, "09-05 10:00")[2:] == [
        "09-05 09:00 ended truancy/1 by ends of 09-02 17:30",
        "09-05 09:00 cancelled truancy.one.visit",
        "09-05 09:00 opened truancy/2 of 09-03 17:30",
        "09-05 09:00 issued truancy.one.visit#2 due 2025-09-12 of 09-03 17:30",
    ]


def test_cases_are_numbered_by_first_decision_not_by_opening() -> None:
    events = marks("s1", "09-04", "AA") + late("s1", "09-01", "AA", "09-05 09:00") + late("s1", "09-02", "PP", "09-05 09:00")
    assert told(VISIT, events, "09-05 10:00", "truancy/") == [
        "09-04 17:30 opened truancy/1", "09-05 09:00 ended truancy/2 by ends of 09-02 17:30",
    ]


def test_a_correction_that_moves_an_opening_keeps_the_number_and_the_items_name() -> None:
    events = marks("s1", "09-02", "AA") + late("s1", "09-01", "AA", "09-02 20:00")
    assert told(policy(truancy=ladder(one=stage("days_away >= 1", visit="5 school days"))), events, "09-03") == [
        "09-02 17:30 opened truancy/1",
        "09-02 17:30 issued truancy.one.visit due 2025-09-09",
        "09-02 20:00 moved truancy/1 of 09-01 17:30",
        "09-02 20:00 moved truancy.one.visit due 2025-09-09 of 09-01 17:30",
    ]


def test_a_case_takes_a_live_number_before_a_dead_one() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="9 school days")))
    events = marks("s1", "09-01", "AA PP") + correct("s1", "09-01", "PP", "09-03 09:00") + marks("s1", "09-04", "AA")
    events += correct("s1", "09-01", "AA", "09-05 09:00") + correct("s1", "09-02", "SS", "09-05 09:00")
    assert told(rules, events, "09-05 10:00", "09-05") == [
        "09-05 09:00 merged into 2 truancy/1",
        "09-05 09:00 moved truancy/2 of 09-01 17:30",
        "09-05 09:00 moved truancy.one.visit#2 due 2025-09-17 of 09-01 17:30",
    ]


def versions(change: str, first: dict, second: dict) -> list[Policy]:
    """Two versions of one policy, the second in force from 09-03."""
    return [policy(end="2025-09-02", **first), policy(start="2025-09-03", on_change=change, **second)]


def test_a_correction_that_moves_an_opening_across_a_boundary_repins_the_case_and_no_move_makes_its_item_late_at_once() -> None:
    one, three = (ladder(one=stage("days_away >= 1", visit=due)) for due in ("1 school day", "3 school days"))
    events = marks("s1", "09-03", "AA AA") + late("s1", "09-02", "AA", "09-05 09:00")
    assert told(versions("keep", {"truancy": one}, {"truancy": three}), events, "09-06") == [
        "09-03 17:30 opened truancy/1",
        "09-03 17:30 issued truancy.one.visit due 2025-09-08",
        "09-05 09:00 re-pinned truancy/1 of 09-02 17:30",
        "09-05 09:00 moved truancy.one.visit due 2025-09-05 of 09-02 17:30",
        "09-06 00:00 overdue truancy.one.visit",
    ]


def test_a_new_version_migrates_open_cases_only_where_it_says_so() -> None:
    one = stage("days_away >= 1")
    old, new = ladder(one=one), ladder(one=one, two=stage("days_away >= 3", report="1 school day"))
    events = marks("s1", "09-02", "AA AA AA")
    assert told(versions("migrate", {"truancy": old}, {"truancy": new}), events, "09-04 18:00") == [
        "09-02 17:30 opened truancy/1",
        "09-03 00:00 re-pinned truancy/1 of 09-02 17:30",
        "09-04 17:30 issued truancy.two.report due 2025-09-05",
    ]
    assert told(versions("keep", {"truancy": old}, {"truancy": new}), events, "09-04 18:00") == ["09-02 17:30 opened truancy/1"]


def test_a_version_that_only_mends_a_text_opens_no_case_anew() -> None:
    same = {"truancy": ladder(one=stage("total >= 1"))}
    assert told(versions("keep", same, same), marks("s1", "09-01", "AA PP PP PP"), "09-05", "truancy/") == [
        "09-01 17:30 opened truancy/1", "09-02 17:30 ended truancy/1 by ends",
    ]


def test_a_dated_parameter_has_its_value_on_the_date_of_the_judging() -> None:
    rules = policy(parameters={"n": [("09-03", 2), ("", 3)]}, truancy=ladder(one=stage("days_away >= n")))
    assert told(rules, marks("s1", "09-01", "AA AA"), "09-05", "opened") == ["09-03 17:30 opened truancy/1"]


def test_a_dated_parameter_in_a_deadline_has_its_value_on_the_date_counted_from() -> None:
    rules = policy(
        parameters={"limit": [("09-03", "2 school days"), ("", "1 school day")]}, truancy=ladder(one=stage("days_away >= 1", visit="limit")),
    )
    assert told(rules, marks("s1", "09-02", "AA"), "09-03 12:00", "issued") == ["09-02 17:30 issued truancy.one.visit due 2025-09-03"]
    assert told(rules, late("s1", "09-02", "AA", "09-04 09:00"), "09-04 12:00", "issued") == [
        "09-04 09:00 issued truancy.one.visit due 2025-09-08 of 09-02 17:30",
    ]


# --- 5 what a condition sees, and when a stage is judged ------------------------------------------------


def village(when: str, **more: object) -> Policy:
    """A visit on the first day away, and the village told by a second stage."""
    return policy(truancy=ladder(one=stage("days_away >= 1", visit=action("3 school days", **more)), two=stage(when, village=notice())))


def test_not_done_does_not_tell_the_village_before_the_visit_was_ordered() -> None:
    assert told(village("not done(visit)"), marks("s1", "09-01", "AA AA"), "09-03", "village") == ["09-02 17:30 done truancy.two.village"]


def test_an_outcome_not_yet_given_is_none_once_the_visit_was_ordered() -> None:
    rules = village('outcome(visit) != "returned"')
    assert told(rules, marks("s1", "09-01", "AA AA"), "09-03", "village") == ["09-02 17:30 done truancy.two.village"]


def test_what_does_not_exist_is_unknown_and_so_is_its_negation() -> None:
    rules = policy(truancy=ladder(
        one=stage("days_away >= 1", visit=action("1 school day", only_if="special")),
        two=stage("done(visit) or not done(visit) or not overdue(visit) or not late(visit)", village=notice()),
    ))
    assert told(rules, marks("s1", "09-01", "AA AA AA"), "09-05", "village") == []


def test_absences_known_together_do_not_tell_the_village_in_the_instant_of_the_first_visit_order() -> None:
    rules = village("days_away >= 3 and not done(visit)")
    events = [event for day in ("09-01", "09-02", "09-03", "09-04") for event in late("s1", day, "AA", "09-08 09:00")]
    assert told(rules, events, "09-09") == [
        "09-08 09:00 opened truancy/1 of 09-01 17:30",
        "09-08 09:00 issued truancy.one.visit due 2025-09-11 of 09-01 17:30",
        "09-08 17:30 done truancy.two.village",
    ]


def test_the_firing_of_an_earlier_stage_is_seen_at_once_and_of_a_later_one_at_the_next_close() -> None:
    rules = policy(truancy=ladder(
        zero=stage("fired(one)", early=notice()), one=stage("days_away >= 1"), two=stage("fired(one)", after=notice()),
    ))
    assert told(rules, marks("s1", "09-01", "AA AA"), "09-03", "done") == ["09-01 17:30 done truancy.two.after", "09-02 17:30 done truancy.zero.early"]


def test_a_flag_set_later_changes_nothing_and_one_with_an_earlier_at_is_a_correction() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1 and not special", visit="1 school day")))
    marked = marks("s1", "09-01", "AA")
    assert told(rules, marked + flag("s1", "special", "yes", "09-02 10:00"), "09-02 12:00") == ISSUED
    assert told(rules, marked + flag("s1", "special", "yes", "09-01 10:00", "09-02 10:00"), "09-02 12:00") == [
        *ISSUED, "09-02 10:00 withdrawn truancy/1", "09-02 10:00 withdrawn truancy.one.visit",
    ]


def test_a_stage_is_judged_at_the_outcome_that_it_reads() -> None:
    events = marks("s1", "09-01", "AA AA") + outcome("s1", "visit", "09-02 10:00", "refused")
    assert told(village('outcome(visit) == "refused"'), events, "09-03", "village") == ["09-02 10:00 done truancy.two.village"]


@pytest.mark.parametrize("with_", ["special", "enrolled", "not received(letter)", "not ever(dropped_out)"])
def test_a_stage_that_reads_an_outcome_and_a_flag_status_or_document_is_judged_at_the_outcome(with_: str) -> None:
    events = flag("s1", "special", "yes", "09-01 07:00") + marks("s1", "09-01", "AA AA AA") + outcome("s1", "visit", "09-02 20:00", "refused")
    assert told(village(f'{with_} and outcome(visit) == "refused"'), events, "09-04", "village") == ["09-02 20:00 done truancy.two.village"]


def test_a_stage_is_judged_at_the_overdue_instant_that_it_reads() -> None:
    assert told(village("overdue(visit)"), marks("s1", "09-01", "AA AA AA AA"), "09-06", "village") == ["09-05 00:00 done truancy.two.village"]


def test_a_second_dropout_is_a_crossing_of_its_own() -> None:
    rules = policy(gone=ladder(where="anyone", one=stage("became(dropped_out)", report="5 school days")))
    events = status("s1", "dropped_out", "09-01 10:00") + marks("s1", "09-02", "PP AA") + status("s1", "dropped_out", "09-04 10:00")
    assert told(rules, events, "09-05", "gone/") == [
        "09-01 10:00 opened gone/1", "09-02 17:30 ended gone/1 by ends", "09-04 10:00 opened gone/2",
    ]


def needing(**chase: object) -> Policy:
    return policy(truancy=ladder(
        ends="days_back >= 9", one=stage("days_away >= 1", contact="5 school days"),
        two=stage("days_away >= 2", need="done(contact)", report=action("1 school day", **chase), village=notice()),
    ))


AWAY = marks("s1", "09-01", "AA AA AA AA AA")
CONTACT = outcome("s1", "contact", "09-04 10:00", id="o")


def test_what_lacks_its_evidence_is_blocked_and_says_what_is_missing() -> None:
    assert told(needing(), AWAY, "09-03", "two") == [
        "09-02 17:30 blocked truancy.two.report without contact", "09-02 17:30 blocked truancy.two.village without contact",
    ]


def test_a_blocked_item_falls_overdue_on_the_record_and_its_chase_is_issued() -> None:
    assert told(needing(if_overdue={"chase": "1 school day"}), AWAY, "09-04 09:00", "09-04") == [
        "09-04 00:00 issued truancy.two.report.chase due 2025-09-05", "09-04 00:00 overdue truancy.two.report",
    ]


def test_at_the_unblocking_the_due_is_counted_anew_and_the_chase_stands() -> None:
    rules = needing(if_overdue={"chase": "3 school days"})
    early, soon = (engine(rules, AWAY + CONTACT, when) for when in ("09-04 12:00", "09-06 12:00"))
    found = {item.action: item for item in early.items()}
    assert (found["report"].status, found["report"].due, found["chase"].status) == ("open", "2025-09-05", "open")
    assert {item.action: item.status for item in soon.items()}["report"] == "overdue"


def test_at_the_unblocking_a_due_from_the_event_is_counted_from_the_evidence() -> None:
    known = outcome("s1", "contact", "09-03 10:00", known="09-04 10:00")
    for counts, due in (("known", "2025-09-05"), ("event", "2025-09-04")):
        assert told(needing(counts_from=counts), AWAY + known, "09-04 12:00", "unblocked", "retracted")[0].split(" of ")[0].endswith(f"truancy.two.report due {due}")


def test_a_blocked_notice_is_told_at_the_unblocking() -> None:
    assert told(needing(), AWAY + CONTACT, "09-04 12:00", "village")[1:] == ["09-04 10:00 done truancy.two.village"]


def test_an_item_stays_unblocked_only_while_the_evidence_stands() -> None:
    events = AWAY + outcome("s1", "contact", "09-03 10:00", id="o") + void("s1", "o", "09-03 12:00")
    assert told(needing(), events, "09-03 13:00", "report")[-1].startswith("09-03 12:00 blocked truancy.two.report without contact")


# --- 6 items and deadlines --------------------------------------------------------------------------------


def test_items_are_named_by_policy_student_ladder_case_stage_n_item_and_actors() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("1 school day", by="teacher+principal", then={"report": "1 school day"},
                                                                      if_overdue={"chase": "1 day"}, if_outcome={"refused": {"order": "1 day"}}))))
    events = marks("s1", "09-01", "AA AA AA") + outcome("s1", "visit", "09-03 10:00", "refused")
    visit = "truancy/1/one/1/visit/teacher+principal"
    assert set(standing(engine(rules, events, "09-03 12:00"))) == {
        visit, f"{visit}/then/report/teacher", f"{visit}/overdue/chase/teacher", f"{visit}/on/refused/order/teacher",
    }


@pytest.mark.parametrize("key", ["autumn", "t1"])
def test_what_fires_once_a_period_fires_once_across_cases_and_is_named_by_the_period(key: str) -> None:
    cal = calendar(terms={key: "2025-09-01..2025-10-10"})
    rules = policy(truancy=ladder(one=stage("days_away >= 1", again="each term", call="5 school days")))
    found = engine(rules, marks("s1", "09-01", "AA PP AA AA", cal=cal), "09-05", cal=cal)
    assert list(standing(found)) == [f"truancy/{key}/one/{key}/call/teacher"]


def test_each_further_issues_one_item_for_each_number_reached_also_two_at_once() -> None:
    rules = policy(truancy=ladder(ends="days_back >= 9", one=stage("total >= 2", again="each further 1", report="5 school days")))
    events = [event for day in ("09-01", "09-02", "09-03") for event in late("s1", day, "AA", "09-03 18:00")] + marks("s1", "09-04", "AA PP AA")
    assert told(rules, events, "09-09", "issued") == [
        "09-03 18:00 issued truancy.one.report due 2025-09-10 of 09-02 17:30",
        "09-03 18:00 issued truancy.one.report@2 due 2025-09-10 of 09-03 17:30",
        "09-04 17:30 issued truancy.one.report@3 due 2025-09-11",
        "09-08 17:30 issued truancy.one.report@4 due 2025-09-15",
    ]


def test_a_stage_that_jumps_past_several_numbers_issues_all_of_them_at_once() -> None:
    rules = policy(measures={"m": count("A")}, truancy=ladder(one=stage("m >= 2 and special", again="each further 2", report="5 school days")))
    events = marks("s1", "09-01", "AA AA AA") + flag("s1", "special", "yes", "09-03 20:00")
    assert [line.split(" due")[0] for line in told(rules, events, "09-03 21:00", "issued")] == [
        "09-03 20:00 issued truancy.one.report", "09-03 20:00 issued truancy.one.report@2", "09-03 20:00 issued truancy.one.report@3",
    ]


def test_a_chained_item_takes_effect_at_the_later_of_its_parent_and_the_outcome() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("1 school day", then={"report": "1 school day"}))))
    before, after = (marks("s1", "09-01", "AA") + outcome("s1", "visit", when) for when in ("09-01 10:00", "09-02 10:00"))
    assert told(rules, before, "09-02", "report") == ["09-01 17:30 issued truancy.one.visit.report due 2025-09-02"]
    assert told(rules, after, "09-02 12:00", "report") == ["09-02 10:00 issued truancy.one.visit.report due 2025-09-03"]


def test_an_instant_deadline_is_late_one_second_after_and_a_day_at_the_midnight_after() -> None:
    rules = policy(truancy=ladder(one=stage("missed_today >= 1", call="30 minutes"), two=stage("days_away >= 1", visit="1 school day")))
    assert told(rules, marks("s1", "09-01", "AA"), "09-04", "overdue") == [
        "09-01 08:40:01 overdue truancy.one.call", "09-03 00:00 overdue truancy.two.visit",
    ]
    for done, call in (("09-01 08:40", "done"), ("09-01 08:40:01", "done late")):
        assert standing(engine(rules, marks("s1", "09-01", "AA") + outcome("s1", "call", done), "09-04"))["truancy/1/one/1/call/teacher"] == call
    for done, visit in (("09-02 23:59:59", "done"), ("09-03 00:00", "done late")):
        assert standing(engine(rules, marks("s1", "09-01", "AA") + outcome("s1", "visit", done), "09-04"))["truancy/1/two/1/visit/teacher"] == visit


def test_a_due_that_has_passed_before_anybody_knew_is_the_end_of_the_day_of_knowing() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="2025-09-02")))
    assert told(rules, late("s1", "09-01", "AA", "09-05 09:00"), "09-06", "visit") == [
        "09-05 09:00 issued truancy.one.visit due 2025-09-05 of 09-01 17:30", "09-06 00:00 overdue truancy.one.visit",
    ]


def test_a_due_counted_from_the_event_that_has_passed_is_overdue_one_second_after_it_opened_and_marked() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("1 school day", counts_from="event"))))
    events = late("s1", "09-01", "AA", "09-05 09:00")
    assert told(rules, events, "09-06", "visit") == [
        "09-05 09:00 issued truancy.one.visit due 2025-09-02 of 09-01 17:30", "09-05 09:00:01 overdue truancy.one.visit",
    ]
    assert [item.note for item in engine(rules, events, "09-06").items()] == ["already past"]


THREE = policy(truancy=ladder(one=stage("days_away >= 1", visit="3 school days")))


def test_a_move_of_the_calendar_makes_no_item_late_at_once() -> None:
    events = marks("s1", "09-05", "AA") + school_on("09-06", "09-09 09:00") + school_on("09-07", "09-09 09:00")
    assert told(THREE, events, "09-10", "visit") == [
        "09-05 17:30 issued truancy.one.visit due 2025-09-10",
        "09-09 09:00 moved truancy.one.visit due 2025-09-09 of 09-05 17:30",
        "09-10 00:00 overdue truancy.one.visit",
    ]


def test_a_due_that_moves_earlier_but_lies_ahead_is_overdue_at_its_new_instant() -> None:
    events = marks("s1", "09-05", "AA") + school_on("09-06", "09-05 20:00")
    assert told(THREE, events, "09-12", "visit") == [
        "09-05 17:30 issued truancy.one.visit due 2025-09-10",
        "09-05 20:00 moved truancy.one.visit due 2025-09-09 of 09-05 17:30",
        "09-10 00:00 overdue truancy.one.visit",
    ]


def test_a_day_closed_by_snow_moves_every_open_deadline_that_it_touches() -> None:
    assert told(VISIT, marks("s1", "09-01", "AA") + snow("09-02", "09-02 07:00"), "09-04", "visit") == [
        "09-01 17:30 issued truancy.one.visit due 2025-09-02",
        "09-02 07:00 moved truancy.one.visit due 2025-09-03 of 09-01 17:30",
        "09-04 00:00 overdue truancy.one.visit",
    ]


def test_an_item_cancelled_after_it_was_late_comes_back_as_it_was() -> None:
    events = marks("s1", "09-01", "AA AA AA PP") + correct("s1", "09-04", "AA", "09-05 09:00")
    assert told(VISIT, events, "09-06", "visit")[1:3] == ["09-03 00:00 overdue truancy.one.visit", "09-04 17:30 cancelled truancy.one.visit"]
    item = engine(VISIT, events, "09-06").items()[0]
    assert (item.status, item.opened, item.due) == ("overdue", at("09-01 17:30"), "2025-09-02")


CHASED = policy(truancy=ladder(
    one=stage("days_away >= 1", visit=action("1 school day", if_overdue={"chase": "3 school days", "tell": notice()})),
    two=stage("overdue(visit)", village=notice()),
))


def test_a_later_truth_retracts_what_was_overdue_and_what_stood_on_it() -> None:
    events = marks("s1", "09-01", "AA AA") + outcome("s1", "visit", "09-02 15:00", known="09-03 10:00")
    assert told(CHASED, events, "09-03 12:00")[2:] == [
        "09-03 00:00 issued truancy.one.visit.chase due 2025-09-08",
        "09-03 00:00 overdue truancy.one.visit",
        "09-03 00:00 done truancy.one.visit.tell",
        "09-03 00:00 done truancy.two.village",
        "09-03 10:00 done truancy.one.visit of 09-02 15:00",
        "09-03 10:00 withdrawn truancy.one.visit.chase",
        "09-03 10:00 recall truancy.one.visit.tell",
        "09-03 10:00 recall truancy.two.village",
    ]


def test_where_the_author_distrusts_late_entry_the_item_is_late_and_its_chase_stands() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("1 school day", done_by="known", if_overdue={"chase": "3 school days"}))))
    events = marks("s1", "09-01", "AA AA") + outcome("s1", "visit", "09-02 15:00", known="09-03 10:00")
    assert sorted(standing(engine(rules, events, "09-03 12:00")).values()) == ["done late", "open"]


def test_what_would_be_cancelled_when_first_derived_is_lapsed_and_told_to_nobody() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day", tell=notice())))
    events = late("s1", "09-01", "AA", "09-05 09:00") + late("s1", "09-02", "PP", "09-05 09:00")
    assert told(rules, events, "09-09") == [
        "09-05 09:00 ended truancy/1 by ends of 09-02 17:30",
        "09-05 09:00 lapsed truancy.one.tell of 09-01 17:30",
        "09-05 09:00 lapsed truancy.one.visit of 09-01 17:30",
    ]


def test_a_visit_really_made_and_learnt_after_the_case_had_ended_is_done_not_lapsed() -> None:
    events = late("s1", "09-01", "AA", "09-05 09:00") + late("s1", "09-02", "PP", "09-05 09:00") + outcome("s1", "visit", "09-01 19:00", known="09-05 09:00")
    assert list(standing(engine(VISIT, events, "09-09")).values()) == ["done"]


def test_the_items_of_ends_and_their_chain_survive_the_end() -> None:
    ends = stage("days_back >= 1", report=action("1 school day", then={"confirm": "1 school day"}))
    rules = policy(truancy=ladder(ends=ends, one=stage("days_away >= 1")))
    events = marks("s1", "09-01", "AA PP") + outcome("s1", "report", "09-03 10:00")
    assert told(rules, events, "09-05") == [
        "09-01 17:30 opened truancy/1",
        "09-02 17:30 ended truancy/1 by ends",
        "09-02 17:30 issued truancy.ends.report due 2025-09-03",
        "09-03 10:00 issued truancy.ends.report.confirm due 2025-09-04",
        "09-03 10:00 done truancy.ends.report",
        "09-05 00:00 overdue truancy.ends.report.confirm",
    ]


TWICE = policy(
    truancy=ladder(one=stage("days_away >= 1", visit="5 school days")), lessons=ladder(one=stage("missed_today >= 1", visit="2 school days")),
)


def test_an_outcome_does_one_item_the_earliest_due_of_its_action_in_any_ladder() -> None:
    events = marks("s1", "09-01", "AA") + outcome("s1", "visit", "09-02 10:00")
    assert standing(engine(TWICE, events, "09-02 12:00")) == {"truancy/1/one/1/visit/teacher": "open", "lessons/1/one/1/visit/teacher": "done"}


def test_an_outcome_that_names_an_item_does_that_item() -> None:
    events = marks("s1", "09-01", "AA") + outcome("s1", "p/s1/truancy/1/one/1/visit/teacher", "09-02 10:00")
    assert standing(engine(TWICE, events, "09-02 12:00")) == {"truancy/1/one/1/visit/teacher": "done", "lessons/1/one/1/visit/teacher": "open"}


def test_a_second_outcome_that_names_a_done_item_does_no_other_item_of_that_action() -> None:
    name = "p/s1/truancy/1/one/1/visit/teacher"
    events = marks("s1", "09-01", "AA") + [
        event for when in ("09-02 10:00", "09-02 11:00") for event in outcome("s1", name, when, "refused", action="visit")
    ]
    assert standing(engine(TWICE, events, "09-02 12:00")) == {"truancy/1/one/1/visit/teacher": "done", "lessons/1/one/1/visit/teacher": "open"}


def test_an_outcome_of_the_same_day_before_the_item_does_it_and_one_of_the_day_before_stands_alone() -> None:
    for when, done in (("09-02 10:00", "done"), ("09-02 17:30", "done"), ("09-01 20:00", "open")):
        assert list(standing(engine(VISIT, marks("s1", "09-02", "AA") + outcome("s1", "visit", when), "09-02 18:00")).values()) == [done]


def test_an_outcome_that_names_an_item_of_a_later_date_stands_alone() -> None:
    events = marks("s1", "09-02", "AA") + outcome("s1", "p/s1/truancy/1/one/1/visit/teacher", "09-01 20:00", known="09-02 20:00")
    assert list(standing(engine(VISIT, events, "09-02 21:00")).values()) == ["open"]


def test_what_is_known_before_it_was_done_is_done_when_it_was_done() -> None:
    rules = policy(truancy=ladder(ends="days_back >= 9", one=stage("days_away >= 1", visit=action("1 school day", done_by="known"))))
    (visit,) = engine(rules, AWAY + outcome("s1", "visit", "09-04 10:00", known="09-02 10:00"), "09-05").items()
    assert (visit.status, visit.done_at, visit.done_known) == ("done late", at("09-04 10:00"), at("09-04 10:00"))


def test_done_by_each_means_all_of_them() -> None:
    rules = village("done(visit)", by="each teacher")
    two = Roster(ROSTER.students, (Assignment("teacher", "c1", "ann"), Assignment("teacher", "c1", "bob")))
    events = marks("s1", "09-01", "AA AA AA")
    events += [one for n, who in enumerate(("ann", "bob")) for one in outcome("s1", f"p/s1/truancy/1/one/1/visit/teacher/{who}", f"09-02 1{n}:00")]
    assert told(rules, events, "09-04", "visit", "village", roster=two)[2:] == [
        "09-02 10:00 done truancy.one.visit", "09-02 11:00 done truancy.one.visit", "09-02 11:00 done truancy.two.village",
    ]


def test_an_outcome_is_that_of_the_latest_occurrence() -> None:
    rules = policy(lessons=ladder(
        ends="days_back >= 9", one=stage("missed_today >= 1", again="each crossing", contact="9 school days"),
        two=stage('times(contact) >= 1 and outcome(contact) != "refused"', village=notice()),
    ))
    events = marks("s1", "09-01", "A_ P_ A_") + outcome("s1", "contact", "09-01 10:00", "refused")
    assert told(rules, events, "09-05", "village") == ["09-03 17:30 done lessons.two.village"]


def test_an_outcome_that_stands_alone_still_counts() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="5 school days"), two=stage("times(visit) >= 1", village=notice())))
    events = marks("s1", "09-02", "AA AA") + outcome("s1", "visit", "09-01 20:00")
    assert told(rules, events, "09-03", "opened") == ["09-01 20:00 opened truancy/1"]
    assert told(village('outcome(visit) == "refused"'), marks("s1", "09-01", "AA") + outcome("s1", "p/s1/none/9/x/1/visit/teacher", "09-02 10:00", "refused"),
                "09-03", "village") == ["09-02 10:00 done truancy.two.village"]


def test_an_outcome_that_names_a_cancelled_item_is_reported_and_does_nothing_else() -> None:
    events = marks("s1", "09-01", "AA PP AA") + outcome("s1", "p/s1/truancy/1/one/1/visit/teacher", "09-04 10:00", action="visit")
    found = engine(VISIT, events, "09-04 12:00")
    assert standing(found) == {"truancy/1/one/1/visit/teacher": "cancelled", "truancy/2/one/1/visit/teacher": "open"}
    assert reports(found) == ["for-cancelled"]


def test_an_outcome_that_names_an_item_that_never_was_is_reported_not_dropped() -> None:
    events = marks("s1", "09-01", "AA") + outcome("s1", "p/s1/truancy/7/one/1/visit/teacher", "09-02 10:00", action="visit")
    found = engine(VISIT, events, "09-02 12:00")
    assert standing(found) == {"truancy/1/one/1/visit/teacher": "done"}
    assert reports(found) == ["unknown-item"]


def test_an_outcome_once_bound_stays_bound_wherever_the_items_effective_instant_moves() -> None:
    rules = policy(truancy=ladder(one=stage("total >= 1", visit="5 school days")))
    events = marks("s1", "09-01", "AA SS AA") + outcome("s1", "p/s1/truancy/1/one/1/visit/teacher", "09-02 10:00")
    events += correct("s1", "09-01", "SS", "09-04 09:00")
    assert told(rules, events, "09-05", "visit") == [
        "09-01 17:30 issued truancy.one.visit due 2025-09-08",
        "09-02 10:00 done truancy.one.visit",
        "09-04 09:00 moved truancy.one.visit due 2025-09-10 of 09-03 17:30",
    ]


def test_an_outcome_of_an_action_whose_item_moved_past_it_is_listed_as_unbound() -> None:
    rules = policy(truancy=ladder(one=stage("total >= 1", visit="5 school days")))
    events = marks("s1", "09-01", "AA SS AA") + outcome("s1", "visit", "09-02 10:00") + correct("s1", "09-01", "SS", "09-04 09:00")
    found = engine(rules, events, "09-05")
    assert list(standing(found).values()) == ["open"]
    assert reports(found) == ["unbound"]


def test_an_outcome_keeps_its_item_when_a_late_mark_gives_that_item_a_floor() -> None:
    rules = policy(
        measures={"m": count("A")}, lessons=ladder(ends="", one=stage("missed_today >= 1", again="each crossing", visit="2 school days after the 3rd m")),
    )
    events = marks("s1", "09-01", "A_ A_ P_ A_") + outcome("s1", "visit", "09-03 10:00") + correct("s1", "09-02", "_A", "09-10 10:00")
    for until in ("09-10 09:00", "09-10 11:00", "09-10 19:00"):
        assert standing(engine(rules, events, until)) == {
            "lessons/1/one/1/visit/teacher": "done", "lessons/1/one/2/visit/teacher": "overdue", "lessons/1/one/3/visit/teacher": "overdue",
        }


def test_evidence_that_comes_after_a_blocked_item_was_done_counts_its_due_anew_at_once() -> None:
    rules = policy(truancy=ladder(
        one=stage("days_away >= 1", visit="5 school days"), two=stage("days_away >= 2", need="done(visit)", report="5 school days"),
    ))
    events = marks("s1", "09-01", "AA AA") + outcome("s1", "report", "09-03 10:00") + outcome("s1", "visit", "09-04 10:00")
    assert told(rules, events, "09-09", "report", "visit")[1:] == [
        "09-02 17:30 blocked truancy.two.report without visit",
        "09-03 10:00 done truancy.two.report",
        "09-04 10:00 moved truancy.two.report due 2025-09-11 of 09-02 17:30",
        "09-04 10:00 done truancy.one.visit",
    ]


def test_an_item_replaced_at_its_birth_is_seen_all_the_same_whenever_the_end_of_its_case_is_learnt() -> None:
    rules = policy(truancy=ladder(
        one=stage("days_away >= 1", visit="5 school days"), two=stage("days_away >= 2 and not done(visit)", report="5 school days"),
        three=stage("days_away >= 1", instead=action("5 school days", replaces="one.visit")),
    ))
    for known in ("", "09-05 10:00"):
        found = engine(rules, marks("s1", "09-01", "AA AA") + marks("s1", "09-03", "PP", known), "09-06")
        assert standing(found) == {
            "truancy/1/one/1/visit/teacher": "lapsed", "truancy/1/two/1/report/teacher": "cancelled", "truancy/1/three/1/instead/teacher": "cancelled",
        }


def test_an_overdue_item_of_another_case_makes_nobody_judge_overdue_but_late() -> None:
    for asked, judged in (("overdue(visit)", ["09-02 00:00", "09-03 17:30"]), ("late(visit)", ["09-02 00:00", "09-03 17:30", "09-04 00:00"])):
        rules = policy(
            lessons=ladder(one=stage("missed_today >= 1", visit="2 school days")),
            truancy=ladder(one=stage("days_away >= 1", visit="end of day"), two=stage(asked, again="each school day", village=notice())),
        )
        found = told(rules, marks("s1", "09-01", "AA AA AA AA"), "09-04 12:00", "village")
        assert found == [f"{when} done truancy.two.village@2025-{when[:5]}" for when in judged]


def test_a_floor_is_not_held() -> None:
    visit = action("at the 3rd m", hold="special")
    rules = policy(measures={"m": count("A")}, lessons=ladder(ends="", one=stage("missed_today >= 1", visit=visit)))
    events = marks("s1", "09-01", "AA PP PP PP PP") + flag("s1", "special", "yes", "09-02 12:00") + correct("s1", "09-02", "AP", "09-05 10:00")
    assert told(rules, events, "09-10", "visit")[1:] == [
        "09-05 10:00 moved lessons.one.visit due 2025-09-05 of 09-01 08:00", "09-06 00:00 overdue lessons.one.visit",
    ]


def test_each_firing_of_a_stage_is_a_clock_and_the_last_is_counted_from() -> None:
    rules = policy(lessons=ladder(
        ends="", one=stage("missed_today >= 1", again="each school day", tell=notice("parent")),
        two=stage("fired(one)", again="each school day", village=notice()), three=stage("days_since(one) >= 2", again="each crossing", ask="1 school day"),
    ))
    assert told(rules, marks("s1", "09-01", "A_ A_ P_ P_"), "09-05 12:00", "village", "ask") == [
        "09-01 08:10 done lessons.two.village@2025-09-01", "09-02 08:10 done lessons.two.village@2025-09-02",
        "09-03 17:30 done lessons.two.village@2025-09-03", "09-04 17:30 issued lessons.three.ask due 2025-09-05",
        "09-04 17:30 done lessons.two.village@2025-09-04",
    ]


def test_an_outcome_that_reaches_forward_stands_alone_until_it_does() -> None:
    rules = policy(truancy=ladder(
        one=stage("times(visit) >= 1", visit=""), two=stage('outcome(visit) == "refused"', again="each crossing", village=notice()),
    ))
    assert told(rules, outcome("s1", "visit", "09-01 10:00", "refused"), "09-03") == [
        "09-01 10:00 opened truancy/1", "09-01 10:00 done truancy.one.visit", "09-01 10:00 done truancy.two.village",
    ]


def test_of_two_outcomes_of_one_instant_the_later_row_is_the_latest() -> None:
    events = marks("s1", "09-01", "AA") + outcome("s1", "visit", "09-02 10:00", "coming", id="a") + outcome("s1", "visit", "09-02 10:00", "refused", seq=1, id="b")
    assert told(village('outcome(visit) == "refused"'), events, "09-03", "village") == ["09-02 10:00 done truancy.two.village"]


def test_done_when_is_asked_at_the_instant_that_ends_the_case_a_midnight_too() -> None:
    visit = action("5 school days", done_when="received(letter)")
    rules = policy(truancy=ladder("received(letter)", one=stage("days_away >= 1", visit=visit)))
    for when in ("09-02 10:00", "09-03 00:00"):
        found = engine(rules, marks("s1", "09-01", "AA") + document("s1", "letter", when, "09-03 09:00"), "09-03 12:00")
        assert list(standing(found).values()) == ["done"]


def test_an_item_learnt_of_late_does_not_take_the_visit_that_did_another() -> None:
    rules = policy(measures={"m": count("A", within="week")}, lessons=ladder(
        ends="", one=stage("total >= 1", again="each school day", visit="at the 2nd m"),
    ))
    events = marks("s1", "09-03", "AA") + outcome("s1", "visit", "09-03 19:00") + late("s1", "09-02", "AA", "09-05 19:00")
    assert standing(engine(rules, events, "09-05 18:00"))["lessons/1/one/2025-09-03/visit/teacher"] == "done"
    found = standing(engine(rules, events, "09-05 20:00"))
    assert (found["lessons/1/one/2025-09-02/visit/teacher"], found["lessons/1/one/2025-09-03/visit/teacher"]) == ("open", "done")


def test_a_hold_counts_the_close_at_which_the_nth_comes_and_moves_by_the_days_of_the_offset() -> None:
    visit = action("2 school days after the 2nd m", hold="special")
    rules = policy(measures={"m": count("A", "school day")}, lessons=ladder(ends="", one=stage("missed_today >= 1", visit=visit)))
    events = marks("s1", "09-02", "AA AA") + flag("s1", "special", "yes", "09-02 19:00") + flag("s1", "special", "no", "09-04 10:00")
    assert told(rules, events, "09-05", "moved")[-1] == "09-03 17:30 moved lessons.one.visit due 2025-09-08 of 09-02 08:00"


def test_days_held_while_an_item_was_blocked_are_not_given_again() -> None:
    rules = policy(truancy=ladder(
        one=stage("days_away >= 1", visit=""), two=stage("days_away >= 2", need="done(visit)", report=action("3 school days", hold="special")),
    ))
    events = marks("s1", "09-01", "AA AA") + flag("s1", "special", "yes", "09-02 19:00") + flag("s1", "special", "no", "09-04 10:00")
    events += outcome("s1", "visit", "09-04 12:00")
    assert told(rules, events, "09-04", "unblocked") == ["09-04 12:00 unblocked truancy.two.report due 2025-09-09"]


def test_what_was_overdue_from_its_event_stays_so_at_the_unblocking() -> None:
    rules = policy(truancy=ladder(
        one=stage("days_away >= 1", visit=""), two=stage("days_away >= 2", need="done(visit)", report=action("2025-09-01", counts_from="event")),
    ))
    events = marks("s1", "09-01", "AA AA") + outcome("s1", "visit", "09-04 12:00")
    assert told(rules, events, "09-05", "report")[1:] == ["09-02 17:30:01 overdue truancy.two.report", "09-04 12:00 unblocked truancy.two.report due 2025-09-01"]


def test_a_period_is_no_number_where_a_version_changes_again() -> None:
    old = policy(end="2025-09-02", truancy=ladder(ends="", one=stage("total >= 1", again="each month", visit="")))
    new = policy(start="2025-09-03", on_change="migrate", truancy=ladder(ends="", one=stage("missed_today >= 1", again="each crossing", visit="")))
    found = standing(engine([old, new], marks("s1", "09-01", "AA PP A_"), "09-03 12:00"))
    assert sorted(found) == ["truancy/1/one/1/visit/teacher", "truancy/2025-09/one/2025-09/visit/teacher"]


def test_an_outcome_that_names_a_notice_does_not_do_it() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day"), two=stage("days_away >= 1", need="done(visit)", village=notice())))
    events = marks("s1", "09-01", "AA") + outcome("s1", "p/s1/truancy/1/two/1/village/village", "09-02 10:00")
    assert standing(engine(rules, events, "09-02 12:00"))["truancy/1/two/1/village/village"] == "blocked"


def test_an_item_that_comes_back_from_a_recall_is_not_late_at_once() -> None:
    visit = action("end of month", counts_from="start of school day")
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=visit)))
    events = marks("s1", "10-01", "AA") + outcome("s1", "visit", "10-02 10:00", id="o") + correct("s1", "10-01", "PP", "10-02 12:00")
    events += late("s1", "09-30", "AA", "10-03 09:00") + correct("s1", "10-01", "AA", "10-03 09:00") + void("s1", "o", "10-03 09:00")
    assert told(rules, events, "10-04 12:00", "visit")[-3:] == [
        "10-02 12:00 recall truancy.one.visit",
        "10-03 09:00 reopened truancy.one.visit due 2025-10-03 of 09-30 17:30",
        "10-04 00:00 overdue truancy.one.visit",
    ]


def test_an_outcome_of_a_replaced_item_goes_over_to_its_successor_at_once() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="9 school days"), two=stage("special", report="9 school days")))
    name = "p/s1/truancy/1/two/1/report/teacher"
    events = marks("s1", "09-01", "AA AA AA AA") + flag("s1", "special", "yes", "09-04 12:00") + outcome("s1", name, "09-04 09:00", "coming")
    events += marks("s1", "09-05", "AA") + correct("s1", "09-03", "PP", "09-06 10:00")
    found = engine(rules, events, "09-06 12:00")
    assert standing(found)["truancy/2/two/1/report/teacher"] == "done"
    assert {item.outcome for item in found.items() if item.stage == "two"} == {"coming"}


def test_what_became_true_at_an_instant_hides_nothing_after_it() -> None:
    rules = policy(truancy=ladder(ends="special", one=stage("became(dropped_out) or days_away >= 2", visit="")))
    events = marks("s1", "09-01", "AA AA") + status("s1", "dropped_out", "09-02 10:00") + flag("s1", "special", "yes", "09-02 12:00")
    assert told(rules, events, "09-03", "truancy/") == [
        "09-02 10:00 opened truancy/1", "09-02 12:00 ended truancy/1 by ends", "09-02 17:30 opened truancy/2",
    ]


def test_the_first_lesson_missed_is_not_the_half_day_missed() -> None:
    cal = calendar(weeks=6, sessions="1 08:00-08:40, 2 09:00-09:40, 3 14:00-14:40, 4 15:00-15:40")
    for made, day in ((count("A", "half day", "week"), "09-01"), (run("A", "half day"), "09-01")):
        rules = policy(measures={"m": made}, lessons=ladder(ends="", one=stage("m >= 1", tell=notice())))
        assert told(rules, marks("s1", day, "APPP APPP", cal=cal), "09-03", cal=cal) == []
        assert told(rules, marks("s1", day, "PPAA", cal=cal), "09-03", "opened", cal=cal) == ["09-01 15:10 opened lessons/1 of 09-01 15:00"]


def test_a_notice_that_was_told_stays_told_though_what_it_needed_comes_after_the_end() -> None:
    rules = policy(truancy=ladder(one=stage("missed_today >= 1", visit=""), two=stage("school_days_since(one) >= 1", need="received(letter)", tell=notice())))
    events = marks("s1", "09-02", "A_") + document("s1", "letter", "09-03 10:00") + status("s1", "transferred_out", "09-04 10:00")
    events += late("s1", "09-01", "A_", "09-05 12:00")
    found = engine(rules, events, "09-06")
    assert standing(found)["truancy/1/two/1/tell/village"] == "done"
    assert [item.done_at for item in found.items() if item.stage == "two"] == [at("09-03 17:30")]


def test_a_hold_goes_on_until_an_outcome_is_known_where_that_is_what_counts() -> None:
    visit = action("3 school days", hold="special", done_by="known")
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=visit)))
    events = marks("s1", "09-01", "AA") + flag("s1", "special", "yes", "09-02 10:00") + outcome("s1", "visit", "09-02 12:00", known="09-04 12:00")
    assert [item.due for item in engine(rules, events, "09-05").items()] == ["2025-09-08"]


def test_what_was_skipped_under_one_version_is_no_edge_under_the_next() -> None:
    old = policy(end="2025-09-03", truancy=ladder(ends="", one=stage("missed_today >= 1", visit=""), two=stage("days_away >= 2", tell=notice())))
    new = policy(
        start="2025-09-04", on_change="migrate", truancy=ladder(one=stage("days_away >= 9", visit=""), two=stage("received(letter)", tell=notice())),
    )
    events = marks("s1", "09-01", "AA AA AA PP") + document("s1", "letter", "09-03 10:00")
    assert told([old, new], events, "09-05", "opened", "ended") == [
        "09-01 08:10 opened truancy/1 of 09-01 08:00", "09-04 17:30 ended truancy/1 by ends",
    ]


def test_what_was_overdue_from_its_event_stays_so_though_it_was_done_before_the_evidence_came() -> None:
    rules = policy(truancy=ladder(
        one=stage("days_away >= 1", visit=""), two=stage("days_away >= 2", need="received(letter)", report=action("2025-09-01", counts_from="event")),
    ))
    events = marks("s1", "09-01", "AA AA") + outcome("s1", "report", "09-03 12:00") + document("s1", "letter", "09-04 12:00")
    (report,) = [item for item in engine(rules, events, "09-05").items() if item.stage == "two"]
    assert (report.status, report.overdue_at) == ("done late", at("09-02 17:30") + 1)


def test_evidence_that_was_lost_and_came_again_counts_the_due_from_when_it_came_again() -> None:
    events = AWAY + outcome("s1", "contact", "09-03 10:00", id="o") + void("s1", "o", "09-03 12:00") + outcome("s1", "contact", "09-04 10:00")
    assert told(needing(), events, "09-04 12:00", "report")[-1] == "09-04 10:00 overdue retracted truancy.two.report due 2025-09-05"


def test_an_nth_that_comes_with_the_evidence_gives_until_tonight_and_issues_no_chase() -> None:
    rules = policy(
        measures={"m": count("A", "school day")},
        truancy=ladder(ends="", one=stage("special", need="days_away >= 2", report=action("before the 2nd m", if_overdue={"chase": ""}))),
    )
    events = flag("s1", "special", "yes", "09-01 07:00") + marks("s1", "09-01", "AA AA")
    found = engine(rules, events, "09-03 12:00")
    report, chase = found.items()
    assert chase.effective == at("09-03 00:00")
    assert report.floor == at("09-03 00:00") == report.overdue_at


def test_what_was_done_by_an_outcome_that_stays_bound_waits_for_no_due() -> None:
    back = action("at the 3rd m")
    rules = policy(
        measures={"m": count("A", "school day", "week")},
        truancy=ladder(ends=stage("days_back >= 1", back=back), one=stage("missed_today >= 1")),
    )
    name = "p/s1/truancy/2/ends/1/back/teacher"
    events = late("s1", "09-01", "A_", "09-02 14:00") + late("s1", "09-01", "_P", "09-02 20:00")
    events += late("s1", "09-09", "_P", "09-09 14:10") + outcome("s1", name, "09-09 19:00", id="o")
    events += late("s1", "09-04", "A_", "09-10 12:00") + late("s1", "09-04", "_P", "09-10 18:00")
    (item,) = [one for one in engine(rules, events, "09-11").items() if one.id == name]
    assert (item.status, item.note) == ("done", "no due yet")


def test_what_is_true_through_a_case_alone_hides_no_edge_at_its_end() -> None:
    rules = policy(
        measures={"m": count("A", "school day")},
        truancy=ladder(ends="m >= 2", one=stage("special"), two=stage("days_since(case) >= 1 or days_away >= 2")),
    )
    events = flag("s1", "special", "yes", "09-01 07:00") + marks("s1", "09-01", "PP AA AA AA")
    assert told(rules, events, "09-03 18:00", "truancy/") == [
        "09-01 07:00 opened truancy/1", "09-03 17:30 ended truancy/1 by ends", "09-03 17:30 opened truancy/2",
    ]


def test_an_outcome_stays_bound_to_a_chase_that_moves_with_its_item() -> None:
    report = action("at 16:00", counts_from="start of school day", if_overdue={"chase": ""})
    rules = policy(truancy=ladder(ends="days_back >= 9", two=stage("days_away >= 2", report=report)))
    name = "p/s1/truancy/1/two/1/report/teacher/overdue/chase/teacher"
    events = marks("s1", "09-01", "A", cal=ONE) + [evolve(mark, id="m2") for mark in marks("s1", "09-02", "A", cal=ONE)]
    events += outcome("s1", name, "09-03 17:30") + marks("s1", "09-04", "A", cal=ONE) + void("s1", "m2", "09-04 20:10")
    assert standing(engine(rules, events, "09-04 21:00", cal=ONE))["truancy/1/two/1/report/teacher/overdue/chase/teacher"] == "done"


def test_a_chase_that_moves_with_its_item_past_its_due_stays_overdue() -> None:
    rules = policy(truancy=ladder(ends="", one=stage("days_away >= 2", visit=action("2025-09-02", if_overdue={"chase": "2025-09-03"}))))
    events = marks("s1", "09-01", "AA AA AA AA") + correct("s1", "09-02", "PP", "09-04 20:10")
    assert told(rules, events, "09-08", "chase") == [
        "09-03 00:00 issued truancy.one.visit.chase due 2025-09-03", "09-04 00:00 overdue truancy.one.visit.chase",
        "09-04 20:10 moved truancy.one.visit.chase due 2025-09-03 of 09-04 17:30",
    ]


def test_what_is_replaced_at_its_birth_has_lapsed_and_was_never_overdue() -> None:
    rules = policy(
        measures={"m": count("A")},
        lessons=ladder(
            ends="", one=stage("missed_today >= 1", again="each crossing", visit=action("at the 2nd m", if_overdue={"chase": ""})),
            two=stage("m >= 3", instead=action("", replaces="one.visit")),
        ),
    )
    events = marks("s1", "09-01", "A A A A", cal=ONE) + correct("s1", "09-03", "S", "09-04 08:10", cal=ONE)
    found = {item.occurrence: item for item in engine(rules, events, "09-05", cal=ONE).items() if item.action == "visit"}
    assert (found["3"].status, found["3"].effective, found["3"].overdue_at) == ("lapsed", at("09-04 08:00"), None)


def test_an_nth_that_comes_as_the_case_ends_came_too_late() -> None:
    rules = policy(
        measures={"m": count("A", "school day")},
        truancy=ladder(ends='outcome(visit) == "coming"', one=stage("days_away >= 1", visit=action("", then={"confirm": "at the 2nd m"}))),
    )
    events = marks("s1", "09-01", "AA AA") + outcome("s1", "visit", "09-02 17:30", "coming")
    (_, confirm) = engine(rules, events, "09-03").items()
    assert (confirm.status, confirm.due, confirm.note) == ("lapsed", "", "due never came")


def test_an_item_that_moved_is_not_seen_at_the_instant_it_moved_to() -> None:
    rules = policy(measures={"m": count("A")}, truancy=ladder(
        ends="", one=stage("m >= 2", again="each further 1", visit=""), two=stage("fired(one)", need="done(visit)", report=""),
    ))
    events = marks("s1", "09-02", "AA") + late("s1", "09-01", "_A", "09-02 20:10") + outcome("s1", "visit", "09-04 14:00") + marks("s1", "09-04", "_A")
    events += correct("s1", "09-01", "_-", "09-05 08:10")
    found = {item.id.removeprefix("p/s1/truancy/1/"): item for item in engine(rules, events, "09-05 09:00").items()}
    assert found["one/2/visit/teacher"].effective == at("09-04 14:00")
    assert found["two/1/report/teacher"].status == "open"


def test_what_waits_for_an_earlier_stage_waits_no_longer_than_that() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 2", visit=""), two=stage("days_away >= 1", need="fired(one)", report="1 school day")))
    assert told(rules, marks("s1", "09-01", "AA AA"), "09-03", "report") == [
        "09-01 17:30 blocked truancy.two.report without one", "09-02 17:30 unblocked truancy.two.report due 2025-09-03",
    ]


def test_an_item_that_comes_back_unblocked_is_not_late_at_once() -> None:
    rules = policy(
        measures={"m": count("A")},
        truancy=ladder(ends="", one=stage("missed_today >= 1"), two=stage("days_away >= 1", need="received(letter)", report=action("before the 3rd m"))),
    )
    events = marks("s1", "09-01", "AA") + outcome("s1", "report", "09-01 20:00") + document("s1", "letter", "09-02 19:00")
    events += correct("s1", "09-01", "PA", "09-03 07:00") + marks("s1", "09-03", "AA")
    assert [line.split(" of ")[0] for line in told(rules, events, "09-04 12:00", "report")[-3:]] == [
        "09-03 07:00 recall truancy.two.report", "09-03 17:30 reopened truancy.two.report due 2025-09-03", "09-04 00:00 overdue truancy.two.report",
    ]


def test_what_is_missing_are_the_parts_of_the_need_that_are_not_true() -> None:
    rules = policy(truancy=ladder(
        one=stage("days_away >= 1", visit=""), two=stage("days_away >= 1", need="done(visit) and received(letter) and days_away >= 2", report=""),
    ))
    events = AWAY + document("s1", "letter", "09-01 19:00") + outcome("s1", "visit", "09-03 10:00")
    missing = [item.missing for until in ("09-01 18:00", "09-01 20:00", "09-02 18:00", "09-03 12:00") for item in engine(rules, events, until).items() if item.action == "report"]
    assert missing == [("visit", "letter", "days_away"), ("visit", "days_away"), ("visit",), ()]


def test_a_notice_whose_evidence_was_lost_is_told_again_when_it_comes_again() -> None:
    events = AWAY + outcome("s1", "contact", "09-03 10:00", id="o") + void("s1", "o", "09-03 12:00") + outcome("s1", "contact", "09-04 10:00")
    (village,) = [item for item in engine(needing(), events, "09-05").items() if item.action == "village"]
    assert (village.status, village.done_at) == ("done", at("09-04 10:00"))


def test_a_blocked_notice_whose_case_turns_out_to_have_ended_before_was_never_told() -> None:
    rules = policy(
        measures={"halves": count("A", "half day", "month")}, day="any",
        truancy=ladder(ends="", lasts="month", one=stage("halves >= 2", visit=""), two=stage("days_away >= 2", need="fired(one)", again="each term", tell=notice())),
    )
    events = marks("s1", "09-29", "_A __ A_") + late("s1", "09-30", "_A", "10-01 20:00")
    assert told(rules, events, "10-02", "tell") == [
        "10-01 17:30 blocked truancy.two.tell@autumn without one", "10-01 20:00 cancelled truancy.two.tell#2@autumn",
    ]


def test_a_chase_of_the_blocked_time_stands_though_the_evidence_turns_out_to_be_older_than_the_due() -> None:
    report = action("before the 3rd m", if_overdue={"chase": ""})
    rules = policy(
        measures={"m": count("A", "school day")},
        truancy=ladder(ends="", one=stage("times(visit) >= 1", visit=""), two=stage("days_away >= 1", need="fired(one)", report=report)),
    )
    events = marks("s1", "09-01", "AA AA AA") + outcome("s1", "visit", "09-03 10:00", known="09-04 16:00")
    assert told(rules, events, "09-04 20:00", "chase", "overdue") == [
        "09-04 00:00 issued truancy.two.report.chase", "09-04 00:00 overdue truancy.two.report", "09-04 16:00 overdue retracted truancy.two.report due 2025-09-04",
    ]


def test_an_item_that_had_lapsed_and_turns_out_to_be_done_is_opened_anew_also_when_its_case_is_over() -> None:
    """It was told to nobody, so nobody did it late; and nothing is decided a second later that was not then."""
    rules = policy(
        measures={"fortnightly": count("A", "session", "4 weeks")},
        truancy=ladder(
            "days_since(case) >= 3", one=stage("missed_today >= 1", again="each further 1", visit="end of school day"),
            three=stage("fortnightly >= 2", instead=action("", replaces="one.visit")),
        ),
    )
    events = marks("s1", "09-03", "AA") + outcome("s1", "visit", "09-04 17:30") + late("s1", "09-01", "_A", "09-05 18:10")
    assert told(rules, events, "09-06 12:00", "one.visit@2") == [
        "09-03 14:10 lapsed truancy.one.visit@2 of 09-03 14:00", "09-05 18:10 done truancy.one.visit@2 of 09-04 17:30",
    ]


def test_a_lapsed_item_was_never_late_though_what_lapsed_it_moves_behind_its_due() -> None:
    rules = policy(
        measures={"m": count("A", "school day")},
        truancy=ladder(
            ends="", one=stage("m >= 2", visit=action("30 minutes", if_overdue={"chase": ""})),
            two=stage("days_away >= 2", instead=action("", replaces="one.visit")),
        ),
    )
    events = marks("s1", "09-01", "AA __ __ AA") + late("s1", "09-03", "AA", "09-03 21:10") + late("s1", "09-02", "PP", "09-05 12:00")
    assert told(rules, events, "09-08", "visit", "chase") == ["09-03 21:10 lapsed truancy.one.visit of 09-03 17:30"]


def test_an_item_that_had_lapsed_and_is_opened_anew_can_be_late() -> None:
    """The visit of the 2nd was learnt after another had replaced it; that one's ground is gone, and it is owed now: nobody may forget it."""
    rules = policy(truancy=ladder(
        ends="", one=stage("missed_today >= 1", again="each school day", visit="90 minutes"), two=stage("late(visit)", instead=action("", replaces="one.visit")),
    ))
    events = marks("s1", "09-03", "A_") + late("s1", "09-02", "A_", "09-03 14:10") + void("s1", "2025-09-03.am", "09-05 20:10")
    assert told(rules, events, "09-06 12:00", "visit@2025-09-02", "instead")[-4:] == [
        "09-05 20:10 reopened truancy.one.visit@2025-09-02 due 09-05 21:40 of 09-02 08:00", "09-05 20:10 withdrawn truancy.two.instead",
        "09-05 21:40:01 issued truancy.two.instead", "09-05 21:40:01 cancelled truancy.one.visit@2025-09-02",
    ]


def test_what_turns_out_at_the_unblocking_to_have_been_overdue_before_is_chased() -> None:
    """From the day of the evidence on the second absence is the last for the report, and that was yesterday."""
    rules = policy(
        measures={"total": count("A", "school day")}, parameters={"nth": [("09-03", "2"), ("", "3")]},
        truancy=ladder(
            ends="", one=stage("total >= 2", visit="before the next school day"),
            two=stage("total >= 1", need="overdue(visit)", report=action("at the (nth)th total", counts_from="event", if_overdue={"chase": ""})),
        ),
    )
    assert told(rules, marks("s1", "09-01", "AA AA PP PP"), "09-06 12:00", "report")[1:] == [
        "09-03 08:00 issued truancy.two.report.chase of 09-02 17:30:01", "09-03 08:00 overdue truancy.two.report of 09-02 17:30:01",
    ]


def test_an_unblocked_item_waits_for_the_nth_of_the_date_that_now_counts() -> None:
    rules = policy(
        measures={"m": count("A", "school day")}, parameters={"nth": [("09-03", "2"), ("", "3")]},
        truancy=ladder(ends="", one=stage("m >= 2", visit=""), two=stage("missed_today >= 1", need="fired(one)", report="1 school day after the (nth)th m")),
    )
    assert told(rules, marks("s1", "09-01", "AA __ AA"), "09-04 09:00", "report") == [
        "09-01 08:10 blocked truancy.two.report without one of 09-01 08:00", "09-03 17:30 unblocked truancy.two.report due 2025-09-04",
    ]


RENUMBERED = policy(truancy=ladder(one=stage("missed_today >= 1", call=""), two=stage("days_away >= 1", visit=action("30 days", keep=True))))
# The case of the 13th and that of the 16th are one while the 15th is unknown, and two again when it is known.
MERGED = (
    marks("s1", "09-01", "A- __ PP") + late("s1", "09-04", "AA", "09-04 15:00") + late("s1", "09-03", "--", "09-05 09:00")
    + late("s1", "09-03", "PP", "09-08 10:00") + late("s1", "09-02", "AA", "09-08 10:00")
)


def stood(found: Engine) -> dict[str, str]:
    """What stands, folded from the decisions; it is what the engine holds."""
    folded = {item.id: item.status for item in found.items()}
    held = {item.id: item.status for each in found.states().values() for state in each.values() for item in state.items.values()}
    assert folded == held
    return {name.split("/", 2)[2]: state for name, state in folded.items()}


def test_an_item_whose_old_id_stands_again_does_not_hide_it() -> None:
    said = outcome("s1", "p/s1/truancy/1/two/1/visit/teacher", "09-09 10:00")
    found = stood(engine(RENUMBERED, MERGED + said, "09-12"))
    assert (found["truancy/1/two/1/visit/teacher"], found["truancy/2/two/1/visit/teacher"]) == ("done", "open")


def test_an_item_that_stood_again_is_withdrawn_when_it_loses_its_ground_again() -> None:
    events = MERGED + late("s1", "09-04", "PP", "09-09 10:00")
    found = stood(engine(RENUMBERED, events, "09-12"))
    assert (found["truancy/1/two/1/visit/teacher"], found["truancy/2/two/1/visit/teacher"]) == ("open", "withdrawn")
    assert "09-09 10:00 withdrawn truancy.two.visit#2" in [line.partition(" of ")[0] for line in told(RENUMBERED, events, "09-12", "visit")]


def test_a_stage_of_a_newer_version_was_not_judged_at_the_closes_of_the_older_one() -> None:
    old = policy(
        end="2025-09-10", truancy=ladder(ends="", one=stage("missed_today >= 1", call="")),
        lessons=ladder(ends="received(letter)", one=stage("open_case(truancy)", visit="")),
    )
    new = policy(
        start="2025-09-11", measures={"week": count("A", "session", "week")}, truancy=ladder(ends="", one=stage("missed_today >= 1", call="")),
        lessons=ladder(ends="received(letter)", one=stage("week >= 2", visit="")),
    )
    events = marks("s1", "09-05", "A_") + document("s1", "letter", "09-05 12:00") + marks("s1", "09-08", "AA")
    assert told([old, new], events, "09-12", "opened lessons", "ended lessons") == [
        "09-05 08:10 opened lessons/1 of 09-05 08:00", "09-05 12:00 ended lessons/1 by ends", "09-11 17:30 opened lessons/2",
    ]


def test_a_stage_that_was_false_at_the_last_close_of_the_older_version_opens_a_case_under_the_newer_one() -> None:
    old = policy(end="2025-09-03", measures={"m": count("A", "session", "2 days")}, truancy=ladder(ends="m < 1", one=stage("missed_today >= 1", visit="")))
    new = policy(start="2025-09-04", truancy=ladder(ends="", one=stage("days_away >= 1", visit="")))
    assert told([old, new], marks("s1", "09-01", "_A __ __ AA"), "09-05", "opened") == [
        "09-01 14:10 opened truancy/1 of 09-01 14:00", "09-04 17:30 opened truancy/2",
    ]


def test_what_follows_a_blocked_notice_is_asked_for_when_it_is_told() -> None:
    rules = policy(truancy=ladder(
        one=stage("days_away >= 1", contact=""), two=stage("days_away >= 2", need="done(contact)", tell=notice(then={"report": "1 school day"})),
    ))
    assert told(rules, AWAY + CONTACT, "09-04 12:00", "report", "tell") == [
        "09-02 17:30 blocked truancy.two.tell without contact", "09-04 10:00 issued truancy.two.tell.report due 2025-09-05", "09-04 10:00 done truancy.two.tell",
    ]


def test_a_chase_is_not_issued_for_an_instant_that_a_later_correction_puts_into_the_blocked_time() -> None:
    report = action("before the 3rd m", if_overdue={"chase": ""})
    rules = policy(
        measures={"m": count("A", "school day")},
        truancy=ladder(ends="", one=stage("days_away >= 1", visit=""), two=stage("days_away >= 2", need='outcome(visit) == "coming"', report=report)),
    )
    events = marks("s1", "09-01", "AA AA") + outcome("s1", "visit", "09-04 17:30", "coming") + late("s1", "09-04", "AA", "09-05 15:10")
    assert told(rules, events, "09-08", "chase", "report")[1:] == [
        "09-04 17:30 unblocked truancy.two.report (no due yet)", "09-05 15:10 moved truancy.two.report due 2025-09-05 of 09-02 17:30",
        "09-06 00:00 issued truancy.two.report.chase", "09-06 00:00 overdue truancy.two.report",
    ]


def test_an_outcome_that_names_another_policys_item_is_not_heard_by_this_one() -> None:
    rules = policy(truancy=ladder(ends="", one=stage("days_away >= 1", visit=""), two=stage("times(visit) >= 1", report="")))
    other = evolve(rules, name="q")
    for action_name in ("", "visit"):
        found = Engine([rules, other], CAL, ROSTER)
        found.feed(marks("s1", "09-01", "AA") + outcome("s1", action_name, "09-02 10:00", item="q/s1/truancy/1/one/1/visit/teacher"))
        found.advance(at("09-03"))
        assert {item.id: item.status for item in found.items()} == {
            "p/s1/truancy/1/one/1/visit/teacher": "open", "q/s1/truancy/1/one/1/visit/teacher": "done", "q/s1/truancy/1/two/1/report/teacher": "open",
        }
        assert found.reports == []


def test_a_path_hears_the_outcomes_of_the_item_that_it_names() -> None:
    visits = ladder(
        ends="", one=stage("days_away >= 1", visit=""), two=stage("days_away >= 2", visit=""), three=stage("times(two.visit) >= 1", report=""),
    )
    for stage_name, heard in (("one", []), ("two", ["09-03 10:00 issued truancy.three.report (no due)"])):
        said = outcome("s1", "visit", "09-03 10:00", item=f"p/s1/truancy/1/{stage_name}/1/visit/teacher")
        assert len(told(policy(truancy=visits), marks("s1", "09-01", "AA AA") + said, "09-04 09:00", "report")) == len(heard)


def test_what_holds_a_deadline_up_never_brings_it_forward() -> None:
    visit = action("30 minutes", counts_from="start of school day", hold="special")
    rules = policy(truancy=ladder(ends="days_back >= 9", one=stage("missed_today >= 1", visit=visit)))
    events = late("s1", "09-01", "A_", "09-02 08:10") + flag("s1", "special", "yes", "09-02 14:00")
    assert told(rules, events, "09-03 12:00", "visit") == [
        "09-02 08:10 issued truancy.one.visit due 2025-09-02 of 09-01 08:00", "09-03 00:00 overdue truancy.one.visit",
    ]


def test_what_was_told_of_a_blocked_item_that_was_overdue_stands_at_the_unblocking() -> None:
    rules = policy(truancy=ladder(
        ends="", two=stage("special", need="days_away >= 2", report="end of school day"), three=stage("overdue(report)", tell=notice()),
    ))
    events = flag("s1", "special", "yes", "09-01 10:00") + marks("s1", "09-02", "AA AA") + late("s1", "09-01", "PP", "09-05 10:00")
    assert told(rules, events, "09-06", "tell") == ["09-01 17:30:01 done truancy.three.tell"]


def test_planned_time_at_an_instant_knows_no_later_mark() -> None:
    planned = rate("A", of="planned", within="week")
    late_pair = late("s1", "09-02", "A_", "09-04 07:00")
    assert opens("m > 10%", "A_", planned, extra=[*late_pair, *marks("s1", "09-04", "XX")]) == ["09-04 07:00"]
    assert told(
        policy(measures={"m": planned}, only=ladder(ends="", where="anyone", one=stage("m > 20%"))),
        [*marks("s1", "09-01", "A_"), *marks("s1", "09-04", "XX"), *late("s1", "09-02", "A_", "09-04 14:10")], "09-05", "opened",
    ) == ["09-04 14:10 opened only/1 of 09-04 08:00"]


def test_what_counts_since_an_item_starts_again_with_the_item() -> None:
    rules = policy(measures={"again": count("A", "session", "since visit")}, truancy=ladder(
        ends="received(letter)", one=stage("missed_today >= 1", visit=""), two=stage("again >= 2", filing=""),
    ))
    events = marks("s1", "09-01", "A_") + document("s1", "letter", "09-03 10:00", id="d") + void("s1", "d", "09-04 12:00") + late("s1", "09-02", "_A", "09-04 12:00")
    assert told(rules, events, "09-05", "filing") == ["09-04 17:30 issued truancy.two.filing"]


def test_ever_since_the_case_hears_what_came_after_its_opening() -> None:
    rules = policy(truancy=ladder(ends="", one=stage("days_away >= 1", visit=action(done_when="ever(returned)")), two=stage("ever(dropped_out, since=case)", tell=notice())))
    events = marks("s1", "09-02", "AA") + status("s1", "dropped_out", "09-01") + status("s1", "returned", "09-01 12:00")
    assert told(rules, events, "09-04", "tell", "done") == []
    assert told(rules, events + status("s1", "dropped_out", "09-03 10:00"), "09-04", "tell") == ["09-03 10:00 done truancy.two.tell"]
    assert told(rules, events + status("s1", "returned", "09-03 10:00"), "09-04", "visit")[-1] == "09-03 10:00 done truancy.one.visit"


def test_an_item_done_while_blocked_was_overdue_by_the_due_of_its_unblocking() -> None:
    rules = policy(truancy=ladder(ends="", two=stage("missed_today >= 1", need="days_away >= 2", report="before the next school day")))
    events = marks("s1", "09-01", "A A A A", cal=ONE) + outcome("s1", "report", "09-03 19:00") + correct("s1", "09-02", "P", "09-04 20:10", cal=ONE)
    events += marks("s1", "09-05", "A", cal=ONE)
    first, second = (engine(rules, events, until, cal=ONE).items()[0] for until in ("09-04 12:00", "09-06"))
    assert (first.status, first.overdue_at) == (second.status, second.overdue_at) == ("done late", at("09-03 08:00"))


def test_the_outcome_that_does_an_item_is_seen_by_what_its_result_issues() -> None:
    visit = action("", if_outcome={"refused": {"order": action("1 school day", only_if="done(visit)")}})
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=visit)))
    assert told(rules, AWAY + outcome("s1", "visit", "09-02 10:00", "refused"), "09-03", "order") == [
        "09-02 10:00 issued truancy.one.visit.order due 2025-09-03",
    ]


def test_facts_are_counted_at_closes_whatever_is_marked() -> None:
    talks = [Fact(about="s1", fact="talk", at=at("09-02 00:00"), known=at("09-02 00:00"), id="t")]
    assert opens("m >= 1", "PP AP", of_facts("count", "talk"), extra=talks) == ["09-02 17:30"]


@pytest.mark.parametrize("edit", [AssignmentEdit(role="teacher", of="c1", person="bob", known=at("09-02 19:00")), *snow("09-04", "09-02 19:00")])
def test_what_is_known_together_with_an_edit_of_what_all_share_is_judged_with_it(edit: Event) -> None:
    rules = policy(truancy=ladder(one=stage("became(dropped_out)", visit="")))
    found = told(rules, [*status("s1", "dropped_out", "09-02 19:00"), edit], "09-03")
    assert found == ["09-02 19:00 opened truancy/1", "09-02 19:00 issued truancy.one.visit"]


def test_a_flag_that_stands_in_the_roster_opens_a_case_at_the_first_close() -> None:
    rules = policy(only=ladder(ends="not special", one=stage("special", visit="")))
    poor = Roster((Student("s1", "north", "c1", "7", fields={"special": "yes"}),))
    assert told(rules, [], "09-02 12:00", "opened", roster=poor) == ["09-01 17:30 opened only/1"]
    edit = RosterEdit(student="s1", column="special", value="yes", start=datetime.date(2025, 9, 3), known=at("09-02 10:00"))
    assert told(rules, [edit], "09-04 12:00", "opened") == ["09-03 17:30 opened only/1"]


def test_absences_at_the_school_before_count_by_its_own_calendar() -> None:
    closed = Plans(days={datetime.date(2025, 9, day): DayPlan("closed", ()) for day in (1, 2, 3)})
    cal = evolve(CAL, schools={"south": closed})
    moved = Roster((
        Student("s1", "north", "c1", "7", end=datetime.date(2025, 9, 3)), Student("s1", "south", "c1", "7", start=datetime.date(2025, 9, 4)),
        Student("s2", "north", "c1", "7"),
    ))
    for made in (run("A"), rate("A", "school day"), count("A", "school day")):
        share = made.kind == "share"
        rules = policy(measures={"m": made}, only=ladder(ends="", one=stage("m >= 80%" if share else "m >= 5", tell=notice())))
        events = [mark for name in ("s1", "s2") for mark in marks(name, "09-01", "AA AA AA AA AA", cal=cal)]
        found = engine(rules, events, "09-06", roster=moved, cal=cal)
        assert len(found.items()) == 2, made.kind


def test_evidence_that_was_there_before_the_stage_fired_but_was_entered_late_counts_from_when_it_was_known() -> None:
    for when in ("09-02 10:00", "09-02 18:00"):
        events = AWAY + outcome("s1", "contact", when, known="09-05 12:00")
        found = {item.action: item for item in engine(needing(), events, "09-05 13:00").items()}
        assert (found["report"].status, found["report"].due, found["report"].unblocked) == ("open", "2025-09-08", at("09-05 12:00"))
        assert (found["village"].status, found["village"].done_at) == ("done", at("09-05 12:00"))


def test_a_notice_whose_evidence_was_taken_back_is_recalled_whatever_comes_of_its_case() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", need="received(letter)", tell=notice())))
    events = marks("s1", "09-01", "AA AA PP") + document("s1", "letter", "09-01 12:00", id="d") + void("s1", "d", "09-02 09:00")
    assert told(rules, events, "09-05", "tell") == ["09-01 17:30 done truancy.one.tell", "09-02 09:00 recall truancy.one.tell"]
    (tell,) = engine(rules, events + document("s1", "letter", "09-02 12:00"), "09-02 13:00").items()
    assert (tell.status, tell.done_at) == ("done", at("09-02 12:00"))


TWO = Roster(ROSTER.students, (
    Assignment("teacher", "c1", "ann", end=datetime.date(2025, 9, 5)), Assignment("teacher", "c1", "bob", end=datetime.date(2025, 9, 5)),
    Assignment("teacher", "c1", "eve", start=datetime.date(2025, 9, 6)),
))


def each_of(*roles: str, due: str = "1 school day", **more: object) -> Action:
    """A visit by each holder of some roles."""
    (one,) = policy(truancy=ladder(one=stage("days_away >= 1", visit=action(due, **more)))).ladders["truancy"].stages
    return evolve(one.do[0], by=Actors(tuple(Actor(role) for role in roles), each=True))


def visited(visit: Action) -> Policy:
    rules = policy(truancy=ladder(ends="days_back >= 9", one=stage("days_away >= 1", visit="")))
    (one,) = rules.ladders["truancy"].stages
    return evolve(rules, ladders={"truancy": evolve(rules.ladders["truancy"], stages=(evolve(one, do=(visit,)),))})


def test_a_role_of_an_each_list_that_nobody_holds_has_an_item_of_its_own() -> None:
    rules = visited(each_of("teacher", "principal"))
    assert [(item.actor, item.persons) for item in engine(rules, AWAY, "09-02", roster=TWO).items()] == [
        ("principal", (("by principal", ()),)), ("teacher/ann", (("by teacher", ("ann",)),)), ("teacher/bob", (("by teacher", ("bob",)),)),
    ]


def test_a_notice_to_each_tells_each_of_them_once() -> None:
    tell = evolve(each_of("teacher", "principal", due=""), by=Actors(), notify=Actors((Actor("teacher"), Actor("principal")), each=True))
    assert [(item.actor, item.persons) for item in engine(visited(tell), AWAY, "09-02", roster=TWO).items()] == [
        ("principal", (("notify principal", ()),)), ("teacher/ann", (("notify teacher", ("ann",)),)), ("teacher/bob", (("notify teacher", ("bob",)),)),
    ]


def test_an_outcome_by_a_person_does_that_persons_item() -> None:
    events = AWAY + [evolve(one, by="bob") for one in outcome("s1", "visit", "09-02 10:00")]
    found = {item.actor: item.status for item in engine(visited(each_of("teacher")), events, "09-02 12:00", roster=TWO).items()}
    assert found == {"teacher/ann": "open", "teacher/bob": "done"}


@pytest.mark.parametrize(
    ("times", "done"),
    [
        (("bob 09-02 10:00", "bob 09-02 11:00"), {"teacher/bob"}),
        (("bob 09-01 10:00", "bob 09-01 11:00"), {"teacher/bob"}),
        (("bob 09-02 10:00", "zoe 09-02 11:00"), {"teacher/ann", "teacher/bob"}),
        (("zoe 09-01 10:00", "zoe 09-01 11:00"), {"teacher/ann", "teacher/bob"}),
    ],
    ids=["twice", "twice-before", "a-stranger-too", "a-stranger-before"],
)
def test_one_persons_second_outcome_does_not_do_anothers_item(times: tuple[str, ...], done: set[str]) -> None:
    events = AWAY + [evolve(one, by=text[:3]) for text in times for one in outcome("s1", "visit", text[4:])]
    found = {item.actor for item in engine(visited(each_of("teacher")), events, "09-02 12:00", roster=TWO).items() if item.status == "done"}
    assert found == done


def test_what_one_does_for_all_is_done_by_whom_of_them_it_may() -> None:
    rules, all_of_them = visited(each_of("teacher")), evolve(each_of(due="1 week"), by=Actors((Actor("principal"),)), path="truancy.two.visit")
    (one,) = rules.ladders["truancy"].stages
    two = evolve(one, name="two", path="truancy.two", do=(all_of_them,))
    rules = evolve(rules, ladders={"truancy": evolve(rules.ladders["truancy"], stages=(one, two))})
    events = AWAY + [evolve(one, by="bob") for clock in ("10:00", "11:00", "12:00") for one in outcome("s1", "visit", f"09-02 {clock}")]
    assert {item.actor for item in engine(rules, events, "09-02 13:00", roster=TWO).items() if item.status == "done"} == {"teacher/bob", "principal"}


def test_a_chase_is_for_those_who_hold_its_role_when_it_is_issued() -> None:
    early, late_one = each_of("teacher", due="1 school day"), each_of("teacher", due="1 week")
    chase = evolve(early, name="chase", path="truancy.one.visit.chase", due=None)
    rules = visited(evolve(early, if_overdue=(chase,)))
    (one,) = rules.ladders["truancy"].stages
    other = evolve(late_one, name="call", path="truancy.one.call", if_overdue=(evolve(chase, path="truancy.one.call.chase"),))
    rules = evolve(rules, ladders={"truancy": evolve(rules.ladders["truancy"], stages=(evolve(one, do=(*one.do, other)),))})
    found = {item.id.removeprefix("p/s1/truancy/1/one/1/") for item in engine(rules, AWAY, "09-10", roster=TWO).items() if item.action == "chase"}
    assert found == {
        "visit/teacher/ann/overdue/chase/teacher/ann", "visit/teacher/ann/overdue/chase/teacher/bob", "visit/teacher/bob/overdue/chase/teacher/ann",
        "visit/teacher/bob/overdue/chase/teacher/bob", "call/teacher/ann/overdue/chase/teacher/eve", "call/teacher/bob/overdue/chase/teacher/eve",
    }


@pytest.mark.parametrize("late_mark", [False, True])
def test_an_item_that_follows_its_role_is_handed_over_on_the_date(late_mark: bool) -> None:
    rules = policy(truancy=ladder(ends="days_back >= 9", one=stage("days_away >= 1", visit=action("9 school days", reassign=True))))
    moved = Roster((
        Student("s1", "north", "c1", "7", end=datetime.date(2025, 9, 8)), Student("s1", "north", "c2", "7", start=datetime.date(2025, 9, 9)),
    ), (*TWO.assignments, Assignment("teacher", "c2", "kim")))
    events = marks("s1", "09-01", "AA") + (late("s1", "09-02", "AA", "09-06 12:00") if late_mark else [])
    found = engine(rules, events, "09-10", roster=moved)
    changes = [(moment, to) for one in found.decisions for name, _, to in one.change.fields if name == "persons" for moment in [CAL.zone.text(one.decided)[5:16]]]
    assert changes == [
        ("09-01T17:30", (("by teacher", ("ann", "bob")),)), ("09-06T00:00", (("by teacher", ("eve",)),)), ("09-09T00:00", (("by teacher", ("kim",)),)),
    ]


def test_an_outcome_that_names_the_action_of_a_notice_gives_the_newest_one_its_result() -> None:
    tell = {**notice(), "if_outcome": {"refused": {"order": "1 school day"}}}
    rules = policy(truancy=ladder(ends="", one=stage("missed_today >= 1", again="each crossing", tell=tell)))
    events = marks("s1", "09-01", "A_ A_ P_") + outcome("s1", "tell", "09-03 10:00", "refused")
    found = {item.id.removeprefix("p/s1/truancy/1/one/"): (item.outcome, item.status) for item in engine(rules, events, "09-03 12:00").items()}
    assert found == {
        "1/tell/village": ("", "done"), "2/tell/village": ("refused", "done"), "2/tell/village/on/refused/order/teacher": ("", "open"),
    }


def test_a_mark_that_comes_after_a_void_is_the_next_version_and_counts() -> None:
    events = marks("s1", "09-01", "PA") + void("s1", "2025-09-01.am", "09-01 16:00") + correct("s1", "09-01", "A_", "09-01 16:30")
    assert told(VISIT, events, "09-01 18:00") == ISSUED
    assert told(VISIT, events + void("s1", "2025-09-01.am#2", "09-01 17:00"), "09-01 18:00") == []


def test_what_a_stage_was_in_one_case_is_known_after_the_next() -> None:
    rules = policy(truancy=ladder(ends="special", one=stage("missed_today >= 1"), two=stage("total >= 2")))
    ends = [event for when in ("09-03 07:00", "09-03 15:00") for event in (*flag("s1", "special", "yes", when), *flag("s1", "special", "no", when + ":30"))]
    assert told(rules, marks("s1", "09-01", "AA AA PA") + ends, "09-05", "opened") == [
        "09-01 08:10 opened truancy/1 of 09-01 08:00", "09-03 14:10 opened truancy/2 of 09-03 14:00",
    ]


def test_an_end_sees_only_half_days_that_begin_after_the_opening() -> None:
    rules = policy(measures={"h": run("P", "half day")}, truancy=ladder(ends="h >= 1", one=stage("special")))
    events = flag("s1", "special", "yes", "09-02 08:00") + marks("s1", "09-01", "PP P_ _P")
    assert told(rules, events, "09-04", "ended") == ["09-03 14:10 ended truancy/1 by ends of 09-03 14:00"]


def test_an_item_without_a_due_is_never_overdue() -> None:
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit="")))
    assert told(rules, AWAY, "10-10", "visit") == ["09-01 17:30 issued truancy.one.visit"]


def test_what_was_overdue_when_the_case_ended_is_cancelled_not_retracted_and_was_late() -> None:
    rules = policy(
        truancy=ladder(one=stage("days_away >= 1", visit="1 school day")),
        fault=ladder(ends="days_back >= 9", one=stage("total >= 2"), two=stage("late(visit)", blame=notice())),
    )
    assert told(rules, marks("s1", "09-01", "AA AA PP"), "09-04", "visit", "blame") == [
        "09-01 17:30 issued truancy.one.visit due 2025-09-02",
        "09-03 00:00 done fault.two.blame",
        "09-03 00:00 overdue truancy.one.visit",
        "09-03 17:30 cancelled truancy.one.visit",
    ]


def posted(reassign: bool) -> list[tuple[str, ...]]:
    """Who has the visit when the teacher changes on the day after it was ordered."""
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("5 school days", reassign=reassign))))
    held = Roster(ROSTER.students, (Assignment("teacher", "c1", "ann"),))
    edit = AssignmentEdit(role="teacher", of="c1", person="bob", known=at("09-02 10:00"), start=datetime.date(2025, 9, 2))
    late_mark = late("s1", "09-02", "AA", "09-03 09:00")
    found = engine(rules, [*marks("s1", "09-01", "AA"), edit, *late_mark], "09-04", roster=held)
    return [persons for item in found.items() for _, persons in item.persons]


def test_persons_are_resolved_once_when_an_item_opens() -> None:
    assert posted(False) == [("ann",)]


def test_an_item_that_says_so_follows_its_role_to_new_holders() -> None:
    assert posted(True) == [("ann", "bob")]


# --- 8 and 9 strata, evaluation order -----------------------------------------------------------------------


def test_a_fact_is_visible_when_it_is_known_and_has_come() -> None:
    events = marks("s1", "09-01", "AA") + outcome("s1", "visit", "09-02 10:00", known="09-01 18:00")
    assert told(VISIT, events, "09-02 12:00") == [*ISSUED, "09-02 10:00 done truancy.one.visit"]


def test_a_child_of_whom_nothing_was_ever_recorded_is_judged_too() -> None:
    rules = policy(papers=ladder(ends="received(consent)", one=stage("not received(consent)", ask="1 school day")))
    expected = ["09-01 17:30 opened papers/1", "09-01 17:30 issued papers.one.ask due 2025-09-02"]
    assert told(rules, [], "09-02 12:00", roster=school("s1")) == expected


def test_a_condition_on_the_passing_of_time_is_judged_from_the_first_close_not_from_the_first_fact() -> None:
    rules = policy(papers=ladder(ends="received(consent)", one=stage("not received(consent)", ask="1 school day")))
    events = marks("s1", "09-03", "PP") + document("s1", "consent", "09-05 10:00")
    assert told(rules, events, "09-06", "papers/", roster=school("s1")) == ["09-01 17:30 opened papers/1", "09-05 10:00 ended papers/1 by ends"]


def test_a_calendar_edit_and_a_mark_of_one_instant_are_absorbed_together() -> None:
    cal = calendar(weeks=6, closed=["2025-09-02"])
    day = datetime.date(2025, 9, 2)
    events: list[Event] = [Mark(student="s1", date=day, session=name, code="A", known=at("09-03 09:00")) for name in ("am", "pm")]
    events.append(CalendarEdit(date=day, known=at("09-03 09:00"), plan=DayPlan("make_up", None, 1)))
    for order in itertools.permutations(events):
        assert told(VISIT, order, "09-03 12:00", "opened", cal=cal) == ["09-03 09:00 opened truancy/1 of 09-02 17:30"]


# --- the road as a school walks it ------------------------------------------------------------------------


DAYS = policy(absence=ladder(
    one_day=stage("days_away >= 1", group_visit="1 school day"), two_days=stage("days_away >= 2", joint_visit="1 school day"),
    three_days=stage("days_away >= 3", filing="1 school day", principal_visit="1 school day"),
    still_away=stage('days_away >= 4 or outcome(principal_visit) == "refused"', village_visit="3 school days", tell_township=notice("principal")),
))


def test_one_two_three_days_and_then_the_village() -> None:
    assert told(DAYS, marks("s1", "09-01", "AA AA AA AA PP"), "09-05 18:00", "opened", "issued", "tell", "ended") == [
        "09-01 17:30 opened absence/1",
        "09-01 17:30 issued absence.one_day.group_visit due 2025-09-02",
        "09-02 17:30 issued absence.two_days.joint_visit due 2025-09-03",
        "09-03 17:30 issued absence.three_days.filing due 2025-09-04",
        "09-03 17:30 issued absence.three_days.principal_visit due 2025-09-04",
        "09-04 17:30 issued absence.still_away.village_visit due 2025-09-09",
        "09-04 17:30 done absence.still_away.tell_township",
        "09-05 17:30 ended absence/1 by ends",
    ]


def test_who_refuses_the_principal_is_not_waited_for() -> None:
    events = marks("s1", "09-01", "AA AA AA") + outcome("s1", "principal_visit", "09-03 19:00", "refused")
    assert told(DAYS, events, "09-03 20:00", "still_away") == [
        "09-03 19:00 issued absence.still_away.village_visit due 2025-09-08", "09-03 19:00 done absence.still_away.tell_township",
    ]


REPORT = policy(truancy=ladder(one=stage("days_away >= 1"), three=stage("days_away >= 3", report="1 school day", tell=notice())))
EXCUSED = marks("s1", "09-01", "AA AA AA") + correct("s1", "09-02", "SS", "09-04 09:00")


def test_a_correction_that_excuses_the_second_of_three_days_withdraws_the_third_days_item_and_recalls_what_was_told() -> None:
    assert told(REPORT, EXCUSED, "09-05") == [
        "09-01 17:30 opened truancy/1",
        "09-03 17:30 issued truancy.three.report due 2025-09-04",
        "09-03 17:30 done truancy.three.tell",
        "09-04 09:00 withdrawn truancy.three.report",
        "09-04 09:00 recall truancy.three.tell",
    ]


def test_a_correction_that_excuses_the_second_of_three_days_recalls_the_third_days_item_when_it_was_done() -> None:
    events = EXCUSED + outcome("s1", "report", "09-03 19:00")
    assert told(REPORT, events, "09-05", "report")[1:] == ["09-03 19:00 done truancy.three.report", "09-04 09:00 recall truancy.three.report"]


def test_what_was_recalled_or_withdrawn_comes_back_under_its_id_when_its_ground_does() -> None:
    events = EXCUSED + correct("s1", "09-02", "AA", "09-04 10:00")
    assert told(REPORT, events, "09-04 12:00", "09-04 10:00") == [
        "09-04 10:00 issued truancy.three.report due 2025-09-05 of 09-03 17:30", "09-04 10:00 done truancy.three.tell of 09-03 17:30",
    ]


def test_one_students_events_in_order_shuffled_doubled_and_one_at_a_time_give_the_same_changes() -> None:
    events = EXCUSED + outcome("s1", "report", "09-03 19:00", id="o") + marks("s1", "09-04", "AA PP") + void("s1", "o", "09-05 10:00", id="v")
    expected = changes(REPORT, events, "09-10")
    assert expected
    for stride in (2, 3, 5, 7):
        shuffled = [event for n in reversed(range(stride)) for event in (events * 2)[n::stride]]
        assert changes(REPORT, shuffled, "09-10") == expected
    found, told_so_far = Engine(REPORT, CAL, ROSTER), []
    for event in sorted(events, key=lambda event: event.known):
        told_so_far += found.advance(event.known - 1)
        found.feed([event])
        found.feed([event])
    told_so_far += found.advance(at("09-10"))
    assert [(one.decided, one.student, one.change) for one in told_so_far] == expected


# --- clock changes ------------------------------------------------------------------------------------------


def night(start: str) -> tuple:
    """A night school in New York: a session from 00:30 on Sundays too, and deadlines of half an hour and of two hours."""
    cal = calendar(start, 2, sessions="night 00:30-03:30", timezone="America/New_York", week=dict.fromkeys(range(7), ("night",)))
    lessons = ladder(one=stage("missed_today >= 1", tell="30 minutes", call="2 hours"))
    return cal, policy(timezone="America/New_York", lessons=lessons)


def test_minutes_and_hours_pass_through_the_clock_change_of_spring() -> None:
    cal, rules = night("2026-03-02")
    events = marks("s1", "2026-03-08", "A", "2026-03-08 01:40", cal)
    assert told(rules, events, "2026-03-08 06:00", "lessons.", cal=cal) == [
        "03-08 01:40 issued lessons.one.call due 03-08 04:40 of 03-08 00:30",
        "03-08 01:40 issued lessons.one.tell due 03-08 03:10 of 03-08 00:30",
        "03-08 03:10:01 overdue lessons.one.tell",
        "03-08 04:40:01 overdue lessons.one.call",
    ]
    decided = [when for when, _, _ in evaluate_changes(rules, cal, ROSTER, events, at("2026-03-08 06:00", cal))]
    assert [when - events[0].known for when in decided] == [0, 0, 0, 1801, 7201]


def test_minutes_and_hours_pass_through_the_clock_change_of_autumn() -> None:
    cal, rules = night("2026-10-26")
    events = marks("s1", "2026-11-01", "A", "2026-11-01 00:40", cal)
    assert told(rules, events, "2026-11-01 06:00", "lessons.", cal=cal) == [
        "11-01 00:40 issued lessons.one.call due 11-01 01:40 of 11-01 00:30",
        "11-01 00:40 issued lessons.one.tell due 11-01 01:10 of 11-01 00:30",
        "11-01 01:10:01 overdue lessons.one.tell",
        "11-01 01:40:01 overdue lessons.one.call",
    ]
    decided = [when for when, _, _ in evaluate_changes(rules, cal, ROSTER, events, at("2026-11-01 06:00", cal))]
    assert [when - events[0].known for when in decided] == [0, 0, 0, 1801, 7201]


@pytest.mark.parametrize(("codes", "issued"), [("PA", False), ("PS", False), ("AL", False), ("-A", True)])
def test_marks_that_nothing_tells_apart_are_told_apart_by_their_code(codes: str, issued: bool) -> None:
    """Two marks of a session in one batch, without ids or row numbers: the order in which they are fed decides nothing."""
    rules = policy(days=ladder(one=stage("days_away >= 1", visit="1 school day")))
    said = [Mark(student="s1", date=datetime.date(2025, 9, 1), session=session, code=code, known=at("09-01 14:00")) for code in codes for session in ("am", "pm")]
    for events in (said, said[::-1], said[1:] + said[:1]):
        assert issued == bool(evaluate_changes(rules, CAL, ROSTER, events, at("09-02 12:00")))


@pytest.mark.parametrize(("where", "when"), [("special", "days_away < 1"), ("enrolled", "special and days_away < 1")])
def test_a_flag_after_the_close_lets_ordinary_presence_open_a_case_the_next_day(where: str, when: str) -> None:
    """What held at the close before it does not say whether a child may be left alone."""
    rules = policy(truancy=ladder("days_away >= 5", where=where, one=stage(when, visit="1 school day")))
    events = [*marks("s1", "09-01", "AA PP"), *flag("s1", "special", "yes", "09-01 19:00")]
    assert told(rules, events, "09-02 18:00") == ["09-02 17:30 opened truancy/1", "09-02 17:30 issued truancy.one.visit due 2025-09-03"]


@pytest.mark.parametrize("mark", ["-", "_"])
def test_an_unknown_mark_is_no_clock(mark: str) -> None:
    """A lesson of which nobody knows anything ends no case: the minutes of the week are asked again at the close, as where nothing was entered."""
    rules = policy(
        measures={"minutes": total("A", "minute", "week"), "missed": count("A", "session")},
        days=ladder("minutes < 60", where="special", one=stage("missed < 9", visit="1 school day")),
    )
    events = [*flag("s1", "special", "yes", "09-01 19:00"), *marks("s1", "09-02", f"{mark}P")]
    assert told(rules, events, "09-02 13:00") == []
    assert told(rules, events, "09-02 18:00")[0] == "09-02 14:10 opened days/1 of 09-02 14:00"


def test_evidence_is_read_by_the_version_that_asked_for_it() -> None:
    old = policy(
        end="2025-09-02", measures={"halves_away": run("A", "half_day")},
        truancy=ladder(ends="", lasts="term", one=stage("total >= 1", "halves_away >= 3", report="1 school day")),
    )
    new = policy(start="2025-09-03", on_change="migrate", truancy=ladder(ends="", lasts="term", one=stage("grade >= 8", report="1 school day")))
    events = marks("s1", "09-01", "__ AA A_")
    assert told([old, new], events, "09-04", "blocked", "unblocked") == [
        "09-02 17:30 blocked truancy.one.report without halves_away", "09-03 08:10 unblocked truancy.one.report due 2025-09-04",
    ]


def test_an_item_whose_place_another_would_have_taken_keeps_its_opening() -> None:
    rules = policy(
        measures={"days_away": run("AS", "half_day", neutral="L")},
        truancy=ladder(ends="days_since(case) >= 3", one=stage("days_away >= 1", again="each further 1", visit="")),
    )
    events = marks("s1", "09-02", "A_ P_ __ AA") + late("s1", "09-01", "_A", "09-05 18:10")
    opened = {f"{item.case}/{item.occurrence}": item.opened for item in engine(rules, events, "09-05 23:00").items()}
    assert opened == {"1/1": at("09-02 08:10"), "1/2": at("09-05 14:10"), "2/1": at("09-05 18:10"), "2/2": at("09-05 18:10")}


def test_an_nth_of_days_that_have_moved_on_never_came() -> None:
    rules = policy(measures={"lately": count("A", "session", "2 school days")}, truancy=ladder(ends="", lasts="term", one=stage("special", visit="at the 2nd lately")))
    events = marks("s1", "09-01", "AA PP PP PA A_") + flag("s1", "special", "yes", "09-03 10:00")
    assert told(rules, events, "09-06", "visit") == [
        "09-03 10:00 issued truancy.one.visit (no due yet)", "09-05 08:10 moved truancy.one.visit due 2025-09-05 of 09-03 10:00", "09-06 00:00 overdue truancy.one.visit",
    ]


def test_an_nth_of_the_last_days_came_when_they_began_to_hold_it() -> None:
    rules = policy(
        measures={"lately": count("A", "session", "3 school days")},
        truancy=ladder(ends="", lasts="term", one=stage("special", visit=action("1 school day after the 2nd lately", counts_from="event"))),
    )
    events = marks("s1", "09-01", "AA PP PP") + flag("s1", "special", "yes", "09-02 10:00")
    (visit,) = engine(rules, events, "09-02 12:00").items()
    assert visit.due == "2025-09-02"
