"""Policies as an author would write them: well-formed by construction, of all the language, the plainest first."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hypothesis import strategies as st

from ...formatting import formatted
from ...source import Source
from ..written import Written, loaded
from . import menus
from .defined import MARKS, SECTIONS
from .drawing import one, said, seldom, some
from .groups import built_in, duties, registers, targets
from .items import RESULTS
from .ladders import CHASE, ladders, texts
from .measures import RULES, Measured, measures
from .yaml import tree, value, written

NAME = re.compile(r"[^\W\d]\w*")
STANDARD = ("missed_today", "days_away", "days_back")  # of `standard.yaml`
ORDER = ("parameters", "students", "roles", "marks", "day", "measures", "results", "ladders", "duties", "targets", "registers")
Tree = dict[str, object]


def policies() -> st.SearchStrategy[Written]:
    """Policies that are well-formed by construction, each with its text; of all the language, in English, in Chinese, and building on another file."""
    return st.one_of(_alone(), _alone(), _alone(), _extending())


@st.composite
def versions(draw: st.DrawFn) -> tuple[Written, ...]:
    """One policy, or two versions of it, the older first."""
    first = draw(_trees())
    if not seldom(draw, 2):
        return (loaded(written(first)),)
    turn = one(draw, ("2025-09-10", "2025-09-24"))
    second = draw(_trees()) if seldom(draw, 2) else first
    kept = {"timezone": first["timezone"], "lang": first["lang"], "policy": first["policy"]}
    before = f"2025-09-{int(turn[8:]) - 1:02}"
    return (
        loaded(written({**first, "in_force": {"to": before}})),
        loaded(written({**second, **kept, "in_force": {"from": turn}, "on_change": one(draw, ("keep", "migrate"))}), path="newer.yaml"),
    )


# --- a file by itself -------------------------------------------------------------------------------------


@st.composite
def _alone(draw: st.DrawFn) -> Written:
    found = draw(_trees())
    text = written(found, one(draw, (4, 2, 3, 5, 9)))
    if seldom(draw, 6):
        text = renamed(text)
    policy = loaded(text)
    return loaded(formatted(policy.source, one(draw, ("zh", "zh", "en")))) if seldom(draw, 5) else policy


@st.composite
def _trees(draw: st.DrawFn) -> Tree:
    """The tree of a policy's file."""
    own = [draw(measures(f"m{n}")) for n in range(one(draw, (0, 0, 1, 2)))]
    found: Tree = {"ladders": {"truancy": draw(ladders(own))}}
    if seldom(draw, 4):
        found["ladders"]["lessons"] = draw(ladders(own, beside=True))  # type: ignore[index]  # a mapping
    if seldom(draw, 3):
        rates = ("loss", "return_rate")[: one(draw, (0, 1, 1, 2))]
        found["duties"] = {name: draw(duties(rates)) for name in ("rolls", "visits")[: one(draw, (1, 1, 2))]}
        limits = {name: draw(targets()) for name in rates}
        found |= {"targets": limits} if limits else {}
        levels = {name: str(limit.get("each", "school")) for name, limit in limits.items()}
        found["registers"] = {"groups": draw(registers(levels))} if seldom(draw, 3) else {}
    if seldom(draw, 4):
        shown = dict([("shown", draw(registers())), *([draw(built_in())] if seldom(draw, 2) else [])])
        found["registers"] = {**found.get("registers", {}), **shown}  # type: ignore[dict-item]  # a mapping
    standard = not seldom(draw, 5)
    head = draw(_head())
    found = {**head, **found, **({"extends": "standard.yaml"} if standard else {"marks": marks(), "day": draw(_day())})}
    if standard and seldom(draw, 6):
        found["marks"] = {"W": "left_early walked_out", "'7'": "unexcused"}
    if standard and seldom(draw, 8):
        found["replace"] = {"day": draw(_day())}
    listed = listed_results(found)
    if listed and seldom(draw, 3):
        found["results"] = {word: {"title": said(draw, menus.TITLES)} for word in listed}
    return defined(found, own, STANDARD if standard else ())


@st.composite
def _head(draw: st.DrawFn) -> Tree:
    found: Tree = {"policy": one(draw, menus.NAMES), "timezone": one(draw, menus.TIMEZONES), "lang": one(draw, ("en", "zh"))}
    for key in some(draw, ("title", "cites", "why", "in_force", "on_change"), 1):
        menu = {"title": menus.TITLES, "cites": menus.CITES, "why": menus.WHYS, "in_force": menus.IN_FORCE, "on_change": ("keep", "migrate")}
        found[key] = said(draw, menu[key])
    return found


@st.composite
def _day(draw: st.DrawFn) -> Tree:
    found: Tree = {"absent_when": one(draw, RULES), "closes": one(draw, ("17:30", "23:59", "12:30"))}
    return {**found, **({"lesson_hour": one(draw, ("50 minutes", "lesson"))} if seldom(draw, 2) else {})}


def listed_results(found: object) -> list[str]:
    """The words that the outcomes of a tree's items may have, each once."""
    if isinstance(found, list):
        return list(dict.fromkeys(word for below in found for word in listed_results(below)))
    if not isinstance(found, dict):
        return []
    own = found.get("results")
    words = [word for word in own if isinstance(word, str)] if isinstance(own, list) else []
    return list(dict.fromkeys([*words, *(word for below in found.values() for word in listed_results(below))]))


def marks() -> Tree:
    """The codes of `standard.yaml`."""
    return {value(code) if isinstance(value(code), str) else code: meaning for code, meaning in MARKS.items()}  # type: ignore[misc]  # a quoted code


def defined(found: Tree, own: list[Measured], brought: tuple[str, ...] = (), base: Mapping[str, object] | None = None) -> Tree:
    """The tree with whatever it names: parameters, flags, roles, measures and registers; brought: measures of what it extends; base: the tree of that."""
    mine = {measure.name: measure.tree for measure in own}
    there: dict[str, Tree] = {section: {} for section in SECTIONS}
    while True:
        names = {name for text in (*texts(found), *texts(there)) for name in NAME.findall(text)}
        new = {
            section: {
                name: mine.get(name) or tree(f"{{a: {known[name]}}}")["a"] for name in (*known, *(mine if section == "measures" else ()))
                if name in names and name not in brought and not _has(base, section, name) and not _has(found, section, name)
            }
            for section, known in SECTIONS.items()
        }  # fmt: skip
        if new == there:
            break
        there = new
    whole: Tree = {key: below for key, below in found.items() if key not in ORDER}
    for section in ORDER:
        both = {**there.get(section, {}), **(found.get(section) or {})}  # type: ignore[dict-item]  # a mapping
        whole |= {section: both} if both else {}
    return whole


def _has(tree: Mapping[str, object] | None, section: str, name: str) -> bool:
    return tree is not None and name in (tree.get(section) or {})  # type: ignore[operator]  # a mapping


def renamed(text: str) -> str:
    """The text with Chinese names in place of those of the menus."""
    return NAME.sub(lambda found: menus.CHINESE_NAMES.get(found.group(), found.group()), text)


# --- a file that builds on another --------------------------------------------------------------------------


@st.composite
def _extending(draw: st.DrawFn) -> Written:
    """A school's file over a county's."""
    county = draw(_trees())
    base = {key: below for key, below in county.items() if key not in ("policy", "in_force", "on_change")}
    found: Tree = {"policy": county["policy"], "extends": "county.yaml"}
    parameters = county.get("parameters")
    if isinstance(parameters, dict) and seldom(draw, 2):
        name = one(draw, tuple(parameters))
        new = one(draw, SETS[name]) if name in SETS else None
        found |= {"set": {name: new}} if new is not None else {}
    stages = county["ladders"]["truancy"]["stages"]  # type: ignore[index]  # a mapping
    replaced: Tree = {}
    added: Tree = {}
    if seldom(draw, 2):
        whole = draw(ladders())
        if set(whole["stages"]) >= set(stages):  # type: ignore[call-overload]  # what other parts name stays
            replaced["truancy"] = whole
    if not replaced and seldom(draw, 2):
        replaced["truancy.one.visit"] = {"by": "principal", "due": "end of day", "results": RESULTS, "if_overdue": {"chase": dict(CHASE)}}
    brought = STANDARD if "extends" in county else ()
    if brought and seldom(draw, 3):
        replaced["days_back"] = {"run": "present", "unit": "school day", "within": "term"}
    if seldom(draw, 2):
        added["truancy.extra"] = {"after": "one", "when": "days_away >= 3", "do": {"notice": {"notify": "principal"}}}
    if not replaced and seldom(draw, 3):
        added["truancy.one.beside"] = {"by": "teacher", "due": "1 day"}
    found |= {key: below for key, below in (("replace", replaced), ("add", added)) if below}
    whole = defined(found, [], brought, {**county, **{section: county.get(section, {}) for section in SECTIONS}})
    beside = written(base)
    if seldom(draw, 4):
        beside = formatted(Source("county.yaml", beside), "zh")
    return loaded(written(whole, one(draw, (3, 1, 5))), {"county.yaml": beside})


SETS: dict[str, tuple[object, ...]] = {
    "limit": ("2 school days", {"value": "1 school day", "why": "学校自定"}), "nth": ("4",), "soon": ("2 days",),
    "by_grade": ("2", [{"where": "grade >= 7", "value": "3"}, {"value": "1"}]),
    "allowed": ("5%",), "fine": ("-10 yuan",), "many": ("2",), "adopted": ("40%",), "quota": ("3 students",), "step": ("3",),
}  # fmt: skip
