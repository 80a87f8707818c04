"""A workbook of registers, a sheet each, ready to print: the one door to openpyxl. The same registers give the same bytes."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attrs import evolve

from ..registers import Cell, Sheet
from .rejects import safe_value

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

MOST = 1_000_000  # rows of one sheet, of 1,048,576 that a spreadsheet takes
TITLE, HEADS, FIRST = 1, 2, 3  # rows
NARROWEST, WIDEST = 6, 40  # in signs of half width
LONGEST_NAME = 31
LONGEST_FOOTER = 200  # of 255 that a footer may have
FONT = "宋体"
A4 = 9
SIDE, EDGE = 0.4, 0.6  # margins in inches: a wide table is printed as large as the sheet lets it
# What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_CREATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
EPOCH = (1980, 1, 1, 0, 0, 0)
UNDATED = "1980-01-01"


def available() -> bool:
    """Whether openpyxl is installed here."""
    return find_spec("openpyxl") is not None


def write_workbook(path: str, sheets: Sequence[Sheet]) -> None:
    """One sheet a register; nothing without openpyxl, or without a register."""
    if not available() or not sheets:
        return
    with open(path, "wb") as file:
        file.write(workbook_of(sheets))


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """The same as bytes."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    parts = [part for sheet in sheets for part in _parts(sheet)]
    for part, name in zip(parts, names_of(parts), strict=True):
        _fill(book.create_sheet(name), part)
    packed = BytesIO()
    book.save(packed)
    return _repacked(packed.getvalue(), sheets[0].date or UNDATED)


def _parts(sheet: Sheet) -> Iterator[Sheet]:
    """A register as sheets that are not too long for a spreadsheet."""
    for first in range(0, max(len(sheet.rows), 1), MOST):
        yield evolve(sheet, rows=sheet.rows[first : first + MOST])


def names_of(sheets: Iterable[Sheet]) -> list[str]:
    """A sheet's name is its register's title, as far as it may be one; each is another's only once, whatever the case."""
    taken: dict[str, None] = {"history": None}
    names = []
    for sheet in sheets:
        title = _NOT_IN_NAMES.sub(" ", sheet.title).strip(" '") or sheet.name
        tries = (title[:LONGEST_NAME].rstrip(" '"), *(f"{title[: LONGEST_NAME - 5].rstrip(' ')} {n}" for n in range(2, 10_000)))
        name = next(one for one in tries if one.casefold() not in taken)
        taken[name.casefold()] = None
        names.append(name)
    return names


# --- one sheet --------------------------------------------------------------------------------------------


def _fill(page: Worksheet, sheet: Sheet) -> None:
    wide = len(sheet.heads)
    _write(page, TITLE, ["  ".join(part for part in (sheet.heading, sheet.title, sheet.date) if part)], "register title")
    if wide > 1:  # one cell is nothing to merge, and a spreadsheet would mend the file
        page.merge_cells(start_row=TITLE, start_column=1, end_row=TITLE, end_column=wide)
    _write(page, HEADS, sheet.heads, "register head")
    for number, row in enumerate(sheet.rows, FIRST):
        _write(page, number, row.cells, "register row")
    widths = _widths(sheet)
    for column, width in enumerate(widths, 1):
        page.column_dimensions[_letter(column)].width = width
    title = 1.5 * _wide(str(page.cell(TITLE, 1).value))  # its signs are as much larger
    page.row_dimensions[TITLE].height = 12 + 20 * min(math.ceil(title / max(sum(widths), 1)), 6)
    _for_print(page, sheet)


def _write(page: Worksheet, row: int, cells: Iterable[Cell], style: str) -> None:
    for column, value in enumerate(cells, 1):
        cell = page.cell(row, column)
        cell.style = style
        if isinstance(value, int):
            cell.value = value
        else:
            cell.value = safe_value(_UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", value))
            cell.data_type = "s"  # `#N/A` is a name like another


def _styles() -> list[NamedStyle]:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    thin = Side(style="thin", color="808080")
    border = Border(thin, thin, thin, thin)
    head = NamedStyle("register head", Font(name=FONT, size=10, bold=True), PatternFill("solid", fgColor="E7E6E6"), border)
    body, title = NamedStyle("register row", Font(name=FONT, size=10), border=border), NamedStyle("register title", Font(name=FONT, size=14, bold=True))
    body.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    head.alignment = title.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return [head, body, title]


def _for_print(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes = f"A{FIRST}"
    page.print_title_rows = f"{TITLE}:{HEADS}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = SIDE
    page.page_margins.top = page.page_margins.bottom = EDGE
    page.oddFooter.left.text = _UNWRITABLE.sub("", "  ".join([sheet.kept, *sheet.cites]).strip()).replace("&", "&&")[:LONGEST_FOOTER] or None
    page.oddFooter.right.text = "&P / &N"


def _widths(sheet: Sheet) -> list[int]:
    """As wide as the longest line of each column; a Chinese sign is two wide."""
    columns = [[str(row.cells[n]) for row in sheet.rows] for n in range(len(sheet.heads))]
    longest = [max(_wide(line) for text in (head, *texts) for line in text.split("\n")) for head, texts in zip(sheet.heads, columns, strict=True)]
    return [min(max(width + 2, NARROWEST), WIDEST) for width in longest]


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _repacked(packed: bytes, date: str) -> bytes:
    """The same workbook without the hour at which it was made."""
    when = f"{datetime.date.fromisoformat(date)}T00:00:00Z".encode()
    out = BytesIO()
    with ZipFile(BytesIO(packed)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            content = old.read(name)
            new.writestr(info, _CREATED.sub(rb"\g<1>" + when, content) if name == "docProps/core.xml" else content)
    return out.getvalue()
