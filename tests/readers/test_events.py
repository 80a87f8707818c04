"""Events: what a row means, what is set aside, and that the rest goes on."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from escalate.days import DayPlan
from escalate.events import (
    AssignmentEdit,
    CalendarEdit,
    Document,
    Fact,
    Flag,
    Mark,
    Outcome,
    RosterEdit,
    Status,
    Void,
)
from escalate.readers import Reject, Tally, read_events
from escalate.readers.mapping import ColumnMap
from escalate.source import Refused

from .support import context, instant, read

HEAD = "student,date,session,code,known,recorded\n"
MON = datetime.date(2025, 11, 3)


def mark(**given):
    base = {"student": "s1", "date": MON, "session": "am", "code": "A", "known": instant("2025-11-03T08:00"), "seq": 2}
    return Mark(**{**base, **given})


def kinds(rejects):
    return [(reject.line, reject.column, reject.kind) for reject in rejects]


# --- marks ------------------------------------------------------------------------------------------


def test_a_mark_that_says_nothing_of_times_was_known_at_its_session(tmp_path):
    """Without `known` and `recorded`: the session's start."""
    assert read(tmp_path, "student,date,session,code\ns1,2025-11-03,am,A\n") == ([mark()], [])


@pytest.mark.parametrize(
    ("known", "recorded", "expected", "wrote"),
    [
        ("2025-11-03T08:10", "", "2025-11-03T08:10", None),
        ("", "2025-11-03T08:10", "2025-11-03T08:10", "2025-11-03T08:10"),
        ("2025-11-05", "2025-11-03", "2025-11-05T17:30", "2025-11-03T08:00"),
        ("2025-11-03", "2025-11-04", "2025-11-03T08:00", "2025-11-04T17:30"),
        ("2025-11-03T09:00:00.9+08:00", "2025-11-03T00:30Z", "2025-11-03T09:00", "2025-11-03T08:30"),
    ],
)
def test_known_and_recorded(tmp_path, known, recorded, expected, wrote):
    """A bare date is its close; on the mark's own date it is the session's start."""
    events, _ = read(tmp_path, f"{HEAD}s1,2025-11-03,am,A,{known},{recorded}\n")

    assert events == [mark(known=instant(expected), recorded=instant(wrote) if wrote else None)]


@pytest.mark.parametrize(
    ("known", "recorded", "expected", "wrote"),
    [
        ("", "", "2025-11-09T10:00", None),
        ("2025-11-03T08:10", "", "2025-11-09T10:00", "2025-11-03T08:10"),
        ("2025-11-03T08:10", "2025-11-03T08:05", "2025-11-09T10:00", "2025-11-03T08:05"),
        ("2025-11-10T08:10", "", "2025-11-10T08:10", None),
        ("", "2025-11-03T08:05", "2025-11-09T10:00", "2025-11-03T08:05"),
    ],
)
def test_received_stamps(tmp_path, known, recorded, expected, wrote):
    """An offline village's upload: known when it reached us, recorded when it was written."""
    events, _ = read(tmp_path, f"{HEAD}s1,2025-11-03,am,A,{known},{recorded}\n", received=instant("2025-11-09T10:00"))

    assert events == [mark(known=instant(expected), recorded=instant(wrote) if wrote else None)]


def test_the_context_may_hold_received(tmp_path):
    """The same stamp for every file."""
    events, _ = read(tmp_path, f"{HEAD}s1,2025-11-03,am,A,,\n", given=context(received=instant("2025-11-09T10:00")))

    assert events[0].known == instant("2025-11-09T10:00")


def test_dates_with_the_year_first_are_read_as_spreadsheets_save_them(tmp_path):
    """In a mark's date and its instants, in a status too."""
    found = read(tmp_path, f"{HEAD}s1,2025/11/3,am,A,2025/11/3 8:10,\n")
    rows = "type,student,status,at\nstatus,s1,returned,2025/11/3 9:00\n"

    assert found == read(tmp_path, f"{HEAD}s1,2025-11-03,am,A,2025-11-03T08:10,\n") and found[1] == []
    assert read(tmp_path, rows) == read(tmp_path, rows.replace("2025/11/3 9:00", "2025-11-03T09:00"))


def test_a_wrong_row_is_set_aside_and_the_rest_goes_on(tmp_path):
    """Every fault at its place, and the right rows between them."""
    rows = [
        ("s9,2025-11-03,am,A,", 1, "unknown-student"),
        ("s1,2025-11-03,am,Q,", 18, "unknown-code"),
        ("s1,2025-13-03,am,A,", 4, "bad-date"),
        ("s1,3/11/2025,am,A,", 4, "ambiguous-date"),
        ("s1,2024-11-03,am,A,", 4, "outside-calendar"),
        ("s1,2025-11-03,night,A,", 15, "unknown-session"),
        ("s1,2025-11-03,,A,", 15, "missing-field"),
        ("s1,,am,A,", 4, "missing-field"),
        (",2025-11-03,am,A,", 1, "missing-field"),
        ("s1,2025-11-03,am,,", 18, "missing-field"),
        ("s1,2025-11-03,am,A,yesterday", 20, "bad-date"),
        ("s1,2025-11-03,am,A", 1, "wrong-columns"),
        ("s1,2025-11-03,am,A,,", 1, "wrong-columns"),
        ("s1,2025-11-03,am,A,\0", 20, "nul"),
        ('s1,2025-11-03,"am,A,', 15, "bad-quote"),
        ('s1,2025-11-03,"a"m,A,', 15, "bad-quote"),
        ("s" * 5000 + ",2025-11-03,am,A,", 1, "too-long"),
        ("s" * 200_000 + ",2025-11-03,am,A,", 100_001, "too-long"),
    ]
    text = "student,date,session,code,known\n" + "".join(f"{row}\ns1,2025-11-03,am,A,\n" for row, _, _ in rows)
    events, rejects = read(tmp_path, text)

    assert kinds(rejects) == [(2 + 2 * n, column, kind) for n, (_, column, kind) in enumerate(rows)]
    assert [event.seq for event in events] == [3 + 2 * n for n in range(len(rows))]


def test_a_row_that_is_not_utf8_is_set_aside(tmp_path):
    """One GBK row in a file of UTF-8."""
    text = (
        b"student,date,session,code,source\ns1,2025-11-03,am,A," + "甲".encode("gb18030") + b"\ns1,2025-11-03,pm,A,\n"
    )
    events, rejects = read(tmp_path, text)

    assert kinds(rejects) == [(2, 20, "not-utf8")]
    assert "GBK" in rejects[0].message
    assert [event.session for event in events] == ["pm"]


def test_a_quoted_cell_may_span_lines(tmp_path):
    """A line break inside quotes is part of the cell, and the next row's number is its own."""
    text = 'type,student,status,at,cause\nstatus,s1,returned,2025-11-03,"back\nagain, ""soon"""\nstatus,s2,returned,2025-11-03,\n'
    events, rejects = read(tmp_path, text)

    assert rejects == []
    assert [(event.cause, event.seq) for event in events] == [('back\nagain, "soon"', 2), ("", 4)]


def test_a_mark_where_no_session_is_held_is_taken_as_it_is(tmp_path):
    """A Sunday's mark, and an afternoon's on a day with a morning only: events that come later may hold it, so the engine tells of it."""
    events, rejects = read(tmp_path, "student,date,session,code\ns1,2025-11-02,am,A\ns1,2025-11-14,pm,A\n")

    assert len(events) == 2
    assert rejects == []


def test_blanks_are_no_rows(tmp_path):
    """Empty lines, and the row of commas that a spreadsheet leaves."""
    assert read(tmp_path, "student,date,session,code\r\n\r\n,,,\r\n s1 ,2025-11-03 , am, A\r\n")[0] == [mark(seq=4)]


def test_an_at_that_is_not_the_sessions_start_is_noted(tmp_path):
    """A mark is about its session's start, whatever it says."""
    text = "student,date,session,code,at\ns1,2025-11-03,am,A,2025-11-03T08:00\ns1,2025-11-03,am,A,2025-11-03\ns1,2025-11-03,am,A,2025-11-03T09:00\n"
    events, rejects = read(tmp_path, text)

    assert len(events) == 3
    assert kinds(rejects) == [(4, 20, "mark-at")]


def test_minutes_and_seq_are_numbers(tmp_path):
    """Whole and within bounds."""
    text = "student,date,session,code,minutes,seq\n" + "".join(
        f"s1,2025-11-03,am,L,{m},{s}\n" for m, s in (("20", "7"), ("-1", ""), ("2000", ""), ("", "x"))
    )
    events, rejects = read(tmp_path, text)

    assert [(event.minutes, event.seq) for event in events] == [(20, 7)]
    assert kinds(rejects) == [(3, 20, "bad-number"), (4, 20, "bad-number"), (5, 21, "bad-number")]


# --- files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "empty-file"),
        ("student,date,session\n", "missing-column"),
        ("student;date;session;code\n", "missing-column"),
        ("type,studnt,date,session,code\n", "missing-column"),
        ("student,date,session,code,code\n", "repeated-column"),
        ("student,date,session,code,甲\n".encode("gb18030"), "not-utf8"),
        ("student,date,session,code\n".encode("utf-16"), "not-utf8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(tmp_path, text, kind):
    """Before the first row is asked for."""
    path = tmp_path / "events.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())

    with pytest.raises(Refused) as refused:
        read_events(path, context())

    assert refused.value.problems[0].kind == kind


def unread(tmp_path, text, **more):
    """What is wrong with a table that cannot be read."""
    path = tmp_path / "events.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_events(path, context(), **more)
    return refused.value.problems


def test_columns_that_are_missing_are_one_problem_that_says_which_they_may_be(tmp_path):
    """As a clerk's own table calls them; in a mapping file the columns are ours: theirs."""
    [problem] = unread(tmp_path, "学号,日期,节次,考勤\ns1,2025-11-03,am,A\n")

    assert problem.message == "the columns `student`, `date`, `session`, `code` are missing"
    assert "`columns: {student: 学号, date: 日期, session: 节次, code: 考勤}`" in problem.help
    assert "`学号` to `student`" in problem.help


def test_a_column_that_a_mapping_names_and_the_file_lacks_is_sought_by_what_it_is(tmp_path):
    """The mapping says 学号, the file 学籍号."""
    mapping = ColumnMap(format="csv", columns={"student": "学号", "date": "日期", "session": "节", "code": "状态"}, declared=True)
    [problem] = unread(tmp_path, "学籍号,日期,节,状态\ns1,2025-11-03,am,A\n", mapping=mapping)

    assert problem.help == "rename `学籍号` to `学号`, or write in a mapping file `columns: {student: 学籍号}`"


def test_a_column_that_is_another_is_not_taken_for_one_that_is_missing(tmp_path):
    """`session` and `person` look alike, as `session` and `sesion` do."""
    [other], [misspelt] = (unread(tmp_path, f"student,date,{heading},code\ns1,2025-11-03,am,A\n") for heading in ("person", "sesion"))

    assert other.help == "add it, or map another column to it in a mapping file"
    assert "`sesion` to `session`" in misspelt.help


def test_a_header_that_cannot_be_read_is_the_problem_and_not_the_columns(tmp_path):
    """A quote that is never closed."""
    assert [problem.kind for problem in unread(tmp_path, 'student,"date,session,code\ns1,2025-11-03,am,A\n')] == ["bad-quote"]


def test_a_missing_file_and_an_unknown_ending_are_refused(tmp_path):
    """At once, too."""
    for name in ("none.csv", "none.jsonl", "none.pdf"):
        with pytest.raises(Refused):
            read_events(tmp_path / name, context())


def test_a_column_that_nobody_reads_is_noted_once(tmp_path):
    """With the name that was probably meant."""
    events, rejects = read(tmp_path, "student,date,session,code,minuts\ns1,2025-11-03,am,L,5\ns1,2025-11-03,pm,L,5\n")

    assert len(events) == 2
    assert [(reject.line, reject.column, reject.kind, reject.help) for reject in rejects] == [
        (1, 27, "unknown-column", "did you mean `minutes`?")
    ]


def test_a_byte_order_mark_is_dropped(tmp_path):
    """What Excel writes."""
    assert read(tmp_path, "\ufeffstudent,date,session,code\ns1,2025-11-03,am,A\n")[0] == [mark()]


# --- other types --------------------------------------------------------------------------------------

COLUMNS = "type,student,at,known,status,cause,flag,value,action,item,done,result,by,to,times,document,fact,about,level,target,role,of,person,from,date,school,kind,sessions,weekday,office,column,id"
AT = "2025-11-03T09:00"


def row(**cells):
    return ",".join(cells.get({"from": "from_"}.get(name, name), "") for name in COLUMNS.split(","))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"type": "status", "student": "s1", "at": AT, "status": "dropped_out", "cause": "厌学"}, Status(student="s1", status="dropped_out", cause="厌学", at=instant(AT), known=instant(AT))),
        ({"type": "flag", "student": "s1", "at": AT, "flag": "poor"}, Flag(student="s1", flag="poor", value="yes", at=instant(AT), known=instant(AT))),
        ({"type": "flag", "student": "s1", "at": AT, "flag": "distance", "value": "3.5"}, Flag(student="s1", flag="distance", value="3.5", at=instant(AT), known=instant(AT))),
        (
            {"type": "outcome", "student": "s1", "at": AT, "action": "visit", "done": "no", "result": "refused", "by": "p1+p2", "times": "2", "known": "2025-11-04"},
            Outcome(student="s1", action="visit", done=False, result="refused", by="p1+p2", times=2, at=instant(AT), known=instant("2025-11-04T17:30")),
        ),
        ({"type": "document", "student": "s1", "at": "2025-11-03", "document": "note", "by": "parent"}, Document(student="s1", document="note", by="parent", at=instant("2025-11-03T17:30"), known=instant("2025-11-03T17:30"))),
        ({"type": "fact", "student": "s1", "at": AT, "fact": "score", "value": "88.50"}, Fact(about="s1", fact="score", value="88.50", at=instant(AT), known=instant(AT))),
        ({"type": "fact", "about": "7-1", "level": "class", "at": AT, "fact": "complaint"}, Fact(about="7-1", level="class", fact="complaint", at=instant(AT), known=instant(AT))),
        ({"type": "void", "student": "s1", "target": "e1", "known": AT}, Void(student="s1", target="e1", known=instant(AT))),
        ({"type": "assignment", "role": "principal", "of": "north", "person": "p1", "from_": "2025-09-01", "to": "2025-12-31", "known": AT}, AssignmentEdit(role="principal", of="north", person="p1", start=datetime.date(2025, 9, 1), end=datetime.date(2025, 12, 31), known=instant(AT))),
        ({"type": "calendar", "date": "2025-11-05", "kind": "closed", "school": "north", "known": AT}, CalendarEdit(date=datetime.date(2025, 11, 5), school="north", plan=DayPlan("closed", ()), known=instant(AT))),
        ({"type": "calendar", "date": "2025-11-08", "kind": "make_up", "weekday": "friday", "office": "yes", "known": AT}, CalendarEdit(date=datetime.date(2025, 11, 8), plan=DayPlan("make_up", None, 4), office=True, known=instant(AT))),
        ({"type": "calendar", "date": "2025-11-05", "kind": "exam", "sessions": "am+pm", "known": AT}, CalendarEdit(date=datetime.date(2025, 11, 5), plan=DayPlan("exam", ("am", "pm")), known=instant(AT))),
        ({"type": "roster", "student": "s1", "column": "class", "value": "7-2", "from_": "2025-11-10", "known": AT}, RosterEdit(student="s1", column="class", value="7-2", start=datetime.date(2025, 11, 10), known=instant(AT))),
    ],
)  # fmt: skip
def test_each_type_has_its_fields(tmp_path, cells, expected):
    """The columns of the design, one type a row; the same from JSON Lines."""
    from attrs import evolve

    events, rejects = read(tmp_path, f"{COLUMNS}\n{row(id='e9', **cells)}\n")
    lines = json.dumps({**{key.rstrip("_"): value for key, value in cells.items()}, "id": "e9"}, ensure_ascii=False)
    again, more = read(tmp_path, lines + "\n", name="events.jsonl")

    assert (rejects, more) == ([], [])
    assert events == [evolve(expected, id="e9", seq=2)]
    assert again == [evolve(expected, id="e9", seq=1)]


@pytest.mark.parametrize(
    ("cells", "field", "kind"),
    [
        ({"student": "s1", "at": AT}, "type", "missing-field"),
        ({"type": "statuss", "student": "s1", "at": AT}, "type", "unknown-type"),
        ({"type": "status", "student": "s1", "at": AT}, "status", "missing-field"),
        ({"type": "status", "student": "s1", "at": AT, "status": "droped_out"}, "status", "unknown-status"),
        ({"type": "status", "student": "s1", "status": "returned"}, "at", "missing-field"),
        ({"type": "status", "student": "s1", "status": "returned", "at": "3/11/2025"}, "at", "ambiguous-date"),
        ({"type": "status", "student": "s7", "status": "returned", "at": AT}, "student", "unknown-student"),
        ({"type": "outcome", "student": "s1", "at": AT}, "action", "missing-field"),
        ({"type": "outcome", "student": "s1", "at": AT, "action": "visit", "done": "perhaps"}, "done", "bad-value"),
        ({"type": "outcome", "student": "s1", "at": AT, "action": "visit", "times": "0"}, "times", "bad-number"),
        ({"type": "void", "student": "s1", "known": AT}, "target", "missing-field"),
        ({"type": "void", "student": "s1", "target": "e1"}, "known", "missing-field"),
        ({"type": "fact", "at": AT, "fact": "score"}, "about", "missing-field"),
        ({"type": "assignment", "role": "r", "of": "o", "person": "p", "from_": "2025-09-02", "to": "2025-09-01", "known": AT}, "to", "bad-dates"),
        ({"type": "calendar", "date": "2020-11-05", "kind": "closed", "known": AT}, "date", "outside-calendar"),
        ({"type": "calendar", "date": "2025-11-05", "known": AT}, "kind", "missing-field"),
        ({"type": "calendar", "date": "2025-11-05", "kind": "exam", "sessions": "evening", "known": AT}, "sessions", "unknown-session"),
        ({"type": "calendar", "date": "2025-11-05", "kind": "make_up", "known": AT}, "weekday", "missing-field"),
        ({"type": "calendar", "kind": "closed", "known": AT}, "date", "missing-field"),
        ({"type": "calendar", "date": "2025-11-05", "office": "perhaps", "known": AT}, "office", "bad-value"),
        ({"type": "roster", "student": "s1", "column": "student", "value": "s2", "known": AT}, "column", "bad-value"),
        ({"type": "roster", "student": "s1", "value": "s2", "known": AT}, "column", "missing-field"),
    ],
)  # fmt: skip
def test_each_type_is_checked(tmp_path, cells, field, kind):
    """The column to blame, and its place."""
    events, rejects = read(tmp_path, f"{COLUMNS}\n{row(**cells)}\n")

    assert events == []
    assert [(reject.field, reject.kind) for reject in rejects] == [(field, kind)]
    before = row(**cells).split(",")[: COLUMNS.split(",").index(field)]
    assert rejects[0].column == sum(map(len, before)) + len(before) + 1


def test_shared_edits_take_received_for_known(tmp_path):
    """An edit that does not say when it was known is known when it reached us."""
    events, _ = read(tmp_path, f"{COLUMNS}\n{row(type='void', student='s1', target='e1')}\n", received=instant(AT))

    assert events[0].known == instant(AT)


# --- JSON Lines -----------------------------------------------------------------------------------------


def test_json_values_are_their_text(tmp_path):
    """A number keeps its digits, a truth is yes or no, a list is joined, null is nothing."""
    text = '{"type": "fact", "student": "s1", "fact": "score", "value": 0.10, "at": "2025-11-03", "id": null}\n\n'
    text += '{"type": "outcome", "student": "s1", "action": "visit", "done": false, "by": ["p1", "p2"], "times": 2, "at": "2025-11-03", "other": 1}\n'
    events, rejects = read(tmp_path, text, name="events.jsonl")

    assert (events[0].value, events[0].id) == ("0.10", "")
    assert (events[1].done, events[1].by, events[1].times, events[1].seq) == (False, "p1+p2", 2, 3)
    assert [(reject.line, reject.kind, reject.kept) for reject in rejects] == [(3, "unknown-column", True)]


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "3", '{"type": "mark"} x', '{"type": NaN}', '{"type": {"a": 1}}', '{"type": "mark", "type": "void"}',
        '{"type": "\\ud800"}', '{"type": "a\\u0000"}', "[" * 90_000, '{"a": "' + "x" * 100_001 + '"}', "\ufffe",
    ],
)  # fmt: skip
def test_odd_json_is_set_aside(tmp_path, line):
    """And the row after it is read."""
    good = '{"type": "mark", "student": "s1", "date": "2025-11-03", "session": "am", "code": "A"}'
    events, rejects = read(tmp_path, f"{good}\n{line}\n{good}\n", name="events.jsonl")

    assert len(events) == 2
    assert [reject.line for reject in rejects if not reject.kept] == [2]


# --- whole files ------------------------------------------------------------------------------------------


def test_the_tally_counts(tmp_path):
    """Events by type, rejects and notes by kind, ids that came before."""
    path = tmp_path / "events.csv"
    path.write_text(
        "id,student,date,session,code,at\ne1,s1,2025-11-03,am,A,\ne1,s1,2025-11-03,am,A,\n,s9,2025-11-03,am,A,\n,s1,2025-11-03,am,A,2025-11-04\n"
    )
    tally = Tally()
    rows = list(tally.over(read_events(path, context())))

    assert len(rows) == 5
    assert (dict(tally.events), dict(tally.rejects), dict(tally.notes), tally.repeated) == (
        {"mark": 3},
        {"unknown-student": 1},
        {"mark-at": 1},
        1,
    )


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(), st.text().map(str.encode), st.lists(st.sampled_from(["s1", "2025-11-03", "am", "A", ",", '"', "\n", "\r", "\0", "é", "mark", "\ufeff"])).map(lambda parts: "".join(parts).encode())), name=st.sampled_from(["e.csv", "e.jsonl"]))  # fmt: skip
def test_no_bytes_make_it_fail(tmp_path, data, name):
    """Whatever follows a right header, every row is an event or a reject, and the last row is still read."""
    last = {
        "e.csv": b"mark,s1,2025-11-03,am,A\n",
        "e.jsonl": b'{"type":"mark","student":"s1","date":"2025-11-03","session":"am","code":"A"}\n',
    }[name]
    path = tmp_path / name
    path.write_bytes((b"type,student,date,session,code\n" if name == "e.csv" else b"\n") + data + b"\n" + last)
    rows = list(read_events(path, context()))

    assert isinstance(rows[-1], Mark) or '"' in data.decode("utf-8", "replace")
    assert all(isinstance(found, (Mark, Reject)) for found in rows)


def test_constants_fill_columns(tmp_path):
    """A mapping's constant stands for a column that the file lacks."""
    mapping = ColumnMap(
        "csv", columns={"student": "sid", "date": "day", "code": "mark"}, constants={"session": "am"}, declared=True
    )
    events, rejects = read(tmp_path, "sid,day,mark,note\ns1,2025-11-03,A,x\n", mapping=mapping)

    assert (events, rejects) == ([mark()], [])


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_blank_cell_is_one_that_is_not_written(tmp_path, blank):
    """A spreadsheet leaves spaces, and so does a Chinese keyboard."""
    text = f"student,date,session,code,recorded,known,seq,minutes,at\ns1,2025-09-01,am,A,{blank},{blank},{blank},{blank},{blank}\n"
    plain = "student,date,session,code,recorded,known,seq,minutes,at\ns1,2025-09-01,am,A,,,,,\n"

    assert read(tmp_path, plain) == read(tmp_path, text)


def test_a_line_of_json_without_a_type_is_a_mark(tmp_path):
    """As a row of CSV is in a file without the column."""
    text = '{"student": "s1", "date": "2025-09-01", "session": "am", "code": "A"}\n{"type": "flag", "student": "s1", "flag": "x", "at": "2025-09-01"}\n'
    events, rejects = read(tmp_path, text, name="events.jsonl")

    assert ([Mark, Flag], []) == ([type(event) for event in events], rejects)


def test_what_its_source_wrote_after_the_file_was_received_was_known_then(tmp_path):
    """The clock of one of the two is wrong, and nothing is known before it was written."""
    given = context(received=instant("2025-09-05T10:00"))
    text = "type,student,date,session,code,flag,at,recorded\nmark,s1,2025-09-01,am,A,,,2025-09-12T10:00\nflag,s1,,,,x,2025-09-01,2025-09-12T10:00\n"
    events, _ = read(tmp_path, text, given=given)

    assert [instant("2025-09-12T10:00")] * 2 == [event.known for event in events]


def test_a_marks_at_that_is_no_time_is_noted_and_the_mark_is_taken(tmp_path):
    """A mark is about its session, whatever stands there."""
    (event,), (note,) = read(tmp_path, "student,date,session,code,at\ns1,2025-09-01,am,A,soon\n")

    assert (Mark, "mark-at", True) == (type(event), note.kind, note.kept)
