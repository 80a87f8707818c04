"""Marks a second through `Engine`, beside a hand-written durable_rules streak on the same marks in the same run.

    python bench/online.py [--students 500] [--days 180] [--runs 3]

Prints, as medians of the runs: marks a second with the plain and the durable matcher (the ladders of S002-02
alone, without its duties, targets and registers; about 4 % absent, audit sealed), the streak's, the ratios, and the
time to absorb one late mark in a year of history.
Answers are compared before times: engine and streak name the same students with three days in a row.
Times are of this process alone (CPU), for other work on the machine is no property of either.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import random
import statistics
import time
from pathlib import Path
from typing import Any

from attrs import evolve

from escalate.days import Calendar, Period, Term
from escalate.engine import Engine
from escalate.events import Mark
from escalate.gathering import seldom_gathered
from escalate.load import load_policy
from escalate.policy import Policy
from escalate.roster import Roster, Student
from escalate.times import Zone

HERE = Path(__file__).resolve().parent
ZONE = Zone("Asia/Shanghai")
START = datetime.date(2025, 9, 1)


def calendar(days: int) -> Calendar:
    """A year of school weeks with two sessions a day, long enough for so many school days."""
    periods = (Period("am", datetime.time(8), datetime.time(11, 40)), Period("pm", datetime.time(14), datetime.time(17)))
    end = START + datetime.timedelta(days=days * 7 // 5 + 7)
    return Calendar("bench", "Asia/Shanghai", periods, (Term("year", START, end),), {"2025": ("year",)})


def make_marks(students: int, days: int, plan: Calendar) -> list[list[Mark]]:
    """One list of marks a school day, known minutes after each session's start.

    About 4 % of the days are absent and an absence makes the next likelier; three in ten are unexcused, the rest
    illness, as in the example school.
    """
    rng = random.Random(20250901)
    away = ["P"] * students
    found = []
    for date in plan.of("").school_days[:days]:
        today = []
        sessions = plan.of("").sessions(date)
        for number in range(students):
            if rng.random() >= (0.55 if away[number] != "P" else 0.0):
                away[number] = ("A" if rng.random() < 0.3 else "S") if rng.random() < 0.0188 else "P"
            code = away[number]
            today += [
                Mark(student=f"s{number:04}", date=date, session=session.period, code=code, known=session.start + 300, id=f"{number}.{session.id}")
                for session in sessions
            ]
        found.append(today)
    return found


def run_engine(policy: Policy, plan: Calendar, roster: Roster, days: list[list[Mark]], matcher: str) -> tuple[float, set[str], Engine]:
    """Feed and advance day by day, sealing every record; the time, and whom the third-day stage fired for."""
    engine = Engine(policy, plan, roster, matcher=matcher)
    fired = set()
    gc.collect()
    begin = time.process_time()
    for today in days:
        evening = ZONE.next_midnight(today[0].date) - 1
        engine.feed(today)
        decisions = engine.advance(evening)
        engine.seal()
        fired |= {found.student for found in decisions if found.record["line"]["path"].startswith("absence.three_days.")}
    return time.process_time() - begin, fired, engine


def run_streak(days: list[list[Mark]]) -> tuple[float, set[str]]:
    """The streak as one writes it in durable_rules: each mark posted, a counter in each student's context (`sid`, `c.s`).

    No calendar, no deadlines, no corrections, no audit. The last rule is there because `post` raises for an event that no rule takes.
    """
    from durable.lang import m, post, ruleset, when_all  # the rival is optional

    fired: set[str] = set()
    name = f"streak{time.monotonic_ns()}"
    with ruleset(name):

        @when_all((m.code == "A") & (m.session == "pm"))
        def away(c: Any) -> None:
            c.s.days = (c.s.days or 0) + 1
            if c.s.days >= 3:
                fired.add(c.m.sid)

        @when_all((m.code == "P") & (m.session == "pm"))
        def back(c: Any) -> None:
            c.s.days = 0

        @when_all((m.code == "S") | (m.session == "am"))
        def other(c: Any) -> None:
            pass

    gc.collect()
    begin = time.process_time()
    for today in days:
        for mark in today:
            post(name, {"sid": mark.student, "code": mark.code, "session": mark.session})
    return time.process_time() - begin, fired


def late_mark(engine: Engine, days: list[list[Mark]], count: int) -> float:
    """Median seconds to absorb one late correction of an early day, one at a time."""
    times = []
    now = engine.watermark or 0
    rng = random.Random(7)
    for n in range(count):
        mark = rng.choice(days[rng.randrange(len(days) // 2)])
        now += 60
        late = Mark(student=mark.student, date=mark.date, session=mark.session, code="S" if mark.code == "A" else "A", known=now, id=f"late{n}")
        begin = time.process_time()
        engine.feed([late])
        engine.advance(now)
        times.append(time.process_time() - begin)
    return statistics.median(times)


def main() -> None:
    """Run all three as often as asked, compare their answers, print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    policy = load_policy(HERE.parent / "policies" / "S002-02" / "adopted.yaml", for_evaluation=True)
    policy = evolve(policy, duties={}, targets={}, registers={})
    plan = calendar(options.days)
    days = make_marks(options.students, options.days, plan)
    roster = Roster(tuple(Student(f"s{n:04}", "school") for n in range(options.students)))
    count = sum(map(len, days))
    absent = sum(mark.code != "P" for today in days for mark in today) / count
    unexcused = sum(mark.code == "A" for today in days for mark in today) / count
    print(f"{count} marks, {options.students} students, {len(days)} school days, {absent:.1%} absent, {unexcused:.1%} unexcused")
    gc.collect()
    rates: dict[str, list[float]] = {"plain": [], "durable": [], "streak": []}
    late = []
    for _ in range(options.runs):
        with seldom_gathered():  # as `escalate run` does; the streak is a quarter slower so, and keeps Python's own setting
            took, third, engine = run_engine(policy, plan, roster, days, "plain")
            rates["plain"].append(count / took)
            late.append(late_mark(engine, days, 200))
            del engine  # or the next one pays for keeping it
            took, durable_third, engine = run_engine(policy, plan, roster, days, "durable")
            del engine
            rates["durable"].append(count / took)
        gc.freeze()  # what is given stays, for the streak too
        took, streak = run_streak(days)
        gc.unfreeze()
        rates["streak"].append(count / took)
        assert third == durable_third == streak, (len(third), len(durable_third), len(streak))
    median = {name: statistics.median(found) for name, found in rates.items()}
    print(f"third-day stage: {len(third)} students, the same in all three")
    for name, rate in median.items():
        print(f"{name:>8}: {rate:>9,.0f} marks/s   {rate / median['streak']:.1f} x the streak")
    print(f"one late mark in a year of history: {statistics.median(late) * 1000:.2f} ms")


if __name__ == "__main__":
    main()
