"""A world as a case of a spec file, to paste beside the policy: what happened, and what came of it as it is now."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import evolve, fields

from ..days import WEEKDAYS, Calendar, DayPlan
from ..events import NAMES, CalendarEdit, Event, Mark, about
from ..messages import told
from ..readers.moments import moment_text
from ..source import Source, Span
from ..spec.comparing import Verdict, came, compared, verdict
from ..spec.entries import MAIN
from ..spec.notation import day_text
from ..spec.ordinary import COLUMNS
from ..spec.values import Case
from ..times import NEVER, Zone
from .dated import edits_of, gaps, held_always, places_to_come, rows_in_order
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
    """What came of a world, all of it unexpected; duties and targets as they stand, from the beginning of the calendar on.

    What items come to by themselves, and what becomes of cases, is there too, which a spec compares where it says so.
    """
    case = case_of(world)
    every = tuple(one for one in came(case, ledger(world)) if compared(one.decision, case))
    return evolve(verdict(case, lambda *_: ledger(world)), unexpected=every)


def spec_case(world: World, title: str) -> str:
    """A spec file with one case, whose `expect` is all that came. What a spec cannot say is said in comments at its head."""
    whole, world = world, evolve(world, events=tuple(event for event in world.events if sayable(event, world)))
    zone, found = world.calendar.zone, outcome_of(world)
    odd = len(whole.events) - len(world.events)
    lines = [f"# {odd} of what is said is of no student, no session or no code that there is, and left out"] * bool(odd)
    lines += [f"# {text}" for text in left_out(world, found)]
    lines += ["cases:", f"  {_text(title)}:", *calendar_lines(world.calendar), *_students(world)]
    lines += [f"    until: {zone.date(world.until)}"]
    letters, rest = letters_and_rest(world)
    events = [event for event in (*edits_of(world), *rest) if event.known <= world.until]
    lines += ["    marks:", *(f"      {_text(student)}: {{{text}}}" for student, text in letters)] if letters else []
    lines += ["    events:"] if events else []
    for moment, said in groupby(sorted(events, key=lambda event: event.known), key=lambda event: moment_text(event.known, zone)):
        lines += [f"      {moment}:", *dict.fromkeys(f"        - {event_text(event, world)}" for event in _whole_days(list(said), world))]
    expected = [(zone.text(one.decision.decided)[:10], one.line) for one in found.unexpected]
    lines += ["    expect:" if expected else "    expect: {}"]
    for date, some in groupby(expected, key=lambda pair: pair[0]):
        lines += [f"      {date}:", *(f"        {line}" for _, line in some)]
    return "\n".join(lines)


def sayable(event: Event, world: World) -> bool:
    """Whether a spec takes an event: one of a student of the case; a mark of a session that is held, with a code of the policies."""
    if about(event) and getattr(event, "level", "student") == "student" and not world.roster.rows(about(event)):
        return False
    if not isinstance(event, Mark):
        return True
    row = world.roster.row(event.student, event.date)
    days = world.calendar.of(row.school if row is not None else "")
    held = {one.period for one in days.sessions(event.date)} if days.covers(event.date) else set()
    return event.session in held and any(event.code in policy.marks for policy in world.policies)


def left_out(world: World, found: Verdict) -> list[str]:
    """What a spec cannot say of a world, in sentences; found: what came of it."""
    after = sum(event.known > world.until for event in world.events)
    lines = [f"{after} of what is said is known only after `until`, and left out"] * bool(after)
    lines += [f"it fails, since an event is odd: {told(said, 'en')}" for said in found.said]
    lines += [f"it fails, since no student is of {place} at first, for which a role is held: that is reported as odd" for place in places_to_come(world)]
    return [*lines, *(f"{student} is on no roster for a time, which a spec cannot say" for student in gaps(world.roster))]


def _whole_days(events: Sequence[Event], world: World) -> Iterator[Event]:
    """Events that are known together; marks of all sessions of a date that say the same are one, of no session."""
    days: dict[object, list[Mark]] = {}
    for event in events:
        if isinstance(event, Mark) and not event.id:
            days.setdefault(_day_of(event), []).append(event)
    for event in events:
        some = days.get(_day_of(event), []) if isinstance(event, Mark) else []
        own = world.calendar.of(rows_in_order(world.roster, some[0].student)[0].school) if some and world.roster.rows(some[0].student) else None
        held = {one.period for one in own.sessions(some[0].date)} if own is not None and own.covers(some[0].date) else set()
        whole = isinstance(event, Mark) and bool(some) and len(some) == len(held) and {one.session for one in some} == held
        yield evolve(event, session="") if whole and isinstance(event, Mark) else event


def _day_of(mark: Mark) -> object:
    return mark.student, mark.date, mark.code, mark.recorded, mark.source, mark.minutes


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


def _students(world: World) -> Iterator[str]:
    roster = world.roster
    yield "    students:"
    for name in roster.ids():
        rows = rows_in_order(roster, name)
        usual = {**COLUMNS, "household": name}
        columns = {"school": rows[0].school, "class": rows[0].class_, "grade": rows[0].grade, **rows[0].fields}
        cells = [f"{key}: {_quoted(value)}" for key, value in columns.items() if value and usual.get(key) != value]
        cells += [f"{key}: {date}" for key, date in (("from", rows[0].start), ("to", rows[-1].end)) if date is not None]
        yield f"      {_text(name)}: {_map(cells)}"
    roles: dict[str, dict[str, list[str]]] = {}
    for held in held_always(world):
        roles.setdefault(held.role, {}).setdefault(held.of, []).append(held.person)
    if roles:
        yield "    roles:"
        for role, places in roles.items():
            yield f"      {role}: {_map(f'{_quoted(of)}: {_list(persons)}' for of, persons in places.items())}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if value[:1].isdigit() or not value.isalnum() else value


def letters_and_rest(world: World) -> tuple[list[tuple[str, str]], list[Event]]:
    """The marks that were known when their sessions began, in stretches of school days; and all other events. What was known later is not played."""
    plain: dict[tuple[str, Date, str], Mark] = {}
    rest: list[Event] = []
    for event in dict.fromkeys(event for event in world.events if event.known <= world.until):
        key = (event.student, event.date, event.session) if isinstance(event, Mark) else None
        if key is not None and isinstance(event, Mark) and _plain(event, world) and key not in plain:
            plain[key] = event
        else:
            rest.append(event)
    found: list[tuple[str, str]] = []
    for student in dict.fromkeys(key[0] for key in plain):
        own = world.calendar.of(rows_in_order(world.roster, student)[0].school)
        dates = [date for date in own.school_days if any((student, date, one.period) in plain for one in own.sessions(date))]
        texts: dict[Date, str] = {}
        for date in dates:
            texts[date] = day_text([plain[student, date, one.period].code if (student, date, one.period) in plain else "" for one in own.sessions(date)])
        found.append((student, ", ".join(f'{date}: "{text}"' for date, text in texts.items())))
    return found, rest


def _plain(mark: Mark, world: World) -> bool:
    """Whether a spec writes a mark as a letter: of a session of its date, known when that begins."""
    rows = rows_in_order(world.roster, mark.student)
    days = world.calendar.of(rows[0].school if rows else "")
    held = {session.period: session.start for session in days.sessions(mark.date)} if days.covers(mark.date) else {}
    bare = not mark.id and mark.minutes is None and mark.recorded is None and not mark.source
    return bare and bool(rows) and mark.known <= world.until and held.get(mark.session) == mark.known


def event_text(event: Event, world: World) -> str:
    """An event as a spec writes it, known under its key."""
    kind, zone = NAMES[type(event)], world.calendar.zone
    parts = {part.name: getattr(event, part.name) for part in fields(type(event))}
    main, only = MAIN[kind], world.roster.ids()[0] if len(world.roster.ids()) == 1 and getattr(event, "level", "student") == "student" else ""
    if isinstance(event, CalendarEdit):
        return _edit(event)
    if kind == "outcome" and not parts["action"]:
        main = "item"
    lines = [f"{kind}: {_value(parts.pop(main), zone)}"]
    for key, value in parts.items():
        if key in LEFT_OUT or value in (None, "") or (key, value) in (("done", True), ("times", 1), ("level", "student")):
            continue
        if key == "at" and value == event.known or key == "student" and value == only:
            continue
        name = "about" if key == "student" and parts.get("level", "student") != "student" else key
        lines.append(f"{KEYS.get(name, name)}: {_value(value, zone)}")
    if event.recorded is not None:
        lines.append(f"recorded: {moment_text(event.recorded, zone)}")
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
        return moment_text(value, zone)
    text = str(value)
    plain = bool(text) and all(sign.isalnum() or sign in "_-." for sign in text)
    return text if plain or isinstance(value, Date) else json.dumps(text, ensure_ascii=False)


