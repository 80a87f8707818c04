"""The table of a policy as the sheets of a workbook, a section each, with a place to sign below."""

from __future__ import annotations

from ..registers import Row, Sheet
from .table import COLUMNS, Section, Table

DEEPER = "　"  # a leading plain space is lost in some spreadsheets


def sheets_of(table: Table) -> list[Sheet]:
    """One sheet for each ladder, for the duties and for the targets."""
    return [_sheet(table, section) for section in table.sections]


def _sheet(table: Table, section: Section) -> Sheet:
    heading = f"{table.title}  {table.in_force}".rstrip()
    covers = [Row(("", section.about, *[""] * (len(COLUMNS) - 2)))] if section.about else []
    rows = (*covers, *(Row(row.with_what("\n".join([row.indented(DEEPER), *row.notes]))) for row in section.rows))
    return Sheet(section.kind, table.policy, heading, section.title, "", section.heads, rows, table.sign, section.cites)
