"""Which texts of a tree are keywords: those at a place where a reader looks for one, and no name of an author."""

from escalate.load import check_policy, find_beside, load_policy
from escalate.source import Source, render

BASE = """\
制度: base
沿用: standard.yaml
角色: {班主任: {所属: 班级}, 校长: {}}
阶梯:
  缺课:
    适用: 在籍 且 非休学
    台阶:
      一天:
        当: days_away>=1个上学日
        待办:
          家访: {由: 班主任, 对象: 家长, 期限: 3个上学日}
    结案: {当: days_back >= 1}
"""
ENGLISH = """\
policy: base
extends: standard.yaml
roles: {班主任: {of: class}, 校长: {}}
ladders:
  缺课:
    where: enrolled and not on_leave
    stages:
      一天:
        when: days_away>=1 school day
        do:
          家访: {by: 班主任, to: parent, due: 3 school days}
    ends: {when: days_back >= 1}
"""


def found(text, base=BASE):
    """The policy of a school's text, which may extend `base.yaml`, and its problems."""

    def find(name, source):
        return (Source(name, base), []) if name == "base.yaml" else find_beside(name, source)

    policy, problems = check_policy(Source("school.yaml", text), find=find)
    return policy, [(problem.kind, problem.span.source.path, problem.span.line, problem.message) for problem in problems]


def policy(text):
    return load_policy(Source("p.yaml", text))


def test_a_policy_wholly_in_chinese_is_the_same_policy():
    """The same value and the same digest: the version of a policy does not hang on its language."""
    assert policy(ENGLISH) == policy(BASE)
    assert policy(ENGLISH).digest == policy(BASE).digest


def test_a_file_may_hold_both_languages():
    """Each keyword by itself."""
    mixed = BASE.replace("台阶:", "stages:").replace("3个上学日", "3 school days").replace("且 非休学", "and not 休学")

    assert policy(ENGLISH) == policy(mixed)


def test_a_key_stands_once_in_either_language():
    """Its second is a problem at its place, as of a key that is written twice."""
    _, problems = found(BASE.replace("    结案:", "    where: enrolled\n    结案:"))

    assert [("repeated-key", "school.yaml", 12, "`where` stands here a second time")] == problems


def test_names_stay_names():
    """A ladder, a stage, an item, a role, a result spelled like a keyword."""
    text = ENGLISH
    for old, new in (("缺课", "旷课"), ("一天", "当"), ("家访", "期限"), ("校长", "家长"), ("班主任", "班级")):
        text = text.replace(old, new)
    text = text.replace("to: parent", "to: [家长, parent], results: [旷课, 在籍], form: 当天结束, title: 标题")
    read = policy(text)
    action = read.ladders["旷课"].stages[0].do[0]

    assert ("旷课.当.期限", "班级", ("家长", "parent")) == (action.path, action.by.entries[0].name, tuple(one.name for one in action.to.entries))
    assert (("旷课", "在籍"), "当天结束", "标题") == (action.results, action.form, action.title.say("zh"))


def test_changes_to_a_chinese_file_in_chinese():
    """Paths may lead through keywords in either language."""
    changes = (
        "制度: school\n沿用: base.yaml\n替换:\n  缺课.一天.家访: {由: 校长, 期限: 当天结束}\n  缺课.结案: {当: days_back >= 2}\n"
        "增加:\n  缺课.三天: {接在: 一天, 当: days_away >= 3, 待办: {报告: {由: 校长, 期限: 学期开始后2周}}}\n  缺课.三天.再报: {由: 校长, 期限: 16:00前}\n"
    )
    english = (
        "policy: school\nextends: base.yaml\nreplace:\n  缺课.一天.家访: {by: 校长, due: end of day}\n  缺课.ends: {when: days_back >= 2}\n"
        "add:\n  缺课.三天: {after: 一天, when: days_away >= 3, do: {报告: {by: 校长, due: 2 weeks after term start}}}\n  缺课.三天.再报: {by: 校长, due: at 16:00}\n"
    )

    assert found(english)[0] == found(changes)[0] is not None
    assert found(english, ENGLISH)[0].digest == found(changes)[0].digest


def test_a_keyword_is_no_name_of_a_file_that_builds_on_it():
    """It would say one thing by itself and another where it is extended."""
    roles = found("制度: school\n沿用: base.yaml\n角色: {家长: {}}\n")[1]
    flags = found("制度: school\n沿用: base.yaml\n学生: {休学: {}}\n")[1]

    assert ("ambiguous-name", "base.yaml", 11) == roles[0][:3] and roles[0][3].startswith("`家长` is a word of the language here")
    assert ("ambiguous-name", "base.yaml", 6) == flags[0][:3] and flags[0][3].startswith("`休学` is a word of the language here")
    assert [] == found("制度: school\n沿用: base.yaml\n角色: {家长: {}}\n学生: {休学: {}}\n", ENGLISH)[1]


def test_what_a_parameter_holds():
    """A length, a deadline, a window, a place in the calendar; what stands in quotes is a text."""
    held = "参数: {a: {取值: 3个上学日}, b: {取值: 当天结束}, c: {取值: 当周}, d: {取值: [03-01, 学期开始]}, e: {取值: '当周'}}\n"
    lines = policy(BASE + held).parameters

    assert ["3 school days", "end of day", "week", "03-01, term start", "当周"] == [lines[name].lines[0].text for name in "abcde"]


def test_a_parameter_that_holds_a_text():
    """What stands as `{parameter: name}` is shown as it was written."""
    held = "参数: {a: {取值: 3天}, b: {取值: 3天}}\n"
    read = policy(BASE.replace("{由: 班主任, 对象", "{标题: {参数: a}, 由: 班主任, 对象") + held)

    assert ("3天", "3 days") == tuple(read.parameters[name].lines[0].text for name in "ab")
    assert "3天" == read.ladders["缺课"].stages[0].do[0].title.say("zh")


def test_more_that_counts():
    """A reason of the author's that is spelled like a meaning is that reason."""
    text = "policy: b\nextends: standard.yaml\nmarks: {K: late%s}\nmeasures: {m: {累计: 旷课, 单位: 节, 期间: 当月, 另计: {迟到超过30分钟: 节}}}\n"

    assert {"K", "L"} == policy(text % "").measures["m"].plus[0].codes
    assert {"K"} == policy(text % " 迟到").measures["m"].plus[0].codes


def test_a_problem_shows_what_was_written():
    """At its place in the Chinese text."""
    _, problems = check_policy(Source("p.yaml", BASE.replace("days_away>=1个上学日", "days_away>=3周 且 已办结(家方)")))

    assert "`days_away` is in school days and `3周` is in weeks" in render(problems[0])
    assert "          |                        ^^^" [4:] in render(problems[0])
    assert ["unit-mismatch", "unknown-item"] == [problem.kind for problem in problems]
