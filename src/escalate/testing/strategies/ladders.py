"""Ladders with stages of every kind; whatever something waits on is chased."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve
from hypothesis import strategies as st

from . import menus
from .defined import MEASURES
from .drawing import one, said, seldom, some
from .items import IN_A_LADDER, Item, Scope, consequences, items, notices
from .measures import Measured, compared

CHASE: Item = {"by": "principal", "due": "1 school day"}
WAITS = re.compile(r"\b(?:done|outcome|days_since|school_days_since|overdue|late|times)\(\s*(?:\w+\.)*(\w+)")
IN_SESSIONS = {name for name, text in MEASURES.items() if re.search("unit: (session|half day|hour|minute)", text)}
AGAIN = (*menus.AGAIN, "each school year", "every (step) school days")
TEXTS = ("title", "text", "cites", "why")


@st.composite
def ladders(draw: st.DrawFn, own: Sequence[Measured] = (), *, beside: bool = False) -> Item:
    """A ladder; own: more measures that it may ask; beside: of a second ladder, that may ask for cases of `truancy`."""
    stages: dict[str, object] = {"one": draw(_first(own, beside=beside))}
    for name in ("two", "three")[: one(draw, (0, 0, 1, 2))]:
        stages[name] = draw(_later(name, own))
    found: dict[str, object] = {"stages": stages}
    where = one(draw, (*menus.COVERED, 'enrolled and home != "far"', "enrolled and not on_leave"))
    if where != "enrolled" or seldom(draw, 4):
        found["where"] = where
    if where == "anyone" and seldom(draw, 2):
        stages["left"] = {"when": one(draw, menus.LEFT), "do": {"told": draw(notices())}}
    ends = one(draw, menus.ENDS)
    if ends:
        found["ends"] = {"when": ends, **draw(_texts())}
        if seldom(draw, 4):
            found["ends"]["do"] = {"back": draw(items(IN_A_LADDER, 1))}  # type: ignore[index]  # a mapping
    if not ends or seldom(draw, 5):
        found["lasts"] = one(draw, ("term", "month", "school year"))
    if seldom(draw, 3):
        found["if_overdue"] = {"chase": dict(CHASE)}
    return {**draw(_texts()), **chased(found)}


@st.composite
def _texts(draw: st.DrawFn) -> Item:
    """A title, the clause's text and number, a reason."""
    menu = {"title": menus.TITLES, "text": ("连续三天缺课的,写缺课报告", "{zh: 原文, en: Text}"), "cites": menus.CITES, "why": menus.WHYS}
    return {key: said(draw, menu[key]) for key in some(draw, TEXTS, 1)}


# --- stages ---------------------------------------------------------------------------------------------


@st.composite
def facts(draw: st.DrawFn, menu: Sequence[str], own: Sequence[Measured]) -> str:
    """A condition on facts, sometimes with another beside it."""
    free = [measure for measure in own if not measure.of_a_case]
    first = draw(compared(one(draw, free))) if free and seldom(draw, 2) else one(draw, menu)
    how = one(draw, ("{0}",) * 5 + ("{0} and {1}", "{0} or {1}", "{0} 且 {1}", "({0}) and not ({1})", "{0} and ({1} or special)"))
    plain = first if " or " not in first or how == "{0}" else f"({first})"
    return how.format(plain, one(draw, menus.FACTS)) if "{1}" in how else first


@st.composite
def _first(draw: st.DrawFn, own: Sequence[Measured], *, beside: bool) -> Item:
    if seldom(draw, 6):
        numbered = one(draw, (*menus.NUMBERED, "absence >= 25%"))
        again = "each further 5%" if "%" in numbered else one(draw, (*menus.FURTHER, "each further step"))
    else:
        numbered, again = "", one(draw, AGAIN)
    when = numbered or draw(facts((*menus.OPENERS, *(menus.OTHERS if beside else ())), own))
    scope = in_sessions(when, own)
    do: dict[str, object] = {"visit": draw(items(scope))}
    if seldom(draw, 4):
        do["call"] = draw(items(evolve(scope, named=("visit",)), 1))
    return {**draw(_texts()), "when": when, "do": do, **({"again": again} if again else {})}


@st.composite
def _later(draw: st.DrawFn, name: str, own: Sequence[Measured]) -> Item:
    """A stage of an open case; it may ask for what was done."""
    again = ""
    if seldom(draw, 12):
        when, again = one(draw, menus.NUMBERED), one(draw, menus.FURTHER)
    elif own and seldom(draw, 4):
        when = draw(compared(one(draw, own)))
    else:
        when = draw(st.one_of(st.sampled_from(menus.LATER), facts(menus.LATER, own)))
        again = one(draw, AGAIN)
    do: dict[str, object] = {}
    if name == "two" or seldom(draw, 2):
        do["report" if name == "two" else "filing"] = draw(items(in_sessions(when, own)))
    if not do or seldom(draw, 3):
        do["told"] = draw(notices())
    if seldom(draw, 8):
        do["instead"] = {"by": "teacher", "due": "1 school day", "replaces": "one.visit"}
    if seldom(draw, 6):
        do["points"] = draw(consequences(IN_A_LADDER))
    found: Item = {**draw(_texts()), "when": when}
    need = one(draw, menus.NEEDS)
    if need and need != "days_away >= 2":  # no evidence: a problem of a text, and meant in the project's own walks
        found["need"] = need
    if name == "two" or not seldom(draw, 5):  # what asks for the report finds it
        found["do"] = do
    found |= {"again": again} if again else {}
    return {**found, **({"if_overdue": {"chase": dict(CHASE)}} if seldom(draw, 8) else {})}


def in_sessions(when: str, own: Sequence[Measured]) -> Scope:
    """Where a stage is about a session, who teaches it may act."""
    short = IN_SESSIONS | {measure.name for measure in own if measure.tree.get("unit") in ("session", "half day", "hour", "minute")}
    about = bool(short & set(re.findall(r"\w+", when)))
    return evolve(IN_A_LADDER, roles=(*IN_A_LADDER.roles, "subject_teacher", "subject_teacher")) if about else IN_A_LADDER


# --- what is waited on ------------------------------------------------------------------------------------


def chased(ladder: dict[str, object]) -> dict[str, object]:
    """The ladder with a due and an `if_overdue` wherever something waits on an item and none is nearer."""
    waited = {name for text in texts(ladder) for name in WAITS.findall(text)}
    stages = ladder["stages"]
    assert isinstance(stages, dict)
    for stage in (*stages.values(), ladder.get("ends") or {}):
        default = "if_overdue" in stage or "if_overdue" in ladder
        for name, item in stage.get("do", {}).items():
            chase(name, item, waited, default=default)
    return ladder


def chase(name: str, item: dict[str, object], waited: Iterable[str], *, default: bool) -> None:
    """Give an item, and all that is chained to it, what it must have where something waits on it."""
    chained = [below for _, below in _chained(item)]
    if "by" in item and "optional" not in item and ("then" in item or "if_outcome" in item or name in waited):
        item.setdefault("due", "1 school day")
        if not default:
            item.setdefault("if_overdue", {"chase": dict(CHASE)})
    for names in chained:
        for below, under in names.items():
            chase(below, under, waited, default=default)


def _chained(item: dict[str, object]) -> Iterator[tuple[str, dict[str, dict[str, object]]]]:
    for link in ("then", "if_overdue"):
        if isinstance(item.get(link), dict):
            yield link, item[link]  # type: ignore[misc]  # of items by name
    outcomes = item.get("if_outcome")
    if isinstance(outcomes, dict):
        yield from outcomes.items()


def texts(found: object) -> Iterator[str]:
    """Every key and text of a tree."""
    if isinstance(found, dict):
        for key, below in found.items():
            yield key
            yield from texts(below)
    elif isinstance(found, list):
        for below in found:
            yield from texts(below)
    else:
        yield str(found)
