"""A day as a cell of the calendar, split by its sessions, and what it was in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..phrases import Phrases
from . import signs
from .attendance import Day, Slot
from .scale import at
from .tags import Html, joined, tag

STACKED = 3  # more sessions than these stand in two columns
PLAIN = ("school", "weekend", "break", "closed")  # kinds of days that have a word; another is the calendar's own word


def said(slot: Slot, words: Mapping[str, str]) -> str:
    """What one session was: `absent without leave (A), before: P`."""
    what = words[slot.meaning]
    what = words["coded"].format(what=what, code=slot.code) if slot.code else what
    what += words["was"].format(codes=", ".join(slot.before)) if slot.before else ""
    return what + (words["differs"].format(what=", ".join(words[one] for one in slot.others)) if slot.others else "")


def told(day: Day, phrases: Phrases, words: Mapping[str, str]) -> str:
    """A day in words: its date, and session by session what it was, or why there was no school."""
    return words["colon"].join([phrases.day(day.date), sessions(day, words) or nothing(day, words)])


def nothing(day: Day, words: Mapping[str, str]) -> str:
    """Why a day has no session."""
    kind = words[day.kind] if day.kind in PLAIN else day.kind
    return words["coded"].format(what=kind, code=day.reason) if day.reason else kind


def sessions(day: Day, words: Mapping[str, str]) -> str:
    """The sessions of a day, those that were alike together."""
    alike: dict[str, list[str]] = {}
    for slot in day.slots:
        alike.setdefault(said(slot, words), []).append(slot.session)
    return words["between"].join(words["slot"].format(session=" ".join(names), what=what) for what, names in alike.items())


def cell(day: Day, phrases: Phrases, words: Mapping[str, str]) -> Html:
    """A day of the calendar."""
    number = tag("b", str(day.date.day), class_="k" if day.date.day in (1, 5, 10, 15, 20, 25, 30) else None)
    style = at(x=day.date.day)
    kind = "" if day.slots else " closed" if day.reason or day.kind not in ("weekend", "break") else f" {day.kind}"
    inside = joined([_piece(slot) for slot in day.slots])
    wide = " wide" if len(day.slots) > STACKED else ""
    return tag("span", number, tag("span", inside, class_=f"box{wide}{kind}"), class_="day", style=style, title=told(day, phrases, words))


def height(days: Iterable[Day]) -> int:
    """How high the cells are, in points, so that each of the most sessions that a day has can be told from the next."""
    most = max((len(day.slots) for day in days), default=0)
    return max(29, 11 * (most if most <= STACKED else (most + 1) // 2))


def _piece(slot: Slot) -> Html:
    piece = signs.slot(slot.meaning)
    return Html(piece.replace('class="c ', 'class="c was ', 1)) if slot.before else piece


def reasons(days: Sequence[Day]) -> list[tuple[int, int, str]]:
    """Days without school in a row that have one reason: the first, how many, and why."""
    found: list[tuple[int, int, str]] = []
    for day in days:
        if day.slots or not day.reason:
            continue
        first, many, why = found[-1] if found else (0, 0, "")
        if why == day.reason and first + many == day.date.day:
            found[-1] = (first, many + 1, why)
        else:
            found.append((day.date.day, 1, day.reason))
    return found


def legend(meanings: Iterable[tuple[str, int]], words: Mapping[str, str]) -> Html:
    """What the pieces of a day mean, each with how many sessions were so."""
    return tag("ul", *(_meant(name, many, words) for name, many in meanings), class_="legend")


def _meant(name: str, many: int, words: Mapping[str, str]) -> Html:
    return tag("li", tag("span", signs.slot(name), class_="box"), f" {words[name]} ", tag("b", f"{many:,}"))
