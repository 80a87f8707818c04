"""What people see on a terminal: a bar that goes away, colours, frames; and in a pipe none of them."""

from __future__ import annotations

import io

import pytest

from escalate.reports.columns import table_of
from escalate.reports.problems import print_problems
from escalate.reports.progress import watching
from escalate.reports.summary import _filled
from escalate.reports.table import Held, Line, show
from escalate.reports.words import TABLES, counted
from escalate.source import Problem, Source, Span

LINE = Line("09-03 周三", "逾期 1 天", "s3", "hill", "7-2", "家访", (Held("班主任", "p1"), Held("校长", "p9")), (Held("家长"),), late=True)


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


def shown(out, *, width=None):
    show([table_of([LINE], "逾期未办 1 件", "zh", width=width, schools=True, late=True)], out)
    return out.getvalue()


def test_a_table_in_a_pipe_is_whole_lines():
    """Joint actors in one cell, nothing behind the last."""

    assert shown(io.StringIO()) == (
        "逾期未办 1 件\n"
        "期限                   学生  学校  班级  事项  承办                对象\n"
        "09-03 周三  逾期 1 天  s3    hill  7-2   家访  班主任 p1、校长 p9  家长\n"
    )


def test_a_table_on_a_terminal_has_colours_and_a_line_for_each_actor():
    """Lateness is red."""
    found = shown(Terminal(), width=100)

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


def terminal(width, *lines, lang="zh"):
    """A table on a terminal of so many columns, without its colours."""
    from rich.text import Text

    out = Terminal()
    show([table_of(lines, "待办", lang, width=width, schools=False, late=False)], out)
    return [line.rstrip() for line in Text.from_ansi(out.getvalue()).plain.splitlines()][1:]


def test_names_stand_below_their_role_where_both_have_no_room(monkeypatch):
    """Who acts and who is told give way before a title does; no role and no name is broken."""
    monkeypatch.setenv("COLUMNS", "80")
    acts = (Held("班主任", "p001"), Held("班级防流控辍小组", "p002 p003"))
    line = Line("03-02 周一 16:00", "37 天后", "s0181", "", "7-1", "约谈家长", acts, (Held("班主任", "p001"),))

    assert terminal(80, line)[2:] == [
        "03-02 周一 16:00  37 天后  s0181  7-1   约谈家长  班主任 p001             班主任",
        "                                                  班级防流控辍小组        p001",
        "                                                  p002 p003",
    ]


def test_a_narrow_terminal_has_two_short_lines_an_item(monkeypatch):
    """How long is left below the due, the class below the student; guards against `class / teacher / Ms Lake`, a word a line."""
    monkeypatch.setenv("COLUMNS", "80")
    teacher, principal = Held("class teacher", "Ms Lake"), Held("principal", "Mr Hill")
    lines = [
        Line("09-05 Fri", "tomorrow", "s2 Ben", "", "7A", "Report that the child is still away", (teacher,), (principal,)),
        Line("09-05 Fri", "tomorrow", "s2 Ben", "", "7A", "Visit the family", (teacher,), (Held("the parent"),)),
        Line("09-07 Sun", "in 3 days", "class 7A", "", "7A", "Look through the week's absences", (teacher,), ()),
    ]

    assert terminal(80, *lines, lang="en") == [
        "due        student   what                              by             to",
        "─" * 80,
        "09-05 Fri  s2 Ben    Report that the child is still    class teacher  principal",
        "tomorrow   7A        away                              Ms Lake        Mr Hill",
        "09-05 Fri  s2 Ben    Visit the family                  class teacher  the parent",
        "tomorrow   7A                                          Ms Lake",
        "09-07 Sun  class 7A  Look through the week's absences  class teacher",
        "in 3 days                                              Ms Lake",
    ]
    monkeypatch.setenv("COLUMNS", "100")
    assert terminal(100, *lines, lang="en")[2:5] == [
        "09-05 Fri  s2 Ben    Report that the child is still away  class teacher Ms Lake  principal Mr Hill",
        "tomorrow   7A",
        "09-05 Fri  s2 Ben    Visit the family                     class teacher Ms Lake  the parent",
    ]
    monkeypatch.setenv("COLUMNS", "130")
    assert "09-05 Fri  tomorrow   s2 Ben    7A     Visit the family                     class teacher Ms Lake  the parent" in terminal(130, *lines, lang="en")


def test_what_a_title_waits_for_begins_a_line(monkeypatch):
    """Where both have no room in one."""
    monkeypatch.setenv("COLUMNS", "80")
    line = Line("03-02 周一", "37 天后", "s0181", "", "7-1", "约谈家长（待补依据：请假条、病历、证明）", (Held("班级防流控辍小组", "p002"),), (Held("家长"),))

    assert terminal(80, line)[2:] == [
        "03-02 周一  s0181  约谈家长                               班级防流控辍小组  家长",
        "37 天后     7-1    （待补依据：请假条、病历、证明）       p002",
    ]


def test_a_terminal_that_is_too_narrow_for_words_still_shows_them(monkeypatch):
    """Broken, but all of them."""
    monkeypatch.setenv("COLUMNS", "40")
    out = Terminal()
    show([table_of([LINE], "待办", "zh", width=40, schools=True, late=True)], out)

    assert {"p1", "p9", "s3"} <= set(out.getvalue().split())


def test_counts_break_between_numbers():
    """Never between a word and its number."""
    assert _filled("待办 19，已办结 1,498，已失时效 18", "，", 24) == "待办 19，已办结 1,498，\n已失时效 18"
    assert _filled("1 open, 2 done", ", ", None) == "1 open, 2 done"
