"""Conditions compiled to a durable_rules ruleset; the only door to that engine.

Each comparison becomes one property of a fact, an integer that lies to the condition's own integer as
the readings lie to each other: the engine compares whole numbers and never sees a float, a text or a
date. `not` is pushed inward, so a comparison that is unknown is a property that is missing, and no
rule can match it. A ruleset has one context and is driven in the calling thread: the fact is asserted,
the rules that fire are collected, the fact is retracted.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from ..conditions import And, Compare, Condition, Expr, Lit, Not, Or, Value
from .fault import MatcherFault
from .plain import compared, holds, kind_of, value

try:
    import durable_rules_engine as _engine  # type: ignore[import-not-found, unused-ignore]
except ImportError:  # no build for this interpreter
    _engine = None

AVAILABLE = _engine is not None

# The engine refuses a fact that more than 64 rules could take, one of more than 256 properties, and a rule
# with many nested `$or`. So each way for a condition to be true is a rule of its own, and a condition with
# more ways than this is computed here and handed over as one property.
WIDEST = 32
# The engine answers wrongly from 2**63 on; whole numbers beyond this are handed over as their side.
FARTHEST = 2**53
MOST = 200
_OPERATORS = {"<": "$lt", "<=": "$lte", ">=": "$gte", ">": "$gt", "!=": "$neq"}
_OPPOSITE = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}


@frozen
class Atom:
    """A comparison that the engine makes: `a<n> op number`, and the expression that fills `a<n>`."""

    expr: Expr
    op: str
    number: int


Way = tuple[Atom, ...]


@frozen
class Compiled:
    """Conditions as rules, plain data that can be printed, and what fills a fact for them.

    Rule `c<n>w<k>` fires when condition n is true in its k-th way.
    """

    rules: Mapping[str, Any]
    atoms: tuple[Atom, ...]


def compile_conditions(conditions: Sequence[Condition]) -> Compiled:
    """The ruleset of some conditions."""
    return _compiled([ways(condition.expr) for condition in conditions])


def ways(expr: Expr, wanted: bool = True) -> list[Way]:
    """The ways in which an expression is true, or false where that is `wanted`: each a set of comparisons."""
    if isinstance(expr, Not):
        return ways(expr.part, not wanted)
    if isinstance(expr, (And, Or)):
        found = _joined([ways(part, wanted) for part in expr.parts], isinstance(expr, And) is wanted)
        if found:
            return found
    if isinstance(expr, Compare):
        op = expr.op if wanted else _OPPOSITE[expr.op]
        bound = expr.right.value if isinstance(expr.right, Lit) else None
        whole = isinstance(bound, int) and not isinstance(bound, bool) and abs(bound) < FARTHEST
        return [(Atom(expr, op, bound if whole and isinstance(bound, int) else 0),)]
    return [(Atom(expr, "==", 1 if wanted else 0),)]


def _joined(parts: list[list[Way]], every: bool) -> list[Way]:
    """All ways through every part, or through any of them; none where they are too many."""
    if not every:
        any_of = [way for part in parts for way in part]
        return any_of if len(any_of) <= WIDEST else []
    found: list[Way] = [()]
    for part in parts:
        found = [before + way for before in found for way in part]
        if len(found) > WIDEST or any(len(way) > MOST for way in found):
            return []
    return found if parts else []


def _compiled(conditions: Sequence[list[Way]]) -> Compiled:
    atoms: dict[str, Atom] = {}
    rules = {}
    for n, found in enumerate(conditions):
        for k, way in enumerate(found):
            matched = [_matched(atom, atoms) for atom in way]
            rules[f"c{n}w{k}"] = {"all": [{"m": {"$and": matched} if len(matched) > 1 else matched[0]}]}
    return Compiled(rules, tuple(atoms.values()))


def _matched(atom: Atom, atoms: dict[str, Atom]) -> dict[str, Any]:
    # By its repr: as Python compares them, the literals `1` and `true` are one.
    atoms.setdefault(repr(atom), atom)
    name = f"a{list(atoms).index(repr(atom))}"
    return {name: atom.number} if atom.op == "==" else {_OPERATORS[atom.op]: {name: atom.number}}


def _grouped(conditions: Sequence[Condition]) -> Iterator[list[list[Way]]]:
    """The ways of the conditions, in order, in groups that the engine has room for."""
    group: list[list[Way]] = []
    for condition in conditions:
        found = ways(condition.expr)
        if group and not _fits([*group, found]):
            yield group
            group = []
        group.append(found)
    if group:
        yield group


def _fits(group: list[list[Way]]) -> bool:
    return sum(map(len, group)) <= WIDEST and sum(len(way) for found in group for way in found) <= MOST


def _filled(atom: Atom, readings: Mapping[str, Value]) -> int | None:
    """The whole number that stands for the readings, on its exact side of the atom's; none when unknown."""
    expr = atom.expr
    if not isinstance(expr, Compare):
        truth = holds(expr, readings)
        return None if truth is None else int(truth)
    left, right = value(expr.left, readings), value(expr.right, readings)
    if compared(atom.op, left, right) is None:
        return None
    if isinstance(left, int) and kind_of(left) == "number" and abs(left) < FARTHEST and atom.number == right:
        return left
    if compared("==", left, right):
        return atom.number
    # What has no order lies on either side: only `==` and `!=` are asked of it.
    return atom.number - 1 if compared("<", left, right) else atom.number + 1


class Ruleset:
    """One ruleset inside the engine, with one context; it is never freed, because the engine cannot."""

    def __init__(self, definition: str, rules: Mapping[str, int]) -> None:
        self._rules = rules
        self._lock = threading.Lock()
        self.sound = True
        try:
            self._handle = _engine.create_ruleset("escalate", definition)
        except Exception as error:
            raise MatcherFault(f"the engine refused a ruleset: {error}: {definition}") from error

    def true(self, properties: str) -> set[int]:
        """The conditions that are true of a fact with these properties."""
        with self._lock:
            # What interrupts a match leaves its fact behind, and the context is never asked again.
            self.sound = False
            try:
                found = self._matched(f'{{"id":"1","sid":"0"{properties}}}')
            except MatcherFault:
                raise
            except Exception as error:
                raise MatcherFault(f"the engine failed: {type(error).__name__}: {error}") from error
            self.sound = True
            return found

    def _matched(self, fact: str) -> set[int]:
        found: set[int] = set()
        status, state = _engine.assert_fact(self._handle, fact)
        if status == 0:
            started = _engine.start_action_for_state(self._handle, state)
            message = started[1] if started else None
            while message:
                found.add(self._rule(message))
                message = _engine.complete_and_start_action(self._handle, state)
        elif status != 1:  # no rule takes this fact
            raise MatcherFault(f"the engine answered {status} to a fact")
        status, _ = _engine.retract_fact(self._handle, fact)
        if status not in (0, 1):
            raise MatcherFault(f"the engine answered {status} to a retraction")
        return found

    def _rule(self, message: str) -> int:
        name = message[2 : message.find('"', 2)]
        if name not in self._rules:
            raise MatcherFault(f"the engine fired a rule that does not exist: {message[:80]}")
        return self._rules[name]


# One for each set of rules in the process: equal policies and new matchers take no more of the engine.
_rulesets: dict[str, Ruleset] = {}
_making = threading.Lock()


def _ruleset(definition: str, rules: Mapping[str, int]) -> Ruleset:
    found = _rulesets.get(definition)
    if found is not None and found.sound:
        return found
    with _making:
        found = _rulesets[definition] = Ruleset(definition, rules)
    return found


class Durable:
    """The matcher that asks the engine."""

    name = "durable"

    def __init__(self) -> None:
        if not AVAILABLE:
            raise MatcherFault("durable_rules cannot be imported here; use the matcher `plain`")
        # By identity; the conditions are kept, so that an id stays theirs.
        self._programs: dict[tuple[int, ...], tuple[tuple[Condition, ...], list[_Program]]] = {}

    def hold(self, conditions: Sequence[Condition], readings: Mapping[str, Value]) -> tuple[bool, ...]:
        """One answer a condition, in their order; unknown is not true."""
        key = tuple(map(id, conditions))
        known = self._programs.get(key)
        if known is None:
            programs = [_Program(group) for group in _grouped(conditions)]
            known = self._programs[key] = (tuple(conditions), programs)
        return tuple(answer for program in known[1] for answer in program.hold(readings))


class _Program:
    """A group of conditions, compiled."""

    def __init__(self, group: list[list[Way]]) -> None:
        compiled = _compiled(group)
        self._atoms = tuple((f',"a{n}":', atom) for n, atom in enumerate(compiled.atoms))
        self._definition = json.dumps(compiled.rules)
        self._rules = {name: int(name[1:].partition("w")[0]) for name in compiled.rules}
        self._size = len(group)

    def hold(self, readings: Mapping[str, Value]) -> list[bool]:
        properties = ""
        for name, atom in self._atoms:
            number = _filled(atom, readings)
            if number is not None:
                properties += f"{name}{number}"
        true = _ruleset(self._definition, self._rules).true(properties)
        return [n in true for n in range(self._size)]
