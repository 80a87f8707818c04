"""Registers as tables and as a workbook: whole, ready to print, and never run by a spreadsheet."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from escalate.registers import Row, Sheet
from escalate.writers import workbook
from escalate.writers.registers import place_of, write_index, write_registers, write_table, write_to
from escalate.writers.rejects import DANGEROUS
from escalate.writers.workbook import names_of, workbook_of

SHEET = Sheet(
    "away", "hill", "山坡小学控辍制度", "缺课学生台账", "2025-09-04", ("学号", "姓名", "连续旷课天数"),
    (Row(("s1", "甲", 2)), Row(("s2", "=HYPERLINK(1)", 12))), "保存 3 年", ("H-c1", "H-c2"), {"teacher": ("p1",)},
)  # fmt: skip
TEXTS = st.text() | st.sampled_from(["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "#N/A", "\0=1", "\ufeff=1", "\x1b", "\uffff", "_x000D_=1"])


def read(sheets):
    return load_workbook(io.BytesIO(workbook_of(sheets)))


def cells(sheet):
    """Every cell of a register as its workbook gives it back."""
    return [cell.value for row in read([sheet]).worksheets[0].iter_rows() for cell in row if cell.value is not None]


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
    assert ["registers/county_plan/away.csv", "registers/hill/away.csv", "registers.xlsx"] == sorted(
        (path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")), key=lambda name: (name.endswith("xlsx"), name)
    )


def test_the_index_says_who_may_read_which_row(tmp_path):
    """A register a line."""
    write_index(str(tmp_path), [SHEET, SHEET])
    lines = (tmp_path / "registers.jsonl").read_text("utf-8").splitlines()

    assert 2 == len(lines)
    assert [["s1", "甲", 2], ["s2", "=HYPERLINK(1)", 12]] == [row["cells"] for row in json.loads(lines[0])["rows"]]


def test_a_sheet_has_its_title_heads_and_rows():
    """Numbers stay numbers."""
    page = read([SHEET]).worksheets[0]

    assert "缺课学生台账" == page.title
    assert [
        ("山坡小学控辍制度  缺课学生台账  2025-09-04", None, None), ("学号", "姓名", "连续旷课天数"), ("s1", "甲", 2), ("s2", "'=HYPERLINK(1)", 12),
    ] == list(page.values)
    assert ["A1:C1"] == [str(merged) for merged in page.merged_cells.ranges]


def test_a_sheet_is_ready_to_print():
    """Landscape A4, as wide as the paper, heads frozen and on every page, borders, how long it is kept below."""
    page = read([SHEET]).worksheets[0]
    setup = page.page_setup

    assert ("landscape", 9, 1, 0, True) == (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage)
    assert ("A3", "$1:$2") == (page.freeze_panes, page.print_title_rows)
    assert ("保存 3 年  H-c1  H-c2", "&P / &N") == (page.oddFooter.left.text, page.oddFooter.right.text)
    assert {"thin"} == {cell.border.left.style for row in page.iter_rows(2, 4) for cell in row}
    assert [6, 15, 14] == [page.column_dimensions[letter].width for letter in "ABC"]


def test_a_register_of_one_column_has_nothing_to_merge():
    """A merged single cell is what a spreadsheet calls damaged; a long title gets more lines."""
    page = read([evolve(SHEET, heads=("人数",), rows=(Row((3,)),))]).worksheets[0]

    assert [] == list(page.merged_cells.ranges)
    assert 132 == page.row_dimensions[1].height
    assert 52 == read([SHEET]).worksheets[0].row_dimensions[1].height


def test_the_same_registers_give_the_same_bytes():
    """Nothing says when or where it was made."""
    packed = workbook_of([SHEET])

    assert packed == workbook_of([SHEET])
    core = ZipFile(io.BytesIO(packed)).read("docProps/core.xml").decode()
    assert 2 == core.count("2025-09-04T00:00:00Z")


def test_without_openpyxl_there_are_tables_only(tmp_path, monkeypatch):
    """A run does not need it."""
    monkeypatch.setattr(workbook, "find_spec", lambda name: None)
    write_registers(str(tmp_path), [SHEET])

    assert ["registers"] == [path.name for path in tmp_path.iterdir()]


def test_without_a_register_there_is_no_workbook(tmp_path):
    """A workbook has at least one sheet."""
    write_registers(str(tmp_path), [])

    assert [] == list(tmp_path.iterdir())


def test_a_register_that_is_too_long_goes_on_on_another_sheet(monkeypatch):
    """No row is left out."""
    monkeypatch.setattr(workbook, "MOST", 1)

    assert ["缺课学生台账", "缺课学生台账 2"] == read([SHEET]).sheetnames


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (["a/b:c", "A/B:C"], ["a b c", "A B C 2"]), (["'x'", ""], ["x", "away"]), (["History"], ["History 2"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 26 + " 2"]),
    ],
)  # fmt: skip
def test_names_of_sheets_are_allowed_and_each_its_own(titles, names):
    """No sign that a spreadsheet refuses, 31 at most, whatever the case."""
    assert names == names_of([evolve(SHEET, title=title) for title in titles])


def test_a_footer_shows_what_is_written():
    """A `&` is a command there."""
    page = read([evolve(SHEET, kept="A&B", cites=())]).worksheets[0]

    assert "A&&B" == page.oddFooter.left.text


@given(TEXTS, TEXTS, st.lists(st.tuples(TEXTS, TEXTS, TEXTS | st.integers(-9, 9)), max_size=3))
def test_no_cell_is_run(title, head, rows):
    """Of a table or a workbook, whatever the texts: titles, heads and rows."""
    sheet = evolve(SHEET, title=title, heading=head, heads=(head, title, head), rows=tuple(map(Row, rows)))
    text = io.StringIO(newline="")
    write_to(text, sheet)
    read_back = [cell for row in csv.reader(io.StringIO(text.getvalue(), newline="")) for cell in row]

    assert [] == [cell for cell in read_back if cell.startswith(DANGEROUS) and not cell.startswith("'")]
    assert [] == [cell for cell in cells(sheet) if isinstance(cell, str) and cell.startswith(DANGEROUS) and not cell.startswith("'")]


@given(st.lists(TEXTS, max_size=6))
def test_every_title_gives_a_sheet(titles):
    """A workbook that can be read back."""
    sheets = [evolve(SHEET, title=title) for title in titles]

    assert len(sheets) == (len(read(sheets).sheetnames) if sheets else 0)
