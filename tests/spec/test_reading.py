"""What is wrong with a spec: every problem at its place."""

import pytest

from escalate.source import Refused, Source, render
from escalate.spec import cases_below
from escalate.spec.reading import parse_spec

from .world import POLICY, read

HEAD = "from: 2025-11-03\ncases:\n  only:\n"
CASES = "cases:\n  only:\n"
WEEK = 'calendar: {calendar: c, timezone: Asia/Shanghai, sessions: {am: "08:00-11:40"}, terms: {t: {from: 2025-11-03, to: 2025-11-28}}}\n'
GOOD = '    marks: {s1: "A"}\n    expect: {2025-11-03: [{issued: visit}]}\n'


@pytest.mark.parametrize(("text", "kind", "place", "said"), [
    ("", "empty-file", (1, 1), "holds nothing"),
    ("from: 2025-11-03\n", "missing-key", (1, 1), "no `cases`"),
    ("policy: p\nextends: standard.yaml\nladders: {}\n", "not-a-spec", (1, 1), "this is a policy"),
    ("制度: p\n沿用: standard.yaml\n", "not-a-spec", (1, 1), "this is a policy"),
    ("calendar: c\ntimezone: Asia/Shanghai\nsessions: {}\n", "not-a-spec", (1, 1), "this is a calendar"),
    ("format: csv\ncolumns: {student: id}\n", "not-a-spec", (1, 1), "this is a mapping"),
    (f"{HEAD}    until: 2025-11-05\n    expect: {{2025-11-03: [{{issued: visit}}]}}\n", "missing-field", (5, 27), "the case has no student"),
    (f"{HEAD}    events: {{2025-11-03: [{{outcome: visit}}]}}\n    expect: {{}}\n", "missing-field", (4, 27), "the case has no student"),
    (f"form: 2025-11-03\n{HEAD}{GOOD}", "unknown-key", (1, 1), "unknown key `form`"),
    (f"policy: none.yaml\n{HEAD}{GOOD}", "no-file", (1, 9), "cannot read"),
    (f'{HEAD}    marks: {{s1: "A"}}\n', "missing-key", (3, 3), "has no `expect`"),
    (f'{HEAD}    marks: {{s1: "AZ"}}\n    expect: {{}}\n', "bad-marks", (4, 17), "code `Z`"),
    (f'{HEAD}    marks: {{s1: "(APP)"}}\n    expect: {{}}\n', "bad-marks", (4, 17), "has 2 sessions (am, pm), and `(APP)` is of 3"),
    (f'{HEAD}    marks: {{s1: "A x4000"}}\n    expect: {{}}\n', "bad-marks", (4, 17), "school days from 2025-11-03"),
    ('cases:\n  only:\n    marks: {s1: "A"}\n    expect: {}\n', "missing-key", (3, 17), "begin on no date"),
    (f'{HEAD}    marks: {{s1: {{3.11.: "A"}}}}\n    expect: {{}}\n', "bad-date", (4, 18), "`3.11.`"),
    (f"{HEAD}    expect: {{3.11.: []}}\n", "bad-date", (4, 14), "`3.11.`"),
    (f"{HEAD}{GOOD.replace('issued', 'isued')}", "unknown-word", (5, 27), "does not say what came about"),
    (f"{HEAD}{GOOD.replace('issued: visit', 'issued: visit, overdue: visit')}", "unknown-word", (5, 27), "says two things"),
    (f"{HEAD}{GOOD.replace('visit', 'visitt')}", "unknown-item", (5, 36), "unknown item `visitt`"),
    (f"{HEAD}{GOOD.replace('issued: visit', 'opened: absent')}", "unknown-ladder", (5, 36), "unknown ladder `absent`"),
    (f"{HEAD}{GOOD.replace('issued', 'told')}", "not-a-notice", (5, 34), "is something to be done"),
    (f"{HEAD}{GOOD.replace('visit', 'visit, from: x')}", "unknown-key", (5, 43), "unknown key `from`"),
    (f"{HEAD}{GOOD.replace('visit', 'visit, by: techer')}", "unknown-role", (5, 47), "unknown role `techer`"),
    (f"{HEAD}{GOOD.replace('visit', 'visit, by: []')}", "empty-value", (5, 47), "`by` is empty"),
    (f"{HEAD}{GOOD.replace('visit', 'visit, notify: {}')}", "empty-value", (5, 51), "`notify` is empty"),
    (f"{HEAD}{GOOD.replace('visit', 'visit, due: soon')}", "bad-date", (5, 48), "`soon`"),
    (f"{HEAD}{GOOD.replace('visit', 'visit, student: s9')}", "unknown-student", (5, 52), "`s9` is not in the case"),
    (f"{HEAD}{GOOD.replace('{s1:', '{s1: A, s2:')}", "missing-field", (5, 27), "does not say whose it is"),
    (f"{HEAD}    students: {{s2: {{}}}}\n{GOOD}", "unknown-student", (5, 17), "is not among `students:`"),
    (f"{HEAD}    roles: {{techer: x}}\n{GOOD}", "unknown-role", (4, 13), "unknown role `techer`"),
    (f"{HEAD}    until: 2025-11-02\n{GOOD}", "after-until", (5, 17), "lies after `until`, 2025-11-02, and is not played"),
    (f"{HEAD}    events: {{2025-11-03: [{{result: x}}]}}\n{GOOD}", "unknown-type", (4, 27), "does not say what it is"),
    (f"{HEAD}    events: {{2025-11-03: [{{}}]}}\n{GOOD}", "unknown-type", (4, 27), "does not say what it is"),
    (f"{HEAD}    title: [a]\n{GOOD}", "not-a-text", (4, 12), "`title` must be a single value"),
    (f"{HEAD}    events: {{2025-11-03: [{{mark: A, flag: x}}]}}\n{GOOD}", "unknown-type", (4, 27), "is two things"),
    (f"{HEAD}    events: {{2025-11-03: [{{mark: A, when: x}}]}}\n{GOOD}", "unknown-key", (4, 37), "an event `mark` has no `when`"),
    (f"{HEAD}    events: {{2025-11-03: [{{mark: Z}}]}}\n{GOOD}", "unknown-code", (4, 34), "code `Z`"),
    (f"{HEAD}    events: {{2025-11-08: [{{mark: A}}]}}\n{GOOD}", "no-session", (4, 27), "no school on 2025-11-08"),
    (f"{HEAD}    events: {{2025-11-03: [{{mark: A, session: noon}}]}}\n{GOOD}", "unknown-session", (4, 46), "no session `noon`"),
    (f"{HEAD}    events: {{2025-11-03: [{{mark: A, date: 1900-01-01}}]}}\n{GOOD}", "outside-calendar", (4, 43), "outside the calendar"),
    (f"{HEAD}    events: {{2025-11-03: [{{outcome: vist}}]}}\n{GOOD}", "unknown-item", (4, 37), "no policy has an item `vist`"),
    (f"{HEAD}    events: {{2025-11-03: [{{outcome: visit, result: cming}}]}}\n{GOOD}", "unknown-result", (4, 52), "no result `cming`; did you mean `coming`?"),
    (f"{HEAD}    events: {{2025-11-03: [{{flag: hungry}}]}}\n{GOOD}", "unknown-flag", (4, 34), "no policy has a flag `hungry`"),
    (f"{HEAD}    events: {{2025-11-03: [{{outcome: visit, at: soon}}]}}\n{GOOD}", "bad-date", (4, 48), "`soon`"),
    (f"{HEAD}    events: {{2025-11-03: [{{status: gone}}]}}\n{GOOD}", "unknown-status", (4, 36), "no status `gone`"),
    (f"{HEAD}    events: {{2025-11-03: [{{mark: A, minutes: many}}]}}\n{GOOD}", "bad-number", (4, 46), "`many`"),
    (f"{HEAD}    events: {{2025-11-03: [{{outcome: visit, date: 2025-11-04}}]}}\n{GOOD}", "unknown-key", (4, 44), "an event `outcome` has no `date`"),
    (f"{HEAD}    until: 2025-11-03\n    events: {{2025-11-04: [{{outcome: visit}}]}}\n{GOOD}", "after-until", (5, 14), "lies after `until`"),
    (f"policy: []\n{HEAD}{GOOD}", "missing-value", (1, 9), "names no file"),
    (f"policy: {{a: b}}\n{HEAD}{GOOD}", "not-a-text", (1, 9), "`policy`"),
    ("cases: {}\n", "missing-value", (1, 8), "holds no case"),
    (f"{HEAD}    expect: {{}}\n", "missing-key", (3, 3), "nothing is played"),
    (f"{HEAD}    students: {{s1: {{clas: x}}}}\n{GOOD}", "unknown-column", (4, 21), "no policy asks about `clas`"),
    (f"roles: {{teacher: {{a: ann}}}}\n{HEAD}{GOOD}", "unknown-place", (1, 19), "no student belongs to that"),
    (f"{HEAD}{GOOD.replace('visit', 'visit, by: {who_had: vist}')}", "unknown-item", (5, 57), "unknown item `vist`"),
    (f"calendar: none.yaml\n{HEAD}{GOOD}", "no-file", (1, 11), "none.yaml"),
    (f"calendar: {{calendar: c}}\n{HEAD}{GOOD}", "missing-key", (1, 11), "no `timezone`"),
    (f'{HEAD}    marks: {{s1: {{2025-11-08: "A"}}}}\n    expect: {{}}\n', "no-session", (4, 18), "no school on 2025-11-08: the marks of `s1` begin on 2025-11-10"),
    (f'{HEAD}    marks: {{s1: {{2025-11-08: "AA"}}}}\n    expect: {{}}\n', "no-session", (4, 18), "no school on 2025-11-08"),
    (f'{HEAD}    marks: {{s1: {{1900-01-01: "A"}}}}\n    expect: {{}}\n', "outside-calendar", (4, 18), "1900-01-01 is outside the calendar"),
    (f'{WEEK}from: 2025-10-31\n{CASES}    marks: {{s1: "A"}}\n    expect: {{}}\n', "outside-calendar", (5, 17), "covers 2025-11-03 to 2025-11-28"),
])
def test_each_problem_has_its_place(tmp_path, text, kind, place, said):
    """Line and column, as in a policy."""
    cases, problems = read(tmp_path, text)
    found = [problem for problem in problems if problem.kind == kind]

    assert ((), True) == (cases, bool(found)), "\n".join(map(render, problems))
    assert said in found[0].message, found[0].message
    assert found[0].span is not None
    assert place == (found[0].span.line, found[0].span.col)


NONE = "    expect: {}\n"
DUE = GOOD.replace("issued: visit", "issued: visit, due: DATE")


@pytest.mark.parametrize(("text", "kind", "help"), [
    (f"{HEAD.replace('2025-11-03', '2025/11/3')}{GOOD}  second:\n{GOOD}  third:\n{GOOD}", "bad-date", "write `2025-11-03`"),
    (f"{HEAD.replace('2025-11-03', '3.11.2025')}{GOOD}", "ambiguous-date", "write `2025-11-03` or `2025-03-11`, whichever is meant"),
    (f"{HEAD.replace('2025-11-03', '11月3日')}{GOOD}", "bad-date", "write its year too, such as `2025-11-03`"),
    (HEAD + DUE.replace("DATE", "2025/11/7"), "bad-date", "write `2025-11-07`"),
    (HEAD + DUE.replace("DATE", "11月7日"), "bad-date", "write `2025-11-07`"),
    (HEAD + DUE.replace("DATE", "Nov 4"), "bad-date", "write `2025-11-04`"),
    (HEAD + DUE.replace("DATE", "7.11.2025"), "ambiguous-date", "write `2025-11-07` or `2025-07-11`, whichever is meant"),
    (HEAD + DUE.replace("DATE", "10：00"), "bad-date", "write `10:00`"),
    (f"{HEAD}    events: {{2025-11-04 10：00: [{{outcome: visit}}]}}\n{GOOD}", "bad-date", "write `2025-11-04 10:00`"),
    (f"{HEAD}    events: {{2025-11-05: [{{outcome: visit, at: 2025/11/4 8:20}}]}}\n{GOOD}", "bad-date", "write `2025-11-04 08:20`"),
    (f"{HEAD}    events: {{2025-11-05: [{{mark: A, date: 2025年11月4日}}]}}\n{GOOD}", "bad-date", "write `2025-11-04`"),
    (f"{HEAD}    events: {{2025-11-05: [{{calendar: 2025/11/8, kind: school, sessions: [am]}}], 2025-11-08: [{{mark: A}}]}}\n{GOOD}", "bad-date", "write `2025-11-08`"),
    (f'{HEAD}    marks: {{s1: {{2025.11.3: "A"}}}}\n{NONE}', "bad-date", "write `2025-11-03`"),
])
def test_one_wrong_date_is_one_problem_and_its_help_shows_that_date(tmp_path, text, kind, help):
    """Nothing is said of what hangs on it."""
    problems = read(tmp_path, text)[1]

    assert [(kind, help)] == [(one.kind, one.help) for one in problems], "\n".join(map(render, problems))


@pytest.mark.parametrize(("text", "kind", "place", "said"), [
    (f'{HEAD}    marks: {{s1: {{2025-11-08: "AAA"}}}}\n{NONE}', "no-session", (4, 18), "the marks of `s1` begin on 2025-11-10"),
    (f'from: 2025-11-08\n{CASES}    marks: {{s1: "A"}}\n{NONE}', "no-session", (4, 17), "no school on 2025-11-08"),
    (f'from: 2025-11-08\n{CASES}    marks: {{s1: "AAA"}}\n{NONE}', "no-session", (4, 17), "from which case `only` is played: its marks begin on 2025-11-10"),
    (f'{WEEK}from: 2025-11-01\n{CASES}    marks: {{s1: "AAA"}}\n{NONE}', "outside-calendar", (5, 17), "2025-11-01 is outside the calendar"),
])
def test_marks_that_may_be_meant_otherwise_are_warned_of(tmp_path, text, kind, place, said):
    """The case is played: the marks begin later than is written."""
    cases, problems = read(tmp_path, text)

    assert 1 == len(cases), "\n".join(map(render, problems))
    assert [(kind, True, place)] * bool(kind) == [(one.kind, one.warning, (one.span.line, one.span.col)) for one in problems]
    assert all(said in one.message for one in problems)


@pytest.mark.parametrize(("written", "help"), [
    ("{outcome: visit}", "write `2025-11-04 10:00: [{outcome: visit}]`"),
    ("\n        outcome: visit\n        result: coming", "write `2025-11-04 10:00: [{outcome: visit, result: coming}]`"),
    ("\n        mark: A\n        source:\n          a: b\n          c: d", "begin each event with `- `"),
    ("outcome", "write `2025-11-04 10:00: [{outcome: ...}]`"),
])
def test_an_event_without_its_list_is_shown_in_it(tmp_path, written, help):
    """In the author's own words."""
    problems = read(tmp_path, f"{HEAD}    events:\n      2025-11-04 10:00: {written}\n{GOOD}")[1]

    assert [("not-a-list", help)] == [(one.kind, one.help) for one in problems], "\n".join(map(render, problems))


def test_each_case_that_begins_later_than_its_from_is_warned_of_once(tmp_path):
    """However many students it has, and with the date; one whose marks have their own dates is not."""
    cases = ('one:\n    marks: {s1: "A", s2: "PP"}', 'two:\n    marks: {s1: "AAA"}', 'three:\n    marks: {s1: {2025-11-10: "A"}}')
    found, problems = read(tmp_path, "from: 2025-11-08\ncases:\n" + "".join(f"  {case}\n{NONE}" for case in cases))

    assert (3, [4, 7]) == (len(found), [one.span.line for one in problems if one.warning])
    assert "there is no school on 2025-11-08, from which case `two` is played: its marks begin on 2025-11-10" == problems[1].message
    assert "write `from: 2025-11-10`, or the date beside the marks, `{2025-11-10: ...}`" == problems[1].help


def test_a_policy_with_problems_is_placed_in_the_policy(tmp_path):
    """All of them, and no case is played."""
    cases, problems = read(tmp_path, HEAD + GOOD, **{"policy.yaml": POLICY.replace("days_away >= 1", "day_away >= 1")})

    assert ((), ["policy.yaml"]) == (cases, [problem.span.source.path.rpartition("/")[2] for problem in problems])


def test_a_calendar_in_a_file_and_one_of_another_zone(tmp_path):
    """The zone is the policy's."""
    calendar = 'calendar: c\ntimezone: Asia/Tokyo\nsessions: {am: "08:00-11:40"}\nterms: {t: {from: 2025-11-03, to: 2025-11-28}}\n'
    _, problems = read(tmp_path, f"calendar: c.yaml\n{HEAD}{GOOD}", **{"c.yaml": calendar})
    assert ["other-timezone"] == [problem.kind for problem in problems]
    cases, problems = read(tmp_path, f"calendar: c.yaml\n{HEAD}{GOOD}", **{"c.yaml": calendar.replace("Tokyo", "Shanghai")})
    assert (1, ()) == (len(cases), problems)


def test_the_policy_beside_a_spec_is_the_one_of_its_name(tmp_path):
    """Else policy.yaml."""
    cases, _ = read(tmp_path, HEAD + GOOD, **{"a.yaml": POLICY.replace("policy: hill", "policy: dale")})
    assert ["dale"] == [policy.name for policy in cases[0].policies]
    (tmp_path / "a.yaml").unlink()
    assert ["hill"] == [policy.name for policy in read(tmp_path, HEAD + GOOD)[0][0].policies]
    (tmp_path / "policy.yaml").unlink()
    (tmp_path / "b.spec.yaml").write_text(HEAD + GOOD, encoding="utf-8")
    with pytest.raises(Refused, match="names no `policy`"):
        cases_below(tmp_path / "b.spec.yaml")


def test_all_problems_of_all_files_come_at_once(tmp_path):
    """Hidden folders are left out."""
    read(tmp_path, HEAD + GOOD.replace("visit", "vist"))
    for folder in ("more", ".hidden"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "b.spec.yaml").write_text(f"policy: ../policy.yaml\n{HEAD}{GOOD.replace('issued', 'isued')}", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        cases_below(tmp_path)

    assert ["unknown-item", "unknown-word"] == [problem.kind for problem in caught.value.problems]


def test_a_student_may_come_and_go(tmp_path):
    """As in a row of the roster."""
    text = "from: 2025-11-03\nstudents: {s1: {from: 2025-11-05, to: 2026-01-10, class: c2}, s2: {}}\ncases: {a: {marks: {s1: P}, expect: {}}}\n"
    (case,), problems = read(tmp_path, text)

    assert problems == ()
    assert [(row.class_, str(row.start), str(row.end)) for row in case.roster.students] == [("c2", "2025-11-05", "2026-01-10"), ("1", "None", "None")]


def test_a_student_who_leaves_before_coming_is_a_problem(tmp_path):
    """So is a date that is none, at its place."""
    text = "from: 2025-11-03\nstudents: {s1: {from: 2025-11-05, to: 2025-11-04}, s2: {from: 5 Nov}}\ncases: {a: {marks: {s1: P}, expect: {}}}\n"
    cases, problems = read(tmp_path, text)

    assert cases == ()
    assert [(problem.kind, problem.span.line) for problem in problems] == [("ends-early", 2), ("bad-date", 2)]


def test_what_all_cases_share_is_said_once(tmp_path):
    """However many they are."""
    _, problems = read(tmp_path, f"from: 2025-11-03\nonly: absent\ncases:\n  one:\n{GOOD}  two:\n{GOOD}")

    assert [("unknown-part", 2)] == [(problem.kind, problem.span.line) for problem in problems]


MISSPELT = [
    (f'{HEAD}    mark: {{s1: "A"}}\n    expect: {{2025-11-03: [{{issued: visit}}]}}\n', [("unknown-key", "did you mean `marks`?")]),
    (f'{HEAD}    marks: {{s1: "A"}}\n    expects: {{2025-11-03: [{{issued: vsit}}]}}\n', [("unknown-key", "did you mean `expect`?"), ("unknown-item", "did you mean `visit`?")]),
    ('样例:\n  甲:\n    标: {小明: "A"}\n    预期: {2025-11-03: [{发出: visit}]}\n', [("unknown-key", "")]),
]


@pytest.mark.parametrize(("text", "told"), MISSPELT)
def test_a_misspelt_key_is_one_problem(tmp_path, text, told):
    """What stands there is read as what is meant, or nothing is said of what it lacks."""
    found = read(tmp_path, text)[1]

    assert told == [(problem.kind, problem.help if said else "") for problem, (_, said) in zip(found, told, strict=True)], [str(one) for one in found]


CALENDAR = 'calendar: a\ntimezone: Asia/Shanghai\nsessions: {am: "08:00-11:00"}\nterms: {t: {from: 2025-09-01, to: 2026-01-20}}\n'
OF_ANOTHER_KIND = [
    ("policy: c.yaml", ("not-a-policy", 1, "`c.yaml` is a calendar, and no policy", "it is named under `calendar`; `policy` names another file")),
    ("policy: s.spec.yaml", ("not-a-policy", 1, "`s.spec.yaml` is a spec, and no policy", "`policy` names another file")),
    ("制度: c.yaml", ("not-a-policy", 1, "`c.yaml` is a calendar, and no policy", "it is named under `校历`; `制度` names another file")),
    ("policy: p.yaml\ncalendar: p.yaml", ("not-a-calendar", 2, "`p.yaml` is a policy, and no calendar", "it is named under `policy`; `calendar` names another file")),
]


@pytest.mark.parametrize(("line", "told"), OF_ANOTHER_KIND)
def test_a_file_of_another_kind_is_the_fault_of_the_line_that_names_it(tmp_path, line, told):
    """Once, in the keywords of the spec, however the other file is written."""
    (tmp_path / "c.yaml").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "s.spec.yaml").write_text("cases: {}\n", encoding="utf-8")
    (tmp_path / "p.yaml").write_text("policy: p\nextends: standard.yaml\n", encoding="utf-8")
    cases = "样例: {甲: {考勤: {s1: P}, 预期: {}}}" if not line.isascii() else "cases: {a: {marks: {s1: P}, expect: {}}}"
    found = parse_spec(Source(str(tmp_path / "x.spec.yaml"), f"{line}\n{cases}\n"))[1]

    told_of_it = [(problem.kind, problem.span.line, problem.message, problem.help) for problem in found if problem.kind.startswith("not-a-")]
    assert [told] == told_of_it
