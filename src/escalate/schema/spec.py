"""A spec, key by key; a calendar may stand in it."""

from __future__ import annotations

from ..events import TYPES
from ..policy import STATUSES
from ..spec import entries, expecting, reading
from ..spec.values import WHATS
from .calendar import CALENDAR
from .shapes import DATE, TEXT, AnyOf, Key, ListOf, NamesOf, Ref, Shape, Thing, Value, key, one_or_many, picked

_ROLES = one_or_many(Value("role"))
_ACTORS = AnyOf((*_ROLES.parts, Ref("who")))
_PERSONS = one_or_many(Value("person"))
_CELL = one_or_many(TEXT)

_SHARED = {
    "title": key(TEXT, "What it is called; only readers look at it.", "标题，只给人看。", "家访"),
    "from": key(DATE, "The first date of the marks.", "考勤从哪天开始。", "2025-11-03"),
    "calendar": key(AnyOf((Value("file"), Ref("calendar"))), "A calendar's file, or the calendar itself.", "校历文件，或直接写校历。", "calendar.yaml"),
    "students": key(
        NamesOf("student", NamesOf("column", TEXT)), "The students, each with columns of the roster.", "学生，各写花名册的列。",
        {"小明": {"class": "7.2", "grade": 7}},
    ),
    "roles": key(
        NamesOf("role", AnyOf((*_PERSONS.parts, NamesOf("place", _PERSONS)))),
        "Who holds each role, perhaps by class, village ...", "各角色由谁担任，可按班、村分别写。",
        {"principal": "王校长", "homeroom_teacher": {"7.2": "张老师"}},
    ),
    "until": key(DATE, "Up to when a case is followed.", "一直看到哪天。", "2025-12-31"),
    "only": key(one_or_many(Value("part")), "The ladders, duties and targets that are compared.", "只比较哪些阶梯、例行工作、目标。", "truancy"),
}
_TOP = {
    **_SHARED,
    "policy": key(one_or_many(Value("file")), "The policy's file, or a list of files.", "制度文件，或几个文件。", "policy.yaml"),
    "cases": key(NamesOf("case", Ref("case")), "The cases, each under its title.", "各个样例，以标题为键。"),
}
_CASE = {
    **_SHARED,
    "marks": key(
        NamesOf("student", AnyOf((Value("days"), NamesOf("date", Value("days"))))),
        "Each student's marks, a letter a day.", "各学生的考勤，一天一个字母。", {"小明": "AAA P"},
    ),
    "events": key(
        NamesOf("moment", ListOf(Ref("event"))), "What else happened, by the date and time at which it was known.", "其他事件，按得知的日期时间写。",
        {"2025-11-04 10:00": [{"outcome": "home_visit", "result": "promised"}]},
    ),
    "registers": key(
        NamesOf("moment", NamesOf("register", ListOf(NamesOf("column", TEXT)))),
        "What stands in registers at a date's close, every row.", "某日结束时台账里的每一行。", {"2025-11-28": {"rates": []}},
    ),
    "expect": key(
        NamesOf("moment", AnyOf((Ref("line"), ListOf(Ref("line"))))),
        "What must be decided, by its date, and nothing else.", "按日期写应有的结果，除此之外不得有。",
        {"2025-11-03": [{"issued": "home_visit", "by": "homeroom_teacher", "due": "2025-11-04"}]},
    ),
}
_TYPES: dict[str, tuple[Shape, str, str, str]] = {
    "mark": (one_or_many(Value("code")), "A mark: its code.", "考勤：代码。", "S"),
    "status": (one_or_many(Value("word", STATUSES)), "A status of a student.", "学籍变动。", "transferred_out"),
    "flag": (one_or_many(Value("flag")), "A flag of a student.", "学生的标记。", "special_case"),
    "outcome": (one_or_many(Value("item")), "An outcome of an item: its name, title or id.", "事项的办理结果：事项的名字、名称或编号。", "home_visit"),
    "document": (_CELL, "A document that came.", "收到的材料。", "consent"),
    "fact": (_CELL, "A fact that a policy counts.", "制度要数的事实。", "complaint"),
    "void": (_CELL, "The id of an event that never was.", "作废的事件编号。", "m1"),
    "assignment": (one_or_many(Value("role")), "A role that somebody comes to hold.", "任职变动的角色。", "principal"),
    "calendar": (one_or_many(DATE), "A date of the calendar that changes.", "校历变动的日期。", "2025-11-06"),
    "roster": (_CELL, "A column of the roster that changes.", "花名册变动的列。", "class"),
}
_CELLS: dict[str, tuple[str, str]] = {
    "id": ("The event's id.", "事件编号。"),
    "student": ("Whose it is; may be left out where a case has one student.", "哪个学生；只有一个学生时可不写。"),
    "known": ("When it was known, if not at the key.", "得知的时间，不写则为上面的键。"),
    "recorded": ("When it was written.", "登记的时间。"),
    "source": ("Where it comes from.", "来源。"),
    "date": ("The date that it is about.", "所指的日期。"),
    "session": ("The session; left out, all of the date.", "节次；不写则为全天。"),
    "minutes": ("How many minutes.", "分钟数。"),
    "at": ("When it was.", "发生的时间。"),
    "cause": ("Why.", "原因。"),
    "value": ("The value; yes if left out.", "值，不写则为是。"),
    "by": ("Who did it.", "谁办的。"),
    "level": ("Of what level the group is.", "是哪一级：班、校、角色……"),
    "about": ("Which group it is about.", "是哪个班、校、人的。"),
    "item": ("The item's id.", "事项的编号。"),
    "action": ("The action's name.", "事项的名字。"),
    "done": ("Whether it was done.", "是否办了。"),
    "result": ("What came of it.", "结果。"),
    "to": ("To whom, or the last date.", "对谁，或最后一天。"),
    "times": ("How many times.", "几次。"),
    "of": ("For what the role is held.", "任职的范围。"),
    "person": ("Who holds it.", "由谁担任。"),
    "from": ("The first date.", "第一天。"),
    "kind": ("What kind of day it becomes.", "改成什么日子。"),
    "office": ("Whether the office is open.", "办公室是否开放。"),
    "school": ("In which school.", "哪所学校。"),
    "sessions": ("The sessions of the date.", "当天的节次。"),
    "weekday": ("Whose weekday's sessions it has.", "按星期几的课表。"),
    "reason": ("Why.", "原因。"),
}
_WHATS: dict[str, tuple[str, str]] = {
    "issued": ("Somebody is asked to do it.", "要求某人办理。"),
    "told": ("A notice went out.", "发出了告知。"),
    "blocked": ("It is asked for and lacks its evidence.", "因缺凭据而暂缓。"),
    "unblocked": ("The evidence came.", "凭据已到。"),
    "moved": ("Its due changed, or a case moved on.", "期限变了，或个案升级。"),
    "reopened": ("It is owed again.", "重新要办。"),
    "overdue": ("It was not done in time.", "逾期。"),
    "overdue retracted": ("It was done in time after all.", "撤销逾期。"),
    "withdrawn": ("Its ground is gone.", "撤回。"),
    "recall": ("It is to be taken back by hand.", "须人工收回。"),
    "lapsed": ("Its time went by.", "失效。"),
    "done": ("It was done.", "已办。"),
    "done late": ("It was done late.", "逾期后已办。"),
    "cancelled": ("It was cancelled.", "取消。"),
    "replaced": ("Another one took its place.", "被取代。"),
    "opened": ("A case opened.", "立案。"),
    "ended": ("A case ended.", "结案。"),
    "reinstated": ("A case that had ended goes on.", "恢复个案。"),
    "merged": ("A case became part of another.", "并案。"),
    "re-pinned": ("A case follows another version.", "改按另一版制度。"),
}
_FIELDS = {
    "student": key(Value("student"), "Whose it is; needed where a case has several students.", "哪个学生；有几个学生时必须写。", "小明"),
    "about": key(TEXT, "The class, school, village or person that it is about.", "哪个班、校、村、人的。", "7.2"),
    "by": key(_ACTORS, "Who acts.", "由谁办。", "homeroom_teacher", ["principal", "homeroom_teacher"]),
    "to": key(_ACTORS, "To whom.", "对谁。", "parent"),
    "notify": key(_ACTORS, "Who is told.", "告知谁。", "principal"),
    "due": key(
        Value("moment"), "By when: a date, a date and time, a time of the same day, or `none`.", "期限：日期、日期时间、当天几点，或 `none`。",
        "2025-11-04", "08:30", "none",
    ),
    "missing": key(one_or_many(Value("item")), "What a blocked item waits for.", "还缺什么。", ["home_visit"]),
    "person": key(_PERSONS, "Who it is, by name.", "具体由谁。", "张老师"),
    "result": key(TEXT, "What came of it.", "结果。", "promised"),
    "number": key(TEXT, "Which occurrence it is.", "第几次。", "2"),
    "entry": key(TEXT, "What a consequence enters, or `none` where it has no amount.", "记了什么；数额未定时写 `none`。", "-100 yuan", "none"),
    "policy": key(TEXT, "Of which policy.", "哪个制度的。", "our-school"),
}
_EVENT: dict[str, Key] = {
    **{name: key(_CELL, en, zh) for name, (en, zh) in _CELLS.items()},
    **{name: key(shape, en, zh, example) for name, (shape, en, zh, example) in _TYPES.items()},
}
SPEC = {
    **CALENDAR,
    "spec": Thing(picked(reading.TOP, _TOP), needed=("cases",)),
    "case": Thing(picked(reading.OWN, _CASE), needed=("expect",)),
    "event": Thing(
        picked((*TYPES, *dict.fromkeys(name for kind in TYPES for name in (*entries.FIELDS[kind], *entries.STAMPS) if name not in TYPES)), _EVENT),
        one_of=(tuple(TYPES),),
    ),
    "line": Thing(
        picked((*WHATS, *expecting.FIELDS), {**{what: key(Value("item"), en, zh, "home_visit") for what, (en, zh) in _WHATS.items()}, **_FIELDS}),
        one_of=(WHATS,),
    ),
    "who": Thing(picked(expecting.WHO, {"who_had": key(Value("item"), "Whoever had this item.", "这一事项的承办人。", "home_visit")}), needed=("who_had",)),
}
