"""Full-width signs of Chinese typing where YAML's own must stand."""

from __future__ import annotations

import re

from ..messages import say
from ..source import Problem, Source
from .colons import wide_colon
from .trouble import FULL_WIDTH, KEY, Trouble, at, lines_near, show


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
            or re.search(r":\s+[“‘][^”’]*[”’]", line)
        )
        if found and trouble.words:
            braced = re.sub(rf"(:\s+)（(\s*{KEY}[:：].*)）", r"\1{\2}", line)
            mended = braced.translate(FULL_WIDTH).replace(",", ", ").replace(",  ", ", ")
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
