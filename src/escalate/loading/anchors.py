"""Places in the calendar, and the levels that a duty or a target is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from ..messages import say
from ..parse import ListNode, Node, TextNode
from ..policy import OWN_ROLES, Anchor, DayOfMonth, Due, MonthDay
from . import vocabulary
from .draft import Draft
from .dues import due_in
from .keys import Keys, settled

T = TypeVar("T")
GROUPS = ("student", "household", "class", "grade", "school", "village", "township", "county", "person")
EDGES = ("term start", "term end", "school year start", "school year end")
FORMS = say("write `2025-09-01`, `03-10`, `28th`, `term start`, `school year end` or `2 weeks after term start`")


def anchors(draft: Draft, node: Node) -> tuple[Due, ...]:
    """A place in the calendar, or a list of them, or the parameter that holds them."""
    found = []
    for item in node.items if isinstance(node, ListNode) else (node,):
        text = vocabulary.plain(draft.text(item, say("a place in the calendar")))
        held = put_in(draft, text, item)
        for part in held.split(", ") if held != text else [text]:
            place = anchor(part)
            if place is not None:
                found.append(place)
            elif part:
                help = vocabulary.day_meant(part) or vocabulary.misspelt(part, EDGES, "anchor") or FORMS
                draft.wrong("wrong-value", say("`{part}` is not a place in the calendar", part=part), item, help)
    return tuple(found)


def anchor(text: str) -> Due | None:
    """The place in the calendar that a text says; None where it is something else."""
    found = due_in(text)
    return found if isinstance(found, (Anchor, MonthDay, DayOfMonth)) else None


def put_in(draft: Draft, text: str, node: Node) -> str:
    """A text, or what the parameter of its name holds."""
    return settled(draft, text, node) if text in draft.parameters else text


def each(keys: Keys, groups: tuple[str, ...] = GROUPS) -> str:
    """The level that a duty or a target is for; a school where none is written."""
    node = keys.get("each")
    if node is None:
        return "school"
    text = keys.draft.text(node)
    levels = [*groups, *(role for role in keys.draft.actors if role not in OWN_ROLES)]  # nobody is appointed to be a parent
    if text and text not in levels:
        keys.draft.unknown("wrong-value", say("level"), text, levels, node, "level")
    return text or "school"


def of_groups(draft: Draft, entries: Iterable[tuple[TextNode, Node]], read: Callable[[Draft, TextNode, Node], T]) -> dict[str, T]:
    """The things of a section by name; their conditions may ask about groups."""
    draft.duty = True
    found = {key.text: read(draft, key, node) for key, node in entries}
    draft.duty = False
    return found
