"""What an author answers, read from what was typed."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping

from attrs import frozen

KEYS = ("lang", "name", "first_day", "days", "next")
LANGS, DEFAULT_LANG = ("zh", "en"), "zh"
SCHOOL = {"zh": "示例学校", "en": "Example School"}
TOLD_NEXT = {"zh": "校长", "en": "principal"}
FEWEST, MOST = 2, 10
FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST = 100
# What no file of texts may hold, and what would begin a new line in one.
UNWRITABLE = ("Cc", "Cn", "Cs", "Zl", "Zp")
NEW_YEAR_BY = 7  # from July on the school year that is meant is the one to come


@frozen
class Answers:
    """What an author answered. days: after so many days away somebody visits. next: whom the class teacher tells."""

    lang: str
    name: str
    first_day: datetime.date
    days: int
    next: str


def defaults(lang: str, today: datetime.date) -> Answers:
    """What is written where nothing is answered: the school year that runs, or in summer the one to come."""
    year = today.year if today.month >= NEW_YEAR_BY else today.year - 1
    return Answers(lang, SCHOOL[lang], datetime.date(year, 9, 1), 3, TOLD_NEXT[lang])


def read(texts: Mapping[str, str]) -> Answers:
    """The answers as they were typed. Raises ValueError, which says what one must be."""
    return Answers(_lang(texts["lang"]), _line(texts["name"]), _date(texts["first_day"]), _days(texts["days"]), _line(texts["next"]))


def wrong(key: str, text: str) -> str:
    """What is wrong with one answer; nothing where it is right."""
    try:
        READERS[key](text)
    except ValueError as error:
        return str(error)
    return ""


def _lang(text: str) -> str:
    if text not in LANGS:
        raise ValueError(f"`{text}` is not one of {', '.join(LANGS)}")
    return text


def _line(text: str) -> str:
    found = text.strip()
    if not found:
        raise ValueError("a name must have at least one letter")
    if len(found) > LONGEST:
        raise ValueError(f"a name may have {LONGEST} letters, this one has {len(found)}")
    strange = next((sign for sign in found if unicodedata.category(sign) in UNWRITABLE), None)
    if strange is not None:
        raise ValueError(f"a name is one line of letters and signs; U+{ord(strange):04X} cannot stand in it")
    return found


def _date(text: str) -> datetime.date:
    try:
        found = datetime.date.fromisoformat(text.strip()) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text.strip()) else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError(f"`{text}` is not a date such as 2025-09-01")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"a school year begins between {FIRST_YEAR} and {LAST_YEAR}")
    return found


def _days(text: str) -> int:
    found = unicodedata.normalize("NFKC", text.strip())
    if not re.fullmatch("[0-9]{1,3}", found) or not FEWEST <= int(found) <= MOST:
        raise ValueError(f"`{text}` is not a whole number from {FEWEST} to {MOST}; on the first day away the parents are called")
    return int(found)


READERS: Mapping[str, Callable[[str], object]] = {"lang": _lang, "name": _line, "first_day": _date, "days": _days, "next": _line}
