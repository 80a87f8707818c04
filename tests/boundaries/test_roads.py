"""What is not reached by marks: time that passes, a column of the roster, what is done again and again, the limit of a group."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from escalate.boundaries import Triple, Where
from escalate.boundaries.finding import find
from escalate.boundaries.moving import moved
from escalate.boundaries.thresholds import thresholds
from escalate.load import load_policy
from escalate.source import Source
from escalate.spec import parse_spec, verdict

HEAD = """\
policy: hill
extends: standard.yaml
lang: en
students: {special: {title: Special}, distance: {title: Distance, is: number}}
roles: {teacher: {of: class}, principal: {of: school}}
"""
VISIT = "do: {visit: {by: teacher, due: 1 school day, results: [coming, refused]}}"
CHASED = "if_overdue: {chase: {by: principal, due: 1 school day}}"
REPORT = "do: {report: {by: principal, due: 1 month}}"


def found_of(folder, text: str, asked: str, head: str = ""):
    """What is found for the threshold that is written so; its cases pass, and one of them fails where the number is one more."""
    path = folder / "policy.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    policy = load_policy(path)
    where = Where(str(folder / "b.spec.yaml"), f"policy: policy.yaml\n{head}", (policy,))
    threshold = next(one for one in thresholds(policy) if one.text == asked)
    found = find(threshold, where)
    if isinstance(found, Triple):
        drafts = [draft for draft in found.drafts if draft is not None]
        written = "\n".join(draft.text(f"case {n}") for n, draft in enumerate(drafts))
        cases, problems = parse_spec(Source(where.path, f"{where.head}cases:\n{written}\n"))
        assert not problems
        assert all(verdict(case).passed for case in cases)
        mutants = [evolve(case, policies=tuple(moved(one, threshold, Fraction(1)) for one in case.policies)) for case in cases]
        assert not all(verdict(mutant).passed for mutant in mutants)
    return found


def ladder(stages: str, where: str = "anyone") -> str:
    """One ladder with some stages."""
    return f"ladders:\n  absence:\n    where: {where}\n    lasts: school year\n    {CHASED}\n    stages:\n" + "".join(f"      {one}\n" for one in stages.splitlines())


GONE = f"gone: {{when: became(dropped_out), {VISIT}}}\n"


@pytest.mark.parametrize(
    ("stages", "asked", "last"),
    [
        (f"{GONE}second: {{when: fired(gone) and days_since(gone) >= 10, {REPORT}}}", "days_since(gone) >= 10", "2025-11-13"),
        (f"{GONE}second: {{when: dropped_out and days_since(dropped_out) > 10, {REPORT}}}", "days_since(dropped_out) > 10", "2025-11-14"),
        (f"{GONE}second: {{when: days_since(visit) >= 4, {REPORT}}}", "days_since(visit) >= 4", "2025-11-07"),
        (f"{GONE}second: {{when: done(visit) and school_days_since(gone) >= 7, {REPORT}}}", "school_days_since(gone) >= 7", "2025-11-12"),
        (f"second: {{when: no_show and days_since(term_start) >= 5, {REPORT}}}", "days_since(term_start) >= 5", "2026-03-07"),
        (f"second: {{when: became(no_show) and term_week >= 2, {REPORT}}}", "term_week >= 2", "2026-03-09"),
    ],
)
def test_time_passes_until_the_day_on_which_it_is_reached(tmp_path, stages, asked, last):
    """The case before is followed to the day before, the case after to the next day."""
    found = found_of(tmp_path, ladder(stages), asked)

    assert isinstance(found, Triple)
    assert last == str(found.drafts[1].until)
    assert [-1, 0, 1] == [(draft.until - found.drafts[1].until).days for draft in found.drafts]
    assert [False, True] == [any(str(date) == last for date, _ in draft.expect) for draft in found.drafts[:2]]


@pytest.mark.parametrize(
    ("text", "asked", "column", "expected"),
    [
        (ladder(f"gone: {{when: days_away >= 2 and grade >= 7, {VISIT}}}"), "grade >= 7", "grade", ["6", "7", "8"]),
        (ladder(f"gone: {{when: days_away >= 2 and grade < 7, {VISIT}}}"), "grade < 7", "grade", ["5", "6", "7"]),
        (ladder(f"gone: {{when: days_away >= 2 and distance > 5, {VISIT}}}"), "distance > 5", "distance", ["5", "6", "7"]),
        (ladder(f"gone: {{when: days_away >= 2 and age < 17, {VISIT}}}"), "age < 17", "birth_date", ["2010-11-03", "2009-11-03", "2008-11-03"]),
        (
            ladder(f"gone: {{when: no_show and 6 <= age_on(school_year_start), {VISIT}}}"), "6 <= age_on(school_year_start)", "birth_date",
            ["2020-09-01", "2019-09-01", "2018-09-01"],
        ),
        (ladder(f"gone: {{when: days_away >= 2, {VISIT}}}", "enrolled and grade <= 6"), "grade <= 6", "grade", ["5", "6", "7"]),
        (ladder("gone: {when: days_away >= 2, do: {visit: {by: teacher, if: grade >= 7, due: 1 school day}}}"), "grade >= 7", "grade", ["6", "7", "8"]),
        (f"duties: {{meet: {{on: 12-01, each: class, where: grade <= 6, {REPORT}}}}}\n", "grade <= 6", "grade", ["5", "6", "7"]),
        (
            "targets: {loss: {each: school, count: dropped_out, among: enrolled and 7 <= grade, base: term start, at_most: 2%, check: term end, if_broken: {report: {by: principal, due: 1 month}}}}\n",
            "7 <= grade", "grade", ["6", "7", "8"],
        ),
    ],
)  # fmt: skip
def test_a_column_is_one_less_at_the_number_and_one_more(tmp_path, text, asked, column, expected):
    """In stages, in a ladder's `where`, in actions, duties and targets."""
    found = found_of(tmp_path, text, asked)

    assert isinstance(found, Triple)
    assert expected == [draft.columns[column] for draft in found.drafts]


def test_what_is_done_again_and_again_is_done_once_less(tmp_path):
    """As an outcome a day."""
    asked = 'times(visit, result="refused", within="1 year") >= 3'
    found = found_of(tmp_path, ladder(f"{GONE}second: {{when: '{asked}', {REPORT}}}"), asked)

    assert isinstance(found, Triple)
    assert [2, 3, 4] == [len(draft.events) for draft in found.drafts]


def test_a_fact_is_entered_once_less(tmp_path):
    """As one a day."""
    own = "measures: {bad: {count: fact(misconduct), within: term}}\n"
    found = found_of(tmp_path, own + ladder(f"breach: {{when: bad >= 2, {VISIT}}}"), "bad >= 2")

    assert isinstance(found, Triple)
    assert [1, 2, 3] == [len(draft.events) for draft in found.drafts]


def target(limit: str, count: str = "dropped_out", asks: str = "if_broken", more: str = "") -> str:
    """A target of a school."""
    return (
        f"{more}targets:\n  loss: {{each: school, count: '{count}', among: enrolled and not dropped_out, base: school year start, {limit}, "
        f"check: term end, {asks}: {{report: {{by: principal, due: 1 month}}}}}}\n"
    )


@pytest.mark.parametrize(
    ("text", "asked", "size", "done", "asks"),
    [
        (target("at_most: 2%"), "at_most: 1/50", 50, [0, 1, 2], [False, False, True]),
        (target("below: 4%"), "below: 1/25", 25, [0, 1, 2], [False, True, True]),
        (target("at_most: 0%"), "at_most: 0", 2, [None, 0, 1], [None, False, True]),
        (target("at_least: 100%", "not dropped_out"), "at_least: 1", 2, [1, 0, None], [True, False, None]),
        (target("at_least: 95%", "not (dropped_out or special)"), "at_least: 19/20", 20, [2, 1, 0], [True, False, False]),
        (target("at_most: 2%", asks="if_met"), "at_most: 1/50", 50, [0, 1, 2], [True, True, False]),
        (target("at_most: 1 student"), "at_most: 1 student", 2, [0, 1, 2], [False, False, True]),
        (target("at_most: quota", more="parameters: {quota: {value: 3 students}}\n"), "at_most: quota", 4, [2, 3, 4], [False, False, True]),
        (target("at_least: 2 students", "not dropped_out"), "at_least: 2 students", 3, [2, 1, 0], [True, False, False]),
        (target("at_most: 0.6%"), "at_most: 3/500", 200, [0, 1, 2], [False, False, True]),
        (target("at_most: cap", more="parameters: {cap: {value: 10%}}\n"), "at_most: cap", 10, [0, 1, 2], [False, False, True]),
        (
            target("at_least: 90%", "entries >= 1", more="measures: {entries: {count: fact(exam), within: school year}}\n"),
            "at_least: 9/10", 10, [8, 9, 10], [True, False, False],
        ),
    ],
)  # fmt: skip
def test_a_limit_is_met_exactly_by_a_group_of_its_size(tmp_path, text, asked, size, done, asks):
    """One head short of it, at it, one beyond; the nearest that keeps it where no group of 200 meets it; no case where there is no such head."""
    found = found_of(tmp_path, text, asked)

    assert isinstance(found, Triple)
    assert size == len(found.drafts[1].others) + 1
    assert done == [len(draft.events) if draft is not None else None for draft in found.drafts]
    assert asks == [bool(draft.expect) if draft is not None else None for draft in found.drafts]
    assert "2026-01-23" == str(found.drafts[1].until)


def test_a_base_of_those_who_attended_has_their_marks(tmp_path):
    """A day of school for each of them."""
    found = found_of(tmp_path, target("at_most: 5%").replace("base: school year start", "base: first attended"), "at_most: 1/20")

    assert isinstance(found, Triple)
    assert (20, ("P",)) == (len(found.drafts[1].others) + 1, found.drafts[1].days)


def test_what_counts_only_late_happens_the_day_before_it_is_judged(tmp_path):
    """Here an entry of the last month."""
    own = "measures: {entries: {count: fact(exam), within: month}}\n"
    found = found_of(tmp_path, target("at_least: 90%", "entries >= 1", more=own), "at_least: 9/10")

    assert isinstance(found, Triple)
    assert {"2026-01-22 07:00"} == {when for draft in found.drafts if draft is not None for when, _ in draft.events}


def test_what_each_student_owes_is_not_played_with_a_target(tmp_path):
    """Nor lost from the policy: the case names an action of its target as it is called beside that duty's."""
    own = "duties: {daily: {every: school day, each: student, do: {report: {by: teacher, due: end of day}}}}\n"
    found = found_of(tmp_path, target("at_most: 50%", more=own), "at_most: 1/2")

    assert isinstance(found, Triple)
    assert "if_broken.report" in str(found.drafts[2].expect)


def printed(count: str, among: str = "enrolled", limit: str = "") -> str:
    """A target that asks for nothing."""
    return f"targets: {{seen: {{each: school, count: '{count}', among: '{among}', base: school year start, {limit}check: [2026-01-20]}}}}\n"


WINDOWED = "measures: {present: {count: present, unit: school day, within: 10 days, day: any session}, visits: {count: fact(call), within: 10 days}}\n"
LEFT = "not enrolled or dropped_out or days_since(dropped_out) <= 20 and present < 2"


@pytest.mark.parametrize(
    ("text", "asked", "counted", "events"),
    [
        (WINDOWED + printed("present >= 2"), "present >= 2", ["0", "1", "1"], [0, 0, 0]),
        (WINDOWED + printed("visits >= 2"), "visits >= 2", ["0", "1", "1"], [1, 2, 3]),
        (WINDOWED + printed(LEFT), "days_since(dropped_out) <= 20", ["1", "1", "0"], [2, 2, 2]),
        (WINDOWED + printed(LEFT), "present < 2", ["1", "1", "0"], [2, 2, 2]),
        (WINDOWED + printed("enrolled and not dropped_out and present >= 1", "dropped_out"), "present >= 1", ["0", "1", "1"], [2, 2, 2]),
    ],
)
def test_what_a_target_only_prints_is_looked_up(tmp_path, text, asked, counted, events):
    """In the register of rates, at its check: what it counts happens shortly before; who was not of its base, or not there, comes to be so."""
    found = found_of(tmp_path, text, asked)

    assert isinstance(found, Triple)
    assert [f"{{target: seen, checked: 2026-01-20, counted: {n}, heads: 1}}" for n in counted] == [draft.rows[0] for draft in found.drafts]
    assert events == [len(draft.events) for draft in found.drafts]
    assert {"2026-01-20"} == {str(draft.until) for draft in found.drafts}


def test_a_limit_that_is_only_printed_is_kept_or_broken(tmp_path):
    """By the last column of the register."""
    found = found_of(tmp_path, printed("dropped_out", limit="at_most: 10%, "), "at_most: 1/10")

    assert isinstance(found, Triple)
    assert ["kept", "kept", "broken"] == [draft.rows[0].rpartition(": ")[2].rstrip("}") for draft in found.drafts]


def test_a_grade_that_is_moved_counts(tmp_path):
    """By an event of the roster."""
    text = target("at_least: 50%", "grade >= 7").replace("enrolled and not dropped_out", "grade == 6")
    found = found_of(tmp_path, text, "at_least: 1/2")

    assert isinstance(found, Triple)
    assert [0, 1, 2] == [len(draft.events) for draft in found.drafts]
    assert "roster: grade, value: 7" in found.drafts[1].events[0][1]


def test_a_fact_of_a_person_is_entered_once_less(tmp_path):
    """Who holds the role is named in the case, which is followed to the day of the duty."""
    own = "measures: {complaints: {count: fact(complaint), within: term}}\n"
    duty = f"duties: {{review: {{on: term end, each: teacher, where: complaints >= 3, {REPORT}}}}}\n"
    found = found_of(tmp_path, own + duty, "complaints >= 3")

    assert isinstance(found, Triple)
    assert [2, 3, 4] == [len(draft.events) for draft in found.drafts]
    assert [{"teacher": "pat"}] * 3 == [draft.roles for draft in found.drafts]
    assert "2026-01-23" == str(found.drafts[1].until)


def test_a_birthday_ends_a_case(tmp_path):
    """Up to the day before it, up to it, and to the next."""
    text = ladder(f"gone: {{when: dropped_out and age <= 15, {VISIT}}}").replace("lasts: school year", "ends: {when: age > 15}")
    found = found_of(tmp_path, text, "age > 15")

    assert isinstance(found, Triple)
    assert ["2025-11-12", "2025-11-13", "2025-11-14"] == [str(draft.until) for draft in found.drafts]
    assert [False, True, True] == ["ended" in str(draft.expect) for draft in found.drafts]


def test_what_several_outcomes_lead_to_is_led_to(tmp_path):
    """A stage that counts refusals asks for the item since whose outcome another counts days."""
    stages = (
        f"{GONE}vain: {{when: 'times(visit, result=\"refused\") >= 3', do: {{penalty: {{by: principal, due: 1 month, {CHASED}}}}}}}\n"
        f"sued: {{when: done(penalty) and days_since(penalty) >= 5, {REPORT}}}"
    )
    found = found_of(tmp_path, ladder(stages), "days_since(penalty) >= 5")

    assert isinstance(found, Triple)
    assert 3 == sum("refused" in event for _, event in found.drafts[1].events)


@pytest.mark.parametrize(
    ("text", "asked", "why", "what"),
    [
        (
            "duties: {d: {on: 12-01, each: student, where: returned and days_since(returned) <= 28, do: {r: {if: new_holder(teacher), by: principal, due: 1 month}}}}\n",
            "days_since(returned) <= 28", "waits for", "new_holder(teacher)",
        ),
        (ladder(f"seen: {{when: school_days_since(term_start) >= 5, {REPORT}}}"), "school_days_since(term_start) >= 5", "held before", ""),
    ],
)  # fmt: skip
def test_what_is_not_brought_about_is_named(tmp_path, text, asked, why, what):
    """What else the condition waits for, and a case that an earlier term had opened."""
    found = found_of(tmp_path, text, asked)

    assert (why, what) == (found.why, found.what)


SCHOOL = "{calendar: c, timezone: Asia/Shanghai, sessions: {am: '08:00-11:40'}, terms: {autumn: {from: 2025-09-01, to: 2026-01-23}}, years: {2025: [autumn]}}"


@pytest.mark.parametrize(
    ("text", "asked", "until"),
    [
        (target("at_most: 2%"), "at_most: 1/50", "2026-01-23"),
        (ladder(f"{GONE}second: {{when: days_since(gone) >= 60, {REPORT}}}"), "days_since(gone) >= 60", "2026-01-02"),
        (f"duties: {{meet: {{on: 12-01, each: class, where: grade <= 6, {REPORT}}}}}\n", "grade <= 6", "2025-12-01"),
    ],
)
def test_a_calendar_that_a_spec_gives_is_not_left(tmp_path, text, asked, until):
    """It ends with its last term, soon after the case."""
    found = found_of(tmp_path, text, asked, f"calendar: {SCHOOL}\n")

    assert isinstance(found, Triple)
    assert until == str(found.drafts[1].until)


@pytest.mark.parametrize(
    ("asked", "why"), [("age < 5000", "not decided"), ("days_since(gone) >= 1000000000", "not reached"), ("times(visit) >= 1000000", "not reached")],
)
def test_a_number_beyond_all_sense_has_no_cases(tmp_path, asked, why):
    """And nothing is laid a million times."""
    assert why == found_of(tmp_path, ladder(f"{GONE}second: {{when: dropped_out and {asked}, {REPORT}}}"), asked).why
