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
    "ends": "end",
    "sides": "one short|just at it|one beyond",
    "no stage": "it is not in the condition of a stage or of `ends`; write its cases by hand",
    "no measure": "no measure is compared with a number; write its cases by hand",
    "of facts": "the measure counts facts, not marks; write its cases by hand",
    "limit": "it is the limit of a target, of a whole group; write its cases by hand",
    "not set": "the number is not set",
    "not in force": "no date was found on which it is in force",
    "not reached": "no marks were found that reach it",
    "not decided": "no marks were found of which it alone decides",
    "asks for nothing": "whether the stage fires or not, the same is asked for",
}
ZH = {
    "head": "每个数字写三种情形：差一、正好、多一。写下的是制度现在怎么做，",
    "head more": "不是应该怎么做：请对照原文逐条核对，再作依据。",
    "left": "没有写出情形的数字，{n} 处：",
    "line": "{place}：{path} 的 `{text}`：{why}",
    "title": "{stage}，{what} {op} {number}，{side}",
    "ends": "结束",
    "sides": "差一|正好|多一",
    "no stage": "它不在台阶或 `ends` 的条件里，请手写",
    "no measure": "与数字相比的不是计量，请手写",
    "of facts": "这个计量数的是事实，不是考勤，请手写",
    "limit": "这是目标对整个群体的限度，请手写",
    "not set": "这个数字还没有填",
    "not in force": "找不到它有效的日期",
    "not reached": "没有找到能达到它的考勤",
    "not decided": "没有找到只由它决定的考勤",
    "asks for nothing": "台阶触发与否，要求做的事都一样",
}
WORDS = {"en": EN, "zh": ZH}


def words_for(lang: str) -> Mapping[str, str]:
    """The words of a language; English where there are none of its own."""
    return of_language(WORDS, lang)
