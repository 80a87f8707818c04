"""Texts, places in them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import field, frozen

from .messages import UNSAID, Said, say, told

WIDE = (
    ("\u1100", "\u115f"), ("\u2e80", "\ua4cf"), ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"),
    ("\ufe30", "\ufe6f"), ("\uff00", "\uff60"), ("\uffe0", "\uffe6"),
)


@frozen
class Source:
    """A text with the path that a reader knows it by; lines and columns count from 1."""

    path: str
    text: str = field(repr=False)
    lines: tuple[str, ...] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(self.text.splitlines()))

    def line(self, number: int) -> str:
        """The text of one line, empty past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


@frozen(eq=False)
class Span:
    """A stretch of a source: from (line, col) up to but not including (end_line, end_col)."""

    source: Source = field(repr=False)
    line: int
    col: int
    end_line: int
    end_col: int

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line}:{self.col}"


def written(span: Span) -> str:
    """What is written at a place, on one line."""
    lines = [span.source.line(n) for n in range(span.line, span.end_line + 1)]
    lines[-1] = lines[-1][: span.end_col - 1]
    lines[0] = lines[0][span.col - 1 :]
    return " ".join(line.strip() for line in lines)


@frozen
class Problem:
    """Something wrong with a text: a kebab-case kind, a message, a place and help.

    The message is lower case, without a full stop, the user's own words in backticks.
    A `warning` does not stop an evaluation; every other problem does. A warning that is a `note` asks for a look, no more.
    """

    kind: str
    message: Said
    span: Span | None = field(default=None, eq=False)
    help: Said = UNSAID
    warning: bool = False
    note: bool = False

    @property
    def severity(self) -> str:
        """error, warning or note."""
        return ("note" if self.note else "warning") if self.warning else "error"

    @property
    def place(self) -> tuple[str, int, int]:
        """What problems are sorted by."""
        if self.span is None:
            return ("", 0, 0)
        return (self.span.source.path, self.span.line, self.span.col)


class Refused(Exception):
    """A text or an input with problems; carries all of them, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.place))
        super().__init__("\n".join(render(problem) for problem in self.problems))


def written_over(place: Span, other: Span, sources: Sequence[Source]) -> bool:
    """Whether a place stands in a file that builds on the file of another; `sources` begin with the one that builds on all."""
    order = {source: n for n, source in enumerate(sources)}
    return order.get(place.source, 0) < order.get(other.source, 0)


def beside(place: Span, other: Span) -> Said:
    """Where one place is, said in a problem that stands at another; empty on its own line."""
    if place.source != other.source:
        return say(" ({path}:{line})", path=place.source.path, line=place.line)
    return UNSAID if place.line == other.line else say(" (line {line})", line=place.line)


SEVERITIES = {"warning": say("warning: "), "note": say("note: ")}
SHOWN = 200  # of a longer line only the beginning is shown


def render(problem: Problem, lang: str = "en") -> str:
    """One problem as people see it: place, message, the line, a caret and help."""
    where = f"{problem.span}: " if problem.span else ""
    word = told(SEVERITIES[problem.severity], lang) if problem.warning else ""
    parts = [f"{where}{word}{told(problem.message, lang)} [{problem.kind}]"]
    if problem.span is not None:
        parts += _excerpt(problem.span)
    if problem.help:
        head = told(say("help: "), lang)
        parts += [f"   {head}{line}" if n == 0 else f"         {line}" for n, line in enumerate(told(problem.help, lang).split("\n"))]
    return "\n".join(parts)


def _excerpt(span: Span) -> list[str]:
    text = span.source.line(span.line)
    if not text.strip():
        return []
    last = span.end_col if span.end_line == span.line else len(text) + 1
    shown = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    if span.col > SHOWN:
        return [f"{span.line:>5} | {shown}"]
    before = "".join(_blank(char) for char in text[: span.col - 1])
    marked = text[span.col - 1 : min(last - 1, SHOWN)] or " "
    carets = "^" * sum(_width(char) for char in marked)
    return [f"{span.line:>5} | {shown}", f"      | {before}{carets}"]


def _width(char: str) -> int:
    # A Chinese sign takes two cells of a terminal; the caret must stand under it.
    return 2 if any(first <= char <= last for first, last in WIDE) else 1


def _blank(char: str) -> str:
    return "\t" if char == "\t" else " " * _width(char)


def problem_values(problem: Problem) -> dict[str, Any]:
    """A problem as plain values, for JSON."""
    found: dict[str, Any] = {"kind": problem.kind, "message": problem.message, "warning": problem.warning}
    if problem.span is not None:
        span = problem.span
        found |= {"file": span.source.path, "line": span.line, "column": span.col, "end_line": span.end_line, "end_column": span.end_col}
    return found | ({"help": problem.help} if problem.help else {})
