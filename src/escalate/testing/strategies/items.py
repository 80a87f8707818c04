"""Items with every key that they may have, notices and consequences."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen
from hypothesis import strategies as st

from . import menus
from .drawing import one, said, seldom, some
from .menus import Texts
from .yaml import value

Item = dict[str, object]
RESULTS = ["coming", "refused", "not_reached"]
DUES: Texts = (
    *(due for due in menus.DUES if due), "soon", "(step) school days", "(nth)th", "(step) weeks", "2 weeks before term end", "02-29", "end of school year",
    "3 school weeks", "1 day after 2025-09-30",
)  # fmt: skip
KEYS = (
    "title", "kind", "form", "to", "from", "if", "results", "done_when", "keep", "optional", "times", "hold", "list", "about", "done_by", "reassign",
    "if_no_school", "if_in_break", "cites", "why",
)  # fmt: skip
CHAINS = ("if_overdue", "then", "if_outcome")
TEXTS: dict[str, tuple[object, ...]] = {
    "kind": ("visit", "上门"), "form": ("家访记录", {"parameter": "form_name"}), "results": (RESULTS, [*RESULTS, "其他"]), "keep": ("true",),
    "optional": ("true",), "times": ("2",), "list": ("open_cases", ["away", "overdue_items"]), "done_by": ("known", "at"), "reassign": ("true",),
    "if_no_school": ("next school day", "previous school day"),
    "if_in_break": ("5 school days after the next term starts", "30 days after the next term starts"),
    "from": ("event", "event", "start of school day", "known"),
}  # fmt: skip


@frozen
class Scope:
    """Where an item stands: the deadlines and conditions that it may have, who may act, and which items it may name."""

    dues: Texts = DUES
    done: Texts = menus.DONE
    only_if: Texts = menus.ONLY_IF
    holds: Texts = menus.HOLDS
    roles: Texts = ("teacher", "teacher", "principal", "clerk", "mentor", "grade_head", "bus_guard", "county_clerk", "parent", "student")
    named: Texts = ("visit",)  # whom `who_had` may ask for
    entries: Texts = tuple(entry for entry in menus.ENTRIES if "per: student" not in entry)


IN_A_LADDER = Scope()


@st.composite
def items(draw: st.DrawFn, scope: Scope, depth: int = 2) -> Item:
    """An item that somebody does, with what is chained to it."""
    found: Item = {"by": draw(_who(scope)), "due": one(draw, scope.dues)}
    for key in some(draw, KEYS, 2):
        found[key] = draw(_value(key, scope))
    if found.get("optional") == "true" and seldom(draw, 2):
        del found["due"]
    if seldom(draw, 8):
        found["notify"] = one(draw, ("clerk", ["principal", "parent"]))
    for link in some(draw, CHAINS, 2 if depth > 1 else 1) if depth and not seldom(draw, 2) else ():
        if link == "if_outcome":
            found.setdefault("results", RESULTS)
            found[link] = {"refused": {"order": draw(items(scope, depth - 1))}}
        else:
            name = "confirm" if link == "then" else "chase"
            found[link] = {name: draw(items(scope, depth - 1)), **({"told_too": draw(notices())} if seldom(draw, 4) else {})}
    return found


def _value(key: str, scope: Scope) -> st.SearchStrategy[object]:
    texts = {"title": menus.TITLES, "cites": menus.CITES, "why": menus.WHYS}
    if key in texts:
        return st.sampled_from(texts[key]).map(value)
    if key == "to":
        return st.sampled_from(("parent", ["parent", "clerk"], "principal"))
    if key == "about":
        return st.sampled_from(("teacher", *({"who_had": name} for name in scope.named)))
    menu = {"if": scope.only_if, "done_when": scope.done, "hold": scope.holds}.get(key)
    return st.sampled_from(menu if menu is not None else TEXTS[key])


@st.composite
def _who(draw: st.DrawFn, scope: Scope) -> object:
    """One role; joint ones, one item for each, whoever had another item, the role above."""
    first = one(draw, scope.roles)
    ways: tuple[Callable[[str], object], ...] = (
        lambda role: role, lambda role: role, lambda role: role, lambda role: role, lambda role: {"each": role}, lambda role: ["teacher", "principal"],
        lambda role: {"each": ["teacher", "principal"]}, lambda role: {"above": "teacher"}, lambda role: [{"each": "teacher"}, {"each": "mentor"}],
        lambda role: {"who_had": scope.named[0]} if scope.named else role,
    )  # fmt: skip
    return one(draw, ways)(first)


@st.composite
def notices(draw: st.DrawFn) -> Item:
    """Somebody is told, and owes nothing."""
    found: Item = {"notify": one(draw, ("clerk", "principal", "parent", {"each": "principal"}, ["clerk", "principal"]))}
    for key in some(draw, ("title", "if", "cites", "list", "form"), 1):
        found[key] = draw(_value(key, evolve(IN_A_LADDER, only_if=("received(letter)", "talks >= 1"))))
    return found


@st.composite
def consequences(draw: st.DrawFn, scope: Scope) -> Item:
    """What is entered for somebody."""
    found = said(draw, tuple(f"{{entry: {entry}}}" for entry in (*scope.entries, "2 * step", "gain 表彰, for: week", "-2% index, compound: true")))
    assert isinstance(found, dict)
    found["to"] = one(draw, ("teacher", {"each": "teacher"}, ["teacher", "principal"]))
    if seldom(draw, 4):
        found["if"] = one(draw, ("received(letter)", "talks >= 1"))
    if seldom(draw, 4):
        found |= {"title": said(draw, menus.TITLES), "cites": said(draw, menus.CITES), "why": said(draw, menus.WHYS)}
    return found
