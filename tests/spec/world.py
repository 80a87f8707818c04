"""A small policy beside a spec, written out, and the spec as a test reads it."""

from pathlib import Path

from escalate.parse import read_source
from escalate.spec import parse_spec, verdict

POLICY = """\
policy: hill
extends: standard.yaml
lang: en
students: {special: {title: 特殊}}
roles:
  teacher:   {title: 班主任, of: class}
  principal: {title: 校长, of: school}
ladders:
  absence:
    title: 缺课
    if_overdue: {chase: {title: 催办, by: principal, due: 1 school day}}
    stages:
      one_day:
        when: days_away >= 1 and not special
        do: {visit: {title: 家访, by: teacher, to: parent, due: 1 school day, results: [coming, refused]}}
      two_days:
        when: days_away >= 2
        need: done(visit)
        do: {report: {title: 报告, by: [teacher, principal], to: principal, due: 30 minutes}, inform: {title: 告知, notify: principal}}
    ends: {when: days_back >= 1}
"""


def read(folder: Path, text: str, **others: str):
    """The cases and the problems of a spec that stands beside the policy."""
    for name, content in {"policy.yaml": POLICY, "a.spec.yaml": text, **others}.items():
        (folder / name).write_text(content, encoding="utf-8")
    source, _ = read_source(folder / "a.spec.yaml")
    return parse_spec(source)


def one(folder: Path, body: str, **others: str):
    """The verdict on the only case of a spec from Monday 2025-11-03, its body indented by four."""
    lines = "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))
    cases, problems = read(folder, f"from: 2025-11-03\ncases:\n  only:\n{lines}", **others)
    assert not problems, [(str(problem.span), problem.message) for problem in problems]
    (case,) = cases
    return verdict(case)
