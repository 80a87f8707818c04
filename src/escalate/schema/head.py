"""A policy's head, its parameters, students, roles, marks and measures, key by key."""

from __future__ import annotations

from ..loading import marks, measures, people, policies, results
from ..loading.parameters import LINE, PARAMETER
from ..loading.shape import TOP
from ..policy import MEANINGS
from .common import COMMON, CONDITION, ROLE, SAID
from .shapes import DATE, TEXT, TRUTH, AnyOf, Anything, Key, ListOf, NamesOf, Ref, Thing, Value, key, one_or_many, picked

_MARKED = one_or_many(Value("mark"))
_SET = AnyOf((TEXT, Ref("parameter"), ListOf(AnyOf((TEXT, Ref("parameter line"))))))


def _names(kind: str, thing: str) -> NamesOf:
    return NamesOf(kind, Ref(thing))


_TOP: dict[str, Key] = {
    **COMMON,
    "policy": key(Value("name"), "The policy's name; a file without one can only be extended.", "制度的名字；没有名字的文件只能被别的文件引用。", "our-school"),
    "in_force": key(Ref("in force"), "From when to when it is in force, both dates counted.", "从哪天到哪天有效，首尾两天都算。", {"from": "2025-09-01"}),
    "on_change": key(
        Value("word", policies.ON_CHANGE), "What open cases of the older version do when this one comes into force.",
        "新版生效时，旧版未结的个案怎么办。", "keep",
    ),
    "extends": key(
        Value("file"), "The file that this one builds on, beside it or shipped with the program.", "以哪个文件为底稿，与本文件放在一起，或随程序附带。",
        "standard.yaml",
    ),
    "set": key(
        NamesOf("set", _SET), "Other values for parameters of what this file extends.", "改底稿里参数的值。", {"report_days": 2},
    ),
    "replace": key(
        NamesOf("path", Anything()), "Things of what this file extends, by their paths, each written whole anew.", "改底稿里的某一部分：写出路径，整个重写。",
        {"day": {"absent_when": "any session"}},
    ),
    "add": key(
        NamesOf("path", Anything()), "Things added inside what this file extends, by their paths; `after` names what each follows.",
        "在底稿的某处加一项：写出路径；`after` 说排在谁之后。",
        {"truancy.five_days": {"after": "three_days", "when": "days_away >= 5"}},
    ),
    "timezone": key(Value("timezone"), "The time zone of the schools.", "学校所在的时区。", "Asia/Shanghai"),
    "lang": key(Value("word", tuple(policies.LANGUAGES)), "The language of reports.", "报表用的语言。", "zh"),
    "parameters": key(
        NamesOf("parameter", AnyOf((Ref("parameter"), ListOf(Ref("parameter line"))))), "Whatever differs by school, grade, class or year.",
        "各校、各年级、各班、各年不同的数。", {"visit_limit": {"value": "1 school day"}},
    ),
    "students": key(
        _names("flag", "student"), "Every flag and attribute of students that a condition uses.", "条件里用到的学生标记和属性。",
        {"special_case": {"title": "特殊情况"}},
    ),
    "roles": key(
        _names("role", "role"), "Who can act; who holds a role stands in the assignments.", "由谁办；谁担任哪个角色写在任职表里。",
        {"homeroom_teacher": {"title": "班主任", "of": "class"}},
    ),
    "marks": key(
        NamesOf("code", Value("meaning", begins=MEANINGS)), "Local codes of attendance: a meaning, then reasons of your own.",
        "考勤代码：先写含义，再写自定的原因。",
        {"S": "excused illness"},
    ),
    "day": key(
        Ref("day"), "How sessions make an absent day, and when the day closes.", "几节缺课算缺一天，几点结算当天。",
        {"absent_when": "all sessions", "closes": "17:30"},
    ),
    "measures": key(
        _names("measure", "measure"), "Named numbers over a student's history.", "由考勤算出的数，各有名字。",
        {"days_away": {"run": "unexcused", "unit": "school day", "neutral": "excused"}},
    ),
    "results": key(
        _names("result", "result"), "What the words of outcomes are called where people read them.", "办理结果的词，给人看时怎么称呼。",
        {"refused": {"title": {"zh": "拒绝", "en": "Refused"}}},
    ),
    "ladders": key(_names("ladder", "ladder"), "Ordered stages, one ladder for each concern.", "逐级上报的阶梯，一类问题一条。"),
    "duties": key(_names("duty", "duty"), "Obligations that recur by the calendar.", "按校历定期要做的事。"),
    "targets": key(_names("target", "target"), "Limits on a group's rate, with its base.", "比率的控制指标，写明基数。"),
    "registers": key(_names("register", "register"), "Lists that people keep.", "要保存的台账。"),
}
_LINE = {
    **COMMON,
    "value": key(
        one_or_many(Value("amount")), "A number, share, length, deadline, window, amount or place in the calendar.",
        "数、百分比、时长、期限、时段、金额或校历上的日子。", 3, "5 school days", "2%",
    ),
    "where": key(CONDITION, "Of whom this line holds; the first line that holds counts.", "这一行适用于谁；取第一条适用的。", "grade >= 7"),
    "from": key(DATE, "From when this line holds.", "这一行从哪天起适用。", "2018-09-01"),
}
_REQUIRED = {"required": key(TRUTH, "Whether the adopting school has to set the value.", "是否必须由采用的学校填写。", True)}
_STUDENT = {
    **COMMON,
    "is": key(Value("word", people.IS), "What it holds: yes or no (`flag`), a number, a date or a text.", "是标记（是或否）、数、日期还是文字。", "number"),
    "kept": key(SAID, "How long it is kept.", "保存多久。", "3 years"),
}
_ROLE = {
    **COMMON,
    "of": key(
        AnyOf((Value("level"), Ref("held"))), "For what the role is held: a class, a school, a village or a column of the roster.",
        "任职的范围：班、学校、村，或花名册的一列。", "class",
    ),
    "above": key(ROLE, "The role one step up.", "上一级角色。", "principal"),
}
_DAY = {
    "absent_when": key(Value("rule"), "When a day counts as absent.", "怎样算缺一天。", "all sessions", "any session", "at least 4 sessions", "at least 50%"),
    "closes": key(Value("clock"), "When the day is judged.", "几点结算当天。", "17:30"),
    "lesson_hour": key(Value("length"), "The length of an hour where a law counts lessons.", "按课时计时，一课时多长。", "50 minutes"),
}
_UNITS = tuple(dict.fromkeys(unit for units in measures.UNITS.values() for unit in units))
_MEASURE = {
    **COMMON,
    "run": key(
        _MARKED, "What counts in a row: meanings, reasons or quoted codes.", "连续计数：含义、原因或加引号的代码。", "unexcused",
        ["unexcused", "excused"],
    ),
    "count": key(
        _MARKED, "What is counted: meanings, reasons, quoted codes, or `fact(type)`.", "累计次数：含义、原因、加引号的代码，或 `fact(类型)`。",
        "unexcused", "fact(complaint)",
    ),
    "sum": key(_MARKED, "Whose minutes or hours are added, or the values of `fact(type)`.", "累计时长，或 `fact(类型)` 的值。", "late"),
    "mean": key(_MARKED, "The mean of the values of `fact(type)`.", "`fact(类型)` 的平均值。", "fact(exam_score)"),
    "share": key(_MARKED, "What is counted as a share of the time so far, or of the planned time.", "占已上或应上时间的比例。", ["excused", "unexcused"]),
    "unit": key(Value("unit", _UNITS), "In what it is counted.", "计数单位。", "school day"),
    "neutral": key(_MARKED, "What neither counts nor breaks a run.", "既不算也不打断连续的。", "excused"),
    "breaks": key(_MARKED, "What breaks a run besides presence.", "除到校外，还有什么打断连续。", "excused"),
    "of": key(
        Value("word", measures.OF), "Of a share: the sessions so far, or those of the whole window.", "比例的分母：已上的节，或整个时段应上的节。",
        "possible",
    ),
    "floor": key(Value("amount"), "On a smaller base a share has no value.", "分母不足此数则不算比例。", "40 sessions"),
    "within": key(
        one_or_many(Value("window")), "The window that it looks back on; of several, all must hold.", "往回看的时段；写几个则都要满足。",
        "school year", "4 school weeks", ["4 weeks", "school year"],
    ),
    "day": key(Value("rule"), "Another rule for what makes a day.", "本项另定怎样算一天。", "any session"),
    "sessions": key(Value("word", measures.SESSIONS), "All sessions, or only the first of the day.", "全部节次，或只算当天第一节。", "first"),
    "plus": key(
        NamesOf("plus", Value("unit")), "More that counts, by how much it must be over.", "另外还算的，超过多少才算。",
        {"late over 30 minutes": "session"},
    ),
}
HEAD = {
    "policy": Thing(picked(TOP, _TOP)),
    "in force": Thing(picked(policies.IN_FORCE, {
        "from": key(DATE, "The first date.", "第一天。", "2025-09-01"), "to": key(DATE, "The last date.", "最后一天。", "2026-08-31"),
    })),
    "parameter": Thing(picked(PARAMETER, {**_LINE, **_REQUIRED}), one_of=(("value", "required"),)),
    "parameter line": Thing(picked(LINE, _LINE), needed=("value",)),
    "student": Thing(picked(people.ATTRIBUTE, _STUDENT)),
    "role": Thing(picked(people.ROLE, _ROLE)),
    "result": Thing(picked(results.RESULT, COMMON)),
    "day": Thing(picked(marks.DAY, _DAY)),
    "measure": Thing(picked(measures.MEASURE, _MEASURE), one_of=(measures.KINDS,)),
}  # fmt: skip
