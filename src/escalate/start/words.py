"""The questions and the last words of `escalate init`, one table a language."""

from __future__ import annotations

# Asked before the language is known.
LANGUAGE = "Language of the policy 制度用的语言 (zh, en)"
QUESTIONS = {
    "zh": {
        "lang": LANGUAGE,
        "name": "学校名称",
        "first_day": "学年第一天",
        "days": "连续缺课满几天要家访(2 到 10)",
        "next": "班主任下一步报告谁",
    },
    "en": {
        "lang": LANGUAGE,
        "name": "Name of the school",
        "first_day": "First day of the school year",
        "days": "After how many days away does somebody visit (2 to 10)",
        "next": "Whom does the class teacher tell next",
    },
}
WORDS = {
    "zh": {"wrote": "已写入 {folder}:", "next": "下一步(README.md 里有说明):"},
    "en": {"wrote": "written to {folder}:", "next": "next (README.md says more):"},
}
