"""What was expected beside what came."""

from rich.cells import cell_len

from escalate.reports.beside import Row, as_diff, side_by_side
from escalate.reports.weeks import plain

ROWS = [
    Row("2025-11-03", "{issued: 家访}", "{issued: visit, by: teacher}", agrees=True),
    Row("2025-11-03", "{issued: report, due: 2025-11-04}", "{issued: report, by: teacher, due: 2025-11-05}", agrees=False, why="because", differs=("due",)),
    Row("2025-11-04", "{issued: visit}", "{issued: visit}", agrees=True),
    Row("2025-11-05", "{told: tell}", "", agrees=False),
    Row("2025-11-06", "", "{withdrawn: report}", agrees=False, why="so"),
]


def test_two_columns():
    """A date once, a sign for each row, and the fields that differ below what came."""

    assert [
        "                 expected                          │ came",
        "  2025-11-03  ✓  {issued: 家访}                    │ {issued: visit, by: teacher}",
        "              ✗  {issued: report, due: 2025-11-04} │ {issued: report, by: teacher, due: 2025-11-05}",
        "                                                   │ ≠ due",
        "  2025-11-04  ✓  {issued: visit}                   │ {issued: visit}",
        "  2025-11-05  ✗  {told: tell}                      │",
        "  2025-11-06  ✗                                    │ {withdrawn: report}",
    ] == [plain(line) for line in side_by_side(ROWS, "en", 120)]


def test_columns_fit_their_width():
    """What is longer goes on below."""
    lines = [plain(line) for line in side_by_side(ROWS, "zh", 72)]

    assert max(map(cell_len, lines)) <= 72
    assert "预期" in lines[0]
    assert ["✗  {issued: report, due:", "2025-11-04}", ""] == [line.split("│")[0].strip() for line in lines[3:6]]
    assert ["{issued: report, by:", "teacher, due: 2025-11-05}", "≠ due"] == [line.split("│")[1].strip() for line in lines[3:6]]


def test_a_diff():
    """Of the dates on which something differs, with what agrees around it and why the rest came."""

    assert [
        "  --- expected",
        "  +++ came",
        "  @@ 2025-11-03 @@",
        "   {issued: 家访}",
        "  -{issued: report, due: 2025-11-04}",
        "  +{issued: report, by: teacher, due: 2025-11-05}",
        "        ≠ due",
        "        because",
        "  @@ 2025-11-05 @@",
        "  -{told: tell}",
        "  @@ 2025-11-06 @@",
        "  +{withdrawn: report}",
        "        so",
    ] == [plain(line) for line in as_diff(ROWS, "en")]
    assert [] == as_diff(ROWS[:1], "en")
