"""What a table says of each part of a policy, in both languages."""

import pytest

from escalate.pictures import table_of
from escalate.pictures.said import Said

from .shelf import asking, policy_of


def said(policy, lang, column):
    """A cell of the first row."""
    return table_of(policy, lang).sections[0].rows[0].as_values()[column]


@pytest.mark.parametrize(
    ("due", "zh", "en"),
    [
        ("3 school days", "3 个上学日内", "within 3 school days"),
        ("limit", "2 个上学日内", "within 2 school days"),
        ("(days_n) school days", "4 个上学日内", "within 4 school days"),
        ("end of term", "学期结束", "the end of the term"),
        ("at 16:00", "16:00", "16:00"),
        ("03-15", "3月15日", "15 Mar"),
        ("28th", "每月 28 日", "day 28 of the month"),
        ("2 weeks after term start", "学期开始后 2 周", "2 weeks after the start of the term"),
        ("before the next school day", "下一个上学日开始之前", "before the next school day"),
        ("dated", "2030年1月1日起 2 天内；其余 3 天内", "within 2 days from 1 Jan 2030; within 3 days otherwise"),
        ("depends", "当天结束（年级 ≥ 7）；其余 3 天内", "the end of the day where grade ≥ 7; within 3 days otherwise"),
        ("open", "〔open：待填〕", "[open: to be set]"),
        ("1 day, from: event", "1 天内；从发生时算起", "within 1 day; from when it happened"),
        ("1 day, optional: true", "1 天内；可选", "within 1 day; optional"),
        ("1 day, hold: boarder", "1 天内；有“住校”期间顺延", "within 1 day; put off while “Boarder” is set"),
        ("1 day, if_no_school: next school day", "1 天内；遇不上学顺延到下一上学日", "within 1 day; if no school, the next school day"),
    ],
)
def test_by_when(due, zh, en):
    """Parameters put in; what depends on something with what it depends on."""
    parameters = """
students: {boarder: {title: {zh: 住校, en: Boarder}}}
parameters:
  limit: {value: 2 school days}
  days_n: {value: 4}
  dated: [{from: 2030-01-01, value: 2 days}, {value: 3 days}]
  depends: [{where: grade >= 7, value: end of day}, {value: 3 days}]
  open: {required: true, why: 原文没有写}
"""
    policy = asking(f"title: 家访, by: teacher, due: {due}", parameters)

    assert (zh, en) == (said(policy, "zh", "due"), said(policy, "en", "due"))


@pytest.mark.parametrize(
    ("stage", "zh", "en"),
    [
        ("when: days_away >= n", "连续旷课天数 ≥ 3", "School days away ≥ 3"),
        ("when: days_away >= open_n", "连续旷课天数 ≥ 〔open_n：待填〕", "School days away ≥ [open_n: to be set]"),
        ("when: days_away >= m", "连续旷课天数 ≥ m；m：1（年级 ≥ 7）；其余 2", "School days away ≥ m; m: 1 where grade ≥ 7; 2 otherwise"),
        ("{when: days_away >= 1, again: each month}", "连续旷课天数 ≥ 1\n每个月一次", "School days away ≥ 1\nonce each month"),
        ("{when: days_away >= 1, again: each further 2}", "连续旷课天数 ≥ 1\n每再增加 2 办一次", "School days away ≥ 1\nat each further 2"),
        ("{when: days_away >= 1, again: every 5 school days}", "连续旷课天数 ≥ 1\n每 5 个上学日一次", "School days away ≥ 1\nevery 5 school days"),
        ("{when: days_away >= 1, need: received(note)}", "连续旷课天数 ≥ 1\n前提：已收到“note”", "School days away ≥ 1\nevidence: “note” was received"),
    ],
)
def test_when(stage, zh, en):
    """The condition, how often it counts, and what evidence is wanted."""
    parameters = "parameters: {n: {value: 3}, open_n: {required: true, why: x}, m: [{where: grade >= 7, value: 1}, {value: 2}]}"
    keys = stage.strip("{}").replace(", again", "\n        again").replace(", need", "\n        need")
    policy = asking("title: 家访, by: teacher, due: 1 day", parameters, keys)

    assert (zh, en) == (said(policy, "zh", "when"), said(policy, "en", "when"))


@pytest.mark.parametrize(
    ("item", "column", "zh", "en"),
    [
        ("by: [teacher, principal], due: 1 day", "who", "班主任、校长", "Teacher and Principal"),
        ("by: {each: [teacher, principal]}, due: 1 day", "who", "每位班主任、每位校长", "each Teacher and each Principal"),
        ("by: teacher, to: parent, notify: principal, due: 1 day", "whom", "家长；告知校长", "Parent; notice: Principal"),
        ("notify: principal", "whom", "告知校长", "notice: Principal"),
        ("entry: fine, per: student, for: term, to: teacher", "what", "记 -50 yuan，每名学生，计入学期考核", "entry of -50 yuan, for each student, for the term"),
        ("entry: 2 * fine, to: teacher", "what", "记 -100 yuan", "entry of -100 yuan"),
        ("entry: 2 * open, to: teacher", "what", "2 * 〔open：待填〕", "2 * [open: to be set]"),
        ("entry: score * fine, to: teacher", "what", "“当月量化分” * -50 yuan", "“当月量化分” * -50 yuan"),
        ("entry: lose 评优, to: {each: teacher}", "whom", "记入每位班主任", "entered for each Teacher"),
        ("entry: lose 评优, to: teacher", "what", "取消 评优", "loses 评优"),
        ("entry: gain 评优, title: 表彰, to: teacher", "what", "表彰：获得 评优", "表彰: gains 评优"),
        ("entry: -2% 系数, compound: true, per: student, for: term, to: teacher", "what", "记 -2% 系数，每名学生，计入学期考核，逐次相乘", "entry of -2% 系数, for each student, for the term, each multiplied with the others"),
    ],
)
def test_who_and_what(item, column, zh, en):
    """Joint and each; told and entered."""
    measures = "measures: {score: {title: 当月量化分, mean: fact(score), within: month}}"
    policy = asking(item, f"parameters: {{fine: {{value: -50 yuan}}, open: {{required: true, why: x}}}}\n{measures}")

    assert (zh, en) == (said(policy, "zh", column), said(policy, "en", column))


@pytest.mark.parametrize(
    ("item", "zh", "en"),
    [
        ("if: grade >= 7", "如果年级 ≥ 7", "if grade ≥ 7"),
        ("form: 登记表", "表单：登记表", "form: 登记表"),
        ("times: 3", "共 3 次", "3 times"),
        ("results: [yes_, no_]", "结果：yes_／no_", "outcome: yes_ / no_"),
        ("done_when: received(note)", "办结条件：已收到“note”", "done when “note” was received"),
        ("about: principal", "涉及校长", "concerning Principal"),
        ("list: open_cases", "附名单 open_cases", "with the list open_cases"),
        ("keep: true", "结案后仍须办理", "stays after the end"),
        ("reassign: true", "换人后由接任者办理", "goes to whoever takes over"),
    ],
)
def test_notes_of_an_item(item, zh, en):
    """What else is to be known of it."""
    policy = asking(f"title: 家访, by: teacher, due: 1 day, {item}")

    assert ([zh], [en]) == (said(policy, "zh", "notes"), said(policy, "en", "notes"))


@pytest.mark.parametrize(
    ("keys", "zh", "en"),
    [
        ("every: term", "每学期\n每个学校", "each term\nfor each school"),
        ("every: 4 weeks, starting: term start, each: class", "每 4 周\n自学期开始起算\n每个班级", "every 4 weeks\ncounted from the start of the term\nfor each class"),
        ("every: month, at_least: 2, each: teacher", "每月\n至少 2 次\n每个班主任", "each month\nat least 2 times\nfor each Teacher"),
        ("on: [03-10, term start], in_holidays: keep", "3月10日、学期开始\n放假照做\n每个学校", "10 Mar and the start of the term\nin holidays too\nfor each school"),
        ("on: open", "日期待填\n每个学校", "a date to be set\nfor each school"),
        ("every: week, in_holidays: next school day", "每周\n遇放假顺延\n每个学校", "each week\nmoved to the next school day\nfor each school"),
        ("every: term, each: student, where: grade >= 7", "每学期\n每个学生，限于年级 ≥ 7", "each term\nfor each student, where grade ≥ 7"),
    ],
)
def test_how_often_and_for_whom(keys, zh, en):
    """What is usual of holidays is not said."""
    policy = policy_of(f"parameters: {{open: {{required: true, why: x}}}}\nduties: {{d: {{{keys}, do: {{x: {{by: principal, due: 1 week}}}}}}}}\n")

    assert (zh, en) == (said(policy, "zh", "when"), said(policy, "en", "when"))


def test_a_target_with_what_follows():
    """What is counted of whom against what, then whether it is broken or kept."""
    policy = policy_of("""
targets:
  loss:
    title: {zh: 流失率, en: Loss}
    each: class
    count: dropped_out
    among: enrolled
    base: [{where: grade == 1, on: intake}, {on: 3 school years before}]
    at_most: 2%
    check: term end
    list: counted
    cites: H-c1
    if_met: {praise: {entry: gain 表彰, to: teacher}}
    if_broken: {explain: {title: 说明, by: principal, due: 1 month, cites: H-c2}}
""")
    rows = table_of(policy, "en").sections[0].rows

    assert "for each class\ncounted: status is “dropped out”\namong: status is “enrolled”\nheads as of the intake, where grade = 1, 3 school years before\nlimit: at most 2%\nchecked: the end of the term\nwith a list of those counted" == rows[0].cells[1]
    assert ["Loss", "", ""] == [row.cells[0] for row in rows]
    assert ["if the limit is kept", "if the limit is broken"] == [row.cells[1] for row in rows[1:]]
    assert ["H-c1", "H-c1", "H-c2"] == [row.cells[-1] for row in rows]


def test_a_rate_is_called_by_its_target():
    """As a measure is by its title."""
    policy = policy_of("""
targets: {loss: {title: {zh: 流失率, en: Loss}, each: school, count: dropped_out, among: enrolled, base: term start, check: term end}}
duties: {d: {on: 03-10, each: school, where: rate(loss) > 2%, do: {x: {by: principal, due: 1 week}}}}
""")

    assert ("3月10日\n每个学校，限于“流失率”的比率 > 2%", "10 Mar\nfor each school, where rate of “Loss” > 2%") == (said(policy, "zh", "when"), said(policy, "en", "when"))


def test_what_hangs_on_an_item_stands_below_it():
    """Done, an outcome, overdue; each a step deeper."""
    chase = "if_overdue: {c: {title: 催办, by: principal, due: 1 day}}"
    policy = asking(
        f"title: 家访, by: teacher, due: 1 day, results: [refused], then: {{r: {{title: 报告, by: teacher, due: 1 day, then: {{f: {{title: 归档, by: principal, due: 1 day}}}}, {chase}}}}}, "
        f"if_outcome: {{refused: {{o: {{title: 责令, by: principal, due: 1 day}}}}}}, {chase}"
    )
    rows = table_of(policy).sections[0].rows

    assert ("催办", 0) == (rows[0].cells[6], rows[0].depth)
    assert [
        (1, "办结后", "↳ 报告", "催办"), (2, "办结后", "  ↳ 归档", ""), (2, "逾期", "  ↳ 催办", ""), (1, "结果“refused”", "↳ 责令", ""), (1, "逾期", "↳ 催办", ""),
    ] == [(row.depth, row.cells[1], row.indented("  "), row.cells[6]) for row in rows[1:-1]]


def test_the_end_and_whom_a_ladder_covers():
    """Each of the three ways in which a case ends."""
    ladder = "{{{0}stages: {{s: {{when: days_away >= 1, do: {{x: {{by: teacher, due: 1 day}}}}}}}}{1}}}"
    found = {
        "both": ladder.format("lasts: term, ", ", ends: {when: days_back >= 1}"), "flag": ladder.format("where: away, ", ""), "term": ladder.format("where: anyone, lasts: term, ", ""),
    }
    policy = policy_of("students: {away: {title: {zh: 外出, en: Away}}}\nladders:\n" + "".join(f"  {name}: {text}\n" for name, text in found.items()))
    both, flag, term = table_of(policy, "zh").sections

    assert ["连续到校天数 ≥ 1，或学期结束", "不再属于适用范围", "学期结束"] == [one.rows[-1].cells[1] for one in (both, flag, term)]
    assert ["适用：在籍学生", "适用：有“外出”", ""] == [one.about for one in (both, flag, term)]


def test_the_head():
    """From when it is in force, and what is still to be set."""
    policy = policy_of("in_force: {from: 2025-09-01, to: 2026-08-31}\nparameters: {n: {required: true, title: 天数, why: x}}\n")
    found = Said(policy, "zh")

    assert ("山坡小学", "2025年9月1日起施行，至2026年8月31日止", "待学校填写：n（天数）") == (found.title, found.in_force, found.unset)
    assert "in force from 1 Sep 2025 until 31 Aug 2026" == Said(policy, "en").in_force


def test_the_policy_decides_the_language():
    """Unless another is asked for."""
    policy = asking("by: teacher, due: 1 day")

    assert ("zh", "en") == (table_of(policy).lang, table_of(policy, "en").lang)
