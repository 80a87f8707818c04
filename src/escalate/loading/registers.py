"""Registers: the lists that people keep, who stands in each, what it shows, and who may read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..grammar import parse_value
from ..parse import ListNode, Node, TextNode
from ..policy import CONSEQUENCE_SUMS, LIST, OWN_ROLES, REGISTERS, Column, Register
from . import vocabulary
from .draft import MANY, UNREAD, Draft, one_of
from .keys import COMMON, Keys

KEYS = ("each", "where", "columns", "readers", "kept", "text", *COMMON)
# Of a register that every policy has: what stands in it is not the policy's to say.
BUILT_IN_KEYS = ("readers", "kept", "text", *COMMON)
LEVELS = ("household", "class", "grade", "school", "village", "township", "county")
OF_GROUPS = (*LEVELS, "class_name", "students")
OF_STUDENTS = (
    "student", "name", *LEVELS, "class_name", "birth_date", "from", "to", "status", "since", "cause",
    "case", "stage", "opened", "item", "by", "due", "title",
)
_KEPT = re.compile(r"forever|[1-9][0-9]{0,2} (?:school )?(?:year|term|month)s?")


def registers(draft: Draft, entries: Iterable[tuple[TextNode, Node]]) -> Mapping[str, Register]:
    """Every register of a policy, by name, in the order written."""
    return {key.text: register(draft, key, node) for key, node in entries}


def register(draft: Draft, key: TextNode, node: Node) -> Register:
    """An exported list that people keep."""
    name = draft.name(key, "register")
    keys = Keys(draft, node, "a register", KEYS, key.span)
    if name in REGISTERS and any(keys.get(own) is not None for own in KEYS if own not in BUILT_IN_KEYS):
        help = f"write another name, or nothing of it but {_listed(BUILT_IN_KEYS)}"
        draft.wrong("reserved-name", f"the register `{name}` exists already", key, help)
    _is_free(draft, name, key)
    keys.title("why")
    each = _each(keys)
    return Register(
        name, each, keys.condition("where"), tuple(_columns(keys, each)), tuple(_readers(keys)), _kept(keys),
        keys.title(), keys.title("text"), keys.words("cites"), key.span,
    )  # fmt: skip


def _is_free(draft: Draft, name: str, key: TextNode) -> None:
    """What comes with a register that every policy has is called by that: its readers are that register's."""
    target = name.removesuffix(LIST)
    of = "consequences" if name == CONSEQUENCE_SUMS else "rates" if target != name and target in draft.names.targets else ""
    if of:
        draft.wrong("reserved-name", f"`{name}` comes with the register `{of}`", key, f"write another name; who reads it stands under `{of}`")


def _each(keys: Keys) -> str:
    """A row for each student, or for each group that the roster names."""
    node = keys.get("each")
    text = vocabulary.plain(keys.draft.text(node)) if node is not None else ""
    if not text or text == "student" or text in LEVELS:
        return text or "student"
    if text == "person" or text in keys.draft.actors:
        help = "write `each: student` and a column for each role, such as `homeroom_teacher`"
        keys.draft.wrong("not-yet", f"a register cannot have a row for each `{text}` yet", node, help)
    else:
        keys.draft.unknown("wrong-value", "level", text, ["student", *LEVELS], node or keys.span)  # type: ignore[arg-type]  # a text has a node
    return "student"


# --- columns --------------------------------------------------------------------------------------------


def _columns(keys: Keys, each: str) -> Iterator[Column]:
    found = keys.get("columns")
    nodes = found.items if isinstance(found, ListNode) else (found,) if found is not None else ()
    for node in nodes:
        text = keys.draft.text(node, "a column")
        if text:
            yield _column(keys.draft, text, node) if each == "student" else _of_group(keys.draft, text, node, each)


def _column(draft: Draft, text: str, node: Node) -> Column:
    names = draft.names
    own = any(text in group for group in (names.flags, names.attributes, names.measures, names.parameters))  # the policy's own name wins
    if text in OF_STUDENTS and not own:
        return Column(text)
    if text in draft.actors and not own:
        if text in OWN_ROLES or draft.actors[text] == "session":
            draft.wrong("wrong-column", f"nobody is on record as `{text}` of a student", node, "name a role that is held for a class, a school ...")
        return Column(text, "role")
    if len(draft.problems) > MANY:
        return Column(text, "value", UNREAD)
    value, problems = parse_value(text, node.span, draft.names)
    draft.problems += problems
    return Column(text, "value", value or UNREAD)


def _of_group(draft: Draft, text: str, node: Node, each: str) -> Column:
    if text in draft.actors and draft.actors[text] in LEVELS:
        return Column(text, "role")
    if text not in OF_GROUPS:
        help = f"its columns are {_listed(OF_GROUPS)}, and roles that are held for one of them"
        draft.wrong("wrong-column", f"`{text}` is a student's, and this register has a row for each {each}", node, help)
    return Column(text)


# --- readers --------------------------------------------------------------------------------------------


def _readers(keys: Keys) -> Iterator[str]:
    draft, found = keys.draft, keys.get("readers")
    nodes = found.items if isinstance(found, ListNode) else (found,) if found is not None else ()
    for node in nodes:
        text = draft.text(node, "a role")
        if text in OWN_ROLES:
            help = "a register shows other children too; a letter to a parent is an item"
            draft.wrong("not-a-reader", f"`{text}` reads no register", node, help)
        elif text in draft.actors and draft.actors[text] == "session":
            help = "name a role that is held for the class"
            draft.wrong("not-a-reader", f"`{text}` is held for a session, and reads no register", node, help)
        elif text in draft.actors:
            yield text
        elif text:
            draft.unknown("unknown-role", "role", text, (role for role in draft.actors if role not in OWN_ROLES), node)


def _kept(keys: Keys) -> str:
    kept = vocabulary.plain(keys.text("kept"))
    if kept and not _KEPT.fullmatch(kept):
        keys.draft.wrong(
            "wrong-value",
            f"`{kept}` does not say how long a register is kept",
            keys.get("kept"),
            "write `forever` or `3 years`",
        )
    return kept


def _listed(words: Iterable[str]) -> str:
    return one_of(words).removeprefix("it is one of ")
