"""The tutorials of both languages, played from top to bottom: every command gives what the page shows, and every edit is made as it says."""

from __future__ import annotations

import os
import re
import shlex
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner

from escalate.cli import main
from escalate.start import LANGS

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "tutorial.md", "zh": DOCS / "tutorial.zh.md"}
NOWS = {"of the page": 1795348800, "years later": 2000000000}  # 2026-11-22 and 2033-05-18, both later than all that the pages speak of
FAILED = ("failed", "不通过")
# A block of YAML that begins with the list of cases takes the place of those about the ladder; any other is a case more.
OLD_CASES = re.compile(r"^(?:cases|样例):\n.*?(?=^  (?:once a week|每周核对一次))", re.DOTALL | re.MULTILINE)


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
    assert found.exit_code == (1 if any(word in found.output for word in FAILED) else 0), found.output
    return f"$ {command}\n{found.output}".rstrip()


def edited(kind: str, block: str) -> None:
    """A line of the policy in the place of another, the ladder's cases of the spec anew, or a case at its end."""
    file = Path("policy.yaml" if kind == "diff" else "policy.spec.yaml")
    text = file.read_text(encoding="utf-8")
    if kind == "diff":
        signs = {sign: "".join(line[1:] for line in lines) for sign, lines in groupby(block.splitlines(keepends=True), key=lambda line: line[0])}
        assert (1, {"-", "+"}) == (text.count(f"\n{signs['-']}"), set(signs))
        text = text.replace(signs["-"], signs["+"])
    elif block.startswith(("cases:", "样例:")):
        text, times = OLD_CASES.subn(lambda _: f"{block}\n", text)
        assert 1 == times
    else:
        text += block
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("now", NOWS.values(), ids=list(NOWS))
@pytest.mark.parametrize("lang", LANGS)
def test_the_page_is_what_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, lang: str, now: int) -> None:
    """Word for word, on whichever day; but for the school year that is offered, which is that day's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("escalate.commands.init.at_terminal", lambda: True)
    monkeypatch.setattr("escalate.cli.time.time", lambda: now)
    page = PAGES[lang].read_text(encoding="utf-8")

    def played(found: re.Match[str]) -> str:
        if found[1] == "console":
            return f"```console\n{shown(found[2])}```"
        edited(found[1], found[2])
        return found[0]

    made = re.sub(r"```(console|yaml|diff)\n(.*?)```", played, page, flags=re.DOTALL)
    if request.config.getoption("--update-golden") and now == NOWS["of the page"]:
        PAGES[lang].write_text(made, encoding="utf-8")

    assert page == made if now == NOWS["of the page"] else _any_year(page) == _any_year(made)


def _any_year(page: str) -> str:
    return re.sub(r"\[\d{4}-09-01\]", "[YEAR]", page)


@pytest.mark.parametrize(("lang", "said"), [
    ("en", [r"^\d cases? in 1 file: \d failed$", "5 cases in 1 file: all as expected", "What happened", "coverage: 76 %", "coverage: 80 %", "report.html: "]),
    ("zh", [r"^1 个文件，\d 个样例：\d 个不通过$", "5 个样例：全部与预期一致", "^经过$", "覆盖率：76 %", "覆盖率：80 %", "report.html: "]),
])
def test_the_page_has_what_it_promises(lang: str, said: list[str]) -> None:
    """A spec that fails and one that passes, an item that is explained, a coverage report with the figure before and after, a page for the browser."""
    page = PAGES[lang].read_text(encoding="utf-8")

    assert [] == [pattern for pattern in said if not re.search(pattern, page, re.MULTILINE)]


def test_both_pages_play_the_same() -> None:
    """As many blocks of each kind, in the same order, and the same commands with the same options."""
    blocks = [re.findall(r"```(console|yaml|diff)\n(.*?)```", PAGES[lang].read_text(encoding="utf-8"), re.DOTALL) for lang in LANGS]
    commands = [[re.findall(r"^\$ escalate (\w+)|(--[a-z-]+)", block, re.MULTILINE) for kind, block in found if kind == "console"] for found in blocks]

    assert [kind for kind, _ in blocks[0]] == [kind for kind, _ in blocks[1]]
    assert commands[0] == commands[1]
