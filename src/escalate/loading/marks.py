"""Marks, the day, and which codes a meaning, a reason or a quoted code stands for."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from ..meant import meant
from ..messages import glued, noun, ours, say
from ..parse import ListNode, Node, TextNode
from ..policy import MEANINGS, Day, DayRule, Mark
from ..slips.dates import clock_meant
from ..source import Span
from . import vocabulary
from .draft import Draft, head, one_of
from .keys import Keys, mended, settled
from .lists import joined

DAY = ("absent_when", "closes", "lesson_hour")
_AT_LEAST = re.compile(r"at least (?:(\S+?)(?: sessions?)?|([0-9.]+\s*%))")


@frozen
class Named:
    """A meaning, a reason or a code that an author wrote, with its codes; the narrower has the higher rank."""

    codes: frozenset[str]
    rank: int
    meaning: str = ""


def marks(draft: Draft, entries: tuple[tuple[TextNode, Node], ...]) -> dict[str, Mark]:
    """Local codes with their meanings and the reasons that the author coined."""
    found = {key.text: _mark(draft, key, node) for key, node in entries}
    reasons = {reason for mark in found.values() for reason in mark.reasons}
    for key, _ in entries:
        if key.text in reasons or key.text in MEANINGS:
            what = noun("reason" if key.text in reasons else "meaning")
            draft.wrong(
                "code-is-reason",
                say("the code `{text}` is spelled like a {what}", text=key.text, what=what),
                key,
                say("spell the reason or the code otherwise, so that a measure can name either"),
            )
    return found


def _mark(draft: Draft, key: TextNode, node: Node) -> Mark:
    words = draft.text(node, say("a meaning and its reasons")).split()
    if not words:
        return Mark(key.text, "unknown")
    meaning, reasons = words[0], tuple(words[1:])
    if meaning not in MEANINGS:
        draft.wrong(
            "unknown-meaning",
            say("`{meaning}` is not a meaning of a mark", meaning=meaning),
            node,
            mended(meaning, MEANINGS) or draft.near(meaning, MEANINGS, "counted"),
        )
        meaning = "unknown"
    for reason in reasons:
        if reason in MEANINGS:
            draft.wrong(
                "code-is-reason",
                say("the reason `{reason}` is spelled like a meaning", reason=reason),
                node,
                say("a code has one meaning; the words after it are reasons of your own"),
            )
    return Mark(key.text, meaning, reasons)


def named(draft: Draft, node: Node | None) -> tuple[Named, ...]:
    """What a measure names: meanings, reasons or quoted codes, one or a list."""
    if node is None:
        return ()
    nodes: Iterable[Node] = node.items if isinstance(node, ListNode) else (node,)
    if several := joined(node, {*MEANINGS, *_reasons(draft), *draft.marks}):
        names = glued((ours(_written(draft, one), "counted") for one in several), ", ")
        draft.wrong("wrong-shape", say("several names stand here as one"), head(node), say("a list stands in brackets: write `[{names}]`", names=names))
        nodes = tuple(TextNode(one, node.span, quoted=True) for one in several)
    found = []
    for item in nodes:
        text = draft.text(item, say("a meaning, a reason or a code"))
        one = _named(draft.marks, text, isinstance(item, TextNode) and item.quoted)
        if one is not None:
            found.append(one)
        elif text:
            _unknown(draft, text, item)
    return tuple(found)


def _reasons(draft: Draft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for mark in draft.marks.values() for reason in mark.reasons))


def _written(draft: Draft, name: str) -> str:
    return name if name in MEANINGS or name in _reasons(draft) else f'"{name}"'


def _named(marks: Mapping[str, Mark], text: str, quoted: bool) -> Named | None:
    if text in MEANINGS:
        return Named(frozenset(code for code, mark in marks.items() if mark.meaning == text), 0, text)
    reason = frozenset(code for code, mark in marks.items() if text in mark.reasons)
    if reason:
        return Named(reason, 1)
    return Named(frozenset({text}), 2) if text in marks and quoted else None


def _unknown(draft: Draft, text: str, node: Node) -> None:
    reasons = _reasons(draft)
    if text in draft.marks:
        draft.wrong(
            "unquoted-code", say("the code `{text}` must be quoted here", text=text), node, say('write `"{text}"`, inside braces too', text=text)
        )
    else:
        near = meant(text, [*MEANINGS, *reasons, *draft.marks], "counted")
        choices = one_of([*MEANINGS, *reasons], "counted")
        help = say("did you mean `{near}`?", near=ours(near, "counted")) if near else say("{choices}\nor a code in quotes", choices=choices)
        draft.wrong("unknown-reason", say("unknown meaning, reason or code `{text}`", text=text), node, help)


def split(draft: Draft, groups: Mapping[str, tuple[Named, ...]], place: Span | None) -> dict[str, frozenset[str]]:
    """The codes of each group, where the narrower name takes a code away from the wider one.

    One code under two names of one rank in two groups is a problem.
    """
    winners: dict[str, tuple[int, str]] = {}
    for group, names in groups.items():
        for one in names:
            for code in one.codes:
                rank, other = winners.get(code, (-1, group))
                if one.rank == rank and other != group:
                    draft.wrong(
                        "code-twice",
                        say("the code `{code}` stands under both `{other}` and `{group}`", code=code, other=other, group=group),
                        place,
                        say("name it in one of them"),
                    )
                if one.rank > rank:
                    winners[code] = (one.rank, group)
    return {group: frozenset(code for code, (_, owner) in winners.items() if owner == group) for group in groups}


def day(draft: Draft, node: Node | None) -> Day:
    """How sessions make an absent day, and the one close."""
    if node is None:
        return Day()
    keys = Keys(draft, node, say("day"), DAY)
    rule = keys.get("absent_when")
    return Day(day_rule(draft, rule) if rule is not None else DayRule(), _closes(keys), _lesson_hour(keys))


def _closes(keys: Keys) -> datetime.time:
    node = keys.get("closes")
    if node is None:
        return Day().closes
    text = keys.draft.text(node)
    time = vocabulary.clock(text)
    if time is None:
        keys.draft.wrong("wrong-value", say("`{text}` is not a clock time", text=text), node, say('write `"{clock}"`', clock=clock_meant(text) or "17:30"))
    return time or Day().closes


def _lesson_hour(keys: Keys) -> int:
    node = keys.get("lesson_hour")
    if node is None:
        return 60
    text = keys.draft.text(node)
    if vocabulary.name_in(text) in keys.draft.parameters:
        text = settled(keys.draft, text, node)
    found = vocabulary.length(text)
    n = vocabulary.number(found[0]) if found and found[1] == "minute" else None
    if n is None or n.denominator != 1 or not 1 <= n <= 120:
        keys.draft.wrong(
            "wrong-value", say("`{text}` is not the length of a lesson", text=text), node, say("write whole minutes, such as `50 minutes`")
        )
        return 60
    return int(n)


def day_rule(draft: Draft, node: Node) -> DayRule:
    """`all sessions`, `any session`, `at least 4 sessions`, `at least 50%`."""
    text = vocabulary.plain(draft.text(node))
    if text in ("all sessions", "any session"):
        return DayRule(text.split()[0])
    found = _AT_LEAST.fullmatch(text)
    written = (found.group(1) or found.group(2)) if found else ""
    if vocabulary.name_in(written) in draft.parameters:
        written = settled(draft, vocabulary.name_in(written), node)
    share, number = vocabulary.share(written), vocabulary.number(written)
    if share is not None and 0 < share <= 1:
        return DayRule("share", share)
    if number is not None and number.denominator == 1 and number >= 1:
        return DayRule("sessions", Fraction(number))
    choices = ("all sessions", "any session", "at least 4 sessions", "at least 50%")
    help = mended(text, choices) or vocabulary.misspelt(text, choices, "absent_when") or one_of(choices, "absent_when")
    draft.wrong("wrong-value", say("`{text}` does not say when a day is absent", text=text), node, help)
    return DayRule()
