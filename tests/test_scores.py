"""Amounts that are read from a score that somebody recorded (docs/semantics.md, Q4)."""

import pytest
from attrs import evolve

from escalate.events import Fact, Outcome, Void
from escalate.explain.sentences import sentence
from escalate.roster import Assignment
from escalate.source import Refused
from tests.groups_world import at, engine, policy, roster, students

HELD = roster(*students("s1", "s2"), held=(Assignment("teacher", "7.1", "ann"), Assignment("principal", "north", "bob")))
SCORED = """
parameters: {each_point: {value: 2 yuan}}
measures:
  score: {mean: fact(score), within: month}
  extra: {sum: fact(extra), within: month}
  calls: {count: fact(call), within: month}
duties:
  monthly:
    every: month
    each: teacher
    if_overdue: {chase: {by: principal, due: 1 school day}}
    do:
      assess: {by: principal, due: end of month, then: {pay: {entry: ENTRY, for: month, to: teacher}}}
"""


ITEM = "p/monthly/ann/2025-09/1/assess/principal"


def fact(name, value, when, *, known="", about="ann", level="teacher", id=""):
    """Somebody recorded a number; known when it is about, unless said otherwise."""
    return Fact(about=about, level=level, fact=name, value=value, at=at(when), known=at(known or when), id=id or f"{name} {when}")


def rated(when, about="ann", level="teacher"):
    return Outcome(student=about, level=level, action="assess", at=at(when), known=at(when), id=f"rated {when}")


def school(entry, *events, until="10-10 18:00"):
    return engine(SCORED.replace("ENTRY", entry), *events, until=until, given=HELD)


def of_pay(made):
    """What was decided about the entry."""
    return [one for one in made.decisions if getattr(one.change.new, "action", "") == "pay"]


def paid(made, when=""):
    """What the entries come to, as they stand or stood at an instant."""
    return [item.entry for item in made.items(*([at(when)] if when else [])) if item.action == "pay"]


@pytest.mark.parametrize(
    ("entry", "amount"),
    [
        ("score 分", ("+90", "分")), ("score * each_point", ("+180", "yuan")), ("(score - 100) * each_point", ("-20", "yuan")), ("score", ("+90", "")),
        ("extra * 0.5 points", ("+1.25", "points")), ("score + extra points", ("+92.5", "points")), ("calls * -5 yuan", ("-10", "yuan")),
    ],
)
def test_q4_an_entry_reads_what_was_recorded(entry, amount):
    """Of the one whom the duty is about, in the month in which it takes effect: a mean, a sum, a number of facts."""
    made = school(
        entry, fact("score", "85", "09-12"), fact("score", "95", "09-26"), fact("extra", "2.5", "09-12"), fact("call", "1", "09-02"), fact("call", "1", "09-03"),
        fact("score", "10", "09-12", about="bob"), rated("09-29"),
    )

    assert [(*amount, "2025-09", "1")] == paid(made)


def test_q4_a_mean_that_does_not_end_is_a_fraction():
    """Exact, as all numbers are."""
    made = school("score 分", fact("score", "1", "09-12"), fact("score", "1", "09-15"), fact("score", "2", "09-16"), rated("09-29"))

    assert [("+4/3", "分", "2025-09", "1")] == paid(made)


@pytest.mark.parametrize(("entry", "found"), [("score 分", []), ("extra points", []), ("score + calls points", []), ("calls points", ["+0"])])
def test_q4_without_a_score_there_is_no_amount(entry, found):
    """Nobody's pay is zero because nobody wrote anything down: the entry stands, without an amount. Of what is counted, none is 0."""
    made = school(entry, rated("09-29"))

    assert [entry[:1] for entry in paid(made)] == [tuple(found)]
    assert ["done"] == [item.status for item in made.items() if item.action == "pay"]


def test_q4_it_is_read_as_of_the_instant_of_the_entry():
    """What is about a later day is the next month's, whenever it is written down; what came late and is about an earlier one moves the amount."""
    made = school(
        "score 分", fact("score", "80", "09-12"), rated("09-29"), fact("score", "20", "09-30"), fact("score", "30", "10-09"),
        fact("score", "90", "09-15", known="10-08 09:00"),
    )

    assert ["+80"] == [one[0] for one in paid(made, "09-29")]
    assert ["+80"] == [one[0] for one in paid(made, "10-08 08:59")]
    assert ["+85"] == [one[0] for one in paid(made)]


def test_q4_a_correction_moves_the_amount_and_history_keeps_the_old_one():
    """The score was another teacher's: what was told is told anew, and what was known then stays."""
    wrong = fact("score", "60", "09-12", id="wrong")
    made = school(
        "score 分", wrong, rated("09-29"), Void(student="ann", level="teacher", target="wrong", known=at("10-08 09:00"), id="void"),
        fact("score", "95", "09-12", known="10-09 09:00", id="right"),
    )

    assert [("+60",), (), ("+95",)] == [one[:1] for when in ("10-07", "10-08", "10-09") for one in paid(made, when)]
    assert [("+60",), (), ("+95",)] == [one.change.new.entry[:1] for one in of_pay(made)]


def test_q4_of_a_class_and_of_a_student():
    """Whom the duty or the ladder is about, whoever has the entry."""
    of_class = engine(
        SCORED.replace("ENTRY", "score 分").replace("each: teacher", "each: class"), fact("score", "70", "09-12", about="7.1", level="class"),
        fact("score", "20", "09-12"), rated("09-29", "7.1", "class"), until="09-30 18:00", given=HELD,
    )
    of_student = engine(
        SCORED.replace("ENTRY", "score 分").replace("each: teacher", "each: student"), fact("score", "40", "09-12", about="s1", level="student"),
        rated("09-29", "s1", "student"), until="09-30 18:00", given=HELD,
    )

    assert [("+70", "分", "2025-09", "1")] == paid(of_class)
    assert [("+40", "分", "2025-09", "1")] == paid(of_student)


def test_q4_since_it_was_asked_for():
    """A window may begin with the item itself: what was recorded since this month's assessment was asked for, also when it is done in the next month."""
    text = SCORED.replace("mean: fact(score), within: month", "mean: fact(score), within: since assess").replace("ENTRY", "score 分")
    made = engine(text, fact("score", "50", "09-12"), fact("score", "70", "10-02"), evolve(rated("10-03"), action="", item=ITEM), until="10-10 18:00", given=HELD)

    assert [("+60", "分", "2025-10", "1")] == paid(made)


def test_q4_the_record_cites_the_score():
    """The measure with its window and value, and the facts that made it; without one it is unknown. An explanation says both."""
    made = school("score * each_point", fact("score", "85", "09-12", id="f1"), fact("score", "95", "09-26", id="f2"), rated("09-29"))
    (record,) = (one.record for one in of_pay(made))

    assert [{"measure": "score", "unit": "", "value": 90, "window": ["2025-09-01", "2025-09-29"], "of": "entry"}] == record["readings"]
    assert {"f1", "f2"} <= set(record["events"])
    (without,) = (one.record for one in of_pay(school("extra points", rated("09-29"))))
    assert ["unknown"] == [reading["value"] for reading in without["readings"]]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                ("On Mon 29 Sep 2025 at 17:30, “assess” was done (teacher ann), so “pay” was entered for teacher (ann): +120 yuan in the appraisal of 2025-09. "
                "Ground: “score” at 60 (that month, 1 Sep to 29 Sep). [rated 09-29, wrong]"),
                ("On Wed 8 Oct 2025 at 09:00, “pay” for teacher ann changed: its entry is now no amount (nothing to count it from), no longer +120 yuan in the "
                "appraisal of 2025-09. Ground: “score” at no value yet (that month, 1 Sep to 29 Sep). [rated 09-29, void]"),
            ],
        ),
        (
            "zh",
            [
                ("2025年9月29日（周一）17:30，teacher ann 的“assess”已办结，“pay”因此记入teacher（ann）：+120 yuan，计入 2025-09 的考核。"
                "缘由：“score”为 60（当月，9月1日至9月29日）。 [rated 09-29、wrong]"),
                ("2025年10月8日（周三）09:00，teacher ann 的“pay”有变更：记入由+120 yuan，计入 2025-09 的考核改为数额未定（没有可据以计算的数）。"
                "缘由：“score”为 尚无数值（当月，9月1日至9月29日）。 [rated 09-29、void]"),
            ],
        ),
    ],
)
def test_q4_an_explanation_says_what_it_was_counted_from(lang, lines):
    """Or that there is nothing to count it from."""
    wrong = fact("score", "60", "09-12", id="wrong")
    made = school("score * each_point", wrong, rated("09-29"), Void(student="ann", level="teacher", target="wrong", known=at("10-08 09:00"), id="void"))

    assert lines == [sentence(one.record, policy(SCORED.replace("ENTRY", "score * each_point")), lang) for one in of_pay(made)]


# --- problems ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("days_away * -5 yuan", "entry-of-marks"), ("scor 分", "unknown-parameter"), ("each_point / score", "wrong-value"),
        ("100 yuan / score", "wrong-value"), ("each_point + score 分", "wrong-value"),
    ],
)
def test_what_cannot_be_entered_is_refused(entry, kind):
    """Marks, slips, a division by what may be 0, yuan and points in one."""
    with pytest.raises(Refused) as refused:
        policy(SCORED.replace("ENTRY", entry))

    assert [kind] == [problem.kind for problem in refused.value.problems]
