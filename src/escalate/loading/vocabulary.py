"""The small words that stand all over a policy: numbers, shares, units, lengths, clock times, dates.

Each function reads one text and answers `None` where it is something else; the callers say what is wrong.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Collection, Iterable
from fractions import Fraction

from ..language import in_digits
from ..messages import UNSAID, Said, glued, ours, say
from ..phrases import TABLES
from ..slips import halved
from ..slips.dates import date_help, dates_meant, days_meant
from ..synonyms import called

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
    "student": "student",
}
PERIODS = {"day": "day", "week": "week", "month": "month", "term": "term", "school year": "school_year"}
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,12})?")
_LENGTH = re.compile(r"(\S+)\s+(.+)")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_WORKING = re.compile(r"(?:work(?:ing)?|week|business)[ -]?days?|个?工作日")
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


def nearly(text: str, units: Collection[str]) -> Said:
    """Help for a length whose unit is misspelt, in Chinese, or none of the units that may stand; empty where it is no such thing."""
    found = re.fullmatch(r"([0-9]+|[零〇一二两三四五六七八九十百千]+|[A-Za-z]+(?= ))\s*(\D.*?)(?:[以之]?内)?", plain(halved(text)))
    number = (found.group(1) if found.group(1).isdigit() else in_digits(found.group(1))) if found else ""
    meant = [unit for unit in _meant(found.group(2)) if UNITS[unit] in units] if found and number else []
    if found and number and not meant and found.group(2) in ("天", "日") and "school_day" in units:
        meant = ["school day"]
    shown = glued((say("`{length}`", length=ours(f"{number} {unit}{'' if number == '1' else 's'}", "length")) for unit in meant), say(" or "))
    return say("write {shown}", shown=shown) if shown else UNSAID


def misspelt(text: str, phrases: Iterable[str], kind: str = "due") -> Said:
    """Help for a phrase of which a word is misspelt, or that others say otherwise; empty where it is none."""
    known = tuple(phrases)
    if found := called(text, known, kind):
        return say("did you mean `{found}`?", found=ours(found, kind))
    found = next((phrase for phrase in known if _like(plain(text), phrase)), "")
    return say("write `{text}`", text=ours(found, kind)) if found else UNSAID


def number_meant(text: str, unit: str = "") -> Said:
    """Help for a text where a number, or a length in a unit, was probably meant: `五`, `5天`; empty where none was."""
    digits = in_digits(text)
    return say("write `{digits}`", digits=digits) if digits else nearly(text, (unit,) if unit else tuple(UNITS.values()))


def date_meant(text: str) -> Said:
    """How a text is written as a date."""
    return date_help(text, say("a date is written as `2025-09-01`"), dates_meant(text))


def day_meant(text: str) -> Said:
    """How a text is written as a date, or as a day of every year; empty where it is neither."""
    return date_help(text, UNSAID, dates_meant(text) or days_meant(text))


def _meant(written: str) -> tuple[str, ...]:
    """The units that a word may mean: `workdays` are days of school or of the office."""
    word = written.strip().lower()
    if _WORKING.fullmatch(word):
        return ("school day", "office day")
    chinese = next((unit for unit in UNITS if TABLES["zh"].units[UNITS[unit]][0].removeprefix("个") == word.removeprefix("个")), "")
    if known := chinese or called(word.removeprefix("个"), UNITS, "unit"):
        return (known,)
    squeezed = re.sub(r"[\s_-]", "", word).removesuffix("s")
    return tuple(unit for unit in UNITS if unit.replace(" ", "") == squeezed) or tuple(unit for unit in UNITS if _like(word, unit))[:1]


def _like(word: str, unit: str) -> bool:
    # Each word by itself: `week days` looks like `weeks`, and means something else.
    pairs = list(zip(word.removesuffix("s").split(), unit.split(), strict=False))
    return len(word.split()) == len(unit.split()) and all(difflib.SequenceMatcher(None, one, other).ratio() >= 0.75 for one, other in pairs)


def twin(text: str) -> str:
    """The text as it would be without full-width signs, empty where it has none."""
    mended = plain(halved(text))
    return mended if mended != plain(text) else ""
