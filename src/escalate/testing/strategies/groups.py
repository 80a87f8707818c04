"""Duties, targets and registers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve
from hypothesis import strategies as st

from ...policy import REGISTERS
from . import menus
from .drawing import one, said, seldom, some
from .items import Item, Scope, consequences, items, notices
from .ladders import CHASE, chase
from .yaml import tree, value

IN_A_GROUP = Scope(
    dues=(*menus.GROUP_DUES, "soon", "limit"), done=menus.GROUP_DONE, only_if=menus.GROUP_ONLY_IF, holds=("received(letter)", "talks >= 1"),
    roles=("teacher", "teacher", "principal", "clerk"), named=("call",),
)  # fmt: skip
LEVELS = ("school", "student", *dict.fromkeys(menus.LEVELS), "household", "township", "county", "grade_head")
TEXTS = ("title", "text", "cites", "why")
MENUS = {"title": menus.TITLES, "text": ("每月清点一次", "{zh: 原文, en: Text}"), "cites": menus.CITES, "why": menus.WHYS}
ONE_DAY = ("session", "school day", "")


@st.composite
def duties(draw: st.DrawFn, rates: Sequence[str] = ()) -> Item:
    """A duty; rates: the targets that there are."""
    found: Item = {key: said(draw, MENUS[key]) for key in some(draw, TEXTS, 1)}
    every = one(draw, (*dict.fromkeys(menus.EVERY), ""))
    if every:
        found["every"] = every
    else:
        found["on"] = one(draw, (*menus.ON, "campaign", ["09-20", "term start"], ["28th", "campaign"]))
    if every and every not in ("session", "term", "school year") and seldom(draw, 4):
        found["starting"] = one(draw, menus.STARTING)
    if level := one(draw, ("", *LEVELS)):
        found["each"] = level
    if where := one(draw, (*menus.OWED_BY, *(f"rate({rate}) > 0%" for rate in rates))):
        found["where"] = where
    if holidays := one(draw, menus.HOLIDAYS):
        found["in_holidays"] = holidays
    if seldom(draw, 4):
        found["at_least"] = one(draw, ("2", "3", "many"))
    scope = evolve(IN_A_GROUP, done=menus.ROLL_CALLS) if every in ONE_DAY else IN_A_GROUP
    if rates and seldom(draw, 3):
        scope = evolve(scope, only_if=(f"rate({rates[0]}) >= 10%", "new_holder(teacher)"))
    do: dict[str, object] = {"call": draw(items(scope, 1))}
    if seldom(draw, 4):
        do["told"] = draw(notices())
    if seldom(draw, 5):
        do["mark"] = draw(consequences(scope))
    default = seldom(draw, 3)
    if default:
        found["if_overdue"] = {"chase": dict(CHASE)}
    return {**found, "do": _chased(do, default=default)}


@st.composite
def targets(draw: st.DrawFn) -> Item:
    """A target, with a limit or without."""
    found: Item = {key: said(draw, MENUS[key]) for key in some(draw, TEXTS, 1)}
    if level := one(draw, ("", *(level for level in LEVELS if level != "student"))):
        found["each"] = level
    found |= {"count": one(draw, menus.COUNTS), "among": one(draw, menus.AMONG), "base": said(draw, menus.BASES), "check": said(draw, menus.CHECKS)}
    found |= tree(f"{{{one(draw, menus.LIMITS[1:])}}}")
    if where := one(draw, menus.MEANT):
        found["where"] = where
    if less := one(draw, menus.LESS):
        found["less"] = less
    if seldom(draw, 4):
        found["list"] = one(draw, ("counted", "not counted"))
    scope = evolve(IN_A_GROUP, entries=menus.ENTRIES)
    for part in some(draw, ("if_broken", "if_met"), 2):
        do: dict[str, object] = {"explain" if part == "if_broken" else "thank": draw(items(scope, 1))}
        if seldom(draw, 2):
            do["pay" if part == "if_broken" else "praise"] = draw(consequences(scope))
        found[part] = _chased(do, default=False)
    return found


def _chased(do: dict[str, object], *, default: bool) -> dict[str, object]:
    for name, item in do.items():
        assert isinstance(item, dict)
        chase(name, item, (), default=default)
    return do


# --- registers ------------------------------------------------------------------------------------------

COLUMNS = (
    "student", "name", "class", "class_name", "grade", "birth_date", "from", "status", "since", "cause", "case", "stage", "opened", "item", "by", "due",
    "title", "teacher", "principal", "days_away", "special", "home", "outcome(visit)", "days_away >= 3", "by_grade", "limit",
)  # fmt: skip
OF_GROUPS = ("school", "class_name", "students", "principal", "talks", "new_holder(teacher)", "received(letter)", "allowed", "term_week")
ROWS = ("", "open_case(truancy)", "days_away >= 2", "fired(one)", "special or poor", "anyone", "suspected_dropout")
OF_ITSELF = ("", "talks >= 1", "days_away >= 1", "enrolled", "received(letter)")
KEPT = ("forever", "3 years", "2 school years", "1 term", "6 months")
READERS = (["principal"], ["teacher", "principal"], "clerk")


@st.composite
def registers(draw: st.DrawFn, rates: Mapping[str, str] | None = None) -> Item:
    """A register of students or of groups; rates: the targets that there are, each with its level."""
    found: Item = {key: said(draw, MENUS[key]) for key in some(draw, TEXTS, 1)}
    level = one(draw, ("", "student", *(level for level in LEVELS if level != "student")))
    if level:
        found["each"] = level
    students = level in ("", "student")
    asked = [f"rate({name})" for name, of in (rates or {}).items() if of == level]
    if where := one(draw, ROWS if students else (*OF_ITSELF, *(f"{rate} > 0%" for rate in asked))):
        found["where"] = where
    columns = some(draw, COLUMNS if students else (*OF_GROUPS, *asked), 4)
    if columns:
        found["columns"] = list(columns)
    if seldom(draw, 3):
        found["readers"] = one(draw, READERS)
    if seldom(draw, 3):
        found["kept"] = one(draw, KEPT)
    return found


@st.composite
def built_in(draw: st.DrawFn) -> tuple[str, Item]:
    """A register that every policy has, with who reads it."""
    return one(draw, tuple(REGISTERS)), {"readers": one(draw, READERS), **({"kept": one(draw, KEPT), "title": value("台账")} if seldom(draw, 2) else {})}
