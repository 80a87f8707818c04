"""CSV as lines and cells, read one line at a time; a bad line is a fault and the next one goes on.

The csv module reads every line that holds a quote; a line without one is the same as its cells between
delimiters. Reading line by line keeps an unclosed quote from swallowing the rest of a file.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from ..messages import UNSAID, Said, listed, listed_of, noun, say
from ..source import Problem, Refused, Source, Span
from .headings import likely
from .rejects import Unread
from .texts import GBK_HELP, check_readable, composed, decoded, gbk_help

LINE_LIMIT = 100_000  # characters of a row
CELL_LIMIT = 4_000  # characters of a cell
ROW_LINES = 50  # physical lines that one quoted row may span


@frozen
class Fault:
    """Why a line has no cells; `kept` says that its row comes all the same. unread: whose mark it was, where the line says it."""

    kind: str
    message: Said
    column: int = 1
    kept: bool = False
    unread: Unread | None = None

    def at(self, source: Source, line: int) -> Problem:
        """What is wrong with the line, as a problem."""
        return Problem(self.kind, self.message, Span(source, line, self.column, line, self.column + 1))


# (number of its first line, the text as given, cells or the fault)
Line = tuple[int, str, list[str] | Fault]


def read_lines(path: str | os.PathLike[str], delimiter: str = ",", encoding: str = "") -> Iterator[Line]:
    """Every line of a CSV file that is not blank, with its cells. encoding: where the file is not UTF-8, how it is written."""
    name = os.fspath(path)
    check_readable(name)
    with open(name, "rb") as file:
        yield from lines_of(_recoded(file, encoding) if encoding else file, delimiter, name)


def _recoded(data: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Lines in UTF-8; one that is not in its encoding stays as it is, and is a fault if it is not UTF-8 either."""
    for raw in data:
        try:
            yield raw.decode(encoding).encode()
        except UnicodeDecodeError:
            yield raw


def lines_of(data: Iterable[bytes], delimiter: str = ",", name: str = "") -> Iterator[Line]:
    """The same from lines of bytes."""
    lines = enumerate(data, 1)
    waiting: list[tuple[int, bytes]] = []
    width = 0
    while True:
        number, raw = waiting.pop(0) if waiting else next(lines, (0, b""))
        if not number:
            return
        if number == 1:
            raw = _first(raw, name)
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            yield number, raw.decode("utf-8", "replace").rstrip("\r\n"), _not_utf8(raw, error)
            continue
        text = text.rstrip("\r\n")
        if not text.isascii():
            text = composed(text)
        if '"' in text:
            if text.count('"') % 2:
                text = _joined(text, delimiter, width, lines, waiting)
            cells = _quoted(text, delimiter)
            width = width or (len(cells) if isinstance(cells, list) else 0)
            yield number, text, cells
        elif len(text) > LINE_LIMIT or "\0" in text or "\r" in text:
            yield number, text, _odd(text)
        elif text:
            row = text.split(delimiter)
            width = width or len(row)
            yield number, text, row


def _first(raw: bytes, name: str) -> bytes:
    """The first line, refused where it shows that the whole file is not UTF-8."""
    return decoded(raw, name).encode()


def _not_utf8(raw: bytes, error: UnicodeDecodeError) -> Fault:
    more = say(" (it looks like GBK; save the file as UTF-8)") if gbk_help(raw.rstrip()) == GBK_HELP else UNSAID
    return Fault("not-utf8", say("the row is not UTF-8{more}", more=more), len(raw[: error.start].decode("utf-8", "replace")) + 1)


def _odd(text: str) -> Fault:
    if len(text) > LINE_LIMIT:
        return Fault("too-long", say("the row is longer than {LINE_LIMIT:,} characters", LINE_LIMIT=LINE_LIMIT), LINE_LIMIT + 1)
    if "\0" in text:
        return Fault("nul", say("the row holds a NUL byte"), text.index("\0") + 1)
    return Fault("line-end", say("the row holds a carriage return outside quotes"), text.index("\r") + 1)


def _joined(
    text: str, delimiter: str, width: int, lines: Iterator[tuple[int, bytes]], waiting: list[tuple[int, bytes]]
) -> str:
    """A row whose quoted cell goes on over the next lines; where that gives no row they wait their turn."""
    taken: list[tuple[int, bytes]] = []
    parts = [text]
    while len(taken) < ROW_LINES and sum(map(len, parts)) <= LINE_LIMIT:
        following = waiting.pop(0) if waiting else next(lines, None)
        if following is None:
            break
        taken.append(following)
        try:
            more = composed(following[1].decode())
        except UnicodeDecodeError:
            break
        parts.append(more)
        if more.count('"') % 2:
            whole = "\n".join(part.rstrip("\r\n") for part in parts)
            cells = _cells(whole, delimiter)
            if not isinstance(cells, str) and len(cells) == (width or len(cells)):
                return whole
            break
    waiting[:0] = taken
    return text


def _quoted(text: str, delimiter: str) -> list[str] | Fault:
    if len(text) > LINE_LIMIT or "\0" in text:
        return _odd(text)
    cells = _cells(text, delimiter)
    return (
        Fault("bad-quote", say("a quote in the row is wrong: {cells}", cells=cells), text.index('"') + 1)
        if isinstance(cells, str)
        else cells
    )


def _cells(text: str, delimiter: str) -> list[str] | Said:
    try:
        found = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return noun(str(error))
    return found[0] if len(found) == 1 else say("it ends before the row does")


def cell_place(text: str, index: int, delimiter: str = ",") -> tuple[int, int]:
    """The first column of a cell in its row, counted from 1, and the one after its last."""
    start, quoted, seen = 0, False, 0
    for place, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif char == delimiter and not quoted:
            if seen == index:
                return start + 1, max(place, start + 1) + 1 if place == start else place + 1
            seen, start = seen + 1, place + 1
    if seen < index:
        return len(text) + 1, len(text) + 2
    return start + 1, max(len(text), start + 1) + 1


@frozen
class Row:
    """One row of a small table, whole in memory, that knows its place."""

    source: Source
    line: int
    text: str
    cells: dict[str, str]
    columns: dict[str, int]

    def span(self, column: str = "") -> Span:
        """Where a cell stands; without one, or where the row has no such cell, the whole row."""
        if column not in self.columns:
            return Span(self.source, self.line, 1, self.line, len(self.source.line(self.line)) + 1)
        start, end = cell_place(self.text, self.columns[column])
        return Span(self.source, self.line, start, self.line, end)


def read_table(source: Source, required: tuple[str, ...], problems: list[Problem], known: tuple[str, ...] = ()) -> list[Row]:
    """The rows of a small CSV text by column name; what is wrong is added to the problems. known: further columns that it may have."""
    header: list[str] | None = None
    rows: list[Row] = []
    for number, text, cells in lines_of((line + "\n").encode("utf-8", "replace") for line in source.text.split("\n")):
        whole = Span(source, number, 1, number, len(text) + 1)
        if isinstance(cells, Fault):
            problems.append(cells.at(source, number))
        elif header is None:
            header = [cell.strip() for cell in cells]
            problems += header_problems(header, {name: name for name in required}, source, number, text, known=known)
            if any(name not in header for name in required):
                return []
        elif not any(cell.strip() for cell in cells):
            continue
        elif len(cells) != len(header):
            problems.append(Problem("wrong-columns", _counts(len(cells), len(header)), whole, WIDTH_HELP))
        else:
            columns = {name: place for place, name in enumerate(header)}
            rows.append(Row(source, number, text, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}, columns))
    if header is None:
        problems.append(empty_file(source, required))
    return rows


def empty_file(source: Source, columns: tuple[str, ...]) -> Problem:
    """That a table has not even a header."""
    help = say("its first line names the columns: {listed} ...", listed=", ".join(columns))
    return Problem("empty-file", say("the file is empty"), Span(source, 1, 1, 1, 2), help)


WIDTH_HELP = say("a cell that holds a comma stands in double quotes")


def _counts(found: int, wanted: int) -> Said:
    return say("the header has {wanted} cells, the row {found}", wanted=wanted, found=found)


wrong_width = _counts


def header_problems(
    header: list[str], required: Mapping[str, str], source: Source, number: int, text: str, delimiter: str = ",", *,
    mapped: bool = False, known: tuple[str, ...] = (),
) -> list[Problem]:
    """What is wrong with the names of the columns.

    required: each that must be there, and which of our columns it is. mapped: a mapping file could name them otherwise. known: further columns that
    may be there, under these names alone.
    """
    found = []
    for place, name in enumerate(header):
        start, end = cell_place(text, place, delimiter)
        if name and name in header[:place]:
            found.append(
                Problem("repeated-column", say("column `{name}` stands twice", name=name), Span(source, number, start, number, end))
            )
    missing = [name for name in required if name not in header]
    if missing:
        one, several = say("column `{name}` is missing", name=missing[0]), say("the columns {listed} are missing", listed=listed(missing))
        help = column_help({name: required[name] for name in missing}, header, mapped=mapped, known=known)
        return [*found, Problem("missing-column", several if missing[1:] else one, Span(source, number, 1, number, len(text) + 1), help)]
    for name, heading in likely(_absent(known, header), header).items():
        start, end = cell_place(text, header.index(heading), delimiter)
        message, help = say("column `{heading}` is not read as `{name}`", heading=heading, name=name), say("if it is that, rename it `{name}`", name=name)
        found.append(Problem("likely-column", message, Span(source, number, start, number, end), help, warning=True))
    return found


def _absent(names: Iterable[str], header: list[str]) -> dict[str, str]:
    return {name: name for name in names if name not in header}


def column_help(missing: Mapping[str, str], header: list[str], *, mapped: bool = True, known: tuple[str, ...] = ()) -> Said:
    """Where missing columns may hide, and others that are known; missing: each, and which of our columns it is."""
    if len(header) == 1 and any(sign in header[0] for sign in ";\t|"):
        if not mapped:
            return say("cells are separated by commas; save the file with commas")
        return say("cells are separated by commas; save the file with commas, or name its `delimiter:` in a mapping file")
    pairs = likely(missing, header, spelt=True)
    if pairs:
        pairs |= likely(_absent(known, header), [heading for heading in header if heading not in pairs.values()])
        renamed = listed_of(say("`{heading}` to `{name}`", heading=heading, name=name) for name, heading in pairs.items())
        if not mapped:
            return say("rename {renamed}", renamed=renamed)
        mapping = ", ".join(f"{missing[name]}: {heading}" for name, heading in pairs.items())
        return say("rename {renamed}, or write in a mapping file `columns: {{{mapping}}}`", renamed=renamed, mapping=mapping)
    if not mapped:
        return say("name the column that holds it `{name}`, or add one", name=next(iter(missing)))
    return say("add them, or map other columns to them in a mapping file") if len(missing) > 1 else say("add it, or map another column to it in a mapping file")


def refuse(problems: list[Problem]) -> None:
    """Raises `Refused` where a problem is more than a warning."""
    if any(not problem.warning for problem in problems):
        raise Refused(problems)
