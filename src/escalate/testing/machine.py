"""`EscalationMachine`: a school year told in steps, by an engine or by anybody's system in front of one, held to what escalate decides."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from attrs import evolve
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from ..days import Calendar, Session
from ..decisions import Decision
from ..engine import Engine
from ..events import NAMES, Event, Mark, Void
from ..ledger import GONE, Item
from ..roster import Roster
from ..times import DAY, Instant
from .broken import Broken
from .choosing import HOURS, LENGTHS, SELDOM, STUDENT, drawn, known, of, schools
from .failing import told_of
from .laws import engine_is_model, stopped_and_resumed
from .model.seen import World
from .naming import Named
from .stepping import Begun, Heard, Shown, decided_in_its_turn, in_these_steps, nothing_is_lost, unheard
from .strategies.facts import outcome_of, said, second_thoughts

Date = datetime.date
TURNS = ("now", "tonight", "in time", "too late", "a weekend on", "before")
CLOSED = (*GONE, "lapsed")
DRIVEN = ("feed", "advance", "restart", "ledger")  # the steps that go with `begin`


class EscalationMachine(RuleBasedStateMachine):
    """A state machine that tells a school's days step by step, and asks after each advance whether all is as it must be.

    Subclass it with a `policy`; put a system of your own behind it by overriding `begin`, `feed`, `advance`, `restart` and `ledger`,
    which here drive an `Engine`. A run raises `Broken` with the shortest history that Hypothesis finds. `TestCase` is the test.
    policy: a file, the name of one that comes with escalate, or loaded policies. calendar, roster: those on which it plays, else generated ones.
    days: that a run covers at most. examples, steps: how many runs, and of how many steps.
    """

    policy: ClassVar[Named]
    calendar: ClassVar[Calendar | None] = None
    roster: ClassVar[Roster | None] = None
    days: ClassVar[int] = 10
    examples: ClassVar[int] = 20
    steps: ClassVar[int] = 15
    broken: ClassVar[str] = ""  # the law that a run of this machine found broken

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        cls.TestCase.settings = settings(
            cls.TestCase.settings, max_examples=cls.examples, stateful_step_count=cls.steps, report_multiple_bugs=False,
            phases=[phase for phase in cls.TestCase.settings.phases if phase is not Phase.explain],  # as dear as all the rest
        )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        if not hasattr(self, "policy"):
            raise TypeError(f"{type(self).__name__} has no `policy`: a file, the name of one that comes with escalate, or loaded policies")
        self.world: World  # all that was said so far, up to the last advance
        self.found = known(type(self))[1]
        self._outer = sys.exc_info()[1]
        self._broken = False

    # --- the steps to put a system behind -----------------------------------------------------------------

    def begin(self, world: World) -> None:
        """Start the system: `world.policies`, `world.calendar` and `world.roster` are what it has to go by."""
        self.engine = Engine(world.policies, world.calendar, world.roster)

    def feed(self, events: Sequence[Event]) -> None:
        """Take in what has become known since the last advance, in the order of knowing, now and then something for a second time."""
        self._driven.feed(events)

    def advance(self, to: Instant) -> None:
        """Decide all up to an instant; one that has been passed already asks for nothing."""
        self._driven.advance(to)

    def restart(self) -> None:
        """Stop the system and let it go on from what it keeps."""
        kept = json.dumps(self._driven.snapshot())
        self.engine = Engine.resume(json.loads(kept), self.world.policies, self.world.calendar, self.world.roster)
        if json.dumps(self.engine.snapshot()) != kept:
            raise Broken(stopped_and_resumed, "what was resumed has another snapshot", self.world)

    def ledger(self) -> Sequence[object]:
        """What the system holds of what was decided so far, in any order: here the records."""
        return self.expected(self._driven.decisions)

    @property
    def _driven(self) -> Engine:
        found: Engine | None = getattr(self, "engine", None)
        if found is None:
            left = [name for name in DRIVEN if getattr(type(self), name) is getattr(EscalationMachine, name)]
            raise TypeError(f"{type(self).__name__} overrides `begin`, and not {', '.join(left)}: these drive the engine that `begin` starts")
        return found

    def expected(self, decisions: Sequence[Decision]) -> Sequence[object]:
        """What `ledger` has to hold when these decisions were made; override it where a system keeps something else than their records."""
        return [one.record for one in decisions]

    def takes(self, event: Event) -> bool:
        """Whether the system has a way to take an event in; what it does not take does not happen."""
        return True

    # --- what happens -------------------------------------------------------------------------------------

    @initialize(school=drawn(schools), away=of(lambda self: (*self.found.lengths, 0)))
    def school(self, school: Begun, away: int) -> None:
        """A school, whose first student is away for so many days from its first day on."""
        self.world = school.world
        self.zone, days = self.world.calendar.zone, self.world.calendar.of("")
        self.clock = self.zone.midnight(days.first)  # all that was said is known by now
        self.end = min(self.clock + self.days * 86400, self.zone.next_midnight(days.last) - 1)
        self.watermark: Instant | None = None
        self.students = self.world.roster.ids()[:2]
        self.dates = [days.first + DAY * n for n in range((self.zone.date(self.end) - days.first).days)]
        self.told = 0  # of the dates
        self.reference = Engine(self.world.policies, self.world.calendar, self.world.roster)
        self._ask(lambda: self.begin(self.world))
        self.away(self.students[0], away, nightly=False)

    @property
    def _codes(self) -> tuple[str, ...]:
        """The codes of marks; empty where the roll was not taken."""
        return (*self.found.codes, "")

    @precondition(lambda self: self.told < len(self.dates))
    @rule(codes=drawn(lambda self: st.tuples(*[st.sampled_from(self._codes)] * len(self.students))), days=LENGTHS, nightly=st.booleans())
    def school_days(self, codes: tuple[str, ...], days: int, nightly: bool) -> None:
        """So many school days pass, each student with one mark in all sessions, known as they begin; nightly: the system advances after each."""
        while days and self.told < len(self.dates):
            date, found = self.dates[self.told], list[Event]()
            for student, code in zip(self.students, codes, strict=True):
                sessions = self._sessions(student, date)
                days -= bool(sessions) and student == self.students[0]
                found += [self._mark(student, date, one.period, code, one.start) for one in sessions if code]
            self.told += 1
            self._say(sorted(found, key=lambda event: event.known))
            if nightly:
                self._advance(min(max(self.zone.next_midnight(date) - 1, self.clock), self.end))

    @precondition(lambda self: self.told < len(self.dates))
    @rule(who=STUDENT, days=LENGTHS, nightly=st.booleans())
    def away(self, who: str, days: int, nightly: bool) -> None:
        """The same, and one student is away while the others are there."""
        there, absent = self.found.codes[0], self.found.codes[:2][-1]
        self.school_days(tuple(absent if student == who else there for student in self.students), days, nightly)

    @precondition(lambda self: self.told)
    @rule(student=STUDENT, back=st.integers(0, 3), code=of(lambda self: (*self.found.codes[:2] * 2, *self.found.codes)), first_only=SELDOM, old=SELDOM)
    def mark_again(self, student: str, back: int, code: str, first_only: bool, old: bool) -> None:
        """Another mark for a date that has passed; old: it was written before the one that is there."""
        date = self.dates[max(self.told - 1 - back, 0)]
        sessions = self._sessions(student, date)[: 1 if first_only else None]
        self._say([self._mark(student, date, one.period, code, self._now(), one.start - 60 if old else None) for one in sessions])

    @rule(what=drawn(lambda self: said(self.found, self.world, self._gone()).map(lambda one: self._heard([one]))), later=HOURS)
    def say(self, what: Heard, later: int) -> None:
        """Something else becomes known: a flag, a status, a document, a fact, an edit."""
        self._later(what, later)

    @precondition(lambda self: self._items())
    @rule(what=drawn(lambda self: st.sampled_from(self._items()).flatmap(lambda item: outcome_of(item, self.world)).map(lambda one: self._heard([one]))))
    def come_of(self, what: Heard) -> None:
        """Something comes of an item that was asked for: in time, too late, or nothing."""
        self._say(what.events)

    @precondition(lambda self: self.world.events)
    @rule(what=drawn(lambda self: second_thoughts(self.world.events).map(self._heard)), later=HOURS)
    def take_back(self, what: Heard, later: int) -> None:
        """Something is taken back, or comes again."""
        self._later(what, later)

    @rule(when=st.sampled_from(TURNS))
    def go_on(self, when: str) -> None:
        """The system advances: to now, to the end of the day, to shortly before or after something falls due, over a weekend, or back."""
        dues = [item.late_from for item in self._items() if item.late_from is not None and item.late_from > self._now()]
        to = {
            "tonight": self.zone.next_midnight(self.zone.date(self.clock)) - 1, "in time": min(dues, default=self.clock + 1) - 1,
            "too late": min(dues, default=self.clock), "a weekend on": self.clock + 3 * 86400, "before": self.clock - 86400,
        }.get(when, self.clock)  # fmt: skip
        self._advance(min(to, self.end))

    @rule()
    def stop_and_go_on(self) -> None:
        """The system is stopped, and goes on."""
        self._ask(self.restart)
        self._compare()

    def teardown(self) -> None:
        """At the end all that was said is decided, and asked of the model; not where the run has failed already."""
        if hasattr(self, "reference") and not self._broken and sys.exc_info()[1] is self._outer:
            self._advance(self.clock)
            self._law(in_these_steps, self.world, self.reference.decisions)
            self._law(engine_is_model, self.world)

    # --- what is asked ------------------------------------------------------------------------------------

    def _advance(self, to: Instant) -> None:
        after = self.watermark
        decisions = self.reference.advance(to)
        self.watermark = to if after is None else max(to, after)
        self.clock = max(self.clock, to)
        self.world = evolve(self.world, until=self.watermark)
        self._law(decided_in_its_turn, self.world, decisions, after, to)
        self._ask(lambda: self.advance(to))
        self._compare()

    def _compare(self) -> None:
        held: list[object] = []
        self._ask(lambda: held.extend(self.ledger()))
        world, expected = self.world, self.expected
        self._law(nothing_is_lost, world, expected(self.reference.decisions), held, more=lambda: unheard(world, held, expected))

    def _law(self, law: Callable[..., None], *given: object, more: Callable[[], str] = str) -> None:
        """Ask a law; once one is broken, it alone is asked of shorter histories. more: what to say of it when it is printed."""
        if type(self).broken in ("", law.__name__):
            self._ask(lambda: law(*given), more)

    def _ask(self, step: Callable[[], object], more: Callable[[], str] = str) -> None:
        """Take a step. Raises `Broken` that prints as a counterexample."""
        try:
            step()
        except Broken as one:
            found, cause = Shown(one, more), None
        except Exception as error:  # noqa: BLE001  # whatever it is, it is a finding
            world = evolve(self.world, until=max(self.world.until, self.clock))
            found, cause = Shown(Broken(nothing_is_lost, f"the system: {told_of(error)}", world)), error
        else:
            return
        self._broken, type(self).broken = True, found.law
        raise found from cause

    # --- what is said -------------------------------------------------------------------------------------

    def _say(self, events: Sequence[Event]) -> None:
        """Feed events that lie within the run, and go on to when they are known."""
        found = [event for event in events if event.known <= self.end and self.takes(event)]
        if found:
            self.clock = max(self.clock, *(event.known for event in found))
            self.world = evolve(self.world, events=(*self.world.events, *found))
            self.reference.feed(found)
            self._ask(lambda: self.feed(found))

    def _later(self, what: Heard, hours: int) -> None:
        """The same some hours on; what comes again stays as it was."""
        self._say([one if one in self.world.events else evolve(one, known=one.known + hours * 3600) for one in what.events])

    def _heard(self, events: Sequence[Event]) -> Heard:
        """Drawn events as they are fed: not known before now, each under an id of its own. What was said already stays as it is."""
        found: list[Event] = []
        for event in events:
            fresh = isinstance(event, Void) or not (event.id or isinstance(event, Mark))
            name = f"{NAMES[type(event)]}-{len(self.world.events) + len(found)}" if fresh else event.id
            found.append(event if event in self.world.events else evolve(event, known=max(event.known, self._now()), id=name))
        return Heard(found, self.zone)

    def _mark(self, student: str, date: Date, period: str, code: str, at: Instant, recorded: Instant | None = None) -> Mark:
        minutes = self.found.minutes[len(self.world.events) % len(self.found.minutes)] if code == "L" else None
        return Mark(student=student, date=date, session=period, code=code, minutes=minutes, known=max(at, self._now()), recorded=recorded)

    def _sessions(self, student: str, date: Date) -> tuple[Session, ...]:
        row = self.world.roster.row(student, date)
        return tuple(self.world.calendar.of(row.school if row else "").sessions(date))

    def _now(self) -> Instant:
        """The earliest that anything new can be known."""
        return self.clock if self.watermark is None else max(self.clock, self.watermark + 1)

    def _gone(self) -> int:
        return (self.zone.date(self.clock) - self.dates[0]).days

    def _items(self) -> list[Item]:
        return [item for item in self.reference.items() if item.status not in CLOSED]
