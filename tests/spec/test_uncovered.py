"""What no case has exercised, in words; and the policy's text with its margin."""

from escalate.formatting import formatted
from escalate.source import Source
from escalate.spec.points import ENDED, KINDS, points
from escalate.spec.uncovered import EN, ZH, head, marked, said, whole

from . import covered
from .covered import BASE, case, played

ALL = (
    case('marks: {s1: "AAAP"}, events: {2025-11-04 10:00: [{outcome: visit, result: coming}]}', "a"),
    case('marks: {s1: "AAAP"}, until: 2025-11-30', "b"),
)


def test_each_is_said(tmp_path):
    """In English and in Chinese, below a `not` as the author reads it."""
    found = played(tmp_path, case('marks: {s1: "AP"}'))
    lines = [f"{str(point.span).removeprefix(f'{tmp_path}/')}: {said(point, 'en')}" for point in found.uncovered]

    assert [
        "policy.yaml:4:49: `when` of `absence.two_days` was never true: `days_away >= 3`",
        "base.yaml:11:38: `when` of `absence.one_day` was never decided by `special` being true",
        "base.yaml:15:13: `absence.one_day.visit` was never done in time",
        "base.yaml:15:13: `absence.one_day.visit` was never late",
    ] == lines[:4]
    assert "台阶 `absence.two_days` 从未触发" in {said(point, "zh") for point in found.uncovered}


def test_our_words_are_those_of_the_file(tmp_path, monkeypatch):
    """Of what stands in a file in Chinese words; the author's names stay, and so does what an English file says."""
    found = played(tmp_path, case('marks: {s1: "AP"}'))
    monkeypatch.setattr(covered, "BASE", formatted(Source("base.yaml", BASE), "zh"))
    chinese = played(tmp_path, case('marks: {s1: "AP"}'))
    lines = {said(point, "zh") for point in chinese.uncovered}

    assert {
        "`absence.two_days` 的 `依据` 从未齐备：`已办结(visit)`", "`absence.one_day` 的 `当` 从未由 `special` 成立来决定", "`leaving` 从未因 `存续` 到期结束",
        "`absence.one_day.visit.逾期后.chase` 从未派发", "`loss.未达标.explain` 从未派发", "`loss` 的 `计入` 从未不成立：`辍学`", "`roll.count` 从未逾期",
    } <= lines, "\n".join(sorted(lines))
    assert "`absence.two_days` 的 `when` 从未成立：`days_away >= 3`" in lines  # policy.yaml is in English
    assert len(found.uncovered) == len(chinese.uncovered)


def test_both_languages_have_words_for_all():
    """The same keys, a word for every kind, and both sides of what has two."""
    assert EN.keys() == ZH.keys()
    assert [] == [kind for kind in KINDS if kind not in EN]
    assert [] == [key for key in EN if ("{path}" in EN[key]) is not ("{path}" in ZH[key]) or ("{text}" in EN[key]) is not ("{text}" in ZH[key])]


def test_every_point_of_the_policy_has_words(tmp_path):
    """And stands on a line of the text that has it."""
    found = played(tmp_path, case("marks: {s1: P}"))

    assert {point.kind for point in found.points} == set(KINDS)
    assert [] == [point for point in found.points if not said(point, "en") or point.text not in point.span.source.line(point.span.line)]
    assert ["base.yaml:24:5"] == [str(point.span).removeprefix(f"{tmp_path}/") for point in points(found.policy) if point.side == ENDED]


def test_the_margin(tmp_path):
    """`+` where all of a line is covered, `-` where something is not, blank where nothing can be."""
    text = marked([found := played(tmp_path, case('marks: {s1: "AP"}'))])
    lines = text.splitlines()
    start = lines.index(f"# {tmp_path}/base.yaml") + 1

    assert ["# escalate test --coverage-marked: + covered, - not covered", "", f"# {head(found)}", "  policy: hill"] == lines[:4]
    assert BASE.splitlines() == [line[2:] for line in lines[start:]]
    assert {1: " ", 10: "+", 11: "-", 12: " ", 13: "+", 15: "-", 20: "-", 21: " ", 24: "-"} == {n: lines[start + n - 1][:1] for n in (1, 10, 11, 12, 13, 15, 20, 21, 24)}


def test_more_cases_cover_more(tmp_path):
    """Of one policy, and of several together."""
    one, two = played(tmp_path, ALL[0]), played(tmp_path, "".join(ALL))

    assert one.hit < two.hit
    assert (len(one.hit) + len(two.hit), len(one.points) * 2) == whole([one, two])[1:]
    assert f"policy.yaml: {two.percent} % covered, {len(two.hit)} of {len(two.points)} (stages 2/3, " in head(two)
