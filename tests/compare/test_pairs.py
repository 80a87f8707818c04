"""What is the same under two policies: directed cases of what numbers and ids do not say."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from escalate.compare import Difference, Side, compare, counted
from escalate.engine import Engine
from escalate.evaluation import evaluate_with
from escalate.events import Event
from escalate.policy import Policy
from tests.build import CAL, ROSTER, action, at, ladder, marks, outcome, policy, stage

UNTIL = at("10-10 12:00")
AWAY = "days_away >= "


def side(rules: Policy, events: Iterable[Event]) -> Side:
    ledger = evaluate_with(Engine(rules, CAL, ROSTER, matcher="plain"), [rules], list(events), UNTIL)
    return Side((rules,), ledger, CAL.zone)


def items(a: Policy, b: Policy, events: Iterable[Event]) -> list[Difference]:
    """What is not the same."""
    given = list(events)
    return [one for one in compare(side(a, given), side(b, given)).items if one.what != "same"]


def told(found: Iterable[Difference]) -> list[tuple[str, str]]:
    return [(one.what, getattr(one.one, "action", "")) for one in found]


def after(days: int, **more: object) -> Policy:
    """A visit after so many days away, a call on the first."""
    return policy(truancy=ladder(one=stage(f"{AWAY}{days}", visit=action("1 school day", **more))))


def test_a_case_that_opens_sooner_is_the_same_case() -> None:
    """Its second number is the other's first."""
    events = [*marks("s1", "09-01", "AA PP AA AA PP")]

    found = items(after(2), after(1), events)

    assert [("gained", "visit"), ("earlier", "visit")] == told(found)
    assert [-86400] == [one.opened for one in found if one.what == "earlier"]
    assert [(1, 2)] == [(one.old.case, one.new.case) for one in found if one.old is not None]  # type: ignore[union-attr]  # both are items


def test_what_follows_on_an_item_is_gained_with_it() -> None:
    """And belongs to what follows on its other."""
    late = {"if_overdue": {"chase": "1 school day"}}
    events = marks("s1", "09-01", "AA AA AA AA PP")

    assert [("lost", "visit"), ("lost", "chase")] == told(items(after(1, **late), after(9, **late), events))
    assert [("earlier", "visit"), ("earlier", "chase")] == told(items(after(2, **late), after(1, **late), events))


def test_an_item_of_another_actor_is_the_same_item() -> None:
    """Something else differs, and it is said what."""
    found = items(after(1), after(1, by="principal"), marks("s1", "09-01", "AA PP"))

    assert [("otherwise", ("actor", "persons"))] == [(one.what, one.fields) for one in found]


def test_a_crossing_belongs_to_the_nearest_one() -> None:
    """Its number is another where there are more of them."""
    def crossing(least: int) -> Policy:
        return policy(truancy=ladder("days_back >= 4", one=stage(f"{AWAY}{least}", again="each crossing", visit="1 school day")))

    found = items(crossing(2), crossing(1), marks("s1", "09-01", "AA PP AA AA PP PP AA"))
    paired = [(one.old.occurrence, one.new.occurrence) for one in found if one.old is not None and one.new is not None]  # type: ignore[union-attr]  # both are items

    assert ["gained", "earlier", "gained"] == [one.what for one in sorted(found, key=lambda one: one.one.opened if one.old is None else one.new.opened)]  # type: ignore[union-attr]  # likewise
    assert [("1", "2")] == paired


def test_a_due_that_is_sooner() -> None:
    """What opened at the same time is judged by its due."""
    longer = policy(truancy=ladder(one=stage(f"{AWAY}1", visit="3 school days")))
    found = items(longer, after(1), marks("s1", "09-01", "AA PP"))

    assert [("earlier", 0)] == [(one.what, one.opened) for one in found]
    assert all(one.due < 0 for one in found)


def test_what_became_of_an_item_is_said() -> None:
    """The same item was cancelled under one policy and done under the other."""
    longer = policy(truancy=ladder("days_back >= 2", one=stage(f"{AWAY}1", visit="3 school days")))
    shorter = policy(truancy=ladder("days_back >= 1", one=stage(f"{AWAY}1", visit="3 school days")))
    events = [*marks("s1", "09-01", "AA PP PP"), *outcome("s1", "visit", "09-03 10:00")]

    [found] = items(longer, shorter, events)

    assert "otherwise" == found.what
    assert ("done", "cancelled") == (found.old.status, found.new.status)  # type: ignore[union-attr]  # both are items


@pytest.mark.parametrize(("a", "b"), [(1, 2), (2, 1), (1, 1)])
def test_the_sums_add_up(a: int, b: int) -> None:
    """What A has, less what is lost, and what is gained, is what B has."""
    events = [*marks("s1", "09-01", "AA PP AA AA PP"), *marks("s2", "09-01", "PP AA PP AA")]
    found = compare(side(after(a), events), side(after(b), events))

    counts = counted(found.items)

    assert counts["b"] == counts["a"] - counts["lost"] + counts["gained"] == len(found.b.ledger.items)
