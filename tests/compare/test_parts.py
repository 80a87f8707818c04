"""What differs in two policies, in words: taken from what was loaded, and not from how it is written."""

from __future__ import annotations

from escalate.compare import Saying, parts_of
from escalate.load import load_policy
from escalate.policy import Policy
from escalate.source import Source

TEXT = """\
policy: hill
title: {zh: 山坡小学, en: Hill}
extends: standard.yaml
in_force: {from: 2025-09-01}
lang: zh
parameters:
  limit: {title: {zh: 报告天数, en: Days}, value: 3}
  visit_limit: {value: 1 school day}
roles:
  teacher:   {title: {zh: 班主任, en: teacher}, of: class}
  principal: {title: {zh: 校长, en: principal}, of: school}
ladders:
  absence:
    title: {zh: 缺课, en: Absence}
    if_overdue: {chase: {title: {zh: 催办, en: Chase}, by: principal, due: 1 school day}}
    stages:
      one_day:
        title: {zh: 一天, en: One day}
        when: days_away >= 1
        do:
          visit: {title: {zh: 家访, en: Visit}, by: teacher, to: parent, due: visit_limit}
          call: {title: {zh: 电话, en: Call}, by: teacher, to: parent, due: 2 hours}
      more:
        when: days_away >= limit
        need: done(visit)
        do: {report: {title: {zh: 报告, en: Report}, by: teacher, to: principal, due: 1 school day}}
    ends: {when: days_back >= 1}
duties:
  talk: {every: week, each: class, do: {talk: {by: teacher, due: end of week}}}
"""


def loaded(text: str) -> Policy:
    return load_policy(Source("policy.yaml", text), for_evaluation=True)


def said(*changes: tuple[str, str], lang: str = "zh") -> list[str]:
    """What differs after some replacements."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    a, b = loaded(TEXT), loaded(text)
    return Saying(a, b, lang).lines(parts_of(a, b))


def test_a_parameter() -> None:
    """Its value alone."""
    assert ["参数 报告天数（limit）：3 → 2"] == said(("value: 3}", "value: 2}"))
    assert ["parameter limit (Days): 3 → 2"] == said(("value: 3}", "value: 2}"), lang="en")
    assert ["参数 visit_limit：1 个上学日 → 3 个上学日"] == said(("visit_limit: {value: 1 school day", "visit_limit: {value: 3 school days"))


def test_a_stage_that_is_new_or_gone() -> None:
    """With its condition and what it asks for."""
    new = "    ends: {when: days_back >= 1}", "      week:\n        when: days_away >= 5\n        do: {letter: {title: {zh: 公函}, by: principal, due: 1 week}}\n    ends: {when: days_back >= 1}"
    text = TEXT.replace(*new)
    there, back = (Saying(a, b, "zh").lines(parts_of(a, b)) for a, b in ((loaded(TEXT), loaded(text)), (loaded(text), loaded(TEXT))))

    assert ["新增台阶 absence.week：连续旷课天数 ≥ 5；公函"] == there
    assert ["去掉台阶 absence.week：连续旷课天数 ≥ 5；公函"] == back


def test_values_of_items() -> None:
    """A deadline, a condition, who acts."""
    assert ["事项 电话（absence.one_day.call）的期限：2 小时 → 30 分钟"] == said(("due: 2 hours", "due: 30 minutes"))
    assert ["台阶 一天（absence.one_day）的条件：连续旷课天数 ≥ 1 → 连续旷课天数 ≥ 2"] == said(("days_away >= 1\n", "days_away >= 2\n"))
    assert ["item absence.one_day.visit (Visit): by teacher → principal and teacher"] == said(
        ("visit: {title: {zh: 家访, en: Visit}, by: teacher", "visit: {title: {zh: 家访, en: Visit}, by: [principal, teacher]"), lang="en"
    )


def test_what_a_ladder_gives_to_all_its_items_is_said_once() -> None:
    """With the places in which it stands."""
    [line] = said(("by: principal, due: 1 school day}}\n    stages", "by: principal, due: 2 school days}}\n    stages"))

    assert "事项 催办（absence.if_overdue.chase）的期限：1 个上学日 → 2 个上学日" == line


def test_what_differs_alike_in_several_places_is_said_once() -> None:
    """With the places."""
    twice = TEXT.replace("do: {report: ", "do: {call: {title: {zh: 电话, en: Call}, by: teacher, to: parent, due: 2 hours}, report: ")
    a, b = loaded(twice), loaded(twice.replace("due: 2 hours", "due: 30 minutes"))

    assert ["事项 电话（call）的期限：2 小时 → 30 分钟（共 2 处：absence.one_day.call、absence.more.call）"] == Saying(a, b, "zh").lines(parts_of(a, b))


def test_duties_days_and_dates() -> None:
    """Nothing that a policy is made of is left out."""
    assert ["例行工作 talk的周期：1 周 → 1 个月", "例行工作 talk的放假时：skip → next school day"] == said(("every: week", "every: month"))
    assert ["制度的施行日：2025-09-01 → 2025-10-01"] == said(("from: 2025-09-01", "from: 2025-10-01"))
    assert ["日规则的日结时刻：17:30 → 18:00"] == said(("lang: zh\n", 'lang: zh\nreplace: {day: {absent_when: all sessions, closes: "18:00"}}\n'))


def test_words_are_told_apart_from_what_something_comes_of() -> None:
    """Titles, texts and reasons on one line."""
    assert ["只有文字不同：制度的标题、事项 拜访（absence.one_day.visit）的标题"] == said(("山坡小学", "山坡学校"), ("家访", "拜访"))


def test_another_order() -> None:
    """Stages are judged in the order in which they stand."""
    head, stages, tail = TEXT.partition("      one_day:")[0], TEXT[TEXT.index("      one_day:") : TEXT.index("    ends:")], TEXT[TEXT.index("    ends:") :]
    one, more = stages[: stages.index("      more:")], stages[stages.index("      more:") :]
    a, b = loaded(TEXT), loaded(head + more + one + tail)

    assert ["阶梯 缺课（absence）次序不同：one_day、more → more、one_day"] == Saying(a, b, "zh").lines(parts_of(a, b))


def test_another_spelling_is_no_difference() -> None:
    """Of a condition, of a number, of the order of names."""
    assert [] == said(("days_away >= 1\n", "(days_away>=1)\n"), ("value: 3}", "value: 3.0}"))
