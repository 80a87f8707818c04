"""What happened to one generated child, for properties in the words of a school."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from attrs import evolve, field, frozen

from ..decisions import Decision
from ..events import Event, Mark, Void, precedence
from ..ledger import DONE, GONE, Case, Item
from ..policy import Action, Policy
from ..records import find_action
from ..spec.ordinary import column_of
from ..times import DAY, Instant, Zone
from .model.seen import World
from .names import actions_called, roles_called, stages_called
from .playing import decided, played

T = TypeVar("T")
Date = datetime.date
AWAY = ("unexcused", "excused")
HERE = ("present", "late", "left_early")


@frozen
class Told:
    """Somebody is asked for something, or told of it: when it was decided, which item it became, of what name, and for which roles."""

    at: Instant
    date: Date
    item: Item
    name: str
    roles: tuple[str, ...]


@frozen
class Timeline:
    """What happened to one child of a generated world, and what came of it.

    Names of roles, actions and stages are those that the policy writes, or their titles; any other raises `UnknownName`. Dates are the school's.
    answered: what is asked of it, and whether there was ever an answer; a property's timelines share one.
    """

    world: World
    student: str
    answered: dict[str, bool] = field(factory=dict, eq=False, repr=False)

    # --- what came ------------------------------------------------------------------------------------

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All that was decided about the child, in order."""
        return tuple(one for one in decided(self.world) if (one.level, one.student) == ("student", self.student))

    @property
    def items(self) -> tuple[Item, ...]:
        """The child's items as they stand, those withdrawn or recalled left out."""
        own = {one.change.new.id for one in self.decisions if isinstance(one.change.new, Item)}
        return tuple(item for item in played(self.world).items() if item.id in own and item.status not in GONE)

    @property
    def cases(self) -> tuple[Case, ...]:
        """The child's cases as they stand, by ladder and number; those withdrawn or merged left out."""
        return tuple(
            case for by_policy in [played(self.world).states().get(self.student, {})] for state in by_policy.values()
            for case in state.cases.values() if case.fate == "live"
        )  # fmt: skip

    def asked(self, role: str = "", name: str = "") -> tuple[Told, ...]:
        """Each time that a role was asked to do something about the child; any role where none is given. name: of the action only."""
        return self._answered(self._sent(role, name, tells=False), "asked", role, name)

    def told(self, role: str = "", name: str = "") -> tuple[Told, ...]:
        """Each time that a role was told something about the child, or sent what somebody did for it."""
        return self._answered(self._sent(role, name, tells=True), "told", role, name)

    def first(self, stage: str) -> Date | None:
        """The date on which a stage first asked for something, None where it never did; `truancy.three_days` where two ladders have one of the name."""
        paths = tuple(f"{path}." for path in stages_called(self.world.policies, stage))
        found = [self.date(item.effective) for item in self.items if not item.parent and item.path.startswith(paths)]
        return min(self._answered(found, "first", stage), default=None)

    def done(self, name: str, before: Instant | None = None) -> bool:
        """Whether an item of a name was done, before an instant where one is given."""
        found = [item for item in self.items if item.status in DONE and (before is None or (item.done_at or 0) < before)]
        return bool(self._answered(self._called(name, found), "done", name))

    def overdue(self, name: str = "", before: Instant | None = None) -> tuple[Item, ...]:
        """The items of a name that ever fell overdue, before an instant where one is given."""
        late = {one.change.new.id: one.change.new for one in self.decisions if isinstance(one.change.new, Item) and one.change.new.overdue_at is not None}
        found = [item for item in late.values() if before is None or (item.overdue_at or 0) <= before]
        return self._answered(self._called(name, found), "overdue", name)

    def open_on(self, date: Date) -> tuple[Case, ...]:
        """The cases that are open at the end of a date, as they stand."""
        at = self.zone.next_midnight(date) - 1
        return tuple(case for case in self.cases if case.opened <= at and (case.ended is None or case.ended > at))

    # --- what happened --------------------------------------------------------------------------------

    def meanings(self, date: Date, by: Instant | None = None) -> tuple[str, ...]:
        """What each marked session of a date means, by the marks that count; by: those known at an instant."""
        kept: dict[str, Mark] = {}
        for event in sorted(self.events, key=precedence):
            if isinstance(event, Mark) and event.date == date and (by is None or event.known <= by):
                kept[event.session] = event
        found = (next((policy.marks[mark.code].meaning for policy in self.world.policies if mark.code in policy.marks), "") for mark in kept.values())
        return tuple(found)

    def absent_on(self, date: Date) -> bool:
        """Whether every marked session of a date is missed, with leave or without."""
        found = [one for one in self.meanings(date) if one not in ("unknown", "not_expected")]
        return bool(found) and all(one in AWAY for one in found)

    def days_away_on(self, date: Date) -> int:
        """How many days in a row, up to a date, the child was away without leave, whole days; days with nothing but leave, unknown or no school apart."""
        days, away = self.world.calendar.of(""), 0
        while days.covers(date):
            found = [one for one in self.meanings(date) if one not in ("unknown", "not_expected")]
            if any(one in HERE for one in found):
                break
            away += bool(found) and all(one == "unexcused" for one in found)
            date -= DAY
        return away

    def back_on(self, date: Date, by: Instant | None = None) -> bool:
        """Whether the last day that is marked up to a date was one of presence; by: as known at an instant."""
        days = self.world.calendar.of("")
        while days.covers(date):
            found = [one for one in self.meanings(date, by) if one not in ("unknown", "not_expected")]
            if found:
                return all(one in HERE for one in found)
            date -= DAY
        return False

    @property
    def events(self) -> tuple[Event, ...]:
        """What was said of the child, as it was generated."""
        return tuple(event for event in self.world.events if getattr(event, "student", getattr(event, "about", "")) == self.student)

    @property
    def corrected(self) -> bool:
        """Whether anything was known late, said twice or taken back."""
        marks = [(event.date, event.session) for event in self.events if isinstance(event, Mark)]
        late = any(isinstance(event, Void) or (isinstance(event, Mark) and self.date(event.known) != event.date) for event in self.events)
        return late or len(set(marks)) < len(marks)

    @property
    def dates(self) -> tuple[Date, ...]:
        """The dates that are followed, from the calendar's first on."""
        first, last = self.world.calendar.of("").first, self.date(self.world.until)
        return tuple(first + DAY * n for n in range((last - first).days + 1))

    def date(self, at: Instant) -> Date:
        """The local date of an instant."""
        return self.zone.date(at)

    @property
    def zone(self) -> Zone:
        """The school's zone."""
        return self.world.calendar.zone

    def holders(self, role: str, date: Date) -> tuple[str, ...]:
        """Who holds a role for the child on a date, by the roster; nobody where it is vacant."""
        row = self.world.roster.row(self.student, date)
        found = [self.world.roster.holders(one, row.get(column_of(one, self.world.policies)), date) for one in sorted(self._roles(role)) if row is not None]
        return tuple(dict.fromkeys(person for some in found for person in some))

    # --- the same otherwise ---------------------------------------------------------------------------

    def with_events(self, events: Iterable[Event]) -> Timeline:
        """The same child with other events."""
        return evolve(self, world=evolve(self.world, events=tuple(events)))

    def with_mark(self, date: Date, code: str) -> Timeline:
        """The same child with another mark in every session of a date, known as the sessions begin, in place of what was marked."""
        kept = [event for event in self.world.events if not (isinstance(event, Mark) and event.student == self.student and event.date == date)]
        row = self.world.roster.row(self.student, date)
        sessions = self.world.calendar.of(row.school if row else "").sessions(date)
        made = [Mark(student=self.student, date=date, session=one.period, code=code, known=one.start) for one in sessions]
        return self.with_events((*kept, *made))

    def under(self, *policies: Policy) -> Timeline:
        """The same child under other policies."""
        return evolve(self, world=evolve(self.world, policies=policies))

    # --- names ------------------------------------------------------------------------------------------

    def action(self, item: Item) -> Action | None:
        """The action of the policy that an item is of."""
        policy = next(one for one in self.world.policies if (one.name, one.version) == (item.policy, item.version))
        return find_action(policy, item.path)

    def _called(self, name: str, items: Iterable[Item]) -> tuple[Item, ...]:
        paths = actions_called(self.world.policies, name) if name else ()
        return tuple(item for item in items if not name or item.path in paths)

    def _sent(self, role: str, name: str, *, tells: bool) -> tuple[Told, ...]:
        roles = self._roles(role)
        paths = actions_called(self.world.policies, name) if name else ()
        return tuple(one for one in self._came(tells=tells) if (not role or roles & set(one.roles)) and (not name or one.item.path in paths))

    def _roles(self, name: str) -> frozenset[str]:
        return roles_called(self.world.policies, name) if name else frozenset()

    def _answered(self, found: Sequence[T], question: str, *names: str) -> tuple[T, ...]:
        """What was found, remembered as an answer to a question."""
        asked = f"{question}({', '.join(repr(name) for name in names if name)})"
        self.answered[asked] = self.answered.get(asked, False) or bool(found)
        return tuple(found)

    def _came(self, *, tells: bool) -> Iterable[Told]:
        """What went out: items issued or unblocked; told is who receives a notice, or is told beside."""
        for one in self.decisions:
            new = one.change.new
            if not isinstance(new, Item):
                continue
            action = self.action(new)
            sent = one.change.what in ("issued", "unblocked", "reopened", "replaced") or (one.change.what == "done" and action is not None and action.tells)
            if action is None or not sent or new.status in ("blocked", "lapsed", *GONE) or (tells and one.change.what == "done" and not action.tells):
                continue
            parts = action.parts(new.actor)
            entries = parts["notify"].entries if tells else parts["by"].entries
            if entries:
                yield Told(one.decided, self.date(one.decided), new, new.action, tuple(entry.name for entry in entries))


Property = Callable[[Timeline], object]
