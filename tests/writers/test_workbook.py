"""Registers as a workbook: ready to print, the same bytes each time, and never run by a spreadsheet."""

import io
from zipfile import ZipFile

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from escalate.registers import Row
from escalate.writers import workbook
from escalate.writers.rejects import DANGEROUS, NUMERAL
from escalate.writers.workbook import names_of, workbook_of, write_workbook

from .sheets import SHEET, TEXTS, sheet_of

openpyxl = pytest.importorskip("openpyxl", reason="the package openpyxl is not installed")


def read(sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook_of(sheets)))


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

    assert (0.4, 0.6) == (page.page_margins.left, page.page_margins.top)
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


def test_a_sheet_of_no_date_has_none_in_its_title():
    """The table of a policy is one."""
    assert "山坡小学控辍制度  缺课学生台账" == read([evolve(SHEET, date="")]).worksheets[0].cell(1, 1).value


def test_the_same_registers_give_the_same_bytes():
    """Nothing says when or where it was made."""
    packed = workbook_of([SHEET])

    assert packed == workbook_of([SHEET])
    core = ZipFile(io.BytesIO(packed)).read("docProps/core.xml").decode()
    assert 2 == core.count("2025-09-04T00:00:00Z")


def test_without_a_register_there_is_no_workbook(tmp_path):
    """A workbook has at least one sheet."""
    write_workbook(str(tmp_path / "registers.xlsx"), [])

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


@given(sheet_of(TEXTS))
def test_no_cell_is_run(sheet):
    """Whatever the texts: titles, heads and rows."""
    cells = [cell for row in read([sheet]).worksheets[0].iter_rows() for cell in row if cell.value is not None]

    texts = [cell.value for cell in cells if isinstance(cell.value, str) and not NUMERAL.fullmatch(cell.value)]

    assert [] == [text for text in texts if text.startswith(DANGEROUS) and not text.startswith("'")]
    assert {"s", "n"} >= {cell.data_type for cell in cells}


@given(st.lists(TEXTS, max_size=6))
def test_every_title_gives_a_sheet(titles):
    """A workbook that can be read back."""
    sheets = [evolve(SHEET, title=title) for title in titles]

    assert len(sheets) == (len(read(sheets).sheetnames) if sheets else 0)
