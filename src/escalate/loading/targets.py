"""Targets: limits on a group's rate."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..messages import say
from ..parse import ListNode, MapNode, Node, TextNode
from ..policy import BROKEN, MET, Action, Amount, Base, Due, Stage, Target
from . import vocabulary
from .amounts import Need, amount, bound
from .anchors import GROUPS, anchor, anchors, each, of_groups, put_in
from .draft import UNREAD, Draft, one_of
from .duties import chased, roll_calls
from .items import Place, items
from .keys import COMMON, Keys
from .ladders import ALWAYS, ANYONE
from .parameters import unit_of

TARGET = (
    "each", "where", "count", "among", "base", "less", "at_most", "below", "at_least", "above", "check", "list", "if_broken", "if_met", "text", *COMMON,
)
BASE = ("where", "on", *COMMON)
LIMITS = ("at_most", "below", "at_least", "above")
BASES = ("school year start", "term start", "previous term end", "intake", "first attended")
LISTS = ("counted", "not counted")
# `2` would be 200 % of the heads, which no rate reaches, where two students were meant.
LIMIT = Need(
    say("a share of the heads"), lambda n: 0 <= n <= 1, say("write a share from 0% to 100%, such as `2%`, or how many, such as `2 students`"), share=True,
    bare=lambda n: n < 1,
)
HEADS = bound("student")
_KINDS = {"previous term end": "previous_term_end", "intake": "intake", "first attended": "first_attended"}
_BACK = re.compile(r"([1-9][0-9]?) school years? before")


def targets(draft: Draft, entries: Iterable[tuple[TextNode, Node]]) -> dict[str, Target]:
    """Every target of a policy, by name."""
    return of_groups(draft, entries, _target)


def _target(draft: Draft, key: TextNode, node: Node) -> Target:
    name = draft.name(key, say("target"))
    keys = Keys(draft, node, say("a target"), TARGET, key.span)
    for needed in ("count", "among", "base", "check"):
        keys.need(needed)
    limit, bound, heads = _limit(keys, name)
    keys.title("why")
    title, text, cites = keys.title(), keys.title("text"), keys.words("cites")
    broken, met = (_stage(draft, keys, name, part) for part in (BROKEN, MET))
    return Target(
        name, keys.condition("count") or UNREAD, keys.condition("among") or UNREAD, _bases(draft, keys.get("base")),
        Stage(name, f"{name}.{BROKEN}", ALWAYS, broken, title=title, text=text, cites=cites, span=key.span),
        Stage(name, f"{name}.{MET}", ALWAYS, met, title=title, text=text, cites=cites, span=key.span),
        each(keys, GROUPS[1:]), keys.condition("where") or ANYONE, limit, bound, heads, keys.condition("less"), _check(draft, keys.get("check")),
        keys.choice("list", LISTS, ""), title=title, cites=cites, span=key.span,
    )


def _stage(draft: Draft, keys: Keys, name: str, part: str) -> tuple[Action, ...]:
    found = items(draft, keys.get(part), Place(f"{name}.{part}"), say("`{part}`", part=part))
    chased(draft, found, ())
    roll_calls(draft, found, f"`{name}` is a target")
    return found


def _check(draft: Draft, node: Node | None) -> tuple[Due, ...]:
    if node is None or isinstance(node, TextNode) and node.text == "as it changes":
        return ()
    return anchors(draft, node)


def _limit(keys: Keys, name: str) -> tuple[str, Amount | None, bool]:
    """The limit's word, its number, and whether that is in students."""
    found = [key for key in LIMITS if keys.get(key) is not None]
    if len(found) > 1:
        message = say("target `{name}` says `{found}` and `{found2}`", name=name, found=keys.said(found[0]), found2=keys.said(found[1]))
        keys.draft.wrong("two-kinds", message, keys.place(found[1]), say("a target has one limit; write two targets"))
    for key in found:
        node = keys.get(key)
        text = vocabulary.plain(keys.draft.text(node))
        bare = re.sub(r"^[<>=≤≥]+\s*", "", text)
        if node is not None and bare != text:
            keys.draft.wrong(
                "wrong-value", say("`{text}` is not a limit", text=text), node,
                say("`{key}` says the comparison already: write `{key}: {bare}`", key=keys.said(key), bare=bare),
            )
        elif node is not None and text:
            return key, *_bound(keys.draft, text, node)
    return "", None, False


def _bound(draft: Draft, text: str, node: Node) -> tuple[Amount | None, bool]:
    length = vocabulary.length(text)
    if length is not None and length[1] == "student":
        return amount(draft, length[0], node, HEADS), True
    near = vocabulary.nearly(text, ("student",))
    if near:
        draft.wrong("wrong-value", say("`{text}` is not a limit", text=text), node, near)
        return None, False
    held = draft.parameters.get(vocabulary.name_in(text))
    heads = held is not None and unit_of(held) == "student"
    return amount(draft, text, node, HEADS if heads else LIMIT), heads


def _bases(draft: Draft, node: Node | None) -> tuple[Base, ...]:
    if node is None:
        return ()
    if not isinstance(node, ListNode):
        return tuple(base for base in [_base(draft, node)] if base is not None)
    found = []
    for item in node.items:
        keys = Keys(draft, item, say("a base"), BASE)
        where = keys.condition("where")
        keys.title("why")
        cites = keys.words("cites")
        on = keys.need("on")
        base = _base(draft, on) if on is not None else None
        if base is not None:
            found.append(Base(base.kind, where, base.anchor, base.n, cites))
    return tuple(found)


def _base(draft: Draft, node: Node) -> Base | None:
    if isinstance(node, MapNode):
        help = say("write `base: [{{where: ..., on: ...}}, {{on: term start}}]`")
        draft.wrong("wrong-shape", say("a base that depends on a condition is a list"), node, help)
        return None
    text = put_in(draft, vocabulary.plain(draft.text(node)), node)
    back = _BACK.fullmatch(text)
    if text in _KINDS:
        return Base(_KINDS[text])
    if back:
        return Base("years_before", n=int(back.group(1)))
    place = anchor(text)
    if place is not None:
        return Base("anchor", anchor=place)
    if text:
        draft.wrong("wrong-value", say("`{text}` is not a base", text=text), node, one_of((*BASES, "3 school years before", "2025-09-01"), "base"))
    return None
