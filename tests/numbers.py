"""Worlds by number, and what engine and model say of one where they differ."""

from __future__ import annotations

from escalate.testing.model.beside import of_engine, of_model, verdict
from escalate.testing.model.seen import World
from escalate.testing.model.smaller import smallest
from escalate.testing.model.telling import explain, world_lines
from tests import group_worlds, rich_worlds, worlds

RERUN = ".venv/bin/python bench/worlds.py {number}"


def numbered(number: str) -> World:
    """The world of a number such as `1/17`, of groups such as `g1/17`, or with measures of its own such as `r1/17`."""
    return {"g": group_worlds, "r": rich_worlds}.get(number[:1], worlds).numbered(number)


def complaint(number: str) -> str:
    """Nothing where both agree on a world, else the smallest part of it on which they do not, in words."""
    found = numbered(number)
    how = verdict(found)
    if not how:
        return ""
    small = smallest(found, lambda one: verdict(one) == how)
    lines = [f"world {number}: {how}; again: {RERUN.format(number=number)}"]
    if how == "they differ":
        lines.append(explain(small, of_engine(small), of_model(small)))
    else:
        lines += world_lines(small)
    return "\n".join(lines)
