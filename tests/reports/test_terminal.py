"""What people see on a terminal: a bar that goes away, colours, frames; and in a pipe none of them."""

from __future__ import annotations

import io

import pytest

from escalate.reports.problems import print_problems
from escalate.reports.progress import watching
from escalate.reports.table import Line, show, table_of
from escalate.reports.words import TABLES, counted
from escalate.source import Problem, Source, Span

LINE = Line("09-03 周三", "逾期 1 天", "s3", "hill", "7-2", "家访", ("班主任 p1", "校长 p9"), ("家长",), late=True)


class Terminal(io.StringIO):
    """A text that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch):
    """The same terminal wherever the tests run."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")


def shown(out, *, framed):
    show([table_of([LINE], "逾期未办 1 件", "zh", framed=framed, schools=True, late=True)], out)
    return out.getvalue()


def test_a_table_in_a_pipe_is_whole_lines():
    """Joint actors in one cell, nothing behind the last."""

    assert shown(io.StringIO(), framed=False) == (
        "逾期未办 1 件\n"
        "期限                   学生  学校  班级  事项  承办                对象\n"
        "09-03 周三  逾期 1 天  s3    hill  7-2   家访  班主任 p1、校长 p9  家长\n"
    )


def test_a_table_on_a_terminal_has_colours_and_a_line_for_each_actor():
    """Lateness is red."""
    found = shown(Terminal(), framed=True)

    assert "\x1b[31m逾期 1 天\x1b[0m" in found
    assert "班主任 p1、" not in found
    assert "───" in found


def test_a_bar_is_drawn_on_a_terminal_only():
    """And taken away at the end."""
    for out in (Terminal(), io.StringIO()):
        with watching(out, "zh") as watch:
            watch.step()
            watch.stage("read")
            watch.stage("evaluate", 2)
            watch.step()
        assert out.isatty() == watch.on == ("推算" in out.getvalue())


def test_problems_on_a_terminal_say_what_they_say_in_a_pipe():
    """With colours, no character more."""
    span = Span(Source("policy.yaml", "a: 1\nb: 2"), 2, 1, 2, 2)
    problems = [Problem("odd", "`b` is odd", span, "leave it out"), Problem("small", "a small thing", warning=True)]
    terminal, pipe = Terminal(), io.StringIO()

    print_problems(problems, terminal)
    print_problems(problems, pipe)

    assert "\x1b[" in terminal.getvalue()
    assert pipe.getvalue() == _without_colours(terminal.getvalue())


def _without_colours(text):
    from rich.text import Text

    return "".join(f"{line.rstrip()}\n" for line in Text.from_ansi(text).plain.splitlines())


def test_every_language_has_every_word():
    """None falls back in the middle of a line."""
    assert [set(TABLES["en"])] * len(TABLES) == [set(table) for table in TABLES.values()]


def test_words_go_with_their_number():
    """Where a language has two forms."""
    assert ["mark", "marks", "考勤"] == [counted(1, "mark|marks"), counted(2, "mark|marks"), counted(2, "考勤")]
