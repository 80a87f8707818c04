"""Registers: read and checked whole, kept for an evaluation to come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from attrs import evolve

from ..grammar import parse_condition
from ..parse import ListNode, Node, TextNode
from ..policy import Later
from . import vocabulary
from .anchors import each
from .draft import Draft
from .keys import COMMON, Keys

REGISTER = ("each", "where", "columns", "kept", "text", *COMMON)
REGISTERS = ("open_cases", "overdue_items", "suspected_dropouts")
COLUMNS = frozenset(
    {
        "name",
        "student",
        "school",
        "class",
        "class_name",
        "grade",
        "household",
        "village",
        "township",
        "county",
        "birth_date",
        "from",
        "to",
        "status",
        "case",
        "stage",
        "opened",
        "due",
        "item",
        "by",
        "title",
    }
)
_KEPT = re.compile(r"forever|[1-9][0-9]{0,2} (?:school )?(?:year|term|month)s?")
Reader = Callable[[Draft, TextNode, Node], tuple[Later, ...]]


def read(draft: Draft, entries: Iterable[tuple[TextNode, Node]], reader: Reader) -> tuple[Later, ...]:
    """Everything that one reader makes of a section."""
    draft.duty = True
    found = tuple(one for key, node in entries for one in reader(draft, key, node))
    draft.duty = False
    return found


# --- registers --------------------------------------------------------------------------------------


def register(draft: Draft, key: TextNode, node: Node) -> tuple[Later, ...]:
    """An exported list that people keep."""
    name = draft.name(key, "register")
    if name in REGISTERS:
        draft.wrong("reserved-name", f"the register `{name}` exists already", key, "write another name")
    keys = Keys(draft, node, "a register", REGISTER, key.span)
    each(keys)
    keys.condition("where")
    _columns(draft, keys.get("columns"))
    keys.title("text")
    keys.title("why")
    kept = vocabulary.plain(keys.text("kept"))
    if kept and not _KEPT.fullmatch(kept):
        draft.wrong(
            "wrong-value",
            f"`{kept}` does not say how long a register is kept",
            keys.get("kept"),
            "write `forever` or `3 years`",
        )
    return (Later("register", name, keys.title(), keys.words("cites"), key.span),)


def _columns(draft: Draft, node: Node | None) -> None:
    nodes = node.items if isinstance(node, ListNode) else (node,) if node is not None else ()
    for item in nodes:
        text = draft.text(item, "a column")
        if text and text not in COLUMNS and text not in draft.actors:
            # Any value may be a column, not only what is true or false.
            _, problems = parse_condition(text, item.span, evolve(draft.names, duty=True))
            draft.problems += [problem for problem in problems if problem.kind != "not-a-condition"]
