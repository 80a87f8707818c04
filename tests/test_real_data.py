"""Real files, counted twice: what the engine says of them, and what a few plain lines that share no code with it say.

The plain lines know csv, dicts and regular expressions. A student's days are one text, a letter a day (`PPAAAP`), and a run of three is `A{3}` in it.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import evolve

from escalate.evaluation import evaluate
from escalate.events import Mark
from escalate.load import load_policy
from escalate.readers import (
    Context,
    Reject,
    imputed_presents,
    parse_covers,
    preset,
    read_calendar,
    read_edfi,
    read_events,
    read_oea_batch,
    read_oea_sections,
    read_roster,
)

from .commands.world import call
from .readers.support import real

HESHENG = Path(__file__).parents[1] / "policies" / "S002-02"
DAY = datetime.timedelta(days=1)


# --- what both share: files in a folder, and the firings of a ledger --------------------------------------


def school(folder, policy, calendar, students):
    """A folder with a policy, a calendar and a roster, and what is read from them."""
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    (folder / "calendar.yaml").write_text(calendar, encoding="utf-8")
    (folder / "roster.csv").write_text("student,school\n" + "".join(f"{key},{name}\n" for key, name in sorted(students.items())), encoding="utf-8")
    rules, days, roster = load_policy(folder / "policy.yaml"), read_calendar(folder / "calendar.yaml"), read_roster(folder / "roster.csv")
    return SimpleNamespace(folder=folder, rules=rules, days=days, roster=roster, context=Context(days.zone, days, roster, rules.day.closes, frozenset(rules.marks)))


def judged(world, events, until):
    """The ledger of a world's policy at the close of a date."""
    return evaluate(world.rules, world.days, world.roster, events, world.context.close(datetime.date.fromisoformat(until)))


def firings(world, ledger, action):
    """(student, local date) of each firing that issued an action, one a firing."""
    items = [item for item in ledger.items if item.action == action]
    found = sorted((item.id.split("/")[1], world.days.zone.date(item.effective).isoformat()) for item in items)
    assert len(set(found)) == len(found)
    return found


def run(world, data, mapping, until, *more):
    """`escalate run` over the files of a world."""
    named = [part for name in ("policy.yaml", "calendar.yaml", "roster.csv") for part in (f"--{name.split('.')[0]}", world.folder / name)]
    return call("run", *named, "--events", data, "--mapping", mapping, "--until", until, "--out", world.folder / "out", *more)


def written(world, action):
    """(student, local date) of each item of an action in the folder that a run wrote."""
    with open(world.folder / "out" / "items.jsonl", encoding="utf-8") as file:
        items = [json.loads(line) for line in file]
    return sorted((item["student"], item["effective"][:10]) for item in items if item["id"].split("/")[6] == action and item["id"].count("/") == 7)


def reached(days, codes, pattern, reach):
    """(student, date) of the day that completes `reach` days of a pattern's run; codes: a text a student, a letter a day."""
    return sorted((student, days[found.start() + reach - 1]) for student, text in codes.items() for found in re.finditer(pattern, text))


# --- Open Education Analytics, whole days -------------------------------------------------------------------

OEA_POLICY = "policy: oea\nextends: adopted.yaml\ntimezone: America/New_York\nlang: en\n"
OEA_CALENDAR = """\
calendar: contoso
timezone: America/New_York
sessions: {day: "08:00-15:00"}
terms: {january: {from: 2022-01-03, to: 2022-01-28}}
years: {2022: [january]}
"""
# What each stage of the policy issues, and after how many days of absence in a row.
STAGES = {"contact_parent": 1, "group_visit": 1, "joint_visit": 2, "filing": 3, "principal_visit": 3, "village_visit": 4}


@pytest.fixture(scope="module")
def oea(tmp_path_factory):
    """The ladders of S002-02 for the batch's 600 students, without its start and in their time zone; and the batch, counted plainly."""
    path = real("oea/batch1_studentattendance.csv")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["attendance_date"])
    codes: dict[str, str] = {}
    for row in rows:
        codes[row["student_id"]] = codes.get(row["student_id"], "") + row["AttendanceCode"]
    days = sorted({row["attendance_date"] for row in rows})
    assert {20} == {len(days), *map(len, codes.values())}
    folder = tmp_path_factory.mktemp("oea")
    plan, adopted = ((HESHENG / name).read_text(encoding="utf-8") for name in ("policy.yaml", "adopted.yaml"))
    (folder / "plan.yaml").write_text(plan.partition("\ntargets:")[0], encoding="utf-8")
    (folder / "adopted.yaml").write_text(adopted.replace("extends: policy.yaml", "extends: plan.yaml"), encoding="utf-8")
    world = school(folder, OEA_POLICY, OEA_CALENDAR, {row["student_id"]: row["school_id"] for row in rows})
    return SimpleNamespace(path=path, world=world, codes=codes, days=days)


@pytest.fixture(scope="module")
def oea_ledger(oea):
    events = list(read_oea_batch(oea.path, oea.world.context))
    assert not [row for row in events if isinstance(row, Reject)]
    return judged(oea.world, events, oea.days[-1])


def test_the_calendar_holds_the_days_of_the_batch(oea):
    """Twenty weekdays, which are the calendar's school days."""
    assert oea.days == [day.isoformat() for day in oea.world.days.of("").school_days]


def test_the_third_day_fires_for_those_whose_longest_run_is_three(oea, oea_ledger):
    """For exactly these students, first on the third day of their first such run."""
    longest = {student: max(map(len, text.split("P"))) for student, text in oea.codes.items()}
    first = {student: oea.days[text.index("AAA") + 2] for student, text in oea.codes.items() if longest[student] >= 3}
    found = firings(oea.world, oea_ledger, "filing")

    assert first == dict(reversed(found))
    assert {"absence.three_days"} == {f"{item.ladder}.{item.stage}" for item in oea_ledger.items if item.action == "filing"}


@pytest.mark.parametrize(("action", "reach"), STAGES.items())
def test_every_stage_fires_once_a_run_on_its_day(oea, oea_ledger, action, reach):
    """A run of absence is one case: a day at school ends it."""
    assert reached(oea.days, oea.codes, f"A{{{reach},}}", reach) == firings(oea.world, oea_ledger, action)


def test_a_run_still_going_on_is_an_open_case(oea, oea_ledger):
    """As many cases as runs; open are those that reach the last day."""
    runs = sum(len(re.findall("A+", text)) for text in oea.codes.values())
    going = sorted(student for student, text in oea.codes.items() if text.endswith("A"))
    cases = oea_ledger.cases

    assert runs == len(cases)
    assert going == sorted(key[0] for key, case in cases.items() if case.ended is None)


def test_the_command_line_says_the_same_of_the_batch(oea):
    """The same firings in the folder, the same numbers in the summary."""
    result = run(oea.world, oea.path, "oea-batch", oea.days[-1])
    going = sum(text.endswith("A") for text in oea.codes.values())
    ended = sum(len(re.findall("A+P", text)) for text in oea.codes.values())

    assert result.exit_code == 0, result.output
    for line in (f"cases       {going} open, {ended:,} ended", "events      12,000 marks", "set aside   no rows"):
        assert f"\n{line}\n" in result.output
    for action, reach in STAGES.items():
        assert reached(oea.days, oea.codes, f"A{{{reach},}}", reach) == written(oea.world, action)


# --- Ed-Fi, absences only -----------------------------------------------------------------------------------

EDFI_COVERS = "2021-08-23..2022-05-27"
EDFI_TERMS = {"fall": ("2021-08-23", "2021-12-17"), "spring": ("2022-01-04", "2022-05-27")}
EDFI_POLICY = """\
policy: grand-bend
extends: standard.yaml
timezone: America/Chicago
lang: en
roles:
  counselor: {title: Counselor, of: school}
measures:
  missed_days:  {run: [unexcused, excused], unit: school day}
  month_days:   {count: unexcused, unit: school day, within: month}
  year_days:    {count: unexcused, unit: school day, within: school year}
  excused_now:  {count: excused, unit: session, within: day}
  late_now:     {count: late, unit: session, within: day}
ladders:
  in_a_row:
    stages: {three: {when: days_away >= 3, do: {visit: {by: counselor, due: 1 school day}}}}
    ends: {when: days_back >= 1}
  missed_in_a_row:
    stages: {three: {when: missed_days >= 3, do: {talk: {by: counselor, due: 1 school day}}}}
    ends: {when: days_back >= 1}
  by_month:
    lasts: month
    stages: {three: {when: month_days >= 3, do: {meeting: {by: counselor, due: 5 school days}}}}
  by_year:
    lasts: school year
    stages: {ten: {when: year_days >= 10, do: {petition: {by: counselor, due: 10 school days}}}}
  excused:
    stages: {every: {when: excused_now >= 1, again: each crossing, do: {excuse: {by: counselor, due: 1 school day}}}}
    ends: {when: days_back >= 1}
  tardy:
    stages: {every: {when: late_now >= 1, again: each crossing, do: {tardy_slip: {by: counselor, due: 1 school day}}}}
    ends: {when: days_back >= 1}
"""
EDFI_CALENDAR = f"""\
calendar: grand-bend
timezone: America/Chicago
sessions: {{day: "08:00-15:00"}}
terms: {{{", ".join(f"{name}: {{from: {first}, to: {last}}}" for name, (first, last) in EDFI_TERMS.items())}}}
years: {{2022: [fall, spring]}}
"""
ACTIONS = ("visit", "talk", "meeting", "petition", "excuse", "tardy_slip")
LETTERS = {"Unexcused Absence": "A", "Excused Absence": "S", "Tardy": "L", "Partial": "E"}


@pytest.fixture(scope="module")
def edfi(tmp_path_factory):
    """The sample's 227 students under a small policy; and the sample, counted plainly: the later of two events of a day stands."""
    path = real("edfi/StudentSchoolAttendance.xml")
    listed: dict[tuple[str, str], str] = {}
    schools: dict[str, str] = {}
    for event in path.read_text(encoding="utf-8").split("</StudentSchoolAttendanceEvent>")[:-1]:
        student, date, category, place = (re.findall(rf"<{tag}>(?:.*#)?(.+)</{tag}>", event)[0] for tag in ("StudentUniqueId", "EventDate", "AttendanceEventCategory", "SchoolId"))
        listed[student, date] = LETTERS[category]
        schools[student] = place
    days = []
    for first, last in EDFI_TERMS.values():
        date = datetime.date.fromisoformat(first)
        while date <= datetime.date.fromisoformat(last):
            days += [date.isoformat()] * (date.weekday() < 5)
            date += DAY
    world = school(tmp_path_factory.mktemp("edfi"), EDFI_POLICY, EDFI_CALENDAR, schools)
    return SimpleNamespace(path=path, world=world, listed=listed, days=days)


def expected(edfi, unlisted="P"):
    """Firings by action, counted plainly."""
    students = {student for student, _ in edfi.listed}
    codes = {student: [(day, edfi.listed.get((student, day), unlisted)) for day in edfi.days] for student in students}
    found: dict[str, list[tuple[str, str]]] = {action: [] for action in ACTIONS}
    for student, cells in codes.items():
        for action, passed_over, run in (("visit", "S-", "A{3,}"), ("talk", "-", "[AS]{3,}")):
            row = [(day, code) for day, code in cells if code not in passed_over]
            found[action] += reached([day for day, _ in row], {student: "".join(code for _, code in row)}, run, 3)
        away = [day for day, code in cells if code == "A"]
        months: dict[str, list[str]] = {}
        for day in away:
            months.setdefault(day[:7], []).append(day)
        found["meeting"] += [(student, dates[2]) for dates in months.values() if len(dates) >= 3]
        found["petition"] += [(student, away[9])] if len(away) >= 10 else []
        found["excuse"] += [(student, day) for day, code in cells if code == "S"]
        found["tardy_slip"] += [(student, day) for day, code in cells if code == "L"]
    return {action: sorted(rows) for action, rows in found.items()}


def edfi_events(edfi, context, covers=EDFI_COVERS):
    """The sample's marks, and with `covers` what an upload that covers these dates makes of the sessions that it does not list."""
    world = edfi.world
    marks = [row for row in read_edfi(edfi.path, context) if isinstance(row, Mark)]
    if not covers:
        return marks
    given = {"code": preset("edfi").unmarked, "closes": context.closes, "known": context.received}
    return [*marks, *imputed_presents(world.roster, world.days, marks, parse_covers(covers), **given)]


@pytest.fixture(scope="module")
def edfi_ledger(edfi):
    return judged(edfi.world, edfi_events(edfi, edfi.world.context), edfi.days[-1])


def test_the_terms_are_those_of_the_standards_calendar(edfi):
    """Its sessions have just these dates; the days between them are weekdays."""
    text = real("edfi/EducationOrgCalendar.xml").read_text(encoding="utf-8")
    sessions = re.findall(r"<SessionName>.*? (\w+) Semester</SessionName>\s*<SchoolYear>.*?</SchoolYear>\s*<BeginDate>(.+)</BeginDate>\s*<EndDate>(.+)</EndDate>", text)

    assert EDFI_TERMS == {term.lower(): (first, last) for term, first, last in sessions}
    assert edfi.days == [day.isoformat() for day in edfi.world.days.of("").school_days]


@pytest.mark.parametrize("action", ACTIONS)
def test_absences_fire_on_the_days_that_they_add_up(edfi, edfi_ledger, action):
    """Three in a row (excused days passed over, or counted), three in a month, ten in the year; each excused day and each late one."""
    plain = expected(edfi)[action]

    assert plain
    assert plain == firings(edfi.world, edfi_ledger, action)


def test_the_dirt_of_the_sample_is_where_it_was_looked_for(edfi, edfi_ledger):
    """Three Sundays are kept and not counted; of two events of one day the later stands, which is said, and the day was attended."""
    sundays = Counter(day for _, day in edfi.listed if day not in edfi.days)
    reports = Counter((report.kind, report.event.date.isoformat()) for report in edfi_ledger.reports)

    assert sundays == {"2022-05-15": 3}
    assert reports == {("no-session", "2022-05-15"): 3, ("contradicted", "2021-12-15"): 1}
    assert edfi.listed["604822", "2021-12-15"] == "E"
    assert ("604822", "2021-12-15") not in firings(edfi.world, edfi_ledger, "excuse")
    assert sum(day in edfi.days for _, day in edfi.listed) == 1913


def test_what_is_learnt_late_fires_for_the_same_days(edfi):
    """One upload after the year: every decision is of that day, every firing of its own."""
    received = edfi.world.context.close(datetime.date(2022, 5, 28))
    world = edfi.world
    context = evolve(world.context, received=received)
    ledger = evaluate(world.rules, world.days, world.roster, edfi_events(edfi, context), received)

    assert {received} == {decision.decided for decision in ledger.decisions}
    assert expected(edfi) == {action: firings(world, ledger, action) for action in expected(edfi)}


def test_without_covered_days_nobody_was_present(edfi):
    """An unlisted day is unknown and breaks no run, so three may lie weeks apart; counts are the same."""
    world = SimpleNamespace(**vars(edfi.world))
    world.rules = evolve(world.rules, ladders={name: world.rules.ladders[name] for name in ("in_a_row", "by_month", "by_year")})
    plain, covered = expected(edfi, unlisted="-"), expected(edfi)
    ledger = judged(world, edfi_events(edfi, world.context, covers=""), edfi.days[-1])

    assert len(plain["visit"]) > len(covered["visit"])
    assert plain["visit"] == firings(world, ledger, "visit")
    assert covered["meeting"] == firings(world, ledger, "meeting")
    assert covered["petition"] == firings(world, ledger, "petition")


def test_the_command_line_says_the_same_of_the_sample(edfi):
    """With the dates that the upload covers."""
    result = run(edfi.world, edfi.path, "edfi", edfi.days[-1], "--covers", EDFI_COVERS)

    assert result.exit_code == 0, result.output
    assert expected(edfi) == {action: written(edfi.world, action) for action in expected(edfi)}


# --- Open Education Analytics, sections ---------------------------------------------------------------------

SECTIONS_POLICY = """\
policy: sections
extends: standard.yaml
timezone: America/New_York
lang: en
roles:
  counselor: {title: Counselor, of: school}
measures:
  missed: {count: unexcused, unit: session, within: month}
ladders:
  missed:
    lasts: month
    stages: {every: {when: missed >= 1, again: each further 1, do: {call: {by: counselor, due: end of day}}}}
"""
SECTIONS = [f"sec{number}" for number in (*range(1, 7), *range(26, 32))]
CLOCKS = {name: f"{8 + n // 2:02}:{30 * (n % 2):02}-{8 + n // 2:02}:{30 * (n % 2) + 29:02}" for n, name in enumerate(SECTIONS)}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SECTIONS_CALENDAR = f"""\
calendar: sections
timezone: America/New_York
sessions: {{{", ".join(f'{name}: "{clock}"' for name, clock in CLOCKS.items())}}}
week: {{{", ".join(f"{day}: [{', '.join(SECTIONS)}]" for day in WEEK)}}}
terms: {{year: {{from: 2019-09-01, to: 2020-06-30}}}}
years: {{2020: [year]}}
"""


@pytest.fixture(scope="module")
def sections(tmp_path_factory):
    """The framework's student, seven days a week; and the marks, counted plainly: `1/9/2019` is the first of September."""
    path = real("oea/framework_day1_studentattendance_part1.csv")
    codes = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            day, month, year = map(int, row["attendance_date"].split("/"))
            codes[row["student_id"], f"{year}-{month:02}-{day:02}", row["section_id"]] = row["AttendanceCode"]
    world = school(tmp_path_factory.mktemp("sections"), SECTIONS_POLICY, SECTIONS_CALENDAR, {student: "sch0" for student, *_ in codes})
    return SimpleNamespace(path=path, world=world, codes=codes)


def test_dates_written_day_first_are_read_so(sections):
    """1,461 marks, one of them written twice."""
    rows = list(read_oea_sections(sections.path, sections.world.context))
    marks = {(mark.student, mark.date.isoformat(), mark.session): mark.code for mark in rows if isinstance(mark, Mark)}

    assert len(rows) == 1462
    assert len(sections.codes) == 1461
    assert sections.codes == marks


def test_each_missed_section_fires_on_its_date(sections):
    """At the start of its session, once for each."""
    world = sections.world
    ledger = judged(world, [row for row in read_oea_sections(sections.path, world.context) if isinstance(row, Mark)], "2020-06-30")
    found = sorted(world.days.zone.local(item.effective).strftime("%Y-%m-%d %H:%M") for item in ledger.items)

    assert sorted(f"{date} {CLOCKS[section][:5]}" for (_, date, section), code in sections.codes.items() if code == "A") == found


def test_without_a_declared_order_the_dates_are_problems(sections):
    """Not one of the 1,462 is guessed, not even 13/09/2019, and a run that could take no row writes nothing."""
    world = sections.world
    rows = list(read_events(sections.path, world.context, mapping=evolve(preset("oea-sections"), date_format="")))
    mapping = world.folder / "undated.yaml"
    mapping.write_text("format: csv\ncolumns: {student: student_id, date: attendance_date, session: section_id, code: AttendanceCode}\n", encoding="utf-8")
    result = run(world, sections.path, mapping, "2020-06-30")

    assert Counter(row.kind for row in rows) == {"ambiguous-date": 1462}
    assert result.exit_code == 1
    assert "ambiguous-date" in result.output
    assert "date_format" in result.output
    assert not (world.folder / "out").exists()
