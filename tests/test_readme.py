"""What the README says is so: its policy, the items that come of it, and the lines that embed it."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path

import pytest

from escalate.audit import verify
from escalate.engine import Engine
from escalate.events import Mark
from escalate.load import load_policy
from escalate.readers import read_calendar, read_roster
from escalate.spec import cases_below, failure
from escalate.times import Zone

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
CALENDAR = """
calendar: example
timezone: Asia/Shanghai
sessions: {am: "08:00-11:40", pm: "14:00-17:00"}
terms: {autumn: {from: 2025-09-01, to: 2026-01-23}}
years: {2025: [autumn]}
"""
ZONE = Zone("Asia/Shanghai")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the README's policy and a school of one child."""
    (tmp_path / "policy.yaml").write_text(block("yaml"), encoding="utf-8")
    (tmp_path / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("student,school,class\ns1,north,7-1\n", encoding="utf-8")
    (tmp_path / "assignments.csv").write_text("role,of,person,from,to\nhomeroom_teacher,7-1,t1,,\n", encoding="utf-8")
    return tmp_path


def at(day: int, time: str) -> int:
    hour, minute = map(int, time.split(":"))
    return ZONE.instant(datetime.date(2025, 11, day), datetime.time(hour, minute))


def test_the_spec_passes(folder: Path) -> None:
    """Beside the policy."""
    spec = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[1]
    (folder / "policy.spec.yaml").write_text(spec, encoding="utf-8")

    assert [""] == [failure(case) for case in cases_below(folder)]


def test_the_policy_gives_the_items_of_the_table(folder: Path) -> None:
    """Three days away, and a correction that excuses the second."""
    calendar = read_calendar(folder / "calendar.yaml")
    engine = Engine(load_policy(folder / "policy.yaml"), calendar, read_roster(folder / "roster.csv"))

    def marks(day: int, code: str, known: int | None = None) -> list[Mark]:
        return [
            Mark(student="s1", date=datetime.date(2025, 11, day), session=half, code=code, known=known or at(day, time))
            for half, time in (("am", "08:05"), ("pm", "14:05"))
        ]

    engine.feed([*marks(3, "A"), *marks(4, "A"), *marks(5, "A"), *marks(4, "S", at(6, "09:00"))])
    told = [
        (ZONE.text(decision.decided)[8:16], decision.change.what, decision.record["line"]["path"], decision.change.new.due)
        for decision in engine.advance(at(6, "12:00")) if decision.record["kind"] == "item"
    ]

    assert told == [
        ("03T17:30", "issued", "absence.one_day.home_visit", "2025-11-04"),
        ("05T00:00", "overdue", "absence.one_day.home_visit", "2025-11-04"),
        ("05T17:30", "issued", "absence.three_days.principal_visit", "2025-11-06"),
        ("06T09:00", "withdrawn", "absence.three_days.principal_visit", "2025-11-06"),
    ]
    assert "principal_visit" in {item.action for item in engine.items(at(5, "20:00"))}


def embedded(day: int) -> Engine:
    """The README's own lines, on the evening of a day."""
    names = {"day": datetime.date(2025, 11, day)}
    exec(compile(block("python").replace("1762248600", str(at(day, "17:30"))), "README.md", "exec"), names)  # noqa: S102
    return names["engine"]  # type: ignore[return-value]  # what the lines call so


def test_the_lines_that_embed_it_run_twice(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On the second day the engine goes on from its snapshot."""
    monkeypatch.chdir(folder)
    embedded(4)
    first = capsys.readouterr().out
    embedded(5)

    assert "issued example/s1/absence/1/one_day/1/home_visit/homeroom_teacher 2025-11-05" in first
    assert "opened" not in capsys.readouterr().out


@pytest.mark.parametrize("crash", [(Engine, "snapshot"), (os, "replace"), (Engine, "seal"), (Path, "write_text")])
@pytest.mark.parametrize("day", [4, 5, 7])
def test_the_lines_that_embed_it_survive_a_crash(folder: Path, monkeypatch: pytest.MonkeyPatch, crash: tuple[object, str], day: int) -> None:
    """Before, between and in the writing of the audit lines and of the snapshot: each block is in the file once, and no event is lost."""
    monkeypatch.chdir(folder)

    def crashed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    for today in (4, 5, 6, 7):
        if today == day:
            with monkeypatch.context() as patch:
                patch.setattr(*crash, crashed)
                with pytest.raises(KeyboardInterrupt):
                    embedded(today)
        engine = embedded(today)

    text = (folder / "audit.jsonl").read_bytes()
    assert [] == verify(text + b"".join(engine.auditor.tail()))
    assert 2 == text.count(b'{"block"')
    assert 8 == len(engine.intake.everything())


def test_a_trail_whose_state_was_lost_is_never_emptied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was sealed stays to be mended by hand."""
    monkeypatch.chdir(folder)
    for day in (4, 5, 6):
        embedded(day)
    before = (folder / "audit.jsonl").read_bytes()
    (folder / "state.json").unlink()
    embedded(7)

    assert before
    assert (folder / "audit.jsonl").read_bytes().startswith(before)
