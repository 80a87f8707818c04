"""Feeding, advancing, asking, stopping and going on; what is refused and what is reported.

School is from Monday 2025-09-01 for six weeks, sessions am (08:00) and pm (14:00), close 17:30.
"""

from __future__ import annotations

import datetime
import json

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from escalate.audit import verify
from escalate.days import DayPlan
from escalate.engine import Engine, LateKnown, stamp
from escalate.evaluation import evaluate
from escalate.events import AssignmentEdit, CalendarEdit, Event, Fact, Mark, RosterEdit
from escalate.policy import Policy
from escalate.roster import Assignment, posted
from escalate.source import Refused
from escalate.subject import Subject
from escalate.writers.chain import chain_of
from tests.build import (
    CAL,
    ROSTER,
    action,
    at,
    calendar,
    correct,
    count,
    date,
    document,
    engine,
    flag,
    ladder,
    late,
    marks,
    outcome,
    policy,
    run,
    school,
    snow,
    stage,
    standing,
    status,
    told,
    void,
)

VISIT = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))
ABSENT = marks("s1", "09-01", "AA")
ITEM = {"truancy/1/one/1/visit/teacher": "open"}


def kinds(found: Engine) -> list[str]:
    return [report.kind for report in found.reports]


def fed(*events: Event, rules: Policy = VISIT, until: str = "09-02 12:00") -> Engine:
    return engine(rules, events, until)


# --- refusals -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("closes", "refused"), [("13:59", True), ("14:00", True), ("14:01", False)])
def test_a_session_must_start_before_the_close(closes, refused):
    """At the close is too late."""
    rules = policy(closes=closes, truancy=ladder(one=stage("days_away >= 1")))
    if not refused:
        assert Engine(rules, CAL, ROSTER).reports == []
        return
    with pytest.raises(Refused, match="session `pm` starts at or after the close of the day"):
        Engine(rules, CAL, ROSTER)


def test_known_is_a_whole_number_of_seconds():
    """As `time.time()` is not."""
    with pytest.raises(TypeError, match=r"`known` of Mark is whole seconds since 1970 in UTC, not 1\.5"):
        Engine(VISIT, CAL, ROSTER).feed([evolve(ABSENT[0], known=1.5)])
    for ask in (lambda found: found.advance(1.5), lambda found: found.feed([], received=1.5)):
        with pytest.raises(TypeError, match=r"is whole seconds since 1970 in UTC, not 1\.5"):
            ask(fed())


@pytest.mark.parametrize(
    "odd", [{"date": "2025-09-02"}, {"date": datetime.datetime(2025, 9, 2)}, {"student": 1}, {"code": None}, {"recorded": 1.5}, {"minutes": "5"}, {"id": 7}],  # noqa: DTZ001  # naive on purpose
)
def test_nothing_of_a_call_with_an_ill_typed_event_is_taken_in(odd):
    """The field is named, and the good events beside it can be fed again."""
    (field,) = odd
    found = Engine(VISIT, CAL, ROSTER)
    with pytest.raises(TypeError, match=f"`{field}` of Mark is "):
        found.feed([*ABSENT, evolve(ABSENT[0], **odd)])
    assert [] == found.advance(at("09-02"))


def test_an_id_with_a_slash_is_refused():
    """In the roster and in an event: it would be two parts of an item's id."""
    with pytest.raises(Refused, match="holds no `/`"):
        Engine(VISIT, CAL, school("a/b"))
    with pytest.raises(ValueError, match="holds no `/`"):
        fed().feed([evolve(ABSENT[0], student="a/b")])


@pytest.mark.parametrize(
    "more", [{"events": None}, {"events": [{"type": "nope"}]}, {"events": [{"type": "mark"}]}, {"inputs": []}, {"watermark": "x"}, {"watermark": 1.5}],
)
def test_a_damaged_snapshot_is_refused(more):
    """Not with a traceback, and never as an engine that has decided nothing."""
    with pytest.raises(Refused, match="it is damaged"):
        resumed(fed(*ABSENT), **more)


def test_every_problem_is_refused_at_once():
    """Another time zone and a late session."""
    with pytest.raises(Refused) as caught:
        Engine(evolve(policy(closes="12:00"), timezone="Asia/Urumqi"), CAL, ROSTER)

    assert ["other-timezone", "session-after-close"] == [problem.kind for problem in caught.value.problems]


# --- feed and advance -------------------------------------------------------------------------------------


def test_a_decision_is_made_at_its_instant_and_not_before():
    """The close of the first day."""
    found = fed(*ABSENT, until="09-01 17:29:59")
    assert {} == standing(found)

    assert ["opened", "issued"] == [decision.change.what for decision in found.advance(at("09-01 17:30"))]
    assert [] == found.advance(at("09-01 17:30"))
    assert ITEM == standing(found)


def test_going_back_decides_nothing_and_keeps_the_watermark():
    """What was decided stands."""
    found = fed(*ABSENT)

    assert [] == found.advance(at("09-01 12:00"))
    assert found.watermark == at("09-02 12:00")


@pytest.mark.parametrize(("known", "late"), [("09-02 11:59:59", True), ("09-02 12:00", True), ("09-02 12:00:01", False)])
def test_what_is_known_at_or_before_the_watermark_is_refused_with_its_call(known, late):
    """Nothing of the call is taken in."""
    found = fed()
    events = [*marks("s2", "09-03", "AA"), *marks("s1", "09-02", "A_", known)]
    if late:
        with pytest.raises(LateKnown, match="1 events are known at or before the watermark"):
            found.feed(events)
    else:
        assert events == found.feed(events)

    found.advance(at("09-03"))
    assert late is ("s2" not in found.subjects)


@pytest.mark.parametrize("named", [False, True])
def test_what_was_taken_in_before_may_be_fed_again(named):
    """By its id or by all that it says; also edits of what all share."""
    mark = marks("s1", "09-01", "A_", id="m1" if named else "")
    events = [*mark, *snow("09-05", "09-02 08:00"), AssignmentEdit(role="teacher", of="c1", person="ann", known=at("09-02 09:00"))]
    found = fed(*events)

    assert events == found.feed(events)
    assert [] == found.advance(at("09-02 13:00"))


def test_another_content_of_a_known_id_is_late_as_any_other():
    """It is not the same event."""
    found = fed(*marks("s1", "09-01", "A_", id="m1"))

    for one in (marks("s1", "09-01", "P_", id="m1"), marks("s1", "09-01", "P_"), marks("s2", "09-01", "A_")):
        with pytest.raises(LateKnown):
            found.feed(one)


@pytest.mark.parametrize(("received", "known", "recorded"), [("09-01 08:09:59", "09-01 08:10", None), ("09-01 08:10", "09-01 08:10", None), ("09-01 08:10:01", "09-01 08:10:01", "09-01 08:10")])
def test_an_event_is_stamped_with_when_it_was_received(received, known, recorded):
    """Where that is later than its source says; the source's time is kept."""
    (mark,) = marks("s1", "09-01", "A_")
    found = stamp(mark, at(received))

    assert (at(known), recorded and at(recorded)) == (found.known, found.recorded)


def test_an_event_that_lies_ahead_waits():
    """A status of tomorrow is known today."""
    found = engine(VISIT, [*ABSENT, *status("s1", "removed", "09-03 09:00", "09-01")], "09-03 08:59:59")
    assert ITEM == {name: word if word != "overdue" else "open" for name, word in standing(found).items()}

    assert ["ended", "cancelled"] == [decision.change.what for decision in found.advance(at("09-03 09:00"))]


# --- reports ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (Mark(student="s1", date=date("08-31"), session="am", code="A", known=at("09-01")), "outside-calendar"),
        (Mark(student="s1", date=date("09-01"), session="night", code="A", known=at("09-01")), "outside-calendar"),
        (Mark(student="s1", date=date("09-06"), session="am", code="A", known=at("09-01")), "no-session"),
        (Mark(student="s1", date=date("09-01"), session="am", code="Z", known=at("09-01")), "unknown-code"),
        (Fact(about="c1", fact="drill", at=at("09-01"), known=at("09-01"), level="class"), "not-used"),
    ],
)
def test_what_is_odd_about_an_event_is_reported(event, kind):
    """It does no harm."""
    found = fed(event)

    assert [kind] == kinds(found)
    assert found.reports[0].event == event
    assert {} == standing(found)


def test_a_mark_on_a_date_without_a_policy_is_reported():
    """Of any of the policies given."""
    found = fed(*marks("s1", "09-01", "A_"), *marks("s1", "09-02", "A_"), rules=evolve(VISIT, start=date("09-02")))

    assert ["outside-policy"] == kinds(found)


@pytest.mark.parametrize(("known", "codes", "expected"), [
    ("09-01 09:00", "AP", ["contradicted"]), ("09-01 10:00", "AP", []), ("09-01 09:00", "AA", []),
])
def test_rows_that_contradict_each_other_and_were_known_together_are_reported(known, codes, expected):
    """The later one counts, and nobody would see that a day of absence hangs on the order of two rows; a correction is known later."""
    [first] = marks("s1", "09-01", f"{codes[0]}_", known="09-01 09:00")
    [later] = marks("s1", "09-01", f"{codes[1]}_", known=known)

    assert expected == kinds(fed(first, evolve(later, seq=1)))


def test_of_two_contents_under_one_id_the_earlier_known_counts():
    """In any order; the other one is reported."""
    first, second = marks("s1", "09-01", "A_", id="m"), evolve(marks("s1", "09-01", "P_", id="m")[0], known=at("09-01 09:00"))
    for events in ([*first, second], [second, *first]):
        found = fed(*events, *marks("s1", "09-01", "_A"))

        assert (["id-clash"], [second]) == (kinds(found), [report.event for report in found.reports])
        assert ITEM == standing(found)


def test_of_two_edits_under_one_id_the_earlier_known_counts():
    """Of what all share too; the same edit twice is no clash."""
    shut = CalendarEdit(date=date("09-02"), known=at("09-01 08:00"), plan=DayPlan("closed", ()), id="e")
    other = evolve(shut, known=at("09-01 09:00"), date=date("09-03"))
    for events in ([shut, other], [other, shut]):
        found = fed(*events)

        assert (["id-clash"], [other]) == (kinds(found), [report.event for report in found.reports])
        assert [False, True] == [found.shared.calendar.of("").is_school_day(date(day)) for day in ("09-02", "09-03")]
    assert [] == kinds(fed(shut, evolve(shut, known=at("09-01 09:00"))))


def test_a_void_of_a_void_is_reported():
    """The first void stands."""
    found = fed(*marks("s1", "09-01", "A_", id="m"), *void("s1", "m", "09-01 12:00", id="v"), *void("s1", "v", "09-01 13:00"))

    assert ["void-of-void"] == kinds(found)
    assert {} == found.subjects["s1"].history.slots


@pytest.mark.parametrize("target", ["m", "2025-09-01.am"])
def test_a_void_takes_an_event_away_before_or_after_it_comes(target):
    """By its id or its natural name; a second void of it changes nothing."""
    mark = marks("s1", "09-01", "A_", "09-01 10:00", id="m" if target == "m" else "")
    for known in ("09-01 09:00", "09-01 11:00"):
        found = fed(*mark, *void("s1", target, known), *void("s1", target, "09-01 15:00", id="again"))

        assert ({}, []) == (found.subjects["s1"].history.slots, kinds(found))


@pytest.mark.parametrize("event", [status("s1", "dropped_out", "09-01 10:00", id="x"), document("s1", "plan", "09-01 10:00", id="x"), [RosterEdit(student="s1", column="class", value="c2", known=at("09-01 10:00"), id="x")]])
def test_a_void_takes_away_any_event_of_the_student(event):
    """Not only marks."""
    def held(found: Engine) -> list[int]:
        history = found.subjects["s1"].history
        return [len(history.statuses), len(history.documents), len(history.edits)]

    assert [1, 0] == [sum(held(found)) for found in (fed(*event), fed(*event, *void("s1", "x", "09-01 11:00")))]


def test_a_void_of_nothing_is_kept():
    """What it names may still come."""
    found = fed(*void("s1", "m", "09-01 12:00"), *ABSENT)

    assert (ITEM, ["void-of-nothing"]) == (standing(found), kinds(found))


# --- asking ----------------------------------------------------------------------------------------------------


def test_what_stood_at_an_instant_is_asked_without_deriving_anew():
    """Decisions by then, and items folded from them."""
    found = fed(*ABSENT, until="09-03 12:00")
    whens = ("09-01 17:29:59", "09-01 17:30", "09-02 23:59:59", "09-03 00:00")

    assert [0, 2, 2, 3] == [len(found.as_known(at(when))) for when in whens]
    assert [[], ["open"], ["open"], ["overdue"]] == [[item.status for item in found.items(at(when))] for when in whens]
    assert ["overdue"] == [item.status for item in found.items()]


def test_states_are_by_student_and_policy():
    """In order of the student."""
    found = fed(*marks("s2", "09-01", "PP"), *ABSENT)

    assert [("s1", ["p"], 1), ("s2", ["p"], 0)] == [(student, list(states), len(states["p"].cases)) for student, states in found.states().items()]


# --- snapshots -----------------------------------------------------------------------------------------------------


def resumed(found: Engine, rules: Policy = VISIT, cal=CAL, roster=ROSTER, **more) -> Engine:
    snapshot = json.loads(json.dumps(found.snapshot()))
    return Engine.resume({**snapshot, **more}, rules, cal, roster)


def test_a_resumed_engine_goes_on_where_the_first_one_stood():
    """Through JSON, with edits, voids and what is still to come."""
    shared = [*snow("09-04", "09-02 08:00"), *snow("09-09", "09-08 08:00"), AssignmentEdit(role="teacher", of="c1", person="ann", known=at("09-01 09:00"))]
    events = [*ABSENT, *marks("s1", "09-02", "A_", id="m"), *void("s1", "m", "09-02 10:00"), *status("s1", "removed", "09-08", "09-01"), *shared]
    first = fed(*events)
    second = resumed(first)

    assert first.watermark == second.watermark
    assert first.states() == second.states()
    assert [decision.change for decision in first.advance(at("09-12"))] == [decision.change for decision in second.advance(at("09-12"))]


def test_a_snapshot_before_the_first_advance_has_no_watermark():
    """Everything is still to be decided."""
    first = Engine(VISIT, CAL, ROSTER)
    first.feed(ABSENT)
    second = resumed(first)
    second.advance(at("09-02"))

    assert ITEM == standing(second)


@given(st.lists(st.sampled_from(["09-01 12:00", "09-02 00:00", "09-02 17:30", "09-03 09:00", "09-04 18:00", "09-08 01:00"]), unique=True).map(sorted), st.booleans())
def test_sealed_day_by_day_through_snapshots_the_chain_is_the_same(stops, stopped):
    """Whenever it is advanced, sealed and stopped."""
    key, lines = b"secret", []
    events = [*ABSENT, *marks("s1", "09-02", "AA PP"), *correct("s1", "09-01", "PP", "09-03 08:00"), *marks("s2", "09-03", "AA AA")]
    found = Engine(VISIT, CAL, ROSTER)
    found.feed(events)
    for stop in [*stops, "09-09 12:00"]:
        found.advance(at(stop))
        lines += found.seal(key=key)
        found = resumed(found) if stopped else found
    ledger = evaluate(VISIT, CAL, ROSTER, events, at("09-09 12:00"))

    assert [*lines, *found.auditor.tail()] == list(chain_of(ledger, CAL.zone, key))
    assert verify(b"".join([*lines, *found.auditor.tail()]), key=key) == []
    assert found.seal(key=key) == []


def test_nothing_is_sealed_before_the_first_advance():
    """No day is over."""
    assert fed(until="09-01 12:00").seal() == [] == Engine(VISIT, CAL, ROSTER).seal()


def test_a_snapshot_that_sealed_more_than_there_is_is_damaged():
    """Its events are not those that were sealed."""
    found = fed(*ABSENT)
    found.seal()
    with pytest.raises(Refused, match="sealed 2 records of 0: it is damaged"):
        resumed(found, events=[])


def test_a_snapshot_that_sealed_less_than_nothing_is_damaged():
    """It would leave records out of the chain."""
    with pytest.raises(Refused, match="it is damaged"):
        resumed(fed(*ABSENT), audit={**fed(*ABSENT).snapshot()["audit"], "sealed": -1})


@pytest.mark.parametrize("audit", [None, [], {}, {"sealed": 1}, {"sealed": "x", "chains": {}}, {"sealed": 1, "chains": []}])
def test_a_snapshot_whose_chains_are_damaged_is_refused(audit):
    """Not with a traceback."""
    with pytest.raises(Refused, match="where its audit chains stand: it is damaged"):
        resumed(fed(*ABSENT), audit=audit)


SEALED = [*ABSENT, *marks("s1", "09-02", "AA")]


def sealed_snapshot(until: str = "09-03 12:00") -> dict:
    """One block of two records; the visit that fell overdue stands in the open day."""
    found = fed(*SEALED, until=until)
    found.seal()
    return json.loads(json.dumps(found.snapshot()))


@pytest.mark.parametrize("sealed", [0, 1, 2, 4, 1.5, True, "3", None])
def test_a_snapshot_that_sealed_another_number_than_its_chains_hold_is_refused(sealed):
    """Records would be sealed twice, or never."""
    snapshot = sealed_snapshot()
    with pytest.raises(Refused, match="it is damaged"):
        Engine.resume({**snapshot, "audit": {**snapshot["audit"], "sealed": sealed}}, VISIT, CAL, ROSTER)


@pytest.mark.parametrize(
    "more",
    [
        {"schools": []}, {"schools": {}}, {"schools": None}, {"policies": []}, {"policies": [{"name": "q", "version": "-", "digest": ""}]},
        {"sealed_to": "junk"}, {"sealed_to": ""}, {"sealed_to": None}, {"sealed_to": "2025-09-02"}, {"sealed_to": "2025-09-04"},
    ],
)
def test_a_snapshot_whose_chains_are_others_is_refused(more):
    """All of them, or what they say together."""
    snapshot = sealed_snapshot()
    chains = {**snapshot["audit"]["chains"], **more}
    with pytest.raises(Refused, match="it is damaged"):
        Engine.resume({**snapshot, "audit": {**snapshot["audit"], "chains": chains}}, VISIT, CAL, ROSTER)


@pytest.mark.parametrize(
    "more",
    [
        {"blocks": "x"}, {"blocks": 0}, {"blocks": 2}, {"blocks": -1}, {"blocks": 1.0}, {"blocks": True}, {"head": "zz"}, {"head": ""}, {"head": None},
        {"school": "other"}, {"school": 1}, {"open": []}, {"open": ["x"]}, {"open": "x"}, {"open": None}, {"more": 1},
    ],
)
def test_a_snapshot_with_a_damaged_chain_is_refused(more):
    """Of a school."""
    snapshot = sealed_snapshot()
    (chain,) = snapshot["audit"]["chains"]["schools"]
    chain.update(more)
    with pytest.raises(Refused, match="it is damaged"):
        Engine.resume(snapshot, VISIT, CAL, ROSTER)


@pytest.mark.parametrize("old", ['"n":0', "09-03T00", '"what":"overdue"', '"salt":"'])
def test_a_snapshot_with_a_damaged_record_of_the_open_day_is_refused(old):
    """It would be sealed as it stands there."""
    snapshot = sealed_snapshot()
    (chain,) = snapshot["audit"]["chains"]["schools"]
    assert old in chain["open"][0]
    chain["open"] = [line.replace(old, old[:-1] + "1") for line in chain["open"]]
    with pytest.raises(Refused, match="it is damaged"):
        Engine.resume(snapshot, VISIT, CAL, ROSTER)


@pytest.mark.parametrize("more", [{"events": 1}, {"watermark": None}, {"watermark": at("09-02 12:00")}, {"watermark": at("09-01 18:00")}])
def test_a_snapshot_whose_events_do_not_give_what_was_sealed_is_refused(more):
    """The first event is gone, or the watermark stands before what was sealed."""
    snapshot = sealed_snapshot()
    damaged = {**snapshot, **more, "events": snapshot["events"][more.get("events", 0) :]}
    with pytest.raises(Refused, match="it is damaged"):
        Engine.resume(damaged, VISIT, CAL, ROSTER)


def test_no_day_is_sealed_before_a_record_that_waits():
    """It could never enter the chain."""
    snapshot = json.loads(json.dumps(fed(*SEALED, until="09-03 12:00").snapshot()))
    snapshot["audit"]["chains"]["sealed_to"] = "2025-09-03"
    with pytest.raises(Refused, match="it is damaged"):
        Engine.resume(snapshot, VISIT, CAL, ROSTER)


@pytest.mark.parametrize("until", ["09-01 12:00", "09-01 18:00", "09-02 12:00", "09-03 12:00", "09-08 12:00"])
@pytest.mark.parametrize("sealing", [False, True])
def test_a_whole_snapshot_goes_on_sealing(until, sealing):
    """Of an engine that sealed all, a part, an empty day or nothing."""
    found = fed(*SEALED, until=until)
    if sealing:
        found.seal()
    again = resumed(found)

    assert found.auditor == again.auditor
    found.advance(at("09-10"))
    again.advance(at("09-10"))
    assert found.seal() == again.seal()
    assert resumed(Engine(VISIT, CAL, ROSTER)).auditor == Engine(VISIT, CAL, ROSTER).auditor


def test_a_snapshot_of_another_format_is_refused():
    """It may mean something else."""
    with pytest.raises(Refused, match="format `2` cannot be read"):
        resumed(fed(), format=2)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"rules": evolve(VISIT, on_change="migrate")}, "`policy p@-`"),
        ({"rules": evolve(VISIT, name="q")}, "`policy p@-`, `policy q@-`"),
        ({"cal": calendar(weeks=7)}, "`calendar`"),
        ({"roster": school("s1")}, "`roster`"),
    ],
)
def test_a_snapshot_of_other_inputs_is_refused(more, named):
    """The refusal names them."""
    with pytest.raises(Refused, match=f"other inputs: {named} "):
        resumed(fed(*ABSENT), **more)


# --- what all share -----------------------------------------------------------------------------------------------------


def test_a_closed_day_that_becomes_known_moves_what_stands():
    """From when it is known: the visit was due on it."""
    found = fed(*ABSENT, until="09-01 18:00")
    found.feed(snow("09-02", "09-02 07:00"))

    assert [("moved", "2025-09-03")] == [(decision.change.what, decision.change.new.due) for decision in found.advance(at("09-02 07:00"))]


def test_a_correction_in_the_past_derives_anew():
    """The visit is withdrawn with its case."""
    found = fed(*ABSENT)
    found.feed(correct("s1", "09-01", "PP", "09-02 13:00"))

    assert ["withdrawn", "withdrawn"] == [decision.change.what for decision in found.advance(at("09-02 13:00"))]


# --- what is not derived -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("when", "few"), [
    ("dropped_out and term_week >= 2", True),
    ("away >= 1 and grade < 9", True),
    ("in_week >= 2 or away >= 3", True),
    ("term_week >= 2", False),
])
def test_who_waits_for_a_fact_or_an_absence_is_not_derived_day_by_day(monkeypatch, when, few):
    """A guard that only facts change, and what only falls but for the start of a week, leave a student alone; what time brings does not."""
    long = calendar("2025-09-01", terms={"first": "2025-09-01..2026-01-23"})
    rules = policy(measures={"away": run("A"), "in_week": count("A", within="week")}, absence=ladder(one=stage(when, visit="1 school day")))
    derived = []
    derive = Subject.derive
    monkeypatch.setattr(Subject, "derive", lambda self, *rest: (derived.append(self.student), derive(self, *rest)))
    found = Engine(rules, long, ROSTER)
    found.feed(marks("s1", "09-01", "PP"))
    found.advance(at("2026-01-20 12:00"))
    many = len([one for one in derived if one == "s1"])

    assert (many <= 10) is few, many


# --- versions and edits while it runs ---------------------------------------------------------------------

LATER = policy(start="2025-09-08", on_change="migrate", truancy=ladder(one=stage("days_away >= 1", visit="1 school day"), two=stage("days_away >= 2", tell="")))


def test_an_older_version_without_an_end_gives_way_to_the_next():
    """Whoever adds a second file must not find that the first is still in force."""
    found = fed(*marks("s1", "09-08", "AA AA"), rules=[VISIT, LATER], until="09-10 12:00")
    assert set(standing(found)) == {"truancy/1/one/1/visit/teacher", "truancy/1/two/1/tell/teacher"}
    assert {item.version for item in found.items()} == {"2025-09-08"}


@pytest.mark.parametrize("given", [
    [VISIT, VISIT], [policy(end="2025-09-08", truancy=ladder()), LATER], [LATER, evolve(LATER, end=date("2025-10-01"))],
])
def test_two_versions_of_one_day_are_refused(given):
    with pytest.raises(Refused, match="two versions of `p` are in force on one day"):
        Engine(given, CAL, ROSTER)
    with pytest.raises(Refused, match="two versions of `p` are in force on one day"):
        evaluate(given, CAL, ROSTER, [], at("09-10"))


def test_a_further_version_may_come_into_a_running_system():
    """The chain goes on, and everything is as if both versions had been given from the start."""
    monday, then = marks("s1", "09-01", "AA"), marks("s1", "09-08", "AA AA")
    first = fed(*monday)
    lines = first.seal()
    stopped = json.loads(json.dumps(first.snapshot()))
    found = Engine.resume(stopped, [VISIT, LATER], CAL, ROSTER)
    found.feed(then)
    found.advance(at("09-10 12:00"))
    lines += found.seal()
    assert verify(b"".join(lines + found.auditor.tail())) == []
    assert found.decisions == fed(*monday, *then, rules=[VISIT, LATER], until="09-10 12:00").decisions
    again = Engine.resume(json.loads(json.dumps(found.snapshot())), [LATER, VISIT], CAL, ROSTER)
    assert again.decisions == found.decisions
    assert again.auditor == found.auditor


def test_a_version_that_began_already_cannot_come_in():
    stopped = json.loads(json.dumps(fed(*ABSENT, until="09-08 12:00").snapshot()))
    with pytest.raises(Refused, match="other inputs: `policy p@2025-09-08` "):
        Engine.resume(stopped, [VISIT, LATER], CAL, ROSTER)


def test_a_closed_day_has_no_sessions():
    """However the edit was made: a typhoon day moves what is due on it."""
    closed = [CalendarEdit(date=date("2025-09-02"), plan=DayPlan("closed", reason="typhoon"), known=at("09-01 19:00"), id="c")]
    found = fed(*ABSENT, *closed, until="09-03 12:00")
    [item] = found.items()
    assert (item.due, item.status) == ("2025-09-03", "open")
    assert [decision.change for decision in found.decisions] == [
        decision.change for decision in fed(*ABSENT, *snow("2025-09-02", "09-01 19:00"), until="09-03 12:00").decisions
    ]


def test_a_post_is_handed_over_by_two_edits():
    """One without a start ends what its person holds there; the other begins."""
    roster = evolve(ROSTER, assignments=(Assignment("teacher", "c1", "ann"), Assignment("teacher", "c2", "ann")))
    over = [
        AssignmentEdit(role="teacher", of="c1", person="ann", end=date("2025-09-01"), known=at("09-01 08:00"), id="over"),
        AssignmentEdit(role="teacher", of="c1", person="eve", start=date("2025-09-02"), known=at("09-01 08:00"), id="new"),
    ]
    for day, person in (("09-01", "ann"), ("09-02", "eve")):
        found = engine(VISIT, [*over, *marks("s1", day, "AA")], "09-03 12:00", roster=roster)
        assert [item.persons for item in found.items()] == [(("by teacher", (person,)),)]
    assert found.shared.roster.holders("teacher", "c2", date("2025-09-02")) == ("ann",)


def test_an_end_of_a_post_that_nobody_held_open_is_one_more_holder():
    held = (Assignment("teacher", "c1", "ann", start=date("2025-09-03")), Assignment("teacher", "c1", "eve"))
    until = Assignment("teacher", "c1", "ann", end=date("2025-09-01"))
    assert posted(held, [until]) == (*held, until)


@pytest.mark.parametrize("order", [1, -1])
def test_reports_are_the_same_however_the_events_were_fed(order):
    """Marks of a day that is closed afterwards, of a child who is on no list, of one who has left: night by night, at once, in any order."""
    roster = evolve(ROSTER, students=tuple(evolve(row, end=date("2025-09-02")) if row.id == "s2" else row for row in ROSTER.students))
    events = [*marks("s1", "09-01", "AA AA"), *marks("zz", "09-01", "AA"), *marks("s2", "09-02", "AA AA"), *snow("2025-09-02", "09-03 08:00")]
    at_once, nightly = Engine(VISIT, CAL, roster), Engine(VISIT, CAL, roster)
    at_once.feed(events[::order])
    at_once.advance(at("09-04 12:00"))
    for known in sorted({event.known for event in events}):
        nightly.feed([event for event in events if event.known == known])
        nightly.advance(known)
    nightly.advance(at("09-04 12:00"))
    assert kinds(nightly) == ["not-on-roster", *["no-session"] * 4, "outside-roster", "outside-roster"]
    assert nightly.reports == at_once.reports == [*evaluate(VISIT, CAL, roster, events, at("09-04 12:00")).reports]


# --- what no mark turns -----------------------------------------------------------------------------------


def opened(found: Engine) -> list[int]:
    return [decision.decided for decision in found.decisions if decision.change.what == "opened"]


FAR = {"ends": "", "one": stage("level >= 3", visit="1 school day")}
# A ladder beside it that hears every mark of a lesson missed keeps the closes of these days judged, and opens no case.
BESIDE = {"measures": {"missed_now": count("A", within="day")}, "truancy": ladder(one=stage("missed_now >= 9", call="1 hour"))}
AWAY = marks("s1", "09-01", "AP AP AP AP AP")


@pytest.mark.parametrize("events", [[], AWAY], ids=["left alone", "absent"])
def test_an_attribute_that_rises_opens_a_case_at_the_next_close(events):
    """No event is a clock of a number of the roster, and the closes before it found all as it was."""
    rules = policy(far=ladder(**FAR), **BESIDE)

    assert opened(engine(rules, [*flag("s1", "level", "5", "09-03 10:00"), *events], "09-06")) == [at("09-03 17:30")]
    assert opened(engine(rules, [*flag("s1", "level", "5", "09-03 19:00"), *events], "09-06")) == [at("09-04 17:30")]


@pytest.mark.parametrize("events", [[], AWAY], ids=["left alone", "absent"])
@pytest.mark.parametrize("where", ["special", "received(letter)", 'home == "far"'])
def test_a_where_that_comes_true_opens_what_was_true_before_at_the_next_close(events, where):
    """The stage's own fact is older and no event of that day."""
    rules = policy(far=ladder(where=where, **FAR), **BESIDE)
    turned = {"special": flag("s1", "special", "yes", "09-03 10:00"), "received(letter)": document("s1", "letter", "09-03 10:00")}.get(where)
    facts = [*flag("s1", "level", "5", "09-01 07:00"), *(turned or flag("s1", "home", "far", "09-03 10:00"))]

    assert opened(engine(rules, [*facts, *events], "09-06")) == [at("09-03 17:30")]


@pytest.mark.parametrize("where", ["days_since(term_start) >= 5", "term_week >= 1 and days_since(term_start) >= 5"])
def test_a_where_that_time_turns_opens_what_was_true_before_on_a_day_without_school(where):
    """Absent on Friday and never since, exempt until Saturday: nothing is recorded at the weekend."""
    rules = policy(truancy=ladder(where=where, one=stage("days_away >= 1", visit="1 school day")))

    assert opened(engine(rules, marks("s1", "09-01", "PP PP PP PP AA"), "09-07 12:00")) == [at("09-06 17:30")]


@pytest.mark.parametrize("events", [[], AWAY], ids=["left alone", "absent"])
def test_what_a_new_version_asks_of_old_facts_is_asked_on_its_first_day(events):
    """The version before had the same ladder with another number."""
    def version(number: int, **force: str) -> Policy:
        return policy(far=ladder(ends="", one=stage(f"level >= {number}", visit="1 school day")), **BESIDE, **force)

    rules = [version(9, end="09-02"), version(3, start="09-03")]

    assert opened(engine(rules, [*flag("s1", "level", "5", "09-01 07:00"), *events], "09-06")) == [at("09-03 17:30")]


@pytest.mark.parametrize("events", [[], marks("s1", "09-01", "PP PP")], ids=["left alone", "present"])
@pytest.mark.parametrize("versions", [[{}], [{"end": "08-24"}, {"start": "08-25"}]], ids=["one version", "two versions"])
def test_what_facts_of_the_summer_add_up_to_is_found_at_the_first_close(events, versions):
    """Nothing closes before the calendar begins, so no close of August can find it."""
    rules = [policy(truancy=ladder(ends="", where="level >= 1", one=stage("received(letter)", visit="1 school day")), **force) for force in versions]
    facts = [*document("s1", "letter", "08-20 10:00"), *flag("s1", "level", "2", "08-21 10:00")]

    assert opened(engine(rules, [*facts, *events], "09-06")) == [at("09-01 17:30")]


def test_who_dropped_out_in_the_summer_is_heard_beside_a_stage_that_time_turns():
    """Every day of such a ladder is judged from the first of the calendar on, and the event is older."""
    rules = policy(truancy=ladder(ends="", where="anyone", one=stage("became(dropped_out)", visit="1 school day"), two=stage("term_week >= 9", call="1 hour")))

    assert opened(engine(rules, status("s1", "dropped_out", "08-20 10:00"), "09-06")) == [at("08-20 10:00")]


TRUANCY = ladder(ends='outcome(visit) == "coming"', one=stage("days_away >= 1", visit="1 school day"))
LESSONS = {
    "a where": ladder(ends="", where="not open_case(truancy)", one=stage("total >= 1", call="1 school day")),
    "a parameter": ladder(ends="", one=stage("total >= needed", call="1 school day")),
    "a window": ladder(ends="", one=stage("lately >= 2", call="1 school day")),
    "a parameter of a parameter": ladder(ends="", where="level < by_case", one=stage("total >= 1", call="1 school day")),
}
HANGING = {
    "needed": {"open_case(truancy)": 9, "": 1}, "span": {"open_case(truancy)": 1, "": 9}, "by_case": {"level < needed": 2, "": 9},
}


@pytest.mark.parametrize("first", ["truancy", "lessons"])
@pytest.mark.parametrize("how", LESSONS)
def test_the_end_of_a_case_is_heard_by_a_ladder_that_asks_for_it_at_closes_alone(how, first):
    """An outcome ends it in the middle of a day of presence; whichever is written first, the ladder that asks is judged after."""
    both = {"truancy": TRUANCY, "lessons": LESSONS[how]}
    rules = policy(
        measures={"lately": count("A", "school day", within="span days")}, parameters=HANGING, **(both if first == "truancy" else dict(reversed(both.items()))),
    )
    level = flag("s1", "level", "5" if how == "a parameter of a parameter" else "0", "09-01 06:00")
    found = engine(rules, [*marks("s1", "09-01", "AA AA PP PP PP"), *level, *outcome("s1", "visit", "09-03 10:00", "coming")], "09-06")

    assert opened(found) == [at("09-01 17:30"), at("09-03 17:30")]


TWO_TERMS = calendar(weeks=6, terms={"first": "2025-09-01..2025-09-06", "second": "2025-09-07..2025-10-12"})


@pytest.mark.parametrize(("when", "events"), [
    ("received(letter) or total >= 1", document("s1", "letter", "09-01 10:00")),
    ("ever(dropped_out) or total >= 1", [*status("s1", "dropped_out", "09-01 10:00"), *status("s1", "returned", "09-01 11:00")]),
    ("times(visit) >= 1 or total >= 1", outcome("s1", "visit", "09-01 10:00")),
])
def test_what_happened_last_term_opens_again_at_the_start_of_a_tile(when, events):
    """The stage counts as false when the term of its measure begins, and the letter is there still."""
    rules = policy(truancy=ladder(one=stage(when, visit="1 school day")))

    assert opened(engine(rules, [*events, *marks("s1", "09-01", "PP PP PP")], "09-12", cal=TWO_TERMS)) == [at("09-01 10:00"), at("09-07 17:30")]


@pytest.mark.parametrize("change", ["keep", "migrate"])
@pytest.mark.parametrize("between", ["PP", "AP"], ids=["nothing", "an absence"])
def test_a_stage_counts_as_false_after_a_gap_between_two_versions(between, change):
    """Whether or not anything was recorded in the gap."""
    def version(**force: str) -> Policy:
        return policy(truancy=ladder(one=stage("total >= 1", visit="1 school day")), **force)

    found = engine([version(end="09-03"), version(start="09-08", on_change=change)], marks("s1", "09-01", f"AA PP PP {between}"), "09-12")

    assert opened(found) == [at("09-01 17:30"), at("09-08 17:30")]


def test_a_window_that_grows_on_a_date_opens_a_case_without_an_absence():
    """From 8 September on the rule looks back twenty days, not one."""
    measures = {"lately": count("A", "school day", within="span days")}
    rules = policy(measures=measures, parameters={"span": [("09-08", 20), ("", 1)]}, truancy=ladder(one=stage("lately >= 2", visit="1 school day")))

    assert opened(engine(rules, marks("s1", "09-01", "AA PP AA PP PP PP PP PP"), "09-12")) == [at("09-08 17:30")]


def test_a_row_that_begins_is_heard_at_the_first_mark_of_its_date():
    """The mark of a child who sits in the new class says something of a session, so it is a clock of what counts sessions."""
    [row, _] = ROSTER.students
    roster = evolve(ROSTER, students=(evolve(row, end=date("2025-09-03")), evolve(row, class_="c2", start=date("2025-09-04"))))
    rules = policy(measures={"in_week": count("A", within="week")}, truancy=ladder(ends="", one=stage('in_week >= 1 and class_name == "c2"', visit="1 school day")))

    assert opened(engine(rules, marks("s1", "09-01", "AP PP PP PP PP"), "09-08", roster=roster)) == [at("09-04 08:10")]


def test_a_mark_of_no_session_is_no_first_word_about_a_child_who_has_not_come():
    """A list for a Saturday without school, entered by mistake, is reported and counts for nothing."""
    [row, _] = ROSTER.students
    roster = evolve(ROSTER, students=(evolve(row, start=date("2025-09-10")),))
    rules = policy(truancy=ladder(ends="", one=stage("term_week >= 1", visit="1 school day")))
    saturday = Mark(student="s1", date=date("2025-09-06"), session="am", code="P", known=at("09-06 08:10"))

    assert opened(engine(rules, [saturday], "09-12", roster=roster)) == [at("09-10 17:30")]


def test_the_first_close_after_an_item_of_the_summer_is_the_first_of_the_calendar():
    """Nothing was done about the letter of August, and the close of the first day of school is the first that can tell."""
    rules = policy(truancy=ladder(ends="", where="anyone", one=stage("received(letter)", visit=""), two=stage("not done(visit)", call="1 hour")))
    found = engine(rules, document("s1", "letter", "08-20 10:00"), "09-06")

    assert [one.decided for one in found.decisions if getattr(one.change.new, "path", "").endswith("call") and one.change.what == "issued"] == [at("09-01 17:30")]


def test_a_close_before_the_calendar_begins_is_no_clock():
    """Between the letter, at which the stage was true, and the first close it was false for a week of August, at which nobody asked."""
    rules = policy(truancy=ladder(ends="days_since(case) >= 12", where="anyone", one=stage("received(letter) and level >= 1", visit="1 school day")))
    levels = [*flag("s1", "level", "2", "08-19 10:00"), *flag("s1", "level", "0", "08-22 10:00"), *flag("s1", "level", "2", "09-01 07:00")]
    found = engine(rules, [*levels, *document("s1", "letter", "08-20 10:00")], "09-06")

    assert opened(found) == [at("08-20 10:00")]


def test_a_close_before_the_first_word_about_a_child_who_has_not_come_is_no_clock():
    """Said in the evening, it is no reason to judge the afternoon, in whatever order the facts come."""
    [row, _] = ROSTER.students
    roster = evolve(ROSTER, students=(evolve(row, start=date("2025-09-15")),))
    rules = policy(truancy=ladder(ends="", where="anyone", one=stage("term_week >= 1", visit="1 school day")))
    told = document("s1", "letter", "09-03 19:00")

    assert opened(engine(rules, told, "09-06", roster=roster)) == [at("09-04 17:30")]
    later = [evolve(one, known=at("09-04 19:00")) for one in told]
    assert [one.change.effective for one in engine(rules, later, "09-06", roster=roster).decisions][:1] == [at("09-04 17:30")]


def test_the_lessons_of_the_first_day_are_clocks_though_no_close_is_before_them():
    """The second lesson made it true while a case was open; that case ends at the first close of all, which is no new crossing."""
    measures = {"in_week": count("A", within="week"), "fortnight": count("A", "school day", within="2 weeks")}
    rules = policy(measures=measures, truancy=ladder("fortnight < 1", one=stage("in_week >= 2", visit=""), two=stage("missed_today >= 1", call="1 hour")))
    three = calendar(sessions="am 08:00-08:40, one 09:00-09:40, pm 14:00-14:40")

    assert opened(engine(rules, marks("s1", "09-01", "APA", cal=three), "09-01 23:00", cal=three)) == [at("09-01 08:10")]


def test_what_is_overdue_since_it_opened_is_chased_though_a_correction_put_it_into_the_blocked_time():
    """`from: event` the letter of the evening gives no new deadline: the report is overdue since half past five, and somebody must be told (I16)."""
    report = action("before the 2nd lesson", counts_from="event", if_overdue={"chase": "1 school day"})
    rules = policy(measures={"lesson": count("A")}, truancy=ladder(ends="", one=stage("lesson >= 1", "received(letter)", report=report)))
    events = [*marks("s1", "09-01", "A_ P_"), *document("s1", "letter", "09-02 19:00"), *late("s1", "09-02", "_A", "09-02 21:00")]

    assert told(rules, events, "09-02 23:00", "overdue", "chase") == [
        "09-02 21:00 issued truancy.one.report.chase due 2025-09-03 of 09-02 14:00",
        "09-02 21:00 overdue truancy.one.report of 09-02 14:00",
    ]


@pytest.mark.parametrize("when", ["special or in_week >= 3", "times(visit) >= 9 or in_week >= 3"])
def test_the_lessons_of_the_version_in_force_are_heard_while_a_case_runs_under_an_older_one(when):
    """The stage came true at eight, while the case was open: its end at ten is no crossing (J1)."""
    def version(when: str, **force: str) -> Policy:
        ends = 'outcome(visit) == "coming"'
        return policy(measures={"in_week": count("A", within="week")}, truancy=ladder(ends=ends, one=stage(when, visit="1 school day")), **force)

    rules = [version("days_away >= 1", end="09-02"), version(when, start="09-03", on_change="keep")]
    found = engine(rules, [*marks("s1", "09-01", "AA PP PP AA"), *outcome("s1", "visit", "09-04 10:00", "coming")], "09-06")

    assert opened(found) == [at("09-01 17:30")]


def test_what_an_unknown_code_counts_is_heard_at_the_next_mark():
    """No policy that is loaded counts one; an integrator may make one."""
    rules = policy(measures={"strange": count("-")}, truancy=ladder(ends="", where="anyone", one=stage("strange >= 1", visit="1 school day")))

    assert opened(engine(rules, marks("s1", "09-01", "-A PP"), "09-03")) == [at("09-01 14:10")]


def test_a_limit_that_hangs_on_a_letter_holds_in_ends_whenever_the_letter_came():
    """A parameter is of the student, and not of the case that asks (M16)."""
    rules = policy(
        measures={"gone": count("A", "school day")}, parameters={"by_letter": {"received(letter)": 1, "": 2}},
        truancy=ladder(ends="gone >= by_letter", one=stage("days_away >= 1", visit="1 school day")),
    )
    events = [*document("s1", "letter", "08-29 10:00"), *marks("s1", "09-01", "AA PP PP")]

    assert told(rules, events, "09-04", "ended") == ["09-02 17:30 ended truancy/1 by ends"]


def test_days_since_enrolment_are_those_of_the_last_close():
    """In the morning of the new row, the day before is still of the old one (M16)."""
    [row, _] = ROSTER.students
    roster = evolve(ROSTER, students=(evolve(row, end=date("2025-09-02")), evolve(row, start=date("2025-09-03"))))
    rules = policy(
        measures={"gone": count("A", "school day", "since enrolment")}, truancy=ladder(ends="", one=stage("times(visit) >= 1 and gone >= 1", visit="1 school day")),
    )

    assert opened(engine(rules, [*marks("s1", "09-01", "AA PP PP"), *outcome("s1", "visit", "09-03 10:00")], "09-04", roster=roster)) == [at("09-03 10:00")]
