"""The small words that stand all over a policy: numbers, shares, units, lengths, clock times, dates.

Each function reads one text and answers `None` where it is something else; the callers say what is wrong.
"""

from __future__ import annotations

import datetime
import difflib
import re
from fractions import Fraction

from ..slips import halved

# How a unit is written, in the singular, and its key in `policy.py`.
UNITS = {
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "term": "term",
    "session": "session",
    "half day": "half_day",
    "school day": "school_day",
    "office day": "office_day",
    "school week": "school_week",
    "school year": "school_year",
}
PERIODS = {"day": "day", "week": "week", "month": "month", "term": "term", "school year": "school_year"}
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,12})?")
_LENGTH = re.compile(r"(\S+)\s+(.+)")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_NAME = re.compile(r"\(?\s*([^\W\d]\w*)\s*\)?")


def plain(text: str) -> str:
    """A text with its blanks made one ordinary space each."""
    return " ".join(text.split())


def number(text: str) -> Fraction | None:
    """A plain number: `3`, `-50`, `0.5`; `010` is none."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def share(text: str) -> Fraction | None:
    """A percentage as a share of one."""
    value = number(text[:-1].rstrip()) if text.endswith("%") else None
    return None if value is None else value / 100


def unit(text: str) -> str:
    """The key of a unit written in the singular or plural; empty where it is none."""
    words = plain(text)
    return UNITS.get(words) or UNITS.get(words.removesuffix("s"), "")


def length(text: str) -> tuple[str, str] | None:
    """The amount and the unit of `3 school days`, `visit_days days` or `(visit_days) days`."""
    found = _LENGTH.fullmatch(plain(text))
    key = unit(found.group(2)) if found else ""
    return (found.group(1), key) if found and key else None


def name_in(text: str) -> str:
    """A name, in brackets or not; empty where the text is none."""
    found = _NAME.fullmatch(text)
    return found.group(1) if found else ""


def clock(text: str) -> datetime.time | None:
    """A clock time such as `17:30`."""
    found = _CLOCK.fullmatch(text)
    return datetime.time(int(found.group(1)), int(found.group(2))) if found else None


def date(text: str) -> datetime.date | None:
    """A date such as `2025-09-01` that exists."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def nearly(text: str) -> str:
    """`did you mean` for a number whose unit is misspelt."""
    found = re.fullmatch(r"([0-9]+)\s*(\D.*)", plain(text))
    known = [f"{one}{end}" for one in UNITS for end in ("", "s")]
    near = difflib.get_close_matches(found.group(2), known, 1) if found else []
    return f"did you mean `{found.group(1)} {near[0]}`?" if found and near else ""


def twin(text: str) -> str:
    """The text as it would be without full-width signs, empty where it has none."""
    mended = plain(halved(text))
    return mended if mended != plain(text) else ""
