"""What the cases of a spec exercise in a policy: of each kind what is known by hand to be covered, and what is not."""

import pytest

from escalate.spec import cases_below, verdict
from escalate.spec.covering import Covering, percent

from .covered import case, folder, played

ONE_DAY, TWO_DAYS = "absence.one_day", "absence.two_days"
DONE = "events: {2025-11-04 10:00: [{outcome: visit, result: coming}]}"
REFUSED = "events: {2025-11-04 10:00: [{outcome: visit, result: refused}]}"
GONE = "events: {2025-11-04 10:00: [{status: dropped_out}]}"
SPECIAL = "events: {2025-11-03 07:00: [{flag: special, value: yes}]}"


def hit(found, *kinds):
    """What was exercised of some kinds: its path and its side, of a condition with what it is for, of a part with its text."""
    words = {"condition": "role", "part": "text"}
    return {" ".join(filter(None, (point.path, getattr(point, words.get(point.kind, ""), ""), point.side)))
            for point in found.points if point.kind in kinds and point.key in found.hit}  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind", "covered"),
    [
        ("marks: {s1: P}", "stage", set()),
        ('marks: {s1: "A"}', "stage", {f"{ONE_DAY} fired"}),
        ('marks: {s1: "AAA"}', "stage", {f"{ONE_DAY} fired", f"{TWO_DAYS} fired"}),
        # A stage that asks for nothing fires too.
        (f"marks: {{s1: P}}, {GONE}", "stage", {"leaving.gone fired"}),
        ('marks: {s1: "A"}', "action", {f"{ONE_DAY}.visit issued"}),
        ('marks: {s1: "A"}, until: 2025-11-07', "action", {f"{ONE_DAY}.visit issued", f"{ONE_DAY}.visit.if_overdue.chase issued"}),
        (f'marks: {{s1: "A"}}, {REFUSED}', "action", {f"{ONE_DAY}.visit issued", f"{ONE_DAY}.visit.if_outcome.refused.letter issued"}),
        ('marks: {s1: "A"}', "deadline", set()),
        (f'marks: {{s1: "A"}}, {DONE}', "deadline", {f"{ONE_DAY}.visit in time"}),
        ('marks: {s1: "A"}, until: 2025-11-05', "deadline", {f"{ONE_DAY}.visit late"}),
        ('marks: {s1: "A"}', "end", set()),
        ('marks: {s1: "AP"}', "end", {"absence ended"}),
        (f"marks: {{s1: P}}, {GONE}, until: 2026-01-26", "end", {"leaving lasted"}),
        ('marks: {s1: "A"}', "need", set()),
        ('marks: {s1: "AAA"}', "need", {f"{TWO_DAYS} untrue"}),
        (f'marks: {{s1: "AAA"}}, {DONE}', "need", {f"{TWO_DAYS} true"}),
        ("marks: {s1: P}", "target", set()),
        ("marks: {s1: P}, until: 2025-11-20", "target", {"loss met"}),
        (f"marks: {{s1: P}}, {GONE}, until: 2025-11-20", "target", {"loss broken"}),
    ],
)
def test_each_kind_by_hand(tmp_path, body, kind, covered):
    """Of the ladders and the target; what a duty asks for stands beside it."""
    assert covered == {one for one in hit(played(tmp_path, case(body)), kind) if not one.startswith(("roll", "plan", "loss.if_broken"))}


def test_duties(tmp_path):
    """One that falls, and one that covers nobody."""
    asked = played(tmp_path, case("marks: {s1: P}"))

    assert ({"roll asked"}, {"roll.count issued"}) == (hit(asked, "duty"), hit(asked, "action"))
    assert {"plan asked", "roll asked"} == hit(played(tmp_path, case("students: {s1: {special: yes}}, marks: {s1: P}, from: 2025-09-01")), "duty")


def test_conditions(tmp_path):
    """True and not; `and not`, `or` by what decided them; those that were never asked are neither."""
    away, special = (played(tmp_path, case(body)) for body in ('marks: {s1: "AP"}', f'marks: {{s1: "AP"}}, {SPECIAL}'))
    parts = {f"{ONE_DAY} days_away >= 1 true", f"{ONE_DAY} days_away >= 1 untrue", f"{ONE_DAY} special true"}

    assert {f"{ONE_DAY} when true", f"{ONE_DAY} when untrue", f"{ONE_DAY}.inform if untrue"} == {one for one in hit(away, "condition") if ONE_DAY in one}
    assert {*parts, f"{ONE_DAY}.inform special untrue", f"{ONE_DAY}.inform days_away >= 9 untrue"} == hit(away, "part")
    assert {f"{ONE_DAY} when untrue"} == {one for one in hit(special, "condition") if ONE_DAY in one}
    assert f"{ONE_DAY} special untrue" in hit(special, "part")


def test_only_what_is_compared_counts(tmp_path):
    """Parts that a case leaves out, and what duties asked before it begins."""
    absence = played(tmp_path, case('marks: {s1: "A"}, only: absence'))
    leaving = played(tmp_path, case('marks: {s1: "A"}, only: leaving'))

    assert (set(), {f"{ONE_DAY} fired"}) == (hit(absence, "duty"), hit(absence, "stage"))
    assert (set(), set()) == (hit(leaving, "stage"), {one for one in hit(leaving, "condition", "part") if "absence" in one})


def test_what_is_inherited_stands_where_it_is_written(tmp_path):
    """And what the policy changed, in its own file."""
    found = played(tmp_path, case("marks: {s1: P}"))
    places = {f"{point.path} {point.role or point.side}": str(point.span).removeprefix(f"{tmp_path}/") for point in found.points if point.kind != "part"}

    assert f"{tmp_path}/policy.yaml" == found.policy.path
    assert ["policy.yaml:4:49", "base.yaml:22:15", "base.yaml:15:13", "base.yaml:27:5", "base.yaml:11:15"] == [
        places[name] for name in (f"{TWO_DAYS} when", f"{TWO_DAYS} need", f"{ONE_DAY}.visit late", "leaving lasted", f"{ONE_DAY} when")
    ]


def test_cases_add_up(tmp_path):
    """Of one policy, also in several spec files; and each comes to what it comes to without."""
    cases = case('marks: {s1: "A"}', "away") + case(f"marks: {{s1: P}}, {GONE}", "gone")
    found = played(tmp_path, cases)
    (tmp_path / "more.spec.yaml").write_text(f"policy: policy.yaml\nfrom: 2025-11-03\ncases:\n{case('marks: {s1: AAA}')}", encoding="utf-8")
    covering = Covering()
    both = [(covering.verdict(one), verdict(one)) for one in cases_below(folder(tmp_path, cases))]

    assert {f"{ONE_DAY} fired", "leaving.gone fired"} == hit(found, "stage")
    assert [{f"{ONE_DAY} fired", f"{TWO_DAYS} fired", "leaving.gone fired"}] == [hit(one, "stage") for one in covering.policies]
    assert [plain.text for _, plain in both] == [noted.text for noted, _ in both]


def test_percent(tmp_path):
    """Cut off, so that only all of it is 100; by kind as well."""
    found = played(tmp_path, case('marks: {s1: "A"}'))

    assert (100, 99, 0, 100) == (percent(0, 0), percent(999, 1000), percent(1, 101), percent(7, 7))
    assert ((1, 3), (0, 2), (0, 2)) == (found.kinds["stage"], found.kinds["end"], found.kinds["need"])
    assert sum(covered for covered, _ in found.kinds.values()) == len(found.points) - len(found.uncovered)
    assert found.percent == percent(len(found.points) - len(found.uncovered), len(found.points))
