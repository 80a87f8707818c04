"""Numbers where they stand: what a policy may write, and that what it writes is counted exactly.

School is from Monday 2025-09-01 for six weeks, sessions am (08:00) and pm (14:00), close 17:30.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.load import check_policy
from escalate.policy import Param, Window
from escalate.source import Source
from tests.build import action, count, engine, ladder, marks, notice, policy, rate, stage, told, total

POLICY = """policy: p
extends: standard.yaml
roles: {{teacher: {{title: 班主任, of: class}}}}
parameters: {{p: {{value: {value}}}, wait: {{value: {wait}}}}}
measures:
  missed: {{count: unexcused, unit: session, within: term}}
  rate_of: {{share: unexcused, of: possible, unit: session, within: term, floor: {floor}}}
  late_by: {{sum: late, unit: minute, within: term}}
ladders:
  truancy:
    stages:
      one: {{when: {when}, again: {again}, do: {{visit: {{by: teacher, due: {due}}}}}}}
    ends: {{when: days_back >= 1}}
"""
DEFAULTS = {"value": "2", "wait": "2 days", "floor": "3", "when": "missed >= 1", "again": "each crossing", "due": "2 days"}


def said(**more: str) -> list[str]:
    """The problems of a policy with one thing written otherwise."""
    found = check_policy(Source("p.yaml", POLICY.format(**{**DEFAULTS, **more})))[1]
    return [f"{problem.kind}: {problem.message}" for problem in found if not problem.warning]


@pytest.mark.parametrize("due", ["1.5 hours", "90.5 minutes", "0.25 hours", "0 days", "3 school weeks", "1.5 hours after the 3rd missed", "(p) hours", "at the (p)th missed", "wait"])
def test_a_deadline_may_be_written_so(due):
    """Hours and minutes may hold a fraction that comes to whole seconds."""
    assert [] == said(due=due)


@pytest.mark.parametrize("due", ["1.5 days", "0.5 weeks", "1.5 months", "2.5 school days", "0.5 office days", "1.5 school weeks", "0.0001 hours", "at the 0th missed", "1.5 days after the 3rd missed"])
def test_a_fraction_of_a_day_is_no_deadline(due):
    """It was cut to whole days in silence."""
    assert ["wrong-value"] == [one.split(":")[0] for one in said(due=due)]
    assert ["wrong-value"] == [one.split(":")[0] for one in said(due="wait", wait=due)]


@pytest.mark.parametrize(("due", "value"), [
    ("(p) school days", "1.5"), ("(p) days", "-1"), ("(p) days", "10%"), ("(p) minutes", "0.001"), ("at the (p)th missed", "0"), ("at the (p)th missed", "1.5"), ("at the (p)th missed", "10%"), ("(p)th", "32"), ("(p)th", "2.5"),
])
def test_a_deadline_is_held_to_the_lines_of_its_parameter(due, value):
    """The problem stands at the line."""
    assert [f"wrong-value: `p` is `{value}`"] == [one.split(",")[0] for one in said(due=due, value=value)]
    assert [] == said(due=due)


def test_a_length_in_a_parameter_is_in_the_unit_of_its_place():
    """Two weeks are not two school days."""
    assert ["unit-mismatch: `p` is in weeks, and school days are meant where it is used"] == said(due="(p) school days", value="2 weeks")


@pytest.mark.parametrize(("again", "when", "good"), [
    ("each further 1.5", "late_by >= 10", True), ("each further 5%", "rate_of >= 10%", True), ("each further 0.05", "rate_of >= 10%", True), ("every 2 school days", "missed >= 1", True),
    ("each further p", "missed >= 1", True), ("every (p) school days", "missed >= 1", True), ("each further 0", "missed >= 1", False), ("each further -1", "missed >= 1", False),
    ("each further 5%", "missed >= 1", False), ("each further 5", "rate_of >= 10%", False), ("every 0 school days", "missed >= 1", False), ("every 1.5 school days", "missed >= 1", False),
    ("every 10% school days", "missed >= 1", False),
])
def test_a_stage_fires_again_at_a_step_above_nothing(again, when, good):
    """A share by shares, school days whole."""
    assert ([] if good else ["wrong-value"]) == [one.split(":")[0] for one in said(again=again, when=when)]


@pytest.mark.parametrize(("floor", "good"), [("0", True), ("p", True), ("3 sessions", True), ("-1", False), ("10%", False), ("2.5", False), ("wait", False)])
def test_a_floor_is_a_number_of_units(floor, good):
    """Of sessions a whole one."""
    assert good == (said(floor=floor) == [])


@pytest.mark.parametrize(("due", "expected"), [("1.5 hours", "09:30:00"), ("90.5 minutes", "09:30:30"), ("limit", "08:45:00")])
def test_a_fraction_of_an_hour_is_exact(due, expected):
    """Counted from 08:00."""
    rules = policy(parameters={"limit": "0.75 hours"}, truancy=ladder(one=stage("missed_today >= 1", visit=due)))
    found = engine(rules, marks("s1", "09-01", "A_", known="09-01 08:00"), "09-01 12:00")

    assert [f"2025-09-01T{expected}+08:00"] == [item.due for item in found.items()]


@pytest.mark.parametrize(("measure", "when", "again", "expected"), [
    (total("L"), "m >= 10", "each further 7.5", 4), (rate("A"), "m >= 10%", "each further 5%", 9), (rate("A"), "m >= 10%", "each further 0.2", 3), (count("L"), "m >= 0.5", "each further 0.75", 3),
])
def test_a_step_is_exact(measure, when, again, expected):
    """Of 10 minutes, each further seven and a half up to 35: at 10, 17.5, 25 and 32.5; of a share of one half, each further 5 %: 10, 15 ... 50."""
    rules = policy(measures={"m": measure}, truancy=ladder(ends="", where="not special", one=stage(when, again=again.replace("5%", "0.05"), letter=notice())))
    events = [*marks("s1", "09-01", "LA", minutes=35)] if measure.kind == "sum" else marks("s1", "09-01", "LA LA") if measure.kind == "count" else marks("s1", "09-01", "PA")

    assert expected == len(told(rules, events, "09-03", "done"))


@pytest.mark.parametrize(("due", "again"), [("gap", ""), ("(gap) school days", ""), ("at the (nth)th missed", ""), ("1 day", "every 2 school days"), ("(gap) hours", "")])
def test_what_is_counted_with_a_parameter_that_has_no_line_yet_has_no_value(due, again):
    """The policy is evaluated all the same; from October on there is a number."""
    lines = {"gap": [("10-01", "2 school days")], "nth": [("10-01", "2")]}
    measures = {"missed": count("A"), "long": evolve(count("A"), windows=(Window("rolling", "day", Param("nth")),)), "floored": evolve(rate("A"), floor=Param("nth"))}
    rules = policy(parameters=lines, measures=measures, truancy=ladder(ends="", where="not special", one=stage("missed >= 1", again=again, visit=due), two=stage("long >= 1 or floored >= 10%", letter="1 day")))
    found = engine(rules, marks("s1", "09-01", "AA AA AA"), "09-04")

    assert {"visit"} == {item.path.rsplit(".", 1)[-1] for item in found.items()}
    assert again != "" or {""} == {item.due for item in found.items()}


def test_an_nth_is_that_of_the_date_counted_from():
    """Five on Monday; that it is two from Thursday on changes nothing for Monday's item."""
    rules = policy(parameters={"nth": [("09-04", "2"), ("", "5")]}, truancy=ladder(ends="", where="not special", one=stage("days_away >= 1", visit="at the (nth)th total")))

    assert ["2025-09-05T17:30:00+08:00"] == [item.due for item in engine(rules, marks("s1", "09-01", "AA AA AA AA AA AA"), "09-08").items()]


def test_a_step_without_a_number_fires_once():
    """`every` its first time, `each further` not at all."""
    lines = {"nth": [("10-01", "2")]}
    sketch = ladder(ends="", where="not special", one=stage("days_away >= 1", again="every 2 school days", visit="1 day"), two=stage("days_away >= 1", again="each further 1", letter="1 day"))
    rules = policy(parameters=lines, truancy=sketch)
    made = rules.ladders["truancy"]
    again = tuple(evolve(one, again=evolve(one.again, n=Param("nth"))) for one in made.stages)
    rules = evolve(rules, ladders={"truancy": evolve(made, stages=again)})

    assert ["visit"] == [item.path.rsplit(".", 1)[-1] for item in engine(rules, marks("s1", "09-01", "AA AA AA AA AA"), "09-08").items()]


def test_a_step_is_counted_from_what_the_condition_comes_to():
    """Its number may be arithmetic on a parameter, and so may the step."""
    rules = policy(
        measures={"m": count("A")}, parameters={"first": "1", "step": "2"}, truancy=ladder(ends="", where="not special", one=stage("m >= first + 1", again="each further 2", letter=action("1 day"))),
    )

    assert 2 == len(told(rules, marks("s1", "09-01", "AA AA A_"), "09-03", "issued"))
