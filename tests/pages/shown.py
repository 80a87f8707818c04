"""A small school whose pages show one of everything: late and excused, corrected and missing marks, items done, late, overdue and taken back."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result

from tests.commands.world import build, call, marks

POLICY = """\
policy: hill
title: {zh: 山坡小学控辍制度, en: Hill school}
extends: standard.yaml
in_force: {from: 2025-09-01}
lang: zh
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
        title: {zh: 旷课一天, en: One day}
        when: days_away >= 1
        do:
          visit: {title: {zh: 家访, en: Visit}, by: teacher, to: parent, due: 1 school day}
      two_days:
        title: {zh: 旷课两天, en: Two days}
        when: days_away >= 2
        do:
          report: {title: {zh: 报告, en: Report}, by: [teacher, principal], to: principal, due: 30 minutes}
          notice: {title: {zh: 通报, en: Notice}, notify: principal}
    ends: {when: days_back >= 1}
duties:
  review: {every: week, each: class, do: {review: {title: {zh: 查一周考勤, en: Look through the week}, by: teacher, due: end of week}}}
registers:
  open_cases: {readers: [principal, teacher]}
"""
CALENDAR = """\
calendar: hill-2025
timezone: Asia/Shanghai
sessions: {am: "08:00-11:40", pm: "14:00-17:00"}
terms: {autumn: {from: 2025-09-01, to: 2025-10-31}}
closed: {2025-10-01..2025-10-08: 国庆}
"""
ROSTER = "student,name,school,class\ns1,小明,hill,7-1\ns2,<script>alert(1)</script>,hill,7-1\ns3,丙,hill,7-2\ns4,丁,hill,7-10\n"
ASSIGNMENTS = "role,of,person,from,to\nteacher,7-1,p1,,\nteacher,7-2,p2,,\nteacher,7-10,p3,,\nprincipal,hill,p9,,\n"
HEADER = "id,type,student,date,session,code,at,action,result,done,known\n"


def wide(rows: str) -> str:
    """Rows of the tiny world with the column of results."""
    return rows.replace(",,,,\n", ",,,,,\n")


EVENTS = (
    HEADER
    + wide(marks("s1", "PLAA") + marks("s1", "SPP", 8) + marks("s2", "PPPPP") + marks("s3", "PAAAA") + marks("s3", "AAAA", 8) + marks("s4", "PP-P"))
    + "o1,outcome,s1,,,,2025-09-04T10:00,visit,promised,yes,2025-09-04T10:05\n"
    + ",mark,s1,2025-09-09,am,A,,,,,2025-09-09T12:00\n"  # a correction
    + "v1,outcome,s3,,,,2025-09-08T10:00,visit,refused,yes,2025-09-08T10:05\n"
)
UNTIL = "2025-09-11T18:00"
FILES = {"policy.yaml": "--policy", "calendar.yaml": "--calendar", "roster.csv": "--roster", "assignments.csv": "--assignments", "events.csv": "--events"}


def school(folder: Path, **texts: str) -> Path:
    """The school's files in a folder."""
    given = {"policy": POLICY, "calendar": CALENDAR, "roster": ROSTER, "assignments": ASSIGNMENTS, "events": EVENTS}
    return build(folder, **{**given, **texts})


def write(folder: Path, *args: object, out: str = "page.html", until: str = UNTIL) -> Result:
    """`escalate timeline` or `escalate report` over the school's files."""
    files = [part for name, option in FILES.items() for part in (option, folder / name)]
    return call(*args, *files, "--out", folder / out, "--until", until)


def page(folder: Path, *args: object, until: str = UNTIL) -> str:
    """The page that comes of it."""
    found = write(folder, *args, "--force", until=until)
    assert 0 == found.exit_code, found.output
    return (folder / "page.html").read_text(encoding="utf-8")
