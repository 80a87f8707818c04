"""`escalate run`: what it writes, what it says, and that it never leaves a half."""

import csv
import json
import os
import re
from pathlib import Path

import pytest

from escalate.readers.folder import read_items, read_policies, read_run
from escalate.readers.inputs import read_world
from escalate.writers import folder as folders
from escalate.writers.items import FIELDS
from escalate.writers.workbook import available

from .world import CALENDAR, EVENTS, HEADER, POLICY, ROSTER, build, call, marks, run

NAMES = {"audit.jsonl", "items.csv", "items.jsonl", "policies", "registers", "registers.jsonl", "rejects.csv", "run.json"}
NAMES |= {"registers.xlsx"} if available() else set()
SUMMARY = """\
Hill school  as of 2025-09-04 Thu 12:00

Overdue: 2
due                          student  class  what    by                              to
09-03 Wed 18:00  1 day late  s3       7-2    Report  teacher (nobody), principal p9  principal p9
09-03 Wed        1 day late  s3       7-2    Visit   teacher (nobody)                the parent

To be done: 1
due               student  class  what   by          to
09-04 Thu  today  s2       7-1    Visit  teacher p1  the parent

items       1 open, 2 overdue, 1 done, 1 cancelled
cases       2 open, 1 ended
events      18 marks, 1 outcome
set aside   no rows
records     14
written to  FOLDER/term
note        nobody holds teacher, and items wait for them: 2
            2025-09-04 is not over: what was decided on it (1) is sealed by a run on a later day
"""
SUMMARY_ZH = """\
山坡小学控辍制度  截至 2025-09-04 周四 12:00

逾期未办 2 件
期限                          学生      班级  事项  承办                      对象
09-03 周三 18:00  逾期 1 天  s3 丙     7-2   报告  班主任（无人）、校长 p9  校长 p9
09-03 周三       逾期 1 天  s3 丙     7-2   家访  班主任（无人）          家长
"""
VISIT = {
    "id": "hill/s1/absence/1/one_day/1/visit/teacher",
    "policy": "hill",
    "version": "2025-09-01",
    "clause": ["H-c2"],
    "student": "s1",
    "group": "",
    "school": "hill",
    "class": "7-1",
    "case": "hill/s1/absence/1",
    "stage": "absence.one_day",
    "kind": "visit",
    "title": "Visit",
    "form": "F1",
    "by": ["teacher"],
    "persons": [{"as": "by", "role": "teacher", "persons": ["p1"]}, {"as": "to", "role": "parent", "persons": []}],
    "to": ["parent"],
    "notified": [],
    "effective": "2025-09-01T17:30:00+08:00",
    "opened": "2025-09-01T17:30:00+08:00",
    "due": "2025-09-02",
    "due_kind": "school day",
    "status": "done",
    "overdue_at": "",
    "outcome": "",
    "done_at": "2025-09-02T10:00:00+08:00",
    "missing": [],
    "note": "", "entry": [],
    "ground": [
        "hill/s1/absence/1/one_day/1/visit/teacher@2025-09-01T17:30:00+08:00",
        "hill/s1/absence/1/one_day/1/visit/teacher@2025-09-02T10:05:00+08:00",
    ],
}


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def table(folder: Path) -> list[dict[str, str]]:
    with open(folder / "items.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- what it says and writes ----------------------------------------------------------------------------


def test_the_summary_says_what_is_due_by_whom(tmp_path):
    """In a pipe: whole lines, no colours, no bar."""

    found = run(build(tmp_path))

    assert (0, SUMMARY.replace("FOLDER", str(tmp_path)), "") == (found.exit_code, found.stdout, found.stderr)


def test_the_summary_is_in_the_language_of_the_policy(tmp_path):
    """Titles and labels alike."""

    said = run(build(tmp_path, policy=POLICY.replace("lang: en", "lang: zh")), "--names").stdout

    assert [line.split() for line in SUMMARY_ZH.splitlines()] == [line.split() for line in said.splitlines()[:6]]


def test_the_folder_holds_what_it_should(tmp_path):
    """And nothing else, also beside it."""
    before = set(os.listdir(build(tmp_path)))

    run(tmp_path)

    assert NAMES == set(os.listdir(tmp_path / "term"))
    assert before | {"term"} == set(os.listdir(tmp_path))


def test_an_item_has_every_field_in_one_order(tmp_path):
    """As JSON, and as a table."""
    run(build(tmp_path))

    items = list(read_items(tmp_path / "term"))

    assert VISIT == items[0]
    assert all(FIELDS == tuple(item) for item in items)
    assert list(FIELDS) == list(table(tmp_path / "term")[0])
    assert "teacher: -; principal: p9; to principal: p9" == table(tmp_path / "term")[-1]["persons"]


def test_what_a_group_owes_is_written_with_the_group(tmp_path):
    """A class that was not counted, beside the students' items; the summary says whose it is."""
    duty = "duties: {counts: {every: month, each: class, do: {count_heads: {title: {en: Count}, by: teacher, due: 1 school day}}}}\n"
    shown = run(build(tmp_path, policy=POLICY + duty)).stdout
    counted = next(item for item in table(tmp_path / "term") if item["group"])

    assert ("", "class/7-1", "hill", "7-1", "") == (counted["student"], counted["group"], counted["school"], counted["class"], counted["case"])
    assert "class 7-1" in shown


def test_who_is_above_a_role_or_had_an_item_is_not_shown_as_that_role_or_item(tmp_path):
    """The principal is no class teacher, here nor in the explanation."""
    role = "teacher:   {title: {zh: 班主任, en: teacher}, of: class"
    policy = POLICY.replace(role, f"{role}, above: principal").replace("by: [teacher, principal], to: principal", "by: [teacher, {above: teacher}], to: {above: teacher}")
    policy = policy.replace("to: parent, due: 1 school day", "to: parent, due: 1 school day, if_overdue: {ask: {by: {who_had: visit}, due: 9 days}}")
    shown = run(build(tmp_path, policy=policy)).stdout
    report = next(item for item in table(tmp_path / "term") if item["stage"] == "absence.two_days" and item["student"] == "s1")

    assert "teacher (nobody), the role above teacher (p9)" in shown
    assert "whoever had “Visit” (nobody)" in shown
    assert ("teacher; above teacher", "teacher: p1; above teacher: p9; to above teacher: p9", "above teacher") == (report["by"], report["persons"], report["to"])
    assert {"by": ["who_had visit"], "persons": [{"as": "by", "role": "who_had visit", "persons": []}]}.items() <= next(
        item for item in read_items(tmp_path / "term") if "/ask/" in item["id"]
    ).items()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_nobody_holds_is_said_in_words(tmp_path, lang):
    """The role above one is no role of its own; whose item it was is said in the rows, and of a notice, which has no row, in the caveat."""
    asked = "chase: {by: {above: teacher}, due: 9 days}, ask: {by: {who_had: visit}, due: 9 days}, hear: {notify: {who_had: visit}}, tell: {notify: {above: teacher}}"
    policy = POLICY.replace("lang: en", f"lang: {lang}").replace("of: class}", "of: class, above: principal}")
    policy = policy.replace("to: parent, due: 1 school day", f"to: parent, due: 1 school day, if_overdue: {{{asked}}}")
    shown = run(build(tmp_path, policy=policy, assignments="role,of,person,from,to\nteacher,7-1,p1,,\n")).stdout
    said = {
        "en": ("holds the role above teacher, and items", "holds the role above teacher, and notices", "nobody had `visit` when it fell overdue, and notices"),
        "zh": ("班主任的上级无人任职：1 件", "班主任的上级无人任职：1 条", "“visit”逾期时无人承办：1 条"),
    }

    assert all(words in shown for words in said[lang]), shown
    assert "who_had" not in shown
    assert "`above teacher`" not in shown


def test_no_file_but_the_registers_holds_a_name(tmp_path):
    """Small data: ids only, unless the school asks for names, and then in items.csv alone; registers are the lists that people keep."""
    run(build(tmp_path))
    run(tmp_path, "--names", out="named")

    plain, named = everything(tmp_path / "term"), everything(tmp_path / "named")

    assert [] == [name for name, data in plain.items() if "乙".encode() in data and not name.startswith("registers")]
    assert ["items.csv"] == [name for name, data in named.items() if "乙".encode() in data and not name.startswith("registers")]
    assert ["'=cmd", "乙", "丙"] == list(dict.fromkeys(row["name"] for row in table(tmp_path / "named")))


def test_the_table_is_made_for_a_spreadsheet(tmp_path):
    """A byte order mark, so that Chinese is read as such."""
    run(build(tmp_path))

    assert (tmp_path / "term" / "items.csv").read_bytes().startswith(b"\xef\xbb\xbfid,policy,")


def test_the_same_inputs_give_the_same_bytes(tmp_path):
    """Whichever folder, whichever matcher."""
    run(build(tmp_path), out="one")
    run(tmp_path, "--matcher", "plain", out="two")

    assert everything(tmp_path / "one") == everything(tmp_path / "two")


def test_run_json_says_what_was_read_and_counted(tmp_path):
    """Digests of inputs and outputs, counts, caveats; no folder of anybody's machine."""
    run(build(tmp_path))

    found = read_run(tmp_path / "term")

    assert "2025-09-04T12:00:00+08:00" == found["until"]
    assert ["policy.yaml", "calendar.yaml", "roster.csv", "assignments.csv", "events.csv"] == [each["name"] for each in found["inputs"]]
    assert {"mark": 18, "outcome": 1} == found["counts"]["events"]
    assert {"open": 1, "overdue": 2, "done": 1, "cancelled": 1} == found["counts"]["items"]
    assert ["vacant", "open-day"] == [each["kind"] for each in found["caveats"]]
    assert set(everything(tmp_path / "term")) - {"run.json"} == set(found["outputs"])
    assert str(tmp_path) not in (tmp_path / "term" / "run.json").read_text(encoding="utf-8")


def test_the_policies_can_be_loaded_again(tmp_path):
    """With what they extend, from the folder alone."""
    run(build(tmp_path))

    [policy] = read_policies(tmp_path / "term")

    assert ("hill", read_run(tmp_path / "term")["policies"][0]["digest"]) == (policy.name, policy.digest)
    assert ["policy.yaml", "standard.yaml"] == sorted(os.listdir(tmp_path / "term" / "policies" / "hill@2025-09-01"))


def test_a_policy_that_extends_a_file_above_it_is_kept_with_it(tmp_path):
    """The names that lead from one file to the other still do."""
    build(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "child.yaml").write_text("policy: child\nextends: ../policy.yaml\nin_force: {from: 2025-09-01}\nlang: en\n", encoding="utf-8")

    found = call(
        "run", "--policy", tmp_path / "own" / "child.yaml", "--calendar", tmp_path / "calendar.yaml", "--roster", tmp_path / "roster.csv",
        "--events", tmp_path / "events.csv", "--until", "2025-09-04", "--out", tmp_path / "term",
    )  # fmt: skip

    assert 0 == found.exit_code, found.output
    assert ["child"] == [policy.name for policy in read_policies(tmp_path / "term")]


def test_json_is_one_document(tmp_path):
    """What run.json holds, and where it was written."""
    found = json.loads(run(build(tmp_path), "--format", "json").stdout)

    assert {**read_run(tmp_path / "term"), "folder": str(tmp_path / "term")} == {**found, "outputs": read_run(tmp_path / "term")["outputs"]}


def test_a_run_names_the_sessions_by_the_clock(tmp_path):
    """So that explanations can, whatever their signs."""
    run(build(tmp_path, calendar=CALENDAR.replace('{am: "08:00-11:40", pm: "14:00-17:00"}', '{pm: "14:00-17:00", am: "08:00-11:40"}')))

    assert ["am", "pm"] == read_run(tmp_path / "term")["sessions"]


def test_without_until_it_is_now(tmp_path):
    """Long after the calendar's end, which the summary says."""
    folder = build(tmp_path)
    files = [part for name in ("policy", "calendar") for part in (f"--{name}", folder / f"{name}.yaml")]

    found = call("run", *files, "--roster", folder / "roster.csv", "--events", folder / "events.csv", "--out", folder / "term")

    assert 0 == found.exit_code
    assert "the calendar ends on 2025-09-30" in found.stdout


def test_received_is_when_the_files_came(tmp_path):
    """Nothing in them was known, nor anything decided, before."""
    run(build(tmp_path), "--received", "2025-09-04T11:00")

    assert {"2025-09-04T11:00:00+08:00"} == {item["opened"] for item in read_items(tmp_path / "term") if item["status"] == "open"}


def test_what_is_known_later_is_left_out_and_said(tmp_path):
    """No error, and no silence."""
    found = run(build(tmp_path), until="2025-09-02")

    assert "events left out because they were known only after 2025-09-02 17:30: 6" in found.stdout


# --- what is in the way -----------------------------------------------------------------------------------


WRONG = EVENTS + ",mark,s1,2025-09-04,am,Q,,,,\n,mark,nobody,2025-09-04,am,P,,,,\n"


def test_a_wrong_row_is_set_aside_and_the_rest_goes_on(tmp_path):
    """The summary says how many, and where."""
    found = run(build(tmp_path, events=WRONG))
    rejects = (tmp_path / "term" / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()

    assert 0 == found.exit_code
    assert "set aside   2, see rejects.csv (1 unknown-code, 1 unknown-student)" in found.stdout
    assert "note        rows set aside, and what they say of anybody is not in this result: 2\n" in found.stdout
    assert 3 == len(rejects)
    assert {"unknown-code": 1, "unknown-student": 1} == read_run(tmp_path / "term")["counts"]["rejects"]


def test_strict_writes_nothing_where_a_row_would_be_set_aside(tmp_path):
    """And says which rows."""
    found = run(build(tmp_path, events=WRONG), "--strict")

    assert (1, "") == (found.exit_code, found.stdout)
    assert "events.csv:21:24: code `Q` is not one of the policy's marks [unknown-code]" in found.stderr
    assert found.stderr.endswith("nothing was written (--strict): 2 rows or events would be lost\n")
    assert not (tmp_path / "term").exists()


def test_strict_says_one_row_of_one_row(tmp_path):
    """A word goes with its number."""
    found = run(build(tmp_path, events=EVENTS + ",mark,nobody,2025-09-04,am,P,,,,\n"), "--strict")

    assert found.stderr.endswith("nothing was written (--strict): 1 row or event would be lost\n")


def test_a_missing_column_is_said_once(tmp_path):
    """Also one that a mark needs and the mapping names."""
    folder = build(tmp_path, mapping="format: csv\ncolumns: {student: pupil, date: date, session: session, code: code}\n")

    found = run(folder, "--mapping", folder / "mapping.yaml", "--events", folder / "events.csv")

    assert (1, 1) == (found.exit_code, found.stderr.count("column `pupil` is missing")), found.stderr


def test_the_headline_says_how_many_of_its_items_are_blocked(tmp_path):
    """So that its number agrees with the counts below."""
    needs = POLICY.replace("when: days_away >= 2", "when: days_away >= 2\n        need: done(visit)")

    found = run(build(tmp_path, policy=needs))

    assert "Overdue: 2 (blocked: 1)\n" in found.stdout, found.output


def test_strict_writes_nothing_where_an_event_would_be_lost(tmp_path):
    """Two events of one id: one of them does not count."""
    twice = EVENTS + "o1,outcome,s1,,,,2025-09-02T11:00,visit,yes,2025-09-02T11:05\n"

    found = run(build(tmp_path, events=twice), "--strict")

    assert 1 == found.exit_code
    assert "event `o1` of `s1`: another event has the id `o1` and came first [id-clash]" in found.stderr
    assert not (tmp_path / "term").exists()


def test_a_run_that_could_take_no_row_is_refused(tmp_path):
    """It would say that nothing is left to be done."""
    found = run(build(tmp_path, events=HEADER + ",mark,s1,2025-09-01,am,Q,,,,\n"))

    assert 1 == found.exit_code
    assert "no row could be taken" in found.stderr
    assert not (tmp_path / "term").exists()


NO_STUDENTS = "student,name,school,class\n"
CLOSED = ",calendar,,2025-09-04,,,2025-09-02T10:00,,,2025-09-02T10:00"


@pytest.mark.parametrize("more", [[], ["--strict"], ["--format", "json"]])
def test_an_empty_roster_is_said_once_and_not_for_every_row(tmp_path, more):
    """With the number of rows that are set aside for it; what else is wrong with a row is said with it."""
    events = EVENTS + ",mark,,2025-09-01,am,A,,,,\n"
    found = run(build(tmp_path, roster=NO_STUDENTS, events=events), *more)
    said = found.stdout if "json" in more else found.stderr

    assert 1 == found.exit_code
    assert 1 == said.count("the roster holds no student: rows that are set aside for it: 19")
    assert 1 == said.count("empty-roster")
    assert (0, 1) == (said.count("unknown-student"), said.count("missing-field"))
    assert not (tmp_path / "term").exists()


def test_with_an_empty_roster_every_row_is_in_the_reject_file(tmp_path):
    """Where something else could be taken, the result is written: nothing of what came is lost."""
    text = EVENTS.replace("known\n", "known,kind\n", 1).replace(",\n", ",,\n").replace("10:05\n", "10:05,\n") + CLOSED + ",closed\n"
    found = run(build(tmp_path, roster=NO_STUDENTS, events=text))
    rows = list(csv.DictReader((tmp_path / "term" / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()))

    assert 0 == found.exit_code, found.stderr
    assert ["unknown-student"] * 19 == [row["kind"] for row in rows]
    assert "set aside   19, see rejects.csv (19 unknown-student)\n" in found.stdout
    assert ["unknown-place", "unknown-place", "empty-roster"] == re.findall(r"\[([a-z-]+)\]$", found.stderr, re.MULTILINE)


def test_strict_goes_on_where_nothing_is_lost(tmp_path):
    """A mark of a session that the calendar does not hold is kept, and told of."""
    found = run(build(tmp_path, events=EVENTS + marks("s1", "P", 6)), "--strict", until="2025-09-07")

    assert 0 == found.exit_code
    assert "events in a session that the calendar does not hold (no-session), see run.json: 2\n" in found.stdout


def test_every_problem_of_every_file_comes_at_once(tmp_path):
    """A run with problems never begins."""
    build(tmp_path, policy=POLICY.replace("days_away >= 1", "day_away >= 1"), calendar=CALENDAR.replace("09-30}", "08-30}"), roster="name\nx\n")

    found = run(tmp_path)

    assert 1 == found.exit_code
    assert ["bad-dates", "missing-column", "unknown-measure"] == sorted(word.partition("]")[0] for word in found.stderr.split(" [")[1:])
    assert not (tmp_path / "term").exists()


def test_problems_as_json(tmp_path):
    """With their places."""
    found = run(build(tmp_path, roster="name\nx\n"), "--format=json")

    [problem] = json.loads(found.stdout)["problems"]
    assert (1, "missing-column", 1) == (found.exit_code, problem["kind"], problem["line"])


def test_a_missing_file_is_named(tmp_path):
    """By the name that was given."""
    build(tmp_path)
    (tmp_path / "events.csv").unlink()

    found = run(tmp_path)

    assert (1, f"cannot read `{tmp_path / 'events.csv'}`: no such file or directory [no-file]\n") == (found.exit_code, found.stderr)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--received", "yesterday"), "error: --received: `yesterday` is not a date"),
        (("--mapping", "plain", "--mapping", "plain"), "error: --mapping stands once"),
        (("--matcher", "best"), "Invalid value for '--matcher'"),
        (("--nonsense",), "No such option"),
    ],
)
def test_what_makes_no_sense_is_exit_code_2(tmp_path, given, said):
    """Nothing is read or written."""
    found = run(build(tmp_path), *given)

    assert 2 == found.exit_code
    assert said in found.stderr


def test_a_mapping_for_each_file_of_events(tmp_path):
    """A foreign file beside one of ours."""
    foreign = "Kid,Day,Half,Mark\ns1,3/9/2025,am,present\ns1,3/9/2025,pm,present\n"
    mapping = (
        "format: csv\ncolumns: {student: Kid, date: Day, session: Half, code: Mark}\n"
        "codes: {present: P}\ndate_format: D/M/YYYY\n"
    )  # fmt: skip
    build(tmp_path, foreign=foreign, mapping=mapping, events=HEADER + marks("s1", "A"))

    found = run(tmp_path, "--events", tmp_path / "foreign.csv", "--mapping", "plain", "--mapping", tmp_path / "mapping.yaml")

    assert 0 == found.exit_code, found.stderr
    assert {"mark": 4} == read_run(tmp_path / "term")["counts"]["events"]


# --- the folder -------------------------------------------------------------------------------------------


def test_an_existing_folder_needs_force(tmp_path):
    """And is replaced as a whole."""
    run(build(tmp_path))
    before = everything(tmp_path / "term")

    refused = run(tmp_path, until="2025-09-03")
    unchanged = everything(tmp_path / "term")
    replaced = run(tmp_path, "--force", until="2025-09-03")

    assert (1, 0) == (refused.exit_code, replaced.exit_code)
    assert "exists already [folder-exists]" in refused.stderr
    assert before == unchanged
    assert "2025-09-03T17:30:00+08:00" == read_run(tmp_path / "term")["until"]
    assert [] == [name for name in os.listdir(tmp_path) if name.startswith(".")]


def test_force_never_replaces_what_no_run_wrote(tmp_path):
    """Neither another folder, nor a file that somebody put into a run's."""
    build(tmp_path)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.txt").write_text("years of work", encoding="utf-8")
    run(tmp_path)
    (tmp_path / "term" / "remarks.txt").write_text("ours", encoding="utf-8")

    other, own = run(tmp_path, "--force", out="papers"), run(tmp_path, "--force")

    assert (1, 1) == (other.exit_code, own.exit_code)
    assert "not the folder of an earlier run" in other.stderr
    assert "remarks.txt` is not of a run, and would be lost" in own.stderr
    assert "years of work" == (tmp_path / "papers" / "thesis.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("policies/mine/thesis.txt", "policies/mine"), ("policies/hill@2025-09-01/thesis.txt", "policies/hill@2025-09-01/thesis.txt"),
        ("policies/hill@2025-09-01/mine.yaml", "policies/hill@2025-09-01/mine.yaml"), ("policies/term/run.json", "policies/term"),
        ("rejects.csv/thesis.txt", "rejects.csv"), ("Thumbs.db/thesis.txt", "Thumbs.db"),
    ],
)
def test_force_loses_no_file_of_a_person_at_any_depth(tmp_path, place, named):
    """Only what run.json says that the run wrote is replaced."""
    run(build(tmp_path))
    if place.startswith("rejects.csv"):
        (tmp_path / "term" / "rejects.csv").unlink()
    (tmp_path / "term" / place).parent.mkdir(exist_ok=True)
    (tmp_path / "term" / place).write_text("years of work", encoding="utf-8")
    before = everything(tmp_path)

    found = run(tmp_path, "--force")

    assert (1, True) == (found.exit_code, f"{Path('term', named)}` is not of a run, and would be lost" in found.stderr), found.output
    assert before == everything(tmp_path)


@pytest.mark.parametrize(("name", "aim"), [("items.csv", "../roster.csv"), ("policies", "../papers"), ("mine", "../papers"), (".DS_Store", "nowhere")])
def test_force_takes_no_link_for_what_a_run_wrote(tmp_path, name, aim):
    """Wherever it leads; nothing behind it is looked at."""
    run(build(tmp_path))
    (tmp_path / "papers").mkdir()
    if (tmp_path / "term" / name).exists():
        (tmp_path / "term" / name).rename(tmp_path / f"old-{name}")
    (tmp_path / "term" / name).symlink_to(aim)

    found = run(tmp_path, "--force")

    assert (1, True) == (found.exit_code, f"term/{name}` is not of a run" in found.stderr), found.output
    assert (tmp_path / "term" / name).is_symlink()


def test_force_replaces_a_folder_that_lacks_some_of_its_files_or_that_a_file_manager_was_in(tmp_path):
    """Nothing of it is a person's."""
    run(build(tmp_path))
    (tmp_path / "term" / "items.csv").unlink()
    for place in ("", "policies", "policies/hill@2025-09-01"):
        (tmp_path / "term" / place / ".DS_Store").write_text("", encoding="utf-8")

    assert 0 == run(tmp_path, "--force").exit_code
    assert [] == list((tmp_path / "term").rglob(".DS_Store"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2, "outputs": {}}', '{"format": 1}', '{"format": 1, "outputs": ["items.csv"]}', "\udcff"])
def test_a_run_json_that_cannot_be_read_makes_no_folder_of_a_run(tmp_path, text):
    """What the run wrote is not known."""
    run(build(tmp_path))
    (tmp_path / "term" / "run.json").write_text(text, encoding="utf-8", errors="surrogateescape")
    before = everything(tmp_path)

    found = run(tmp_path, "--force")

    assert (1, True) == (found.exit_code, "[not-a-run]" in found.stderr), found.output
    assert before == everything(tmp_path)


@pytest.mark.parametrize("out", ["nowhere/term", "roster.csv"])
def test_a_folder_that_cannot_be_is_refused_at_once(tmp_path, out):
    """Before anything is evaluated."""
    assert 1 == run(build(tmp_path), out=out).exit_code


@pytest.mark.parametrize("place", ["write_csv", "write_chain", "write_run"])
@pytest.mark.parametrize("force", [False, True])
def test_a_failure_leaves_no_half(tmp_path, monkeypatch, place, force):
    """The old folder, or none."""
    build(tmp_path)
    if force:
        run(tmp_path)
    before = everything(tmp_path)

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device", "items.csv")

    monkeypatch.setattr(f"escalate.commands.run.{place}", full)
    found = run(tmp_path, *(("--force",) if force else ()))

    assert (1, "cannot use `items.csv`: no space left on device\n") == (found.exit_code, found.stderr)
    assert before == everything(tmp_path)
    assert [] == [name for name in os.listdir(tmp_path) if name.startswith(".")]


def test_a_failed_rename_brings_the_old_folder_back(tmp_path, monkeypatch):
    """The last step of a replacement fails."""
    run(build(tmp_path))
    before = everything(tmp_path)
    real = os.rename

    def rename(source, target):
        if ".new-" in str(source):
            raise OSError(5, "Input/output error", str(target))
        real(source, target)

    monkeypatch.setattr(folders.os, "rename", rename)
    found = run(tmp_path, "--force")

    assert 1 == found.exit_code
    assert before == everything(tmp_path)


def test_a_stop_by_hand_leaves_nothing(tmp_path, monkeypatch):
    """Exit code 130."""

    def stopped(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("escalate.commands.run.write_run", stopped)
    found = run(build(tmp_path))

    assert (130, "stopped: nothing was written") == (found.exit_code, found.stderr.strip())
    assert not (tmp_path / "term").exists()


def test_our_own_fault_says_what_to_report(tmp_path, monkeypatch):
    """Exit code 3, with the version, the command and the place."""

    def broken(*_args):
        raise RuntimeError("no such luck")

    monkeypatch.setattr("escalate.commands.run.write_run", broken)
    found = run(build(tmp_path))

    assert 3 == found.exit_code
    assert "this is our fault, not yours" in found.stderr
    assert "RuntimeError: no such luck" in found.stderr
    assert not (tmp_path / "term").exists()


# --- absences only ------------------------------------------------------------------------------------------

ABSENCES = "format: csv\ncolumns: {student: Kid, date: Day, session: Half, code: Mark}\nunmarked: P\n"


def absences(tmp_path, *more, mapping=ABSENCES):
    build(tmp_path, events="Kid,Day,Half,Mark\ns1,2025-09-01,am,A\ns1,2025-09-01,pm,A\n", mapping=mapping)
    return run(tmp_path, "--mapping", tmp_path / "mapping.yaml", *more)


def test_what_a_complete_file_does_not_list_was_present(tmp_path):
    """Three students, three days, two sessions: the case of the one who was away ends with her day back."""
    found = absences(tmp_path, "--covers", "2025-09-01..2025-09-03")

    assert 0 == found.exit_code, found.stderr
    assert {"mark": 18} == read_run(tmp_path / "term")["counts"]["events"]
    assert {"ended": 1} == read_run(tmp_path / "term")["counts"]["cases"]


def test_a_roll_declared_complete_says_that_the_others_were_present(tmp_path):
    """A fact in another file, about the class; it is no event of the evaluation itself."""
    build(tmp_path, events="Kid,Day,Half,Mark\ns1,2025-09-01,am,A\ns1,2025-09-01,pm,A\n", mapping=ABSENCES)
    (tmp_path / "rolls.csv").write_text("type,fact,level,about,at,known\nfact,roll complete,class,7-1,2025-09-02,2025-09-02T18:00\n", encoding="utf-8")
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--events", tmp_path / "rolls.csv", "--mapping", "plain")

    assert 0 == found.exit_code, found.stderr
    counts = read_run(tmp_path / "term")["counts"]
    assert ({"ended": 1}, {"fact": 1, "mark": 6}) == (counts["cases"], counts["events"])


@pytest.mark.parametrize("row", ["fact,roll complete,class,7-9,2025-09-02", "fact,roll complete,class,7-1,2025-09-06", "fact,roll complete,klass,7-1,2025-09-02"])
def test_a_roll_that_makes_nobody_present_is_reported(tmp_path, row):
    """No such class, a Saturday, no such level."""
    build(tmp_path, events="Kid,Day,Half,Mark\ns1,2025-09-01,am,A\n", mapping=ABSENCES)
    (tmp_path / "rolls.csv").write_text(f"type,fact,level,about,at,known\n{row},2025-09-06T18:00\n", encoding="utf-8")
    run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--events", tmp_path / "rolls.csv", "--mapping", "plain", until="2025-09-08")
    (found,) = read_run(tmp_path / "term")["reports"]

    assert ("not-used", True) == (found["kind"], "makes nobody present" in found["message"])


@pytest.mark.parametrize(("row", "unknown"), [
    ("s1,2025-09-02,am,AA", [("s1", "2025-09-02", "am")]), ("s1,2025-09-02,evening,A", [("s1", "2025-09-02", "am"), ("s1", "2025-09-02", "pm")]),
    ("s1,2.9.,am,A", [("s1", f"2025-09-0{day}", half) for day in (2, 3) for half in ("am", "pm")]),
])
def test_a_row_that_could_not_be_read_makes_nobody_present(tmp_path, row, unknown):
    """The file lists it, whatever it says: her session, her day, or any of her days."""
    build(tmp_path, events=f"Kid,Day,Half,Mark\ns1,2025-09-01,am,A\ns1,2025-09-01,pm,A\n{row}\n", mapping=ABSENCES)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-03")

    assert 0 == found.exit_code, found.stderr
    assert {"mark": 18 - len(unknown)} == read_run(tmp_path / "term")["counts"]["events"]
    assert {1: {"ended": 1}, 2: {"ended": 1}, 4: {"open": 1}}[len(unknown)] == read_run(tmp_path / "term")["counts"]["cases"]


@pytest.mark.parametrize("row", ["s1,2025-09-02,am,A,a,b", 's1,2025-09-02,am,"A', "s1,2025-09-02,a\0m,A"])
def test_a_line_that_could_not_be_cut_makes_her_whom_it_names_present_on_no_day(tmp_path, row):
    """What stands where in it nobody knows, so no date of it is believed."""
    build(tmp_path, events=f"Kid,Day,Half,Mark\ns1,2025-09-01,am,A\ns1,2025-09-01,pm,A\n{row}\n", mapping=ABSENCES)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-03")

    assert 0 == found.exit_code, found.stderr
    assert ({"mark": 2 + 12}, {"open": 1}) == tuple(read_run(tmp_path / "term")["counts"][key] for key in ("events", "cases"))


@pytest.mark.parametrize("row", ["???,2025-09-02,am,A,a,b", ",2025-09-02,am,A", "s1,s2,2025-09-02,am,A", 's1,2025-09-02,am,"A\ns2,2025-09-02,am,A"'])
def test_a_row_of_nobody_lets_nobody_be_taken_for_present(tmp_path, row):
    """Any child who is not listed may be the one it lists."""
    build(tmp_path, events=f"Kid,Day,Half,Mark\ns1,2025-09-01,am,A\ns1,2025-09-01,pm,A\n{row}\n", mapping=ABSENCES)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-03")

    assert (1, True, False) == (found.exit_code, "events.csv:4:" in found.stderr and "does not say whom it is about" in found.stderr, (tmp_path / "term").exists())


def test_an_id_without_its_zeros_names_whom_it_may_mean_and_makes_her_present_on_no_day(tmp_path):
    """As a spreadsheet leaves it."""
    zeros = {"roster": ROSTER.replace("s1,", "0010,").replace("s2,", "0020,"), "mapping": ABSENCES}
    build(tmp_path, events="Kid,Day,Half,Mark\n0020,2025-09-01,am,A\n10,2025-09-01,am,A\n", **zeros)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-02")

    assert 0 == found.exit_code, found.stderr
    assert {"mark": 1 + 3 + 3 + 4} == read_run(tmp_path / "term")["counts"]["events"]
    assert "student `10` is not in the roster, which has `0010`" in (tmp_path / "term" / "rejects.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("kind", ["Mark", "attendance"])
def test_a_row_of_an_unknown_type_may_be_a_mark(tmp_path, kind):
    """It lists its session, whatever it is called."""
    mapping = ABSENCES.replace("columns: {", "columns: {type: Type, ")
    events = f"Type,Kid,Day,Half,Mark\nmark,s1,2025-09-01,am,A\nmark,s1,2025-09-01,pm,A\n{kind},s1,2025-09-02,am,A\nvoid,,,,\n"
    build(tmp_path, events=events, mapping=mapping)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-02")

    assert 0 == found.exit_code, found.stderr
    assert {"mark": 2 + 1 + 8} == read_run(tmp_path / "term")["counts"]["events"]


@pytest.mark.parametrize("text", ["07", "7.0", "0.7E+1", "'7"])
def test_an_id_that_may_mean_several_students_lets_nobody_be_taken_for_present(tmp_path, text):
    """7 and 007 are two children."""
    zeros = {"roster": ROSTER.replace("s1,", "7,").replace("s2,", "007,"), "mapping": ABSENCES}
    build(tmp_path, events=f"Kid,Day,Half,Mark\ns3,2025-09-01,am,A\n{text},2025-09-01,am,A\n", **zeros)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-02")

    assert (1, True) == (found.exit_code, "does not say whom it is about" in found.stderr)


@pytest.mark.parametrize("row", ["2025-09-02,1,A", ",2025-09-02,1,A,"])
def test_a_lesson_is_not_the_student_who_has_its_number(tmp_path, row):
    """The student's cell is lost."""
    lessons = {"calendar": CALENDAR.replace("am:", '"1":').replace("pm:", '"2":'), "roster": ROSTER.replace("s1,", "1,").replace("s2,", "2,"), "mapping": ABSENCES}
    build(tmp_path, events=f"Kid,Day,Half,Mark\n2,2025-09-01,1,A\n{row}\n", **lessons)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-02")

    assert (1, True) == (found.exit_code, "does not say whom it is about" in found.stderr)


def test_a_quote_that_takes_in_the_next_row_is_noted_and_its_child_is_present_on_no_day(tmp_path):
    """In a column that nobody reads it is a cell like any other."""
    events = 'Kid,Day,Half,Mark,Note\ns1,2025-09-01,am,A,"ill\ns2,2025-09-01,am,A,x"\n'
    build(tmp_path, events=events, mapping=ABSENCES)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-01")

    assert 0 == found.exit_code, found.stderr
    assert {"mark": 1 + 1 + 2} == read_run(tmp_path / "term")["counts"]["events"]
    assert {"joined-lines": 1} == read_run(tmp_path / "term")["counts"]["notes"]


def test_an_absence_that_comes_after_its_day_was_declared_complete_erases_nothing(tmp_path):
    """What was decided on the evening before stands on the record, and the case is open again."""
    later = "Kid,Day,Half,Mark,Known\ns1,2025-09-02,am,A,2025-09-04T09:00\ns1,2025-09-02,pm,A,2025-09-04T09:00\n"
    mapping = ABSENCES.replace("columns: {", "columns: {known: Known, ")
    build(tmp_path, events="Kid,Day,Half,Mark,Known\ns1,2025-09-01,am,A,\ns1,2025-09-01,pm,A,\n", mapping=mapping)
    (tmp_path / "later.csv").write_text(later, encoding="utf-8")
    covered = ("--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-02")
    run(tmp_path, *covered, until="2025-09-03T12:00", out="before")
    run(tmp_path, "--events", tmp_path / "later.csv", *covered, until="2025-09-04T12:00", out="after")
    before, after = (json_lines(tmp_path / name / "audit.jsonl") for name in ("before", "after"))
    decided = [record for record in before if "record" in record]

    assert decided
    assert decided == [record for record in after if "record" in record][: len(decided)]
    assert {"open": 1} == read_run(tmp_path / "after")["counts"]["cases"]


def json_lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_covered_file_of_which_no_row_could_be_taken_is_refused(tmp_path):
    """Nothing is known of anybody, and nobody is present for it."""
    build(tmp_path, events="Kid,Day,Half,Mark\nx1,2025-09-01,am,A\n", mapping=ABSENCES)
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--covers", "2025-09-01..2025-09-02")

    assert (1, True) == (found.exit_code, "no row could be taken" in found.stderr)


def test_of_two_files_the_later_one_corrects(tmp_path):
    """Though its row stands higher up."""
    build(tmp_path, events="student,date,session,code\ns2,2025-09-01,am,P\ns1,2025-09-01,am,A\ns1,2025-09-01,pm,A\n")
    (tmp_path / "later.csv").write_text("student,date,session,code\ns1,2025-09-01,am,S\n", encoding="utf-8")
    run(tmp_path, "--events", tmp_path / "later.csv")

    assert {} == read_run(tmp_path / "term")["counts"]["cases"]


def test_a_day_that_an_event_makes_a_school_day_is_covered_too(tmp_path):
    """Saturday the sixth runs Friday's timetable: s1 was present on it."""
    build(tmp_path, events="Kid,Day,Half,Mark\ns1,2025-09-05,am,A\ns1,2025-09-05,pm,A\n", mapping=ABSENCES)
    (tmp_path / "days.csv").write_text("type,date,kind,weekday,known\ncalendar,2025-09-06,make_up,friday,2025-09-03T08:00\n", encoding="utf-8")
    files = ("--mapping", tmp_path / "mapping.yaml", "--events", tmp_path / "days.csv", "--mapping", "plain", "--covers", "2025-09-05..2025-09-06")
    found = run(tmp_path, *files, until="2025-09-07")

    assert 0 == found.exit_code, found.stderr
    assert ({"ended": 1}, {"calendar": 1, "mark": 12}) == tuple(read_run(tmp_path / "term")["counts"][key] for key in ("cases", "events"))


@pytest.mark.parametrize(("about", "marks"), [("7-2", 2 + 4), ("7-1", 2 + 2)])
def test_a_roll_is_of_those_who_are_in_the_class_on_the_day(tmp_path, about, marks):
    """s1 moved to the other class on the second."""
    build(tmp_path, events="Kid,Day,Half,Mark\ns1,2025-09-01,am,A\ns1,2025-09-01,pm,A\n", mapping=ABSENCES)
    text = f"type,student,column,value,from,fact,level,about,at,known\nroster,s1,class,7-2,2025-09-02,,,,,2025-09-01T20:00\nfact,,,,,roll complete,class,{about},2025-09-02,2025-09-02T18:00\n"
    (tmp_path / "rolls.csv").write_text(text, encoding="utf-8")
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--events", tmp_path / "rolls.csv", "--mapping", "plain")

    assert 0 == found.exit_code, found.stderr
    assert marks == read_run(tmp_path / "term")["counts"]["events"]["mark"]


def test_two_codes_for_what_no_file_lists_are_refused(tmp_path):
    """One code serves every student."""
    build(tmp_path, events="Kid,Day,Half,Mark\ns1,2025-09-01,am,A\n", mapping=ABSENCES)
    (tmp_path / "other.yaml").write_text(ABSENCES.replace("unmarked: P", "unmarked: A"), encoding="utf-8")
    found = run(tmp_path, "--mapping", tmp_path / "mapping.yaml", "--events", tmp_path / "events.csv", "--mapping", tmp_path / "other.yaml")

    assert (1, True) == (found.exit_code, "which no file lists is `A`, `P`" in found.stderr)


def test_what_is_not_said_to_be_complete_is_unknown(tmp_path):
    """A child is not back because nobody wrote."""
    absences(tmp_path)

    assert {"open": 1} == read_run(tmp_path / "term")["counts"]["cases"]


@pytest.mark.parametrize(
    ("covers", "mapping"), [("2024-09-01..2024-09-03", ABSENCES), ("2025-09-03..2025-09-01", ABSENCES), ("autumn", ABSENCES), ("2025-09-01", ABSENCES.replace("unmarked: P\n", ""))]
)
def test_covers_that_make_no_sense(tmp_path, covers, mapping):
    """Exit code 2."""
    found = absences(tmp_path, "--covers", covers, mapping=mapping)

    assert (2, True) == (found.exit_code, found.stderr.startswith("error: --covers: "))


def test_a_file_name_that_is_not_utf8_stops_nothing(tmp_path):
    """As from a Chinese archive."""
    build(tmp_path)
    name = os.fsdecode("考勤.csv".encode("gbk"))
    (tmp_path / name).write_text(HEADER, encoding="utf-8")
    found = run(tmp_path, "--events", tmp_path / name)

    assert 0 == found.exit_code, found.stderr
    assert "�" in "".join(one["name"] for one in read_run(tmp_path / "term")["inputs"])


@pytest.mark.parametrize("out", ["", " ", "nothere/..", "nothere/../"])
@pytest.mark.parametrize("more", [(), ("--force",)])
def test_the_folder_that_we_are_in_is_never_replaced(tmp_path, monkeypatch, out, more):
    """Whatever it is called: an unset variable in a script names no folder."""
    build(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = sorted(os.listdir())
    files = ("--policy", "policy.yaml", "--calendar", "calendar.yaml", "--roster", "roster.csv", "--events", "events.csv")
    found = call("run", *files, "--until", "2025-09-04", "--out", out, *more)

    assert (1, before) == (found.exit_code, sorted(os.listdir())), found.output


def test_a_file_that_can_only_be_extended_is_not_evaluated(tmp_path):
    """The shared words alone are no policy."""
    build(tmp_path, policy="day: {absent_when: all sessions, closes: '17:30'}\nmarks: {}\n")
    found = run(tmp_path, "--lang", "en")

    assert (1, True) == (found.exit_code, "can only be extended" in found.stderr)


def test_a_school_of_the_calendar_that_the_roster_does_not_have_is_warned_of_at_its_line(tmp_path):
    """Its closed days would close nothing."""
    build(tmp_path, calendar=CALENDAR + "schools:\n  hil: {closed: {2025-09-02: snow}}\n")
    files = (tmp_path / name for name in ("policy.yaml", "calendar.yaml", "roster.csv"))
    policy, calendar, roster = map(str, files)
    (found,) = read_world([policy], calendar, roster).warnings

    assert ("unknown-school", f"{calendar}:6:3", "did you mean `hill`?") == (found.kind, str(found.span), found.help)


SWAPPED = [
    ("--policy", "calendar.yaml", "this is a calendar, not a policy"), ("--calendar", "policy.yaml", "this is a policy, not a calendar"),
    ("--roster", "events.csv", "this is a table of events, not a roster"), ("--assignments", "roster.csv", "this is a roster, not a table of assignments"),
    ("--events", "roster.csv", "this is a roster, not a table of events"), ("--events", "policy.yaml", "this is a policy, not a table of events"),
    ("--mapping", "policy.yaml", "this is a policy, not a mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("option", "name", "message"), SWAPPED)
def test_a_file_that_is_given_with_the_wrong_option_is_one_problem(tmp_path, option, name, message):
    """It says what the file is, and which option takes it."""
    build(tmp_path)
    files = {"--policy": "policy.yaml", "--calendar": "calendar.yaml", "--roster": "roster.csv", "--events": "events.csv"} | {option: name}
    told = call("run", *(part for option, file in files.items() for part in (option, tmp_path / file)), "--out", tmp_path / "out", "--lang", "en")

    assert (1, 1) == (told.exit_code, told.stderr.count("\n   help:"))
    assert message in told.stderr and "takes it with `--" in told.stderr
