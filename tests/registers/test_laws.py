"""The laws of registers, over nasty worlds."""

from collections import Counter

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.conditions import Condition
from escalate.engine import Engine
from escalate.grammar import Names, parse_condition, parse_value
from escalate.ledger import GONE, OPEN
from escalate.policy import Column, Register
from escalate.registers import registers_of
from tests.worlds import worlds

NAMES = Names(measures={"days_away": "school_day", "total": "session"}, stages=("one",), items=("visit",), ladders=("truancy",))
SAID = ("days_away", "total", "fired(one)", "outcome(visit)", "done(visit)", "late(visit)", "days_since(one)", "days_since(case)")


def value(text: str) -> Condition:
    found, problems = parse_value(text, None, NAMES)
    assert found is not None, problems
    return found


WORDS = ("student", "status", "case", "stage", "opened", "item", "by", "due")
ABSENT = Register(
    "absent", where=parse_condition("open_case(truancy) or days_away >= 1", None, NAMES)[0],
    columns=(*map(Column, WORDS), *(Column(text, "value", value(text)) for text in SAID)), readers=("teacher",),
)  # fmt: skip
ALL = (ABSENT, Register("everybody"), Register("classes", each="class"))


def with_registers(world):
    return [evolve(rules, registers={register.name: register for register in ALL}) for rules in world.policies]


def engine_of(world):
    return Engine(with_registers(world), world.calendar, world.roster)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(worlds(), st.lists(st.integers(0, 100), max_size=4))
def test_fed_any_way_the_same_registers(world, cuts):
    """At once, or piece by piece and asked between the pieces."""
    known = [event for event in world.events if event.known <= world.until]
    whole = engine_of(world)
    whole.feed(known)
    whole.advance(world.until)
    first = min((event.known for event in known), default=world.until)
    pieces, before = engine_of(world), first - 1
    for at in sorted({first + (world.until - first) * cut // 100 for cut in cuts} | {world.until}):
        pieces.feed([event for event in known if before < event.known <= at])
        pieces.advance(at)
        shown, before = registers_of(pieces), at

    assert registers_of(whole) == shown


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(worlds())
def test_registers_are_what_stands(world):
    """Each open case, each item past due, each that lost its ground stands in its register once, and nothing else does."""
    found = engine_of(world)
    found.feed([event for event in world.events if event.known <= world.until])
    found.advance(world.until)
    sheets = registers_of(found)
    states = [(student, name, state) for student, by_policy in found.states().items() for name, state in by_policy.items()]
    cases = [(student, name) for student, name, state in states for case in state.cases.values() if case.fate == "live" and case.ended is None]
    items = [(student, name, item) for student, name, state in states for item in state.items.values()]
    overdue = [(student, name) for student, name, item in items if item.status in OPEN and item.overdue_at is not None]
    gone = [(student, name) for student, name, item in items if item.status in GONE]

    for name, expected in (("open_cases", cases), ("overdue_items", overdue), ("withdrawn_and_recalled", gone)):
        assert Counter(expected) == Counter((row.students[0], sheet.policy) for sheet in sheets if sheet.name == name for row in sheet.rows)
