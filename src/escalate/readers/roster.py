"""Rosters and assignments, from CSV or YAML; every problem has its place."""

from __future__ import annotations

import datetime
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from attrs import frozen

from ..messages import say
from ..mixups import misplaced
from ..parse import ListNode, MapNode, Node, parse
from ..roster import Assignment, Roster, Student
from ..slips.dates import dates_meant
from ..source import Problem, Source, Span
from ..translate.spoken import as_written
from .moments import misread, parse_date, year_first
from .nodes import Nodes
from .tables import Row, read_table, refuse
from .texts import YAML_ENDINGS, read_source

Date = datetime.date
OWN = ("student", "school", "class", "grade", "from", "to")
COLUMNS = ("name", *OWN[1:], "birth_date")
DATES = ("from", "to", "birth_date")
ASSIGNMENT = ("role", "of", "person", "from", "to")
DATE_HELP = say("write 2025-09-01")
T = TypeVar("T")


@frozen
class Entry:
    """One row of a file, whichever its form: texts by column, and the place of each."""

    cells: Mapping[str, str]
    span: Callable[[str], Span]


def read_roster(path: str | os.PathLike[str], assignments: str | os.PathLike[str] | None = None) -> Roster:
    """The roster of a file, with who holds which role from another; what is wrong is `Refused`, all of it at once."""
    source = read_source(path)
    found, problems = parse_roster(source)
    held, more = parse_assignments(read_source(assignments)) if assignments is not None else ((), ())
    refuse([*problems, *more])
    return Roster((found or Roster()).students, (*(found or Roster()).assignments, *held))


def read_assignments(path: str | os.PathLike[str]) -> tuple[Assignment, ...]:
    """Who holds which role; what is wrong is `Refused`."""
    held, problems = parse_assignments(read_source(path))
    refuse(list(problems))
    return held


def parse_roster(source: Source) -> tuple[Roster | None, tuple[Problem, ...]]:
    """The roster of a text, None where there is a problem, and every problem."""
    if strange := misplaced(source, "roster"):
        return None, as_written([strange])
    problems: list[Problem] = []
    held: tuple[Assignment, ...] = ()
    if source.path.lower().endswith(YAML_ENDINGS):
        students, assignments = _yaml(source, problems)
        held = _assignments(assignments, problems)
    else:
        students = [_entry(row) for row in read_table(source, ("student",), problems, COLUMNS)]
    if not students and not problems:
        help = say("write a line for each student; every event of one who is not in it is set aside")
        problems.append(Problem("empty-roster", say("the roster holds no student"), Span(source, 1, 1, 1, 1), help, warning=True))
    rows = [(entry, _student(entry, problems)) for entry in students]
    kept = [(entry, student) for entry, student in rows if student is not None]
    problems += overlaps(kept, lambda student: student.id, lambda student: say("student `{text}`", text=student.id))
    return (None if any(not p.warning for p in problems) else Roster(tuple(s for _, s in kept), held)), tuple(problems)


def parse_assignments(source: Source) -> tuple[tuple[Assignment, ...], tuple[Problem, ...]]:
    """Who holds which role, from a text, and every problem."""
    if strange := misplaced(source, "assignments"):
        return (), as_written([strange])
    problems: list[Problem] = []
    if source.path.lower().endswith(YAML_ENDINGS):
        entries = _yaml(source, problems)[1]
    else:
        entries = [_entry(row) for row in read_table(source, ASSIGNMENT[:3], problems, ASSIGNMENT[3:])]
        for name in _unknown(entries):
            problems.append(
                Problem(
                    "unknown-column",
                    say("column `{name}` is not one of an assignment's and is left out", name=name),
                    entries[0].span(name),
                    warning=True,
                )
            )
    return _assignments(entries, problems), tuple(problems)


def _unknown(entries: list[Entry]) -> list[str]:
    return [name for name in entries[0].cells if name and name not in ASSIGNMENT] if entries else []


def _entry(row: Row) -> Entry:
    return Entry(row.cells, row.span)


def _yaml(source: Source, problems: list[Problem]) -> tuple[list[Entry], list[Entry]]:
    root, found = parse(source)
    nodes = Nodes(found)
    top = nodes.keys(root, ("students", "assignments"), say("a roster"))
    students = []
    for key, value in nodes.entries(top.get("students"), say("`students`")):
        for row in value.items if isinstance(value, ListNode) else (value,):
            students.append(_map(nodes, row, key.span, {"student": (key.text, key.span)}))
    held = [_map(nodes, row, row.span, {}) for row in nodes.items(top.get("assignments"), say("`assignments`"))]
    problems += nodes.problems
    return students, held


def _map(nodes: Nodes, node: Node, place: Span, given: dict[str, tuple[str, Span]]) -> Entry:
    cells = dict(given)
    if isinstance(node, MapNode):
        for name, value in node.entries:
            text = nodes.text(value, say("`{text}`", text=name.text))
            if name.text in given:
                nodes.problem("twice", say("`{text}` is the key of the row already", text=name.text), name.span)
            elif text is not None:
                cells[name.text] = (text, value.span)
    else:
        nodes.problem("not-a-map", say("a row must be a map such as {{class: 7-1, from: 2025-09-01}}"), node.span)
    spans = {name: span for name, (_, span) in cells.items()}
    return Entry({name: text for name, (text, _) in cells.items()}, lambda name: spans.get(name, place))


def _student(entry: Entry, problems: list[Problem]) -> Student | None:
    cells = entry.cells
    before = len(problems)
    student = _need(entry, "student", problems)
    days = {name: _date(entry, name, problems) for name in DATES}
    _in_order(entry, days["from"], days["to"], problems)
    if "/" in student:
        help = say("it divides the parts of an item's id: write `-`")
        problems.append(Problem("bad-id", say("a student's id holds no `/`: `{student}`", student=student), entry.span("student"), help))
    if len(problems) > before:
        return None
    fields = {name: year_first(text) if name in DATES else text for name, text in cells.items() if name not in OWN and name and text}
    return Student(
        student,
        cells.get("school", ""),
        cells.get("class", ""),
        cells.get("grade", ""),
        days["from"],
        days["to"],
        fields,
        entry.span("student"),
    )


def _assignments(entries: Iterable[Entry], problems: list[Problem]) -> tuple[Assignment, ...]:
    made = []
    for entry in entries:
        before = len(problems)
        role, of, person = (_need(entry, name, problems) for name in ("role", "of", "person"))
        start, end = _date(entry, "from", problems), _date(entry, "to", problems)
        _in_order(entry, start, end, problems)
        if len(problems) == before:
            made.append((entry, Assignment(role, of, person, start, end, entry.span("role"))))
    problems += overlaps(
        made,
        lambda held: (held.role, held.of, held.person),
        lambda held: f"`{held.person}` as `{held.role}` of `{held.of}`",
    )
    return tuple(held for _, held in made)


def _need(entry: Entry, name: str, problems: list[Problem]) -> str:
    text = entry.cells.get(name, "")
    if not text:
        problems.append(Problem("missing-field", say("the row has no `{name}`", name=name), entry.span(name)))
    return text


def _date(entry: Entry, name: str, problems: list[Problem]) -> Date | None:
    text = entry.cells.get(name, "")
    try:
        return parse_date(year_first(text)) if text else None
    except ValueError as error:
        kind, message, help = misread(text, error, DATE_HELP, dates_meant(text))
        problems.append(Problem(kind, message, entry.span(name), help))
        return None


def _in_order(entry: Entry, start: Date | None, end: Date | None, problems: list[Problem]) -> None:
    if start and end and end < start:
        problems.append(Problem("bad-dates", say("the row ends on {end}, before it begins on {start}", end=end, start=start), entry.span("to")))


Dated = TypeVar("Dated", Student, Assignment)


def overlaps(
    rows: list[tuple[Entry, Dated]], key: Callable[[Dated], object], name: Callable[[Dated], str]
) -> list[Problem]:
    """Rows of one thing whose dates overlap, each with the place of the row that it overlaps."""
    groups: defaultdict[object, list[tuple[Entry, Dated]]] = defaultdict(list)
    for entry, row in rows:
        groups[key(row)].append((entry, row))
    found = []
    for group in groups.values():
        if len(group) < 2:
            continue
        group.sort(key=lambda pair: pair[1].start or Date.min)
        last_entry, last = group[0]
        for entry, row in group[1:]:
            if (row.start or Date.min) <= (last.end or Date.max):
                one, other = sorted((entry, last_entry), key=lambda item: item.span("").line)
                place = other.span("student" if isinstance(row, Student) else "")
                help = say("the other is on line {line}; end the earlier one before the later one begins", line=one.span("").line)
                found.append(Problem("overlap", say("{name} has two rows whose dates overlap", name=name(row)), place, help))
            if (row.end or Date.max) > (last.end or Date.max):
                last_entry, last = entry, row
    return found
