"""A policy in Chinese with registers of its own, four students in two classes of one school and one of another."""

from __future__ import annotations

from collections.abc import Iterable

from escalate.events import Event
from escalate.load import load_policy
from escalate.policy import Policy
from escalate.registers import Sheet, registers_of
from escalate.roster import Assignment, Roster, Student
from escalate.source import Source
from tests.build import engine

POLICY = """\
policy: hill
title: 山坡小学控辍制度
extends: standard.yaml
roles:
  teacher:   {title: 班主任, of: class}
  clerk:     {title: 村干部, of: village}
  tutor:     {title: 帮扶人, of: student}
  principal: {title: 校长, of: school}
students: {poor: {title: 贫困}, level: {title: 档次, is: text}, household: {title: 建档日期, is: date}}
measures:
  missed: {title: 缺课率, share: [excused, unexcused], of: possible, unit: session, within: term}
ladders:
  absence:
    title: 缺课
    stages:
      one_day: {title: 缺一天, when: days_away >= 1, do: {visit: {title: 家访, by: teacher, due: 1 school day, results: [coming, refused]}}}
      two_days: {title: 缺两天, when: days_away >= 2, do: {report: {title: 报告, by: [teacher, principal], due: 2 school days}}}
    ends: {when: days_back >= 1}
  talk:
    title: 谈话
    where: anyone
    stages:
      poor_child: {title: 贫困生, when: poor, do: {visit: {title: 走访, by: clerk, due: 1 week}}}
    lasts: term
registers:
"""
ROSTER = Roster(
    (
        Student("s1", "north", "7-1", "7", fields={"name": "甲", "village": "v1"}),
        Student("s2", "north", "7-1", "7", fields={"name": "乙", "village": "v2", "poor": "yes"}),
        Student("s3", "north", "7-2", "7", fields={"name": "丙", "village": "v1", "level": "=2+3"}),
        Student("s4", "south", "8-2", "7", fields={"name": "丁", "village": "v1"}),
    ),
    (
        Assignment("teacher", "7-1", "p1"), Assignment("teacher", "7-2", "p2"), Assignment("clerk", "v1", "p3"),
        Assignment("principal", "north", "p9"), Assignment("principal", "south", "p8"), Assignment("tutor", "s1", "p5"),
    ),
)


def policy(registers: str = "") -> Policy:
    """The policy with registers, a line each."""
    lines = "".join(f"  {line}\n" for line in registers.strip().splitlines())
    return load_policy(Source("hill.yaml", POLICY + lines if lines else POLICY.removesuffix("registers:\n")), for_evaluation=True)


def sheets(rules: Policy | list[Policy], events: Iterable[Event], until: str, roster: Roster = ROSTER) -> dict[str, Sheet]:
    """The registers on a date, by name."""
    return {sheet.name: sheet for sheet in registers_of(engine(rules, events, until, roster=roster))}


def cells(sheet: Sheet) -> list[tuple[str | int, ...]]:
    return [row.cells for row in sheet.rows]
