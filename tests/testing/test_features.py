"""Which features a world has, how shares are counted, and that the histories of a policy reach what is rare."""

from __future__ import annotations

import pytest
from attrs import evolve

from escalate import policies
from escalate.testing.features import FEATURES, Census, Share, features, possible
from escalate.testing.lawful import search
from escalate.testing.matters import matters
from escalate.testing.model.seen import World
from escalate.testing.strategies import recast, redone
from escalate.testing.strategies.standing import standing
from tests.build import CAL, ROSTER, action, at, correct, date, ladder, marks, outcome, policy, stage

VISITS = policy(truancy=ladder(one=stage("days_away >= 1", visit="1 school day"), three=stage("days_away >= 3", report="2 school days")))


def world(*events, until="09-12"):
    return World((VISITS,), CAL, ROSTER, tuple(events), at(until))


def test_three_days_away_and_a_visit_too_late():
    """What is said, and what comes of it: two stages, an item overdue and then done late, a case that ends."""
    events = [*marks("s1", "09-01", "AA AA AA PP"), *outcome("s1", "visit", "09-04 10:00")]
    found = features(world(*events))

    assert {"marked unexcused", "marked present", "an outcome", "an outcome that names an action"} <= found
    assert {"a case opened", "a case ended", "ended by `ends`", "several stages in a case", "an item overdue", "an item done late"} <= found
    assert not found & {"a mark corrected", "a mark known after the day", "an item withdrawn", "a duty is asked", "nothing is decided"}


def test_a_mark_corrected_days_later_takes_the_case_back():
    found = features(world(*marks("s1", "09-01", "AA"), *correct("s1", "09-01", "PP", "09-03 10:00")))

    assert {"a mark corrected", "a case withdrawn", "an item withdrawn", "decided later than effective"} <= found


def test_where_nothing_happens_nothing_is_decided():
    found = features(world(*marks("s1", "09-01", "PP")))

    assert "nothing is decided" in found and not any(name.startswith("a case") for name in found)


def test_only_policies_that_have_duties_can_miss_one():
    assert "a duty is missed" not in possible((VISITS,))
    assert "a duty is missed" in possible(policies.versions("S002-02", adopted=True))
    assert {"a case opened", "a mark corrected"} <= possible((VISITS,)) < FEATURES.keys()


def test_what_cannot_part_is_never_joined():
    """Cases that last a year and that everybody is in stay one; and only what is asked for after a case opened can be another's."""
    year = policy(exits=ladder("", where="anyone", lasts="school year", one=stage("became(removed)", visit="1 day")))
    single = policy(care=ladder("", where="enrolled and special", one=stage("special", visit="1 day")))

    assert not {"a case merged", "an item replaced"} & possible((year,))
    assert {"a case merged", "an item replaced"} & possible((single,)) == {"a case merged"}
    assert {"a case merged", "an item replaced"} <= possible((VISITS,))


OLD, NEW = evolve(VISITS, end=date("09-03")), evolve(VISITS, start=date("09-04"))
EVENT = policy(truancy=ladder(one=stage("days_away >= 1", visit=action("1 school day", counts_from="event"))))


@pytest.mark.parametrize(("story", "feature", "days", "rules"), [
    (recast.joined, "a case merged", "AA PP AA PP AA", (VISITS,)),
    (recast.gone_and_back, "a case reinstated", "PP AA PP PP PP", (VISITS,)),
    (recast.was_there, "a case reinstated", "PP AA AA PP PP", (VISITS,)),
    (recast.never_left, "a case merged", "AA AA AA AA AA", (VISITS,)),
    (recast.left, "an item replaced", "AA AA AA AA PP", (VISITS,)),
    (recast.across_versions, "a case re-pinned", "PP AA AA AA AA", (OLD, NEW)),
    (recast.learnt_too_late, "an item already past", "AA AA AA AA AA", (EVENT,)),
    (redone.held_after_all, "a due that was moved back to a floor", "AA AA AA AA AA", (VISITS,)),
])  # fmt: skip
def test_a_story_makes_happen_what_is_rare(story, feature, days, rules):
    """Told of a week, some way of telling it shows the feature, which the week by itself does not."""
    before = evolve(world(*marks("s1", "09-01", days), until="09-06"), policies=rules)
    told = [evolve(before, events=(*before.events, *events)) for events in story(standing(matters(rules), before))]

    assert feature in possible(rules) and feature not in features(before)
    assert any(feature in features(one) for one in told)


def test_shares_are_of_the_worlds_that_can():
    """Of three worlds two can have the feature, and one has it."""
    census = Census().add(["a flag"], ["a flag", "a status"]).add([], ["a flag"]).joined(Census().add(["a status"], ["a status"]))
    shares = {one.name: one for one in census.shares()}

    assert 3 == census.worlds
    assert (Share("a flag", 1, 2), Share("a status", 1, 2)) == (shares["a flag"], shares["a status"])
    assert Share("a flag", 1, 200).below(1) and not Share("a flag", 2, 200).below(1) and not Share("a flag", 0, 0).below(1)


def test_what_is_rare_is_reached_and_nothing_that_cannot_be():
    """Of 100 histories of a ladder some are joined, parted, taken back and given back."""
    census, could = Census(), possible((VISITS,))

    def check(one: World) -> None:
        nonlocal census
        found = features(one)
        assert found <= could
        census = census.add(found, could)

    assert search((VISITS,), None, 100, check, 1) is None
    never = {one.name for one in census.shares() if one.of and not one.worlds}
    assert not never & {"a case moved", "a case withdrawn", "a case merged", "a case reinstated", "an item replaced", "a mark corrected", "an item overdue"}
