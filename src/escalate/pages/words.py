"""The words of pages, one table a language."""

from __future__ import annotations

from collections.abc import Mapping

from ..phrases import of_language

EN = {
    # what a session was
    "present": "present", "late": "late", "left_early": "left early", "excused": "excused", "unexcused": "absent without leave",
    "unknown": "marked as unknown", "none": "nothing recorded", "not_expected": "not expected", "off": "not on the roll", "ahead": "still to come",
    "break": "break", "weekend": "weekend", "closed": "no school", "school": "no school",
    "slot": "{session} {what}", "coded": "{what} ({code})", "was": ", before: {codes}", "differs": ", for other policies: {what}",
    "between": "; ", "colon": ": ",
    # heads
    "month": "{m} {y}", "until": "as of {until}", "of_student": "Student {student}", "timeline": "{student}: timeline",
    "calendar": "Calendar and cases",
    "how": "A row a month, a column a day, in each day its sessions from top to bottom. Below on the same days: cases as bars, and in them their stages by "
    "number; items from the day on which they were issued to the day on which they are due. ",
    "how.point": "Point at one, touch it, or go there with the Tab key, to read why. ", "how.words": "Everything stands below in words too.",
    "marks": "Days away, late or not recorded", "marks.all": "all {n} days", "no_marks": "Nothing other than presence is recorded.",
    "items": "Items", "no_items": "No item was issued.", "story": "What happened", "no_story": "Nothing was ever decided for this student.",
    "stage": "{number} {name}", "reached": "{number} {name}, {when}",
    "told": "told", "groups": "What is asked of classes and schools is not on this page.",
    # columns
    "col.status": "status", "col.what": "what", "col.who": "by", "col.to": "to", "col.opened": "issued", "col.due": "due", "col.closed": "closed",
    "col.outcome": "outcome", "col.date": "date", "col.sessions": "sessions", "col.class": "class",
    "col.role": "by", "col.all": "all", "col.left": "to be done", "col.no_due": "no due",
    # report
    "report": "{title}: report", "share": "The children of {role} {person} only.", "wall": "Nobody is named on this page.",
    "caveats": "Before you rely on this", "no_caveats": "Every record that was handed in is counted on this page.", "below": "the end of this page",
    "unrecorded": "sessions of which nothing is recorded, neither presence nor absence: {n}",
    "drawer": "Child by child", "drawer.note": "Names a child on each line: for the drawer, not for the wall.",
    "sum.students": "child on the roster|children on the roster", "sum.cases": "with an open case", "sum.open": "item to be done|items to be done",
    "sum.overdue": "of them overdue", "sum.closed": "case ended|cases ended", "sum.late": "of what is done was late",
    "load": "Load by week", "load.note": "All items by the week in which they are due, what is done too; underlined where some are still to be done. "
    "The framed week is this one. An item of several roles counts for each.",
    "no_load": "No item was issued.", "week": "week of {date}",
    "load.cell": "{role}, week of {date}: {n}, of them still to be done: {open}",
    "by_class": "To be done, by class and role", "by_class.note": "All that is to be done; after the slash what is overdue.",
    "todo": "To be done",
    "cases.open": "Open cases", "cases.over": "Cases that are over", "no_cases": "No case.",
    "over.shown": "{n} child whose cases are all over|{n} children whose cases are all over",
    "over.print": "Open this part before you print, if it is to be on paper.",
    "strip.note": "A column a day: the gravest of its sessions. Below it the cases, from opened to ended; a dark stroke where a stage was reached. ",
    "strip.point": "Point at a line to read why.", "todo.point": "Open a line to read why.", "no_class": "no class",
    "no_todo": "Nothing is left to be done.", "group": "asked of groups", "odd": "What the files said that could not be used", "odd.more": "and {n} more",
    "root": "root of the audit chain: {root}",
    "summed": "children with cases: {children}, items to be done: {items}",
    "foot": "{policy}, version {version}, digest {digest}", "state.open": "open", "state.ended": "ended",
    "state.merged": "merged", "state.withdrawn": "withdrawn",
    "own": "For the school's own use.",
}

ZH = {
    "present": "到校", "late": "迟到", "left_early": "早退", "excused": "请假", "unexcused": "旷课",
    "unknown": "情况不明", "none": "没有记录", "not_expected": "不要求到校", "off": "不在册", "ahead": "尚未到来",
    "break": "假期", "weekend": "周末", "closed": "不上学", "school": "不上学",
    "slot": "{session} {what}", "coded": "{what}（{code}）", "was": "，更正前 {codes}", "differs": "，按其他制度为{what}", "between": "；", "colon": "：",
    "month": "{y}年{m}月", "until": "截至 {until}", "of_student": "学生 {student}", "timeline": "{student} 时间线",
    "calendar": "考勤与个案",
    "how": "一行一个月，一列一天，每天从上到下是当天的各节（半天）。下面与日期对齐：横条是个案，条上的数字是走到的台阶；"
    "每件事项从派发之日画到期限之日。",
    "how.point": "用鼠标指着、用手点一下、或用 Tab 键移到它上面，就显示依据。", "how.words": "同样的内容下面都有文字。",
    "marks": "有缺勤、迟到等情况的日子", "marks.all": "全部 {n} 天", "no_marks": "没有缺勤、迟到等记录。",
    "items": "事项", "no_items": "没有派发过事项。", "story": "经过", "no_story": "对这名学生还没有作出过任何处理。",
    "stage": "{number} {name}", "reached": "{number} {name}，{when}",
    "told": "已告知", "groups": "对班级和学校的要求不在本页。",
    "col.status": "状态", "col.what": "事项", "col.who": "承办", "col.to": "对象", "col.opened": "派发", "col.due": "期限", "col.closed": "了结",
    "col.outcome": "结果", "col.date": "日期", "col.sessions": "情况", "col.class": "班级",
    "col.role": "承办", "col.all": "合计", "col.left": "待办", "col.no_due": "不设期限",
    "report": "{title}：报告", "share": "只含{role} {person} 名下的学生。", "wall": "本页不涉及任何一名学生。",
    "caveats": "使用之前请注意", "no_caveats": "交来的记录都已计入。", "below": "本页末尾",
    "unrecorded": "有 {n} 节没有任何考勤记录，既不算到校，也不算缺勤",
    "drawer": "逐个学生", "drawer.note": "以下每一行都涉及一名学生：存档用，不张贴。",
    "sum.students": "名册人数", "sum.cases": "有未结个案的学生", "sum.open": "待办事项", "sum.overdue": "其中逾期",
    "sum.closed": "已结个案", "sum.late": "办结中逾期的比例",
    "load": "每周的工作量", "load.note": "按期限所在的周统计各承办人的全部事项，已办结的也算；有下划线的还有待办。加框的是本周。几方共同承办的，各计一件。",
    "no_load": "没有派发过事项。", "week": "{date}起的一周",
    "load.cell": "{role}，{date}起的一周：{n} 件，其中尚待办理 {open} 件",
    "by_class": "待办事项：按班级和承办人", "by_class.note": "全部待办件数；斜线后是其中逾期的。",
    "todo": "尚待办理",
    "cases.open": "未结个案", "cases.over": "已了结的个案", "no_cases": "没有个案。",
    "over.shown": "个案都已了结的学生 {n} 人", "over.print": "要打印这一部分，请先展开。",
    "strip.note": "一列一天，取当天最重的一节；下面的横条是个案，从立案到结案，深色竖线是走到一个台阶。",
    "strip.point": "指着一行就显示依据。", "todo.point": "点开一行就显示依据。", "no_class": "无班级",
    "no_todo": "没有尚待办理的事项。", "group": "对集体的要求", "odd": "材料中没有用上的内容", "odd.more": "另有 {n} 条",
    "root": "审计链的根：{root}",
    "summed": "有个案的学生 {children} 人，待办 {items} 件",
    "foot": "{policy}，版本 {version}，摘要 {digest}", "state.open": "未结", "state.ended": "已结", "state.merged": "并案", "state.withdrawn": "撤案",
    "own": "供学校内部使用。",
}

TABLES: Mapping[str, Mapping[str, str]] = {"en": EN, "zh": ZH}


def words_for(lang: str) -> Mapping[str, str]:
    """The table of a language; English where there is none of its own."""
    return of_language(TABLES, lang)
