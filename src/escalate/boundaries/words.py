"""What a file of boundary cases says, one table a language."""

from __future__ import annotations

from collections.abc import Mapping

from ..phrases import of_language

EN = {
    "head": "Three cases for each threshold: one short of it, just at it, one beyond. They record what the policy does today,",
    "head more": "not what it should do: read each against the plan before you rely on it.",
    "left": "Thresholds without cases, {n}:",
    "line": "{place}: `{text}` of {path}: {why}",
    "title": "{stage}, {what} {op} {number}, {side}",
    "limit": "{stage} {op} {number}, {side}",
    "ends": "end",
    "sides": "one short|just at it|one beyond",
    "not looked for": "cases of such a comparison are not looked for; write them by hand",
    "not set": "the number is not set",
    "not in force": "no date was found on which it is in force",
    "not reached": "nothing was found that reaches it",
    "held before": "it holds from the calendar's first day on, before any case begins; name a spec with a calendar of its own that begins with the case",
    "waits for": "it counts only together with `{what}`, which is not brought about here; write the cases by hand",
    "not decided": "nothing was found of which it alone decides",
    "asks for nothing": "the same is asked for on either side of it",
}
ZH = {
    "head": "每个数字写三种情形：差一、正好、多一。写下的是制度现在怎么做，",
    "head more": "不是应该怎么做：请对照原文逐条核对，再作依据。",
    "left": "没有写出情形的数字，{n} 处：",
    "line": "{place}：{path} 的 `{text}`：{why}",
    "title": "{stage}，{what} {op} {number}，{side}",
    "limit": "{stage} {op} {number}，{side}",
    "ends": "结束",
    "sides": "差一|正好|多一",
    "not looked for": "没有去找这种比较的情形，请手写",
    "not set": "这个数字还没有填",
    "not in force": "找不到它有效的日期",
    "not reached": "没有找到能达到它的情形",
    "held before": "从校历第一天起它就成立，早于任何情形；请改用一个样例文件，它自带的校历从情形那天开始",
    "waits for": "要同时满足 `{what}` 才起作用，这里不会去造出来，请手写",
    "not decided": "没有找到只由它决定的情形",
    "asks for nothing": "达到与否，要求做的事都一样",
}
WORDS = {"en": EN, "zh": ZH}


def words_for(lang: str) -> Mapping[str, str]:
    """The words of a language; English where there are none of its own."""
    return of_language(WORDS, lang)
