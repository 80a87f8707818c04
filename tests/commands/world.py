"""A tiny world, written out: one policy, four days, three students; and the command line as a test calls it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from escalate.cli import main

POLICY = """\
policy: hill
title: {zh: 山坡小学控辍制度, en: Hill school}
extends: standard.yaml
in_force: {from: 2025-09-01}
lang: en
roles:
  teacher:   {title: {zh: 班主任, en: teacher}, of: class}
  principal: {title: {zh: 校长, en: principal}, of: school}
ladders:
  absence:
    title: {zh: 缺课, en: Absence}
    cites: H-c1
    if_overdue:
      chase: {title: {zh: 催办, en: Chase}, by: principal, due: 1 school day}
    stages:
      one_day:
        cites: H-c2
        when: days_away >= 1
        do:
          visit: {title: {zh: 家访, en: Visit}, kind: visit, form: F1, by: teacher, to: parent, due: 1 school day}
      two_days:
        cites: H-c3
        when: days_away >= 2
        do:
          report: {title: {zh: 报告, en: Report}, kind: report, by: [teacher, principal], to: principal, due: 30 minutes}
    ends: {when: days_back >= 1}
"""
CALENDAR = """\
calendar: hill-2025
timezone: Asia/Shanghai
sessions: {am: "08:00-11:40", pm: "14:00-17:00"}
terms: {autumn: {from: 2025-09-01, to: 2025-09-30}}
"""
ROSTER = "student,name,school,class\ns1,=cmd,hill,7-1\ns2,乙,hill,7-1\ns3,丙,hill,7-2\n"
ASSIGNMENTS = "role,of,person,from,to\nteacher,7-1,p1,,\nprincipal,hill,p9,,\n"
HEADER = "id,type,student,date,session,code,at,action,done,known\n"


def marks(student: str, days: str, first: int = 1) -> str:
    """A letter a day, both sessions alike, from September the first."""
    rows = [
        f",mark,{student},2025-09-{day:02},{session},{code},,,,\n"
        for day, code in enumerate(days, first)
        for session in ("am", "pm")
    ]  # fmt: skip
    return "".join(rows)


EVENTS = HEADER + marks("s1", "AAP") + marks("s2", "PPA") + marks("s3", "PAA") + "o1,outcome,s1,,,,2025-09-02T10:00,visit,yes,2025-09-02T10:05\n"


def build(folder: Path, **texts: str) -> Path:
    """The files of the world, some of them otherwise."""
    given = {"policy": POLICY, "calendar": CALENDAR, "roster": ROSTER, "assignments": ASSIGNMENTS, "events": EVENTS, **texts}
    for name, text in given.items():
        ending = "yaml" if name in ("policy", "calendar", "mapping") else "csv"
        (folder / f"{name}.{ending}").write_text(text, encoding="utf-8")
    return folder


def call(*args: object, typed: str | None = None) -> Result:
    """The command line, with what it wrote and its exit code."""
    return CliRunner().invoke(main, [str(arg) for arg in args], input=typed)


def run(folder: Path, *more: object, until: str = "2025-09-04T12:00", out: str = "term") -> Result:
    """`escalate run` over the files of a folder."""
    files = [("--policy", "policy.yaml"), ("--calendar", "calendar.yaml"), ("--roster", "roster.csv"), ("--assignments", "assignments.csv"), ("--events", "events.csv")]
    named = [part for option, name in files for part in (option, folder / name)]
    return call("run", *named, "--out", folder / out, "--until", until, *more)
