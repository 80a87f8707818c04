"""Registers as files: a table each, one workbook of all, and the one file from which a reader's share is taken."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from typing import IO

from attrs import asdict

from ..ledger import Item
from ..registers import Sheet
from ..times import Zone
from .policies import file_name
from .rejects import safe, safe_value
from .workbook import write_workbook

FOLDER = "registers"
WORKBOOK = "registers.xlsx"
INDEX = "registers.jsonl"
LISTS = "lists"  # of items, below the registers
LONGEST = 120  # bytes of an item's id in a file's name


def write_registers(folder: str, sheets: Sequence[Sheet]) -> None:
    """`registers/<name>.csv` for each, below a folder for each policy where there are several, and `registers.xlsx` where openpyxl is installed."""
    for sheet in sheets:
        path = os.path.join(folder, *place_of(sheet, sheets).split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_table(path, sheet)
    write_workbook(os.path.join(folder, WORKBOOK), sheets)


def write_lists(folder: str, attached: Iterable[tuple[Item, Sheet]], zone: Zone) -> None:
    """`registers/lists/<item>.<register>.csv` for each register that an item attaches, and `index.csv`, which says which is whose."""
    rows: list[tuple[str, str, str, str]] = []
    taken: dict[str, str] = {}
    for item, sheet in attached:
        name = f"{_short(item.id, taken)}.{file_name(sheet.name)}.csv"
        rows.append((item.id, sheet.name, zone.text(item.opened), name))
        os.makedirs(os.path.join(folder, FOLDER, LISTS), exist_ok=True)
        write_table(os.path.join(folder, FOLDER, LISTS, name), sheet)
    if rows:
        with open(os.path.join(folder, FOLDER, LISTS, "index.csv"), "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerows([("item", "register", "opened", "file"), *([safe(cell) for cell in row] for row in rows)])


def _short(item: str, taken: dict[str, str]) -> str:
    """An item's id as a file's name: cut where it is too long, and never that of another item."""
    name = file_name(item)
    if len(name.encode()) > LONGEST or taken.setdefault(name.casefold(), item) != item:
        name = f"{name.encode()[:LONGEST].decode(errors='ignore')}-{hashlib.sha256(item.encode()).hexdigest()[:8]}"
    return name


def write_index(folder: str, sheets: Sequence[Sheet]) -> None:
    """`registers.jsonl`: a register a line, its rows with whoever may read them."""
    with open(os.path.join(folder, INDEX), "w", encoding="utf-8", newline="") as file:
        file.writelines(json.dumps(asdict(sheet), ensure_ascii=False, separators=(",", ":")) + "\n" for sheet in sheets)


def place_of(sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    """Where a register's table stands in the folder."""
    several = len({one.policy for one in sheets}) > 1
    return "/".join([FOLDER, *([file_name(sheet.policy)] if several else []), f"{file_name(sheet.name)}.csv"])


def write_table(path: str, sheet: Sheet) -> None:
    """One register as a table for a spreadsheet, UTF-8 with a byte order mark; no cell is run as a formula."""
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        write_to(file, sheet)


def write_to(file: IO[str], sheet: Sheet) -> None:
    """The same to an open text file."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([safe(head) for head in sheet.heads])
    writer.writerows([str(cell) if isinstance(cell, int) else safe_value(cell) for cell in row.cells] for row in sheet.rows)
