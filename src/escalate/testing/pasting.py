"""A world as a case of a spec file, to paste beside the policy: what happened, and what came of it as it is now."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import fields

from ..days import WEEKDAYS, Calendar, DayPlan
from ..events import NAMES, CalendarEdit, Event, Mark
from ..roster import Roster
from ..source import Source, Span
from ..spec.comparing import Verdict, verdict
from ..spec.entries import MAIN
from ..spec.values import Case
from ..times import NEVER, Zone
from .model.seen import World
from .playing import ledger

Date = datetime.date
NOWHERE = Span(Source("<generated>", ""), 1, 1, 1, 1)
# What an event says under another name in a spec, and what it need not say.
KEYS = {"start": "from", "end": "to"}
LEFT_OUT = ("known", "recorded", "seq", "source", "plan")


def case_of(world: World, title: str = "") -> Case:
    """A world as a case that expects nothing."""
    return Case(title, "", world.policies, world.calendar, world.roster, world.events, world.until, -NEVER, frozenset(), (), NOWHERE)


def outcome_of(world: World) -> Verdict:
    """What came of a world, all of it unexpected; duties and targets as they stand, from the beginning of the calendar on."""
    return verdict(case_of(world), lambda *_: ledger(world))


def spec_case(world: World, title: str) -> str:
    """A spec file with one case, whose `expect` is what came."""
    zone, found = world.calendar.zone, outcome_of(world)
    lines = ["cases:", f"  {_text(title)}:", *calendar_lines(world.calendar), *_students(world.roster)]
    lines += [f"    until: {zone.date(world.until)}"]
    letters, rest = _letters(world)
    lines += ["    marks:", *(f"      {_text(student)}: {{{text}}}" for student, text in letters)] if letters else []
    lines += ["    events:"] if rest else []
    for moment, some in groupby(sorted(rest, key=lambda event: event.known), key=lambda event: zone.text(event.known)[:19].replace("T", " ")):
        lines += [f"      {moment}:", *(f"        - {_event(event, world)}" for event in some)]
    expected = [(zone.text(one.decision.decided)[:10], one.line) for one in found.unexpected]
    lines += ["    expect:" if expected else "    expect: {}"]
    for date, came in groupby(expected, key=lambda pair: pair[0]):
        lines += [f"      {date}:", *(f"        {line}" for _, line in came)]
    return "\n".join(lines)


def _text(text: str) -> str:
    return text if text.replace("-", "").replace("_", "").isalnum() and not text.isdigit() else json.dumps(text, ensure_ascii=False)


def calendar_lines(calendar: Calendar) -> Iterator[str]:
    """The calendar as a file of calendars writes it, in one map; the first line is a key of a case."""
    periods = ", ".join(f'"{one.name}": "{one.start:%H:%M}-{one.end:%H:%M}"' for one in calendar.periods)
    terms = ", ".join(f"{one.key}: {{from: {one.start}, to: {one.end}}}" for one in calendar.terms)
    years = ", ".join(f'"{key}": {_list(held)}' for key, held in calendar.years.items())
    first, last = calendar.of("").first, calendar.of("").last
    yield "    calendar:"
    yield f"      {{calendar: {_text(calendar.name)}, timezone: {calendar.timezone}, sessions: {{{periods}}}, terms: {{{terms}}}, years: {{{years}}},"
    more = [f"covers: {{from: {first}, to: {last}}}", *_plans(calendar.plans.days)]
    schools = [f"{_text(name)}: {_map(_plans(one.days))}" for name, one in calendar.schools.items()]
    more += [f"schools: {_map(schools)}"] if schools else []
    yield f"       {', '.join(more)}}}"


def _map(entries: Iterable[str]) -> str:
    return f"{{{', '.join(entries)}}}"


def _plans(days: Mapping[Date, DayPlan]) -> list[str]:
    shut = [f"{date}: {_text(plan.reason or plan.kind)}" for date, plan in sorted(days.items()) if plan.kind == "closed"]
    made = [f"{date}: {WEEKDAYS[plan.weekday or 0]}" for date, plan in sorted(days.items()) if plan.kind == "make_up"]
    return [f"{key}: {_map(some)}" for key, some in (("closed", shut), ("make_up", made)) if some]


def _students(roster: Roster) -> Iterator[str]:
    yield "    students:"
    for name in roster.ids():
        row = roster.rows(name)[0]
        columns = {"school": row.school, "class": row.class_, "grade": row.grade, **row.fields}
        yield f"      {_text(name)}: {_map(f'{key}: {_quoted(value)}' for key, value in columns.items() if value)}"
    roles: dict[str, dict[str, list[str]]] = {}
    for held in roster.assignments:
        if held.start is None and held.end is None:
            roles.setdefault(held.role, {}).setdefault(held.of, []).append(held.person)
    if roles:
        yield "    roles:"
        for role, places in roles.items():
            yield f"      {role}: {_map(f'{_quoted(of)}: {_list(persons)}' for of, persons in places.items())}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if value[:1].isdigit() or not value.isalnum() else value


def _letters(world: World) -> tuple[list[tuple[str, str]], list[Event]]:
    """The marks that were known when their sessions began, in stretches of school days; and all other events."""
    plain: dict[tuple[str, Date, str], Mark] = {}
    rest: list[Event] = []
    for event in world.events:
        key = (event.student, event.date, event.session) if isinstance(event, Mark) else None
        if key is not None and isinstance(event, Mark) and _plain(event, world) and key not in plain:
            plain[key] = event
        else:
            rest.append(event)
    found: list[tuple[str, str]] = []
    for student in dict.fromkeys(key[0] for key in plain):
        own = world.calendar.of(world.roster.rows(student)[0].school)
        dates = [date for date in own.school_days if any((student, date, one.period) in plain for one in own.sessions(date))]
        texts: dict[Date, str] = {}
        for date in dates:
            codes = [plain[student, date, one.period].code if (student, date, one.period) in plain else "_" for one in own.sessions(date)]
            texts[date] = _day(codes)
        found.append((student, ", ".join(f'{date}: "{text}"' for date, text in texts.items())))
    return found, rest


def _plain(mark: Mark, world: World) -> bool:
    """Whether a spec writes a mark as a letter: of a session of its date, known when that begins."""
    days = world.calendar.of(world.roster.rows(mark.student)[0].school if world.roster.rows(mark.student) else "")
    held = {session.period: session.start for session in days.sessions(mark.date)} if days.covers(mark.date) else {}
    bare = not mark.id and mark.minutes is None and mark.recorded is None and not mark.source
    return bare and len(world.roster.rows(mark.student)) == 1 and held.get(mark.session) == mark.known


def _day(codes: Sequence[str]) -> str:
    written = [f"{{{code}}}" if len(code) > 1 else code for code in codes]
    return written[0] if len(set(written)) == 1 else f"({''.join(written)})"


def _event(event: Event, world: World) -> str:
    """An event as a spec writes it, known under its key."""
    kind, zone = NAMES[type(event)], world.calendar.zone
    parts = {part.name: getattr(event, part.name) for part in fields(type(event))}
    main = MAIN[kind]
    if isinstance(event, CalendarEdit):
        return _edit(event)
    if kind == "outcome" and not parts["action"]:
        main = "item"
    lines = [f"{kind}: {_value(parts.pop(main), zone)}"]
    for key, value in parts.items():
        if key in LEFT_OUT or value in (None, "") or (key, value) in (("done", True), ("times", 1), ("level", "student")):
            continue
        name = "about" if key == "student" and parts.get("level", "student") != "student" else key
        lines.append(f"{KEYS.get(name, name)}: {_value(value, zone)}")
    if event.recorded is not None:
        lines.append(f"recorded: {zone.text(event.recorded)[:19].replace('T', ' ')}")
    if event.source:
        lines.append(f"source: {event.source}")
    return f"{{{', '.join(lines)}}}"


def _edit(event: CalendarEdit) -> str:
    """A day that is otherwise than the calendar says."""
    plan = event.plan
    said = [f"calendar: {event.date}", f"kind: {plan.kind if plan else 'school'}"]
    said += [f"weekday: {WEEKDAYS[plan.weekday]}"] if plan and plan.weekday is not None else []
    said += [f"school: {event.school}"] if event.school else []
    return _map([*said, *([f"id: {event.id}"] if event.id else [])])


def _value(value: object, zone: Zone) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and value > 10**8:
        return zone.text(value)[:19].replace("T", " ")
    text = str(value)
    plain = bool(text) and all(sign.isalnum() or sign in "_-." for sign in text)
    return text if plain or isinstance(value, Date) else json.dumps(text, ensure_ascii=False)


