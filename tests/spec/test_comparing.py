"""What came of a case beside what was expected: all of it, and nothing else."""

import pytest

from .world import POLICY, one, read

FIRST = "2025-11-03: [{issued: visit, by: teacher, to: parent, due: 2025-11-04}]"
DONE = "events: {2025-11-04 10:00: [{outcome: visit, result: coming}]}"


def left(found):
    """What did not come, and what came unexpected."""
    return [line.text for line in found.missing], [came.line for came in found.unexpected]


def test_what_comes_as_it_is_listed_passes(tmp_path):
    """By name, by title and by path."""
    for name in ("visit", "家访", "one_day.visit", "absence.one_day.visit"):
        found = one(tmp_path, f'marks: {{s1: "A"}}\nexpect: {{2025-11-03: [{{issued: {name}, by: 班主任, due: 2025-11-04}}]}}')
        assert (True, "") == (found.passed, found.text)


def test_what_is_not_listed_must_not_come(tmp_path):
    """It is printed as a line that can be pasted, with the reason."""
    found = one(tmp_path, 'marks: {s1: "A"}\nexpect: {}')

    assert ([], ["- {issued: visit, by: teacher, due: 2025-11-04}"]) == left(found)
    assert "it came, and was not expected:\n    2025-11-03 17:30  - {issued: visit" in found.text
    assert "days away" in found.unexpected[0].why


def test_what_can_be_pasted_makes_the_case_pass(tmp_path):
    """Every line of it."""
    body = 'marks: {s1: "AAA", s2: "AP"}\nuntil: 2025-11-07\n' + DONE.replace("visit,", "visit, student: s1,") + "\nexpect:"
    found = one(tmp_path, body + " {}")
    lines = {}
    for came in found.unexpected:
        lines.setdefault(found.zone.text(came.decision.decided)[:16].replace("T", " "), []).append(f"    {came.line}")
    assert len(found.unexpected) == 5

    assert one(tmp_path, body + "".join(f"\n  {date}:\n" + "\n".join(some) for date, some in lines.items())).passed


@pytest.mark.parametrize("line", [
    "issued: visit, by: principal", "issued: visit, due: 2025-11-05", "issued: visit, due: none", "issued: visit, due: 17:30", "issued: report", "overdue: visit",
    "issued: visit, to: teacher", "issued: visit, person: ann", "issued: visit, number: 2", "issued: visit, result: coming", "issued: visit, notify: parent",
])
def test_each_field_is_compared(tmp_path, line):
    """What was expected otherwise did not come, and what came was not expected."""
    found = one(tmp_path, f'marks: {{s1: "A"}}\nexpect: {{2025-11-03: [{{{line}}}]}}')

    assert (1, 1) == (len(found.missing), len(found.unexpected))


@pytest.mark.parametrize(("date", "passed"), [("2025-11-03", True), ("2025-11-03 17:30", True), ("2025-11-03 17:31", False), ("2025-11-04", False)])
def test_a_date_or_an_instant(tmp_path, date, passed):
    """When it was decided."""
    assert passed is one(tmp_path, f'marks: {{s1: "A"}}\nuntil: 2025-11-04\nexpect: {{{date}: [{{issued: visit}}]}}').passed


def test_each_line_has_a_thing_of_its_own(tmp_path):
    """Two lines are not met by one item; the narrower line takes what it alone can take."""
    marks = 'marks: {s1: "A", s2: "A"}\n'
    twice = "[{issued: visit, student: s1}, {issued: visit, student: s1}]"
    assert (1, 1) == tuple(map(len, left(one(tmp_path, f"{marks}expect: {{2025-11-03: {twice}}}"))))
    both = "[{issued: visit, student: s1}, {issued: visit, student: s2, due: 2025-11-04}]"
    assert one(tmp_path, f"{marks}expect: {{2025-11-03: {both}}}").passed


def test_a_notice_is_told_and_what_lacks_its_evidence_is_blocked(tmp_path):
    """And unblocked and told when it comes."""
    found = one(tmp_path, f"""
marks: {{s1: "AA"}}
events: {{2025-11-04 17:45: [{{outcome: visit, result: coming}}]}}
expect:
  {FIRST}
  2025-11-04 17:30: [{{blocked: report, missing: visit}}, {{blocked: inform, missing: [visit]}}]
  2025-11-04 17:45: [{{unblocked: report, due: 18:15}}, {{told: 告知, notify: 校长}}]
  2025-11-04 18:15:01: [{{overdue: report}}]
""")
    assert found.passed, found.text


def test_a_due_with_seconds_is_printed_so_that_it_can_be_pasted(tmp_path):
    """`due: 2025-11-04 18:15` beside one of 18:15:01 would fail for ever."""
    body = f'marks: {{s1: "AA"}}\nevents: {{2025-11-04 17:45:01: [{{outcome: visit, result: coming}}]}}\nexpect:\n  {FIRST}\n'
    body += "  2025-11-04 17:30: [{blocked: report, missing: visit}, {blocked: inform, missing: visit}]\n  2025-11-04 17:45:01: [{told: inform}"
    (line,) = [one.line for one in one(tmp_path, f"{body}]\n  2025-11-04 18:15:01: [{{overdue: report}}]").unexpected]

    assert "due: 2025-11-04 18:15:01}" in line
    assert one(tmp_path, f"{body}, {line.removeprefix('- ')}]\n  2025-11-04 18:15:01: [{{overdue: report}}]").passed


def test_what_comes_by_itself_is_compared_where_it_is_listed(tmp_path):
    """Done and cancelled items, and cases; one such word says nothing of the others."""
    given = f'marks: {{s1: "AP"}}\n{DONE}\nexpect:\n  {FIRST[:-1]}'
    assert one(tmp_path, f"{given}]").passed
    assert one(tmp_path, f"{given}, {{opened: absence}}]").passed
    assert not one(tmp_path, f"{given}, {{ended: absence}}]").passed
    found = one(tmp_path, f"{given}, {{opened: 缺课}}]\n  2025-11-04: [{{done: visit, result: coming}}, {{ended: 缺课}}]")
    assert found.passed, found.text


def test_words_that_are_said_of_items_and_of_cases(tmp_path):
    """`moved` of a case is no `moved` of an item: it is compared where it is listed."""
    body = 'marks: {s1: "_A"}\nevents: {2025-11-05 09:00: [{mark: A, date: 2025-11-03}]}\nexpect:\n  2025-11-04: [{issued: visit}]\n'
    body += "  2025-11-05 09:00: [{moved: visit, due: 2025-11-05}, {blocked: report}, {blocked: inform}"
    assert one(tmp_path, f"{body}]").passed is one(tmp_path, f"{body}, {{moved: absence}}]").passed


def test_what_is_odd_about_the_events_fails_the_case(tmp_path):
    """A post that nobody can have."""
    found = one(tmp_path, 'marks: {s1: "A"}\nevents: {2025-11-03 18:00: [{assignment: teacher, of: nowhere, person: t9}]}\nexpect: {2025-11-03: [{issued: visit}]}')

    assert ["assignment 2025-11-03 18:00: the roster has no class `nowhere`: nobody is found by it"] == [*found.said]
    assert not found.passed
    assert "of the events: " in found.text


def test_people_and_places(tmp_path):
    """Who holds a role, for all or by what it is held for; a school's closed day of the calendar that is written."""
    body = """
calendar: {calendar: c, timezone: Asia/Shanghai, sessions: {am: "08:00-11:40"}, terms: {t: {from: 2025-11-03, to: 2025-11-28}}, schools: {north: {closed: {2025-11-04: snow}}}}
students: {s1: {class: a, school: north}, s2: {class: b}}
roles: {班主任: {a: ann, b: [bob, ben]}, principal: eve}
marks: {s1: "A", s2: "A"}
expect:
  2025-11-03: [{issued: visit, student: s1, person: ann, due: 2025-11-05}, {issued: visit, student: s2, person: [bob, ben], due: 2025-11-04}]
"""
    found = one(tmp_path, body)
    assert found.passed, found.text


def test_stretches_of_marks_and_the_ordinary_school(tmp_path):
    """Winter holidays are left out: the run goes on where school does."""
    body = 'marks: {s1: {2026-01-23: "A", 2026-03-02: "A P"}}\nevents: {2026-01-23 18:00: [{outcome: visit}]}\nexpect:\n'
    found = one(tmp_path, body + "  2026-01-23: [{issued: visit, due: 2026-03-02}]\n  2026-03-02: [{issued: report}, {told: inform}, {overdue: report}]")
    assert found.passed, found.text


def test_an_event_of_each_type(tmp_path):
    """Under the instant at which it happened and was known."""
    body = """
marks: {s1: "P"}
until: 2025-11-07
events:
  2025-11-04 07:00: [{calendar: 2025-11-05, kind: closed, reason: snow}, {assignment: principal, of: school, person: eve}, {roster: class, value: "2"}]
  2025-11-04: [{mark: A, id: m}, {fact: talk}, {document: letter, by: parent}, {status: no_show}]
  2025-11-05: [{mark: A, date: 2025-11-04, session: pm}, {mark: L, date: 2025-11-03, session: am, minutes: 5}]
  2025-11-06 10:00: [{outcome: hill/s1/absence/1/one_day/1/visit/teacher, at: 2025-11-06 09:00, by: ann}]
expect:
  2025-11-04: [{issued: visit, due: 2025-11-06}]
"""
    found = one(tmp_path, body)
    assert found.passed, found.text


ROLES = POLICY.replace("principal: {title: 校长, of: school}", "principal: {title: 校长, of: school}\n  head: {of: school}").replace(
    "teacher:   {title: 班主任, of: class}", "teacher: {title: 班主任, of: class, above: principal}"
)
DO = "{visit: {title: 家访, by: teacher, to: parent, due: 1 school day, results: [coming, refused]}}"


def written(do: str, **more: str) -> dict[str, str]:
    """The policy with other items on the first day away."""
    return {"policy.yaml": ROLES.replace(DO, do).replace("        need: done(visit)\n", ""), **more}


@pytest.mark.parametrize(("do", "people", "lines", "wrong"), [
    ("{tell: {notify: {each: [principal, teacher]}}}", "", ["told: tell, notify: principal", "told: tell, notify: teacher"], "told: tell, notify: [principal, teacher]"),
    ("{visit: {by: teacher, to: {above: teacher}, due: 1 day}}", "", ["issued: visit, by: teacher, to: principal"], "issued: visit, to: teacher"),
    ("{visit: {by: {above: teacher}, due: 1 day}}", "roles: {principal: wang}\n", ["issued: visit, by: 校长, person: wang"], "issued: visit, by: 班主任"),
    ("{visit: {by: {each: teacher}, due: 1 day}}", "roles: {teacher: [ann, bob]}\n", ["issued: visit, person: ann", "issued: visit, person: bob"], "issued: visit, person: [ann, bob]"),
])
def test_who_acts_is_who_the_item_is_for(tmp_path, do, people, lines, wrong):
    """Its own entry of `each`, the role one step up; what is printed can be pasted."""
    body = f'marks: {{s1: "A"}}\n{people}expect:\n  2025-11-03: ['
    assert one(tmp_path, body + ", ".join(f"{{{line}}}" for line in lines) + "]", **written(do)).passed
    assert not one(tmp_path, body + f"{{{wrong}}}]", **written(do)).passed
    pasted = "\n".join(f"    {came.line}" for came in one(tmp_path, body + "]", **written(do)).unexpected)
    assert one(tmp_path, f"{body[:-2]}\n{pasted}", **written(do)).passed


def test_who_had_an_item(tmp_path):
    """The line says so as the policy does."""
    do = "{visit: {by: teacher, due: 1 day, if_overdue: {why: {by: {who_had: visit}, due: 1 day}}}}"
    body = 'marks: {s1: "A"}\nuntil: 2025-11-05\nexpect:\n  2025-11-03: [{issued: visit}]\n  2025-11-05: [{overdue: visit}, {issued: why, by: {who_had: visit}}]'
    found = one(tmp_path, body, **written(do))

    assert found.passed, found.text
    assert not one(tmp_path, body.replace("by: {who_had: visit}", "by: teacher"), **written(do)).passed


def test_an_item_comes_before_a_ladder_of_its_name(tmp_path):
    """What is printed can be pasted."""
    policy = written("{absence: {by: teacher, due: 2 days}}")
    given = 'marks: {s1: "A"}\nevents: {2025-11-03 18:00: [{calendar: 2025-11-04, kind: closed}], 2025-11-05 09:00: [{mark: S, date: 2025-11-03}]}\nexpect:\n'
    body = f"{given}  2025-11-03: [{{issued: absence}}, {{opened: absence}}]\n  2025-11-05: [{{withdrawn: absence}}]"

    assert one(tmp_path, body, **policy).passed


def test_a_day_of_which_nothing_is_recorded_is_played(tmp_path):
    """To its end: what falls overdue on it comes."""
    found = one(tmp_path, 'marks: {s1: "A__"}\nexpect: {2025-11-03: [{issued: visit}]}')

    assert ["- {overdue: visit}", "- {issued: chase, by: principal, due: 2025-11-06}"] == sorted((came.line for came in found.unexpected), reverse=True)


def test_what_is_known_late_is_played(tmp_path):
    """A case is followed to the end of the last date that it names, also that of a `known`."""
    found = one(tmp_path, 'marks: {s1: "A"}\nevents: {2025-11-03: [{mark: S, date: 2025-11-03, known: 2025-11-05 09:00}]}\nexpect: {2025-11-03: [{issued: visit}], 2025-11-05: []}')

    assert "- {withdrawn: visit}" in [came.line for came in found.unexpected]


def test_an_outcome_of_one_of_two_is_named_by_its_id(tmp_path):
    """A path would do whichever is due first."""
    policy = written(DO)["policy.yaml"].replace("do: {report:", "do: {visit: {title: 再访, by: teacher, due: 3 days}, report:")
    text = 'from: 2025-11-03\ncases:\n  only:\n    marks: {s1: "AA"}\n    events: {2025-11-04 19:00: [{outcome: NAME}]}\n    expect: {}\n'
    _, problems = read(tmp_path, text.replace("NAME", "two_days.visit"), **{"policy.yaml": policy})
    assert [("ambiguous-name", "write the item's id, such as `hill/s1/absence/1/two_days/1/visit/teacher`")] == [(one.kind, one.help) for one in problems]
    cases, problems = read(tmp_path, text.replace("NAME", "hill/s1/absence/1/two_days/1/visit/teacher"), **{"policy.yaml": policy})
    assert (1, ()) == (len(cases), problems)


def test_a_void_of_a_day_voids_each_of_its_marks(tmp_path):
    """As the day's mark made them."""
    found = one(tmp_path, 'marks: {s1: "_"}\nevents: {2025-11-03 08:00: [{mark: A, date: 2025-11-03, id: m}], 2025-11-03 18:00: [{void: m}]}\nexpect: {2025-11-03: [{issued: visit}, {withdrawn: visit}]}')

    assert found.passed, found.text


def test_a_thousand_equal_lines(tmp_path):
    """Each with a thing of its own, and without a word too deep."""
    students = ", ".join(f's{n}: "A"' for n in range(300))
    lines = ", ".join(f"{{issued: visit, student: s{n}}}" for n in range(300))
    twice = ", ".join("{issued: visit, student: s1}" for _ in range(1200))
    assert one(tmp_path, f"marks: {{{students}}}\nexpect: {{2025-11-03: [{lines}]}}").passed
    assert 1199 == len(one(tmp_path, f'marks: {{s1: "A"}}\nexpect: {{2025-11-03: [{twice.replace(", student: s1", "")}]}}').missing)


DOUBTED = [
    ('marks: {s1: "PA"}\nevents:\n  2025-11-03 10:00: [{outcome: visit}]', "`visit` is asked for on 2025-11-04: write the outcome on that date or later"),
    ('marks: {s1: "P"}\nevents:\n  2025-11-03 10:00:\n    - outcome: visit', "in this case `visit` is never asked for"),
    ('marks: {s1: "A", s2: "P"}\nevents:\n  2025-11-04: [{outcome: visit, student: s2}]', "in this case `visit` is never asked for"),
    ('marks: {s1: "A"}\nevents:\n  2025-11-03 10:00: [{outcome: visit}]', ""),
    ('marks: {s1: "A"}\nevents:\n  2025-11-04: [{outcome: visit}, {outcome: visit}]', ""),
]


@pytest.mark.parametrize(("body", "help"), DOUBTED)
def test_an_outcome_of_what_nobody_is_asked_for_is_doubted_and_played(tmp_path, body, help):
    """At its line; one of the same day finds what is asked for later on it."""
    found = one(tmp_path, f"{body}\nexpect: {{}}")

    assert bool(help) == bool(found.doubts)
    assert all(help in doubt.help and doubt.warning and "outcome" in doubt.span.source.line(doubt.span.line) for doubt in found.doubts)


def test_an_outcome_that_a_condition_counts_is_not_doubted(tmp_path):
    """It is heard though it does no item."""
    policy = POLICY.replace("when: days_back >= 1", "when: days_back >= 1 or times(visit) >= 3")

    assert () == one(tmp_path, DOUBTED[0][0] + "\nexpect: {}", **{"policy.yaml": policy}).doubts
