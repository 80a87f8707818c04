"""Measures of every kind, unit and window, and comparisons of them."""

from __future__ import annotations

from attrs import frozen
from hypothesis import strategies as st

from .drawing import one, said, seldom
from .menus import CITES, TITLES, WHYS
from .yaml import Quoted

UNITS = ("school day", "session", "half day", "day", "hour", "minute")
PERIODS = ("term", "week", "day", "month", "school year")
LENGTHS = ("30 days", "2 weeks", "6 months", "2 years", "20 school days", "4 school weeks", "(step) weeks")
TILES = ("each 4 school weeks", "each 2 weeks", "each 10 days", "each 2 months", "each 5 school days")
OTHERS = ("since enrolment", "stretch")
OF_A_CASE = ("since the case opened", "since one", "since visit")
A, S, L, E = "unexcused", "excused", "late", "left_early"
COUNTED: tuple[object, ...] = (A, [A, S], L, E, "leave", [A, "leave"], Quoted("A"), [Quoted("S"), L], [A, S, L, E])
RUNS: tuple[dict[str, object], ...] = (
    {"run": A, "neutral": S}, {"run": [A, S]}, {"run": A, "breaks": S}, {"run": "present"}, {"run": [A, "leave"], "neutral": S},
    {"run": A, "neutral": "leave", "breaks": "illness"}, {"run": Quoted("A"), "neutral": [Quoted("S"), Quoted("V")]},
    {"run": L}, {"run": L, "breaks": [A, S]}, {"run": [A, S], "neutral": E},
)  # fmt: skip
PLUS = ("late over 30 minutes", "left_early over 0 minutes", "illness over (step) minutes", "excused over 10 minutes")
RULES = ("any session", "all sessions", "at least 2 sessions", "at least 50%", "at least (adopted)")


@frozen
class Measured:
    """A measure: its name, how it is written, in what conditions compare it (`share` of a share, nothing of facts), and whether it is of a case alone."""

    name: str
    tree: dict[str, object]
    unit: str
    of_a_case: bool = False


@st.composite
def measures(draw: st.DrawFn, name: str) -> Measured:
    """One measure."""
    kind = one(draw, ("count", "run", "share", "sum", "mean", "fact"))
    found: dict[str, object]
    if kind in ("mean", "fact"):
        found = {"mean" if kind == "mean" else one(draw, ("count", "sum")): "fact(talk)", "within": draw(_windows())}
    elif kind == "run":
        found = {**one(draw, RUNS), "unit": one(draw, UNITS)}
        found |= {"within": draw(_windows())} if seldom(draw, 3) else {}
    else:
        found = {kind: one(draw, COUNTED), "unit": one(draw, {"count": UNITS[:4], "sum": UNITS[:3:-1], "share": UNITS}[kind]), "within": draw(_windows())}
    unit = str(found.get("unit", ""))
    if kind == "share":
        found |= {"of": one(draw, ("possible", "planned"))} if seldom(draw, 2) else {}
        found |= {"floor": one(draw, (f"4 {unit}s", "6", "enough"))} if seldom(draw, 2) else {}
    if unit:
        found |= {"day": one(draw, RULES)} if seldom(draw, 4) else {}
        found |= {"sessions": one(draw, ("first", "all"))} if seldom(draw, 5) else {}
    if kind == "count" and seldom(draw, 3):
        counts = {"session": ("session",), "half day": ("session", "half day")}.get(unit, ("session", "half day", unit))
        found["plus"] = {one(draw, PLUS): one(draw, counts)}
    found |= {"title": said(draw, TITLES)} if seldom(draw, 4) else {}
    found |= {"cites": said(draw, CITES), "why": said(draw, WHYS)} if seldom(draw, 6) else {}
    case = any(window in OF_A_CASE for window in _of(found.get("within")))
    return Measured(name, found, "share" if kind == "share" else unit, case)


@st.composite
def _windows(draw: st.DrawFn) -> object:
    first = one(draw, (*PERIODS, *LENGTHS, *TILES, *OTHERS, *OF_A_CASE))
    return [first, one(draw, PERIODS)] if seldom(draw, 8) and first not in PERIODS else first


def _of(within: object) -> list[object]:
    return within if isinstance(within, list) else [within]


@st.composite
def compared(draw: st.DrawFn, measure: Measured) -> str:
    """A comparison of a measure that can fail."""
    if measure.unit == "share":
        return f"{measure.name} >= {one(draw, ('10%', '25%', 'allowed', '0.5'))}"
    number = one(draw, {"minute": (100, 60, 200), "hour": (3, 6)}.get(measure.unit, (1, 2, 3)))
    written = one(draw, ("{0} >= {1}", "{0} >= {1}", "{0} > {1}", "{0} ≥ {1}", "{1} <= {0}", "{0} >= {1} {2}" if measure.unit else "{0} >= {1}", "{0} == {1}"))
    return written.format(measure.name, number, f"{measure.unit}{'' if number == 1 else 's'}")
