"""The whole road as one function, and what its ledger is asked."""

from __future__ import annotations

from escalate.evaluation import evaluate
from escalate.ledger import Case
from tests.build import CAL, ROSTER, at, ladder, marks, policy, stage

VISIT = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))
EVENTS = [*marks("s1", "09-01", "AA"), *marks("s2", "09-03", "AA")]


def test_what_is_known_after_the_end_is_reported_and_not_used():
    """At the end itself it is used."""
    (mark,) = marks("s1", "09-02", "A_", "09-02 09:00")
    found = [evaluate(VISIT, CAL, ROSTER, [*EVENTS[:2], mark], at(until)).reports for until in ("09-02 08:59:59", "09-02 09:00")]

    assert [[("after-until", mark)], []] == [[(report.kind, report.event) for report in reports] for reports in found]


def test_items_and_cases_stand_by_student():
    """In order, as they are at the end."""
    found = evaluate([VISIT], CAL, ROSTER, reversed(EVENTS), at("09-04 12:00"))

    assert [("p/s1/truancy/1/one/1/visit/teacher", "overdue"), ("p/s2/truancy/1/one/1/visit/teacher", "open")] == [(item.id, item.status) for item in found.items]
    assert [("s1", "p", "truancy", 1), ("s2", "p", "truancy", 1)] == list(found.cases)
    assert all(isinstance(case, Case) and case.ended is None for case in found.cases.values())
    assert ((VISIT,), at("09-04 12:00")) == (found.policies, found.until)


def test_as_known_folds_what_was_decided_by_then():
    """It never reaches beyond its end."""
    found = evaluate(VISIT, CAL, ROSTER, EVENTS, at("09-04 12:00"))

    assert [0, 2, 3, 5] == [len(found.as_known(at(when)).decisions) for when in ("09-01 17:29:59", "09-01 17:30", "09-03 00:00", "09-03 17:30")]
    assert [["open"], ["overdue"]] == [[item.status for item in found.as_known(at(when)).items] for when in ("09-02 23:59:59", "09-03 00:00")]
    assert [at("09-02"), at("09-04 12:00")] == [found.as_known(at(when)).until for when in ("09-02", "09-10")]


def test_each_decision_has_a_record_in_its_schools_chain():
    """In the order in which they are sealed."""
    found = evaluate(VISIT, CAL, ROSTER, EVENTS, at("09-01 18:00"))

    assert [("north", "opened"), ("north", "issued")] == [(school, record["what"]) for school, record in found.records]
