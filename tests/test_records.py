"""The record of a change: what it says, reads and cites.

School is from Monday 2025-09-01 for six weeks, sessions am (08:00) and pm (14:00), close 17:30.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from attrs import evolve

from escalate.conditions import NONE, Quantity
from escalate.events import Event, Fact
from escalate.policy import Measure, Policy, actions
from escalate.records import MANY, find_action, plain, text_of
from tests.build import CAL, action, at, correct, count, document, engine, flag, ladder, late, marks, outcome, policy, rate, run, stage, status, window

VISIT = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))
CITED = evolve(VISIT, ladders={"truancy": evolve(VISIT.ladders["truancy"], cites=("art. 1",))})
ABSENT = marks("s1", "09-01", "AA")


def records(rules: Policy, events: list[Event], until: str) -> list[dict]:
    return [decision.record for decision in engine(rules, events, until).decisions]


def record(rules: Policy, events: list[Event], until: str, what: str) -> dict:
    """The only record of one kind of change."""
    (found,) = [one for one in records(rules, events, until) if one["what"] == what]
    return found


def chained(found: dict, *keys: str) -> list:
    return [found[key] for key in keys]


def test_the_record_of_an_opening():
    """Who, what, when, on which line, of which readings and events."""

    assert record(CITED, ABSENT, "09-02", "opened") == {
        "decided": "2025-09-01T17:30:00+08:00", "effective": "2025-09-01T17:30:00+08:00", "what": "opened", "kind": "case", "subject": "p/s1/truancy/1", "student": "s1", "policy": "p@-",
        "line": {"path": "truancy.one", "cites": ["art. 1"]},
        "readings": [{"measure": "days_away", "unit": "school day", "value": 1, "window": ["2025-09-01", "2025-09-01"]}],
        "events": ["2025-09-01.am", "2025-09-01.pm"],
        "changes": {"version": {"from": "", "to": "-"}, "number": {"from": "", "to": 1}, "opened": {"from": "", "to": "2025-09-01T17:30:00+08:00"}, "opened_by": {"from": "", "to": "one"}},
    }


def test_a_late_mark_is_decided_later_than_it_takes_effect():
    """Both instants stand in the record."""
    found = record(VISIT, marks("s1", "09-01", "AA", "09-03 09:00"), "09-04", "issued")

    assert ["2025-09-03T09:00:00+08:00", "2025-09-01T17:30:00+08:00"] == chained(found, "decided", "effective")
    assert {"from": "", "to": "2025-09-03T09:00:00+08:00"} == found["changes"]["opened"]


def test_an_item_cites_its_action_its_stage_or_its_ladder():
    """The nearest that cites."""
    def cites(**more) -> list:
        one = CITED.ladders["truancy"].stages[0]
        found = evolve(one, cites=more.get("stage", ()), do=(evolve(one.do[0], cites=more.get("action", ())),))
        rules = evolve(CITED, ladders={"truancy": evolve(CITED.ladders["truancy"], stages=(found,))})
        return record(rules, ABSENT, "09-02", "issued")["line"]["cites"]

    assert [["art. 1"], ["s"], ["a"], ["a"]] == [cites(), cites(stage=("s",)), cites(action=("a",)), cites(action=("a",), stage=("s",))]


def test_the_end_of_a_case_reads_its_ends_or_its_where():
    """Under their lines."""
    back = record(VISIT, [*ABSENT, *marks("s1", "09-02", "PP")], "09-03", "ended")
    gone = record(VISIT, [*ABSENT, *status("s1", "removed", "09-02 09:00", id="st1")], "09-03", "ended")

    assert ("truancy.ends", [{"measure": "days_back", "unit": "school day", "value": 1, "window": ["2025-09-02", "2025-09-02"]}]) == (back["line"]["path"], back["readings"])
    assert ("truancy.one", [{"name": "enrolled", "value": "no"}], ["st1"]) == (gone["line"]["path"], gone["readings"], gone["events"])


def test_a_case_that_lasted_its_time_reads_nothing():
    """Its end rests on the calendar."""
    rules = policy(truancy=ladder(ends="", lasts="month", one=stage("days_away >= 1", visit="1 school day")))
    ended, cancelled = (record(rules, [*ABSENT, *marks("s1", "10-08", "PP")], "10-09", what) for what in ("ended", "cancelled"))

    assert ([], "2025-10-01T00:00:00+08:00", []) == (ended["readings"], ended["effective"], cancelled["readings"])


def test_an_item_that_its_case_cancels_reads_the_end():
    """With the marks that brought it."""
    found = record(VISIT, [*ABSENT, *marks("s1", "09-02", "PP")], "09-03", "cancelled")

    assert (["days_back"], ["2025-09-02.am", "2025-09-02.pm"]) == ([one["measure"] for one in found["readings"]], found["events"])


def test_what_is_withdrawn_cites_only_what_came():
    """The correction."""
    found = [one for one in records(VISIT, [*ABSENT, *correct("s1", "09-01", "PP", "09-02")], "09-03") if one["what"] == "withdrawn"]

    assert [("case", [], ["2025-09-01.am#2", "2025-09-01.pm#2"]), ("item", [], ["2025-09-01.am#2", "2025-09-01.pm#2"])] == [(one["kind"], one["readings"], one["events"]) for one in found]


def test_what_is_done_cites_its_outcomes():
    """And a chained item the outcome that brought it."""
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("1 school day", then={"report": "1 day"}))))
    found = records(rules, [*ABSENT, *outcome("s1", "visit", "09-02 10:00", id="o1")], "09-02 12:00")

    assert {("done", True), ("issued", True)} == {(one["what"], "o1" in one["events"]) for one in found if one["decided"].startswith("2025-09-02")}


def test_an_item_of_an_end_reads_the_end():
    """Its stage is `ends`."""
    rules = policy(truancy=ladder(ends=stage("days_back >= 1", close="1 day"), one=stage("days_away >= 1", visit="1 school day")))
    (found,) = [one for one in records(rules, [*ABSENT, *marks("s1", "09-02", "PP")], "09-03") if one["what"] == "issued" and "/ends/" in one["subject"]]

    assert ("truancy.ends.close", ["days_back"]) == (found["line"]["path"], [one["measure"] for one in found["readings"]])


OTHER = flag("s1", "special", "no", "09-01 17:30", id="f9")
NEXT_DAY = policy(truancy=ladder(ends="days_back >= 9", one=stage("days_away >= 1", visit="before the next school day")))
WAITS = policy(truancy=ladder(
    ends="days_back >= 9", one=stage("days_away >= 1", visit=action("5 school days", then={"file": "1 day"}), tell=action("", "", notify="village", then={"note": "1 day"})),
    two=stage("days_away >= 1", need="done(visit)", report="1 day"),
))
MONDAY = ["2025-09-01.am", "2025-09-01.pm"]


@pytest.mark.parametrize(
    ("rules", "events", "subject", "what", "cited"),
    [
        (VISIT, [*ABSENT, *OTHER], "truancy/1", "opened", MONDAY),
        (VISIT, [*ABSENT, *OTHER], "visit/teacher", "issued", MONDAY),
        (VISIT, [*marks("s1", "09-01", "AA", "09-03 09:00"), *flag("s1", "special", "no", "09-03 09:00", id="f9")], "visit/teacher", "issued", MONDAY),
        (VISIT, [*ABSENT, *marks("s1", "09-02", "PP"), *flag("s1", "special", "no", "09-02 17:30", id="f9")], "visit/teacher", "cancelled", ["2025-09-02.am", "2025-09-02.pm"]),
        (NEXT_DAY, [*ABSENT, *marks("s1", "09-02", "AA", "09-02 08:00")], "visit/teacher", "overdue", MONDAY),
        (WAITS, [*ABSENT, *outcome("s1", "visit", "09-02 10:00", id="o1"), *flag("s1", "special", "no", "09-02 10:00", id="f9")], "visit/teacher", "done", [*MONDAY, "o1"]),
        (WAITS, [*ABSENT, *outcome("s1", "visit", "09-02 10:00", id="o1"), *flag("s1", "special", "no", "09-02 10:00", id="f9")], "file/teacher", "issued", ["o1"]),
        (WAITS, [*ABSENT, *outcome("s1", "visit", "09-02 10:00", id="o1"), *flag("s1", "special", "no", "09-02 10:00", id="f9")], "report/teacher", "unblocked", ["o1"]),
        (WAITS, [*ABSENT, *OTHER], "tell/village", "done", MONDAY),
        (WAITS, [*ABSENT, *OTHER], "note/teacher", "issued", []),
    ],
    ids=["opened", "issued", "late", "cancelled", "overdue", "done", "then", "unblocked", "told", "after-a-notice"],
)
def test_what_only_came_at_the_same_instant_is_not_cited(rules, events, subject, what, cited):
    """A flag that nothing here reads, the mark of the morning on which a deadline ran out."""
    found = [one["events"] for one in records(rules, events, "09-04") if one["subject"].endswith(subject) and one["what"] == what]

    assert [cited] == found


@pytest.mark.parametrize(
    ("when", "events", "cited"),
    [
        ("special", flag("s1", "special", "yes", "09-01 17:30", id="f1"), ["f1"]),
        ("level >= 2", flag("s1", "level", "2", "09-01 17:30", id="f1"), ["f1"]),
        ("became(dropped_out)", [*status("s1", "dropped_out", "09-01 10:00", id="st1"), *flag("s1", "special", "no", "09-01 10:00", id="f9")], ["st1"]),
        ("times(call) >= 1", [*outcome("s1", "call", "09-01 10:00", id="o1"), *outcome("s1", "letter", "09-01 10:00", id="o2")], ["o1"]),
        ("received(consent)", [*document("s1", "consent", "09-01 10:00", id="d1"), *document("s1", "form", "09-01 10:00", id="d2")], ["d1"]),
    ],
)
def test_what_a_condition_reads_is_cited(when, events, cited):
    """The fact that triggered the decision."""
    rules = policy(low=ladder(ends="", where="anyone", one=stage(when, call="1 day", letter="1 day")))

    assert cited == record(rules, events, "09-02", "opened")["events"]


def test_a_share_says_its_two_numbers_and_a_window_its_dates():
    """Unreduced; names that are no measures say their value."""
    rules = policy(measures={"r": rate("A", "session", "week")}, low=ladder(ends="", one=stage("r >= 50% and grade >= 7 and not special")))

    assert [
        {"measure": "r", "unit": "session", "value": "1/2", "window": ["2025-09-01", "2025-09-02"], "num": 2, "den": 4}, {"name": "grade", "value": 7}, {"name": "special", "value": "no"},
    ] == record(rules, [*marks("s1", "09-01", "PP AA"), *flag("s1", "special", "no", "09-01")], "09-03", "opened")["readings"]


def test_a_run_of_half_days_is_cited_from_its_first_session():
    """An unmarked session would be cited by its place."""
    rules = policy(measures={"h": run("A", "half day")}, low=ladder(ends="", one=stage("h >= 2")))
    found = record(rules, marks("s1", "09-01", "PA AA"), "09-03", "opened")

    assert [{"measure": "h", "unit": "half day", "value": 2, "window": ["2025-09-01", "2025-09-02"]}] == found["readings"]


def test_after_a_migration_an_item_rests_on_what_its_own_version_read():
    """The case runs under the new version, the item was issued under the old one."""
    old = policy(end="2025-09-02", truancy=ladder(ends="days_back >= 9", one=stage("total >= 1", visit="1 school day")))
    new = policy(start="2025-09-03", on_change="migrate", truancy=ladder(ends="days_back >= 9", one=stage("days_away >= 3", visit="1 school day")))
    found = engine([old, new], [*ABSENT, *marks("s1", "09-02", "AA AA")], "09-04")
    late = [one.record for one in found.decisions if one.change.what == "overdue"]

    assert [["total"]] == [[reading["measure"] for reading in one["readings"]] for one in late]


def test_what_did_an_item_and_what_made_it_due_is_cited():
    """The marks of `done_when`, and those of the nth beside those of the stage."""
    rules = policy(measures={"m": count("A", "school day")}, truancy=ladder(
        ends="days_back >= 9", one=stage("days_away >= 1", visit=action("", done_when="days_back >= 1"), report=action("at the 2nd m")),
    ))
    found = records(rules, [*ABSENT, *marks("s1", "09-02", "PP AA")], "09-04")

    back = {"measure": "days_back", "unit": "school day", "value": 1, "window": ["2025-09-02", "2025-09-02"], "of": "done_when"}

    assert [(["2025-09-02.am", "2025-09-02.pm"], [back])] == [(one["events"], one["readings"]) for one in found if one["what"] == "done"]
    assert [["2025-09-01.am", "2025-09-01.pm", "2025-09-03.am", "2025-09-03.pm"]] == [one["events"] for one in found if one["what"] == "moved"]


@pytest.mark.parametrize(
    ("known", "what", "holds"), [("09-02 17:00", "moved", ("", 1)), ("09-04 09:00", "overdue retracted", ("", 2))], ids=["at-the-close", "learnt-later"],
)
def test_a_due_that_was_held_up_rests_on_the_hold(known, what, holds):
    """What was read at the newest close that counts, and how often it has moved the due."""
    rules = policy(truancy=ladder(ends="", one=stage("days_away >= 1", visit=action("2 days", hold="days_back >= 1"))))
    found = next(one for one in records(rules, ABSENT + late("s1", "09-02", "PP", known), f"{known[:5]} 18:00") if one["changes"].get("holds"))

    assert (what, ["hold"], {"from": holds[0], "to": holds[1]}) == (found["what"], [one["of"] for one in found["readings"]], found["changes"]["holds"])
    assert ["2025-09-02.am", "2025-09-02.pm"] == found["events"]


def test_a_chained_item_reads_its_own_conditions():
    """It has no stage of its own."""
    then = {"visit": action("2 days", hold="days_back >= 1"), "ask": action("9 days", done_when="days_back >= 2")}
    rules = policy(truancy=ladder(ends="", one=stage("days_away >= 1", plan=action("9 days", then=then))))
    found = records(rules, [*ABSENT, *marks("s1", "09-02", "PP PP"), *outcome("s1", "plan", "09-02 09:00")], "09-03 18:00")

    assert {("visit", "moved", "hold"), ("ask", "done", "done_when")} == {
        (one["line"]["path"].rpartition(".")[2], one["what"], reading["of"]) for one in found for reading in one["readings"] if "of" in reading
    }


def test_a_hold_that_moves_no_due_writes_nothing():
    """It is grace until tonight that holds the item up, not the hold."""
    rules = policy(truancy=ladder(ends="", one=stage("days_away >= 1", visit=action("", hold="days_back >= 1"))))

    assert [] == [one for one in records(rules, [*ABSENT, *marks("s1", "09-02", "PP PP")], "09-05") if "holds" in one["changes"]]


def test_facts_are_cited_by_their_ids():
    """Those that the measure took."""
    rules = policy(measures={"drills": Measure("", "count", "session", fact="drill", windows=(window("term"),))}, low=ladder(ends="", one=stage("drills >= 1")))
    facts = [Fact(about="s1", fact="drill", at=at("09-01 10:00"), known=at("09-01 10:00"), id="f1"), Fact(about="s1", fact="other", at=at("09-01 11:00"), known=at("09-01 11:00"), id="f2")]

    assert ["f1"] == record(rules, facts, "09-02", "opened")["events"]


@pytest.mark.parametrize(("days", "cited"), [(25, 50), (26, None)])
def test_many_events_are_cited_by_their_number_and_digest(days, cited):
    """Beyond fifty."""
    rules = policy(measures={"m": run("A")}, low=ladder(ends="", one=stage(f"m >= {days}")))
    events = record(rules, marks("s1", "09-01", " ".join(["AA"] * days)), "10-12", "opened")["events"]

    if cited:
        assert MANY == cited == len(events)
    else:
        assert (52, 2) == (events["count"], len(events))


def test_an_overdue_item_reads_its_stage():
    """Chained ones do not."""
    rules = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("1 school day", if_overdue={"ask": "1 day"}))))
    found = records(rules, ABSENT, "09-04 12:00")

    late = [one for one in found if one["decided"].startswith("2025-09-03")]
    assert {("overdue", "truancy.one.visit", 1), ("issued", "truancy.one.visit.ask", 0)} == {(one["what"], one["line"]["path"], len(one["readings"])) for one in late}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "unknown"), (True, "yes"), (False, "no"), (Fraction(4, 2), 2), (Fraction(1, 3), "1/3"), (7, 7), (Quantity(Fraction(3), "school_day"), "3 school_day"), (datetime.date(2025, 9, 1), "2025-09-01"),
        (NONE, "none"), ("met", "met"),
    ],
)
def test_a_value_as_it_stands_in_a_record(value, expected):
    """No null, no float."""
    found = text_of(value)

    assert (expected, type(expected)) == (found, type(found))


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("done_at", None, ""), ("done_at", at("09-01 10:00"), "2025-09-01T10:00:00+08:00"), ("number", 3, 3), ("status", "open", "open"), ("missing", ("plan", "form"), ["plan", "form"]),
        ("persons", (("by teacher", ("ann", "bob")), ("to parent", ())), [{"role": "by teacher", "persons": ["ann", "bob"]}, {"role": "to parent", "persons": []}]),
    ],
)
def test_a_field_as_it_stands_in_a_record(name, value, expected):
    """Instants as text, tuples as lists."""

    assert expected == plain(name, value, CAL.zone)


def test_every_action_is_found_by_its_path():
    """Chained ones and those of an end too."""
    visit = action("1 day", then={"report": "1 day"}, if_overdue={"ask": "1 day"}, if_outcome={"met": {"call": "1 day"}})
    made = policy(truancy=ladder(ends=stage("days_back >= 1", close="1 day"), one=stage("days_away >= 1", first="1 day", visit=visit)))
    every = list(actions(made))

    assert ["first", "visit", "report", "call", "ask", "close"] == [found.name for found in every]
    assert every == [find_action(made, found.path) for found in every]
    assert find_action(made, "truancy.one.nothing") is None


def test_a_merged_case_names_the_case_that_it_went_into():
    """And no other record speaks of a fate."""
    events = marks("s1", "09-01", "AA PP AA") + correct("s1", "09-02", "SS", "09-05 09:00")
    told = {found["what"]: found["changes"].get("fate") for found in records(VISIT, events, "09-06") if found["kind"] == "case"}

    assert told.pop("merged") == {"from": "live", "to": "merged into 1"}
    assert set(told.values()) == {None}
