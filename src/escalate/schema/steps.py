"""Ladders, stages, items, consequences, duties, targets and registers, key by key."""

from __future__ import annotations

from ..loading import consequences, duties, items, ladders, registers, targets
from ..loading.anchors import GROUPS
from .common import ACTOR, ACTORS, COMMON, CONDITION, ITEM, ITEMS, SAID, WORDS
from .shapes import TRUTH, WHOLE, AnyOf, ListOf, NamesOf, Ref, Thing, Value, key, one_or_many, picked

_DUE = Value("deadline")
_PLACES = one_or_many(Value("place"))
_LEVEL = Value("level")
_IF_OVERDUE = key(
    ITEMS, "Items that open when one of these is not done in time.", "逾期未办时再办什么。",
    {"chase": {"title": "催办", "by": "principal", "due": "1 school day"}},
)
_DO = key(ITEMS, "The items to be issued.", "要办的事项。", {"home_visit": {"title": "家访", "by": "homeroom_teacher", "to": "parent", "due": "3 school days"}})

_LADDER = {
    **COMMON, **WORDS,
    "where": key(CONDITION, "Who is covered; a case ends when it is false.", "适用于谁；不再适用时个案即结束。", "enrolled"),
    "stages": key(NamesOf("stage", Ref("stage")), "The stages, in the order judged.", "各级，按先后判断。"),
    "ends": key(Ref("ends"), "What ends a case, and what is then to be done.", "怎样结案，结案时办什么。", {"when": "days_back >= 1"}),
    "lasts": key(Value("word", ladders.LASTS), "The period with which cases close.", "个案随哪个时段结束。", "school year"),
    "if_overdue": _IF_OVERDUE,
}  # fmt: skip
_ENDS = {
    **COMMON, **WORDS,
    "when": key(CONDITION, "The condition that ends a case.", "结案的条件。", "days_back >= 1"),
    "do": _DO,
    "if_overdue": _IF_OVERDUE,
}  # fmt: skip
_STAGE = {
    **_ENDS,
    "when": key(CONDITION, "The condition on which the stage fires.", "达到什么条件就启动这一级。", "days_away >= 3"),
    "need": key(
        CONDITION, "The evidence that must be there; while it is missing the items are blocked.", "须先有的凭据；没有则事项暂缓并注明缺什么。",
        "done(contact_parent)",
    ),
    "again": key(
        Value("again"), "When it fires again in the same case.", "同一个案中何时再次启动。", "each crossing", "each further 1", "every 5 school days",
        "each month",
    ),
}
_ITEM = {
    **COMMON,
    "kind": key(SAID, "A free word for columns.", "类别，任意一个词。", "visit"),
    "form": key(SAID, "The form that is used.", "用的表格。", "家访记录"),
    "by": key(
        ACTORS, "Who acts: a role, joint roles, or one item for each.", "由谁办：一个角色、几个角色合办，或每人各一件。", "homeroom_teacher",
        ["homeroom_teacher", "principal"], {"each": "homeroom_teacher"},
    ),
    "to": key(
        one_or_many(ACTOR), "To whom: a role, or several who receive one item.", "对谁：一个角色，或同收一件的几个角色。", "parent", ["parent", "principal"],
    ),
    "notify": key(ACTORS, "Who is told and owes nothing.", "告知谁（只告知，不需办理）。", "village_committee"),
    "due": key(_DUE, "By when.", "期限。", "3 school days", "30 minutes", "end of day", "at 16:00", "before the next school day", "at the 15th missed_year"),
    "from": key(Value("word", items.FROM), "From when the due is counted.", "期限从何时算起。", "known"),
    "if": key(CONDITION, "Judged once, when the item would open.", "只在开出时判断一次的条件。", "fired(two_weeks)"),
    "then": key(ITEMS, "Items that open when this one is done.", "办完之后再办什么。"),
    "if_outcome": key(NamesOf("result", ITEMS), "What one of its results opens.", "某一结果之后再办什么。"),
    "if_overdue": _IF_OVERDUE,
    "results": key(one_or_many(Value("result")), "The words that an outcome may have.", "办理结果可用的词。", ["coming", "promised", "refused", "not_reached"]),
    "done_when": key(CONDITION, "A condition on facts that does the item.", "满足什么就算办完。", 'received(consent, by="parent")'),
    "replaces": key(ITEM, "The item that this one cancels if it is open.", "取代哪一件未办的事项。", "one_day.home_visit"),
    "keep": key(TRUTH, "Whether it survives the end of the case.", "结案后是否仍须办。", True),
    "optional": key(TRUTH, "Whether it is never overdue.", "是否可办可不办（从不逾期）。", True),
    "times": key(WHOLE, "At which of its outcomes it is done.", "办几次才算完。", 3),
    "hold": key(CONDITION, "While it is true the due moves on.", "条件为真期间，期限顺延。", "not enrolled"),
    "list": key(one_or_many(Value("register")), "Registers attached as they stand when it opens.", "开出时附上哪些台账。", "suspected"),
    "about": key(ACTOR, "Whom it concerns besides the student.", "除学生外，还涉及谁。", {"who_had": "home_visit"}),
    "done_by": key(Value("word", items.DONE_BY), "`known`: in time only if it was known in time.", "`known`：在期限前为系统所知才算按时。", "known"),
    "reassign": key(TRUTH, "Whether it follows the role to a new holder while open.", "换人后是否转给新任职人。", True),
    "if_no_school": key(
        Value("word", items.IF_NO_SCHOOL), "Where the due goes if it falls on a date without school.", "期限落在不上学的日子时移到哪天。",
        "next school day",
    ),
    "if_in_break": key(Value("length"), "Where the due goes if it falls between terms.", "期限落在假期里时移到哪天。", "30 days after the next term starts"),
}
_CONSEQUENCE = {
    **COMMON,
    "entry": key(
        SAID, "What is entered: an amount and a word, arithmetic on parameters and measures of facts, `lose X`, `gain X`.",
        "记什么：数额加词，参数和事实计量的算式，`lose X` 取消，`gain X` 取得。", "-50 yuan", "+10 points", "lose 评优资格",
    ),
    "per": key(Value("word", consequences.PER), "For each of what; without it once.", "按什么计；不写则一次。", "student"),
    "for": key(Value("word", consequences.PERIODS), "The period for which it is entered.", "记入哪个时段。", "school year"),
    "to": key(ACTORS, "Whose entry it is.", "记给谁。", "principal", {"each": "subject_teacher"}),
    "if": key(CONDITION, "Judged once, when it would be entered.", "记入时判断一次的条件。", "grade >= 7"),
    "compound": key(TRUTH, "Whether shares multiply instead of adding up.", "百分比是否连乘而不是相加。", True),
}
_DUTY = {
    **COMMON, **WORDS,
    "every": key(Value("interval"), "How often.", "多久一次。", "session", "school day", "week", "4 weeks", "month", "term", "school year"),
    "on": key(_PLACES, "On which dates or places in the calendar.", "在校历上的哪些日子。", ["03-10", "term start"]),
    "starting": key(_PLACES, "From where days, weeks and months are counted.", "从哪天开始数。", "2025-09-01"),
    "each": key(_LEVEL, "For each of what it is owed: a level of groups, or a role.", "每个什么各一次：学生、班、学校……或角色。", "class", *GROUPS),
    "where": key(CONDITION, "Who is covered.", "适用于谁。", "enrolled"),
    "at_least": key(Value("amount"), "How many times in each period.", "每期至少几次。", 2),
    "in_holidays": key(Value("word", duties.HOLIDAYS), "What becomes of a date or a period without school.", "遇到不上学的日子怎么办。", "next school day"),
    "if_overdue": _IF_OVERDUE,
    "do": _DO,
}  # fmt: skip
_LIMIT = Value("amount")
_TARGET = {
    **COMMON, **WORDS,
    "each": key(_LEVEL, "Of each of what the rate is.", "按什么计算比率。", "school", *GROUPS[1:]),
    "where": key(CONDITION, "Which groups: those with a student of whom it is true.", "哪些班、校：其中有学生符合即可。", "grade >= 7"),
    "count": key(CONDITION, "Of whom it is asked at the check.", "检查时数哪些人（分子）。", "dropped_out"),
    "among": key(CONDITION, "Whose heads are counted at the base.", "基数里有哪些人（分母）。", "enrolled and not dropped_out"),
    "base": key(
        AnyOf((Value("base"), ListOf(Ref("base")))), "When the base is taken; of a list the first that holds.", "基数取自何时；列表取第一条适用的。",
        "school year start", [{"on": "intake"}],
    ),
    "less": key(
        CONDITION, "Who of them is left out at the check, as if never among them.", "检查时从基数里扣除哪些人（分子分母都不算）。",
        "transferred_out and received(transfer_papers)",
    ),
    "at_most": key(_LIMIT, "The limit, which is kept at it: a share, or so many students.", "不高于（等于也算达标）：比率，或几人。", "2%", "2 students"),
    "below": key(_LIMIT, "The limit, which is broken at it.", "低于（等于不算）。", "2%"),
    "at_least": key(_LIMIT, "The least, which is kept at it.", "不低于（等于也算达标）。", "95%"),
    "above": key(_LIMIT, "The least, which is broken at it.", "高于（等于不算）。", "95%"),
    "check": key(
        _PLACES, "When it is asked: `as it changes`, or places in the calendar.", "何时检查：`as it changes` 随时，或校历上的日子。", "as it changes",
        "term end",
    ),
    "list": key(Value("word", targets.LISTS), "Who is listed at the check.", "检查时列出谁。", "counted"),
    "if_broken": key(ITEMS, "What is to be done where the limit is broken.", "超标时办什么。"),
    "if_met": key(ITEMS, "What is to be done where the limit is kept.", "达标时办什么。"),
}  # fmt: skip
_BASE = {
    **COMMON,
    "where": key(CONDITION, "Of which groups this line holds.", "这一行适用于哪些班、校。", "grade == 1"),
    "on": key(Value("base"), "When the base is taken.", "基数取自何时。", *targets.BASES),
}
_REGISTER = {
    **COMMON, **WORDS,
    "each": key(_LEVEL, "What a row is for.", "每行是什么。", "student", "class"),
    "where": key(CONDITION, "Who stands in it.", "列入谁。", "open_case(truancy)"),
    "columns": key(
        one_or_many(Value("column")), "What it shows: words of the roster, roles, and whatever a condition may say.",
        "列：花名册的列、角色，以及条件里能写的一切。", ["name", "class_name", "days_away"],
    ),
    "readers": key(one_or_many(Value("role")), "The roles that may read it.", "哪些角色可以看。", ["principal"]),
    "kept": key(SAID, "How long it is kept.", "保存多久。", "forever", "3 years"),
}  # fmt: skip
STEPS = {
    "ladder": Thing(picked(ladders.LADDER, _LADDER), needed=("stages",)),
    "stage": Thing(picked(ladders.STAGE, _STAGE), needed=("when",)),
    "ends": Thing(picked(ladders.ENDS, _ENDS), needed=("when",)),
    "item": Thing(picked(items.ITEM, _ITEM), one_of=(("by", "notify"),)),
    "consequence": Thing(picked(consequences.CONSEQUENCE, _CONSEQUENCE), needed=("entry", "to")),
    "duty": Thing(picked(duties.DUTY, _DUTY), needed=("do",), one_of=(("every", "on"),)),
    "target": Thing(picked(targets.TARGET, _TARGET), needed=("count", "among", "base", "check")),
    "base": Thing(picked(targets.BASE, _BASE), needed=("on",)),
    "register": Thing(picked(registers.KEYS, _REGISTER)),
}
