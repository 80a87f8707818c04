"""Three cases for each threshold: what is played, what decides, and what is left out with its reason."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from escalate.boundaries import Triple, Where, as_written, boundaries
from escalate.boundaries.drafts import shown
from escalate.boundaries.finding import find
from escalate.boundaries.moving import moved
from escalate.boundaries.thresholds import thresholds
from escalate.load import load_policy
from escalate.source import Source
from escalate.spec import parse_spec, verdict

POLICIES = Path(__file__).parents[2] / "policies"
HEAD = """\
policy: hill
extends: standard.yaml
lang: en
students: {special: {title: Special}}
roles: {teacher: {of: class}, principal: {of: school}}
"""


def of(folder: Path, text: str, own: str = "") -> Where:
    """A policy with some ladders, below what every one has."""
    path = folder / "policy.yaml"
    path.write_text(f"{HEAD}{own}ladders:\n  absence:\n{text}", encoding="utf-8")
    return Where(str(folder / "policy.boundaries.spec.yaml"), "policy: policy.yaml\n", (load_policy(path),))


def marks(folder: Path, text: str, own: str = "") -> list[list[str] | str]:
    """The marks of each threshold's cases, or why it has none."""
    where = of(folder, text, own)
    found = [find(one, where) for policy in where.policies for one in thresholds(policy)]
    return [[shown(draft.days) for draft in one.drafts] if isinstance(one, Triple) else one.why for one in found]


def stage(when: str, more: str = "") -> str:
    return f"    lasts: term\n    if_overdue: {{chase: {{by: principal, due: 1 school day}}}}\n    stages:\n      away: {{when: '{when}', do: {{visit: {{by: teacher, due: 1 school day}}}}}}\n{more}"


@pytest.mark.parametrize(
    ("when", "own", "expected"),
    [
        ("days_away >= 3", "", ["AA", "AAA", "AAAA"]),
        ("days_away > 3", "", ["AAA", "AAAA", "AAAAA"]),
        ("3 <= days_away", "", ["AA", "AAA", "AAAA"]),
        ("days_away >= n", "parameters: {n: {value: 2}}\n", ["A", "AA", "AAA"]),
        ("missed_today >= 1", "", ["P", "(AP)", "A"]),
        ("lessons >= 3", "measures: {lessons: {count: unexcused, unit: session, within: month}}\n", ["A", "A(AP)", "AA"]),
        ("days >= 3 and days_away < 2", "measures: {days: {count: unexcused, unit: school day, within: month}}\n", ["APA", "APAPA", "AP x3 A"]),
        ("weeks_out >= 7", "measures: {weeks_out: {run: unexcused, unit: day, neutral: excused}}\n", ["PAAAA", "PAAAAA", "P A x6"]),
        ("part >= 20%", "measures: {part: {share: unexcused, unit: school day, within: term, of: possible}}\n", ["PPPP", "PPPPA", "PPPPAA"]),
        ("days_away >= 2 and special and grade >= 7", "", ["A", "AA", "AAA"]),
    ],
)
def test_the_shortest_marks_that_reach_it(tmp_path, when, own, expected):
    """One short, at it, one beyond: runs, counts by session and by day, days of the calendar, shares."""
    assert expected == marks(tmp_path, stage(when), own)[0]


def test_what_else_is_asked_of_a_student_is_given(tmp_path):
    """A flag, a grade, an age, a status; what the condition does not want is left out."""
    where = of(tmp_path, stage("days_away >= 2 and special and grade >= 7 and age < 16 and suspected_dropout and not dropped_out"))
    found = find(thresholds(where.policies[0])[0], where)

    assert isinstance(found, Triple)
    assert {"special": "yes", "grade": "7", "birth_date": "2010-09-01"} == found.drafts[0].columns
    assert ("suspected_dropout",) == found.drafts[0].statuses


def test_an_outcome_comes_where_a_stage_waits_for_it(tmp_path):
    """An hour after the item was asked for."""
    second = "      gone: {when: 'done(visit) and days_away >= 3', do: {report: {by: principal, due: 1 school day}}}\n"
    where = of(tmp_path, stage("days_away >= 1", second))
    found = find(thresholds(where.policies[0])[1], where)

    assert isinstance(found, Triple)
    assert (("2025-11-03 18:30", "{outcome: visit}"),) == found.drafts[1].events


def test_the_end_of_a_case_is_reached_from_its_beginning(tmp_path):
    """A stage opens the case, then the days back."""
    assert ["AAP", "AAPP", "AAPPP"] == marks(tmp_path, stage("days_away >= 2", "    ends: {when: days_back >= 2}\n"))[1]


def test_each_line_of_a_parameter_is_a_threshold(tmp_path):
    """With the student whom it is for."""
    own = "parameters: {n: [{value: 2, where: grade >= 7}, {value: 3}]}\n"

    assert [["A", "AA", "AAA"], ["AA", "AAA", "AAAA"]] == marks(tmp_path, stage("days_away >= n"), own)[:2]


def test_an_equality_that_chooses_a_student_is_no_threshold(tmp_path):
    """One of a measure is; so is a grade that is compared with more and less."""
    where = of(tmp_path, stage("days_away == 2 and grade == 7 and age != 12 and grade <= 9"))

    assert ["days_away == 2", "grade <= 9"] == [one.text for one in thresholds(where.policies[0])]


@pytest.mark.parametrize(
    ("when", "own", "why"),
    [
        ("bad >= 1", "measures: {bad: {mean: fact(misconduct), within: term}}\n", "not looked for"),
        ("days_away >= 2 and days_away >= 3", "", "not decided"),
        ("days_away >= 2 and days_back >= 2", "", "not reached"),
    ],
)
def test_what_has_no_cases_says_why(tmp_path, when, own, why):
    """Each with a reason of its own."""
    assert why in marks(tmp_path, stage(when), own)


def test_a_number_that_nothing_asks_about_is_left_out(tmp_path):
    """An action whose `if` never turns while its stage fires; the place is named. What a target only prints stands in its register."""
    (tmp_path / "policy.yaml").write_text(
        f"{HEAD}ladders: {{absence: {{lasts: term, stages: {{away: {{when: days_away >= 2, do: {{visit: {{by: teacher, if: days_away >= 3, due: 1 school day}}, inform: {{notify: principal}}}}}}}}}}}}\n"
        "targets: {kept: {each: school, count: enrolled, among: anyone, base: school year start, at_least: 98%, check: 06-30}}\n",
        encoding="utf-8",
    )
    found = boundaries(Where(str(tmp_path / "b.spec.yaml"), "policy: policy.yaml\n", (load_policy(tmp_path / "policy.yaml"),)))

    assert ["days_away >= 2", "at_least: 49/50"] == [one.threshold.text for one in found.triples]
    assert [("days_away >= 3", "not reached")] == [(one.text, one.why) for one in found.left]
    assert found.lines[0].startswith("policy.yaml:6:")
    assert f"#   {found.lines[0]}" in found.text.splitlines()


SHIPPED = ["S000-01", "S004-01B"]


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request):
    """What is written for a shipped policy, and the cases of it."""
    path = POLICIES / request.param / "adopted.yaml"
    where = Where(str(path.with_name("b.spec.yaml")), "policy: adopted.yaml\n", (load_policy(path),))
    found = boundaries(where)
    cases, problems = parse_spec(Source(where.path, found.text))
    assert not problems
    return found, cases


def test_every_case_passes_when_it_is_played(shipped):
    """And all that were found are written: three of a threshold, two where there is nothing short of it, or beyond."""
    found, cases = shipped

    assert len(cases) == found.cases > 2 * len(found.triples) > 0
    assert [] == [str(case) for case in cases if not verdict(case).passed]


def test_another_number_fails(shipped):
    """One more, or one less where another number of the policy keeps it from being more: at least one of the cases of each threshold."""
    found, cases = shipped
    rest = iter(cases)
    for one in found.triples:
        own = [next(rest) for draft in one.drafts if draft is not None]
        mutants = [
            [evolve(case, policies=tuple(moved(policy, one.threshold, Fraction(step)) for policy in case.policies)) for case in own] for step in (1, -1)
        ]
        assert not all(verdict(case).passed for several in mutants for case in several), one.threshold


def test_the_text_knows_whether_it_was_changed(shipped):
    """An author's own line is seen."""
    found, _ = shipped

    assert as_written(found.text)
    assert not as_written(found.text.replace("expect: {}", "expect: {} # read", 1))
    assert not as_written(found.text.partition("\n")[2])


def test_the_same_bytes_again(tmp_path):
    """No order of sets in it."""
    own = "measures: {gone: {count: [unexcused, excused], unit: session, within: month}}\n"
    where = of(tmp_path, stage("gone >= 2 and special and grade >= 7"), own)

    assert 2 == len(boundaries(where).triples)
    assert boundaries(where) == boundaries(where)
