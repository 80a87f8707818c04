"""A mark's place hangs on the calendar as all events leave it: `escalate run`, a spec and the engine say the same of it."""

import json

import pytest

from escalate.doubts import DOUBTS

from .commands.world import ROSTER, build
from .commands.world import run as run_in
from .spec.world import one

HEADER = "type,student,date,session,code,kind,weekday,school,known\n"
SATURDAY, MONDAY = "2025-09-06", "2025-09-08"
OPENED = f"calendar,,{SATURDAY},,,make_up,friday,{{school}},2025-09-01\n"
CLOSED = f"calendar,,{MONDAY},,,closed,,{{school}},2025-09-01\n"


def marked(date: str) -> str:
    """Both sessions of a date."""
    return "".join(f"mark,s1,{date},{session},A,,,,{date}T19:00\n" for session in ("am", "pm"))


@pytest.mark.parametrize(("events", "said", "cases"), [
    (marked(SATURDAY), {"no-session": 2}, 0),
    (OPENED.format(school="") + marked(SATURDAY), {}, 1),
    (OPENED.format(school="hill") + marked(SATURDAY), {}, 1),
    (OPENED.format(school="dale") + marked(SATURDAY), {"no-session": 2}, 0),
    (CLOSED.format(school="") + marked(MONDAY), {"no-session": 2}, 0),
    (CLOSED.format(school="dale") + marked(MONDAY), {}, 1),
])
def test_a_run_says_of_a_mark_what_the_engine_says(tmp_path, events, said, cases):
    """Once, as a report of the engine: whoever reads a file knows the calendar file only. A mark that is not reported counts."""
    build(tmp_path, events=HEADER + events, roster=f"{ROSTER}s4,丁,dale,d1\n")
    found = run_in(tmp_path, until="2025-09-09T12:00")
    told = json.loads((tmp_path / "term" / "run.json").read_text(encoding="utf-8"))

    assert found.exit_code == 0, found.output
    assert (told["counts"]["notes"], told["counts"]["reports"]) == ({}, said)
    assert sum(told["counts"]["cases"].values()) == cases
    assert [*said.values()] == [int(one["message"].rpartition(": ")[2]) for one in told["caveats"] if "(no-session)" in one["message"]]


OPEN = "{calendar: 2025-11-08, kind: make_up, weekday: friday}"  # a Saturday
SHUT = "{calendar: 2025-11-03, kind: closed}"  # a Monday


@pytest.mark.parametrize("given", [
    f"events: {{2025-11-03: [{OPEN}], 2025-11-08: [{{mark: A}}]}}",
    f"events: {{2025-11-08: [{{mark: A, session: am}}, {OPEN}, {{mark: A, session: pm}}]}}",
    f"marks: {{s1: {{2025-11-08: A}}}}\nevents: {{2025-11-03: [{OPEN}]}}",
    f"marks: {{s1: {{2025-11-06: PPA}}}}\nevents: {{2025-11-03: [{OPEN}]}}",
])
def test_a_spec_marks_a_day_that_its_own_event_opened(tmp_path, given):
    """Wherever the event stands, and however the mark is written."""
    found = one(tmp_path, f"students: {{s1: {{}}}}\n{given}\nexpect: {{2025-11-08: [{{issued: visit}}]}}")

    assert found.passed, found.text


def test_a_day_that_no_event_opened_takes_no_mark_in_a_spec(tmp_path):
    """Nor one that an event opened for another school."""
    for event in ("{flag: special}", "{calendar: 2025-11-08, kind: make_up, weekday: friday, school: dale}"):
        with pytest.raises(AssertionError, match="there is no school on 2025-11-08"):
            one(tmp_path, f"students: {{s1: {{}}}}\nevents: {{2025-11-03: [{event}], 2025-11-08: [{{mark: A}}]}}\nexpect: {{}}")


@pytest.mark.parametrize(("given", "came", "said"), [
    (f'marks: {{s1: "A"}}\nevents: {{2025-11-01: [{SHUT}]}}', "", 2),
    (f'marks: {{s1: "AP"}}\nevents: {{2025-11-01: [{SHUT}]}}', "", 2),
    (f'marks: {{s1: "_P"}}\nevents: {{2025-11-01: [{SHUT}]}}', "", 0),
    (f"events: {{2025-11-01: [{SHUT}], 2025-11-03: [{{mark: A}}]}}", "", 2),
    (f'marks: {{s1: "A"}}\nevents: {{2025-11-04: [{SHUT}]}}', "2025-11-03: [{issued: visit}], 2025-11-04: [{withdrawn: visit}]", 0),
    (f"events: {{2025-11-04 09:00: [{SHUT}], 2025-11-04 10:00: [{{mark: A, date: 2025-11-03}}]}}", "", 2),
    (f"events: {{2025-11-03: [{OPEN}], 2025-11-08: [{{mark: A}}], 2025-11-09: [{SHUT.replace('11-03', '11-08')}]}}",
     "2025-11-08: [{issued: visit}], 2025-11-09: [{withdrawn: visit}]", 0),
    (f"events: {{2025-11-01: [{SHUT}], 2025-11-03: [{{mark: A}}], 2025-11-08: [{SHUT.replace('closed', 'school')}]}}", "2025-11-08: [{issued: visit}]", 0),
])
def test_a_spec_says_of_a_mark_on_a_day_that_its_own_event_closed_what_the_engine_says(tmp_path, given, came, said):
    """A case may be about a day that was closed after it was marked; a mark that never counted is told of, as a run tells of it."""
    found = one(tmp_path, f"students: {{s1: {{}}}}\nuntil: 2025-11-09\n{given}\nexpect: {{{came}}}")

    assert (found.missing, found.unexpected, len(found.said)) == ((), (), said), found.text
    assert all(one.endswith(str(DOUBTS["no-session"])) for one in found.said)
