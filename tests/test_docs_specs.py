"""What docs/specs.md shows is so: its first spec, beside the README's policy, and each block of it, read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from escalate.cli import main
from escalate.load import load_policy
from escalate.spec import cases_below, failure
from escalate.spec.points import conditions_of
from escalate.spec.values import ALWAYS, WHATS

from .commands.world import call

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "specs.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
POLICY = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def below(tmp_path: Path, spec: str) -> list:
    assert POLICY
    (tmp_path / "policy.yaml").write_text(POLICY[1], encoding="utf-8")
    (tmp_path / "policy.spec.yaml").write_text(spec, encoding="utf-8")
    return cases_below(tmp_path)


def test_the_first_spec_passes(tmp_path: Path) -> None:
    """As it stands on the page, with the policy of the README."""
    cases = below(tmp_path, BLOCKS[0])

    assert ["", ""] == [failure(case) for case in cases]


FAILING = re.findall(r"```\n(.*?)```", PAGE[PAGE.index("## A case that fails") :], re.DOTALL)


@pytest.mark.parametrize(("block", "options"), [(FAILING[0], []), (FAILING[1], ["--diff"])])
def test_a_case_that_fails_looks_as_it_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: str, options: list[str]) -> None:
    """Every line stands in what is printed, in that order."""
    below(tmp_path, BLOCKS[0].replace("{issued: 家访, due: 2025-11-04}", "{issued: 家访, due: 2025-11-05}"))
    monkeypatch.chdir(tmp_path)
    printed = iter(call("test", *options).stdout.splitlines())

    assert [] == [line for line in block.splitlines() if line not in printed]


def test_pytest_plays_the_specs_as_it_is_told_to(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the setting of the page, and by the names of the page without it."""
    setting = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    commands = re.findall(r"^pytest (.+)$", PAGE, re.MULTILINE)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    below(pytester.mkdir("policies"), BLOCKS[0])
    named = [pytester.runpytest_inprocess("-p", "escalate.pytest_plugin", command.strip('"')).parseoutcomes()["passed"] for command in commands]
    assert setting
    pytester.makepyprojecttoml(setting[1])

    assert [2, 1] == named
    assert 2 == pytester.runpytest_inprocess("-p", "escalate.pytest_plugin").parseoutcomes()["passed"]


def test_the_events_and_the_setting_of_the_page_are_read(tmp_path: Path) -> None:
    """Each line of them, with what they need beside them."""
    marks, events, _, _, setting = BLOCKS[1:6]
    policy = POLICY[1].replace("roles:", "students: {special_case: {title: 特殊}}\nroles:") if POLICY else ""
    (tmp_path / "policy.yaml").write_text(policy, encoding="utf-8")
    calendar = 'calendar: c\ntimezone: Asia/Shanghai\nsessions: {am: "08:00-11:40", pm: "14:00-17:00"}\nterms: {t: {from: 2025-09-01, to: 2026-01-23}}\n'
    (tmp_path / "calendar.yaml").write_text(calendar, encoding="utf-8")
    spec = f"{setting}cases:\n  all:\n{marks}{events}    expect: {{}}\n"
    (tmp_path / "policy.spec.yaml").write_text(spec, encoding="utf-8")
    (case,) = cases_below(tmp_path)

    assert {"Outcome", "Flag", "Status", "Mark", "CalendarEdit"} == {type(event).__name__ for event in case.events}
    assert 2 * (3 + 3) + 2 + 1 == sum(type(event).__name__ == "Mark" for event in case.events)


DUTY = """
policy: returns
extends: standard.yaml
roles: {homeroom_teacher: {of: class}, principal: {of: school}}
duties: {monthly_return: {every: month, each: class, do: {monthly_report: {by: homeroom_teacher, to: principal, due: end of month}}}}
"""


def test_the_spec_of_a_duty_passes(tmp_path: Path) -> None:
    """As it stands on the page, with two classes."""
    (tmp_path / "policy.yaml").write_text(DUTY, encoding="utf-8")
    students = 'students: {小明: {class: "7.1"}, 小红: {class: "7.2"}}\n'
    (tmp_path / "policy.spec.yaml").write_text(f"{students}cases:\n{BLOCKS[3]}", encoding="utf-8")
    (case,) = cases_below(tmp_path)

    assert not failure(case)


LISTED = """
policy: watched
extends: standard.yaml
lang: zh
students: {averse: {title: 有厌学情绪}}
roles: {principal: {title: 校长, of: school}}
registers: {watch_list: {title: 重点关注学生名册, each: student, where: averse, columns: [name, averse], readers: principal}}
"""


def test_the_registers_of_the_page_are_so(tmp_path: Path) -> None:
    """Of a policy that has no target."""
    (tmp_path / "policy.yaml").write_text(LISTED, encoding="utf-8")
    (tmp_path / "policy.spec.yaml").write_text(f"cases:\n{BLOCKS[4]}", encoding="utf-8")
    (case,) = cases_below(tmp_path)

    assert not failure(case) and [1, 0] == [len(sheet.rows) for sheet in case.registers]


def test_the_boundary_cases_begin_as_it_is_shown(tmp_path: Path) -> None:
    """Below the head of the file, of the README's policy."""
    below(tmp_path, BLOCKS[0])
    found = call("test", tmp_path / "policy.yaml", "--write-boundaries")
    text = (tmp_path / "policy.boundaries.spec.yaml").read_text(encoding="utf-8")

    assert 0 == found.exit_code
    assert "\n" + BLOCKS[6] in text
    assert not any(failure(case) for case in cases_below(tmp_path / "policy.boundaries.spec.yaml"))


def test_what_coverage_counts_is_on_the_page(tmp_path: Path) -> None:
    """Every role of a condition, and the commands as they are written, beside the first spec."""
    section = PAGE[PAGE.index("## What the cases exercised") : PAGE.index("## In pytest")]
    commands = re.findall(r"^escalate (test) \S+ (--\S+)(?: (\S+))?", section, re.MULTILINE)
    below(tmp_path, BLOCKS[0])
    codes = [CliRunner().invoke(main, [name, str(tmp_path), option, *([str(tmp_path / value)] if "marked" in option else [value] if value else [])]).exit_code
             for name, option, value in commands]  # fmt: skip

    assert [("--coverage", 0), ("--fail-under", 0), ("--coverage-marked", 0)] == [(option, code) for (_, option, _), code in zip(commands, codes, strict=True)]
    assert (tmp_path / "marked.txt").read_text(encoding="utf-8").count("\n+ ") > 2
    roles = {asked.role for path in ("S002-02/adopted.yaml", "S000-01/adopted.yaml") for asked in conditions_of(load_policy(ROOT / "policies" / path))}
    assert [] == [role for role in roles - {"base"} if f"`{role}`" not in section]


def test_every_word_of_expect_is_on_the_page() -> None:
    """And the table names all that is always compared."""
    assert [] == [what for what in (*ALWAYS, *WHATS) if f"`{what}" not in PAGE and f"{{{what}:" not in PAGE and what != "reinstated"]
