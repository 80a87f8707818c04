"""Open Education Analytics: whole days, and sections with dates written day first."""

from __future__ import annotations

import csv
import datetime
from collections import Counter

from escalate.events import Mark
from escalate.readers import Reject, read_events, read_oea_batch, read_oea_sections

from .support import context, real

BATCH = """\
calendar: contoso
timezone: America/New_York
sessions: {day: "08:00-15:00"}
terms: {january: {from: 2022-01-03, to: 2022-01-31}}
"""


def sections(names):
    clock = [f"{8 + n // 2:02}:{30 * (n % 2):02}-{8 + n // 2:02}:{30 * (n % 2) + 29:02}" for n in range(len(names))]
    held = ", ".join(f'{name}: "{times}"' for name, times in zip(names, clock, strict=True))
    return f"calendar: c\ntimezone: America/New_York\nsessions: {{{held}}}\nterms: {{year: {{from: 2019-09-01, to: 2020-06-30}}}}\n"


def test_whole_days_of_a_batch():
    """12,000 marks of 600 students on 20 days."""
    rows = list(read_oea_batch(real("oea/batch1_studentattendance.csv"), context(BATCH, roster=None)))

    assert Counter(row.code for row in rows) == {"P": 10_715, "A": 1_285}
    assert len({row.student for row in rows}) == 600
    assert {row.session for row in rows} == {"day"}


def test_sections_with_dates_day_first():
    """1,462 marks, one of them twice; 1/9/2019 is the first of September."""
    path = real("oea/framework_day1_studentattendance_part1.csv")
    with open(path, encoding="utf-8", newline="") as file:
        names = sorted({row["section_id"] for row in csv.DictReader(file)})
    given = context(sections(names), roster=None)
    rows = list(read_oea_sections(path, given))
    marks = [row for row in rows if isinstance(row, Mark)]

    assert len(marks) == 1462
    assert Counter(mark.code for mark in marks) == {"P": 1170, "A": 292}
    assert min(mark.date for mark in marks) == datetime.date(2019, 9, 1)
    assert len({(mark.student, mark.date, mark.session, mark.code) for mark in marks}) == 1461
    assert all(row.kept for row in rows if isinstance(row, Reject))


def test_without_a_declared_order_no_date_is_guessed(tmp_path):
    """Every row is set aside, and its help names the key."""
    from attrs import evolve

    from escalate.readers import preset

    path = real("oea/framework_day1_studentattendance_part1.csv")
    rows = list(
        read_events(
            path, context(sections(["sec1"]), roster=None), mapping=evolve(preset("oea-sections"), date_format="")
        )
    )

    assert {row.kind for row in rows} == {"ambiguous-date"}
    assert "date_format" in rows[0].help
