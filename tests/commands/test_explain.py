"""`escalate explain`: the page's examples as they come out, what is said of what is not there, and ids for names."""

import json
import re
from pathlib import Path

import pytest

from .world import HEADER, build, call, run

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explain.md"
ROSTER = "student,name,school,class,village\ns1,小明,north,7-1,v1\ns2,小红,north,7-1,v1\n"
ASSIGNMENTS = "role,of,person,from,to\nhomeroom_teacher,7-1,t17,,\nprincipal,north,t01,,\ncompulsory_office,north,t05,,\n"
CONTACT = "o1,outcome,s1,,,,2025-09-02T08:40,contact_parent,yes,2025-09-02T08:45\n"
REPORT = "s1/truancy/1/three_days/1/absence_report/homeroom_teacher"


def marks(student, codes):
    return "".join(f",mark,{student},2025-09-{day:02},{session},{code},,,,\n" for day, code in enumerate(codes, 1) for session in ("am", "pm"))


def xingqing(folder, **texts):
    """A world with the ladders of S004-05C, as its example school set them."""
    plan, adopted = ((ROOT / "policies" / "S004-05C" / name).read_text(encoding="utf-8") for name in ("policy.yaml", "adopted.yaml"))
    (folder / "plan.yaml").write_text(plan.partition("\nduties:")[0], encoding="utf-8")
    return build(folder, policy=adopted.replace("extends: policy.yaml", "extends: plan.yaml"), **texts)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Three days away, told on time, the report forgotten; then back."""
    events = HEADER + marks("s1", "PAAAA  P").replace(", ,", ",P,") + marks("s2", "PP") + CONTACT
    world = xingqing(tmp_path_factory.mktemp("explain"), roster=ROSTER, assignments=ASSIGNMENTS, events=events)
    assert 0 == run(world, until="2025-09-10T12:00").exit_code
    return world / "term"


def told(folder, *args):
    result = call("explain", folder, *args)
    assert 0 == result.exit_code, result.output
    return result.stdout


def asked(folder, *args):
    """What `escalate next` and `escalate why-not` say of a world's files."""
    return call(*args, *(part for name, flag in FILES.items() for part in (flag, folder.parent / name)))


FILES = {"policy.yaml": "--policy", "calendar.yaml": "--calendar", "roster.csv": "--roster", "assignments.csv": "--assignments", "events.csv": "--events"}
SHOWN = [
    ("item", (REPORT,)), ("item-en", (REPORT, "--lang", "en")), ("student", ("--student", "s1")), ("next", ("next", "s1", "--until", "2025-09-03")),
    ("why-not", ("why-not", "s1", "three_days", "--until", "2025-09-03")),
]


def test_next_of_nobody_and_as_json(folder):
    """Who is not on the roster is told; programs get the records."""
    unknown = asked(folder, "next", "s7", "--until", "2025-09-03", "--lang", "en")
    assert 1 == unknown.exit_code
    assert "the roster has no student `s7`" in unknown.stderr

    found = json.loads(asked(folder, "next", "s2", "--until", "2025-09-02", "--format", "json").stdout)
    assert ["away", "back", "silence"] == [one["course"] for one in found["next"]]
    assert "2025-09-03T08:10:00+08:00" == found["next"][0]["decided"]
    assert ["opened", "issued", "issued"] == [record["what"] for record in found["next"][0]["records"]]
    assert found["next"][1]["decided"] is None


def test_next_says_what_it_could_not_look_at(folder, tmp_path):
    """Where no row can be taken nothing is known of anybody; after the calendar nothing comes; what is known later is counted."""
    lines = (folder.parent / "events.csv").read_text(encoding="utf-8")
    lines = "".join(line if n == 0 else line.replace("s1", "").replace("s2", "") for n, line in enumerate(lines.splitlines(keepends=True)))
    (tmp_path / "events.csv").write_text(lines, encoding="utf-8")
    files = [part for name, flag in FILES.items() for part in (flag, (tmp_path if name == "events.csv" else folder.parent) / name)]

    blind = call("next", "s1", "--until", "2025-09-03", "--lang", "en", *files)
    assert 1 == blind.exit_code
    assert "" == blind.stdout
    assert "the row names no student" in blind.stderr

    beyond = asked(folder, "why-not", "s1", "three_days", "--until", "2030-01-01", "--lang", "en")
    assert 1 == beyond.exit_code
    assert "the calendar ends on 2025-09-30" in beyond.stderr

    assert "rows known only after 2025-09-01T12:00:00+08:00, and not looked at" in asked(folder, "next", "s1", "--until", "2025-09-01T12:00", "--lang", "en").stderr


def test_why_not_of_no_stage_of_one_that_fired_and_as_json(folder):
    """A stage that nobody wrote is told; programs get the numbers."""
    unknown = asked(folder, "why-not", "s1", "three_day", "--until", "2025-09-03", "--lang", "en")
    assert 1 == unknown.exit_code
    assert "did you mean `three_days`?" in unknown.stderr

    assert "2025年9月2日（周二）08:00触发" in asked(folder, "why-not", "s1", "one_lesson", "--until", "2025-09-03").stdout
    (found,) = json.loads(asked(folder, "why-not", "s1", "truancy.three_days", "--until", "2025-09-03", "--format", "json").stdout)["stages"]
    assert ("truancy.three_days", None, "2025-09-03T17:30:00+08:00", "1") == (found["stage"], found["fired"], found["nearest"], found["parts"][0]["short"])


@pytest.mark.parametrize(("name", "args"), SHOWN)
def test_the_page_shows_what_comes_out(folder, name, args, request):
    """Each example of docs/explain.md is the output to the byte; `--update-golden` rewrites it."""
    page = PAGE.read_text(encoding="utf-8")
    shown = asked(folder, *args).stdout if name in ("next", "why-not") else told(folder, *args)
    block = re.compile(rf"(<!-- {name} -->\n```\n)(.*?)(```\n)", re.DOTALL)
    if request.config.getoption("--update-golden"):
        page = block.sub(lambda found: found[1] + shown + found[3], page)
        PAGE.write_text(page, encoding="utf-8")
    found = block.search(page)

    assert found is not None
    assert found[2] == shown


def test_ids_and_never_names(folder):
    """Nothing of what the roster calls a student is said."""
    whole = "".join(told(folder, *args) for args in (("--student", "s1"), (REPORT,), (REPORT, "--format", "json"), ("--student", "s1", "--format", "json")))

    assert "s1" in whole
    assert "小明" not in whole


def test_json_has_the_sentences_and_the_records(folder):
    """The same for programs."""
    item = json.loads(told(folder, f"xingqing-middle/{REPORT}", "--format", "json", "--lang", "en"))
    story = json.loads(told(folder, "--student", "s1", "--format", "json"))

    assert ("Absence report", "cancelled", "en") == (item["title"], item["status"], item["lang"])
    assert ["issued", "overdue", "cancelled"] == [each["what"] for each in item["story"]]
    assert all(each["sentence"].startswith("On ") and each["record"]["subject"] == item["item"] for each in item["story"])
    assert "2025-09-02.am" in item["events"]
    assert {each["kind"] for each in story["story"]} == {"case", "item"}
    assert "zh" == story["lang"]


@pytest.mark.parametrize(
    ("args", "kind", "help"),
    [
        ((REPORT.replace("three", "tree"),), "unknown-item", "did you mean `xingqing-middle/s1/truancy/1/three_days/"),
        (("nothing at all",), "unknown-item", "column `id` of items.csv"),
        (("homeroom_teacher",), "several-items", "xingqing-middle/s1/truancy/1/one_lesson/1/contact_parent/homeroom_teacher"),
        (("--student", "s11"), "unknown-student", "did you mean `s1`?"),
        (("--student", "s2"), "unknown-student", "has no story"),
        (("--student", "nobody"), "unknown-student", "has no story"),
    ],
)
def test_what_is_not_there_is_a_problem_with_a_way_on(folder, args, kind, help):
    """Exit code 1, the kind, and what was probably meant."""
    result = call("explain", folder, *args, "--lang", "en")

    assert 1 == result.exit_code
    assert f"[{kind}]" in result.output
    assert help in result.output


def test_an_altered_record_is_told_with_a_warning(folder, tmp_path):
    """Whoever changes the file is not believed silently."""
    import shutil

    copy = tmp_path / "term"
    shutil.copytree(folder, copy)
    audit = copy / "audit.jsonl"
    lines = audit.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if '"what":"overdue"' in line and "absence_report" in line)
    lines[at] = lines[at].replace("2025-09-06T00:00:00", "2025-09-07T00:00:00")
    audit.write_text("".join(lines), encoding="utf-8")
    result = call("explain", copy, REPORT)

    assert 0 == result.exit_code
    assert f"第 {at + 1} 行" in result.stderr
    assert [at + 1] == json.loads(call("explain", copy, REPORT, "--format", "json").stdout)["altered"]


def test_a_case_whose_end_is_moved_after_it_ended_stays_closed(tmp_path):
    """A bar stands for an open case: that of the next one begins in the first column again."""
    events = HEADER + marks("s1", "APPPAP") + ",mark,s1,2025-09-02,am,S,,,,2025-09-04T12:00\n,mark,s1,2025-09-02,pm,S,,,,2025-09-04T12:00\n"
    world = xingqing(tmp_path, roster=ROSTER, assignments=ASSIGNMENTS, events=events)
    assert 0 == run(world, until="2025-09-10T12:00").exit_code

    lines = told(world / "term", "--student", "s1", "--lang", "en").splitlines()

    assert any("◆" in line and "moved" in line for line in lines)
    assert not any("│" in line.partition("◆")[2] for line in lines)
    assert not any("│╭" in line for line in lines)


def test_as_it_was_known(folder):
    """On the fourth nobody knew that the report would be forgotten: what the card says is what it said then."""
    whole, then = told(folder, REPORT, "--lang", "en"), told(folder, REPORT, "--lang", "en", "--as-known", "2025-09-04")

    assert "overdue" in whole
    assert "overdue" not in then
    assert then.startswith("As it was known at 2025-09-04; ")
    stood = json.loads(told(folder, REPORT, "--format", "json", "--as-known", "2025-09-04T17:30"))
    assert ("2025-09-04T17:30", True) == (stood["as_known"], stood["later"] > 0)
    assert "as_known" not in json.loads(told(folder, REPORT, "--format", "json"))


def test_what_was_not_known_yet(folder):
    """It is no wrong id: it came later."""
    for args in ((REPORT,), ("--student", "s1")):
        found = call("explain", folder, *args, "--as-known", "2025-09-01", "--lang", "en")
        assert 1 == found.exit_code
        assert "not-known-yet" in found.stderr
        assert "later records are left out" in found.stderr
    assert 2 == call("explain", folder, REPORT, "--as-known", "soon").exit_code


@pytest.mark.parametrize(("option", "command"), [("--why-not", "why-not"), ("--what-next", "next")])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_a_command_of_its_own_is_pointed_at(tmp_path, option, command, lang):
    """Asked as an option of this one, in either language."""
    found = call("explain", tmp_path, option, "--lang", lang)

    assert 2 == found.exit_code
    assert f"`escalate {command} --help`" in found.stderr
