"""Mapping files: columns, codes, sessions and dates of a foreign file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate.events import Mark
from escalate.readers import parse_mapping, preset, read_events, read_mapping
from escalate.readers.mapping import PRESETS, ColumnMap
from escalate.source import Refused, Source

from .support import context, instant, read

DOCS = Path(__file__).parents[2] / "docs" / "mapping.md"


def mapping(text):
    found, problems = parse_mapping(Source("m.yaml", text))
    assert problems == ()
    return found


def test_a_foreign_file_becomes_ours(tmp_path):
    """Columns, a constant, codes, sessions, a declared order of the date, another delimiter."""
    found = mapping(
        'format: csv\ndelimiter: ";"\ncolumns: {student: 学号, date: 日期, session: 时段, code: 状态, known: 登记}\n'
        "codes: {缺: A, 到: P}\nsessions: {上午: am, 下午: pm}\ndate_format: D/M/YYYY\n"
    )
    text = "学号;日期;时段;状态;登记;备注\ns1;3/11/2025;上午;缺;3/11/2025 08:20;x\ns1;03/11/2025;下午;到;;\ns1;2025-11-03;下午;到;;\ns1;3/11/2025;下午;病;;\n"
    events, rejects = read(tmp_path, text, mapping=found)

    assert [(event.session, event.code) for event in events] == [("am", "A"), ("pm", "P")]
    assert events[0].known == instant("2025-11-03T08:20")
    assert [(reject.line, reject.column, reject.kind) for reject in rejects] == [
        (4, 4, "bad-date"),
        (5, 17, "unknown-code"),
    ]


@given(st.dates(), st.sampled_from(["D/M/YYYY", "M/D/YYYY", "YYYY-MM-DD", "DD.MM.YYYY", "YYYYMMDD", "YYYY/M/D"]))
def test_a_declared_order_is_read_back(date, form):
    """Every date in every form."""
    parts = {
        "YYYY": f"{date.year:04}",
        "MM": f"{date.month:02}",
        "DD": f"{date.day:02}",
        "M": str(date.month),
        "D": str(date.day),
    }
    text = re.sub("YYYY|MM|DD|M|D", lambda found: parts[found[0]], form)

    assert ColumnMap(date_format=form).dated(text) == date.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("columns: {student: a}", [(1, "missing-key")]),
        ("format: xml", [(1, "unknown-word")]),
        ("format: csv\ncolums: {}", [(2, "unknown-key")]),
        ("format: csv\ncolumns: {pupil: a}", [(2, "unknown-column")]),
        ("format: csv\ncolumns: {session: a}\nconstants: {session: day}", [(3, "twice")]),
        ("format: csv\ndate_format: D/M", [(2, "bad-date-format")]),
        ("format: csv\ndate_format: DMYYYY", [(2, "bad-date-format")]),
        ("format: csv\ndate_format: D/M-YYYY", [(2, "bad-date-format")]),
        ("format: csv\ndelimiter: ab", [(2, "bad-delimiter")]),
        ("format: csv\ncodes: [A]", [(2, "not-a-map")]),
    ],
)
def test_a_problem_has_its_place(text, expected):
    """Each at its line."""
    found, problems = parse_mapping(Source("m.yaml", text))

    assert found is None
    assert [(problem.span.line, problem.kind) for problem in problems] == expected


@pytest.mark.parametrize("name", PRESETS)
def test_what_ships_can_be_read(name):
    """By its name, wherever the package lies."""
    assert preset(name) == read_mapping(name)
    assert preset(name).declared


def test_the_examples_of_the_page_are_mappings():
    """Every YAML block in docs/mapping.md."""
    blocks = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)

    assert len(blocks) >= 4
    assert [parse_mapping(Source("docs", block))[1] for block in blocks] == [()] * len(blocks)


def test_a_blank_code_may_mean_something(tmp_path):
    """A blank status is what the teachers leave where nobody asked; without a line for it the row is set aside, and says what to add."""
    rows = "student,date,session,code,known\ns1,2025-11-03,am,,2025-11-03T09:00\n"
    columns = "format: csv\ncolumns: {student: student, date: date, session: session, code: code, known: known}\n"
    [event], _ = read(tmp_path, rows, mapping=mapping(columns + 'codes: {P: P, "": "-"}\n'))
    assert event.code == "-"
    _, [reject] = read(tmp_path, rows, mapping=mapping(columns + "codes: {P: P}\n"))
    assert (reject.kind, reject.help) == ("missing-field", 'if it means something, add it under `codes:` of the mapping, as `"": ...`')


def test_a_gbk_file_is_read_where_its_mapping_says_so(tmp_path):
    """As a Chinese Excel saves it; a row that is broken is set aside alone, and nothing is guessed without the mapping."""
    text = '学号,日期,时段,状态\ns1,2025-11-03,上午,缺\ns2,2025-11-03,下午,"到\n"\n'
    place = tmp_path / "export.csv"
    place.write_bytes(text.encode("gbk") + b"s3,2025-11-03,\xff\xff,A\n")
    columns = "columns: {student: 学号, date: 日期, session: 时段, code: 状态}\ncodes: {缺: A, 到: P}\nsessions: {上午: am, 下午: pm}\n"
    rows = list(read_events(place, context(), mapping=mapping(f"format: csv\nencoding: gbk\n{columns}")))
    assert [(row.student, row.code) if isinstance(row, Mark) else (row.line, row.kind) for row in rows] == [("s1", "A"), ("s2", "P"), (5, "not-utf8")]
    with pytest.raises(Refused, match="the file is not UTF-8"):
        list(read_events(place, context(), mapping=mapping(f"format: csv\n{columns}")))
