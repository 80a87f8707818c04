"""`escalate report`: a run as one page, what names no child before what does."""

from __future__ import annotations

import datetime
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from ..decisions import Decision
from ..engine import Engine
from ..evaluation import Ledger, ledger_of
from ..events import about
from ..explain import Entry, follow
from ..ledger import OPEN, Item
from ..messages import say
from ..pages import ChildLine, School, report_page
from ..pages.attendance import days_of
from ..pages.spans import Stick, bars, fired, sticks
from ..pages.strip import Axis
from ..pages.words import words_for
from ..pages.workload import Task
from ..phrases import phrases_for
from ..policy import Actor, Policy
from ..readers.keys import read_key
from ..records import whose
from ..registers import registers_of
from ..reports.caveats import SEALING, caveats_of, titled
from ..reports.summary import counted_of
from ..reports.table import Line, Reader, titles_of
from ..reports.timeline import Story
from ..reports.words import words_for as terms_for
from ..source import Problem, Refused
from ..times import Instant
from ..wording import Wording
from ..writers.chain import chain_of
from ..writers.page import check_page, write_page
from ..writers.run import counts
from . import FINE
from .heard import Heard, hear, sessions_of
from .pages import odd, policies_of, year_of
from .registers import readable, reader_of
from .run import Choices, Files, world_of

Date = datetime.date
Whose = tuple[str, str]  # the level and the name of a student or a group
CHILDREN = "open_cases"  # who may read this register may read of the children whose role they hold


@frozen
class Run:
    """A run in memory: what the engine knows, what it decided, and of whom."""

    heard: Heard
    engine: Engine
    ledger: Ledger

    @property
    def date(self) -> Date:
        """The local date of `until`."""
        return self.heard.world.calendar.zone.date(self.heard.until)

    def by_subject(self) -> Mapping[Whose, list[Decision]]:
        """The decisions of each student and group, in order."""
        found: dict[Whose, list[Decision]] = defaultdict(list)
        for one in self.ledger.decisions:
            found[one.level, one.student].append(one)
        return found

    def column(self, whom: str, name: str, at: Instant) -> str:
        """A roster column of a student, or of a group as `level/name`, of the date of an instant."""
        level, of_group, group = whom.partition("/")
        history = self.engine.intake.stratum.subjects[level, group].history if of_group else self.engine.subjects[whom].history
        return history.column(name, history.zone.date(at))


def report(files: Files, out: str, reader: str, choices: Choices, *, wall: bool) -> int:
    """Write the page of a run, or of one reader's share of it."""
    check_page(out, force=choices.force)
    share = _reader(reader) if reader else None
    key = read_key(choices.key_file)
    run = _evaluated(hear(files, world_of(files), choices), choices.matcher)
    caveats = caveats_of(run.heard.world, run.ledger, lost=len(run.heard.lost))
    roots = _roots(run, key)
    part = run if share is None else _shared(run, *share)
    below = "" if wall or share else words_for(run.heard.lang)["below"]
    told = [(one.kind in SEALING, titled(one, run.heard.policies, run.heard.lang, below)) for one in caveats]
    school = evolve(
        _school(part, names=choices.names, share=share), roots=roots, wall=wall,
        caveats=tuple(text for seals, text in told if not seals), seals=tuple(text for seals, text in told if seals),
    )  # fmt: skip
    write_page(out, report_page(school), force=choices.force)
    sys.stdout.write(f"{out}: {words_for(run.heard.lang)['summed'].format(children=len(school.children), items=len(school.todo))}\n")
    return FINE


def _evaluated(heard: Heard, matcher: str | None) -> Run:
    engine = Engine(heard.policies, heard.world.calendar, heard.world.roster, matcher=matcher)
    engine.feed(event for event in heard.events if event.known <= heard.until)
    decisions = engine.advance(heard.until)
    return Run(heard, engine, ledger_of(engine, heard.until, decisions, heard.late, heard.policies))


def _roots(run: Run, key: bytes) -> tuple[str, ...]:
    """The root of each school's chain, as a run seals it."""
    heads = [json.loads(line)["chain"] for line in chain_of(run.ledger, run.heard.world.calendar.zone, key) if line.startswith(b'{"chain"')]
    return tuple(f"{head['school']} {head['head'] or '-'}".strip() for head in heads)


# --- one reader's share -------------------------------------------------------------------------------


def _reader(reader: str) -> tuple[str, str]:
    role, person = reader_of(reader)
    if not person:
        raise Refused([Problem(
            "whose-report", say("a report is for one person, and `{role}` may be held by several", role=role),
            help=say("write who: --for {role}/p1", role=role),
        )])
    return role, person


def _shared(run: Run, role: str, person: str) -> Run:
    """What is about those for whom a person holds a role that may read of children."""
    sheets = [sheet for sheet in registers_of(run.engine) if sheet.name == CHILDREN]
    if any(sheet.readers for sheet in sheets) and not any(role in sheet.readers for sheet in sheets):
        message = say("a report is of the children who have a case, and the register of these, `{name}`, is not for `{role}`", name=CHILDREN, role=role)
        help = say("name it under `readers:` of that register; `escalate registers` gives what else it may read")
        raise Refused([Problem("not-a-reader", message, help=help)])
    readable(sheets, role, person)
    students = set(_held(run, role, person))
    stratum = run.engine.intake.stratum.subjects
    of = next(policy.roles[role].of for policy in run.heard.policies if role in policy.roles)
    groups = {key for key, subject in stratum.items() if person in subject.history.holders(role, of, run.date)}
    mine = tuple(one for one in run.ledger.decisions if (one.student in students if one.level == "student" else (one.level, one.student) in groups))
    reports = tuple(one for one in run.ledger.reports if about(one.event) in students)
    roster = evolve(run.heard.world.roster, students=tuple(row for row in run.heard.world.roster.students if row.id in students))
    lost = ()  # a row that was set aside may be anybody's: the number of all stands in the caveats
    heard = evolve(run.heard, world=evolve(run.heard.world, roster=roster, warnings=()), lost=lost)
    return evolve(run, heard=heard, ledger=evolve(run.ledger, decisions=mine, reports=reports))


def _held(run: Run, role: str, person: str) -> Iterator[str]:
    """The students for whom a person holds a role, under any of the policies."""
    levels = {policy.roles[role].of for policy in run.heard.policies if role in policy.roles}
    for student in run.heard.world.roster.ids():
        history = run.engine.intake.subject(student).history
        if any(person in history.holders(role, level, run.date) for level in levels):
            yield student


# --- what is told -------------------------------------------------------------------------------------


def _school(run: Run, *, names: bool, share: tuple[str, str] | None) -> School:
    heard, zone = run.heard, run.heard.world.calendar.zone
    stories = {key: _story(run, key, decisions) for key, decisions in run.by_subject().items()}
    items = {key: sticks(story) for key, story in stories.items()}
    first, last = year_of(heard, run.ledger.decisions)
    axis = Axis(first, min(max(run.date, first), last))
    children = [_child(run, story, items[key], axis, names=names) for key, story in stories.items() if key[0] == "student"]
    counted = counts(run.ledger, heard.tally)
    shown = ("items", "cases") if share else ("items", "cases", "events", "records", *(() if counted["rejects"] else ("rejects",)))
    terms = terms_for(heard.lang)
    return School(
        heard.lang, heard.policies, zone.text(heard.until), axis, len(heard.world.roster.ids()), [child for child in children if child.bars],
        [_task(run, item) for item in run.ledger.items], _todo(run, items, names=names),
        [(terms[name], text) for name, text in counted_of(counted, terms, heard.lang) if name in shown], (), odd(heard, run.ledger),
        share=None if share is None else (_role(heard, share[0]), share[1]),
    )  # fmt: skip


def _story(run: Run, key: Whose, decisions: Sequence[Decision]) -> Story:
    level, name = key
    entries: list[Entry] = list(follow((one.record for one in decisions), sessions_of(run.heard.world)))
    return Story(name if level == "student" else f"{level}/{name}", entries, policies_of(run.heard), run.heard.lang)


def _child(run: Run, story: Story, items: Sequence[Stick], axis: Axis, *, names: bool) -> ChildLine:
    heard, subject = run.heard, run.engine.subjects[story.student]
    found = bars(story, fired(subject.derivations, heard.world.calendar.zone))
    days = tuple(days_of(subject.history, heard.policies, axis.first, axis.last, heard.until)) if found else ()
    name = subject.history.column("name", run.date) if names else ""
    return ChildLine(story.student, name, subject.history.column("class", run.date), days, found, items)


def _task(run: Run, item: Item) -> Task:
    policy = policies_of(run.heard)[f"{item.policy}@{item.version}"]
    wording = Wording(policy, phrases_for(run.heard.lang))
    roles = tuple(dict.fromkeys(wording.actor(Actor.of_key(key)) for part, _, key in (who.partition(" ") for who, _ in item.persons) if part == "by"))
    whom = whose(item, policy)
    late = item.status == "overdue" or item.status in OPEN and item.late_from is not None and item.late_from <= run.heard.until
    return Task(roles, item.status, Date.fromisoformat(item.due[:10]) if item.due else None, _class(run, whom, item), late)


def _class(run: Run, whom: str, item: Item) -> str:
    """The class of a student, or of a group that is one or lies in one; empty of a greater group."""
    return run.column(whom, "class", item.opened)


def _todo(run: Run, items: Mapping[Whose, Sequence[Stick]], *, names: bool) -> list[tuple[Line, str, Sequence[str]]]:
    """The items to be done, the latest first, each as a line with why."""
    policies: dict[tuple[str, str], Policy] = {(policy.name, policy.version): policy for policy in run.heard.policies}
    open_items = [item for item in run.ledger.items if item.status in OPEN]
    titles = titles_of(run.ledger.items, policies, run.heard.lang)
    reader = Reader(run.heard.lang, run.heard.until, run.heard.world.calendar.zone, run.column, names, titles)
    whys = {stick.id: stick.whys for some in items.values() for stick in some if stick.status in OPEN}
    found = sorted(open_items, key=lambda item: (item.late_from is None, item.late_from or 0, item.id))
    return [(reader.line(item, policies[item.policy, item.version]), item.status, whys.get(item.id, ())) for item in found]


def _role(heard: Heard, role: str) -> str:
    """A role's title."""
    policy = next((policy for policy in heard.policies if role in policy.roles), heard.policies[0])
    return Wording(policy, phrases_for(heard.lang)).role(role)


