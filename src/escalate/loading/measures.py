"""Measures: a named number over a student's history."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from ..language import in_other_unit
from ..messages import glued, listed, ours, say
from ..parse import ListNode, MapNode, Node, TextNode
from ..policy import Amount, DayRule, Measure, Plus, Window
from . import marks, vocabulary
from .amounts import amount, bound
from .draft import Draft, one_of
from .keys import COMMON, Keys
from .windows import windows

KINDS = ("run", "count", "sum", "mean", "share")
MEASURE = (*KINDS, "unit", "neutral", "breaks", "of", "floor", "within", "day", "sessions", "plus", *COMMON)
_ALL_UNITS = ("session", "half day", "school day", "day", "hour", "minute")
UNITS = {
    "run": _ALL_UNITS,
    "count": ("session", "half day", "school day", "day"),
    "sum": ("hour", "minute"),
    "mean": ("minute", "hour"),
    "share": _ALL_UNITS,
}
OF = ("possible", "planned")
SESSIONS = ("all", "first")
_FACT = re.compile(r"fact\(\s*([^\W\d]\w*)\s*\)")
_PLUS = re.compile(r"(.+) over (\S+) minutes?")
# Which keys mean something only in some kinds of measure.
_ONLY_IN = {"neutral": ("run",), "breaks": ("run",), "of": ("share",), "floor": ("share",), "plus": ("count",)}


@frozen
class _Counted:
    """What a measure counts: codes by group, or a fact.

    present: of a run of presence. doubtful: a name in it is unknown.
    """

    groups: dict[str, frozenset[str]]
    fact: str = ""
    present: bool = False
    doubtful: bool = False


def measures(draft: Draft, entries: Iterable[tuple[TextNode, Node]]) -> dict[str, Measure]:
    """Every measure of a policy."""
    return {key.text: _measure(draft, key, node) for key, node in entries}


def _measure(draft: Draft, key: TextNode, node: Node) -> Measure:
    name = draft.name(key, say("measure"))
    keys = Keys(draft, node, say("a measure"), MEASURE, key.span)
    kind = kind_of(node)
    if keys.map is not None and not _one_kind(keys, name):
        return Measure(name, kind, "session", span=key.span)
    counted = _counted(keys, kind)
    unit = _unit(keys, kind, bool(counted.fact))
    _fitting(keys, kind, counted)
    if kind == "run" and not counted.present:
        _excused_is_named(keys, name, counted)
    keys.title("why")
    return Measure(
        name,
        kind,
        unit,
        **counted.groups,
        present=counted.present,
        fact=counted.fact,
        windows=_within(keys, kind),
        base=keys.choice("of", OF, "possible") if kind == "share" else "",
        floor=_floor(keys, unit),
        day=_day(keys),
        sessions=keys.choice("sessions", SESSIONS, "all"),
        plus=_plus(keys, unit),
        title=keys.title(),
        cites=keys.words("cites"),
        span=key.span,
    )


def kind_of(node: Node) -> str:
    """The first kind that a measure names; `count` where it names none."""
    names = [key.text for key, _ in node.entries] if isinstance(node, MapNode) else []
    return next((name for name in names if name in KINDS), "count")


def unit_in_conditions(node: Node) -> str:
    """What a measure is in a condition: its unit, `share`, or nothing."""
    unit = node.get("unit") if isinstance(node, MapNode) else None
    if kind_of(node) == "share":
        return "share"
    return vocabulary.unit(unit.text) if isinstance(unit, TextNode) else ""


def _one_kind(keys: Keys, name: str) -> bool:
    found = [kind for kind in KINDS if keys.get(kind) is not None]
    if len(found) == 1:
        return True
    if found:
        keys.draft.wrong(
            "two-kinds",
            say("measure `{name}` says `{found}` and `{found2}`", name=name, found=keys.said(found[0]), found2=keys.said(found[1])),
            keys.place(found[1]),
            say("a measure is one of them; write two measures"),
        )
    else:
        keys.draft.wrong(
            "missing-key",
            say("measure `{name}` says nothing to measure", name=name),
            keys.span,
            say("write one of {listed}", listed=listed(ours(one) for one in KINDS)),
        )
    return False


def _counted(keys: Keys, kind: str) -> _Counted:
    draft, node = keys.draft, keys.get(kind)
    fact = _FACT.fullmatch(vocabulary.plain(node.text)) if isinstance(node, TextNode) else None
    if fact:
        if kind not in ("count", "sum", "mean"):
            draft.wrong(
                "wrong-value", say("`{kind}` cannot measure facts", kind=ours(kind)), node, say("facts are measured by `count`, `sum` or `mean`")
            )
        return _Counted({}, fact.group(1))
    if kind == "mean":
        draft.wrong("wrong-value", say("`mean` measures facts"), node, say("write `mean: fact(name)`"))
        return _Counted({})
    named = {
        group: marks.named(draft, keys.get(key))
        for group, key in (("counted", kind), ("neutral", "neutral"), ("breaks", "breaks"))
    }
    _not_without_record(keys, named)
    present = kind == "run" and any(one.meaning == "present" for one in named["counted"])
    return _Counted(marks.split(draft, named, keys.span), present=present, doubtful=not named["counted"] and not _empty(node))


def _empty(node: Node | None) -> bool:
    return isinstance(node, ListNode) and not node.items


def _not_without_record(keys: Keys, named: dict[str, tuple[marks.Named, ...]]) -> None:
    # Unknown is not absent: it never counts (DESIGN, section 5, law 5).
    for code in sorted({code for names in named.values() for one in names for code in one.codes}):
        meaning = keys.draft.marks[code].meaning
        if meaning in ("unknown", "not_expected"):
            message = say("`{code}` means {meaning}, which never counts and never breaks", code=code, meaning=meaning)
            keys.draft.wrong("unknown-counted", message, keys.span, say("leave it out; it is always passed over"))


def _unit(keys: Keys, kind: str, fact: bool) -> str:
    draft, node = keys.draft, keys.get("unit")
    if fact:
        if node is not None:
            draft.wrong("key-without-use", say("a measure of facts has no `unit`"), keys.place("unit"), say("leave it out"))
        return ""
    if node is None:
        if keys.map is not None:
            draft.wrong("missing-key", say("a measure has no `unit`"), keys.span, one_of(UNITS[kind], "unit"))
        return "session"
    text = vocabulary.plain(draft.text(node))
    unit = vocabulary.unit(text)
    if unit.replace("_", " ") not in UNITS[kind]:
        more = (
            say("hours and minutes are measured by `sum`")
            if kind == "count" and unit in ("hour", "minute")
            else draft.near(text, UNITS[kind], "unit")
        )
        draft.wrong("wrong-unit", say("`{kind}` has no unit `{text}`", kind=ours(kind), text=ours(text, "unit")), node, more)
        return "session"
    return unit


def _fitting(keys: Keys, kind: str, counted: _Counted) -> None:
    for key, kinds in _ONLY_IN.items():
        if keys.get(key) is not None and (kind not in kinds or counted.fact):
            keys.draft.wrong(
                "key-without-use",
                say("`{key}` means nothing in a measure of `{kind}`", key=keys.said(key), kind=keys.said(kind)),
                keys.place(key),
                say("it stands with {listed}", listed=glued((say("`{one}`", one=keys.said(one)) for one in kinds), say(" or "))),
            )
    if counted.groups and not counted.groups["counted"] and not counted.doubtful:
        keys.draft.wrong(
            "counts-nothing",
            say("no code is left for `{kind}` to count", kind=ours(kind)),
            keys.place(kind),
            say("write what counts, such as `{example}`", example=ours(f"{kind}: unexcused"))
            if _empty(keys.get(kind))
            else say("a narrower name took them away, or no mark has this meaning"),
        )


def _excused_is_named(keys: Keys, name: str, counted: _Counted) -> None:
    """In a run of absence, excused must be counted, neutral or breaking: left open, it would lose or accuse a child."""
    known = keys.draft.marks
    groups = counted.groups
    if not groups or not any(
        known[code].meaning in ("excused", "unexcused") for code in groups["counted"] if code in known
    ):
        return
    named = frozenset().union(*groups.values())
    left = [code for code, mark in known.items() if mark.meaning == "excused" and code not in named]
    if left:
        codes = listed(left)
        keys.draft.wrong(
            "excused-unnamed",
            say("run `{name}` does not say what excused marks ({codes}) do", name=name, codes=codes),
            keys.place("run"),
            say(
                "write `neutral: excused` where they neither count nor break, `breaks: excused` where they end the run,\n"
                "or count them too: `run: [unexcused, excused]`"
            ),
        )


def _within(keys: Keys, kind: str) -> tuple[Window, ...]:
    node = keys.get("within")
    if node is None and kind != "run" and keys.map is not None:
        keys.draft.wrong(
            "missing-key",
            say("a measure of `{kind}` has no `within`", kind=ours(kind)),
            keys.span,
            say("write the window that it looks back on, such as `within: school year`"),
        )
    return windows(keys.draft, node)


def _floor(keys: Keys, unit: str) -> Amount | None:
    node = keys.get("floor")
    if node is None:
        return None
    text = vocabulary.plain(keys.draft.text(node))
    found = vocabulary.length(text)
    if found is None:
        return amount(keys.draft, text, node, bound(unit))
    if found[1] != unit:
        wanted, n = unit.replace("_", " "), vocabulary.number(found[0])
        same = in_other_unit(n, found[1], unit, keys.draft.names.lesson_hour) if n is not None else ""
        given, meant = (ours(one.replace("_", " "), "unit", prose=True) for one in (found[1], wanted))
        message = say("`floor` is in {given}s and the measure in {meant}s", given=given, meant=meant)
        help = say("write `{same}`", same=ours(same, "length")) if same else say("write a number of {meant}s", meant=meant)
        keys.draft.wrong("unit-mismatch", message, node, help)
        return None
    return amount(keys.draft, found[0], node, bound(unit))


def _day(keys: Keys) -> DayRule | None:
    node = keys.get("day")
    return None if node is None else marks.day_rule(keys.draft, node)


def _plus(keys: Keys, unit: str) -> tuple[Plus, ...]:
    return tuple(
        found for key, node in keys.entries("plus") if (found := _one_plus(keys.draft, key, node, unit)) is not None
    )


def _one_plus(draft: Draft, key: TextNode, node: Node, unit: str) -> Plus | None:
    written = _PLUS.fullmatch(vocabulary.plain(key.text))
    counts = vocabulary.unit(draft.text(node))
    if not written or not counts:
        draft.wrong(
            "wrong-value", say("`{text}` does not say what counts more", text=key.text), key, say("write `late over 30 minutes: session`")
        )
        return None
    words = {"session": ("session",), "half_day": ("session", "half day")}.get(unit, ("session", "half day", unit.replace("_", " ")))
    if counts.replace("_", " ") not in words:
        counted, measured = (ours(one.replace("_", " "), "unit", prose=True) for one in (counts, unit))
        message = say("`plus` cannot count {counted}s in a measure of {measured}s", counted=counted, measured=measured)
        draft.wrong("wrong-unit", message, node, one_of(words, "unit") if len(words) > 1 else say("write `{words}`", words=ours(words[0], "unit")))
    text = written.group(1).strip("\"'")
    names = marks.named(draft, TextNode(text, key.span, quoted=True))
    over = amount(draft, written.group(2), key, bound("minute"))
    return (
        Plus(frozenset().union(*(one.codes for one in names)), over, counts) if names and over is not None else None
    )
