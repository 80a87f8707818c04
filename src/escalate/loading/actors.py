"""Who acts, to whom, and who is told."""

from __future__ import annotations

import re

from ..language import as_title, nameable
from ..messages import UNSAID, Said, glued, ours, say
from ..parse import ListNode, MapNode, Node
from ..policy import Actor, Actors
from .draft import Draft, head, one_of
from .keys import Keys
from .lists import joined
from .people import built_in, called

EACH = ("each",)
WHO = ("who_had", "above")
MOST_SHOWN = 12
# `张老师`, `ms_lake`: somebody, and no role.
_CALLED = "老师|先生|女士|同志"
_PERSON = re.compile(rf"[^\W\da-zA-Z_]{{1,3}}(?:{_CALLED})|(?i:mr|mrs|ms|miss|dr)_\w+")
_JOINS = re.compile("[或和与及]|_(?:and|or)_")


def actors(draft: Draft, node: Node | None, key: str) -> Actors:
    """A role, joint roles, or `{each: ...}`."""
    if node is None:
        return Actors()
    before = len(draft.problems)
    found = _actors(draft, node, key)
    if not found.entries and len(draft.problems) == before:
        draft.wrong("missing-value", say("`{key}` names nobody", key=ours(key, "item")), head(node), say("write a role, or delete the key"))
    return found


def _actors(draft: Draft, node: Node, key: str) -> Actors:
    if isinstance(node, MapNode) and node.get("each") is not None:
        Keys(draft, node, say("`{key}`", key=ours(key, "item")), EACH)
        return Actors(_entries(draft, node.get("each")), each=True)
    if isinstance(node, ListNode) and any(
        isinstance(item, MapNode) and item.get("each") is not None for item in node.items
    ):
        return Actors(tuple(entry for item in node.items for entry in _each(draft, item)), each=True)
    return Actors(_entries(draft, node))


def _each(draft: Draft, node: Node) -> tuple[Actor, ...]:
    each = node.get("each") if isinstance(node, MapNode) else None
    if each is None:
        draft.wrong("wrong-value", say("a list with `each` holds only `{{each: role}}`"), node, say("write `{{each: [a, b]}}`"))
        return ()
    return _entries(draft, each)


def _entries(draft: Draft, node: Node | None) -> tuple[Actor, ...]:
    if node is not None and (several := joined(node, {*draft.actors, *called()})):
        several = tuple(one if one in draft.actors else built_in(one) for one in several)
        help = say("a list stands in brackets: write `[{listed}]`", listed=glued((ours(one, "role") for one in several), ", "))
        draft.wrong("wrong-shape", say("several roles stand here as one"), head(node), help)
        return tuple(Actor(name) for name in several)
    nodes = node.items if isinstance(node, ListNode) else (node,) if node is not None else ()
    return tuple(found for item in nodes if (found := actor(draft, item)) is not None)


def actor(draft: Draft, node: Node) -> Actor | None:
    """One role, `{who_had: item}` or `{above: role}`."""
    if not isinstance(node, MapNode):
        return role(draft, draft.text(node, say("a role")), node)
    keys = Keys(draft, node, say("who acts"), WHO)
    if keys.get("above") is not None:
        found = role(draft, keys.text("above"), keys.get("above") or node)
        if found and found.name in draft.actors and not draft.above.get(found.name):
            help = say("write `{name}: {{above: role}}` under `roles:`", name=found.name)
            draft.wrong("nobody-above", say("no role stands above `{name}`", name=found.name), node, help)
        return Actor(found.name, "above") if found else None
    if not node.entries:
        draft.wrong("missing-key", say("it is not said who acts"), node, say("write `{{who_had: item}}` or `{{above: role}}`"))
    name = keys.text("who_had")
    if name and name not in draft.names.items:
        draft.unknown("unknown-item", say("item"), name, draft.names.items, node)
    return Actor(name, "who_had") if name else None


def role(draft: Draft, name: str, node: Node) -> Actor | None:
    """A role that the policy defines, or `student` or `parent`."""
    if name and name not in draft.actors:
        draft.wrong("unknown-role", say("unknown role `{name}`", name=name), node, _meant(draft, name))
    return Actor(name) if name else None


def _meant(draft: Draft, name: str) -> Said:
    if meant := built_in(name):
        return say("write `{meant}`", meant=ours(meant, "role"))
    # One sign of two that is the same makes no likeness of roles: `校医` is not `校长`.
    # And of two that are joined, none is the other one too.
    if titled := draft.titled.get(as_title(name)):
        return say("did you mean `{near}`?", near=titled)
    one = nameable(name) and not _JOINS.search(name)
    near = draft.near(name, draft.actors) if one and (len(name) > 2 or name.isascii()) else UNSAID
    if near.startswith("did you mean"):
        return near
    roles = list(draft.actors) if len(draft.actors) <= MOST_SHOWN else ["student", "parent"]
    listed = say("a role stands here, not a person: the assignments say who holds it;\n{one_of}", one_of=one_of(roles, "role"))
    joins = not one and any(role in name for role in draft.actors)
    if not nameable(name) or joins or _PERSON.fullmatch(name):
        return listed
    return say("{listed}\na further role is written under `roles:`, such as `{name}: {{of: school}}`", listed=listed, name=name)
