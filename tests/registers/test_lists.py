"""Registers that an item attaches, as they stood when it opened."""

from attrs import evolve

from escalate.evaluation import evaluate
from escalate.load import load_policy
from escalate.registers import lists_of
from escalate.source import Source
from tests.build import CAL, at, late, marks, outcome

from .duties import ROSTER as ROSTER_OF_GROUPS
from .duties import policy as of_groups
from .world import POLICY, ROSTER, cells

LISTS = "title: 家访, list: [away, overdue_items],"
OWN = "  away: {where: days_away >= 1, columns: [student, days_away]}\n"
LISTED = POLICY.replace("title: 家访,", LISTS) + OWN


def attached(events, until="09-05 18:00", text=LISTED):
    rules = load_policy(Source("hill.yaml", text), for_evaluation=True)
    found = evaluate(rules, CAL, ROSTER, events, at(until))
    return [(item.id.split("/")[1], sheet.name, sheet.date, cells(sheet)) for item, sheet in lists_of([rules], CAL, ROSTER, events, found.items)]


def test_r19_as_it_stood_when_the_item_opened():
    """Of the second child's visit there are two in it, and the first one's visit is late by then."""
    events = marks("s1", "09-01", "AA AA AA") + marks("s3", "09-01", "PP PP AA")

    assert [("s1", "away", "2025-09-01", [("s1", 1)]), ("s1", "overdue_items", "2025-09-01", [])] == attached(events)[:2]
    assert ("s3", "away", "2025-09-03", [("s1", 3), ("s3", 1)]) == attached(events)[2]
    assert ["s1"] == [row[0] for row in attached(events)[3][3]]


def test_r19_what_became_known_later_changes_none_of_it():
    """A mark of the first day that is corrected on the third, and an outcome; the list of the first day stands."""
    events = marks("s1", "09-01", "AA AA") + marks("s3", "09-01", "AA")
    more = late("s3", "09-01", "PP", "09-03 10:00") + outcome("s1", "visit", "09-02 10:00")

    assert attached(events)[0] == attached(events + more)[0]
    assert [("s1", 1), ("s3", 1)] == attached(events + more)[0][3]


def test_r19_of_a_duty_of_a_class():
    """The rates of a target, when the class is to be counted."""
    rules = of_groups()
    duty = rules.duties["counts"]
    (action,) = duty.stage.do
    listed = evolve(rules, duties={"counts": evolve(duty, stage=evolve(duty.stage, do=(evolve(action, list="rates, loss_list"),)))})
    found = evaluate(listed, CAL, ROSTER_OF_GROUPS, [], at("10-02 18:00"))
    lists = [(item.id.split("/")[2], sheet.name, sheet.date) for item, sheet in lists_of([listed], CAL, ROSTER_OF_GROUPS, [], found.items)]

    assert [("7-1", "rates", "2025-09-01"), ("7-1", "loss_list", "2025-09-01")] == [one for one in lists if one[0] == "7-1"][:2]
    assert ("7-1", "rates", "2025-10-01") in lists


def test_without_lists_nothing_is_evaluated_again():
    """And nothing is attached."""
    assert [] == attached(marks("s1", "09-01", "AA"), text=POLICY + OWN)
