"""docs/tutorial.md, played from top to bottom: every command gives what the page shows, and every edit is made as it says."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from escalate.cli import main

PLACE = Path(__file__).parents[1] / "docs" / "tutorial.md"
PAGE = PLACE.read_text(encoding="utf-8")
NOW = 1795348800  # 2026-11-22: later than all that the page speaks of
OLD_CASES = re.compile(r"^cases:\n.*?(?=^  once a week)", re.DOTALL | re.MULTILINE)


def shown(block: str) -> str:
    """A block with what its commands say now; what is typed at a question stands behind the question."""
    lines = block.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    said = [_said(lines[start][2:], lines[start + 1 : end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return "\n".join(said) + "\n"


def _said(command: str, output: list[str]) -> str:
    program, *words = shlex.split(command)
    if program == "cd":
        os.chdir(words[0])
        return f"$ {command}"
    typed = [found[1] for line in output if (found := re.search(r" \[.*\]: (.*)$", line))]
    found = CliRunner().invoke(main, words, input="\n".join([*typed, ""]) if typed else None)
    assert found.exit_code == (1 if "failed" in found.output else 0), found.output
    return f"$ {command}\n{found.output}".rstrip()


def edited(block: str) -> None:
    """The one line of the policy that begins alike up to its value, or the ladder's cases of the spec."""
    if block.startswith("cases:"):
        file, pattern, block = Path("policy.spec.yaml"), OLD_CASES, f"{block}\n"
    else:
        file, pattern = Path("policy.yaml"), re.compile(r"^ *visit_days: .*\n" if "visit_days" in block else r"^ *when: days_away > visit_days.*\n", re.MULTILINE)
    text, times = pattern.subn(lambda _: block, file.read_text(encoding="utf-8"))
    assert 1 == times
    file.write_text(text, encoding="utf-8")


def test_the_page_is_what_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Word for word."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("escalate.commands.init.at_terminal", lambda: True)
    monkeypatch.setattr("escalate.cli.time.time", lambda: NOW)

    def played(found: re.Match[str]) -> str:
        if found[1] == "console":
            return f"```console\n{shown(found[2])}```"
        edited(found[2])
        return found[0]

    now = re.sub(r"```(console|yaml)\n(.*?)```", played, PAGE, flags=re.DOTALL)
    if request.config.getoption("--update-golden"):
        PLACE.write_text(now, encoding="utf-8")

    assert PAGE == now


def test_the_page_has_a_spec_that_fails_and_an_item_that_is_explained() -> None:
    """What it promises."""
    assert re.search(r"^\d cases? in 1 file: \d failed$", PAGE, re.MULTILINE)
    assert "5 cases in 1 file: all as expected" in PAGE
    assert "What happened" in PAGE
