"""A policy with Chinese names and an emoji before them, as an editor has it open; `|` in a text is the cursor."""

from escalate.lsp.texts import Texts

POLICY = """\
policy: school
extends: standard.yaml
parameters: {家访期限: {title: 家访期限, value: 2 school days}, 上限: {value: 3}}
students: {特殊情况: {title: "🚸特殊情况"}}
roles:
  班主任: {title: 班主任, of: class, above: 校长}
  校长: {title: 校长}
measures:
  旷课: {title: 本月旷课节数, count: unexcused, unit: session, within: month}
ladders:
  控辍:
    stages:
      一天:
        title: "🚸😀一天"
        when: "days_away >= 1 and 旷课 >= 上限 and not 特殊情况"
        do:
          家访: {title: "😀上门", by: 班主任, to: parent, due: 家访期限, if_overdue: {催办: {by: {above: 班主任}, due: 1 school day}}}
      三天:
        when: 旷课 > 上限 and fired(一天)
        need: done(一天.家访)
        do:
          报告: {by: [校长, 班主任], due: 家访期限, about: {who_had: 家访}}
    ends:
      when: days_back >= 1
registers:
  名单: {where: open_case(控辍) and fired(控辍.三天), columns: [name, 旷课, 班主任], readers: [校长]}
"""
# With words of outcomes that have titles: in a list, before what they open, in a condition.
RESULTS = POLICY.replace("by: 班主任, to: parent,", "by: 班主任, to: parent, results: [见到, 没见到], if_outcome: {没见到: {再访: {by: 校长, due: 1 day}}},").replace(
    "when: 旷课 > 上限 and fired(一天)", "when: 旷课 > 上限 and outcome(一天.家访) == '没见到'",
) + "results: {没见到: {title: 没有见到家长}, 见到: {title: 见到了家长}}\n"
PATH = "school/policy.yaml"


def world(text=POLICY, **others):
    """The texts that are open; the policy, and others by name in its folder."""
    return Texts({PATH: text, **{f"school/{name}.yaml": said for name, said in others.items()}})


def at(word, nth=0, text=POLICY):
    """The place in the middle of a word, or of a later one."""
    place = -1
    for _ in range(nth + 1):
        place = text.index(word, place + 1)
    return place + len(word) // 2


def cursor(text):
    """A text without its `|`, and where that stood."""
    return text.replace("|", "", 1), text.index("|")
