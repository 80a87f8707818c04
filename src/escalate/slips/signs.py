"""Full-width signs of Chinese typing where YAML's own must stand."""

from __future__ import annotations

import re

from ..keywords import spelled
from ..messages import say
from ..source import Problem, Source, Span
from .colons import halved_signs, parts_of, wide_colon
from .trouble import FULL_WIDTH, KEY, Trouble, at, lines_near, show

_LENTICULAR = str.maketrans("【】〔〕", "[][]")
# Texts that people read, in which quotes are no fault; and of these, those that quote what others have said.
_READ = spelled(("title", "kind", "form", "zh", "en"))
_SAYING = spelled(("text", "why", "reason", "cause", "source"))


def full_width_colon(source: Source, trouble: Trouble) -> Problem | None:
    """`title：缺课`: the colon of Chinese typing after a key."""
    for number in lines_near(trouble):
        line = source.line(number)
        found = re.match(rf"^\s*(?:-\s+)?{KEY}(：)\s*(.*)$", line) or re.search(rf"[{{,]\s*{KEY}(：)", line)
        if found:
            return wide_colon(source, number, found.start(1))
    return None


def full_width_signs(source: Source, trouble: Trouble) -> Problem | None:
    """`｛`, `，` or `“` where YAML's own signs must stand."""
    for number in lines_near(trouble):
        line = source.line(number)
        found = (
            re.search(rf":\s+（\s*{KEY}[:：].*）", line)
            or re.search(r"[｛｝［］]", line)
            or re.search(rf"，\s*{KEY}[:：]\s", line)
            or re.search(r":\s+[“‘][^”’]*[”’]|:\s+[【〔]", line)
        )
        if found and trouble.words:
            braced = re.sub(rf"(:\s+)（(\s*{KEY}[:：].*)）", r"\1{\2}", line)
            mended = braced.translate(FULL_WIDTH | _LENTICULAR).replace(",", ", ").replace(",  ", ", ")
            return Problem(
                "full-width",
                say("a full-width sign stands where YAML needs its twin"),
                at(source, number, found.start() + 1),
                show(mended),
            )
    return None


def full_width_remark(source: Source, trouble: Trouble) -> Problem | None:
    """`＃ 说明`: the sign of Chinese typing begins no remark, so its line is read as a text."""
    for number in range(trouble.line, 0, -1):
        line = source.line(number)
        if line.lstrip().startswith("＃"):
            mended = line.replace("＃", "# ", 1).replace("#  ", "# ", 1)
            return Problem("full-width", say("a full-width `＃` begins no remark"), at(source, number, line.index("＃") + 1), show(mended))
        if number < trouble.line and line.strip() and not line.lstrip().startswith("#"):
            return None
    return None


def wide_braces(source: Source, span: Span, text: str, *, key: bool) -> Problem | None:
    """`｛由: 班主任｝`: braces of Chinese typing round keys and values; YAML takes them for a text, or for the beginning of a key."""
    if not (re.match("[｛［]", text) if key else re.fullmatch("｛.*｝", text)):
        return None
    return _twin_needed(source, span)


def wide_parts(source: Source, span: Span, text: str) -> Problem | None:
    """`{由：班主任，期限: 1天}`: a key in braces that holds another one before it."""
    return _twin_needed(source, span) if "：" in text and sum(1 for _ in parts_of(f"{text}:")) > 1 else None


def _twin_needed(source: Source, span: Span) -> Problem:
    message = say("a full-width sign stands where YAML needs its twin")
    return Problem("full-width", message, at(source, span.line, span.col), show(halved_signs(source.line(span.line))))


def curly_quotes(source: Source, span: Span, text: str, key: str) -> Problem | None:
    """`“17:30”`: quotes of Chinese typing round a whole value, of which they are a part. A warning where people read the text."""
    if key in _SAYING or not re.fullmatch("“[^“”]*”|‘[^‘’]*’", text) or span.line != span.end_line:
        return None
    line = source.line(span.line)
    mended = f'{line[: span.col - 1]}"{text[1:-1]}"{line[span.end_col - 1 :]}'
    message = say("curly quotes stand round a value: to YAML they are part of it")
    if key not in _READ:
        return Problem("full-width", message, span, show(mended))
    shown = f'{line[: span.col - 1]}"{text}"{line[span.end_col - 1 :]}'.strip()
    help = say("{show}; if they are to be seen,\nwrite `{shown}`", show=show(mended), shown=shown)
    return Problem("full-width", message, span, help, warning=True)
