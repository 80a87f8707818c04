"""Where reading stopped, and what every slip says of it: the place, the line mended."""

from __future__ import annotations

from attrs import frozen

from ..messages import Said, say
from ..source import Source, Span

FULL_WIDTH = str.maketrans("：，｛｝［］（）“”‘’＝＞＜！％＃　；", ":,{}[]()\"\"''=><!%# ;")
KEY = r"[^\s:：,，{}\[\]\"'#=]+"


@frozen
class Trouble:
    """Where reading stopped (line, col), where that began (start_line, start_col), and the reader's own words."""

    line: int
    col: int
    start_line: int
    start_col: int
    words: str


def halved(text: str) -> str:
    """A text with the full-width signs of Chinese typing written as their twins."""
    twins = text.translate(FULL_WIDTH)
    return "".join(chr(ord(char) - 0xFEE0) if "\uff10" <= char <= "\uff19" else char for char in twins)


def at(source: Source, line: int, col: int, end: int | None = None) -> Span:
    """One column of a line, or the stretch up to `end`."""
    if line > len(source.lines):  # past the end: point at the end of the last line
        line, col, end = max(len(source.lines), 1), len(source.line(len(source.lines))) + 1, None
    return Span(source, line, col, line, (col + 1) if end is None else end)


def show(line: str) -> Said:
    """Help that shows a line mended."""
    return say("write `{line}`", line=line.strip())


def lines_near(trouble: Trouble) -> range:
    """The lines in which a slip may stand, the last first."""
    # A line without its colon swallows the next one, and reading stops there: look one line back.
    first = min(trouble.start_line, trouble.line - 1)
    return range(trouble.line, max(first, trouble.line - 30, 1) - 1, -1)
