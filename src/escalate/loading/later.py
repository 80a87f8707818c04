"""Duties and targets: read and checked whole, kept for an evaluation to come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ..parse import ListNode, MapNode, Node, TextNode
from ..policy import Action, Anchor, DayOfMonth, Later, MonthDay
from . import vocabulary
from .amounts import LIMIT, amount, counted
from .draft import Draft, one_of
from .dues import anchor_in, due_in
from .inherit import every, waited_on
from .items import Items, Place, items
from .keys import COMMON, Keys, settled

DUTY = ("every", "on", "starting", "each", "where", "at_least", "in_holidays", "if_overdue", "do", "text", *COMMON)
TARGET = (
    "each",
    "where",
    "count",
    "among",
    "base",
    "at_most",
    "below",
    "at_least",
    "above",
    "check",
    "list",
    "if_broken",
    "if_met",
    "text",
    *COMMON,
)
BASE = ("where", "on", *COMMON)
LIMITS = ("at_most", "below", "at_least", "above")
GROUPS = ("student", "household", "class", "grade", "school", "village", "township", "county", "person")
BASES = ("school year start", "term start", "previous term end", "intake", "first attended")
EVERY = ("session", "school day", "week", "month", "term", "school year")
_EVERY_N = ("week", "month", "day", "school_day")
_BACK = re.compile(r"[1-9][0-9]? school years? before")
Reader = Callable[[Draft, TextNode, Node], tuple[Later, ...]]


def read(draft: Draft, entries: Iterable[tuple[TextNode, Node]], reader: Reader) -> tuple[Later, ...]:
    """Everything that one reader makes of a section."""
    draft.duty = True
    found = tuple(one for key, node in entries for one in reader(draft, key, node))
    draft.duty = False
    return found


# --- duties -------------------------------------------------------------------------------------


def duty(draft: Draft, key: TextNode, node: Node) -> tuple[Later, ...]:
    """An obligation that recurs by the calendar."""
    name = draft.name(key, "duty")
    keys = Keys(draft, node, "a duty", DUTY, key.span)
    _rhythm(keys, name)
    _each(keys)
    keys.condition("where")
    _at_least(keys)
    keys.choice("in_holidays", ("skip", "keep", "only", "next school day"), "")
    keys.title("text")
    keys.title("why")
    keys.need("do")
    default = items(draft, keys.get("if_overdue"), Place(f"{name}.if_overdue"), "`if_overdue`")
    do = items(draft, keys.get("do"), Place(name))
    _chased(draft, do.actions, default.actions)
    _chased(draft, default.actions, ())
    return (Later("duty", name, keys.title(), keys.words("cites"), key.span), *default.later, *do.later)


def _rhythm(keys: Keys, name: str) -> None:
    every_, on = keys.get("every"), keys.get("on")
    if keys.map is not None and (every_ is None) == (on is None):
        message = (
            f"duty `{name}` has both `every` and `on`"
            if every_ is not None
            else f"duty `{name}` says neither `every` nor `on`"
        )
        keys.draft.wrong(
            "missing-key" if every_ is None else "two-kinds",
            message,
            keys.place("on") if on is not None else keys.span,
            "write `every: month` or `on: [03-10, term start]`",
        )
    if every_ is not None:
        _every(keys.draft, every_)
    if on is not None:
        anchors(keys.draft, on)
    starting = keys.get("starting")
    if starting is not None:
        anchors(keys.draft, starting)


def _every(draft: Draft, node: Node) -> None:
    text = _put_in(draft, vocabulary.plain(draft.text(node)), node)
    found = vocabulary.length(text)
    n = vocabulary.number(found[0]) if found else None
    if (
        not text
        or text in EVERY
        or (found and found[1] in _EVERY_N and n is not None and n.denominator == 1 and n >= 1)
    ):
        return
    draft.wrong(
        "wrong-value",
        f"`{text}` is not an interval",
        node,
        one_of((*EVERY[:3], "4 weeks", "month", "3 months", *EVERY[4:])),
    )


def anchors(draft: Draft, node: Node) -> None:
    """A place in the calendar, or a list of them, or the parameter that holds them."""
    nodes = node.items if isinstance(node, ListNode) else (node,)
    for item in nodes:
        text = vocabulary.plain(draft.text(item, "a place in the calendar"))
        held = _put_in(draft, text, item)
        for part in held.split(", ") if held != text else [text]:
            if part and not _is_anchor(part):
                draft.wrong(
                    "wrong-value",
                    f"`{part}` is not a place in the calendar",
                    item,
                    "write `2025-09-01`, `03-10`, `term start`, `school year end` or `2 weeks after term start`",
                )


def _is_anchor(text: str) -> bool:
    return isinstance(due_in(text), (Anchor, MonthDay, DayOfMonth)) or anchor_in(text) is not None


def _put_in(draft: Draft, text: str, node: Node) -> str:
    return settled(draft, text, node) if text in draft.parameters else text


def _each(keys: Keys) -> None:
    node = keys.get("each")
    if node is None:
        return
    text = keys.draft.text(node)
    if text and text not in GROUPS and text not in keys.draft.actors:
        keys.draft.unknown("wrong-value", "level", text, [*GROUPS, *keys.draft.actors], node)


def _at_least(keys: Keys) -> None:
    node = keys.get("at_least")
    if node is not None:
        amount(keys.draft, keys.draft.text(node), node, counted("a number of times"))


def _chased(draft: Draft, actions: Iterable[Action], default: tuple[Action, ...]) -> None:
    for action in every(actions):
        if waited_on(action, frozenset()) and not (action.if_overdue or default or action.optional or action.tells):
            draft.wrong(
                "silent-if-unrecorded",
                f"something waits on `{action.name}`, and nothing happens where nobody records it",
                action.span,
                "give it, or its duty, an `if_overdue`, such as\n"
                "`if_overdue: {chase: {by: principal, due: 1 school day}}`",
            )


# --- targets --------------------------------------------------------------------------------------


def target(draft: Draft, key: TextNode, node: Node) -> tuple[Later, ...]:
    """A limit on a group's rate."""
    name = draft.name(key, "target")
    keys = Keys(draft, node, "a target", TARGET, key.span)
    _each(keys)
    for condition in ("where", "count", "among"):
        keys.condition(condition)
    for needed in ("count", "among", "base", "check"):
        keys.need(needed)
    _base(draft, keys.get("base"))
    _limit(keys, name)
    check = keys.get("check")
    if check is not None and not (isinstance(check, TextNode) and check.text == "as it changes"):
        anchors(draft, check)
    keys.choice("list", ("counted", "not counted"), "")
    keys.title("text")
    keys.title("why")
    found = [items(draft, keys.get(part), Place(f"{name}.{part}"), f"`{part}`") for part in ("if_broken", "if_met")]
    for part in found:
        _chased(draft, part.actions, ())
    return (Later("target", name, keys.title(), keys.words("cites"), key.span), *_later(found))


def _later(found: Iterable[Items]) -> tuple[Later, ...]:
    return tuple(one for part in found for one in part.later)


def _limit(keys: Keys, name: str) -> None:
    found = [key for key in LIMITS if keys.get(key) is not None]
    if len(found) > 1:
        keys.draft.wrong(
            "two-kinds",
            f"target `{name}` says `{found[0]}` and `{found[1]}`",
            keys.place(found[1]),
            "a target has one limit; write two targets",
        )
    for key in found:
        node = keys.get(key)
        text = vocabulary.plain(keys.draft.text(node))
        bare = re.sub(r"^[<>=≤≥]+\s*", "", text)
        if node is not None and bare != text:
            keys.draft.wrong(
                "wrong-value",
                f"`{text}` is not a limit",
                node,
                f"`{key}` says the comparison already: write `{key}: {bare}`",
            )
        elif node is not None and text:
            amount(keys.draft, text, node, LIMIT)


def _base(draft: Draft, node: Node | None) -> None:
    if node is None:
        return
    if not isinstance(node, ListNode):
        _one_base(draft, node)
        return
    for item in node.items:
        keys = Keys(draft, item, "a base", BASE)
        keys.condition("where")
        keys.title("why")
        keys.words("cites")
        on = keys.need("on")
        if on is not None:
            _one_base(draft, on)


def _one_base(draft: Draft, node: Node) -> None:
    if isinstance(node, MapNode):
        draft.wrong(
            "wrong-shape",
            "a base that depends on a condition is a list",
            node,
            "write `base: [{where: ..., on: ...}, {on: term start}]`",
        )
        return
    text = _put_in(draft, vocabulary.plain(draft.text(node)), node)
    if text and text not in BASES and not _BACK.fullmatch(text) and not _is_anchor(text):
        draft.wrong(
            "wrong-value", f"`{text}` is not a base", node, one_of((*BASES, "3 school years before", "2025-09-01"))
        )
