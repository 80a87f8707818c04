"""Every change of a case and of an item as a sentence, in Chinese and in English, made by the real engine from tiny timelines.

`pytest tests/test_explain.py --update-golden` rewrites tests/explanations/*.txt.
"""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from attrs import evolve, frozen

from escalate.evaluation import evaluate
from escalate.explain import follow, sentence
from escalate.grammar import Names, parse_condition
from escalate.ledger import CASE_WHATS, ITEM_WHATS
from escalate.load import load_policy
from escalate.loading.dues import due_in
from escalate.phrases import EN, ZH, phrases_for
from escalate.roster import Roster
from escalate.wording import Wording

from .build import CAL, at, calendar, correct, date, document, flag, late, marks, outcome, school, snow, status, void

NAMES = Names(
    measures={"total": "school day", "absence": "share"}, flags={"special", "watched"}, stages={"one_day"}, items={"visit"}, ladders={"truancy"},
)
FOLDER = Path(__file__).parent / "explanations"
WORDS = load_policy(FOLDER / "policy.yaml")
PEOPLE = school("s1", teacher="t17")
ROSTER = Roster(PEOPLE.students, (*PEOPLE.assignments, evolve(PEOPLE.assignments[0], role="principal", of="north", person="t01")))
VERSIONS = (evolve(WORDS, end=date("09-03")), evolve(WORDS, start=date("09-04"), on_change="migrate"))
AWAY = marks("s1", "09-01", "AA AA AA")


@frozen
class Case:
    """A timeline, and which of its records are told: those of a kind and a word, under a path that ends so."""

    kind: str
    what: str
    events: list
    until: str
    path: str = ""
    policy: object = WORDS
    cal: object = CAL

    def entries(self):
        ledger = evaluate(self.policy, self.cal, ROSTER, self.events, at(self.until, self.cal))
        policies = self.policy if isinstance(self.policy, tuple) else (self.policy,)
        by_name = {f"{policy.name}@{policy.version}": policy for policy in policies}
        for entry in follow(record for _, record in ledger.records):
            yield entry, by_name[entry.record["policy"]]

    def told(self):
        return [
            (entry, policy) for entry, policy in self.entries()
            if (entry.record["kind"], entry.record["what"]) == (self.kind, self.what) and f".{entry.record['line']['path']}".endswith(self.path)
        ]


EXCUSED = correct("s1", "09-02", "SS", "09-04 09:00")
JOINED = marks("s1", "09-01", "AA PP AA") + correct("s1", "09-02", "SS", "09-05 09:00")
SPECIAL = flag("s1", "special", "yes", "09-01 10:00", id="f1")
VISITED = outcome("s1", "visit", "09-02 15:00", "coming", id="o1")
ILL = flag("s1", "ill", "yes", "09-01 10:00", id="f1")
CONSENT = document("s1", "consent", "09-02 10:00", id="d1")

CASES = {
    # cases
    "case-opened": Case("case", "opened", AWAY, "09-01 18:00", "one_day"),
    "case-opened-later": Case("case", "opened", late("s1", "09-01", "AA", "09-03 09:00"), "09-03 10:00", "one_day"),
    "case-moved": Case("case", "moved", marks("s1", "09-02", "AA") + late("s1", "09-01", "AA", "09-02 20:00"), "09-03", "one_day"),
    "case-reopened": Case("case", "reopened", JOINED, "09-05 10:00", "one_day"),
    "case-ended": Case("case", "ended", marks("s1", "09-01", "AA PP"), "09-03", "ends"),
    "case-ended-later": Case("case", "ended", late("s1", "09-01", "AA", "09-05 09:00") + late("s1", "09-02", "PP", "09-05 09:00"), "09-05 10:00", "ends"),
    "case-ended-lasts": Case("case", "ended", AWAY, "10-02", "some"),
    "case-ended-where": Case("case", "ended", flag("s1", "watched", "yes", "09-01 10:00") + flag("s1", "watched", "no", "09-05 10:00"), "09-06", "begun"),
    "case-reinstated": Case(
        "case", "reinstated",
        marks("s1", "09-01", "AA") + correct("s1", "09-01", "PP", "09-02 10:00", id="b") + void("s1", "b", "09-03 10:00"), "09-03 12:00", "one_day",
        cal=calendar(weeks=6, sessions="am 08:00-11:40"),
    ),
    "case-merged": Case("case", "merged", JOINED, "09-05 10:00"),
    "case-withdrawn": Case("case", "withdrawn", marks("s1", "09-01", "AA") + correct("s1", "09-01", "PP", "09-03 09:00"), "09-03 10:00", "one_day"),
    "case-re-pinned": Case("case", "re-pinned", AWAY, "09-04 10:00", "one_day", policy=VERSIONS),
    # items that are issued
    "item-issued": Case("item", "issued", AWAY, "09-01 18:00", "visit"),
    "item-issued-later": Case("item", "issued", late("s1", "09-01", "AA", "09-03 09:00"), "09-03 10:00", "visit"),
    "item-issued-blocked-by-nothing": Case("item", "issued", AWAY + VISITED, "09-04", "report"),
    "item-issued-share": Case("item", "issued", marks("s1", "09-01", "AP PP PP PP PP AP"), "09-08 18:00", "meeting"),
    "item-issued-then": Case("item", "issued", marks("s1", "09-01", "AA AA") + outcome("s1", "plan", "09-03 09:00"), "09-03 10:00", "file"),
    "item-issued-overdue": Case("item", "issued", marks("s1", "09-01", "AA AA AA AA"), "09-04 00:30", "chase"),
    "item-issued-on": Case("item", "issued", AWAY + outcome("s1", "visit", "09-02 15:00", "refused", id="o1"), "09-02 18:00", "order"),
    "item-issued-each-month": Case("item", "issued", AWAY, "09-01 18:00", "summary"),
    "item-issued-without-due": Case("item", "issued", flag("s1", "watched", "yes", "09-01 10:00"), "09-02", "call"),
    "item-issued-beyond": Case("item", "issued", flag("s1", "watched", "yes", "09-01 10:00"), "09-02", "review"),
    "item-issued-or": Case(
        "item", "issued", flag("s1", "watched", "yes", "09-01 10:00") + status("s1", "dropped_out", "09-05 10:00", id="st1"), "09-06", "file_case",
    ),
    "item-issued-again": Case("item", "issued", AWAY + EXCUSED + correct("s1", "09-02", "AA", "09-04 10:00") + VISITED, "09-04 12:00", "report"),
    "item-issued-return": Case("item", "issued", marks("s1", "09-01", "AA AA AA PP"), "09-05", "return_report"),
    "item-told": Case("item", "done", AWAY, "09-01 18:00", "tell"),
    # what becomes of them
    "item-lapsed": Case("item", "lapsed", late("s1", "09-01", "AA", "09-05 09:00") + late("s1", "09-02", "PP", "09-05 09:00"), "09-05 10:00", "visit"),
    "item-moved": Case("item", "moved", AWAY + snow("09-03", "09-02 20:00"), "09-03", "visit"),
    "item-moved-outcome": Case("item", "moved", AWAY + outcome("s1", "visit", "09-02 15:00", "not_reached", done=False), "09-02 18:00", "visit"),
    "item-moved-ground": Case("item", "moved", marks("s1", "09-02", "AA") + late("s1", "09-01", "AA", "09-02 20:00"), "09-03", "visit"),
    "item-blocked": Case("item", "blocked", AWAY, "09-03 18:00", "report"),
    "item-blocked-again": Case("item", "blocked", AWAY + VISITED + void("s1", "o1", "09-03 20:00"), "09-03 21:00", "report"),
    "item-unblocked": Case("item", "unblocked", AWAY + outcome("s1", "visit", "09-03 19:00", "coming", id="o1"), "09-03 20:00", "report"),
    "item-overdue": Case("item", "overdue", marks("s1", "09-01", "AA AA AA AA"), "09-04 00:30", "visit"),
    "item-overdue-unblocked": Case("item", "overdue retracted", AWAY + outcome("s1", "visit", "09-12 19:00", "coming", id="o1"), "09-12 20:00", "report"),
    "item-overdue-retracted": Case("item", "overdue retracted", marks("s1", "09-01", "AA AA AA") + snow("09-03", "09-04 10:00"), "09-04 12:00", "visit"),
    "item-done": Case("item", "done", AWAY + VISITED, "09-02 18:00", "visit"),
    "item-done-later": Case("item", "done", AWAY + outcome("s1", "visit", "09-02 15:00", "coming", "09-05 10:00"), "09-05 12:00", "visit"),
    "item-done-late": Case("item", "done late", AWAY + outcome("s1", "visit", "09-05 15:00", "coming", id="o1"), "09-05 18:00", "visit"),
    "item-cancelled": Case("item", "cancelled", marks("s1", "09-01", "AA PP"), "09-03", "visit"),
    "item-cancelled-lasts": Case("item", "cancelled", AWAY, "10-02", "talk"),
    "item-cancelled-where": Case("item", "cancelled", flag("s1", "watched", "yes", "09-01 10:00") + flag("s1", "watched", "no", "09-05 10:00"), "09-06", "call"),
    "item-cancelled-replaced": Case(
        "item", "cancelled", flag("s1", "watched", "yes", "09-01 10:00") + status("s1", "dropped_out", "09-05 10:00"), "09-06", "call",
    ),
    "item-cancelled-never": Case("item", "cancelled", marks("s1", "09-01", "AS SS SS SS SS SS SS SS SS SS"), "10-13", "meeting"),
    "item-reopened": Case("item", "reopened", JOINED, "09-05 10:00", "visit"),
    "item-replaced": Case("item", "replaced", JOINED, "09-05 10:00", "plan"),
    "item-withdrawn": Case("item", "withdrawn", AWAY + EXCUSED, "09-05", "report"),
    "item-recall": Case("item", "recall", AWAY + EXCUSED + VISITED + outcome("s1", "report", "09-03 19:00", id="o2"), "09-05", "report"),
    "item-recall-told": Case("item", "recall", marks("s1", "09-01", "AA") + correct("s1", "09-01", "PP", "09-03 09:00"), "09-03 10:00", "tell"),
    # one for each, by when it was known, waiting for evidence, taken back
    "item-issued-each": Case("item", "issued", SPECIAL, "09-02", "note"),
    "item-overdue-each": Case("item", "overdue", SPECIAL, "09-06", "note"),
    "item-blocked-told": Case("item", "blocked", SPECIAL, "09-02", "inform"),
    "item-told-unblocked": Case(
        "item", "done", SPECIAL + status("s1", "returned", "09-02 09:00", id="st1") + document("s1", "consent", "09-03 10:00", id="d1"), "09-04", "inform",
    ),
    "item-done-known": Case("item", "done late", SPECIAL + outcome("s1", "note", "09-02 15:00", "written", "09-08 10:00", id="o1"), "09-09", "note"),
    "item-done-known-in-time": Case("item", "done", SPECIAL + outcome("s1", "note", "09-02 15:00", "written", "09-03 10:00", id="o1"), "09-09", "note"),
    "item-cancelled-undone": Case(
        "item", "cancelled",
        marks("s1", "09-01", "AA AA AA AA PP") + outcome("s1", "visit", "09-05 15:00", "coming", id="o1") + void("s1", "o1", "09-08 10:00", id="v1"),
        "09-09", "visit",
    ),
    "item-reopened-undone": Case("item", "reopened", AWAY + VISITED + void("s1", "o1", "09-02 20:00", id="v1"), "09-03", "visit"),
    # held up, done by a condition
    "item-moved-held": Case("item", "moved", ILL + marks("s1", "09-02", "PP"), "09-02 18:00", "look"),
    "item-moved-unheld": Case("item", "moved", ILL + marks("s1", "09-02", "PP") + correct("s1", "09-02", "SS", "09-03 09:00"), "09-03 10:00", "look"),
    "item-overdue-retracted-held": Case("item", "overdue retracted", ILL + late("s1", "09-02", "PP", "09-04 09:00"), "09-04 10:00", "look"),
    "item-done-when": Case("item", "done", ILL + CONSENT, "09-03", "ask"),
    "item-done-when-later": Case("item", "done", flag("s1", "ill", "yes", "09-01 10:00", known="09-04 09:00") + CONSENT, "09-05", "ask"),
    "item-done-when-late": Case("item", "done late", ILL + document("s1", "consent", "09-08 10:00", id="d1"), "09-09", "ask"),
    "item-many": Case("item", "issued", late("s1", "09-01", " ".join(["AA"] * 30), "10-12 09:00"), "10-12 10:00", "plan"),
}


def screen(case):
    """What is said of each record, and of the record without what was known before."""
    lines = []
    for entry, policy in case.told():
        for lang in ("zh", "en"):
            lines.append(f"{lang}: {sentence(entry.record, policy, lang, entry.known)}")
            alone = sentence(entry.record, policy, lang)
            lines += [f"{lang}, alone: {alone}"] if alone != lines[-1].removeprefix(f"{lang}: ") else []
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", CASES)
def test_a_record_is_a_sentence(name, request):
    """The whole text in both languages is as expected."""
    golden = FOLDER / f"{name}.txt"
    shown = screen(CASES[name])
    if request.config.getoption("--update-golden"):
        golden.write_text(shown, encoding="utf-8")

    assert shown.strip(), "no such record"
    assert golden.read_text(encoding="utf-8") == shown


def test_a_moved_case_says_what_opened_and_what_ended_it():
    """Where that alone changed, too."""
    ((entry, policy),) = CASES["case-moved"].told()
    changes = {"opened_by": {"from": "often", "to": "one_day"}, "reason": {"from": "where", "to": "ends"}}
    moved = {**entry.record, "changes": changes}

    assert "立案所依台阶由“累计缺课”改为“缺课一天”，结案缘由由“不在适用范围内”改为“满足结案条件”。" in sentence(moved, policy, "zh", entry.known)
    assert "the stage that opened it is “One day away”, no longer “Days in sum”" in sentence(moved, policy, "en", entry.known)


def test_no_bracket_stands_in_a_bracket():
    """In Chinese a date brings its weekday in brackets: what it stands in has none."""
    lines = [line for path in sorted(FOLDER.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("zh")]

    assert len(lines) > 50
    assert [] == [line for line in lines if re.search("（[^（）]*（", line)]


def test_every_change_has_a_golden_sentence():
    """No word of the ledger is left out."""
    told = {(case.kind, case.what) for case in CASES.values()}

    assert {*(("case", what) for what in CASE_WHATS), *(("item", what) for what in ITEM_WHATS)} == told
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(CASES)


def _fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", ["texts", "terms", "labels", "units", "whats", "statuses", "roll", "periods", "names"])
def test_both_languages_have_the_same_phrases(table):
    """Each phrase stands in both, with the same parts."""
    chinese, english = getattr(ZH, table), getattr(EN, table)

    assert set(chinese) == set(english)
    assert [] == [key for key in chinese if isinstance(chinese[key], str) and _fields(chinese[key]) != _fields(english[key])]
    assert {f"case {what}" for what in CASE_WHATS} | set(ITEM_WHATS) <= set(chinese) or table != "whats"


@pytest.mark.parametrize(
    ("written", "chinese", "english"),
    [
        ("3 school days", "3 个上学日", "3 school days"),
        ("end of day", "当天结束", "the end of the day"),
        ("end of school day", "该上学日结束", "the end of the school day"),
        ("end of term", "该学期结束", "the end of the term"),
        ("at 16:00", "16:00", "16:00"),
        ("03-15", "3月15日", "15 Mar"),
        ("28th", "每月 28 日", "day 28 of the month"),
        ("before the next school day", "下一个上学日开始之前", "before the next school day"),
        ("term end", "该学期结束", "the end of the term"),
        ("2 weeks before term end", "该学期结束前 2 周", "2 weeks before the end of the term"),
        ("3 days after school year start", "该学年开始后 3 天", "3 days after the start of the school year"),
        ("at the 4th total", "“累计旷课天数”达到 4 之时", "when “Unexcused days so far” comes to 4"),
        ("10 days after the 4th total", "“累计旷课天数”达到 4 之后 10 天", "10 days after “Unexcused days so far” came to 4"),
    ],
)
def test_a_deadline_is_said_in_words(written, chinese, english):
    """What a parameter holds for a deadline is no code in a Chinese sentence."""
    due = due_in(written)

    assert (chinese, english) == (Wording(WORDS, ZH).deadline(due), Wording(WORDS, EN).deadline(due))


@pytest.mark.parametrize(
    ("written", "chinese", "english"),
    [
        ("total >= 3 or absence > 20%", "累计旷课天数 ≥ 3，或缺课率 > 20%", "Unexcused days so far ≥ 3 or Absence rate > 20%"),
        ("special and (watched or total * 2 + 1 >= 3)", "有“特殊情况”，且（有“重点关注”，或累计旷课天数 × 2 + 1 ≥ 3）",
         "“Special circumstances” is set and (“On watch” is set or Unexcused days so far × 2 + 1 ≥ 3)"),
        ("total - (total - 1) / 2 > 3 * (total + 1)", "累计旷课天数 - （累计旷课天数 - 1） ÷ 2 > 3 × （累计旷课天数 + 1）",
         "Unexcused days so far - (Unexcused days so far - 1) ÷ 2 > 3 × (Unexcused days so far + 1)"),
        ("not (special or watched)", "并非（有“特殊情况”，或有“重点关注”）", "not (“Special circumstances” is set or “On watch” is set)"),
        ('outcome(visit) == "refused"', "“家访”的结果 = “refused”", "outcome of “Home visit” = “refused”"),
        ("outcome(visit) == none", "“家访”的结果 = 尚无结果", "outcome of “Home visit” = no outcome yet"),
        ('times(visit, result="refused", within="30 days") >= 2', "“家访”的次数（结果：refused，期间：30 天） ≥ 2",
         "times of “Home visit” (result refused, within 30 days) ≥ 2"),
        ("days_since(case) >= 10 or school_days_since(one_day) > 3", "距立案的天数 ≥ 10，或距“缺课一天”的上学日数 > 3",
         "days since the case opened ≥ 10 or school days since “One day away” > 3"),
        ("not fired(one_day) and open_case(truancy)", "未到“缺课一天”这一台阶，且“缺课逐级报告”有未结个案", "the stage “One day away” was not reached and “Absence reports” has an open case"),
        ('ever(dropped_out, within="3 years") and not late(visit, within="school year")', "曾经“辍学”（期间：3 年），且“家访”从未逾期（期间：当学年）",
         "status was ever “dropped out” (within 3 years) and “Home visit” was never overdue (within that school year)"),
        ("ever(dropped_out) and not late(visit)", "曾经“辍学”，且“家访”从未逾期", "status was ever “dropped out” and “Home visit” was never overdue"),
        ("age < 16 and grade in (7, 8)", "年龄 < 16，且年级 属于 7、8", "age < 16 and grade is one of 7 and 8"),
        ("anyone", "无条件", "always"),
    ],
)
def test_a_condition_is_said_in_words(written, chinese, english):
    """With the titles of what it names."""
    condition, problems = parse_condition(written, None, NAMES)

    assert [] == list(problems)
    assert (chinese, english) == (Wording(WORDS, ZH).condition(condition), Wording(WORDS, EN).condition(condition))


def test_another_language_is_told_in_english():
    """A table is chosen by the language without its region."""
    assert (ZH, EN, EN) == (phrases_for("zh-CN"), phrases_for("en"), phrases_for("fr"))
