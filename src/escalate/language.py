"""The words and types of conditions: what may be named, asked and compared."""

from __future__ import annotations

import datetime
import difflib
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from attrs import field, frozen

from .conditions import Value
from .messages import Said, noun, ours, say
from .policy import STATUSES, ParameterLine
from .scan import NEGATIONS, is_word
from .source import Source

BUILTINS = ("grade", "age", "class_name", "term_week", "marked")
CONSTANTS = ("true", "false", "none", "anyone")
ANCHORS = ("case", "enrolment", "term_start")
DATES = ("school_year_start", "term_start")
# Signs that make the opposite of a name, or another person of a role: `副校长` is not `校长`.
_TURNS = re.compile("没有|未有|[没未不非无否副]")
_TURNS_BEFORE = re.compile("(?:un|non|not|no|in|dis|never)_?(?=.)")


@frozen
class Held:
    """What a parameter holds: the first of its lines, and by unit how its text is written as a number where one was probably meant."""

    line: ParameterLine
    helps: Mapping[str, Said] = field(factory=dict)


@frozen
class Names:
    """What a condition may name.

    measures: name to unit (`school_day` or `school day`), `share` for a share, empty for a mean.
    parameters: name to unit, empty for a bare number, `share`, `text`; any other word is a parameter
    that has no value in a condition, such as a deadline.
    attributes: name to `number`, `date` or `text`. stages and items: names and dotted paths.
    results: what an item's outcome may be; an item that is not here may have any.
    duty: whether this is a condition of a duty, a target or one of their items.
    held: what each parameter holds, for the place of a value that does not fit. sources: the files, from the one that builds on all.
    titled: by kind, names by their titles as `as_title` spells them. lines: where a name was defined, for the help of a problem.
    lesson_hour: minutes in an hour of a measure.
    """

    measures: Mapping[str, str] = field(factory=dict)
    parameters: Mapping[str, str] = field(factory=dict)
    flags: Collection[str] = frozenset()
    attributes: Mapping[str, str] = field(factory=dict)
    stages: Collection[str] = frozenset()
    items: Collection[str] = frozenset()
    ladders: Collection[str] = frozenset()
    roles: Collection[str] = frozenset()
    targets: Collection[str] = frozenset()
    results: Mapping[str, Collection[str]] = field(factory=dict)
    duty: bool = False
    held: Mapping[str, Held] = field(factory=dict)
    sources: tuple[Source, ...] = ()
    titled: Mapping[str, Mapping[str, str]] = field(factory=dict)
    lines: Mapping[str, int] = field(factory=dict)
    lesson_hour: int = 60


@frozen
class Type:
    """What a part of a condition is: truth, number, text, date, none, outcome, grade, or any.

    The unit of a number: empty takes the other side's, `number` is a plain count, `share`, or a unit.
    """

    kind: str
    unit: str = ""


TRUTH = Type("truth")
ANY = Type("any")
SAID = {
    "truth": say("true or false"),
    "number": say("a number"),
    "text": say("a text"),
    "date": say("a date"),
    "none": say("`none`"),
    "outcome": say("an outcome"),
    "grade": say("a grade"),
}


@frozen
class Function:
    """One function of the language: what its argument is, its options, and what it gives."""

    takes: str
    gives: Type
    options: tuple[str, ...] = ()
    duty: bool = False


FUNCTIONS: Mapping[str, Function] = {
    "became": Function("status", TRUTH, ("cause",)),
    "ever": Function("status", TRUTH, ("since", "within")),
    "done": Function("item", TRUTH),
    "outcome": Function("item", Type("outcome")),
    "overdue": Function("item", TRUTH),
    "late": Function("item", TRUTH, ("within",)),
    "fired": Function("stage", TRUTH),
    "open_case": Function("ladder", TRUTH),
    "times": Function("item", Type("number", "number"), ("result", "to", "within")),
    "received": Function("document", TRUTH, ("by",)),
    "days_since": Function("moment", Type("number", "day")),
    "school_days_since": Function("moment", Type("number", "school day")),
    "age_on": Function("date", Type("number", "year")),
    "rate": Function("target", Type("number", "share"), duty=True),
    "new_holder": Function("role", TRUTH, duty=True),
}
EXAMPLES = {
    "status": "enrolled",
    "item": "home_visit",
    "stage": "three_days",
    "ladder": "truancy",
    "document": "report",
    "moment": "case",
    "date": "school_year_start",
    "target": "dropout",
    "role": "homeroom_teacher",
}


def reserved(name: str) -> bool:
    """Whether an author may not define this name: a word of Python or of the language of conditions."""
    plain = unicodedata.normalize("NFKC", name)
    return (
        keyword.iskeyword(plain)
        or plain in FUNCTIONS
        or plain in STATUSES
        or plain in BUILTINS
        or plain in CONSTANTS
        or plain in ANCHORS
        or plain in DATES
    )


def nameable(name: str) -> bool:
    """Whether a condition can say this name: letters of any script, digits and `_`, and not a word of ours."""
    return is_word(name) and not reserved(name)


def bare(names: Names) -> frozenset[str]:
    """The author's names that stand alone in a condition."""
    return frozenset().union(names.measures, names.parameters, names.flags, names.attributes)


def spelled(name: str, group: Iterable[str]) -> str | None:
    """The name of a group that this spelling means; full-width letters are read as their twins."""
    members = group if isinstance(group, (Mapping, frozenset, set, tuple)) else tuple(group)
    if name in members:
        return name
    plain = unicodedata.normalize("NFKC", name)
    return next((one for one in members if unicodedata.normalize("NFKC", one) == plain), None)


def as_title(text: str) -> str:
    """A title as it is compared: letters of one width, small, with one blank between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def nearest(name: str, group: Iterable[str]) -> str:
    """The name of a group that is spelled most like this one, empty where none is."""
    return closest(name, sorted(set(group)))


def closest(word: str, words: Collection[str]) -> str:
    """The word that looks most like another and is not its opposite; of two Chinese signs, the first is enough, or both turned round."""
    words = [one for one in words if not _turned(word, one)]
    close = difflib.get_close_matches(word, words, 1)
    if close or len(word) != 2 or word.isascii():
        return next(iter(close), "")
    return word[::-1] if word[::-1] in words else next((one for one in words if len(one) == 2 and one[0] == word[0]), "")


def denied(name: str, known: Collection[str]) -> str:
    """The known name that another denies: `有电话` of `没有电话`, `无电话` or `not有电话`; empty where it denies none."""
    rests = [name.removeprefix(sign).removeprefix("_") for sign in NEGATIONS if name.startswith(sign)]
    found = [one for rest in rests for one in (rest, f"有{rest}") if one in known]
    return max(found, key=len, default="")


def _turned(word: str, other: str) -> bool:
    """Whether one of two words says the opposite of the other, or names somebody else by one sign."""
    return len(_TURNS.findall(word)) != len(_TURNS.findall(other)) or _denies(word, other) or _denies(other, word)


def _denies(word: str, other: str) -> bool:
    """Whether a word is more like another without the `un` or `not` before it."""
    before = _TURNS_BEFORE.match(word)
    return before is not None and _alike(word[before.end() :], other) > _alike(word, other)


def _alike(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, word, other).ratio()


_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SPELLED = {word: n for n, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def in_digits(text: str) -> str:
    """A number written in words, such as `十二`, `百分之五` or `two`, in digits; empty where a text is none."""
    if text.lower() in _SPELLED:
        return str(_SPELLED[text.lower()])
    share = text.startswith("百分之")
    total, last = 0, None
    for sign in text.removeprefix("百分之"):
        if sign in _PLACES:
            total, last = total + (1 if last is None else last) * _PLACES[sign], None
        elif sign in _NUMERALS and last in (None, 0):
            last = _NUMERALS[sign]
        else:
            return ""
    known = text.removeprefix("百分之")
    return f"{total + (last or 0)}{'%' if share else ''}" if known else ""


def date_of(text: Value) -> datetime.date | None:
    """The date that a text says, if it says one."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def comparable(kinds: set[str]) -> bool:
    """Whether values of these kinds may stand in one comparison."""
    return (
        len(kinds) == 1
        and kinds != {"none"}
        or kinds in ({"outcome", "text"}, {"outcome", "none"}, {"grade", "number"}, {"grade", "text"})
    )


def unit_named(written: str) -> str:
    """A unit as conditions write it: `school day` for `school_day`."""
    return written.replace("_", " ")


def unit_of(op: str, left: str, right: str) -> str | None:
    """The unit of a sum, a product or a quotient; nothing where the two do not go together."""
    plain = ("", "number", "share")
    if op == "*":
        return left if right in plain and left not in ("", "number") else right if left in plain else None
    if op == "/":
        return "" if left in ("", right) else left if right in plain else None
    if right in (left, ""):
        return left
    if left == "" or {left, right} == {"number", "share"}:
        return right
    return None


def in_other_unit(number: Fraction, unit: str, other: str, lesson_hour: int = 60) -> str:
    """A length as it is written in another unit, empty where it does not come to that exactly."""
    sizes: tuple[dict[str, int], ...] = ({"minute": 1, "hour": lesson_hour}, {"day": 1, "week": 7}, {"month": 1, "year": 12})
    size = next((size for size in sizes if unit in size and other in size), None)
    found = shown(number * size[unit] / size[other]) if size else "/"
    if "/" in found or other != "hour" and "." in found:
        return ""
    return f"{found} {other}{'' if found == '1' else 's'}"


def in_unit(unit: str) -> Said:
    """A unit as a message says it."""
    return {"": say("a number"), "number": say("a plain number"), "share": say("a share")}.get(unit) or say("in {unit}s", unit=ours(unit, "unit", prose=True))


def with_article(kind: str) -> Said:
    """`a stage`, `an item`."""
    return say("an {word}", word=noun(kind)) if kind[0] in "aeiou" else say("a {word}", word=noun(kind))


def shown(number: Fraction) -> str:
    """A finite decimal written out exactly, anything else as a fraction."""
    digits = next((n for n in range(20) if (number * 10**n).denominator == 1), 0)
    if digits == 0:
        return str(number)
    whole = str(abs(int(number * 10**digits))).rjust(digits + 1, "0")
    return ("-" if number < 0 else "") + whole[:-digits] + "." + whole[-digits:]
