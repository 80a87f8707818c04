"""Deadlines and anchors from text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction

from ..conditions import Quantity
from ..messages import UNSAID, Said, ours, say
from ..parse import Node, TextNode
from ..policy import (
    After,
    Amount,
    Anchor,
    AtClock,
    BeforeNextSchoolDay,
    DayOfMonth,
    Due,
    DueParam,
    EndOf,
    MonthDay,
    Nth,
    Param,
)
from ..slips.dates import clock_meant
from ..source import beside
from ..translate import forms
from . import vocabulary
from .amounts import SECONDS, Need, ahead, blamed, counted, fitting, numeric
from .draft import UNREAD_DUE, Draft, nearest

AFTER_UNITS = ("minute", "hour", "day", "week", "month", "school_day", "office_day", "school_week")
_ORDINAL = r"(?:([0-9]+)(?:st|nd|rd|th)|\(\s*([^\W\d]\w*)\s*\)\s*(?:st|nd|rd|th))"
_NTH = re.compile(rf"(?:(at|before)|(.+) after) the {_ORDINAL} ([^\W\d]\w*)")
_DAY_OF_MONTH = re.compile(rf"(?:the )?{_ORDINAL}")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_EDGE = re.compile(r"(term|school year) (start|end)")
_MOVED = re.compile(r"([1-9][0-9]{0,2}) (day|week)s? (before|after) (.+)")
ENDS = ("end of day", "end of school day", "end of week", "end of month", "end of term", "end of school year", "before the next school day")
FORMS = say(
    "a deadline is `30 minutes`, `3 school days`, `end of day`, `at 16:00`, `03-15`, `28th`,\n"
    "`before the next school day`, `at the 15th missed_year`, `2 weeks after term start`\n"
    "or the name of a parameter, which may wait for a number:\n"
    "`parameters: {{visit_limit: {{required: true, why: ...}}}}`"
)

SAME_DAY = say("write `end of day`, which says the same, or `end of school day`: the close, and where that is over the next school day's")
NO_INSTANT = say("write `30 minutes`, `end of day` or `end of school day`")


def due(draft: Draft, node: Node | None) -> Due | None:
    """The deadline that a text says, None where none is written, `UNREAD_DUE` where it cannot be read."""
    if node is None:
        return None
    text = vocabulary.plain(draft.text(node, say("a deadline")))
    if text in draft.parameters:
        return _held(draft, text, node)
    found = due_in(text)
    if found is None:
        if text:
            _not_a_deadline(draft, text, node)
        return UNREAD_DUE
    if not _checked(draft, found, node):
        return UNREAD_DUE
    _warn_of_none(draft, found, text, node)
    return found


def due_in(text: str) -> Due | None:
    """The deadline that a text says by itself; names in it are not checked."""
    found = vocabulary.length(text)
    if found:
        n = _amount(found[0])
        return After(n, found[1]) if n is not None and found[1] in AFTER_UNITS else None
    if text.startswith("end of "):
        unit = {**vocabulary.PERIODS, "school day": "school_day"}.get(
            text.removeprefix("end of ").removeprefix("the "), ""
        )
        return EndOf(unit) if unit else None
    if text in ("before the next school day", "before next school day"):
        return BeforeNextSchoolDay()
    return _clock(text) or _nth(text) or _calendar(text)


def _clock(text: str) -> Due | None:
    time = vocabulary.clock(text.removeprefix("at ")) if text.startswith("at ") else None
    return AtClock(time) if time else None


def _nth(text: str) -> Due | None:
    found = _NTH.fullmatch(text)
    if not found:
        return None
    mode, before, digits, name, measure = found.groups()
    n: Amount = Fraction(digits) if digits else Param(name)
    if mode:
        return Nth(mode, n, measure)
    offset = due_in(before)
    return Nth("after", n, measure, offset) if isinstance(offset, After) else None


def _calendar(text: str) -> Due | None:
    found = _MONTH_DAY.fullmatch(text)
    if found:
        month, day = int(found.group(1)), int(found.group(2))
        return MonthDay(month, day) if _exists(month, day) else None
    found = _DAY_OF_MONTH.fullmatch(text)
    if found:
        digits, name = found.groups()
        return DayOfMonth(Fraction(digits) if digits else Param(name)) if not digits or 1 <= int(digits) <= 31 else None
    return anchor_in(text)


def _exists(month: int, day: int) -> bool:
    try:
        datetime.date(2024, month, day)
    except ValueError:
        return False
    return True


def anchor_in(text: str) -> Anchor | None:
    """A date, `term start`, `2 weeks after school year end`."""
    date = vocabulary.date(text)
    if date:
        return Anchor(date)
    edge = _EDGE.fullmatch(text)
    if edge:
        return Anchor(period=vocabulary.PERIODS[edge.group(1)], edge=edge.group(2))
    moved = _MOVED.fullmatch(text)
    base = anchor_in(moved.group(4)) if moved and not _MOVED.fullmatch(moved.group(4)) else None
    if not moved or base is None:
        return None
    n = int(moved.group(1)) * (-1 if moved.group(3) == "before" else 1)
    return Anchor(base.date, base.period, base.edge, n, moved.group(2))


def _amount(text: str) -> Amount | None:
    value = vocabulary.number(text)
    if value is not None:
        return value if value >= 0 else None
    name = vocabulary.name_in(text)
    return Param(name) if name else None


def length(draft: Draft, node: Node | None, what: Said) -> After | None:
    """A length such as `30 days`, where no other deadline may stand."""
    if node is None:
        return None
    text = vocabulary.plain(draft.text(node))
    found = due_in(text)
    if isinstance(found, After) and found.unit not in SECONDS:
        return found if _checked(draft, found, node) else None
    draft.wrong("wrong-value", say("`{text}` is not {what}", text=text, what=what), node, say("write a number and a unit, such as `30 days`"))
    return None


def _held(draft: Draft, name: str, node: Node) -> Due:
    for line in draft.parameters[name].lines:
        value = line.value
        if isinstance(value, Quantity) and value.unit in AFTER_UNITS:
            value = After(value.number, value.unit)
        if not isinstance(value, (EndOf, AtClock, MonthDay, DayOfMonth, BeforeNextSchoolDay, Nth, Anchor, After)):
            place = blamed(draft, line, node)
            message = say(
                "`{name}` is `{text}`, which is not a deadline where it is used{beside}",
                name=name, text=ours(line.text, "value"), beside=beside(node.span, place),
            )
            draft.wrong("wrong-value", message, place, _deadline_meant(line.text))
            break
        written = node if line.span is None else TextNode(line.text, line.span)
        if _checked(draft, value, written):
            _warn_of_none(draft, value, line.text, written)
    return DueParam(name)


def _warn_of_none(draft: Draft, found: Due, text: str, node: Node) -> None:
    """A length of nothing is read, for a parameter may hold it, and seldom meant: of hours it leaves no instant, of days none but that of day zero (D1)."""
    if isinstance(found, After) and isinstance(found.n, Param):
        for line in draft.parameters[found.n.name].lines:
            value = line.value.number if isinstance(line.value, Quantity) else line.value
            if isinstance(value, Fraction):
                _warn_of_none(draft, After(value, found.unit), line.text, node if line.span is None else TextNode(line.text, line.span))
    elif isinstance(found, After) and found.n == 0:
        said = ours(text, "due")
        message, help = say("`{text}`: it is due on the day on which it is asked for, and no later", text=said), SAME_DAY
        if found.unit in SECONDS:
            message, help = say("`{text}`: it is overdue in the instant in which it is asked for", text=said), NO_INSTANT
        draft.wrong("due-at-once", message, node, help, warning=True)


def _deadline_meant(text: str) -> Said:
    if vocabulary.number(text) is not None:
        return say("write its unit too, such as `{text} school days` or `{text} days`", text=text)
    return vocabulary.nearly(text, AFTER_UNITS) or vocabulary.day_meant(text) or FORMS


def _not_a_deadline(draft: Draft, text: str, node: Node) -> None:
    twin = vocabulary.twin(text)
    plain = forms.turned("due", twin, forms.EN)
    if twin and (due_in(plain) or twin in draft.parameters):
        help = say("write `{twin}`", twin=ours(plain, "due") if due_in(plain) else twin)
        draft.wrong("wrong-value", say("`{text}` is not a deadline", text=text), node, help)
    elif nearest(text, draft.parameters):
        draft.unknown("unknown-parameter", say("parameter"), text, draft.parameters, node)
    else:
        clock = clock_meant(text)
        near = say("write `{text}`", text=ours(f"at {clock}", "due")) if clock else vocabulary.nearly(text, AFTER_UNITS)
        near = near or vocabulary.misspelt(text, ENDS) or vocabulary.day_meant(text)
        draft.wrong("wrong-value", say("`{text}` is not a deadline", text=text), node, near or FORMS)


def _checked(draft: Draft, found: Due, node: Node) -> bool:
    good = True
    for n, need in _amounts(draft, found):
        if isinstance(n, Fraction):
            good = fitting(draft, n, node, need) and good
        elif n.name not in draft.parameters:
            meant = vocabulary.nearly(node.text, AFTER_UNITS) if isinstance(node, TextNode) else UNSAID
            draft.unknown("unknown-parameter", say("parameter"), n.name, draft.parameters, node, meant=meant)
            good = False
        else:
            numeric(draft, n.name, node, need)
    if isinstance(found, Nth) and found.measure not in draft.names.measures:
        draft.unknown("unknown-measure", say("measure"), found.measure, draft.names.measures, node)
        good = False
    return good


def _amounts(draft: Draft, due: Due | None) -> Iterator[tuple[Amount, Need]]:
    """The numbers of a deadline, each with what it must be."""
    if isinstance(due, After):
        yield due.n, ahead(due.unit)
    if isinstance(due, DayOfMonth):
        yield due.day, counted(say("a day of the month"), most=31)
    if isinstance(due, Nth):
        yield due.n, counted(say("an ordinal from the 1st on"), draft.names.measures.get(due.measure, ""))
        yield from _amounts(draft, due.offset)


def params_in(due: Due | None) -> Iterator[str]:
    """The parameters that a deadline names."""
    if isinstance(due, DueParam):
        yield due.name
    if isinstance(due, (After, Nth)) and isinstance(due.n, Param):
        yield due.n.name
    if isinstance(due, DayOfMonth) and isinstance(due.day, Param):
        yield due.day.name
    if isinstance(due, Nth):
        yield from params_in(due.offset)
