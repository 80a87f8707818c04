"""The reject file: what it holds, and that no spreadsheet runs it."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from escalate.readers import Reject
from escalate.writers.rejects import COLUMNS, safe, unsafe, write_rejects, write_to


def test_a_reject_is_a_row(tmp_path):
    """Its place, its reason, the row as given; notes are left out."""
    path = tmp_path / "rejects.csv"
    rejects = [
        Reject("events.csv", 3, 5, "unknown-code", "code `Q` is not one", "s1,2025-11-03,am,Q"),
        Reject("events.csv", 4, 1, "mark-at", "kept", "x", kept=True),
        Reject("events.csv", 5, 1, "unknown-student", "student `=1+1` is not in the roster", '=1+1,"a\nb"'),
    ]

    assert write_rejects(path, rejects) == 2
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(COLUMNS)
    assert rows[1] == ["events.csv", "3", "5", "unknown-code", "code `Q` is not one", "s1,2025-11-03,am,Q"]
    assert rows[2][-1] == '\'=1+1,"a\nb"'


@given(st.text())
def test_no_cell_begins_like_a_formula(text):
    """And what was there can be had back."""
    written = safe(text)

    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert unsafe(written) == text.replace("\0", "\\0")


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]))))
def test_what_is_written_can_be_read(texts):
    """Whatever a row held."""
    file = io.StringIO(newline="")
    write_to(file, [Reject("e.csv", 1, 1, "k", "m", text) for text in texts])
    file.seek(0)

    assert [unsafe(row[-1]) for row in list(csv.reader(file))[1:]] == [text.replace("\0", "\\0") for text in texts]
