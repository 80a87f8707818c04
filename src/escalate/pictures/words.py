"""The words of tables and drawings, one table a language."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from ..phrases import Phrases, of_language, phrases_for

EN = {
    # heads
    "head.stage": "stage", "head.duty": "duty", "head.target": "target",
    "head.when": "when", "head.rhythm": "how often, for whom", "head.measured": "what is counted, and the limit",
    "head.who": "who", "head.what": "what", "head.whom": "to whom", "head.due": "by when", "head.late": "if overdue", "head.cites": "clause",
    "no_ladder": "No ladder: this policy has duties and targets only, and they stand in its table.",
    "duties": "Duties", "targets": "Targets", "covers": "for", "ends": "End", "sign": "Signed: ____________________    Date: ____________________",
    "in_force.from": "in force from {start}", "in_force.to": "in force until {end}", "in_force.both": "in force from {start} until {end}",
    "unset": "To be filled in by the school: {names}",
    # parameters
    "open": "[{name}: to be set]", "line.where": "{value} where {where}", "line.from": "{value} from {date}", "line.else": "{value} otherwise",
    "line.join": "; ",
    "depends": "{name}: {lines}", "colon": "{name}: {text}", "split": "; ",
    # by when
    "within": "within {n}", "counts.event": "from when it happened", "counts.start of school day": "from the start of the school day",
    "no_school.next": "if no school, the next school day", "no_school.previous": "if no school, the school day before", "in_break": "in a break: {due}",
    "hold": "put off while {condition}", "optional": "optional", "done_by": "counts when it is known",
    # items
    "each": "each {who}", "tell": "notice: {who}", "about": "concerning {who}", "form": "form: {form}", "times": "{n} times", "results": "outcome: {results}",
    "done_when": "done when {condition}", "replaces": "takes the place of “{name}”", "list": "with the list {name}", "keep": "stays after the end",
    "reassign": "goes to whoever takes over", "if": "if {condition}", "slash": " / ",
    "then": "when done", "overdue": "if overdue", "outcome": "if “{result}”", "if_broken": "if the limit is broken", "if_met": "if the limit is kept",
    # stages and ladders
    "need": "evidence: {condition}", "again.crossing": "at each crossing", "again.further": "at each further {n}", "again.every": "every {n}",
    "again.each": "once each {unit}", "ends.lasts": "{period} is over", "ends.where": "no longer covered", "ends.or": ", or ",
    "enrolled": "enrolled students",
    # duties
    "every": "each {unit}", "every.n": "every {n}", "on": "{dates}", "on.open": "a date to be set", "starting": "counted from {date}",
    "at_least": "at least {n} times", "holidays.skip": "not in holidays", "holidays.keep": "in holidays too", "holidays.only": "in holidays only",
    "holidays.next school day": "moved to the next school day", "for_each": "for each {level}", "for_each.student": "student", "where": "where {condition}",
    # targets
    "counted": "counted: {count}",
    "among": "among: {among}", "less": "less: {less}", "limit": "limit: {limit}", "no_limit": "told only", "check": "checked: {dates}",
    "check.change": "checked as it changes",
    "base": "heads as of {base}", "base.previous_term_end": "the end of the term before", "base.intake": "the intake",
    "base.first_attended": "the first attendance",
    "base.years_before": "{n} school years before", "counted list": "with a list of those counted", "not counted list": "with a list of those not counted",
    # consequences
    "per.student": "for each student", "per.student above the limit": "for each student above the limit", "per.item": "for each item",
    "for": "for {period}", "amount": "entry of {amount}", "compound": "each multiplied with the others", "entered": "entered for {who}",
}

ZH = {
    "head.stage": "台阶", "head.duty": "例行工作", "head.target": "指标",
    "head.when": "什么情况", "head.rhythm": "多久一次、针对谁", "head.measured": "怎么统计、指标多少",
    "head.who": "谁来做", "head.what": "做什么", "head.whom": "对谁", "head.due": "期限", "head.late": "逾期则", "head.cites": "条款",
    "no_ladder": "没有逐级处理：这项制度只有例行工作和指标，见表。",
    "duties": "例行工作", "targets": "指标与奖惩", "covers": "适用", "ends": "结案", "sign": "签名：____________________　　日期：____________________",
    "in_force.from": "{start}起施行", "in_force.to": "施行至{end}", "in_force.both": "{start}起施行，至{end}止",
    "unset": "待学校填写：{names}",
    "open": "〔{name}：待填〕", "line.where": "{value}（{where}）", "line.from": "{date}起 {value}", "line.else": "其余 {value}", "line.join": "；",
    "depends": "{name}：{lines}", "colon": "{name}：{text}", "split": "；",
    "within": "{n}内", "counts.event": "从发生时算起", "counts.start of school day": "从当天上学时算起",
    "no_school.next": "遇不上学顺延到下一上学日", "no_school.previous": "遇不上学提前到上一上学日", "in_break": "遇假期：{due}",
    "hold": "{condition}期间顺延", "optional": "可选", "done_by": "以得知时间为准",
    "each": "每位{who}", "tell": "告知{who}", "about": "涉及{who}", "form": "表单：{form}", "times": "共 {n} 次", "results": "结果：{results}",
    "done_when": "办结条件：{condition}", "replaces": "取代“{name}”", "list": "附名单 {name}", "keep": "结案后仍须办理",
    "reassign": "换人后由接任者办理", "if": "如果{condition}", "slash": "／",
    "then": "办结后", "overdue": "逾期", "outcome": "结果“{result}”", "if_broken": "突破指标", "if_met": "达到指标",
    "need": "前提：{condition}", "again.crossing": "每次达到都办", "again.further": "每再增加 {n} 办一次", "again.every": "每 {n}一次",
    "again.each": "每个{unit}一次", "ends.lasts": "{period}结束", "ends.where": "不再属于适用范围", "ends.or": "，或",
    "enrolled": "在籍学生",
    "every": "每{unit}", "every.n": "每 {n}", "on": "{dates}", "on.open": "日期待填", "starting": "自{date}起算",
    "at_least": "至少 {n} 次", "holidays.skip": "放假不做", "holidays.keep": "放假照做", "holidays.only": "只在放假时做",
    "holidays.next school day": "遇放假顺延", "for_each": "每个{level}", "for_each.student": "学生", "where": "限于{condition}",
    "counted": "统计：{count}", "among": "范围：{among}", "less": "扣除：{less}",
    "limit": "指标：{limit}", "no_limit": "只作统计", "check": "{dates}检查", "check.change": "随变随查",
    "base": "人数以{base}为准", "base.previous_term_end": "上学期结束", "base.intake": "入学时", "base.first_attended": "首次到校",
    "base.years_before": "{n} 个学年之前", "counted list": "附计入者名单", "not counted list": "附未计入者名单",
    "per.student": "每名学生", "per.student above the limit": "超出指标的每名学生", "per.item": "每件待办",
    "for": "计入{period}考核", "amount": "记 {amount}", "compound": "逐次相乘", "entered": "记入{who}",
}
# Units as they follow `each` and `every`.
UNITS_EN = {"school_day": "school day", "school_year": "school year"}
UNITS_ZH = {"session": "节课", "day": "天", "school_day": "上学日", "week": "周", "month": "月", "term": "学期", "school_year": "学年"}
# What stands alone in a cell, and not in a sentence about one day.
PERIODS_ZH = {"day": "当天", "school_day": "当天上学", "week": "当周", "month": "当月", "term": "学期", "school_year": "学年"}
NAMES_EN = {"student": "Student", "parent": "Parent"}
NAMES_ZH = {"student": "学生", "parent": "家长"}


def words_for(lang: str) -> Mapping[str, str]:
    """The table of a language; English where there is none of its own."""
    return of_language({"zh": ZH, "en": EN}, lang)


def unit_of(lang: str, unit: str) -> str:
    """A period as it follows `each`."""
    return UNITS_ZH.get(unit, unit) if lang.partition("-")[0] == "zh" else UNITS_EN.get(unit, unit)


def phrases_of(lang: str) -> Phrases:
    """The phrases of a language, as they stand alone in a cell."""
    found = phrases_for(lang)
    if lang.partition("-")[0] == "zh":
        return evolve(found, periods={**found.periods, **PERIODS_ZH}, names={**found.names, **NAMES_ZH})
    return evolve(found, names={**found.names, **NAMES_EN})
