"""Students' flags and attributes, and roles."""

from __future__ import annotations

from .. import keywords, synonyms
from ..messages import glued, say
from ..parse import MapNode, Node, TextNode
from ..phrases import TABLES
from ..policy import Attribute, Role
from ..synonyms import CALLED
from .circles import circles
from .draft import Draft, nearest
from .keys import COMMON, Keys

BUILT_IN = {"student": "student", "parent": "student"}
ATTRIBUTE = (*COMMON, "is", "kept")
IS = ("flag", "number", "date", "text")
ROLE = (*COMMON, "of", "above")
LEVELS = ("student", "session", "household", "class", "grade", "school", "village", "township", "county")
SPOKEN = tuple(spoken for level, spoken in keywords.LEVELS.items() if level in LEVELS)


def students(draft: Draft, entries: tuple[tuple[TextNode, Node], ...]) -> dict[str, Attribute]:
    """Every flag and attribute that a condition may use."""
    return {key.text: _attribute(draft, key, node) for key, node in entries}


def _attribute(draft: Draft, key: TextNode, node: Node) -> Attribute:
    name = draft.name(key, say("flag"))
    keys = Keys(draft, node, say("a flag or an attribute"), ATTRIBUTE, key.span)
    keys.title("why")
    keys.words("cites")
    return Attribute(
        name, keys.title(), keys.choice("is", IS, "flag"), keys.text("kept"), key.span
    )


def roles(draft: Draft, entries: tuple[tuple[TextNode, Node], ...]) -> dict[str, Role]:
    """Who can act."""
    found = {key.text: _role(draft, key, node) for key, node in entries}
    places = {key.text: _above(key, node) for key, node in entries}
    for name, role in found.items():
        if role.above and role.above not in found:
            draft.unknown("unknown-role", say("role"), role.above, found, places[name])
    for circle in circles({name: (role.above,) for name, role in found.items() if role.above}):
        way = glued((f"`{name}`" for name in circle), say(" stands below "))
        draft.wrong("role-circle", say("`above` leads from `{circle}` back to itself", circle=circle[0]), places[circle[0]], way)
    return found


def called() -> frozenset[str]:
    """Every word that means a role of every policy."""
    return frozenset((*CALLED["role"], *(table.names[role] for role in BUILT_IN for table in TABLES.values()))) - {*BUILT_IN}


def built_in(word: str) -> str:
    """The role of every policy that a word means: `parent` for `家长`; empty where it means none."""
    return synonyms.called(word, BUILT_IN, "role") or next((role for role in BUILT_IN if word in {table.names[role] for table in TABLES.values()}), "")


def _above(key: TextNode, node: Node) -> Node:
    above = node.get("above") if isinstance(node, MapNode) else None
    return above or key


def _role(draft: Draft, key: TextNode, node: Node) -> Role:
    name = draft.name(key, say("role"))
    if name in BUILT_IN:
        draft.wrong(
            "reserved-name",
            say("the role `{name}` exists already", name=name),
            key,
            say("use it without defining it, or write another name"),
        )
    keys = Keys(draft, node, say("a role"), ROLE, key.span)
    keys.title("why")
    keys.words("cites")
    of = keys.text("of") or "school"
    near = nearest(of, (*LEVELS, *SPOKEN)) if of not in LEVELS else ""
    if near:  # a column of its own is nobody's mistake, one that is nearly a level is
        message = say("`{of}` is taken for a column of the roster: whoever has none is answered for by nobody", of=of)
        draft.wrong("unknown-level", message, node.get("of") if isinstance(node, MapNode) else key, say("did you mean `{near}`?", near=near), warning=True)
    return Role(name, keys.title(), of, keys.text("above"))
