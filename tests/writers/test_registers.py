"""Registers as tables, and as the file from which shares are taken."""

import csv
import io
import json

from attrs import evolve
from hypothesis import given

from escalate.ledger import Item
from escalate.times import Zone
from escalate.writers import workbook
from escalate.writers.registers import place_of, write_index, write_lists, write_registers, write_table, write_to
from escalate.writers.rejects import DANGEROUS, NUMERAL

from .sheets import SHEET, TEXTS, sheet_of


def table(path):
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


def test_a_table_has_titles_and_rows(tmp_path):
    """UTF-8 with a byte order mark, a quote before what would be a formula."""
    write_table(str(tmp_path / "away.csv"), SHEET)

    assert (tmp_path / "away.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert [["学号", "姓名", "连续旷课天数"], ["s1", "甲", "2"], ["s2", "'=HYPERLINK(1)", "12"]] == table(tmp_path / "away.csv")


def test_a_folder_of_one_policy_and_of_several(tmp_path):
    """Of several policies each has a folder, so that one's register never takes the place of another's."""
    other = evolve(SHEET, policy="county/plan")

    assert "registers/away.csv" == place_of(SHEET, [SHEET])
    assert ["registers/hill/away.csv", "registers/county_plan/away.csv"] == [place_of(sheet, [SHEET, other]) for sheet in (SHEET, other)]
    write_registers(str(tmp_path), [SHEET, other])
    assert ["registers/county_plan/away.csv", "registers/hill/away.csv"] == sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv"))


def test_the_index_says_who_may_read_which_row(tmp_path):
    """A register a line."""
    write_index(str(tmp_path), [SHEET, SHEET])
    lines = (tmp_path / "registers.jsonl").read_text("utf-8").splitlines()

    assert 2 == len(lines)
    assert [["s1", "甲", 2], ["s2", "=HYPERLINK(1)", 12]] == [row["cells"] for row in json.loads(lines[0])["rows"]]


def test_without_openpyxl_there_are_tables_only(tmp_path, monkeypatch):
    """A run does not need it."""
    monkeypatch.setattr(workbook, "find_spec", lambda name: None)
    write_registers(str(tmp_path), [SHEET])

    assert ["registers"] == [path.name for path in tmp_path.iterdir()]


@given(sheet_of(TEXTS))
def test_no_cell_is_run(sheet):
    """Whatever the texts: heads and rows; and taking the first `'` away gives back what was there, but for a NUL."""
    text = io.StringIO(newline="")
    write_to(text, sheet)
    rows = list(csv.reader(io.StringIO(text.getvalue(), newline="")))
    given_cells = [str(cell).replace("\0", "\\0") for row in (sheet.heads, *(row.cells for row in sheet.rows)) for cell in row]

    assert [] == [cell for row in rows for cell in row if cell.startswith(DANGEROUS) and not cell.startswith("'") and not NUMERAL.fullmatch(cell)]
    assert given_cells == [cell.removeprefix("'") for row in rows for cell in row]


def test_two_items_never_share_a_file(tmp_path):
    """Ids that differ in a sign that no file may have, and one that is too long."""
    ids = ("hill/s1/a", "hill/s1_a", "hill/" + "童" * 100)
    items = [Item(id, "hill", "-", "a.b", "a", 1, "b", "c", "d", "1", 0, 0) for id in ids]
    write_lists(str(tmp_path), [(item, SHEET) for item in items], Zone("Asia/Shanghai"))
    rows = table(tmp_path / "registers" / "lists" / "index.csv")

    assert [[id, "away"] for id in ids] == [row[:2] for row in rows[1:]]
    assert 3 == len({row[3].casefold() for row in rows[1:]})
    assert all((tmp_path / "registers" / "lists" / row[3]).exists() for row in rows[1:])
