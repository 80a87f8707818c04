"""`escalate fmt`: files are written whole or not at all, and `--check` and `--diff` write nothing."""

import os
import stat
from pathlib import Path

import pytest

from .world import call

CROOKED = "policy: a   \nextends: standard.yaml\nroles:\n    teacher: {of: class}   # who\n\n\nladders: {}\n"
STRAIGHT = "policy: a\nextends: standard.yaml\nroles:\n  teacher: {of: class}   # who\n\nladders: {}\n"
CHINESE = "制度: a\n沿用: standard.yaml\n角色:\n  teacher: {所属: 班级}   # who\n\n阶梯: {}\n"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.yaml"
    path.write_text(CROOKED, encoding="utf-8")
    return path


def test_a_file_is_laid_out_in_its_place(policy):
    """Twice is once; its rights stay."""
    policy.chmod(0o640)
    first, second = call("fmt", policy, "--lang", "en"), call("fmt", policy, "--lang", "en")

    assert (0, f"formatted {policy}\n1 file formatted, 0 left as they are\n") == (first.exit_code, first.stdout)
    assert (0, "0 files formatted, 1 left as they are\n") == (second.exit_code, second.stdout)
    assert STRAIGHT == policy.read_text(encoding="utf-8")
    assert 0o640 == stat.S_IMODE(policy.stat().st_mode)
    assert [policy.name] == os.listdir(policy.parent)


def test_to_chinese_and_back(policy):
    assert 0 == call("fmt", policy, "--to", "zh").exit_code
    assert CHINESE == policy.read_text(encoding="utf-8")
    assert 0 == call("fmt", policy, "--to", "en").exit_code
    assert STRAIGHT == policy.read_text(encoding="utf-8")


def test_check_and_diff_write_nothing(policy):
    """Exit code 1 while something would change."""
    checked, shown = call("fmt", policy, "--check", "--lang", "en"), call("fmt", policy, "--diff", "--to", "zh")

    assert (1, f"would change {policy}\n1 file would change, 0 left as they are\n") == (checked.exit_code, checked.stdout)
    assert 1 == shown.exit_code
    assert "-policy: a   \n" in shown.stdout and "+制度: a\n" in shown.stdout
    assert CROOKED == policy.read_text(encoding="utf-8")
    call("fmt", policy)
    assert [0, 0] == [call("fmt", policy, flag).exit_code for flag in ("--check", "--diff")]


def test_check_and_diff_together(policy):
    both = call("fmt", policy, "--check", "--diff", "--lang", "en")

    assert (1, True) == (both.exit_code, "+policy: a\n" in both.stdout and f"would change {policy}\n" in both.stdout)


def test_a_file_with_problems_keeps_all_from_being_written(policy):
    """Each is named; both stay as they are."""
    wrong = policy.with_name("wrong.yaml")
    wrong.write_text("policy: a\nlader: {}   \n", encoding="utf-8")
    missing = policy.with_name("missing.yaml")
    ended = call("fmt", policy, wrong, missing)

    assert 1 == ended.exit_code
    assert "[unknown-key]" in ended.stderr and "[no-file]" in ended.stderr
    assert (CROOKED, "policy: a\nlader: {}   \n") == (policy.read_text(encoding="utf-8"), wrong.read_text(encoding="utf-8"))


def test_line_ends_and_a_mark_at_the_beginning(policy):
    """Of another system: a file that differs in nothing else is written anew."""
    policy.write_bytes(b"\xef\xbb\xbf" + STRAIGHT.replace("\n", "\r\n").encode())

    assert 1 == call("fmt", policy, "--check").exit_code
    assert 0 == call("fmt", policy).exit_code
    assert STRAIGHT.encode() == policy.read_bytes()


def test_a_link_stays_one(policy):
    link = policy.with_name("link.yaml")
    link.symlink_to(policy)

    assert 0 == call("fmt", link).exit_code
    assert link.is_symlink()
    assert STRAIGHT == policy.read_text(encoding="utf-8")


def test_a_spec_and_a_calendar(tmp_path):
    """By its name, and by its keys."""
    calendar = tmp_path / "term.yaml"
    calendar.write_text('calendar: a\ntimezone: Asia/Shanghai\nsessions: {am: "08:00-11:40"}\nterms: {t: {from: 2025-09-01, to: 2026-01-23}}\nmake_up: {2025-10-11: wednesday}\n', encoding="utf-8")
    (tmp_path / "policy.yaml").write_text(CROOKED, encoding="utf-8")
    spec = tmp_path / "policy.spec.yaml"
    spec.write_text('policy: policy.yaml\ncalendar: term.yaml\nfrom: 2025-11-03\ncases:\n  one:\n    marks: {x: "P"}\n    events:\n      2025-11-04: [{status: on_leave}]\n    expect: {}\n', encoding="utf-8")

    assert 0 == call("fmt", calendar, spec, "--to", "zh").exit_code
    assert "补课: {2025-10-11: 周三}" in calendar.read_text(encoding="utf-8")
    assert "[{学籍: 休学}]" in spec.read_text(encoding="utf-8")
    assert 0 == call("test", spec).exit_code


@pytest.mark.parametrize(("name", "text"), [("map.yaml", "format: csv\ncolumns: {student: id}\n"), ("roster.csv", "student,name\ns1,a\n")])
def test_what_is_not_laid_out_is_said_so(tmp_path, name, text):
    """With what is."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    told = call("fmt", path, "--lang", "en")

    assert (1, text) == (told.exit_code, path.read_text(encoding="utf-8"))
    assert "is not laid out" in told.stderr and "`escalate fmt` lays out policies, specs and calendars" in told.stderr
    assert 1 == told.stderr.count("\n   help:")
