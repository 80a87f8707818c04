"""What is entered is read, or set aside with its line and a reason: files of another system, and files that a hand has damaged."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from xml.sax.saxutils import escape

from attrs import evolve

from ...events import Event, Mark
from ...readers.calendar import parse_calendar
from ...readers.events import read_events
from ...readers.mapping import ColumnMap, parse_mapping, preset, read_mapping
from ...readers.moments import dates_between
from ...readers.rejects import Reject
from ...readers.roster import parse_assignments, parse_roster
from ...readers.texts import read_source
from ...readers.unlisted import imputed_presents
from ...simulate import Draws
from ...source import Problem, Source, render
from ...spec.reading import parse_spec
from ..broken import hold
from ..files import ASSIGNMENTS, CALENDAR, EVENTS, ROSTER, events_table, row_of, table
from ..model.seen import World
from ..pasting import spec_case
from ..slips import SLIPS, slipped
from .commanded import Desk, Laid, laid

T = TypeVar("T")
DAMAGES = 16  # rows, and files, that are damaged of each world
Read = tuple[list[Event], list[Reject]]


class _Chances:
    """Chance that comes out the same each time."""

    def __init__(self, seed: int) -> None:
        self.draws, self.drawn = Draws(seed), 0

    def randrange(self, stop: int, /) -> int:
        """A number below another."""
        self.drawn += 1
        return self.draws.between(0, stop - 1, self.drawn)

    def choice(self, seq: Sequence[T], /) -> T:
        """One of some."""
        return seq[self.randrange(len(seq))]


def _read(files: Laid, path: str, mapping: ColumnMap | None = None) -> Read:
    """The events of a file, and the rows that were set aside."""
    rows = list(read_events(path, files.context, mapping=mapping))
    return [row for row in rows if not isinstance(row, Reject)], [row for row in rows if isinstance(row, Reject) and not row.kept]


def a_table_says_what_its_lines_say(world: World, desk: Desk) -> None:
    """Events in CSV are those in JSON Lines, set aside for the same reasons. Guards against two readers of one thing."""
    files, law = laid(world, desk), a_table_says_what_its_lines_say
    path = f"{desk.lay({'events.csv': events_table(world.events, world.calendar.zone)})}/events.csv"
    (lines, odd), (rows, strange) = _read(files, files.place(EVENTS)), _read(files, path)
    hold(law, lines == rows, world, lambda: f"in one alone: {[one for one in (*lines, *rows) if (one in lines) != (one in rows)][:2]}")
    hold(law, [one.kind for one in odd] == [one.kind for one in strange], world, f"set aside: {odd[:2]}, {strange[:2]}")


# --- of another system ----------------------------------------------------------------------------------


def marks_of_another_system_read_the_same(world: World, desk: Desk) -> None:
    """Marks in another's columns, codes, words and dates, with a mapping that says them, are the marks. Guards against absences that a file loses."""
    files = laid(world, desk)
    marks = [event for event in files.world.events if isinstance(event, Mark)]
    for form in ("csv", "jsonl"):
        folder = desk.lay({"mapping.yaml": _mapping(marks, form), f"theirs.{form}": _theirs(marks, form, world)})
        read, lost = _read(files, f"{folder}/theirs.{form}", read_mapping(f"{folder}/mapping.yaml"))
        hold(marks_of_another_system_read_the_same, not lost, world, f"set aside: {lost[:1]}")
        missing = [mark for mark in marks if mark not in read]
        hold(marks_of_another_system_read_the_same, read == marks, world, f"in {form} there are {len(read)} for {len(marks)}, without {missing[:1]}")


THEIRS = {
    "id": "Row", "student": "Pupil No", "date": "Day", "session": "Lesson", "code": "Mark", "minutes": "Min", "recorded": "Entered", "known": "Sent",
    "seq": "N", "source": "From",
}  # fmt: skip


def _mapping(marks: Sequence[Mark], form: str) -> str:
    """What another system calls things."""
    lines = [f"format: {form}", *(["delimiter: semicolon", "date_format: D/M/YYYY"] if form == "csv" else [])]
    lines += ["columns:", *(f"  {ours}: {theirs}" for ours, theirs in THEIRS.items()), "constants: {type: mark}"]
    for name, words in (("codes", {mark.code for mark in marks}), ("sessions", {mark.session for mark in marks})):
        lines += [f"{name}:"] * bool(words) + [f"  {json.dumps(f'their {word}')}: {json.dumps(word)}" for word in sorted(words)]
    return "\n".join(lines) + "\n"


def _theirs(marks: Sequence[Mark], form: str, world: World) -> str:
    rows = []
    for mark in marks:
        row = {key: str(value) for key, value in row_of(mark, world.calendar.zone).items() if key in THEIRS}
        row |= {"code": f"their {mark.code}", "session": f"their {mark.session}"}
        rows.append({THEIRS[key]: _day_first(value) if form == "csv" and key in ("date", "recorded", "known") else value for key, value in row.items()})
    if form == "jsonl":
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    return table(THEIRS.values(), ([row.get(name, "") for name in THEIRS.values()] for row in rows), ";")


def _day_first(text: str) -> str:
    year, month, day = text[:10].split("-")
    return f"{int(day)}/{int(month)}/{year}{text[10:]}"


def a_mark_a_day_reads_the_same_from_standard_files(world: World, desk: Desk) -> None:
    """In Ed-Fi XML and in Open Education Analytics CSV a mark a day is the mark, and what a covered day does not list is present.

    Guards against a child whose absence is lost on the way between two systems.
    """
    files, law = laid(world, desk), a_mark_a_day_reads_the_same_from_standard_files
    session = world.calendar.periods[0].name
    days = {(event.student, event.date): event for event in files.world.events if isinstance(event, Mark) and event.session == session}
    codes = {f"Their {mark.code}": mark.code for mark in days.values()}
    edfi = evolve(preset("edfi"), codes=codes, constants={"session": session})
    oea = evolve(preset("oea-batch"), codes=codes, constants={"session": session})
    xml = "".join(_edfi(mark) for mark in days.values())
    rows = [(mark.student, mark.date.isoformat(), f"Their {mark.code}") for mark in days.values()]
    folder = desk.lay({"edfi.xml": f'<Interchange xmlns="urn:x">\n{xml}</Interchange>\n', "oea.csv": table(oea.columns.values(), rows)})
    ours = [_said(mark) for mark in days.values()]
    for name, mapping in (("edfi.xml", edfi), ("oea.csv", oea)):
        read, lost = _read(files, f"{folder}/{name}", mapping)
        hold(law, not lost, world, f"set aside: {lost[:1]}")
        hold(law, [_said(mark) for mark in read] == ours, world, f"{name} is read as {read[:2]}")
    marks = [mark for mark in read if isinstance(mark, Mark)]
    covered = world.calendar.of("").first, max((mark.date for mark in marks), default=world.calendar.of("").first)
    made = list(imputed_presents(world.roster, world.calendar, marks, covered, code="P", closes=files.context.closes))
    listed, present = set(map(_key, marks)), Counter(map(_key, made))
    hold(law, not listed & set(present), world, f"it is listed, and taken for present: {sorted(listed & set(present))[:1]}")
    expected = {
        (row.id, date, one.period) for row in world.roster.students for date in dates_between(*covered)
        if (row.start is None or row.start <= date) and (row.end is None or date <= row.end) for one in world.calendar.of(row.school).sessions(date)
    }  # fmt: skip
    hold(law, present == Counter(expected - listed), world, f"neither listed nor present: {sorted(expected - listed - set(present))[:1]}")


def _key(mark: Mark) -> tuple[str, datetime.date, str]:
    return mark.student, mark.date, mark.session


def _said(mark: Event) -> tuple[object, ...]:
    return (mark.student, mark.date, mark.session, mark.code) if isinstance(mark, Mark) else ()


def _edfi(mark: Mark) -> str:
    return (
        f"<StudentSchoolAttendanceEvent><AttendanceEvent><EventDate>{mark.date}</EventDate>"
        f"<AttendanceEventCategory>uri://theirs#Their {escape(mark.code)}</AttendanceEventCategory></AttendanceEvent>"
        f"<StudentReference><StudentUniqueId>{escape(mark.student)}</StudentUniqueId></StudentReference></StudentSchoolAttendanceEvent>\n"
    )


# --- damaged ------------------------------------------------------------------------------------------


def a_damaged_row_is_set_aside_alone(world: World, desk: Desk) -> None:
    """Of a file with a damaged row every row is read or set aside with its line and a reason, and the others are read as they were. Law 13.

    Guards against a child that is lost by a slip in another's row.
    """
    files, law, chance = laid(world, desk), a_damaged_row_is_set_aside_alone, _Chances(len(world.events))
    texts = {"events.jsonl": read_source(files.place(EVENTS)).text, "events.csv": events_table(world.events, world.calendar.zone)}
    for name, text in texts.items():
        lines = text.splitlines()
        for _ in range(DAMAGES if len(lines) > 1 else 0):
            n = 1 + chance.randrange(len(lines) - 1)
            damaged, what = slipped(lines[n], chance, SLIPS)
            damaged = damaged.replace('"', "") if name.endswith("csv") else damaged  # a quote in CSV takes other lines with it
            folder = desk.lay({name: "\n".join([*lines[:n], damaged, *lines[n + 1 :], ""]), f"without-{name}": "\n".join([*lines[:n], *lines[n + 1 :], ""])})
            (rest, set_aside), (read, lost) = (_read(files, f"{folder}/{prefix}{name}") for prefix in ("without-", ""))
            said = f"{what} of line {n + 1}, {damaged!r}: "
            gone = Counter(rest) - Counter(read)
            hold(law, not gone, world, f"{said}another row is not read: {list(gone)[:1]}")
            count = len(rest) + len(set_aside) + sum(bool(line.strip()) for line in damaged.split("\n"))
            hold(law, len(read) + len(lost) == count, world, f"{said}of {count} rows {len(read)} are read and {len(lost)} set aside: {lost[:1]}")
            silent = [one for one in lost if not one.line or not one.kind or not str(one.message).strip()]
            hold(law, not silent, world, f"{said}set aside without a reason: {silent[:1]}")


def a_damaged_file_is_told_with_places(world: World, desk: Desk) -> None:
    """A calendar, roster, list of roles, mapping or spec with a slip gives problems with places, or is read. Guards against a traceback in place of help."""
    files, law, chance = laid(world, desk), a_damaged_file_is_told_with_places, _Chances(len(world.events))
    marks = [event for event in files.world.events if isinstance(event, Mark)]
    texts: Mapping[str, tuple[str, Callable[[Source], tuple[object, tuple[Problem, ...]]]]] = {
        CALENDAR: (read_source(files.place(CALENDAR)).text, parse_calendar), ROSTER: (read_source(files.place(ROSTER)).text, parse_roster),
        ASSIGNMENTS: (read_source(files.place(ASSIGNMENTS)).text, parse_assignments), "mapping.yaml": (_mapping(marks, "csv"), parse_mapping),
        f"{files.folder}/a.spec.yaml": (f"policy: {world.policies[0].path}\n{spec_case(world, 'a history')}\n", parse_spec),
    }  # fmt: skip
    for name, (text, parsed) in texts.items():
        for _ in range(DAMAGES):
            damaged, what = slipped(text, chance, SLIPS)
            found, problems = parsed(Source(name, damaged))
            placeless = [problem.kind for problem in problems if problem.span is None or not render(problem)]
            hold(law, not placeless, world, f"{name}, {what}: {placeless} has no place")
            hold(law, found is not None or any(not problem.warning for problem in problems), world, f"{name}, {what}: neither anything nor a problem")


def what_was_set_aside_is_written_beside(world: World, desk: Desk) -> None:
    """`run` over a file with rows that are none keeps them in `rejects.csv`, and with `--strict` writes nothing. Guards against rows that nobody misses."""
    files, law = laid(world, desk), what_was_set_aside_is_written_beside
    bad = '{"type": "mark", "student": "nobody-of-this-school", "date": "2025-13-40"}\n{"type": \n'
    events = f"{desk.lay({EVENTS: read_source(files.place(EVENTS)).text + bad})}/{EVENTS}"
    inputs = [events if one == files.place(EVENTS) else one for one in files.inputs]
    out, strict = files.place("beside"), files.place("strict")
    code, _, said = desk.run(["run", *inputs, "--until", files.until, "--out", out])
    if code == 0:
        kept = read_source(f"{out}/rejects.csv").text
        hold(law, "nobody-of-this-school" in kept and "bad-json" in kept, world, f"rejects.csv has {kept[-300:]}")
    else:
        hold(law, not files.world.events and said.strip(), world, f"it ends with {code}: {said[-300:]}")
    code, _, said = desk.run(["run", *inputs, "--until", files.until, "--out", strict, "--strict"])
    hold(law, code == 1 and "bad-json" in said, world, f"strict, it ends with {code}: {said[-300:]}")
    again, _, said = desk.run(["explain", strict])
    hold(law, again != 0 and said.strip(), world, "strict, it wrote something")


ENTERED = (
    a_table_says_what_its_lines_say, marks_of_another_system_read_the_same, a_mark_a_day_reads_the_same_from_standard_files, a_damaged_row_is_set_aside_alone,
    a_damaged_file_is_told_with_places, what_was_set_aside_is_written_beside,
)  # fmt: skip
