"""Every register of every policy at the watermark of an engine: a pure function of what it knows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..decisions import Report
from ..engine import Engine
from ..events import Outcome
from ..family import Family, Version
from ..history import History
from ..phrases import phrases_for
from ..policy import REGISTERS, Policy, Register
from ..roster import Roster
from ..times import Instant
from .built_in import UNBOUND, Reports
from .columns import head_of
from .plans import Plan, plan_of
from .pupil import Pupil
from .rows import rows_of
from .sheets import Sheet
from .words import words_for


def registers_of(engine: Engine) -> tuple[Sheet, ...]:
    """The registers of an engine as of the instant to which it was advanced; none before that.

    Each policy's own registers come after those that every policy has; the version in force on that date says which they are.
    """
    if engine.watermark is None:
        return ()
    at, reports = engine.watermark, _by_student(engine.reports)
    return tuple(sheet for family in engine.families.values() for sheet in _of_family(engine, family, at, reports))


def _by_student(reports: Iterable[Report]) -> Reports:
    found: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.kind in UNBOUND and isinstance(report.event, Outcome):
            found[report.event.student].append(report)
    return found


def _of_family(engine: Engine, family: Family, at: Instant, reports: Reports) -> Iterator[Sheet]:
    date = engine.calendar.zone.date(at)
    version = _version(family, date)
    pupils = sorted(_pupils(engine, family, version, at), key=lambda pupil: pupil.order)
    policy, roster = version.policy, engine.shared.roster
    own = [register for name, register in policy.registers.items() if name not in REGISTERS]
    for register in (*(policy.registers.get(name, Register(name)) for name in REGISTERS), *own):
        yield _sheet(plan_of(register, policy, roster), pupils, reports, date)


def _sheet(plan: Plan, pupils: Iterable[Pupil], reports: Reports, date: datetime.date) -> Sheet:
    register, policy = plan.register, plan.policy
    return Sheet(
        register.name,
        policy.name,
        policy.title.say(policy.lang) or policy.name,
        register.title.say(policy.lang) or words_for(policy.lang).get(register.name, register.name),
        date.isoformat(),
        tuple(head_of(column, policy) for column in plan.columns),
        tuple(rows_of(plan, pupils, reports)),
        _kept(register.kept, policy),
        register.cites,
        {role: _all_holders(role, plan.roster, date) for role in plan.readers},
    )


def _version(family: Family, date: datetime.date) -> Version:
    """The version in force on a date, else the last one before it, else the first."""
    begun = [version for version in family.versions if version.policy.start is None or version.policy.start <= date]
    return family.at(date) or (begun[-1] if begun else family.versions[0])


def _pupils(engine: Engine, family: Family, version: Version, at: Instant) -> Iterator[Pupil]:
    """Every student of the roster, and every other of whom anything is known."""
    for student in dict.fromkeys([*engine.roster.ids(), *engine.subjects]):
        subject = engine.subjects.get(student)
        if subject is None:
            yield Pupil(family, version, History(student, engine.shared, frozenset()), None, at)
        else:
            derivation = next(one for one in subject.derivations if one.family is family)
            yield Pupil(family, version, subject.history, derivation, at)


def _all_holders(role: str, roster: Roster, date: datetime.date) -> tuple[str, ...]:
    return tuple(sorted({held.person for held in roster.assignments if held.role == role and held.holds(date)}))


def _kept(kept: str, policy: Policy) -> str:
    """How long a register is kept, in words: `forever`, `3 years`."""
    words = words_for(policy.lang)
    if not kept or kept == "forever":
        return words["kept.forever"] if kept else ""
    number, _, unit = kept.partition(" ")
    return words["kept"].format(n=phrases_for(policy.lang).amount(int(number), unit.removesuffix("s")))
