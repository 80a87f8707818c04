"""Events from CSV and JSON Lines, one row at a time: a wrong row is a `Reject` and the rest goes on.

What a row leaves out: `type` in a file without that column is `mark`; `seq` is the row's line number, after those of earlier files;
`recorded` stays unwritten. `known`, when it is not written and nobody says when the file was received,
is `recorded`, else what the event is about in time (a mark: its session's start). `received` is the
instant at which the file reached us: `known` becomes the later of the two, and the old `known` is kept
as `recorded` where the source wrote none (SEMANTICS, section 1).
"""

from __future__ import annotations

import datetime
import difflib
import os
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve

from ..days import Calendar, Days
from ..events import TYPES, Event, Mark
from ..messages import UNSAID, listed, listed_of, noun, said_by, say
from ..mixups import misplaced
from ..slips.dates import moments_meant
from ..source import Problem, Refused, Source
from ..times import Instant
from .edfi_xml import NAMES, read_xml
from .jsonlines import read_objects
from .makers import MAKERS
from .mapping import PLAIN, ColumnMap
from .moments import Kept, is_ambiguous, parse_date, parse_moment
from .nodes import near
from .rejects import ANYBODY, Context, Reject, Unread, Wrong, missing, number
from .salvage import Salvage
from .tables import (
    CELL_LIMIT,
    Fault,
    Line,
    cell_place,
    empty_file,
    header_problems,
    read_lines,
    wrong_width,
)
from .texts import AS_CSV, YAML_ENDINGS, read_source

Date = datetime.date
COLUMNS = (
    "id", "type", "student", "date", "session", "code", "minutes", "at", "recorded", "known", "seq", "source",
    "status", "cause", "flag", "value", "action", "item", "done", "result", "by", "to", "times", "document",
    "fact", "about", "level", "target", "role", "of", "person", "from", "school", "kind", "sessions", "weekday",
    "office", "reason", "column",
)  # fmt: skip
MARK_COLUMNS = ("student", "date", "session", "code")
ALIKE = 0.8  # how near a name must come to be taken for a misspelt one
LINES = 10**9  # more than any file has
ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".et", ".ods")
DATE_HELP = say("write 2025-11-03, or name the order in a mapping file, such as `date_format: YYYY/M/D`")
ORDER_HELP = say("write 2025-11-03, or name the order in a mapping file, such as `date_format: D/M/YYYY`")
INSTANT_HELP = say("write 2025-11-03, 2025-11-03T08:00 (local) or 2025-11-03T08:00+08:00")


def read_events(
    path: str | os.PathLike[str], context: Context, *, mapping: ColumnMap | None = None, received: Instant | None = None, file: int = 0
) -> Iterator[Event | Reject]:
    """The events of a file and the rows that are none, in file order. file: how many files stand before it: its rows are later than theirs.

    The ending names the format (`.csv`; `.jsonl`, `.ndjson`), unless a mapping does. A file that cannot be
    read at all (missing, not UTF-8, without the columns that a mark needs) is `Refused` at once.
    """
    name, columns = os.fspath(path), mapping or PLAIN
    received = context.received if received is None else received
    form = columns.format or next((form for end, form in ENDINGS.items() if name.lower().endswith(end)), "")
    if form == "edfi":
        lines = read_xml(name, context.calendar, columns.constants.get("session", ""))
        return read_rows(name, context, columns, received, NAMES, lines, file)
    if form == "jsonl":
        names = [their for their in map(columns.theirs, COLUMNS) if their]
        return read_rows(name, context, columns, received, names, read_objects(name, names, columns.declared), file)
    if form != "csv":
        if name.lower().endswith(WORKBOOKS):
            raise Refused([Problem("not-text", say("`{name}` is a workbook, and no text", name=name), help=AS_CSV)])
        strange = misplaced(read_source(name), "events") if name.lower().endswith(YAML_ENDINGS) else None
        help = say("its name ends in {listed}, or a mapping file names its `format`", listed=listed_of(ENDINGS))
        raise Refused([strange or Problem("unknown-format", say("`{name}` is of no known format", name=name), help=help)])
    lines = read_lines(name, columns.delimiter, columns.encoding)
    number, text, header = next(lines, (1, "", Fault("empty-file", say("the file is empty"))))
    lines.close()  # type: ignore[attr-defined]
    names = _header(name, number, text, header, columns)
    return _Reading(name, context, columns, received, names, file).csv(read_lines(name, columns.delimiter, columns.encoding))


def read_rows(
    name: str, context: Context, columns: ColumnMap, received: Instant | None, names: list[str], lines: Iterator[Line], file: int = 0
) -> Iterator[Event | Reject]:
    """The events of lines that another reader has cut into cells; `names` are the columns of a line."""
    received = context.received if received is None else received
    return _Reading(name, context, columns, received, names, file, tabular=False).rows(lines)


def _header(name: str, number: int, text: str, header: list[str] | Fault, columns: ColumnMap) -> list[str]:
    source = Source(name, "\n" * (number - 1) + text)
    if isinstance(header, Fault):
        raise Refused([empty_file(source, MARK_COLUMNS) if header.kind == "empty-file" else header.at(source, number)])
    header = [cell.strip() for cell in header]
    written = set(columns.constants) | {ours for ours in COLUMNS if columns.theirs(ours) in header}
    # Of events that are about no student a file needs no such column; one that nearly has it is misspelt.
    misspelt = () if "student" in written or not difflib.get_close_matches("student", header, 1, ALIKE) else ("student",)
    wanted: tuple[str, ...] = misspelt if "type" in written else MARK_COLUMNS
    required = {columns.theirs(ours) or ours: ours for ours in (*wanted, *columns.columns) if ours not in written}
    problems = header_problems(header, required, source, number, text, columns.delimiter, mapped=True)
    strange = misplaced(source, "events") if problems and not columns.declared else None
    if problems:
        raise Refused(problems if strange is None else [strange])
    return header


class _Reading:
    """One file being read: where each column stands, and what each text was found to mean."""

    def __init__(
        self,
        name: str,
        context: Context,
        columns: ColumnMap,
        received: Instant | None,
        header: list[str],
        file: int = 0,
        tabular: bool = True,
    ) -> None:
        self.tabular = tabular
        self.before = file * LINES
        self.name, self.context, self.columns, self.received = name, context, columns, received
        self.header = header
        self.calendar: Calendar = context.calendar
        self.width = len(header)
        # Past the row's own cells stand an empty one, for columns that the file lacks, and the constants.
        self.extra = ["", *columns.constants.values()]
        constants = {ours: self.width + 1 + place for place, ours in enumerate(columns.constants)}
        theirs: dict[str | None, int] = {their: place for place, their in enumerate(header)}
        self.place = {ours: constants.get(ours, theirs.get(columns.theirs(ours), self.width)) for ours in COLUMNS}
        self.typed = self.place["type"] != self.width
        self.students = Kept(self._student, 1 << 20)
        self.codes = Kept(self._code)
        self.minutes = Kept(self._minutes)
        self.moments: Kept[str, Instant | Date] = Kept(lambda text: parse_moment(columns.dated(text), context.zone))
        self.dates: Kept[str, Date] = Kept(lambda text: parse_date(columns.dated(text)))
        self.closes = Kept(context.close)
        self.slots = Kept(self._sessions)
        words = (period.name for period in context.calendar.periods)
        self.salvage = Salvage(context.roster, (*words, *columns.sessions, *columns.codes, *(context.codes or ())))
        self.cells: list[str] = []
        self.line, self.text = 0, ""

    # --- rows -----------------------------------------------------------------------------------

    def csv(self, lines: Iterator[Line]) -> Iterator[Event | Reject]:
        """The rows below the header."""
        header = next(lines, None)
        if header is not None:
            yield from self._unknown_columns(header)
        yield from self.rows(lines)

    def _unknown_columns(self, header: Line) -> Iterator[Reject]:
        for place, name in enumerate(self.header):
            if name and name not in COLUMNS and not self.columns.declared:
                near = difflib.get_close_matches(name, COLUMNS, 1, 0.75)
                yield Reject(
                    self.name, header[0], cell_place(header[1], place, self.columns.delimiter)[0], "unknown-column",
                    say("column `{name}` is not one of an event's and is left out", name=name), header[1], name,
                    say("did you mean `{near}`?", near=near[0]) if near else UNSAID, kept=True,
                )  # fmt: skip

    def rows(self, lines: Iterator[Line]) -> Iterator[Event | Reject]:
        """Every row, as an event or as the reason why it is none."""
        place, width, extra, received = self.place, self.width, self.extra, self.received
        a_type, a_student, a_date, a_session = place["type"], place["student"], place["date"], place["session"]
        a_code, a_minutes, a_at, a_known = place["code"], place["minutes"], place["at"], place["known"]
        a_recorded, a_id, a_seq, a_source = place["recorded"], place["id"], place["seq"], place["source"]
        students, codes, minutes, moments, closes = self.students, self.codes, self.minutes, self.moments, self.closes
        slots, typed, before = self.slots, self.typed, self.before
        untyped = ("mark",) if self.tabular else ("mark", "")  # a line of JSON has the keys that it has
        for line, text, cells in lines:
            if type(cells) is not list or len(cells) != width:
                yield from self._broken(line, text, cells)
                continue
            cells += extra
            if "\n" in text:
                yield from self._joined(line, text)
            try:
                if len(text) > CELL_LIMIT:
                    self._lengths(cells)
                if typed and cells[a_type] != "mark" and cells[a_type].strip() not in untyped:
                    self.cells, self.line, self.text = cells, line, text
                    yield self._other(cells[a_type].strip())
                    continue
                student = students[cells[a_student]]
                date, session, start = slots[cells[a_date]][cells[a_session]]
                code = codes[cells[a_code]]
                written, recorded = cells[a_recorded], None
                if written and not written.isspace():
                    moment = moments[written]
                    recorded = moment if isinstance(moment, int) else start if moment == date else closes[moment]
                written, known = cells[a_known].strip(), start if recorded is None else recorded
                if written:
                    moment = moments[written]
                    known = moment if isinstance(moment, int) else start if moment == date else closes[moment]
                if received is not None:
                    if not written:
                        known = received if recorded is None else max(received, recorded)
                    elif known < received:
                        recorded, known = known if recorded is None else recorded, received
                event = Mark(
                    student=student, date=date, session=session, code=code, known=known, recorded=recorded,
                    minutes=minutes[cells[a_minutes]], id=cells[a_id].strip(),
                    seq=self._seq(cells[a_seq]) if cells[a_seq].strip() else before + line, source=cells[a_source],
                )  # fmt: skip
                if cells[a_at].strip():
                    yield from self._odd(line, text, cells, start)
                yield event
            except Wrong as wrong:
                if any(cell.strip() for cell in cells[:width]):
                    yield evolve(self._reject(line, text, wrong), unread=self._unread(text, cells))
            except ValueError as error:
                if any(cell.strip() for cell in cells[:width]):
                    yield evolve(self._reject(line, text, self._dated(error, cells)), unread=self._unread(text, cells))

    def _joined(self, line: int, text: str) -> Iterator[Reject]:
        """A note where a quoted cell holds what looks like rows of their own: a quote that was opened by mistake takes them in."""
        for part in text.splitlines()[1:]:
            if part.count(self.columns.delimiter) >= self.width - 1 > 0:
                message = say("a quoted cell goes on here over what looks like a row of its own, which is not read")
                yield Reject(self.name, line, 1, "joined-lines", message, text, kept=True, unread=self.salvage.of_line(part))

    def _broken(self, line: int, text: str, cells: list[str] | Fault) -> Iterator[Reject]:
        if isinstance(cells, Fault):
            unread = None if cells.kept else self.salvage.named(cells.unread) if cells.unread is not None else self.salvage.of_line(text)
            yield Reject(self.name, line, cells.column, cells.kind, cells.message, text, kept=cells.kept, unread=unread)
        elif any(cell.strip() for cell in cells):
            help = say("a cell that holds a comma stands in double quotes") if len(cells) > self.width else UNSAID
            message = wrong_width(len(cells), self.width)
            yield Reject(self.name, line, 1, "wrong-columns", message, text, help=help, unread=self.salvage.of_line(text))

    def _reject(self, line: int, text: str, wrong: Wrong) -> Reject:
        place = self.place.get(wrong.field, self.width)
        column = cell_place(text, place, self.columns.delimiter)[0] if self.tabular and place < self.width else 1
        return Reject(self.name, line, column, wrong.kind, wrong.message, text, wrong.field, wrong.help)

    def _unread(self, text: str, cells: list[str]) -> Unread | None:
        """Which session a mark that cannot be read is of, as far as the row says."""
        place = self.place
        student = cells[place["student"]].strip()
        if self.typed and cells[place["type"]].strip() in MAKERS:
            return None  # no mark: it lists nothing
        if "\n" in text:
            return self.salvage.of_line(text)  # a quote that was never closed may have joined rows of several
        meant = self.salvage.meant(student)
        if not student or len(meant) > 1:
            return ANYBODY
        student = next(iter(meant), student)
        try:
            date, session, _ = self.slots[cells[place["date"]]][cells[place["session"]]]
        except (Wrong, ValueError):
            try:
                return student, self.dates[cells[place["date"]]], ""
            except (Wrong, ValueError):
                return student, None, ""
        return student, date, session

    def _odd(self, line: int, text: str, cells: list[str], start: Instant) -> Iterator[Reject]:
        at = cells[self.place["at"]].strip()
        if not self._says(at, start, self.dates[cells[self.place["date"]]]):
            message = say("a mark is about its session's start; `at` {at} is not used", at=at)
            yield self._note(line, text, Wrong("mark-at", message, "at"))

    def _says(self, text: str, *moments: Instant | Date) -> bool:
        """Whether a text is one of some moments; one that is no moment is none of them."""
        try:
            return self.moments[text] in moments
        except ValueError:
            return False

    def _note(self, line: int, text: str, wrong: Wrong) -> Reject:
        found = self._reject(line, text, wrong)
        return Reject(found.file, line, found.column, found.kind, found.message, text, found.field, found.help, True)

    def _lengths(self, cells: list[str]) -> None:
        names = {place: ours for ours, place in self.place.items()}
        for place, cell in enumerate(cells):
            if len(cell) > CELL_LIMIT:
                raise Wrong("too-long", say("a cell is longer than {CELL_LIMIT:,} characters", CELL_LIMIT=CELL_LIMIT), names.get(place, ""))

    def _dated(self, error: ValueError, cells: list[str]) -> Wrong:
        """The column whose text is no date or instant: the first of those that may have been asked."""
        for ours in ("date", "recorded", "known", "at", "from", "to"):
            text = cells[self.place[ours]]
            try:
                if text and ours in ("date", "from", "to"):
                    self.dates[text]
                elif text:
                    self.moments[text]
            except ValueError as found:
                return self._no_date(ours, text.strip(), found)
        return Wrong("bad-value", said_by(error))

    # --- what a text means ------------------------------------------------------------------------

    def _student(self, text: str) -> str:
        student = text.strip()
        if not student:
            raise Wrong("missing-field", say("the row names no student"), "student")
        if self.context.roster is not None and self.context.roster.row(student, Date.min) is None:
            meant = self.salvage.meant(student)
            near = next(iter(meant)) if len(meant) == 1 else ""
            raise Wrong(
                "unknown-student",
                say("student `{student}` is not in the roster{more}", student=student, more=say(", which has `{near}`", near=near) if near else ""), "student",
            )
        return student

    def _code(self, text: str) -> str:
        code = text.strip()
        if not code and "" not in self.columns.codes:
            help = say('if it means something, add it under `codes:` of the mapping, as `"": ...`') if self.columns.codes else UNSAID
            raise Wrong("missing-field", say("the mark has no code"), "code", help)
        if self.columns.codes:
            if code not in self.columns.codes:
                raise Wrong(
                    "unknown-code",
                    say("the mapping has no line for code `{code}`", code=code),
                    "code",
                    say("add it under `codes:`, as `{code}: ...`", code=code),
                )
            code = self.columns.codes[code]
        if self.context.codes is not None and code not in self.context.codes:
            raise Wrong(
                "unknown-code",
                say("code `{code}` is not one of the policy's marks", code=code),
                "code",
                say("it has {listed}", listed=listed(sorted(self.context.codes))),
            )
        return code

    def _minutes(self, text: str) -> int | None:
        return number(text, "minutes", 0, 24 * 60) if text.strip() else None

    def _seq(self, text: str) -> int:
        return number(text, "seq", 0, 2**53 - 1)

    def _sessions(self, text: str) -> Kept[str, tuple[Date, str, Instant]]:
        """For a date's text: session text -> (date, session, its start).

        All schools have the same periods and dates. Whether a session is held hangs on events that may come later: `doubts` tells.
        """
        if not text.strip():
            raise Wrong("missing-field", say("the mark has no date"), "date")
        date, days = self.dates[text], self.calendar.of("")
        if not days.covers(date):
            raise Wrong(
                "outside-calendar",
                say("{date} is outside the calendar, which covers {first} to {last}", date=date, first=days.first, last=days.last),
                "date",
            )
        return Kept(lambda session: _slot(days, date, session.strip(), self.columns.sessions))

    # --- other events -----------------------------------------------------------------------------

    def get(self, ours: str) -> str:
        """A cell of the row being read, by our name."""
        return self.cells[self.place[ours]].strip()

    def need(self, ours: str) -> str:
        """The same, where it must not be empty."""
        return self.get(ours) or missing(self.get("type"), ours)

    def _other(self, kind: str) -> Event | Reject:
        if not kind:
            raise Wrong("missing-field", say("the row has no type"), "type", say("one of {listed}", listed=listed(sorted(TYPES))))
        make = MAKERS.get(kind)
        if make is None:
            raise Wrong("unknown-type", say("there is no event of type `{kind}`", kind=kind), "type", near(kind, TYPES, "event"))
        return make(self)

    def student(self, ours: str = "student") -> str:
        """A student of the roster."""
        return self.students[self.cells[self.place[ours]]]

    def at(self) -> Instant:
        """When the event was."""
        if not self.get("at"):
            raise Wrong(
                "missing-field",
                say("the {part} does not say when it was", part=noun(self.get("type"))),
                "at",
                say("a bare date in `at` means that date's close"),
            )
        return self._moment("at", self.get("at"))

    def _moment(self, ours: str, text: str) -> Instant:
        try:
            found = self.moments[text]
        except ValueError as error:
            raise self._no_date(ours, text, error) from None
        return found if isinstance(found, int) else self.closes[found]

    def date(self, ours: str) -> Date | None:
        """A date, None where the cell is empty."""
        text = self.get(ours)
        try:
            return self.dates[text] if text else None
        except ValueError as error:
            raise self._no_date(ours, text, error) from None

    def _no_date(self, ours: str, text: str, error: ValueError) -> Wrong:
        if self.columns.date_format:
            return Wrong("bad-date", said_by(error), ours)
        if is_ambiguous(text):
            return Wrong("ambiguous-date", say("`{text}` does not say which part is the day", text=text), ours, ORDER_HELP)
        if len(meant := moments_meant(text)) == 1:
            help = say("write {meant}, or name the order in a mapping file, such as `date_format: YYYY/M/D`", meant=meant[0])
            return Wrong("bad-date", said_by(error), ours, help)
        return Wrong("bad-date", said_by(error), ours, DATE_HELP if ours in ("date", "from", "to") else INSTANT_HELP)

    def stamps(self, at: Instant | None) -> dict[str, Any]:
        """known, recorded, id, seq and source of the row being read."""
        recorded = self._moment("recorded", self.get("recorded")) if self.get("recorded") else None
        known = self._moment("known", self.get("known")) if self.get("known") else None
        if self.received is not None:
            if known is not None and known < self.received:
                recorded = known if recorded is None else recorded
            known = max(self.received, known if known is not None else self.received if recorded is None else recorded)
        elif known is None:
            known = at if recorded is None else recorded
        if known is None:
            help = say("write it in the row, or say when the file was received")
            raise Wrong("missing-field", say("the {part} does not say when it was known", part=noun(self.get("type"))), "known", help)
        seq = self._seq(self.get("seq")) if self.get("seq") else self.before + self.line
        return {"known": known, "recorded": recorded, "id": self.get("id"), "seq": seq, "source": self.get("source")}


def _slot(days: Days, date: Date, session: str, sessions: Mapping[str, str]) -> tuple[Date, str, Instant]:
    session = sessions.get(session, session)
    if not session:
        raise Wrong("missing-field", say("the mark has no session"), "session")
    start = days.mark_at(date, session)
    if start is None:
        raise Wrong(
            "unknown-session",
            say("session `{session}` is not in the calendar", session=session),
            "session",
            near(session, [period.name for period in days.calendar.periods]),
        )
    return date, session, start
