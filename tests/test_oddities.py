"""What is odd about the names in events: reported, taken in all the same, and never lost in silence.

School is from Monday 2025-09-01, sessions am (08:00) and pm (14:00), close 17:30; student s1 is of class c1.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate.days import DayPlan
from escalate.engine import Engine
from escalate.evaluation import evaluate
from escalate.events import AssignmentEdit, CalendarEdit, RosterEdit
from escalate.policy import Attribute
from escalate.source import Refused
from tests.build import CAL, ROSTER, at, date, engine, flag, ladder, marks, outcome, policy, snow, stage, void

PLAIN = policy(truancy=ladder(one=stage("days_away >= 1", 家访="5 school days")))
STAGE = PLAIN.ladders["truancy"].stages[0]
VISIT = evolve(
    PLAIN, students={"special": Attribute("special")},
    ladders={"truancy": evolve(PLAIN.ladders["truancy"], stages=(evolve(STAGE, do=(evolve(STAGE.do[0], results=("met", "refused")),)),))},
)


def said(events: list) -> list[tuple[str, str]]:
    """The kinds of the reports, and what they say."""
    return [(report.kind, report.message) for report in engine(VISIT, marks("s1", "09-01", "AA") + events, "09-03").reports]


@pytest.mark.parametrize(
    ("events", "kind", "words"),
    [
        (outcome("s1", "家仿", "09-02 10:00"), "unknown-action", "did you mean `家访`?"),
        (outcome("s1", "家访", "09-02 10:00", "refussed"), "unknown-result", "did you mean `refused`?"),
        (flag("s1", "specail", "yes", "09-02 10:00"), "unknown-flag", "did you mean `special`?"),
        (flag("s1", "special", "√", "09-02 10:00"), "bad-value", "`√` is neither yes nor no: it counts as no"),
        ([RosterEdit(student="s1", column="special", value="ja", known=at("09-02 10:00"))], "bad-value", "`ja` is neither yes nor no"),
        ([RosterEdit(student="s1", column="clas", value="c2", known=at("09-02 10:00"))], "unknown-column", "did you mean `class`?"),
        ([AssignmentEdit(role="techer", of="c1", person="bob", known=at("09-02 10:00"))], "unknown-role", "did you mean `teacher`?"),
        ([AssignmentEdit(role="teacher", of="c7", person="bob", known=at("09-02 10:00"))], "unknown-place", "the roster has no class `c7`"),
        ([CalendarEdit(date=date("09-02"), school="nrth", known=at("09-02 10:00"), plan=DayPlan("closed", ()))], "unknown-school", "did you mean `north`?"),
        (marks("zz", "09-02", "AA"), "not-on-roster", "`zz` is not on the roster"),
    ],
)
def test_a_name_that_nobody_knows_is_reported(events, kind, words):
    """Once, with the nearest name."""
    ((found, message),) = said(events)

    assert (kind, True) == (found, words in message)


def test_names_that_are_known_are_not_reported():
    """An outcome without a result too."""
    posted = [AssignmentEdit(role="teacher", of="c1", person="bob", known=at("09-02 10:00")), RosterEdit(student="s1", column="grade", value="8", known=at("09-02 10:00"))]
    assert [] == said(posted + snow("09-05", "09-02 10:00"))
    assert [] == said(outcome("s1", "家访", "09-02 10:00", "met") + outcome("s1", "家访", "09-02 11:00") + flag("s1", "special", "yes", "09-02 10:00"))


def test_a_void_of_nothing_is_reported_at_the_end_and_one_that_comes_before_its_target_is_not():
    """The fact that it was meant for still stands."""
    visit = outcome("s1", "家访", "09-02 10:00", known="09-02 12:00", id="o1")
    early = evaluate(VISIT, CAL, ROSTER, [*void("s1", "o1", "09-02 11:00"), *visit], at("09-03"))
    wrong = evaluate(VISIT, CAL, ROSTER, [*void("s1", "o2", "09-02 13:00"), *visit], at("09-03"))
    natural = evaluate(VISIT, CAL, ROSTER, [*marks("s1", "09-01", "AA"), *void("s1", "2025-09-01.am", "09-02 13:00")], at("09-03"))

    assert [[], ["void-of-nothing"], []] == [[report.kind for report in found.reports] for found in (early, wrong, natural)]


def test_what_is_no_event_is_refused():
    """With what it was."""
    for strange in ({"student": "s1"}, None, "mark"):
        with pytest.raises(TypeError, match=f"not {type(strange).__name__}"):
            Engine(VISIT, CAL, ROSTER).feed([strange])


@pytest.mark.parametrize("kept", [None, {}, {"format": 2}, {"format": 1}, {"format": 1, "events": [], "inputs": {}}])
def test_a_damaged_snapshot_is_refused(kept):
    """Not with a traceback."""
    with pytest.raises(Refused):
        Engine.resume(kept, VISIT, CAL, ROSTER)
