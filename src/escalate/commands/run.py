"""`escalate run`: files in, a folder of dated action items with their audit trail out."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from attrs import frozen

from .. import __version__
from ..engine import Decision, Engine, Report
from ..evaluation import Ledger, ledger_of
from ..events import Event
from ..gathering import seldom_gathered
from ..ledger import Item
from ..messages import say, template, told, verbatim
from ..readers.inputs import World, read_all, read_world
from ..readers.keys import read_key
from ..readers.moments import parse_moment
from ..readers.rejects import Context, Reject, Tally
from ..readers.unlisted import is_imputed, parse_covers
from ..registers import Sheet, lists_of, registers_of
from ..reports.caveats import caveats_of
from ..reports.problems import print_json, print_problems
from ..reports.progress import Watch, watching
from ..reports.summary import print_summary
from ..reports.table import Reader
from ..slips.dates import moments_meant, stretches_meant
from ..source import Problem, Refused
from ..times import Instant
from ..writers.chain import write_chain
from ..writers.folder import check_place, whole_folder
from ..writers.items import Row, grounds, rows_of, write_csv, write_jsonl
from ..writers.marks import marks_entered
from ..writers.news import NEWS_FIELDS
from ..writers.policies import write_policies
from ..writers.registers import write_index, write_lists, write_registers
from ..writers.rejects import write_to
from ..writers.run import run_values, write_run
from . import FINE, PROBLEMS, Misuse, counted
from .aside import problems_of
from .dated import misread
from .since import News, earlier_run, news_since

STEPS = 20  # of the bar while events are evaluated
SAID = 20  # rows that a refusal lists
SHOWN = 3  # of what a summary counts
STRICT = template("nothing was written (--strict): {what} would be lost")
NOTHING = template("nothing was written: no row could be taken, so nothing is known of anybody")
LOSING = frozenset({
    "bad-value", "id-clash", "not-used", "outside-calendar", "unknown-action", "unknown-code", "unknown-column", "unknown-flag", "unknown-item",
    "unknown-place", "unknown-result", "unknown-role", "unknown-school", "void-of-nothing", "void-of-void",
})


@frozen
class Files:
    """The files of a run, as they were named."""

    policies: tuple[str, ...]
    calendar: str
    roster: str
    events: tuple[str, ...]
    assignments: str | None = None
    mappings: tuple[str, ...] = ()


@frozen
class Choices:
    """How a run is made: until when, what it is told, and how it answers. now: what `until` is when nobody says."""

    now: Instant
    until: str = ""
    received: str = ""
    covers: str = ""
    since: str = ""
    strict: bool = False
    force: bool = False
    names: bool = False
    matcher: str | None = None
    key_file: str | None = None
    lang: str = ""
    form: str = "human"


@frozen
class _Made:
    """What a run made, to be written."""

    world: World
    ledger: Ledger
    rejects: Sequence[Reject]
    rows: Sequence[Row]
    news: News | None
    sheets: Sequence[Sheet]
    attached: Sequence[tuple[Item, Sheet]]
    values: dict[str, Any]


def run(files: Files, out: str, choices: Choices) -> int:
    """Evaluate events and write what came of them; nothing is written where something is in the way."""
    check_mappings(files)
    check_place(out, force=choices.force)
    key = read_key(choices.key_file)
    world = world_of(files)
    context = world.context()
    until = moment_of("--until", choices.until, context) if choices.until else choices.now
    received = moment_of("--received", choices.received, context) if choices.received else None
    lang = choices.lang or world.lang
    covers = covers_of(choices.covers, world) if choices.covers else None
    earlier = earlier_run(choices.since, until) if choices.since else None
    tally = Tally()
    with watching(sys.stderr, lang) as watch:
        events, rejects = _read(read_all(files.events, world, world.context(received), tally, covers), watch)
        lost = [reject for reject in rejects if not reject.kept]
        if lost and (choices.strict or all(map(is_imputed, events))):
            return _stopped(problems_of(lost, world), STRICT if choices.strict else NOTHING, choices.form, lang)
        engine = _engine(world, choices.matcher)
        ledger = _evaluated(engine, events, until, world, watch)
        losing = [report for report in ledger.reports if report.kind in LOSING]
        if choices.strict and losing:
            return _stopped([_as_problem(report) for report in losing], STRICT, choices.form, lang)
        column = partial(column_in, engine)
        zone = world.calendar.zone
        rows = list(rows_of(ledger.items, ledger.policies, zone, column, grounds(record for _, record in ledger.records)))
        news = news_since(earlier, rows) if earlier is not None else None
        caveats = [*(news.caveats(zone) if news is not None else ()), *caveats_of(world, ledger, lost=len(lost))]
        values = run_values(
            world, ledger, tally, marks=marks_entered(engine, context.closes), version=__version__, received=received, covers=choices.covers, keyed=bool(key),
            news=news.values() if news is not None else {}, earlier=earlier.inputs if earlier is not None else (),
            caveats=[Problem(caveat.kind, verbatim(caveat.say("en"))) for caveat in caveats],
        )  # fmt: skip
        policies = [texts.policy for texts in world.policies]
        attached = list(lists_of(policies, world.calendar, world.roster, events, ledger.items, matcher=choices.matcher))
        watch.stage("write")
        names = (lambda student: column(student, "name", until) if student in engine.subjects else "") if choices.names else None
        _write(out, _Made(world, ledger, rejects, rows, news, registers_of(engine), attached, values), names, key, force=choices.force)
    if choices.form == "json":
        print_json({**values, "folder": out}, sys.stdout)
    else:
        reader = Reader(lang, until, world.calendar.zone, column, choices.names)
        print_problems([*world.warnings[:SHOWN], *map(_as_problem, losing[:SHOWN])], sys.stderr, lang)
        print_summary(world, ledger, values, caveats, reader, out, sys.stdout)
    return FINE


def check_mappings(files: Files) -> None:
    """Refuses mappings that cannot be told to their files."""
    if len(files.mappings) not in (0, 1, len(files.events)):
        n, of = len(files.mappings), len(files.events)
        raise Misuse(say("--mapping stands once for all files of events, or once for each; here {n} times for {of}", n=n, of=of))


def world_of(files: Files) -> World:
    """All but the events."""
    check_mappings(files)
    return read_world(files.policies, files.calendar, files.roster, assignments=files.assignments, events=files.events, mappings=files.mappings)


def moment_of(option: str, text: str, context: Context) -> Instant:
    """An instant; a bare date is its close."""
    try:
        found = parse_moment(text, context.zone)
    except ValueError as error:
        forms = say("write 2025-11-03 (its close), 2025-11-03T08:00 (local) or 2025-11-03T08:00+08:00")
        raise misread(option, text, error, forms, moments_meant(text)) from None
    return found if isinstance(found, int) else context.close(found)


def covers_of(text: str, world: World) -> tuple[datetime.date, datetime.date]:
    """The dates of `--covers`."""
    if not any(mapping.unmarked for mapping in world.mappings):
        raise Misuse(say("--covers: no mapping says what a session is that a file does not list (`unmarked: P`)"))
    try:
        first, last = parse_covers(text)
    except ValueError as error:
        raise misread("--covers", text, error, say("write 2025-09-01..2025-09-30"), stretches_meant(text)) from None
    days = world.calendar.of("")
    if last < days.first or days.last < first:
        raise Misuse(say("--covers: {text} is outside the calendar, which covers {first} to {last}", text=text, first=days.first, last=days.last))
    return first, last


def _engine(world: World, matcher: str | None) -> Engine:
    if matcher in ("durable", "both"):
        from ..matcher.durable import AVAILABLE

        if not AVAILABLE:
            raise Misuse(say("--matcher {matcher}: durable_rules cannot be imported here (it runs on CPython up to 3.12); use `plain`", matcher=matcher))
    return Engine([texts.policy for texts in world.policies], world.calendar, world.roster, matcher=matcher)


def _read(rows: Iterable[Event | Reject], watch: Watch) -> tuple[list[Event], list[Reject]]:
    events: list[Event] = []
    rejects: list[Reject] = []
    watch.stage("read")
    for n, row in enumerate(rows, 1):
        if isinstance(row, Reject):
            rejects.append(row)
        else:
            events.append(row)
        if not n % 5000:
            watch.step(5000)
    return events, rejects


def _evaluated(engine: Engine, events: Sequence[Event], until: Instant, world: World, watch: Watch) -> Ledger:
    """What `evaluate` gives; in steps where somebody watches, which changes nothing (fed any way, the same answer)."""
    engine.feed(event for event in events if event.known <= until)
    late = [event for event in events if event.known > until]
    first = min((event.known for event in events), default=until)
    steps = STEPS if watch.on and first < until else 1
    watch.stage("evaluate", steps)
    decisions: list[Decision] = []
    with seldom_gathered():
        for step in range(1, steps + 1):
            decisions += engine.advance(until if step == steps else first + (until - first) * step // steps)
            watch.step()
    return ledger_of(engine, until, decisions, late, (texts.policy for texts in world.policies))


def column_in(engine: Engine, whom: str, name: str, at: Instant) -> str:
    """A roster column of a student, or of a group as `level/name`, as known at the end of the evaluation, of the date of an instant."""
    level, of_group, group = whom.partition("/")
    history = engine.intake.stratum.subjects[level, group].history if of_group else engine.subjects[whom].history
    return history.column(name, history.zone.date(at))


def _write(out: str, made: _Made, names: Callable[[str], str] | None, key: bytes, *, force: bool) -> None:
    zone = made.world.calendar.zone
    with whole_folder(out, force=force) as folder:
        write_jsonl(os.path.join(folder, "items.jsonl"), made.rows)
        write_csv(os.path.join(folder, "items.csv"), made.rows, names)
        if made.news is not None:
            write_jsonl(os.path.join(folder, "news.jsonl"), made.news.rows)
            write_csv(os.path.join(folder, "news.csv"), made.news.rows, names, NEWS_FIELDS)
        write_chain(os.path.join(folder, "audit.jsonl"), made.ledger, zone, key)
        with open(os.path.join(folder, "rejects.csv"), "w", encoding="utf-8-sig", newline="") as file:
            write_to(file, made.rejects, made.world.lang)  # whoever mends the rows reads the policy's language
        write_policies(folder, made.world.policies)
        write_registers(folder, made.sheets)
        write_lists(folder, made.attached, zone)
        write_index(folder, made.sheets)
        write_run(folder, made.values)


# --- refusals -----------------------------------------------------------------------------------------


def _stopped(problems: Sequence[Problem], why: str, form: str, lang: str) -> int:
    """Says why nothing was written."""
    if form == "json":
        raise Refused(problems)
    print_problems(problems[:SAID], sys.stderr, lang)
    more = len(problems) - SAID
    left = [say("and {n} more\n", n=f"{more:,}")] if more > 0 else []
    sys.stderr.writelines(f"\n{told(said, lang)}" for said in [*left, say(why, what=counted(len(problems), "row or event")) + "\n"])
    return PROBLEMS


def _as_problem(report: Report) -> Problem:
    event = report.event
    student = getattr(event, "student", "") or getattr(event, "about", "")
    name = say("event `{id}`", id=event.id) if event.id else say("an event")
    return Problem(report.kind, say("{name} of `{student}`: {message}", name=name, student=student, message=report.message))


__all__ = ["Choices", "Files", "column_in", "run"]
