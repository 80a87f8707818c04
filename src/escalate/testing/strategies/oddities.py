"""What nothing can be done with: marks of no session, students of no roster, codes of no policy, ids that clash, voids of nothing or before their event."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st

from ...events import SHARED, Event, Mark, Void, about
from ...times import DAY
from ..model.seen import World

HOUR = 3600
KINDS = ("outside", "stranger", "no session", "code", "void", *("clash", "early void") * 2) * 2


@st.composite
def oddities(draw: st.DrawFn, world: World) -> list[Event]:
    """Nothing in most worlds; in one of three an event or two of one kind."""
    kind = draw(st.sampled_from((*[""] * 36, *KINDS)))
    named = [event for event in world.events if event.id and not isinstance(event, (Void, *SHARED))]
    marks = [event for event in world.events if isinstance(event, Mark) and not event.id]
    if named and kind in ("clash", "early void"):
        return _of_named(kind, draw(st.sampled_from(named)))
    return _of_mark(kind, draw(st.sampled_from(marks)), world) if kind and marks else []


def _of_named(kind: str, old: Event) -> list[Event]:
    """Another event under the id of one; or a void that is known before it."""
    if kind == "clash":
        at = getattr(old, "at", None)
        return [evolve(old, at=at - HOUR, known=old.known + HOUR)] if at is not None else []
    return [Void(student=about(old), level=getattr(old, "level", "student"), target=old.id, known=old.known - HOUR, id="early")]


def _of_mark(kind: str, mark: Mark, world: World) -> list[Event]:
    days = world.calendar.of("")
    sunday = mark.date + DAY * (6 - mark.date.weekday())
    if kind == "outside":
        return [evolve(mark, date=days.first - DAY * 3)]
    if kind == "no session":
        return [evolve(mark, date=sunday, known=mark.known + 150 * HOUR)]
    if kind == "code":
        return [evolve(mark, code="?", known=mark.known + HOUR)]
    if kind == "clash":
        return [evolve(mark, id="twice", known=mark.known + HOUR), evolve(mark, id="twice", code="P", known=mark.known + 2 * HOUR, minutes=7)]
    if kind == "early void":
        return [Void(student=mark.student, target=f"{mark.date}.{mark.session}", known=mark.known - HOUR, id="early")]
    if kind == "stranger":
        return [evolve(mark, student="stranger")]
    return [Void(student=mark.student, target="never", known=mark.known, id="nothing")]
