"""Windows that look back."""

from __future__ import annotations

from ..messages import listed, ours, say
from ..parse import ListNode, Node
from ..policy import Window
from . import vocabulary
from .amounts import amount, counted
from .draft import Draft, nearest
from .keys import settled

ROLLING = ("day", "week", "month", "year", "school_day", "school_week")
SINCE = ("since enrolment", "since the case opened")
TILES = ("day", "week", "month", "school_day", "school_week")
FORMS = say(
    "a window is {some},\n{others}, or a list of them",
    some=listed(ours(one, "window") for one in ("day", "week", "month", "term", "school year", "30 days", "4 school weeks")),
    others=listed(ours(one, "window") for one in ("each 4 school weeks", "since enrolment", "since the case opened", "since visit")),
)


def windows(draft: Draft, node: Node | None) -> tuple[Window, ...]:
    """One window, or several of which all must hold."""
    if node is None:
        return ()
    nodes = node.items if isinstance(node, ListNode) else (node,)
    found = tuple(window(draft, vocabulary.plain(draft.text(item, say("a window"))), item) for item in nodes)
    return tuple(one for one in found if one is not None)


def window(draft: Draft, text: str, node: Node) -> Window | None:
    """The window that a text says; a parameter with one value is put in."""
    if text in draft.parameters:
        held = settled(draft, text, node)
        return _written(draft, held, node) if held else None
    return _written(draft, text, node) if text else None


def _written(draft: Draft, text: str, node: Node) -> Window | None:
    if text in vocabulary.PERIODS:
        return Window("period", vocabulary.PERIODS[text])
    if text.startswith("since "):
        return _since(draft, text.removeprefix("since ").strip(), node)
    tiles = text.startswith("each ")
    found = vocabulary.length(text.removeprefix("each "))
    if found and found[1] in (TILES if tiles else ROLLING):
        units = ours(found[1].replace("_", " "), "unit", prose=True)
        n = amount(draft, found[0], node, counted(say("a whole number of {units}s, 1 or more", units=units), found[1]))
        return None if n is None else Window("each" if tiles else "rolling", found[1], n)
    if nearest(text, draft.parameters):
        draft.unknown("unknown-parameter", say("parameter"), text, draft.parameters, node)
    else:
        twin = vocabulary.twin(text)
        near = say("write `{twin}`", twin=ours(twin, "window")) if twin in vocabulary.PERIODS else vocabulary.nearly(text, ROLLING)
        near = near or vocabulary.misspelt(text, (*vocabulary.PERIODS, *SINCE), "window")
        draft.wrong("wrong-value", say("`{text}` is not a window", text=text), node, near or FORMS)
    return None


def _since(draft: Draft, text: str, node: Node) -> Window | None:
    if text == "enrolment":
        return Window("since", anchor="enrolment")
    if text in ("the case opened", "case opened", "the case", "case"):
        return Window("since", anchor="case")
    if text in draft.names.stages or text in draft.names.items:
        return Window("since", anchor=text)
    draft.unknown(
        "unknown-name",
        say("stage or item"),
        text,
        [*draft.names.stages, *draft.names.items, "enrolment", "the case opened"],
        node,
    )
    return None
