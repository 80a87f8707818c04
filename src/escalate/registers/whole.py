"""Every register of every policy at the watermark of an engine: a pure function of what it knows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import field, frozen

from ..decisions import Report
from ..engine import Engine
from ..events import Outcome
from ..family import Family, Version
from ..history import History
from ..phrases import phrases_for
from ..policy import CONSEQUENCE_SUMS, LIST, Policy, Register
from ..times import Instant
from . import appraisal, checks
from .built_in import UNBOUND, Reports
from .group import Group
from .plans import Plan, all_holders, grouped, plan_of
from .pupil import Pupil
from .rows import Readers, rows_of
from .sheets import Row, Sheet
from .titles import Titled, registers_in, titles_of
from .words import words_for


@frozen
class World:
    """Everybody under one policy at one instant. pupils: in the order of a register. groups: those of which it asks something; grouped: any version does."""

    engine: Engine
    family: Family
    version: Version
    date: datetime.date
    pupils: tuple[Pupil, ...] = field(repr=False)
    groups: tuple[Group, ...] = field(repr=False)
    reports: Reports = field(repr=False)
    titles: Mapping[str, Titled] = field(repr=False)
    grouped: bool

    def plan(self, register: Register) -> Plan:
        return plan_of(register, self.version.policy, self.engine.shared.roster, self.grouped)


def registers_of(engine: Engine, wanted: Collection[tuple[str, str]] | None = None) -> tuple[Sheet, ...]:
    """The registers of an engine as of the instant to which it was advanced; none before that.

    Each policy's own registers come after those that every policy has; the version in force on that date says which they are.
    wanted: by policy and name, where not all are.
    """
    if engine.watermark is None:
        return ()
    at, reports = engine.watermark, _by_subject(engine)
    policies = None if wanted is None else {policy for policy, _ in wanted}
    families = [family for family in engine.families.values() if policies is None or family.name in policies]
    sheets = (sheet for family in families for sheet in _of_family(engine, family, at, reports, wanted))
    return tuple(sheet for sheet in sheets if wanted is None or (sheet.policy, sheet.name) in wanted)


def _by_subject(engine: Engine) -> Reports:
    found: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in engine.intake.reports:  # what comes loose is found as it comes, and all that was taken in need not be gone through
        if report.kind in UNBOUND and isinstance(report.event, Outcome):
            found[engine.intake.stratum.owner(report.event) or ("student", report.event.student)].append(report)
    return found


def _of_family(engine: Engine, family: Family, at: Instant, reports: Reports, wanted: Collection[tuple[str, str]] | None) -> Iterator[Sheet]:
    date = engine.calendar.zone.date(at)
    version = _version(family, date)
    pupils = sorted(_pupils(engine, family, version, at), key=lambda pupil: pupil.order)
    groups = sorted(_groups(engine, family, version, at), key=lambda group: group.order)
    policy, of_groups = version.policy, grouped(version.policy for version in family.versions)
    world = World(engine, family, version, date, tuple(pupils), tuple(groups), reports, titles_of(policy, of_groups), of_groups)
    for register in registers_in(policy):
        if wanted is None or register.name in ("consequences", "rates") or (family.name, register.name) in wanted:
            yield from _sheets(world, register)


def _sheets(world: World, register: Register) -> Iterator[Sheet]:
    if register.name == "consequences":
        yield from _consequences(world, register)
    elif register.name == "rates":
        yield from _rates(world, register)
    else:
        plan = world.plan(register)
        yield _sheet(world, plan, register.name, rows_of(plan, world.pupils, world.groups, world.reports))


def _consequences(world: World, register: Register) -> Iterator[Sheet]:
    """What was entered, and what it comes to."""
    plan = world.plan(register)
    found = appraisal.entered([*world.pupils, *world.groups])
    readers = appraisal.readers_of_entries(plan, world.family, found, world.date)
    yield _sheet(world, plan, register.name, appraisal.rows_of_entries(plan, found, readers), readers)
    yield _sheet(world, plan, CONSEQUENCE_SUMS, appraisal.rows_of_sums(plan, found, readers), readers)


def _rates(world: World, register: Register) -> Iterator[Sheet]:
    """What targets read, and whom they counted or did not where they say it."""
    plan = world.plan(register)
    readings = list(checks.readings(world.groups))
    yield _sheet(world, plan, register.name, checks.rows_of_rates(plan, readings))
    pupils = {pupil.student: pupil for pupil in world.pupils}
    for target in checks.lists_of(plan.policy):
        yield _sheet(world, plan, target.name + LIST, checks.rows_of_list(plan, target, readings, pupils))


def _sheet(world: World, plan: Plan, name: str, rows: Iterable[Row], readers: Readers | None = None) -> Sheet:
    register, policy, titled = plan.register, plan.policy, world.titles[name]
    return Sheet(
        name,
        policy.name,
        policy.title.say(policy.lang) or policy.name,
        titled.title,
        world.date.isoformat(),
        titled.heads,
        tuple(rows),
        _kept(register.kept, policy),
        register.cites,
        readers if readers is not None else {role: all_holders(role, plan.roster, world.date) for role in plan.readers},
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


def _groups(engine: Engine, family: Family, version: Version, at: Instant) -> Iterator[Group]:
    """Every group of which the policy asks something."""
    for subject in engine.intake.stratum.subjects.values():
        for derivation in subject.derivations:
            if derivation.family is family:
                yield Group(family, version, subject.history, derivation, at)


def _kept(kept: str, policy: Policy) -> str:
    """How long a register is kept, in words: `forever`, `3 years`."""
    words = words_for(policy.lang)
    if not kept or kept == "forever":
        return words["kept.forever"] if kept else ""
    number, _, unit = kept.partition(" ")
    return words["kept"].format(n=phrases_for(policy.lang).amount(int(number), unit.removesuffix("s")))
