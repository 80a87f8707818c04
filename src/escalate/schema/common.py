"""What stands in many things: texts in languages, clauses, reasons, who acts, and the items that hang on them."""

from __future__ import annotations

from ..loading.actors import EACH, WHO
from ..loading.keys import HELD, LANGUAGE
from .shapes import TEXT, AnyOf, ByKey, ListOf, NamesOf, Ref, Value, key, one_or_many, picked

# One text, or the one that a parameter holds.
SAID = AnyOf((TEXT, Ref("held")))
# The same in one or more languages.
TITLE = AnyOf((TEXT, Ref("held"), NamesOf("language", TEXT, LANGUAGE.pattern)))
CONDITION = Value("condition")
ROLE, ITEM = AnyOf((Value("role"), Ref("held"))), AnyOf((Value("item"), Ref("held")))
ACTOR = AnyOf((Value("role"), Ref("who")))
ACTORS = AnyOf((Value("role"), Ref("who"), Ref("each"), ListOf(AnyOf((Value("role"), Ref("who"), Ref("each"))))))
ITEMS = NamesOf("item", ByKey("entry", "consequence", "item"))

COMMON = {
    "title": key(
        TITLE, "What it is called in reports, in one or more languages.", "在报表里的名称，可写一种或几种语言。", "家访",
        {"zh": "家访", "en": "Home visit"},
    ),
    "cites": key(
        one_or_many(Value("clause")), "The clause that it follows, or a list of them.", "依据的条款，一条或一个列表。", "S004-05C-c5",
        ["S004-05C-c3", "S004-05C-c4"],
    ),
    "why": key(TITLE, "The author's reason for a choice that the clause left open.", "原文没有写明时，作者这样定的理由。", "原文只说及时"),
}
WORDS = {"text": key(TITLE, "The clause in the words of the plan.", "原文。", "连续三天缺课的，写缺课报告")}

HELD_KEYS = picked(HELD, {"parameter": key(Value("parameter"), "The parameter whose value is the text.", "取哪个参数的值作文字。", "notice_form")})
WHO_KEYS = picked(WHO, {
    "who_had": key(ITEM, "Whoever had this item when it fell overdue.", "这一事项逾期时的承办人。", "home_visit"),
    "above": key(ROLE, "The role one step above this one.", "这一角色的上一级。", "homeroom_teacher"),
})  # fmt: skip
EACH_KEYS = picked(EACH, {
    "each": key(
        one_or_many(ACTOR), "One item for each holder of each role named.", "所列角色的每一位任职人各一件。", "homeroom_teacher",
        ["homeroom_teacher", "principal"],
    ),
})  # fmt: skip
