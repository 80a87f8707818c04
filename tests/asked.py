"""What one student's facts come to, asked directly: a history, a moment of it, a measure, a case that asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from escalate.clocks import quiet_codes
from escalate.conditions import Value
from escalate.events import Event, Outcome
from escalate.history import History, Shared
from escalate.measures import Codes, Measured
from escalate.policy import Measure, Policy
from escalate.terms import FACTS, Asker, Moment
from tests.build import CAL, ROSTER, at, marks, policy


def history(events: Sequence[Event], rules: Policy, cal=CAL, roster=ROSTER) -> History:
    """The facts of student s1, all visible."""
    found = History("s1", Shared(cal, roster), quiet_codes([rules]))
    for event in events:
        found.add(event)
    return found


def moment(when: str, events: Sequence[Event], rules: Policy, cal=CAL, roster=ROSTER, **more) -> Moment:
    return Moment(history(events, rules, cal, roster), rules, Codes.of(rules), at(when, cal), **more)


def measured(
    rule: Measure, marked: str | Sequence[Event], when: str, *, cal=CAL, roster=ROSTER, asker: Asker = FACTS, day: str = "all", start: str = "09-01", **more,
) -> Measured:
    """A measure's reading; marks as a letter a session from `start` on, or any events."""
    rules = policy(measures={"m": rule}, day=day, **more)
    events = marks("s1", start, marked, cal=cal) if isinstance(marked, str) else marked
    return moment(when, events, rules, cal, roster).measured("m", asker)


def read(rule: Measure, marked: str | Sequence[Event], *whens: str, **more) -> list[Value]:
    """The values of a measure at some instants."""
    return [measured(rule, marked, when, **more).value for when in whens]


def closes(first: int, last: int) -> list[str]:
    return [f"09-{day:02}" for day in range(first, last + 1)]


class Case:
    """A case that asks, with what it holds written out: firings, items and outcomes without one, by name."""

    def __init__(
        self, opened: str = "09-01", fired: Mapping[str, str] | None = None, items: Mapping[str, Sequence[object]] | None = None,
        elsewhere: Mapping[str, Sequence[object]] | None = None, alone: Mapping[str, Sequence[Outcome]] | None = None,
    ) -> None:
        self.opened = at(opened)
        self.fired = {stage: at(when) for stage, when in (fired or {}).items()}
        self.items = items or {}
        self.elsewhere = elsewhere or {}
        self.outcomes = alone or {}

    def fired_at(self, stage: str) -> int | None:
        return self.fired.get(stage)

    def seen(self, name: str, when: int) -> Sequence[object]:
        return [item for item in self.items.get(name, ()) if item.opened < when]

    def seen_anywhere(self, name: str, when: int) -> Sequence[object]:
        return [*self.seen(name, when), *self.elsewhere.get(name, ())]

    def alone(self, name: str, when: int) -> Sequence[Outcome]:
        return [outcome for outcome in self.outcomes.get(name, ()) if outcome.at <= when]


def thing(effective: str = "09-02", *, done: str = "", overdue: str = "", late: str = "", gone: str = "", bound: Sequence[Outcome] = ()) -> SimpleNamespace:
    """An item as conditions see it; each time is that from which it is so."""
    def instant(text: str) -> int | None:
        return at(text) if text else None

    return SimpleNamespace(
        effective=at(effective), opened=at(effective), done_at=instant(done), overdue_at=instant(overdue), late_at=instant(late or overdue), bound=list(bound),
        gone_by=lambda when: bool(gone) and at(gone) <= when,
    )
