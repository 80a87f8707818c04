"""Markdown, flowcharts and workbooks: every text as its author wrote it, whatever signs it holds."""

import pytest

from escalate.pictures import markdown, mermaid, sheets_of, table_of
from escalate.pictures.markdown import escaped
from escalate.pictures.mermaid import escaped as in_label

from .shelf import asking, policy_of


@pytest.mark.parametrize(("said", "shown"), [("a|b", r"a\|b"), ("_x_ *y*", r"\_x\_ \*y\*"), ("<b>", r"\<b\>"), ("a\nb", "a<br>b"), ("　a", "&emsp;a"), (r"\|", r"\\\|")])
def test_signs_of_markdown_are_escaped(said, shown):
    """A line ends its cell only where it is meant to."""
    assert shown == escaped(said)


@pytest.mark.parametrize(("said", "shown"), [('"', "#34;"), ("a;b#c", "a#59;b#35;c"), ("<b>&", "#60;b#62;#38;"), ("a\nb", "a<br>b"), ("(家)", "(家)")])
def test_signs_of_mermaid_are_escaped(said, shown):
    """A quoted label ends only where it is meant to."""
    assert shown == in_label(said)


def test_a_flowchart_of_no_ladder_says_so():
    """It would not be drawn."""
    assert '  none["没有逐级处理' in mermaid(policy_of("duties: {d: {every: term, do: {x: {by: principal, due: 1 week}}}}\n"))


def test_a_title_in_a_flowchart_is_quoted():
    """It stands in YAML."""
    policy = policy_of("ladders: {a: {stages: {s: {when: days_away >= 1}}, ends: {when: days_back >= 1}}}\n").__class__(name='a "b": c')

    assert r'title: "a \"b\": c"' in mermaid(policy)


def test_an_outcome_leads_from_its_item():
    """With its word on the arrow."""
    chained = "if_outcome: {refused: {o: {title: 责令, by: principal, due: 1 day}}}, if_overdue: {c: {title: 催办, by: principal, due: 1 day}}"
    lines = mermaid(asking(f"title: 家访, by: teacher, due: 1 day, results: [refused], {chained}")).splitlines()

    assert '    l1s1i1 -.->|"结果“refused”"| l1s1i2' in lines
    assert '    l1s1i1 -.->|"逾期"| l1s1i3' in lines


def test_markdown_lists_what_is_to_be_set_and_has_a_place_to_sign():
    """Above and below."""
    shown = markdown(table_of(asking("by: teacher, due: open", "parameters: {open: {required: true, why: x}}")))

    assert "\n\n待学校填写：open\n\n" in shown
    assert shown.splitlines()[-1].startswith("签名：")


def test_a_workbook_has_a_sheet_for_each_section():
    """Whom it covers first; notes below what is done; a place to sign at the foot."""
    [sheet] = sheets_of(table_of(asking("title: 家访, form: 登记表, by: teacher, due: 1 day, then: {r: {title: 报告, by: teacher, due: 1 day}}, if_overdue: {c: {title: 催办, by: principal, due: 1 day}}")))

    assert ("山坡小学", "a", "") == (sheet.heading, sheet.title, sheet.date)
    assert ("", "适用：在籍学生") == sheet.rows[0].cells[:2]
    assert ["家访\n表单：登记表", "↳ 报告", "↳ 催办"] == [row.cells[3] for row in sheet.rows[1:4]]
    assert sheet.kept.startswith("签名：")
