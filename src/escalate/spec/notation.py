"""The compact notation of marks: a letter a day, `AAA P`, `(AP)` a day by its sessions, `AS x5` five times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..messages import say

MOST = 4_000  # days of one text
NOTHING = "_"
_TIMES = re.compile(r"[x×]([0-9]{1,4})(?=\s|$)")

# What was marked on a day: one code for all of its sessions, or one for each; empty where nothing was recorded.
Day = str | tuple[str, ...]


def parse_days(text: str) -> list[Day]:
    """The days of a text, in order. Raises ValueError saying what cannot be read."""
    days: list[Day] = []
    first, between, place = 0, True, 0  # first: where the word begins that `x5` repeats
    while place < len(text):
        times = _TIMES.match(text, place) if between else None
        if text[place].isspace():
            between, place = True, place + 1
        elif times:
            if first == len(days):
                raise ValueError(say("`{times}` stands behind nothing that could be repeated", times=times[0]))
            if int(times[1]) < 1:
                raise ValueError(say("`{times}` repeats nothing: write 1 or more", times=times[0]))
            days += days[first:] * (int(times[1]) - 1)
            place = times.end()
        else:
            first, between = len(days) if between else first, False
            day, place = _day(text, place)
            days.append(day)
        if len(days) > MOST:
            raise ValueError(say("the text is of more than {MOST:,} days", MOST=MOST))
    return days


def _day(text: str, place: int) -> tuple[Day, int]:
    if text[place] != "(":
        return _code(text, place)
    codes: list[str] = []
    place += 1
    while place < len(text) and text[place] != ")":
        if text[place].isspace():
            place += 1
            continue
        code, place = _code(text, place)
        codes.append(code)
    if place >= len(text):
        raise ValueError(say("a `(` is never closed: write a day by its sessions as `(AP)`"))
    if not codes:
        raise ValueError(say("`()` holds no session"))
    return tuple(codes), place + 1


def _code(text: str, place: int) -> tuple[str, int]:
    sign = text[place]
    if sign == "{":
        end = text.find("}", place)
        if end < 0:
            raise ValueError(say("a `{{` is never closed: write a code of more than one sign as `{{病假}}`"))
        code = text[place + 1 : end].strip()
        if not code:
            raise ValueError(say("`{{}}` holds no code"))
        return code, end + 1
    if sign in ")}(":
        raise ValueError(say("`{sign}` stands where a mark is expected", sign=sign))
    return "" if sign == NOTHING else sign, place + 1


def code_text(code: str) -> str:
    """A code as the notation writes it, nothing as `_`."""
    return code if len(code) == 1 and code not in "(){}_" else NOTHING if not code else f"{{{code}}}"


def day_text(codes: Sequence[str]) -> str:
    """A day as the notation writes it: one code where all sessions have the same, else one for each."""
    written = [code_text(code) for code in codes]
    return written[0] if len(set(written)) == 1 else f"({''.join(written)})"
