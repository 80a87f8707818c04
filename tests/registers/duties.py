"""A policy with duties, targets and consequences for classes, a school and persons; the roster is that of the world beside it."""

from __future__ import annotations

from collections.abc import Iterable

from escalate.events import Event
from escalate.load import load_policy
from escalate.policy import Policy
from escalate.registers import Sheet, registers_of
from escalate.roster import Assignment, Roster, Student
from escalate.source import Source
from tests.build import CAL, engine

POLICY = """\
policy: hill
title: 山坡小学考核制度
extends: standard.yaml
roles:
  teacher:   {title: 班主任, of: class}
  clerk:     {title: 村干部, of: village}
  principal: {title: 校长, of: school}
  group:     {title: 包保人员, of: class}
  office:    {title: 教导处, of: school}
parameters:
  fine: {lines}
duties:
  counts: {title: 清点, every: month, each: class, cites: D-1, do: {count_heads: {title: 清点人数, by: teacher, due: 2 school days}}}
  watch:  {title: 巡查, every: month, each: teacher, do: {patrol: {title: 巡课, by: teacher, due: 3 school days}}}
targets:
  loss:
    title: 流失率
    each: class
    count: dropped_out
    among: enrolled
    base: school year start
    at_most: 10%
    check: as it changes
    list: counted
    if_broken: {pay: {title: 流失扣款, entry: -50 yuan, per: student, for: school year, to: teacher, cites: T-1}}
  kept_on:
    title: 在籍率
    each: school
    count: not dropped_out
    among: enrolled
    base: previous term end
    at_least: 50%
    check: [2025-09-05, 2025-10-10]
    list: not counted
    if_met: {praise: {title: 嘉奖, entry: gain 评优, for: term, to: principal}}
ladders:
  absence:
    title: 缺课
    cites: L-1
    stages:
      one_day:
        title: 缺一天
        when: days_away >= 1
        do:
          visit:  {title: 家访, by: teacher, due: 1 school day}
          points: {title: 扣分, entry: -1.5 points, for: term, to: teacher}
          factor: {title: 系数, entry: -2% 系数, for: term, compound: true, to: {each: group}}
          bonus:  {title: 奖励, entry: fine, to: office}
          honour: {title: 评优, entry: lose 评优, for: term, to: [teacher, principal]}
    ends: {when: days_back >= 1}
"""
ROSTER = Roster(
    (
        Student("s1", "north", "7-1", "7", fields={"name": "甲", "village": "v1"}),
        Student("s2", "north", "7-1", "7", fields={"name": "乙", "village": "v2"}),
        Student("s3", "north", "7-2", "7", fields={"name": "丙", "village": "v1"}),
        Student("s4", "south", "8-1", "8", fields={"name": "丁", "village": "v1"}),
    ),
    (
        Assignment("teacher", "7-1", "p1"), Assignment("teacher", "7-2", "p2"), Assignment("group", "7-1", "p5"), Assignment("group", "7-1", "p6"),
        Assignment("principal", "north", "p9"), Assignment("principal", "south", "p8"),
    ),
)


def policy(registers: str = "", fine: str = "{value: 7 points}", more: str = "") -> Policy:
    """The policy with registers, a line each."""
    lines = "".join(f"  {line}\n" for line in registers.strip().splitlines())
    text = POLICY.replace("{lines}", fine) + more + (f"registers:\n{lines}" if lines else "")
    return load_policy(Source("hill.yaml", text), for_evaluation=True)


def sheets(events: Iterable[Event], until: str, registers: str = "", roster: Roster = ROSTER, **more: str) -> dict[str, Sheet]:
    """The registers on a date, by name."""
    return {sheet.name: sheet for sheet in registers_of(engine(policy(registers, **more), events, until, CAL, roster))}
