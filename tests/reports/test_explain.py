"""Wrapping of Chinese, the card and the line of time, at the widths of terminals."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from escalate.evaluation import evaluate
from escalate.explain import follow
from escalate.reports import card, timeline
from escalate.reports.wrap import CLOSING, wrap

from ..build import CAL, at, calendar, document, late, marks, outcome, status
from ..test_explain import ROSTER, SPECIAL, WORDS

EVENTS = marks("s1", "09-01", "AA AA AA AA PP AA") + outcome("s1", "visit", "09-02 15:00", "refused") + outcome("s1", "plan", "09-12 15:00")
POLICIES = {f"{WORDS.name}@{WORDS.version}": WORDS}


def entries():
    return list(follow(record for _, record in evaluate(WORDS, CAL, ROSTER, EVENTS, at("09-20")).records))


def drawn(parts, width):
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system=None, highlight=False)
    for part in parts:
        console.print(part)
    return out.getvalue().splitlines()


@given(st.text(alphabet="学生缺课，。（）“” a3/=≥月日年x0.", max_size=80), st.integers(4, 40))
def test_wrapping_keeps_the_text_and_the_width(text, width):
    """No line is wider, and nothing but blanks is lost."""
    lines = wrap(text, width)

    assert all(cell_len(line) <= width for line in lines)
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", "".join(lines))


def test_no_line_begins_with_a_closing_sign_nor_breaks_a_date():
    """Signs stay where Chinese wants them."""
    text = "学生 s1 的“连续旷课天数”为 3 个上学日（9月1日至9月3日），满足“连续缺课”的条件（连续旷课天数 ≥ 3；参数 report_days = 3），期限为9月4日（周四）17:30。"
    for width in range(24, 90):
        lines = wrap(text, width)
        whole = [piece for piece in ("9月1日", "9月4日（周四）17:30", "report_days = 3", "s1", "≥ 3") if not any(piece in line for line in lines)]

        assert not [line for line in lines if line[0] in CLOSING]
        assert not [line for line in lines if line[-1] in "（“"]
        assert [] == whole


def test_a_word_that_is_wider_than_a_line_is_cut_after_a_slash():
    """An id can be read in pieces."""
    assert ["words/s1/truancy/1/", "one_day/1/visit/", "teacher"] == wrap("words/s1/truancy/1/one_day/1/visit/teacher", 20)


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_card_fits_its_frame(width, lang):
    """Every line of the frame is as wide as the next, and none wider than the terminal."""
    for subject in sorted({entry.record["subject"] for entry in entries() if entry.record["kind"] == "item"}):
        told = card.Told([entry for entry in entries() if entry.record["subject"] == subject], POLICIES, lang)
        lines = drawn(card.parts(told, width, framed=True), width)
        frame = [line for line in lines if line and line[0] in "╭│╰"]

        assert {min(width, card.WIDEST)} == {cell_len(line) for line in frame}
        assert all(cell_len(line) <= width for line in lines)


def test_a_card_says_when_that_was_known_by_which_it_counts():
    """A date of doing before the due would not explain `done late`."""
    events = SPECIAL + outcome("s1", "note", "09-02 15:00", "written", "09-08 10:00")
    found = follow(record for _, record in evaluate(WORDS, CAL, ROSTER, events, at("09-09")).records)
    told = card.Told([entry for entry in found if str(entry.record["subject"]).endswith("note/teacher/t17")], POLICIES, "en")

    assert {("done", "Tue 2 Sep 2025 at 15:00"), ("due", "Wed 3 Sep 2025"), ("known", "Mon 8 Sep 2025 at 10:00")} <= set(told.rows())
    assert told.status == "done late"


def beyond(line: str, cells: int) -> str:
    """What of a line stands behind so many cells."""
    return next((line[n:] for n in range(len(line)) if cell_len(line[:n]) >= cells), "")


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_line_of_time_is_aligned(width, lang):
    """The columns of every entry begin in the same cell, what is longer goes on below, and nothing is cut."""
    story = timeline.Story("s1", entries(), POLICIES, lang)
    rows = list(story.rows())
    lines = drawn(timeline.parts(story, width, framed=True), width)
    start = lines.index("") + 2
    told = lines[start : lines.index("", start)]
    column = cell_len(told[0][: told[0].index(rows[0].what)])
    times = [line for line in told if beyond(line, column).strip() and not beyond(line, column).startswith(" ")]

    assert all(cell_len(line) <= width for line in lines)
    assert len(rows) == len(times)
    assert not any("…" in line for line in lines)
    signs = "".join("".join(told).split()).replace("│", "")
    assert all(part in signs for row in rows for part in row.detail.split()[:1])
    assert sum(len("".join(row.title.split() + row.detail.split() + row.what.split())) for row in rows) <= len(signs)
    assert 1 == len({cell_len(line[: line.index(row.what)]) for row, line in zip(rows, times, strict=True)})
    assert 1 == len({cell_len(line[: line.index(row.title[:4])]) for row, line in zip(rows, times, strict=True)})


def test_a_notice_that_waited_is_sent_on_the_line_of_time():
    """With whom it told; it was blocked until then."""
    events = SPECIAL + status("s1", "returned", "09-02 09:00") + document("s1", "consent", "09-03 10:00")
    found = list(follow(record for _, record in evaluate(WORDS, CAL, ROSTER, events, at("09-04")).records))
    rows = [row for row in timeline.Story("s1", found, POLICIES, "en").rows() if row.title == "Inform"]

    assert [
        ("2025-09-01 Mon", "blocked", "→ Class teacher (t17)"), ("2025-09-01 Mon", "blocked", "→ Village committee (nobody registered)"),
        *[("2025-09-02 Tue", "changed", "the missing evidence is now “consent”")] * 2, ("2025-09-03 Wed", "sent", "→ Class teacher (t17)"), ("2025-09-03 Wed", "sent", "→ Village committee (nobody registered)"),
    ] == [(row.date, row.what, row.detail.partition(", ")[0]) for row in rows]


def test_what_moved_says_from_what_to_what_on_the_line_of_time():
    """A case from when to when, an item what of it changed."""
    events = marks("s1", "09-02", "AA") + late("s1", "09-01", "AA", "09-02 20:00")
    found = list(follow(record for _, record in evaluate(WORDS, CAL, ROSTER, events, at("09-03")).records))
    told = {row.title: row.detail for row in timeline.Story("s1", found, POLICIES, "zh").rows() if row.what in ("改期", "变更")}

    assert told["缺课逐级报告 第 1 号"].startswith("立案时间由9月2日（周二）17:30改为9月1日（周一）17:30，")
    assert told["家访"].startswith("缘由成立的时间由9月2日（周二）17:30改为9月1日（周一）17:30")


def test_sessions_stand_in_the_order_of_the_clock_where_the_calendar_is_at_hand():
    """Else as the record has them."""
    cal = calendar(weeks=6, sessions="早读 07:30-08:00, 上午 08:10-11:40, 下午 14:00-17:00")
    records = [record for _, record in evaluate(WORDS, cal, ROSTER, marks("s1", "09-01", "AAA", cal=cal), at("09-01 18:00", cal)).records]
    for sessions, order in (((), "上午、下午、早读"), (("早读", "上午", "下午"), "早读、上午、下午")):
        found = [entry for entry in follow(records, sessions) if str(entry.record["subject"]).endswith("visit/teacher")]
        told = card.Told(found, POLICIES, "zh")
        shown = drawn(card.parts(told, 10_000, framed=False), 10_000)

        assert f"2025年9月1日（周一）  {order}" == shown[-1].strip()
        assert any(f"[2025-09-01.{order}]" in line for line in shown)


def test_bars_stand_for_open_cases():
    """A case begins, goes on beside the others and ends in its own column."""
    rows = list(timeline.Story("s1", entries(), POLICIES, "en").rows())
    bars = ["".join(sign for sign, _ in row.bars).rstrip() for row in rows]
    cases = [(bar, row.what) for bar, row in zip(bars, rows, strict=True) if row.style == "bold" and row.what in ("opened", "ended")]

    assert [("╭", "opened"), ("│╭", "opened"), ("│╰", "ended"), ("│╭", "opened")] == cases
    assert "│├" in bars and "├│" in bars


def test_what_is_shown_in_a_pipe_is_one_line_an_entry_with_its_whole_date():
    """For grep and for a file."""
    story = timeline.Story("s1", entries(), POLICIES, "zh")
    lines = drawn(timeline.parts(story, 10_000, framed=False), 10_000)

    assert len(list(story.rows())) == sum(bool(re.match(r"2025-09-\d\d 周. +\d\d:\d\d", line)) for line in lines)
    assert not [line for line in lines if "…" in line]


def test_a_story_counts_what_stands():
    """Cases and items by their status; the open ones first, by their due."""
    story = timeline.Story("s1", entries(), POLICIES, "en")
    statuses = [entry.after["status"] for entry in story.items()]

    assert statuses == sorted(statuses, key=lambda status: status not in ("open", "blocked", "overdue"))
    assert ["cases: 3, of them open: 2"] == story.summary()[:1]
    assert story.as_values()["items"][0]["item"].startswith("words/s1/")
