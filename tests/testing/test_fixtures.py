"""The fixtures of the pytest plugin: a made-up school, an engine, an engine that is held at an instant, a ledger that is kept beside a test."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from escalate import Engine, LateKnown, Mark, evaluate
from escalate.testing import World
from escalate.testing.running import Frozen, Until, engine_of, instant_of
from escalate.testing.school import made_school
from escalate.testing.snapshot import difference, file_of, ledger_text
from escalate.times import Zone
from tests.build import CAL, ROSTER, at, ladder, marks, policy, stage

pytest_plugins = ["pytester"]
RULES = policy(days=ladder(one=stage("days_away >= 1", visit="1 school day")))
AWAY = marks("s1", "09-01", "AA AA PP")


# --- the school ---------------------------------------------------------------------------------------------


def test_the_school_is_small_the_same_each_time_and_has_something_of_all() -> None:
    world = made_school()
    ledger = evaluate(world.policies, world.calendar, world.roster, world.events, world.until)
    what = Counter(one.change.what for one in ledger.decisions)

    assert made_school().events == world.events and made_school(seed=2).events != world.events
    assert 12 == len(world.roster.ids()) and world.roster.assignments
    assert {"opened", "issued", "overdue", "done", "done late", "ended", "cancelled", "withdrawn"} <= set(what)


def test_the_school_is_as_large_and_as_long_as_it_is_asked_for() -> None:
    world = made_school("CN-GZ", students=3, weeks=1)

    assert 3 == len(world.roster.ids())
    assert {"2025-09-01", "2025-09-05"} <= {str(event.date) for event in world.events if isinstance(event, Mark)}
    assert max(event.known for event in world.events) <= world.until == at("09-07 17:30")


def test_a_policy_that_marks_nobody_absent_makes_no_school() -> None:
    with pytest.raises(ValueError, match="no code for `present`"):
        made_school(evolve(RULES, marks={"P": RULES.marks["P"]}))


# --- an engine ----------------------------------------------------------------------------------------------


def test_an_engine_at_its_start() -> None:
    """Of a policy and its inputs, of a world, or of a policy alone."""
    world = World((RULES,), CAL, ROSTER, ())

    for engine in (engine_of(RULES, CAL, ROSTER), engine_of(world), engine_of(world, roster=ROSTER)):
        assert (CAL, ROSTER, None, []) == (engine.calendar, engine.roster, engine.watermark, engine.decisions)
    assert 12 == len(engine_of("CN-GZ").roster.ids())
    assert CAL == engine_of(RULES, CAL).calendar


# --- held at an instant -------------------------------------------------------------------------------------


def test_an_engine_is_run_to_an_instant_and_on() -> None:
    """The same list each time; a bare date is its close."""
    engine, frozen = engine_of(RULES, CAL, ROSTER), Frozen()

    assert () == frozen(engine, "2025-09-01 12:00", AWAY).decisions
    first = frozen(engine, "2025-09-01", AWAY)
    assert ["open"] == [item.status for item in first.items] and at("09-01 17:30") == first.until == engine.watermark
    assert ["cancelled"] == [item.status for item in frozen(engine, at("09-03 18:00"), AWAY).items]
    frozen.check()


CLOSE = datetime.datetime.combine(datetime.date(2025, 9, 1), datetime.time(17, 30))  # at the school


@pytest.mark.parametrize("until", [at("09-01 17:30"), "2025-09-01", "2025-09-01 17:30", CLOSE, CLOSE.replace(tzinfo=ZoneInfo("Asia/Shanghai"))])
def test_an_instant_is_said_in_any_way(until: Until) -> None:
    assert at("09-01 17:30") == Frozen()(engine_of(RULES, CAL, ROSTER), until, AWAY).until == instant_of(datetime.date(2025, 9, 1), engine_of(RULES, CAL, ROSTER))


def test_an_instant_that_lies_behind_gives_what_was_known_then() -> None:
    engine, frozen = engine_of(RULES, CAL, ROSTER), Frozen()
    first = frozen(engine, "2025-09-01", AWAY)
    frozen(engine, "2025-09-03 18:00", AWAY)

    assert first == frozen(engine, "2025-09-01", AWAY) and at("09-03 18:00") == engine.watermark


def test_what_is_known_before_the_last_instant_is_refused() -> None:
    engine, frozen = engine_of(RULES, CAL, ROSTER), Frozen()
    frozen(engine, "2025-09-02", AWAY)

    with pytest.raises(LateKnown):
        frozen(engine, "2025-09-03", [*AWAY, *marks("s2", "09-01", "AA")])


def test_a_text_that_is_no_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        Frozen()(engine_of(RULES, CAL, ROSTER), "tomorrow")


def test_a_decision_later_than_the_instant_and_a_past_that_changes_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, frozen = engine_of(RULES, CAL, ROSTER), Frozen()
    frozen(engine, "2025-09-01", AWAY)
    advance = Engine.advance
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "advance", lambda self, to: advance(self, to + 4 * 86400))
        with pytest.raises(AssertionError, match=r"advanced to 2025-09-02T00:00:00\+08:00, it decided at"):
            frozen(engine, at("09-02 00:00"), AWAY)
        patch.setattr(Engine, "advance", lambda self, to: self.decisions)
        with pytest.raises(AssertionError, match="it had advanced to"):
            frozen(engine, "2025-09-09")
    frozen.check()
    engine.decisions.pop(0)

    with pytest.raises(AssertionError, match=r"decided by 2025-09-01T17:30:00\+08:00 is not what it was: 2 decisions then, 1 now"):
        frozen.check()


# --- the text of a ledger -----------------------------------------------------------------------------------


def test_a_ledger_is_told_in_lines() -> None:
    """Items by student, then records; an engine tells the same as its ledger, whatever the order of the events."""
    ledger = evaluate(RULES, CAL, ROSTER, AWAY, at("09-04 18:00"))
    engine = engine_of(RULES, CAL, ROSTER)
    engine.feed(AWAY[::-1])
    engine.advance(at("09-04 18:00"))
    lines = ledger_text(ledger).splitlines()

    assert ledger_text(engine).splitlines() == lines == ledger_text(ledger, Zone("Asia/Shanghai")).splitlines()
    assert ["items", "  p/s1/days/1/one/1/visit/teacher", "    cancelled: issued 2025-09-01 17:30:00, due 2025-09-02, overdue 2025-09-03 00:00:00"] == lines[:3]
    assert ["", "records", "  2025-09-01 17:30:00", "    opened case p/s1/days/1"] == lines[3:7]
    assert "      status: open -> overdue" in lines and '      from ["2025-09-01.am","2025-09-01.pm"]'.replace(",", ", ") in lines
    assert [line.rstrip() for line in lines] == lines


def test_a_difference_is_short_and_names_both_sides() -> None:
    assert "" == difference("a\n", "a\n", "x")
    assert ["--- x (kept)", "+++ x (now)", "@@ -1 +1 @@", "-a", "+b"] == difference("a\n", "b\n", "x").splitlines()
    assert difference("", "b\n" * 100, "x").endswith("... and 23 lines more")


@pytest.mark.parametrize(("test", "name", "file"), [("test_a", "", "test_a.ledger.txt"), ("test_a[x/y z]", "", "test_a_x_y_z.ledger.txt"), ("test_a", "after", "test_a.after.ledger.txt"), ("test_三天", "", "test_三天.ledger.txt")])
def test_each_test_has_a_file(test: str, name: str, file: str) -> None:
    assert file == file_of(test, name)


# --- as fixtures --------------------------------------------------------------------------------------------

TESTS = """
def test_all_of_them(school, escalate_engine, frozen_until, ledger_snapshot):
    world = school("CN-GZ", students=4, weeks=2)
    engine = escalate_engine(world)
    ledger_snapshot(frozen_until(engine, "2025-09-05", world.events), "first")
    ledger_snapshot(frozen_until(engine, world.until, world.events))

def test_a_past_that_changes(school, escalate_engine, frozen_until):
    world = school(weeks=2)
    engine = escalate_engine(world)
    frozen_until(engine, "2025-09-10", world.events)
    del engine.decisions[0]
"""


def test_as_fixtures(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not kept fails, and says how to keep it; what is kept passes; what differs is shown as a difference."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(test_system=TESTS)

    def run(*args: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess("-p", "escalate.pytest_plugin", "-p", "no:cacheprovider", *args)

    first = run()
    first.assert_outcomes(failed=1, passed=1, errors=1)
    first.stdout.fnmatch_lines(["*what was decided by 2025-09-10T* is not what it was*", "no ledger is kept at *test_all_of_them.first.ledger.txt; `pytest --update-ledgers`*"])
    run("--update-ledgers", "-k", "all_of").assert_outcomes(passed=1)
    kept = pytester.path / "ledgers" / "test_system"
    assert ["test_all_of_them.first.ledger.txt", "test_all_of_them.ledger.txt"] == sorted(path.name for path in kept.iterdir())
    run("-k", "all_of").assert_outcomes(passed=1)
    path = kept / "test_all_of_them.ledger.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("items", "item"), encoding="utf-8")
    other = run("-k", "all_of")
    other.assert_outcomes(failed=1)
    other.stdout.fnmatch_lines(["--- test_all_of_them.ledger.txt (kept)", "-item", "+items", "`pytest --update-ledgers` keeps*"])


def test_fixtures_need_no_hypothesis() -> None:
    code = "import sys, escalate.testing.school, escalate.testing.running, escalate.testing.snapshot; print('hypothesis' in sys.modules, 'pytest' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]).stdout.split()

    assert ["False", "False"] == loaded
