"""The one table of the language's words: each English word with the one Chinese word that says the same in its place.

A word has its meaning by where it stands, so there is a table for each place: `KEYS` for the keys of mappings (and `KEYS_OF` for those that
mean something else in one mapping), `CHOICES` for values of a few words, `ASKED` and its neighbours for conditions, `FORMS` for
what is written with numbers and names in it. In one place no two words share a Chinese one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Words = Mapping[str, str]

# A unit behind a number; alone it stands without `个`.
UNITS: Words = {
    "minute": "分钟", "hour": "小时", "day": "天", "week": "周", "month": "个月", "year": "年", "term": "个学期", "session": "节",
    "half day": "个半天", "school day": "个上学日", "office day": "个工作日", "school week": "个教学周", "school year": "个学年",
}
ALONE: Words = {unit: word.removeprefix("个") for unit, word in UNITS.items()}
# In what a limit counts heads; no length of time.
HEADS: Words = {"student": "人"}
# A stretch of time that something lies in.
PERIODS: Words = {"day": "当天", "week": "当周", "month": "当月", "term": "当学期", "school year": "当学年"}
LEVELS: Words = {
    "student": "学生", "household": "家庭", "class": "班级", "grade": "年级", "school": "学校", "village": "村", "township": "乡镇", "county": "县",
    "person": "人员",
}
MEANINGS: Words = {
    "present": "出勤", "late": "迟到", "left_early": "早退", "excused": "请假", "unexcused": "旷课", "unknown": "未记录", "not_expected": "无需到校",
}
STATUSES: Words = {
    "enrolled": "在籍", "no_show": "未报到", "transferred_in": "转入", "transferred_out": "转出", "on_leave": "休学", "resumed": "复学",
    "suspected_dropout": "疑似辍学", "dropped_out": "辍学", "returned": "返校", "removed": "除名", "graduated": "毕业", "not_on_roll": "不在册",
}
OWN_ROLES: Words = {"student": "学生本人", "parent": "家长"}
TRUTHS: Words = {"true": "是", "false": "否"}

# --- keys ---------------------------------------------------------------------------------------------

KEYS: Words = {
    # the head
    "policy": "制度", "title": "标题", "cites": "条款", "why": "理由", "text": "原文", "extends": "沿用", "in_force": "施行", "from": "起", "to": "止",
    "on_change": "换版", "timezone": "时区", "lang": "语言", "set": "设定", "replace": "替换", "add": "增加", "after": "接在",
    "parameters": "参数", "students": "学生", "roles": "角色", "marks": "考勤", "day": "日结规则", "measures": "计量", "ladders": "阶梯", "duties": "例行工作",
    "targets": "目标", "registers": "台账",
    # parameters, students, roles, the day
    "value": "取值", "where": "适用", "required": "必填", "parameter": "参数", "is": "类型", "kept": "保存", "of": "所属", "above": "上级",
    "absent_when": "缺课认定", "closes": "日结", "lesson_hour": "课时",
    # measures
    "run": "连续", "count": "累计", "sum": "合计", "mean": "平均", "share": "占比", "unit": "单位", "neutral": "不计", "breaks": "中断", "floor": "最低基数",
    "within": "期间", "sessions": "节次", "plus": "另计",
    # ladders and stages
    "stages": "台阶", "ends": "结案", "lasts": "存续", "when": "当", "need": "依据", "do": "待办", "again": "再次",
    # items and consequences
    "kind": "类别", "form": "表单", "by": "由", "notify": "告知", "about": "涉及", "due": "期限", "if": "如果", "then": "办结后", "if_outcome": "结果为",
    "if_overdue": "逾期后", "results": "结果", "done_when": "办结条件", "replaces": "取代", "keep": "保留", "optional": "可选", "times": "次数",
    "hold": "顺延条件", "list": "附名单", "done_by": "按时依据", "reassign": "随角色转交", "if_no_school": "遇无课", "if_in_break": "遇假期",
    "each": "各", "who_had": "原承办人", "entry": "记入", "per": "每", "for": "计入", "compound": "连乘",
    # duties and targets
    "every": "频次", "on": "日期", "starting": "始于", "at_least": "至少", "in_holidays": "假期", "among": "范围", "base": "基数", "less": "扣除",
    "at_most": "不超过",
    "below": "低于", "check": "检查", "if_broken": "未达标", "if_met": "达标",
    # registers
    "columns": "列", "readers": "可读",
    # calendars
    "calendar": "校历", "week": "周课表", "terms": "学期", "covers": "覆盖", "closed": "放假", "make_up": "补课", "days": "特殊日", "office": "办公",
    "years": "学年", "schools": "学校", "weekday": "按课表", "reason": "原因", "open": "上班",
    # specs
    "cases": "样例", "until": "截至", "only": "只看", "events": "事实", "expect": "预期",
}
# Keys that mean something else in one mapping, or would stand there beside a key of the same Chinese word.
KEYS_OF: Mapping[str, Words] = {
    "item": {"to": "对象", "from": "起算"},
    "consequence": {"to": "对象"},
    "measure": {"of": "总数", "day": "缺课认定"},
    "target": {"count": "计入", "at_least": "不低于", "above": "高于", "list": "列出"},
    "base": {"on": "取自"},
    "week": {
        "monday": "周一", "tuesday": "周二", "wednesday": "周三", "thursday": "周四", "friday": "周五", "saturday": "周六", "sunday": "周日",
    },
    "expected": {
        "issued": "派发", "told": "通知", "blocked": "待补依据", "unblocked": "依据补齐", "moved": "变更", "reopened": "重开", "overdue": "逾期",
        "overdue retracted": "撤回逾期", "withdrawn": "撤销", "recall": "召回", "done": "办结", "done late": "逾期办结", "cancelled": "取消", "lapsed": "失效",
        "replaced": "换号", "opened": "立案", "ended": "结案", "reinstated": "恢复个案", "merged": "并案", "re-pinned": "换版",
        "student": "学生", "to": "对象", "missing": "缺少", "person": "人员", "result": "结果", "number": "第几次",
    },
    "event": {
        "mark": "考勤", "status": "学籍", "flag": "标记", "outcome": "办理", "document": "材料", "fact": "事实", "void": "作废", "assignment": "任职",
        "roster": "名册", "date": "日期", "session": "节次", "minutes": "分钟", "at": "发生", "cause": "原因", "level": "层级", "item": "待办",
        "action": "行动", "done": "办结", "result": "结果", "person": "人员", "school": "学校", "id": "编号", "student": "学生", "known": "得知",
        "recorded": "录入", "source": "来源", "reason": "事由", "sessions": "上课节次",
        "to": "至",
    },
}



def spelled(keys: Iterable[str]) -> tuple[str, ...]:
    """Some keys in both languages."""
    known = tuple(keys)
    return tuple(dict.fromkeys((*known, *(words[key] for key in known for words in (KEYS, *KEYS_OF.values()) if key in words))))


# --- values of a few words ------------------------------------------------------------------------------

CHOICES: Mapping[str, Words] = {
    "truth": TRUTHS,
    "level": LEVELS,
    "held": {**LEVELS, "session": "节次"},
    "status": STATUSES,
    "unit": ALONE,
    "on_change": {"keep": "不变", "migrate": "改按新版"},
    "is": {"flag": "标记", "number": "数值", "date": "日期", "text": "文本"},
    "of": {"possible": "应到", "planned": "全部"},
    "sessions": {"all": "全部", "first": "首节"},
    "lasts": {"month": "当月", "term": "当学期", "school year": "当学年"},
    "from": {"known": "得知", "event": "事发", "start of school day": "上学日开始"},
    "done_by": {"at": "发生", "known": "得知"},
    "if_no_school": {"next school day": "下一个上学日", "previous school day": "上一个上学日"},
    "in_holidays": {"skip": "跳过", "keep": "照常", "only": "仅假期", "next school day": "下一个上学日"},
    "per": {"student": "每名学生", "student above the limit": "超出指标的每名学生", "item": "每件待办"},
    "for": PERIODS,
    "list": {"counted": "计入者", "not counted": "未计入者"},
    "weekday": KEYS_OF["week"],
    "kind": {"closed": "放假"},
    "or_none": {"none": "无"},
    # what a register shows of a student, or of a group
    "column": {
        **LEVELS, "student": "学号", "name": "姓名", "class_name": "班级名称", "birth_date": "出生日期", "from": "在册起", "to": "在册止", "status": "学籍",
        "since": "学籍日期", "cause": "学籍原因", "case": "个案", "stage": "台阶", "opened": "立案", "item": "待办", "by": "承办人", "due": "期限",
        "title": "标题", "students": "人数",
    },
}

# --- conditions -----------------------------------------------------------------------------------------

OPERATORS: Words = {"and": "且", "or": "或", "not": "非", "in": "属于", "not in": "不属于"}
CONSTANTS: Words = {**TRUTHS, "none": "无结果", "anyone": "任何人"}
ASKED: Words = {"grade": "年级", "age": "年龄", "class_name": "班级", "term_week": "学期第几周", "marked": "点名完成"}
FUNCTIONS: Words = {
    "became": "转为", "ever": "曾经", "done": "已办结", "outcome": "结果", "overdue": "逾期未办", "late": "曾逾期", "fired": "已到", "open_case": "有未结个案",
    "times": "次数", "received": "已收到", "days_since": "距今天数", "school_days_since": "距今上学日数", "age_on": "届时年龄", "rate": "比率",
    "new_holder": "换了人",
}
OPTIONS: Words = {"cause": "原因", "since": "自", "by": "由", "result": "结果", "to": "对象", "within": "期间"}
MOMENTS: Words = {"case": "立案", "enrolment": "入学", "term_start": "学期开始", "school_year_start": "学年开始"}

# --- what is written with numbers and names in it -----------------------------------------------------------

# `{n}`: a number or a parameter. `{length}`: a number and its unit. `{heads}`: a number of students. `{nth}`: an ordinal. `{period}`: one of `PERIODS`.
# `{clock}`, `{name}`, `{rest}`. `{anchor}`: a date or an edge of a period.
Form = tuple[str, str]
LENGTH: Form = ("{length}", "{length}")
ANCHORS: tuple[Form, ...] = (
    ("term start", "学期开始"), ("term end", "学期结束"), ("school year start", "学年开始"), ("school year end", "学年结束"),
    ("{length} after {anchor}", "{anchor}后{length}"), ("{length} before {anchor}", "{anchor}前{length}"), ("{nth}", "{nth}日"),
)
FORMS: Mapping[str, tuple[Form, ...]] = {
    "due": (
        ("end of school day", "上学日结束"), ("end of {period}", "{period}结束"), ("at {clock}", "{clock}前"),
        ("before the next school day", "下一个上学日开始之前"), ("at the {nth} {name}", "{name}达到{nth}时"), ("before the {nth} {name}", "{name}达到{nth}前"),
        ("{length} after the {nth} {name}", "{name}达到{nth}后{length}"), *ANCHORS, LENGTH,  # last: what stands before it could be a name
    ),
    "anchor": ANCHORS,
    "window": (
        ("{period}", "{period}"), ("{length}", "近{length}"), LENGTH, ("each {length}", "每{length}一段"), ("since enrolment", "自入学起"),
        ("since the case opened", "自立案起"), ("since {name}", "自{name}起"),
    ),
    "every": (
        ("session", "每节"), ("school day", "每个上学日"), ("week", "每周"), ("month", "每月"), ("term", "每学期"), ("school year", "每学年"),
        ("{length}", "每{length}"),
    ),
    "again": (
        ("each crossing", "每次达到"), ("each further {n}", "每再增加{n}"), ("every {length}", "每隔{length}"), ("each school day", "每个上学日"),
        ("each month", "每月"), ("each term", "每学期"), ("each school year", "每学年"),
    ),
    "base": (
        ("previous term end", "上学期结束"), ("intake", "招生入学"), ("first attended", "首次到校"), ("{length} before", "前{length}"), *ANCHORS,
    ),
    "check": (("as it changes", "随时"), *ANCHORS),
    "absent_when": (("all sessions", "全部节次"), ("any session", "任一节次"), ("at least {length}", "至少{length}"), ("at least {n}", "至少{n}")),
    "floor": (LENGTH,),
    "limit": (("{heads}", "{heads}"),),
    "length": (LENGTH,),
    "kept": (("forever", "永久"), LENGTH),
    "in_break": (("{length} after the next term starts", "下学期开始后{length}"),),
    "counted": (("fact({name})", "事实({name})"), *MEANINGS.items()),
    "extra": (("late over {length}", "迟到超过{length}"), ("left_early over {length}", "早退超过{length}"), ("{name} over {length}", "{name}超过{length}")),
    "own extra": (("{name} over {length}", "{name}超过{length}"),),
    "entry": (("lose {rest}", "取消 {rest}"), ("gain {rest}", "获得 {rest}")),
}
# A parameter's value may stand wherever one of these may; a bare length last, for what stands before it could be a name.
_HELD = tuple(dict.fromkeys(form for kind in ("limit", "due", "window", "base", "every", "entry") for form in FORMS[kind]))
FORMS = {**FORMS, "value": tuple(sorted(_HELD, key=lambda form: (form[0] == "{length}", form != LENGTH)))}
