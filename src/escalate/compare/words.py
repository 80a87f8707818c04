"""The words in which two policies and what comes of them are told apart, one table a language."""

from __future__ import annotations

from collections.abc import Mapping

from ..phrases import of_language
from ..policy import Policy

EN = {
    # what differs in the policies
    "changed": "{thing}: {key} {old} → {new}", "changed.value": "{thing}: {old} → {new}",
    "added": "added: {thing}{about}", "removed": "removed: {thing}{about}", "order": "{thing}: other order, {old} → {new}",
    "thing": "{kind} {name}", "titled": "{name} ({title})", "about": ", {text}",
    "places": " (in {n} places: {names})",
    "when": "when {condition}", "nothing": "nothing",
    "from": "{value} from {date}", "where": "{value} where {condition}", "each": "each of {who}", "split": "; ",
    "more": " ...", "texts": "only words differ: {names}", "text_of": "{key} of {thing}",
    "kind.policy": "policy", "kind.parameter": "parameter", "kind.attribute": "attribute", "kind.role": "role", "kind.mark": "mark", "kind.day": "day",
    "kind.measure": "measure", "kind.ladder": "ladder", "kind.stage": "stage", "kind.item": "item", "kind.duty": "duty", "kind.target": "target",
    "kind.register": "register", "kind.result": "result",
    # what comes of them
    "until": "as of {until}", "parts": "What differs in the policies: {n}", "no_parts": "The policies do not differ.",
    "no_difference": "The same comes of both: {items} items, {cases} cases.",
    "items": "Items", "cases": "Cases", "total": "all", "stage": "stage", "class": "class", "count": "", "a": "A", "b": "B",
    "gained": "gained", "lost": "lost", "earlier": "earlier", "later": "later", "otherwise": "otherwise", "same": "same",
    "stages": "By stage", "classes": "By class", "students": "Concerned: {n}", "students.some": "Concerned: {n}, the first {shown} here (--all for all)",
    "whom": "who", "what": "what", "change": "change",
    "list": "What differs: {n}", "list.some": "What differs: {n}, the first {shown} here (--all for all)",
    "gained.at": "gained: {at}", "lost.at": "lost: {at}", "opened": "{old} → {new} ({by})", "due": "due {old} → {new} ({by})",
    "by": "{time} later", "by.-": "{time} earlier", "days": "{n} d", "hours": "{n} h", "minutes": "{n} min", "seconds": "{n} s",
    "case": "case", "status": "{old} → {new}", "others": "{names}", "no_group": "(none)", "ended": "ended", "is_open": "open",
    "load": "Items given to each role",
    "load.weeks": "a sign a week, {first} to {last}; the highest is the most that the role is given in a week",
    "role": "role", "all_weeks": "items", "peak": "most in a week",
    "sums": "Consequences that stand", "word": "of", "entries": "entries", "sum": "sum",
    "registers": "Registers", "register": "register", "rows": "rows", "only_a": "only A", "only_b": "only B",
    "caveats": "Note",
    "caveat.no-outcomes": "nobody was asked for what B gains: gained items without an outcome: {n}; what they would have brought about is not known",
    "caveat.reports": "{side}: events {odd} ({kind}): {n} (escalate run says which)",
    "caveat.lost": "{side}: rows set aside: {n} (escalate run says which and why)",
    "caveat.in-force": "{side} is in force {span} only, and asks for nothing outside it; --always treats both as in force all the time",
    "span.from": "from {start}", "span.to": "until {end}", "span.both": "from {start} until {end}",
    "side.both": "A and B", "and": " and ",
}  # fmt: skip

ZH = {
    "changed": "{thing}的{key}：{old} → {new}", "changed.value": "{thing}：{old} → {new}",
    "added": "新增{thing}{about}", "removed": "去掉{thing}{about}", "order": "{thing}次序不同：{old} → {new}",
    "thing": "{kind} {name}", "titled": "{title}（{name}）", "about": "：{text}", "places": "（共 {n} 处：{names}）",
    "when": "{condition}", "nothing": "无", "from": "{date}起 {value}", "where": "{value}（限于{condition}）", "each": "每位{who}", "split": "；",
    "more": " 等", "texts": "只有文字不同：{names}", "text_of": "{thing}的{key}",
    "kind.policy": "制度", "kind.parameter": "参数", "kind.attribute": "学生信息", "kind.role": "角色", "kind.mark": "考勤代码", "kind.day": "日规则",
    "kind.measure": "计量", "kind.ladder": "阶梯", "kind.stage": "台阶", "kind.item": "事项", "kind.duty": "例行工作", "kind.target": "指标",
    "kind.register": "台账", "kind.result": "办理结果",
    "until": "截至 {until}", "parts": "制度的不同：{n} 处", "no_parts": "两份制度没有不同。",
    "no_difference": "结果完全相同：事项 {items} 件，个案 {cases} 个。",
    "items": "事项", "cases": "个案", "total": "合计", "stage": "台阶", "class": "班级", "count": "", "a": "A", "b": "B",
    "gained": "新增", "lost": "减少", "earlier": "提前", "later": "推后", "otherwise": "其他变动", "same": "相同",
    "stages": "按台阶", "classes": "按班级", "students": "涉及 {n} 个学生或集体", "students.some": "涉及 {n} 个学生或集体，先列 {shown} 个（--all 全部列出）",
    "whom": "对象", "what": "事项", "change": "变动",
    "list": "逐项变动 {n} 条", "list.some": "逐项变动 {n} 条，先列 {shown} 条（--all 全部列出）",
    "gained.at": "新增 {at}", "lost.at": "减少 {at}", "opened": "{old} → {new}（{by}）", "due": "期限 {old} → {new}（{by}）",
    "by": "推后 {time}", "by.-": "提前 {time}", "days": "{n} 天", "hours": "{n} 小时", "minutes": "{n} 分钟", "seconds": "{n} 秒",
    "case": "个案", "status": "{old} → {new}", "others": "{names}", "no_group": "（无）", "ended": "已结", "is_open": "未结",
    "load": "各角色的工作量（件）", "load.weeks": "每格一周，{first} 至 {last}；最高一格是该角色最忙一周的件数",
    "role": "角色", "all_weeks": "件数", "peak": "最忙一周",
    "sums": "有效的奖惩记入", "word": "项目", "entries": "笔数", "sum": "合计",
    "registers": "台账", "register": "台账", "rows": "行数", "only_a": "只在 A", "only_b": "只在 B",
    "caveats": "注意",
    "caveat.no-outcomes": "B 新增的事项当时没有人办过：其中 {n} 件没有办理结果，办了会带来什么无从得知",
    "caveat.reports": "{side}：{n} 条事实{odd}（{kind}）：escalate run 会说是哪些",
    "caveat.lost": "{side}：{n} 行没有读入（escalate run 会说是哪些、为什么）",
    "caveat.in-force": "{side} 只在{span}施行，此外不要求任何事；--always 把两份都当作一直施行",
    "span.from": "{start} 起", "span.to": "{end} 止", "span.both": "{start} 至 {end}",
    "side.both": "A 和 B", "and": "和",
}  # fmt: skip
# What the keys of a policy are called; those that are not here keep their own name.
KEYS_ZH = {
    "when": "条件", "where": "适用范围", "need": "前提", "again": "重复", "title": "标题", "text": "条文", "cites": "条款", "why": "缘由",
    "kind": "类别", "form": "表单",
    "by": "承办人", "to": "对象", "notify": "告知", "due": "期限", "from": "起算", "if": "办理条件", "results": "可能结果", "done_when": "办结条件",
    "replaces": "取代", "keep": "结案后保留", "optional": "可选", "times": "次数", "hold": "顺延条件", "entry": "记入", "per": "按", "for": "考核期",
    "list": "附名单", "about": "涉及", "lasts": "持续", "every": "周期", "on": "日期", "each": "对象层级", "at_least": "至少次数", "in_holidays": "放假时",
    "starting": "起算日", "count": "统计", "among": "范围",
    "base": "人数基数", "less": "扣除", "limit": "指标", "check": "检查", "within": "窗口", "unit": "单位",
    "counted": "计入", "neutral": "不计", "breaks": "打断", "floor": "最小基数", "means": "含义", "reasons": "原因", "in_force from": "施行日",
    "in_force to": "截止日", "closes": "日结时刻", "absent_when": "缺课日规则", "columns": "列", "readers": "可读角色", "kept": "保存期", "of": "层级",
    "above": "上级", "required": "须由学校设定", "if_no_school": "遇不上学", "if_in_break": "遇假期", "done_by": "办结时刻", "reassign": "换人接办",
    "value": "取值", "lang": "语言", "timezone": "时区", "on_change": "新旧衔接", "type": "类型", "compound": "连乘", "day": "日规则", "sessions": "节次",
    "plus": "另计", "present": "到校", "fact": "事实", "lesson_hour": "课时分钟",
}  # fmt: skip
# The fields of items and cases that may differ.
FIELDS_ZH = {
    "opened": "开始", "due": "期限", "late_from": "逾期起点", "effective": "生效", "status": "状态", "overdue_at": "逾期", "outcome": "结果",
    "done_at": "办结时刻", "missing": "待补依据", "unblocked": "补齐时刻", "actor": "承办人", "persons": "人员", "note": "备注", "entry": "记入",
    "done_known": "得知办结", "ended": "结案", "reason": "结案缘由", "opened_by": "立案台阶", "fate": "去向",
}  # fmt: skip


def words_for(lang: str) -> Mapping[str, str]:
    """The table of a language; English where there is none of its own."""
    return of_language({"zh": ZH, "en": EN}, lang)


def span_of(policy: Policy, lang: str) -> str:
    """From when and until when a policy is in force that is not so at all times."""
    key = "both" if policy.start and policy.end else "from" if policy.start else "to"
    return words_for(lang)[f"span.{key}"].format(start=policy.start, end=policy.end)


def key_in(lang: str, key: str) -> str:
    """What a key of a policy is called."""
    return KEYS_ZH.get(key, key) if lang.partition("-")[0] == "zh" else key


def field_in(lang: str, name: str) -> str:
    """What a field of an item or a case is called."""
    return FIELDS_ZH.get(name, name) if lang.partition("-")[0] == "zh" else name.replace("_", " ")
