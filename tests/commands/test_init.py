"""`escalate init`: five questions, and files that pass `check`, `test` and `run` at once."""

import csv
import datetime
import json
import re
import shlex
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from escalate.readers.calendar import parse_calendar
from escalate.source import Refused, Source
from escalate.start import FILES, LANGS, QUESTIONS, WORDS, WRONG, defaults, read, texts
from escalate.start.files import SESSIONS
from escalate.writers.fresh import write_fresh

from .world import call

ROOT = Path(__file__).parents[2]
ODD = ['"Hill" School', "O'Brien's: north, south # east", "第一中学🎓", "a\\b", "${days} $", "- {x}", "=1+1", "#", "principal", "told_next", "上报对象", "the parent", "null", "7", "%", "a/b+c", "| `x` |", "@"]
LINES = st.one_of(st.sampled_from(ODD), st.text("abz中'\":#,-{}[]&*!|>%@`\\ \u3000🎓é/+=$?", min_size=1, max_size=12), st.text(min_size=1, max_size=8))


def writable(text: str) -> bool:
    """Nothing but blanks is no name, and what is no sign cannot stand in one."""
    return bool(text.strip()) and not re.search(r"[^\w\s\x20-\x7e\xa0-\u2000\u3000-\ud7ff\uf900-\ufefe\uff00-\uffef🎓]|[\x00-\x1f\x7f-\x9f\u2028\u2029]", text.strip())


NAMES = LINES.filter(writable)
DATES = st.one_of(st.dates(datetime.date(2015, 1, 1), datetime.date(2035, 12, 31)), st.just(datetime.date(2000, 1, 1)), st.just(datetime.date(2099, 12, 31)))


def init(folder: Path, *flags: str, **more):
    return call("init", folder, *flags, **more)


@settings(max_examples=12)
@given(st.sampled_from(LANGS), NAMES, DATES, st.integers(2, 10), NAMES.filter(lambda text: any(map(str.isalpha, text))))
@example("zh", '学校"甲": #1🎓', datetime.date(2025, 9, 1), 3, "教导处: 'a' # b")
@example("en", "-", datetime.date(2025, 11, 4), 10, "told_next")
def test_what_it_writes_passes_at_once(lang, name, first, days, told):
    """Whatever was answered: no problem, no warning, every case as expected, no row set aside, and one child climbs to the last stage."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        assert 0 == init(folder, f"--lang={lang}", f"--name={name}", f"--first-day={first}", f"--days={days}", f"--next={told}").exit_code
        checked = json.loads(call("check", folder / "policy.yaml", "--format", "json").stdout)
        tested = call("test", folder, "--lang", "en")
        linted = call("lint", folder / "policy.yaml", *(word for name in ("calendar.yaml", "roster.csv", "assignments.csv") for word in (f"--{name.partition('.')[0]}", folder / name)), "--fail-on=note")
        line = re.search(r"^escalate (run .*)$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
        assert line
        ran = call(*(folder / word if word in FILES or word == "out" else word for word in shlex.split(line[1])), "--strict")
        with open(folder / "out" / "items.csv", encoding="utf-8-sig", newline="") as table:
            items = list(csv.DictReader(table))

    assert [] == checked["problems"]
    assert 0 == linted.exit_code, linted.output
    assert (0, "5 cases in 1 file: all as expected\n") == (tested.exit_code, tested.stdout)
    assert 0 == ran.exit_code, ran.output
    assert 3 == sum(item["student"] == "s2" for item in items)
    assert [] == [item["id"] for item in items if item["status"] == "overdue" or not item["persons"]]


def test_in_chinese_every_keyword_is(tmp_path):
    """`fmt --to zh` finds nothing to change."""
    init(tmp_path, "--lang=zh", "--yes")

    assert 0 == call("fmt", *(tmp_path / name for name in FILES if name.endswith(".yaml")), "--to", "zh", "--check").exit_code


@settings(max_examples=40)
@given(st.sampled_from(LANGS), DATES)
@example("zh", datetime.date(2026, 9, 1))
@example("en", datetime.date(2025, 11, 4))
def test_what_its_calendar_shows_of_holidays_can_be_taken_as_it_stands(lang, first):
    """Without the signs before them the two lines are read without a problem, and close and open days of this very school year."""
    answers = read({"lang": lang, "name": "甲", "first_day": str(first), "days": "3", "next": "乙"})
    text = texts(answers)["calendar.yaml"]
    taken = re.sub(r"^#(?=\S+: {)", "", text, flags=re.MULTILINE)
    calendar, problems = parse_calendar(Source("calendar.yaml", taken))
    days = calendar.of("")
    shut, extra = (re.findall(r"(\d+-\d+-\d+)(?:\.\.[\d-]+)?: [^{},]+[,}]", line) for line in taken.splitlines()[-3:-1])

    assert [] == list(problems)
    assert 2 == len(taken.splitlines()[-3:-1]) == len([line for line in text.splitlines() if re.match(r"#\S+: {", line)])
    assert shut
    assert not any(days.sessions(datetime.date.fromisoformat(date)) for date in shut)
    assert [SESSIONS[lang]] == [tuple(session.period for session in days.sessions(datetime.date.fromisoformat(date))) for date in extra]


@pytest.mark.parametrize("flags", [(), ("--name", "Hill", "--lang", "en")])
def test_without_a_terminal_it_says_what_is_missing(tmp_path, flags):
    """And writes nothing."""
    found = init(tmp_path / "new", *flags)

    assert 2 == found.exit_code
    missing = {"--name", "--lang", "--first-day", "--days", "--next"} - set(flags)
    assert missing <= set(re.findall(r"--[\w-]+", found.stderr))
    assert not set(flags) & set(re.findall(r"--[\w-]+", found.stderr))
    assert not (tmp_path / "new").exists()


def test_files_in_the_way_are_named_and_kept(tmp_path):
    """Nothing is written beside them."""
    (tmp_path / "policy.yaml").write_text("mine", encoding="utf-8")
    (tmp_path / "README.md").write_text("mine too", encoding="utf-8")
    found = init(tmp_path, "--yes")

    assert 1 == found.exit_code
    assert ["README.md", "policy.yaml"] == re.findall(r"([\w.]+)`", found.stderr)
    assert {"README.md": "mine too", "policy.yaml": "mine"} == {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}


@pytest.mark.parametrize(("place", "said"), [("file", "is a file"), ("no/where", "does not exist"), (" ", "has no name")])
def test_a_folder_that_cannot_be_made_is_refused(tmp_path, monkeypatch, place, said):
    """In words."""
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("", encoding="utf-8")

    found = init(place, "--yes")

    assert 1 == found.exit_code
    assert said in found.stderr
    assert ["file"] == [path.name for path in tmp_path.iterdir()]


def test_what_cannot_be_written_whole_is_not_written(tmp_path):
    """A full disk leaves no half of it."""
    with pytest.raises(UnicodeEncodeError):
        write_fresh(str(tmp_path / "new"), {"a": "x", "b": "\ud800"})
    with pytest.raises(Refused):
        write_fresh(str(tmp_path), {tmp_path.name: "x", "../" + tmp_path.name: "y"})

    assert [] == list(tmp_path.iterdir())


def test_it_asks_what_no_flag_gives(tmp_path, monkeypatch):
    """In the language of the first answer; a wrong answer is asked again, and an empty one is the default."""
    monkeypatch.setattr("escalate.commands.init.at_terminal", lambda: True)
    found = init(tmp_path / "new", "--next", "教导处", typed="fr\n 中文 \n\n2025-13-01\n2025-09-01\n1\n４\n")

    assert 0 == found.exit_code, found.output
    assert 2 == found.stderr.count(QUESTIONS["zh"]["lang"]) == found.stderr.count(QUESTIONS["zh"]["days"])
    assert QUESTIONS["zh"]["next"] not in found.stderr
    assert "Error" not in found.stderr
    assert "“fr”不是 zh 或 en / `fr` is neither zh nor en" in found.stderr
    assert "“2025-13-01”不是日期" in found.stderr
    assert "“1”不是 2 到 10 的整数" in found.stderr
    assert WORDS["zh"]["wrote"].format(folder=tmp_path / "new") in found.stdout
    policy = (tmp_path / "new" / "policy.yaml").read_text(encoding="utf-8")
    assert ["示例学校控辍保学办法", "2025-09-01", "4", "教导处"] == [
        found[1] for found in (re.search(pattern, policy, re.MULTILINE) for pattern in (r'^标题: "(.*)"', r"起: ([\d-]+)", r"取值: (\d+)", r'上报对象: {标题: "(.*)"'))
        if found
    ]


def test_whoever_stops_at_a_question_has_nothing_written(tmp_path, monkeypatch):
    """The answers so far are gone."""
    monkeypatch.setattr("escalate.commands.init.at_terminal", lambda: True)

    for typed, said in (("EN\n", "stopped: nothing was written"), ("中\n", "已停止：什么也没有写")):
        found = init(tmp_path / "new", typed=typed)

        assert (130, True) == (found.exit_code, said in found.stderr), found.stderr
        assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(("typed", "lang"), [("English", "en"), ("EN", "en"), ("英文", "en"), ("中文", "zh"), ("中", "zh"), ("ＺＨ", "zh"), ("Chinese", "zh")])
def test_a_language_is_known_by_its_name_too(tmp_path, typed, lang):
    """In a flag as at the question."""
    found = init(tmp_path / "new", "--yes", "--lang", typed, "--format", "json")

    assert (0, lang) == (found.exit_code, json.loads(found.stdout)["answers"]["lang"])
    assert WORDS[lang]["wrote"].partition(" ")[0] in init(tmp_path / "other", "--yes", "--lang", typed).stdout


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        ("--next=3", "a name has a letter"), ("--next=班主任", "somebody else"), ("--next=Class_Teacher", "somebody else"), ("--next=parent", "somebody else"),
        ("--lang=fr", "neither zh nor en"), ("--name= ", "at least one letter"), ("--name=a\nb", "U+000A"), ("--next=" + "x" * 101, "100 letters"), ("--days=1", "2 to 10"), ("--days=11", "2 to 10"),
        ("--days=three", "2 to 10"), ("--first-day=9-1-2025", "2025-09-01"), ("--first-day=2025-02-30", "2025-09-01"), ("--first-day=0001-09-01", "2000"),
    ],
)  # fmt: skip
def test_a_wrong_answer_in_a_flag_is_refused(tmp_path, flag, said):
    """With the flag's name."""
    found = init(tmp_path / "new", "--yes", flag)

    assert (2, False) == (found.exit_code, (tmp_path / "new").exists())
    assert flag.partition("=")[0] in found.stderr
    assert said in found.stderr


def test_json(tmp_path):
    """One document."""
    found = json.loads(init(tmp_path, "--yes", "--lang=en", "--first-day=2025-09-01", "--format=json").stdout)

    assert list(FILES) == found["files"]
    assert {"lang": "en", "name": "Example School", "first_day": "2025-09-01", "days": "3", "next": "principal"} == found["answers"]


@pytest.mark.parametrize(("today", "first"), [("2026-01-15", "2025-09-01"), ("2026-06-30", "2025-09-01"), ("2026-07-01", "2026-09-01"), ("2026-12-31", "2026-09-01")])
def test_the_school_year_that_is_offered(today, first):
    """The one that runs; in summer the one to come."""
    assert first == str(defaults("zh", datetime.date.fromisoformat(today)).first_day)


@pytest.mark.parametrize("lang", LANGS)
def test_the_templates_go_into_the_package(lang):
    """Each is held by a pattern of the package's data."""
    patterns = re.search(r"^escalate = (\[.*\])$", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    package = ROOT / "src" / "escalate"
    assert patterns
    held = {path for pattern in json.loads(patterns[1]) for path in package.glob(pattern)}

    assert {package / "start" / lang / name for name in FILES} <= held


def test_both_languages_ask_and_say_the_same():
    """No text is missing in one of them."""
    assert QUESTIONS["zh"].keys() == QUESTIONS["en"].keys()
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    assert WRONG["zh"].keys() == WRONG["en"].keys()
    assert [] == [key for key in WRONG["zh"] if set(re.findall(r"{\w+}", WRONG["zh"][key])) != set(re.findall(r"{\w+}", WRONG["en"][key]))]


@pytest.mark.parametrize("written", ["2025-09-01", "2025-9-1", " 2025/9/1", "2025.09.01", "2025年9月1日", "２０２５－０９－０１"])
def test_a_date_may_be_written_as_people_do(written):
    """The files have its one form."""
    typed = {"lang": "zh", "name": "甲", "first_day": written, "days": "3", "next": "乙"}

    assert datetime.date(2025, 9, 1) == read(typed).first_day
