"""The questions, the answers to wrong answers, and the last words of `escalate init`, one table a language."""

from __future__ import annotations

# Asked before the language is known.
LANGUAGE = "Language of the policy 制度用的语言 (zh, en)"
QUESTIONS = {
    "zh": {
        "lang": LANGUAGE,
        "name": "学校名称",
        "first_day": "学年第一天",
        "days": "连续缺课满几天要家访（2 到 10）",
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
    "zh": {"wrote": "已写入 {folder}：", "next": "下一步（README.md 里有说明）："},
    "en": {"wrote": "written to {folder}:", "next": "next (README.md says more):"},
}
WRONG = {
    "zh": {
        "lang": "“{text}”不是 zh 或 en",
        "empty": "名称至少要有一个字",
        "long": "名称最多 {most} 个字，现在有 {n} 个",
        "sign": "名称写成一行文字，里面不能有 {code}",
        "person": "“{text}”不是人或角色的名称，名称里要有字",
        "taken": "班主任要报告的是另一个人，不能是“{text}”",
        "date": "“{text}”不是日期，例如 2025-09-01",
        "year": "学年的第一天应在 {first} 年到 {last} 年之间",
        "days": "“{text}”不是 {fewest} 到 {most} 的整数；缺课第一天先联系家长",
    },
    "en": {
        "lang": "`{text}` is neither zh nor en",
        "empty": "a name must have at least one letter",
        "long": "a name may have {most} letters, this one has {n}",
        "sign": "a name is one line of letters and signs; {code} cannot stand in it",
        "person": "`{text}` names nobody: a name has a letter",
        "taken": "the class teacher tells somebody else, who cannot be `{text}`",
        "date": "`{text}` is not a date such as 2025-09-01",
        "year": "a school year begins between {first} and {last}",
        "days": "`{text}` is not a whole number from {fewest} to {most}; on the first day away the parents are called",
    },
}
