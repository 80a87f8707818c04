"""Ed-Fi attendance XML as lines and cells, read as a stream; a DOCTYPE is refused, so no entity can grow."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from xml.parsers import expat

from ..days import Calendar
from ..messages import say
from ..source import Problem, Refused, Source, Span
from .moments import parse_date
from .rejects import ANYBODY, Unread
from .tables import CELL_LIMIT, Fault, Line
from .texts import check_readable, composed

NAMES = ["student", "date", "code", "minutes"]
SECTION = "StudentSectionAttendanceEvent"
EVENTS = frozenset({"StudentSchoolAttendanceEvent", SECTION})
WANTED = frozenset({"StudentUniqueId", "EventDate", "AttendanceEventCategory", "ArrivalTime"})
CHUNK = 1 << 16


def read_xml(name: str, calendar: Calendar, session: str) -> Iterator[Line]:
    """A line for each event: its place, what it says, and the cells `NAMES`. A second mark of a day is noted.

    `minutes` is how long after the session's start an arrival was.
    """
    check_readable(name)
    starts = {period.name: period.start for period in calendar.periods}
    return _lines(name, starts.get(session))


def _lines(name: str, start: datetime.time | None) -> Iterator[Line]:
    seen: dict[tuple[str, str], int] = {}
    for number, found in _events(name):
        student, date = found.get("StudentUniqueId", ""), found.get("EventDate", "")
        code = found.get("AttendanceEventCategory", "").rpartition("#")[2]
        text = f"{student},{date},{code}"
        if SECTION in found:
            yield number, text, Fault("section-event", say("the event is of one section and says nothing of the whole day"), unread=_whose(student, date))
            continue
        if (student, date) in seen:
            message = (
                say(
                    "student `{student}` has a mark for {date} on line {seen} already: the later one wins", student=student, date=date,
                    seen=seen[student, date],
                )
            )
            yield number, text, Fault("second-mark", message, kept=True)
        seen[student, date] = number
        yield number, text, [student, date, code, _minutes(found.get("ArrivalTime", ""), start)]


def _whose(student: str, date: str) -> Unread:
    """The day that nobody may take for one without an absence."""
    if not student:
        return ANYBODY
    try:
        return student, parse_date(date), ""
    except ValueError:
        return student, None, ""


def _events(name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The first text of each wanted element of each event, and the line that the event begins on."""
    reading = _Parser(name)
    with open(name, "rb") as file:
        while chunk := file.read(CHUNK):
            reading.feed(chunk, False)
            yield from reading.taken()
    reading.feed(b"", True)
    yield from reading.taken()


class _Parser:
    """The events that were complete when the last chunk ended."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.done: list[tuple[int, dict[str, str]]] = []
        self.event: tuple[int, dict[str, str]] | None = None
        self.element = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.data
        self.parser.StartDoctypeDeclHandler = self.doctype

    def feed(self, chunk: bytes, last: bool) -> None:
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            message = say("the file cannot be read as XML: {ErrorString}", ErrorString=expat.ErrorString(error.code))
            raise Refused([Problem("not-xml", message, self.place(error.lineno, error.offset + 1))]) from None

    def taken(self) -> list[tuple[int, dict[str, str]]]:
        done, self.done = self.done, []
        return done

    def place(self, line: int, column: int) -> Span:
        return Span(Source(self.name, ""), line, column, line, column + 1)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local in EVENTS:
            self.event = (self.parser.CurrentLineNumber, {SECTION: tag} if local == SECTION else {})
        elif self.event is not None and local in WANTED and local not in self.event[1]:
            self.element = local
            self.event[1][local] = ""

    def data(self, text: str) -> None:
        if self.element and self.event is not None:
            self.event[1][self.element] = (self.event[1][self.element] + text)[: CELL_LIMIT + 1]

    def end(self, tag: str) -> None:
        self.element = ""
        if self.event is not None and tag.rpartition(":")[2] in EVENTS:
            line, found = self.event
            self.done.append((line, {key: composed(text.strip()) for key, text in found.items()}))
            self.event = None

    def doctype(self, *declared: object) -> None:
        place = self.place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        raise Refused(
            [Problem("doctype", say("the file holds a DOCTYPE"), place, say("take it out: attendance needs no entities"))]
        )


def _minutes(arrival: str, start: datetime.time | None) -> str:
    if start is None or len(arrival) < 5:
        return ""
    try:
        came = datetime.time(int(arrival[:2]), int(arrival[3:5]))
    except ValueError:
        return ""
    late = came.hour * 60 + came.minute - start.hour * 60 - start.minute
    return str(late) if late > 0 else ""
