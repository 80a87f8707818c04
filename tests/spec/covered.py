"""A policy that builds on another, of which it is known by hand what a case exercises; and what some cases of it left out."""

from pathlib import Path

from escalate.spec import cases_below
from escalate.spec.covering import Covered, Covering

ADOPTED = "policy: hill\nextends: base.yaml\nlang: en\nreplace: {ladders.absence.stages.two_days.when: days_away >= 3}\n"
BASE = """\
policy: base
extends: standard.yaml
students: {special: {title: Special}}
roles:
  teacher: {of: class}
  principal: {of: school}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1 and not special
        do:
          visit:
            by: teacher
            due: 1 school day
            results: [coming, refused]
            if_outcome: {refused: {letter: {by: principal, due: 1 school day}}}
            if_overdue: {chase: {by: principal, due: 1 school day}}
          inform: {notify: principal, if: special or days_away >= 9}
      two_days:
        when: days_away >= 2
        need: done(visit)
        do: {report: {by: teacher, due: 1 school day}}
    ends: {when: days_back >= 1}
  leaving:
    where: anyone
    lasts: term
    stages:
      gone: {when: became(dropped_out)}
duties:
  roll: {every: month, each: class, do: {count: {by: teacher, due: end of month}}}
  plan: {every: term, each: school, where: special, do: {write: {by: principal, due: end of month}}}
targets:
  loss:
    each: school
    count: dropped_out
    among: anyone
    base: term start
    at_most: 50%
    check: [2025-11-20]
    if_broken: {explain: {by: principal, due: 1 school day}}
"""


def folder(path: Path, cases: str) -> Path:
    """A folder with both and a spec of some cases."""
    files = {"base.yaml": BASE, "policy.yaml": ADOPTED, "policy.spec.yaml": f"from: 2025-11-03\ncases:\n{cases}"}
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def case(body: str, title: str = "one") -> str:
    """A case of a spec; only what it exercises matters here."""
    return f"  {title}: {{{body}, expect: {{}}}}\n"


def played(path: Path, cases: str) -> Covered:
    """What they exercised of the only policy."""
    covering = Covering()
    for one in cases_below(folder(path, cases)):
        covering.verdict(one)
    (found,) = covering.policies
    return found
