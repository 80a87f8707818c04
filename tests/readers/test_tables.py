"""CSV line by line: the csv module's cells, and a bad quote that costs its own row only."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.readers.tables import Fault, cell_place, lines_of

cell = st.text(st.sampled_from('ab é,;"\n '), max_size=6)


def rows(text):
    return list(lines_of(io.BytesIO(text.encode())))


@given(st.lists(st.lists(cell, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_the_csv_module_writes_is_read(table):
    """Quotes, commas and line breaks inside cells."""
    table = [["head", "of", "table"], *(row for row in table if any(row))]
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(table)

    assert [cells for _, _, cells in rows(file.getvalue())] == table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n1,"x\n2,y\n3,z\n', [1, 2, 3, 4]),
        ('a,b\n"1,x\n2,y\n3",z,more\n4,z\n', [1, 2, 3, 4, 5]),
        ('a,b\n1,"x\ny"\n2,z\n', [1, 2, 4]),
    ],
)
def test_an_unclosed_quote_costs_its_own_row_only(text, expected):
    """Each row keeps the number of the line it begins on."""
    assert [number for number, _, _ in rows(text)] == expected


def test_faults_are_placed():
    """Where the bad sign stands."""
    found = [cells for _, _, cells in rows('a,b\nx,\0\nx,y\rz\nx,"y"z\n')][1:]

    assert [(fault.kind, fault.column) for fault in found if isinstance(fault, Fault)] == [
        ("nul", 3),
        ("line-end", 4),
        ("bad-quote", 3),
    ]


@pytest.mark.parametrize(("index", "expected"), [(0, (1, 3)), (1, (4, 9)), (2, (10, 11)), (3, (11, 12))])
def test_a_cell_has_its_place(index, expected):
    """Counted from 1; quotes belong to the cell; an empty cell is one column wide."""
    assert cell_place('ab,"c,d",,e', index) == expected
