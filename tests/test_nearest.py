"""When a stage came nearest, and what was short."""

from __future__ import annotations

from fractions import Fraction

from escalate.nearest import why_not
from tests.build import CAL, ROSTER, at, flag, ladder, marks, outcome, policy, run, stage

LADDER = ladder(one=stage("days_away >= 2", visit="1 school day"), two=stage("days_away >= 4 and not done(visit)", report="1 school day"), where="enrolled and not special")
RULES = policy(truancy=LADDER)


def missed(events, until, path="two", rules=RULES):
    """The one stage of a name."""
    (found,) = why_not([rules], CAL, ROSTER, events, "s1", path, at(until))
    return found


def test_it_came_nearest_on_the_day_before_the_child_was_back():
    """Three days of four, twice; the later time is told, and the visit was still to be made."""
    found = missed(marks("s1", "09-01", "AA AA AA PP AA AA AA PP"), "09-12")

    assert at("09-09") == found.nearest
    assert found.covered and found.case
    assert [(part.truth, part.short) for part in found.parts] == [(False, Fraction(1)), (True, None)]


def test_of_what_holds_in_part_more_parts_are_nearer_than_less_short():
    """The visit was made, so that the longer absence held one part, and the shorter one none but was no nearer."""
    events = [*marks("s1", "09-01", "AA AA AA AA AA"), *outcome("s1", "visit", "09-02 20:00")]
    found = missed(events, "09-05")

    assert [part.truth for part in found.parts] == [True, False]
    assert at("09-05") == found.nearest


def test_what_must_be_more_and_is_the_same_is_short_of_nothing():
    """`> 1` at one day: the part fails, and no number says by how much."""
    (part,) = missed(marks("s1", "09-01", "AA"), "09-01", rules=policy(truancy=ladder(two=stage("days_away > 1", visit="1 school day")))).parts

    assert (False, 0) == (part.truth, part.short)


def test_a_stage_that_fired_says_when():
    found = missed(marks("s1", "09-01", "AA AA"), "09-05", "truancy.one")

    assert (at("09-02"), None, ()) == (found.fired, found.nearest, found.parts)


def test_who_is_not_covered_is_told_so():
    """The flag keeps the ladder away, however long the child is."""
    found = missed([*flag("s1", "special", "yes", "09-01 07:00"), *marks("s1", "09-01", "AA AA AA")], "09-03", "one")

    assert not found.covered
    assert [part.truth for part in found.parts] == [True]


def test_without_a_case_what_reads_items_cannot_be_said():
    found = missed(marks("s1", "09-01", "AA PP"), "09-02")

    assert not found.case
    assert [part.truth for part in found.parts] == [False, None]


def test_before_the_first_close_there_is_nothing_to_say_and_of_no_stage_nothing():
    assert missed([], "09-01 12:00").nearest is None
    assert [] == why_not([RULES], CAL, ROSTER, [], "s1", "nine", at("09-05"))


def test_an_earlier_version_without_the_stage_is_not_asked_for_its_measures():
    """The measure that the newer version counts with is none of the older one's: only closes under the newer one can have come near."""
    older = policy(start="2025-08-01", end="2025-09-02", truancy=ladder(one=stage("days_away >= 1", visit="1 school day")))
    newer = policy(
        start="2025-09-03", measures={"left": run("A", neutral="S")}, truancy=ladder(one=stage("days_away >= 1", visit="1 school day"), two=stage("left >= 4", tell="1 day"))
    )
    (found,) = why_not([older, newer], CAL, ROSTER, marks("s1", "09-01", "AA AA AA PP"), "s1", "two", at("09-04"))

    assert at("09-03") == found.nearest
    assert [(part.truth, part.short) for part in found.parts] == [(False, Fraction(1))]
