"""What differs in two policies, as loaded: every value that a policy is made of, told from the other's by its name and not by its place in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import fields, frozen

from ..conditions import Condition
from ..policy import Action, Duty, Ladder, Policy, Stage, Target, chained

# The names of values whose key in a policy is another.
KEYS = {
    "only_if": "if", "counts_from": "from", "start": "in_force from", "end": "in_force to", "entry.text": "entry", "entry.per": "per", "entry.period": "for",
    "entry.compound": "compound", "lines": "value", "windows": "within", "meaning": "means", "bases": "base", "bound": "limit", "begins": "in_force from",
}  # fmt: skip
NAMED = ("parameters", "students", "roles", "marks", "measures", "registers", "results")
KINDS = {
    "parameters": "parameter", "students": "attribute", "roles": "role", "marks": "mark", "measures": "measure", "registers": "register", "results": "result",
    "ladders": "ladder", "duties": "duty", "targets": "target",
}  # fmt: skip
NOT_SAID = ("digest", "path", "span", "name")


@frozen
class Part:
    """One difference. what: changed, added, removed, order. key: which value of the thing at `path`; old, new: None where it is not there."""

    what: str
    kind: str
    path: str
    key: str = ""
    old: Any = None
    new: Any = None


def key_of(policy: Policy) -> str:
    """A version of a policy among others: its name, and the date from which it is in force."""
    return f"{policy.name}@{policy.version}"


def parts_of(a: Policy, b: Policy) -> tuple[Part, ...]:
    """Every difference, in the order of a policy."""
    return tuple(_policy(a, b))


def _policy(a: Policy, b: Policy) -> Iterator[Part]:
    if a.name != b.name:
        yield Part("changed", "policy", "", "policy", a.name, b.name)
    yield from _values("policy", "", a, b, left_out=(*NAMED, "ladders", "duties", "targets", "day"))
    for name in ("parameters", "students", "roles", "marks"):
        yield from _named(KINDS[name], getattr(a, name), getattr(b, name))
    yield from _values("day", "", a.day, b.day)
    yield from _named("measure", a.measures, b.measures)
    yield from _named("ladder", a.ladders, b.ladders, _ladder)
    yield from _named("duty", a.duties, b.duties, _duty)
    yield from _named("target", a.targets, b.targets, _target)
    yield from _named("register", a.registers, b.registers)
    yield from _named("result", a.results, b.results)


def _named(kind: str, a: Mapping[str, Any], b: Mapping[str, Any], inside: Callable[[Any, Any], Iterator[Part]] | None = None) -> Iterator[Part]:
    """Things by their names: those that are in one only, and what differs in those that are in both."""
    for name in dict.fromkeys([*a, *b]):
        old, new = a.get(name), b.get(name)
        if old is None or new is None:
            path = getattr(old if new is None else new, "path", "") or name
            yield Part("added" if old is None else "removed", kind, path, old=old, new=new)
        elif inside is not None:
            yield from inside(old, new)
        else:
            yield from _values(kind, name, old, new)


def _ladder(a: Ladder, b: Ladder) -> Iterator[Part]:
    yield from _values("ladder", a.name, a, b, left_out=("stages", "ends"))
    one, two = ({stage.name: stage for stage in (*ladder.stages, *((ladder.ends,) if ladder.ends else ()))} for ladder in (a, b))
    yield from _named("stage", one, two, _stage)
    orders = [tuple(stage.name for stage in ladder.stages if stage.name in one and stage.name in two) for ladder in (a, b)]
    if orders[0] != orders[1]:
        yield Part("order", "ladder", a.name, "stages", *orders)


def _stage(a: Stage, b: Stage) -> Iterator[Part]:
    yield from _values("stage", a.path, a, b, left_out=("do",))
    one, two = ({action.path: action for first in stage.do for action in chained(first)} for stage in (a, b))
    for part in _named("item", one, two, _action):
        parent = one if part.what == "removed" else two
        whole = part.what in ("added", "removed") and any(part.path.startswith(f"{path}.") and path not in (two if parent is one else one) for path in parent)
        if not whole:  # what comes or goes with the item on which it follows
            yield part
    orders = [tuple(action.name for action in stage.do if action.path in one and action.path in two) for stage in (a, b)]
    if orders[0] != orders[1]:
        yield Part("order", "stage", a.path, "do", *orders)


def _action(a: Action, b: Action) -> Iterator[Part]:
    yield from _values("item", a.path, a, b, left_out=("then", "if_outcome", "if_overdue"))


def _duty(a: Duty, b: Duty) -> Iterator[Part]:
    yield from _values("duty", a.name, a, b, left_out=("stage",))
    yield from _stage(a.stage, b.stage)


def _target(a: Target, b: Target) -> Iterator[Part]:
    yield from _values("target", a.name, a, b, left_out=("broken", "met"))
    yield from _stage(a.broken, b.broken)
    yield from _stage(a.met, b.met)


def _values(kind: str, path: str, a: Any, b: Any, left_out: tuple[str, ...] = (), within: str = "") -> Iterator[Part]:
    """The values of one thing; of an entry each of its own."""
    for part in fields(type(a)):
        if not part.eq or part.name in NOT_SAID or part.name in left_out:
            continue
        name, old, new = f"{within}{part.name}", getattr(a, part.name), getattr(b, part.name)
        if name == "entry" and old is not None and new is not None:
            yield from _values(kind, path, old, new, within="entry.")
        elif meant(old) != meant(new):
            yield Part("changed", kind, path, KEYS.get(name, name), old, new)


def meant(value: Any) -> Any:
    """A value without how it is written: two spellings of a condition are one."""
    if isinstance(value, Condition):
        return value.expr
    if isinstance(value, (list, tuple)):
        return tuple(meant(one) for one in value)
    names = getattr(type(value), "__attrs_attrs__", ())
    return (type(value), *(meant(getattr(value, one.name)) for one in names if one.eq)) if names else value
