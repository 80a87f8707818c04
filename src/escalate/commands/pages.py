"""`escalate timeline` and `escalate report`: one child, and one school, each as an HTML file that needs nothing but itself."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable

from ..decisions import Decision, Report
from ..evaluation import Ledger, ledger_of
from ..events import NAMES, about, level_of
from ..explain import follow
from ..foresight import alone
from ..pages import Child, timeline_page
from ..pages.attendance import days_of
from ..pages.spans import fired
from ..pages.words import words_for
from ..policy import Policy
from ..reports.caveats import SEALING, Caveat, caveats_of, titled
from ..reports.timeline import Story
from ..source import Problem
from ..writers.page import check_page, write_page
from . import FINE
from .aside import problems_of
from .heard import Heard, check_student, hear, sessions_of
from .run import Choices, Files, world_of

Date = datetime.date


def timeline(files: Files, student: str, out: str, choices: Choices) -> int:
    """Write the page of one child."""
    check_page(out, force=choices.force)
    world = world_of(files)
    check_student(world, student)
    heard = hear(files, world, choices)
    child = child_of(heard, student, names=choices.names, matcher=choices.matcher)
    write_page(out, timeline_page(child), force=choices.force)
    sys.stdout.write(f"{out}: {words_for(heard.lang)['of_student'].format(student=student)}\n")
    return FINE


def child_of(heard: Heard, student: str, *, names: bool = False, matcher: str | None = None) -> Child:
    """What is told of a child, evaluated alone: no other child changes what is decided of it."""
    world, until = heard.world, heard.until
    engine = alone(heard.policies, world.calendar, world.roster, heard.events, student, until, matcher=matcher)
    engine.intake.subject(student)
    decisions = [one for one in engine.advance(until) if one.level == "student"]
    late = [event for event in heard.late if (about(event), level_of(event)) in ((student, "student"), ("", "student"))]
    ledger = ledger_of(engine, until, decisions, late, heard.policies)
    caveats = [one for one in caveats_of(world, ledger, lost=len(heard.lost)) if one.kind not in SEALING]
    history = engine.subjects[student].history
    days = tuple(days_of(history, heard.policies, *year_of(heard, decisions), until))
    story = Story(student, list(follow((one.record for one in decisions), sessions_of(world))), policies_of(heard), heard.lang)
    date = world.calendar.zone.date(until)
    return Child(
        story, history.column("name", date) if names else "", history.column("class", date), days,
        fired(engine.subjects[student].derivations, world.calendar.zone), world.calendar.zone.text(until), said(caveats, heard), odd(heard, ledger),
    )  # fmt: skip


def policies_of(heard: Heard) -> dict[str, Policy]:
    """The policies by name and version, as records name them."""
    return {f"{policy.name}@{policy.version}": policy for policy in heard.policies}


def year_of(heard: Heard, decisions: Iterable[Decision]) -> tuple[Date, Date]:
    """The school year of `until`, and before it all in which something was decided; the whole calendar where it names no years."""
    zone, days = heard.world.calendar.zone, heard.world.calendar.of("")
    date = min(max(zone.date(heard.until), days.first), days.last)
    starts = [start for _, start, _ in days.years if start <= date]
    ends = [end for _, _, end in days.years if end >= date]
    first = min([max(starts, default=days.first), *(zone.date(one.decided) for one in decisions)])
    return max(first, days.first), min(ends, default=days.last)


def said(caveats: Iterable[Caveat], heard: Heard) -> tuple[str, ...]:
    """Caveats in words."""
    return tuple(titled(one, heard.policies, heard.lang, words_for(heard.lang)["below"]) for one in caveats)


def odd(heard: Heard, ledger: Ledger) -> tuple[str, ...]:
    """Rows that were set aside, warnings about the files, and what is reported of events, line by line."""
    reports = [_report(one) for one in ledger.reports if one.kind != "after-until"]
    aside = problems_of(heard.lost, heard.world)
    told = {(one.kind, one.place) for one in aside}
    warnings = [_warning(one) for one in heard.world.warnings if (one.kind, one.place) not in told]
    return (*(f"{_warning(one)} [{one.kind}]" for one in aside), *warnings, *reports)


def _warning(problem: Problem) -> str:
    return f"{problem.span}: {problem.message}" if problem.span else problem.message


def _report(report: Report) -> str:
    event = report.event
    whom = about(event)
    return f"{NAMES[type(event)]} {event.id}{f' ({whom})' if whom else ''}: {report.message} [{report.kind}]"
