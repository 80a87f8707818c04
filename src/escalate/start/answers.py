"""What an author answers, read from what was typed."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping

from attrs import frozen

from .words import WRONG

KEYS = ("lang", "name", "first_day", "days", "next")
LANGS, DEFAULT_LANG = ("zh", "en"), "zh"
CALLED = {
    **dict.fromkeys(("zh", "chinese", "zh-cn", "zh_cn", "中文", "中", "汉语", "简体中文"), "zh"),
    **dict.fromkeys(("en", "english", "英文", "英语", "英"), "en"),
}
SCHOOL = {"zh": "示例学校", "en": "Example School"}
TOLD_NEXT = {"zh": "校长", "en": "principal"}
FEWEST, MOST = 2, 10
FIRST_YEAR, LAST_YEAR = 2000, 2099
LONGEST = 100
TAKEN = ("班主任", "家长", "学生", "class teacher", "parent", "student")
# What no file of texts may hold, and what would begin a new line in one.
UNWRITABLE = ("Cc", "Cn", "Cs", "Zl", "Zp")
_DATE = re.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
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
    """The answers as they were typed. Raises `Wrong` for the first that cannot be one."""
    return Answers(lang_of(texts["lang"]), _line(texts["name"]), _date(texts["first_day"]), _days(texts["days"]), _other(texts["next"]))


def wrong(key: str, text: str, lang: str = "en") -> str:
    """What is wrong with one answer; nothing where it is right."""
    try:
        READERS[key](text)
    except Wrong as error:
        return error.say(lang)
    return ""


class Wrong(Exception):
    """What was typed cannot be an answer; said in either language."""

    def __init__(self, phrase: str, **values: object) -> None:
        super().__init__(WRONG["en"][phrase].format_map(values))
        self.phrase, self.values = phrase, values

    def say(self, lang: str) -> str:
        return WRONG[lang][self.phrase].format_map(self.values)


def lang_of(text: str) -> str:
    """The language that is meant by its code or its name, in either language. Raises `Wrong` where there is none."""
    found = CALLED.get(unicodedata.normalize("NFKC", text).strip().casefold())
    if found is None:
        raise Wrong("lang", text=text.strip())
    return found


def _line(text: str) -> str:
    found = text.strip()
    if not found:
        raise Wrong("empty")
    if len(found) > LONGEST:
        raise Wrong("long", most=LONGEST, n=len(found))
    strange = next((sign for sign in found if unicodedata.category(sign) in UNWRITABLE), None)
    if strange is not None:
        raise Wrong("sign", code=f"U+{ord(strange):04X}")
    return found


def _other(text: str) -> str:
    """Another role than those that the policy has: specs know roles by their titles too."""
    found = _line(text)
    if not any(sign.isalpha() for sign in found):
        raise Wrong("person", text=found)
    if found.casefold().replace("_", " ") in TAKEN:
        raise Wrong("taken", text=found)
    return found


def _date(text: str) -> datetime.date:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    try:
        date = datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        date = None
    if date is None:
        raise Wrong("date", text=text)
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise Wrong("year", first=FIRST_YEAR, last=LAST_YEAR)
    return date


def _days(text: str) -> int:
    found = unicodedata.normalize("NFKC", text.strip())
    if not re.fullmatch("[0-9]{1,3}", found) or not FEWEST <= int(found) <= MOST:
        raise Wrong("days", text=text, fewest=FEWEST, most=MOST)
    return int(found)


READERS: Mapping[str, Callable[[str], object]] = {"lang": lang_of, "name": _line, "first_day": _date, "days": _days, "next": _other}
