"""Every form of a condition, and every mistake with its place and its help."""

import datetime
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from escalate.conditions import NONE, TRUTHS, Among, And, Arith, Compare, Lit, Not, Or, Quantity, Term, show, terms_of
from escalate.grammar import Names, nameable, parse_condition, reserved
from escalate.language import FUNCTIONS, TRUTH
from escalate.policy import STATUSES
from escalate.source import Source, Span, render

NAMES = Names(
    measures={
        "days_away": "school_day", "连续旷课": "school_day", "missed_today": "session", "two_weeks_out": "day",
        "absence": "share", "score_mean": "",
    },
    parameters={"report_days": "", "reward_time": "school day", "limit": "share", "form": "text", "deadline": "due"},
    flags={"special_case", "贫困", "单亲", "Ａ类"},
    attributes={"distance": "number", "born": "date", "level": "text"},
    stages={"three_days", "truancy.three_days", "visit", "truancy.visit"},
    items={"contact_parent", "three_days.contact_parent", "truancy.three_days.contact_parent", "visit", "visit.visit"},
    ladders={"truancy"},
    roles={"homeroom_teacher"},
    targets={"dropout"},
    results={"contact_parent": ("coming", "promised", "refused")},
    lines={"days_away": 30},
)
DUTY = Names(roles={"homeroom_teacher"}, targets={"dropout"}, duty=True)

AWAY = Term("measure", "days_away")
POOR, SINGLE = Term("flag", "贫困"), Term("flag", "单亲")


def expr(text, names=NAMES):
    condition, problems = parse_condition(text, None, names)
    assert problems == []
    return condition.expr


def screen(text, names=NAMES):
    """The problems of a condition as people see them, the place cut off: kind, caret under the text, help."""
    source = Source("p.yaml", text)
    condition, problems = parse_condition(text, Span(source, 1, 1, 1, len(text) + 1), names)
    assert condition is None
    return "\n".join(render(problem).partition(": ")[2] for problem in problems)


def compare(op, right, left=AWAY):
    return Compare(op, left, right)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("days_away >= 3", compare(">=", Lit(3))),
        ("days_away>=3", compare(">=", Lit(3))),
        ("days_away < -3", compare("<", Lit(-3))),
        ("days_away<-3", compare("<", Lit(-3))),
        ("days_away == +3", compare("==", Lit(3))),
        ("days_away != 2.50", compare("!=", Lit(Fraction(5, 2)))),
        ("days_away >= 0.1", compare(">=", Lit(Fraction(1, 10)))),
        ("连续旷课 ≥ ３", Compare(">=", Term("measure", "连续旷课"), Lit(3))),
        ("（连续旷课 ＞＝ ３）", Compare(">=", Term("measure", "连续旷课"), Lit(3))),
        ("连续旷课≠3", Compare("!=", Term("measure", "连续旷课"), Lit(3))),
        ("days_away >= 3 school days", compare(">=", Lit(3, "school day"))),
        ("days_away == 1 school day", compare("==", Lit(1, "school day"))),
        ("days_away > 3  school  days and 贫困", And((compare(">", Lit(3, "school day")), POOR))),
        ("absence >= 10%", Compare(">=", Term("measure", "absence"), Lit(Fraction(1, 10), "%"))),
        ("absence>=12.5％", Compare(">=", Term("measure", "absence"), Lit(Fraction(1, 8), "%"))),
        ("absence >= 0.1", Compare(">=", Term("measure", "absence"), Lit(Fraction(1, 10)))),
        ("absence >= limit", Compare(">=", Term("measure", "absence"), Term("parameter", "limit"))),
        ("days_away >= report_days", compare(">=", Term("parameter", "report_days"))),
        ("days_away >= reward_time", compare(">=", Term("parameter", "reward_time"))),
        ("3 <= days_away < 5", And((Compare("<=", Lit(3), AWAY), compare("<", Lit(5))))),
        ("贫困 and 单亲 and not special_case", And((POOR, SINGLE, Not(Term("flag", "special_case"))))),
        ("贫困 or 单亲 and enrolled", Or((POOR, And((SINGLE, Term("status", "enrolled")))))),
        ("(贫困 or 单亲) and enrolled", And((Or((POOR, SINGLE)), Term("status", "enrolled")))),
        ("not (贫困)", Not(POOR)),
        ("贫困\n  and 单亲\n", And((POOR, SINGLE))),
        ("Ａ类", Term("flag", "Ａ类")),
        ("A类", Term("flag", "Ａ类")),
        ("true", Lit(True)),
        ("false", Lit(False)),
        ("anyone", Lit(True)),
        ("贫困 == true", Compare("==", POOR, Lit(True))),
        ("days_away + 1 >= report_days * 2 / 3",
         Compare(">=", Arith("+", AWAY, Lit(1)),
                 Arith("/", Arith("*", Term("parameter", "report_days"), Lit(2)), Lit(3)))),
        ("-days_away <= -3", Compare("<=", Arith("-", Lit(0), AWAY), Lit(-3))),
        ("grade >= 7", Compare(">=", Term("grade"), Lit(7))),
        ('grade in ("K", 1)', Among(Term("grade", target="text"), (Lit("K"), Lit("1")))),
        ("grade in (7, 8)", Among(Term("grade"), (Lit(7), Lit(8)))),
        ('grade == "七年级"', Compare("==", Term("grade", target="text"), Lit("七年级"))),
        ('"7" != grade', Compare("!=", Lit("7"), Term("grade", target="text"))),
        ('class_name == "7-2"', Compare("==", Term("class_name"), Lit("7-2"))),
        ("term_week >= 2", Compare(">=", Term("term_week"), Lit(2))),
        ("age < 17", Compare("<", Term("age"), Lit(17))),
        ("age < 17 years", Compare("<", Term("age"), Lit(17, "year"))),
        ("age_on(school_year_start) < 17", Compare("<", Term("age_on", "school_year_start"), Lit(17))),
        ("distance > 2.5", Compare(">", Term("attribute", "distance"), Lit(Fraction(5, 2)))),
        ('born < "2012-09-01"', Compare("<", Term("attribute", "born"), Lit(datetime.date(2012, 9, 1)))),
        ('level == "甲"', Compare("==", Term("attribute", "level"), Lit("甲"))),
        ("level == “甲”", Compare("==", Term("attribute", "level"), Lit("甲"))),
        ("level == form", Compare("==", Term("attribute", "level"), Term("parameter", "form"))),
        ('level in ["甲", "乙"]', Among(Term("attribute", "level"), (Lit("甲"), Lit("乙")))),
        ('level in （"甲"，"乙"，）', Among(Term("attribute", "level"), (Lit("甲"), Lit("乙")))),
        ('level not in ("甲")', Among(Term("attribute", "level"), (Lit("甲"),), negated=True)),
        ("done(contact_parent)", Term("done", "contact_parent")),
        ("done(three_days.contact_parent)", Term("done", "three_days.contact_parent")),
        ("late( truancy.three_days . contact_parent )", Term("late", "truancy.three_days.contact_parent")),
        ("overdue(contact_parent)", Term("overdue", "contact_parent")),
        ("outcome(contact_parent) == none", Compare("==", Term("outcome", "contact_parent"), Lit(NONE))),
        ('outcome(contact_parent) != "refused"', Compare("!=", Term("outcome", "contact_parent"), Lit("refused"))),
        ('outcome(contact_parent) in ("refused", none)',
         Among(Term("outcome", "contact_parent"), (Lit("refused"), Lit(NONE)))),
        ("fired(three_days) and open_case(truancy)", And((Term("fired", "three_days"), Term("open_case", "truancy")))),
        ("fired(truancy.three_days)", Term("fired", "truancy.three_days")),
        ("became(dropped_out)", Term("became", "dropped_out")),
        ('became(dropped_out, cause="pushed_out")', Term("became", "dropped_out", (("cause", "pushed_out"),))),
        ("ever(dropped_out, since=school_year_start)",
         Term("ever", "dropped_out", (("since", "school_year_start"),))),
        ('ever(dropped_out, since="2025-09-01")',
         Term("ever", "dropped_out", (("since", datetime.date(2025, 9, 1)),))),
        ('ever(dropped_out, within="3 years")', Term("ever", "dropped_out", (("within", Quantity(Fraction(3), "year")),))),
        ('late(contact_parent, within="term")', Term("late", "contact_parent", (("within", "term"),))),
        ('received(休学依据, by="parent")', Term("received", "休学依据", (("by", "parent"),))),
        ('times(contact_parent, within="3 years", result="refused", to="parent") >= 2',
         Compare(">=", Term("times", "contact_parent", (
             ("result", "refused"), ("to", "parent"), ("within", Quantity(Fraction(3), "year")))), Lit(2))),
        ('times(contact_parent, within="1 year") >= 2',
         Compare(">=", Term("times", "contact_parent", (("within", Quantity(Fraction(1), "year")),)), Lit(2))),
        ("absence >= 1", Compare(">=", Term("measure", "absence"), Lit(1))),
        ("days_away / -2 >= 1", Compare(">=", Arith("/", AWAY, Lit(-2)), Lit(1))),
        ("days_since(case) >= 3", Compare(">=", Term("days_since", "case", target="case"), Lit(3))),
        ("days_since(enrolment) >= 3 days",
         Compare(">=", Term("days_since", "enrolment", target="enrolment"), Lit(3, "day"))),
        ("days_since(returned) <= 3", Compare("<=", Term("days_since", "returned", target="status"), Lit(3))),
        ("school_days_since(three_days) > 3",
         Compare(">", Term("school_days_since", "three_days", target="stage"), Lit(3))),
        ("days_since(contact_parent) > 3", Compare(">", Term("days_since", "contact_parent", target="item"), Lit(3))),
        ("days_since(visit.visit) > 3", Compare(">", Term("days_since", "visit.visit", target="item"), Lit(3))),
        ('days_since("2025-09-01") > 3', Compare(">", Term("days_since", "2025-09-01", target="date"), Lit(3))),
        ("days_since(term_start) > 3", Compare(">", Term("days_since", "term_start", target="term_start"), Lit(3))),
    ],
)  # fmt: skip
def test_forms(text, meant):
    """Each form of the language, and the tree that it is."""

    assert meant == expr(text)


def test_numbers_are_exact():
    """Three hundred digits and a long decimal stay what they are, and no float is made."""
    digits = "9" * 300
    left, right = expr(f"days_away < {digits} and days_away > 0.{'3' * 100}").parts

    assert left.right.value == int(digits)
    assert right.right.value == Fraction(int("3" * 100), 10**100)
    assert isinstance(right.right.value, Fraction)


def test_whole_numbers_are_whole():
    """Only they are handed to an engine that knows no others."""

    assert [int, Fraction, int] == [type(expr(f"days_away >= {number}").right.value) for number in ("3", "2.5", "3.0")]


def test_group_questions():
    """`rate` and `new_holder` stand in duties and targets."""

    assert Compare(">", Term("rate", "dropout"), Lit(Fraction(1, 100), "%")) == expr("rate(dropout) > 1%", DUTY)
    assert Term("new_holder", "homeroom_teacher") == expr("new_holder(homeroom_teacher)", DUTY)


@pytest.mark.parametrize(
    "text",
    ["done(contact_parent)", 'received(休学依据, by="parent")', 'ever(dropped_out, since="school_year_start")',
     "fired(visit)", 'became(returned, cause="x")', "enrolled", "连续旷课 >= 3",
     'times(contact_parent, result="refused", within="3 years") >= 1'],
)  # fmt: skip
def test_a_key_is_what_an_author_writes(text):
    """The key of a term reads like the condition; it is the same for the same question."""
    (term,) = terms_of(expr(text.replace('since="school_year_start"', "since=school_year_start")))

    assert text.startswith(term.key)


def test_a_grade_beside_a_text_and_one_beside_a_number_are_two_readings():
    """One may be true where the other has no value."""
    found, _ = parse_condition('grade == "7a" or grade >= 7', None, NAMES)

    assert found is not None
    assert ["text(grade)", "grade"] == [term.key for term in found.terms]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (True, "true"), (False, "false"), (None, "unknown"), (NONE, "none"), (3, "3"), (Fraction(1, 2), "1/2"), ("refused", '"refused"'), (datetime.date(2025, 9, 1), "2025-09-01"),
        (Quantity(Fraction(0), "day"), '"0 days"'), (Quantity(Fraction(1), "school day"), '"1 school day"'), (Quantity(Fraction(2), "year"), '"2 years"'),
    ],
)
def test_a_value_is_shown_as_an_author_writes_it(value, written):
    """One of a unit is singular, nothing of it is not."""

    assert written == show(value)


MISTAKES = {
    "day_away >= 3": """
unknown measure `day_away` [unknown-measure]
    1 | day_away >= 3
      | ^^^^^^^^
   help: did you mean `days_away` (line 30)?""",
    "贫困 and special_cas": """
unknown flag `special_cas` [unknown-flag]
    1 | 贫困 and special_cas
      |          ^^^^^^^^^^^
   help: did you mean `special_case`?""",
    "days_away >= report_day": """
unknown parameter `report_day` [unknown-parameter]
    1 | days_away >= report_day
      |              ^^^^^^^^^^
   help: did you mean `report_days`?""",
    "enroled": """
unknown status `enroled` [unknown-status]
    1 | enroled
      | ^^^^^^^
   help: did you mean `enrolled`?""",
    "qqqq": """
unknown name `qqqq` [unknown-name]
    1 | qqqq
      | ^^^^
   help: a condition compares a measure with a number, such as `days_away >= 3`;
         measures are `days_away`, `连续旷课`, `missed_today`, `two_weeks_out`, `absence`, `score_mean`""",
    "days_away >= 三": """
unknown name `三` [unknown-name]
    1 | days_away >= 三
      |              ^^
   help: write `3`""",
    "贫困 == yes": """
unknown name `yes` [unknown-name]
    1 | 贫困 == yes
      |         ^^^
   help: write `true`""",
    "done(contact_paren)": """
unknown item `contact_paren` [unknown-item]
    1 | done(contact_paren)
      |      ^^^^^^^^^^^^^
   help: did you mean `contact_parent`?""",
    "done(truancy)": """
unknown item `truancy` [unknown-item]
    1 | done(truancy)
      |      ^^^^^^^
   help: `truancy` is a ladder""",
    "fired(three_day)": """
unknown stage `three_day` [unknown-stage]
    1 | fired(three_day)
      |       ^^^^^^^^^
   help: did you mean `three_days`?""",
    "open_case(truanty)": """
unknown ladder `truanty` [unknown-ladder]
    1 | open_case(truanty)
      |           ^^^^^^^
   help: did you mean `truancy`?""",
    "became(droped_out)": """
unknown status `droped_out` [unknown-status]
    1 | became(droped_out)
      |        ^^^^^^^^^^
   help: did you mean `dropped_out`?""",
    'outcome(three_days.contact_parent) == "refusd"': """
`three_days.contact_parent` has no result `refusd` [unknown-result]
    1 | outcome(three_days.contact_parent) == "refusd"
      |                                       ^^^^^^^^
   help: did you mean `"refused"`?""",
    'times(contact_parent, result="x") > 1': """
`contact_parent` has no result `x` [unknown-result]
    1 | times(contact_parent, result="x") > 1
      |                              ^^^
   help: its results are `"coming"`, `"promised"`, `"refused"`""",
    "outcome(contact_parent) == refused": """
`refused` is not quoted [unquoted-text]
    1 | outcome(contact_parent) == refused
      |                            ^^^^^^^
   help: write `"refused"`""",
    "outcome(contact_parent) == returned": """
`outcome(contact_parent)` is an outcome and `returned` is true or false [type-mismatch]
    1 | outcome(contact_parent) == returned
      |                            ^^^^^^^^
   help: a text is quoted: write `"returned"`""",
    "level == 甲": """
`甲` is not quoted [unquoted-text]
    1 | level == 甲
      |          ^^
   help: write `"甲"`""",
    "became(dropped_out, cause=pushed)": """
`pushed` is not a quoted text [unquoted-text]
    1 | became(dropped_out, cause=pushed)
      |                           ^^^^^^
   help: write `cause="pushed"`""",
    "contact_parent": """
an item such as `contact_parent` has no value by itself [unknown-name]
    1 | contact_parent
      | ^^^^^^^^^^^^^^
   help: write `done(contact_parent)`""",
    "truancy": """
a ladder such as `truancy` has no value by itself [unknown-name]
    1 | truancy
      | ^^^^^^^
   help: write `open_case(truancy)`""",
    "three_days.contact_parent": """
`three_days.contact_parent` cannot stand alone [not-in-the-language]
    1 | three_days.contact_parent
      | ^^^^^^^^^^^^^^^^^^^^^^^^^
   help: write `done(three_days.contact_parent)`""",
    "days_since(visit) > 1": """
`visit` is both a stage and an item [ambiguous-name]
    1 | days_since(visit) > 1
      |            ^^^^^
   help: write the item as `stage.item`, the stage as `ladder.stage`""",
    "done": """
`done` asks something [syntax]
    1 | done
      | ^^^^
   help: write `done(home_visit)`""",
    "done()": """
`done` asks about one thing [syntax]
    1 | done()
      | ^^^^^^
   help: write `done(home_visit)`""",
    "done(3)": """
`3` cannot be asked about [type-mismatch]
    1 | done(3)
      |      ^
   help: write a name, as in `done(home_visit)`""",
    'done(contact_parent, by="x")': """
`by` is not an option of `done` [unknown-option]
    1 | done(contact_parent, by="x")
      |                      ^^^^^^
   help: `done` has no options""",
    'times(contact_parent, within="3 sessions") > 1': """
`3 sessions` is not a window [wrong-value]
    1 | times(contact_parent, within="3 sessions") > 1
      |                              ^^^^^^^^^^^^
   help: write a whole number of days, weeks, months, years, school days or school weeks, such as `"3 years"`""",
    "times(contact_parent, within=3 years) > 1": """
`3 years` is not a quoted text [unquoted-text]
    1 | times(contact_parent, within=3 years) > 1
      |                              ^^^^^^^
   help: write `within="3 years"`""",
    "doen(contact_parent)": """
`doen` is not a function [not-in-the-language]
    1 | doen(contact_parent)
      | ^^^^
   help: did you mean `done`?""",
    "rate(dropout) > 1%": """
`rate` stands only in duties, targets and their items [not-in-the-language]
    1 | rate(dropout) > 1%
      | ^^^^^^^^^^^^^
   help: a group's numbers decide nothing about one student""",
    "days_away = 3": """
`=` does not compare [syntax]
    1 | days_away = 3
      |           ^
   help: write `==` for just that many, or `>=` for that many and more""",
    "days_away ＝ 3": """
`=` does not compare [syntax]
    1 | days_away ＝ 3
      |           ^^
   help: write `==` for just that many, or `>=` for that many and more""",
    "贫困 && 单亲 || !enrolled": """
`&&` is not in the language of conditions [not-in-the-language]
    1 | 贫困 && 单亲 || !enrolled
      |      ^^
   help: write `and`
`||` is not in the language of conditions [not-in-the-language]
    1 | 贫困 && 单亲 || !enrolled
      |              ^^
   help: write `or`
`!` is not in the language of conditions [not-in-the-language]
    1 | 贫困 && 单亲 || !enrolled
      |                 ^
   help: write `not`""",
    "贫困 且 单亲": """
`且` is not in the language of conditions [not-in-the-language]
    1 | 贫困 且 单亲
      |      ^^
   help: write `and`""",
    "贫困且单亲": """
unknown name `贫困且单亲` [unknown-name]
    1 | 贫困且单亲
      | ^^^^^^^^^^
   help: write `贫困 and 单亲`""",
    "非贫困": """
unknown name `非贫困` [unknown-name]
    1 | 非贫困
      | ^^^^^^
   help: write `not 贫困`""",
    "贫困 AND 单亲": """
`AND` is not in the language of conditions [not-in-the-language]
    1 | 贫困 AND 单亲
      |      ^^^
   help: write `and`""",
    "true if 贫困 else false": """
`if` is not in the language of conditions [not-in-the-language]
    1 | true if 贫困 else false
      |      ^^
   help: write the two cases with `and` and `or`
`else` is not in the language of conditions [not-in-the-language]
    1 | true if 贫困 else false
      |              ^^^^
   help: write the two cases with `and` and `or`""",
    "lambda": """
`lambda` is not in the language of conditions [not-in-the-language]
    1 | lambda
      | ^^^^^^""",
    "days_away.real > 1": """
`days_away.real` cannot stand alone [not-in-the-language]
    1 | days_away.real > 1
      | ^^^^^^^^^^^^^^
   help: a dotted name stands only in brackets, as in `done(stage.item)`""",
    "days_away[0] > 1": """
`[` after a name is not in the language of conditions [not-in-the-language]
    1 | days_away[0] > 1
      |          ^""",
    '__import__("os")': """
`__import__` is not a function [not-in-the-language]
    1 | __import__("os")
      | ^^^^^^^^^^
   help: functions are `became`, `ever`, `done`, `outcome`, `overdue`, `late`, `fired`, `open_case`, `times`, `received`, `days_since`, `school_days_since`, `age_on`, `rate`, `new_holder`""",
    "days_away ** 2 > 1": """
`**` is not in the language of conditions [not-in-the-language]
    1 | days_away ** 2 > 1
      |           ^^
   help: write the product with `*`""",
    "days_away % 2 > 1": """
`%` stands only after a number, as in `10%` [not-in-the-language]
    1 | days_away % 2 > 1
      |           ^""",
    'days_away >= "3"': """
`days_away` is a number and `"3"` is a text [type-mismatch]
    1 | days_away >= "3"
      |              ^^^
   help: write `3` without quotes""",
    "days_away >= 贫困": """
`days_away` is a number and `贫困` is true or false [type-mismatch]
    1 | days_away >= 贫困
      |              ^^^^
   help: what is true or false is compared with nothing: write it alone, or `not` before it""",
    "days_away == none": """
`days_away` is a number and `none` is `none` [type-mismatch]
    1 | days_away == none
      |              ^^^^
   help: only an outcome can be `none`; what has no value is unknown and makes no condition true""",
    'level >= "甲"': """
`>=` orders numbers and dates; a text has no order [type-mismatch]
    1 | level >= "甲"
      | ^^^^^
   help: write `==`, `!=` or `in`""",
    'born < "1 September"': """
`"1 September"` is not a date [type-mismatch]
    1 | born < "1 September"
      |        ^^^^^^^^^^^^^
   help: write a date as `"2025-09-01"`""",
    "days_away >= 3 sessions": """
`days_away` is in school days and `3 sessions` is in sessions [unit-mismatch]
    1 | days_away >= 3 sessions
      |              ^^^^^^^^^^
   help: write a number of school days""",
    "days_away >= 10%": """
`days_away` is in school days and `10%` is a share [unit-mismatch]
    1 | days_away >= 10%
      |              ^^^
   help: write a number of school days""",
    "absence >= 10": """
a share is from 0% to 100%, and `10` is more [unit-mismatch]
    1 | absence >= 10
      |            ^^
   help: write `10%`""",
    "term_week >= 2 weeks": """
`term_week` is a plain number and `2 weeks` is in weeks [unit-mismatch]
    1 | term_week >= 2 weeks
      |              ^^^^^^^
   help: write a plain number, without a unit""",
    "days_away > missed_today": """
`days_away` is in school days and `missed_today` is in sessions [unit-mismatch]
    1 | days_away > missed_today
      |             ^^^^^^^^^^^^""",
    "days_away + missed_today > 1": """
`days_away` is in school days and `missed_today` is in sessions [unit-mismatch]
    1 | days_away + missed_today > 1
      | ^^^^^^^^^^^^^^^^^^^^^^^^
   help: numbers are added, compared and divided in one unit""",
    "days_away / 0 > 1": """
`days_away / 0` divides by zero [division-by-zero]
    1 | days_away / 0 > 1
      |             ^""",
    "days_away >= deadline": """
parameter `deadline` is not a number, a share or a text [type-mismatch]
    1 | days_away >= deadline
      |              ^^^^^^^^
   help: a deadline or an anchor cannot stand in a condition""",
    "days_away": """
`days_away` is a number, not true or false [not-a-condition]
    1 | days_away
      | ^^^^^^^^^
   help: compare it, as in `days_away >= 3`""",
    "贫困 and days_away": """
`days_away` is a number, not true or false [not-a-condition]
    1 | 贫困 and days_away
      |          ^^^^^^^^^
   help: compare it, as in `days_away >= 3`""",
    "贫困 + 1 > 2": """
`贫困` is true or false, not a number [type-mismatch]
    1 | 贫困 + 1 > 2
      | ^^^^""",
    "days_away >= 3天": """
`3天` is not a number [syntax]
    1 | days_away >= 3天
      |              ^^^
   help: write the unit as in `3 school days`, or leave it out""",
    "days_away >= 3days": """
`3days` needs a space before the unit [syntax]
    1 | days_away >= 3days
      |              ^^^^^
   help: write `3 days`""",
    "days_away >= 1_000": """
`1_000` is not a number [syntax]
    1 | days_away >= 1_000
      |              ^^^^^
   help: write `1000`""",
    "days_away >= 1e3": """
`1e3` is not a number [syntax]
    1 | days_away >= 1e3
      |              ^^^
   help: write whole numbers and decimals such as `3`, `2.5`, `10%`, `3 school days`; a name cannot begin with a digit""",
    "days_away >= 3 apples": """
nothing joins `3` and `apples` [syntax]
    1 | days_away >= 3 apples
      |                ^^^^^^
   help: units are `school day`, `office day`, `half day`, `school week`, `school year`, `day`, `session`, `hour`, `minute`, `week`, `month`, `term`, `year`""",
    "贫困 单亲": """
nothing joins `贫困` and `单亲` [syntax]
    1 | 贫困 单亲
      |      ^^^^
   help: write `and`, `or` or a comparison between them""",
    "days_away >= ": """
something is missing after `>=` [syntax]
    1 | days_away >= 
      |           ^^""",  # noqa: W291  # the line as it was written
    ">= 3": """
something is missing before `>=` [syntax]
    1 | >= 3
      | ^^
   help: a comparison needs a name before it, as in `days_away >= 3`""",
    "days_away > = 3": """
`> =` does not compare [syntax]
    1 | days_away > = 3
      |           ^^^
   help: write one of `<` `<=` `==` `!=` `>=` `>`""",
    "(贫困 or 单亲": """
`(` is never closed [syntax]
    1 | (贫困 or 单亲
      | ^""",
    "贫困) or (单亲": """
`)` closes nothing [syntax]
    1 | 贫困) or (单亲
      |     ^""",
    "(贫困]": """
`]` cannot close `(` [syntax]
    1 | (贫困]
      |      ^""",
    'level == "甲': """
the quote is never closed [syntax]
    1 | level == "甲
      |          ^^^
   help: write `"` after the text""",
    'level == f"{x}"': """
`f` cannot stand before a quote [not-in-the-language]
    1 | level == f"{x}"
      |          ^
   help: write texts as `"text"`""",
    'level in ("甲" "乙")': """
nothing joins `"甲"` and `"乙"` [syntax]
    1 | level in ("甲" "乙")
      |                ^^^^
   help: write a comma between two texts""",
    "level in form": """
`form` is not a list [not-in-the-language]
    1 | level in form
      |          ^^^^
   help: write a list such as `("refused", "promised")`""",
    "level in ()": """
nothing stands inside the brackets [syntax]
    1 | level in ()
      |          ^^""",
    "贫困, 单亲": """
`,` stands only inside brackets [syntax]
    1 | 贫困, 单亲
      |     ^
   help: write `and` or `or`""",
    "(贫困, 单亲)": """
`(贫困, 单亲)` is not in the language of conditions [not-in-the-language]
    1 | (贫困, 单亲)
      | ^^^^^^^^^^^^
   help: a list stands only after `in`""",
    "贫困 == not 单亲": """
the condition cannot be read at `not` [syntax]
    1 | 贫困 == not 单亲
      |         ^^^
   help: put `not ...` in brackets""",
    "done(contact_parent, visit)": """
`done` asks about one thing [syntax]
    1 | done(contact_parent, visit)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
   help: write `done(home_visit)`""",
    "days_since(qqqq) > 3": """
unknown name `qqqq` [unknown-name]
    1 | days_since(qqqq) > 3
      |            ^^^^
   help: it is asked of a stage, an item, a status, `case`, `enrolment`, `term_start` or a quoted date""",
    'times(contact_parent, within="1.5 years") > 3': """
`1.5 years` is not a window [wrong-value]
    1 | times(contact_parent, within="1.5 years") > 3
      |                              ^^^^^^^^^^^
   help: write a whole number of days, weeks, months, years, school days or school weeks, such as `"3 years"`""",
    'times(contact_parent, within="0 years") > 3': """
`0 years` is not a window [wrong-value]
    1 | times(contact_parent, within="0 years") > 3
      |                              ^^^^^^^^^
   help: write a whole number of days, weeks, months, years, school days or school weeks, such as `"3 years"`""",
    '贫困 == "true"': """
`贫困` is true or false and `"true"` is a text [type-mismatch]
    1 | 贫困 == "true"
      |         ^^^^^^
   help: write `true` without quotes""",
    '贫困 == "poor"': """
`贫困` is true or false and `"poor"` is a text [type-mismatch]
    1 | 贫困 == "poor"
      |         ^^^^^^""",
    "贫困 # poor": """
`#` is not in the language of conditions [not-in-the-language]
    1 | 贫困 # poor
      |      ^
   help: a remark stands behind the value, outside quotes, after a blank and `#`""",
}


@pytest.mark.parametrize("text", MISTAKES, ids=str)
def test_mistakes(text):
    """Each mistake is shown where it stands, with what to write instead."""

    assert MISTAKES[text].lstrip("\n") == screen(text)


def test_all_mistakes_at_once():
    """Several mistakes in one condition are several problems, in the order of the text."""
    text = 'day_away >= 3 and done(x) and level == 3 and outcome(contact_parent) == "no"'
    _, problems = parse_condition(text, None, NAMES)

    assert ["unknown-measure", "unknown-item", "type-mismatch", "unknown-result"] == [one.kind for one in problems]


@pytest.mark.parametrize(
    ("yaml", "text", "place"),
    [
        ("when: 'qqqq == \"a\"'", 'qqqq == "a"', (1, 8, 1, 12)),
        ("when: |\n  贫困 and\n  qqqq\n", "贫困 and\nqqqq\n", (3, 3, 3, 7)),
        ("when: >-\n  贫困 and\n  qqqq", "贫困 and qqqq", (3, 3, 3, 7)),
        ("when: 贫困 and\n   qqqq", "贫困 and qqqq", (2, 4, 2, 8)),
        ("when: 'level == ''甲'' and qqqq'", "level == '甲' and qqqq", (1, 27, 1, 31)),
        ("when: '贫困 and\n   qqqq'", "贫困 and qqqq", (2, 4, 2, 8)),
    ],
)
def test_places_inside_yaml(yaml, text, place):
    """Quotes, block scalars and folded lines keep their places."""
    source = Source("p.yaml", yaml)
    last = len(source.lines)
    _, (problem,) = parse_condition(text, Span(source, 1, 7, last, len(source.lines[-1]) + 1), NAMES)

    assert place == (problem.span.line, problem.span.col, problem.span.end_line, problem.span.end_col)


def test_places_of_the_parts():
    """Terms, literals and comparisons of a condition know where they stand."""
    source = Source("p.yaml", "  - {when: 贫困 and 3 <= days_away < 5}")
    condition, _ = parse_condition("贫困 and 3 <= days_away < 5", Span(source, 1, 12, 1, 38), NAMES)
    _, chain = condition.expr.parts

    assert [(12, 14), (24, 33), (24, 33)] == [(term.span.col, term.span.end_col) for term in terms_of(condition.expr)]
    assert [(19, 33), (24, 37)] == [(part.span.col, part.span.end_col) for part in chain.parts]


def test_a_comparison_stands_where_its_brackets_begin():
    """Those of its sides, not those around it."""
    text = "((days_away) >= (3))"
    condition, _ = parse_condition(text, Span(Source("p.yaml", text), 1, 1, 1, len(text) + 1), NAMES)

    assert (2, 20) == (condition.expr.span.col, condition.expr.span.end_col)


def test_a_condition_is_nested_fifty_deep_at_most():
    """Forty-eight sums stand in one comparison and hold one name."""
    kinds = [[one.kind for one in parse_condition("days_away" + " + 1" * sums + " > 1", None, NAMES)[1]] for sums in (48, 49)]

    assert [[], ["too-deep"]] == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("days_away > " + "9" * 2001, "too-long"),
        ("(" * 51 + "贫困" + ")" * 51, "too-deep"),
        ("not " * 400 + "贫困", "too-deep"),
        ("days_away > " + "-" * 1500 + "1", "too-deep"),
        ("days_away" + "+1" * 900 + " > 1", "too-deep"),
        ("done(" * 60, "too-deep"),
        ("days_away" + " < 2" * 400, ""),
        (" or ".join(["贫困"] * 300), ""),
        ("((((((贫困))))))", ""),
        ("\x00", "not-in-the-language"),
        ("\ud800", "not-in-the-language"),
        ("贫困\u202e", "not-in-the-language"),
        ("", "syntax"),
        (" \n\t ", "syntax"),
    ],
)
def test_hostile_texts(text, kind):
    """No text reaches the interpreter's limits: what is too long or too deep is a problem."""
    condition, problems = parse_condition(text, None, NAMES)

    assert (kind or None) == (problems[0].kind if problems else None)
    assert (condition is None) is bool(kind)


WORDS = st.sampled_from(
    [*"()[]<>=+-*/.,!%'\"“”；、 \n#", "and", "or", "not", "in", "if", "none", "true", "==", "<=", "≥",
     "days_away", "贫困", "absence", "level", "born", "done", "outcome", "times", "contact_parent", "three_days",
     "days_since", "case", "within=", "result=", "since=", "3", "10%",
     "3 school days", '"refused"', '"3 years"', '"2025-09-01"', "grade", "1.", "0x1", "１", "\ud800", "é", "②"]
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join) | st.lists(WORDS, max_size=25).map("".join) | st.text(max_size=40))
@example("a.b.c(d)(e)")
@example("days_away >= 3 in (1, 2) < 4")
@example("done(contact_parent, result=1, result=2)")
@example("done(**x)")
@example("done(a for b in c)")
def test_any_text_is_a_condition_or_problems(text):
    """No text raises; every problem lies within its text and says something."""
    source = Source("p.yaml", text.replace("\n", " "))
    span = Span(source, 1, 1, 1, max(2, len(text) + 1))
    condition, problems = parse_condition(text, span, NAMES)

    assert (condition is None) is bool(problems)
    for problem in problems:
        render(problem)
        assert problem.message
        assert 1 <= problem.span.col < problem.span.end_col <= len(text) + 2


def test_reserved():
    """Python's words, statuses, functions and our own words cannot be names; everything else can."""
    words = ("if", "None", "and", "enrolled", "done", "grade", "none", "true", "case", "term_start", "ｉｆ", *STATUSES)

    assert [True] * len(words) == [reserved(word) for word in words]
    assert [False] * 3 == [reserved(word) for word in ("days_away", "贫困", "A类")]


def test_nameable():
    """A condition can say names of letters, digits and `_` in any script."""

    assert [True] * 4 == [nameable(name) for name in ("days_away", "贫困", "一周天数2", "Ａ类")]
    assert [False] * 6 == [nameable(name) for name in ("3天", "a-b", "a b", "", "贫困（户）", "done")]


def test_functions_that_are_true_or_false():
    """The language and the tree agree about which terms stand alone."""
    alone = {name for name, function in FUNCTIONS.items() if function.gives == TRUTH}

    assert TRUTHS == alone | {"flag", "status", "marked"}
