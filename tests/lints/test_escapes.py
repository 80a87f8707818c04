"""An escape lets one rule be silent on one line, for a reason; any other is found."""

from __future__ import annotations

import pytest

from escalate.lints.rule import Given

from .world import kinds, linted, policy

NOTED = policy("a: days_away >= 3 | do: {x: {by: homeroom_teacher, to: principal, due: 1 school day}}")
LINE = "      a:"
RULE = "stays-in-school"


@pytest.mark.parametrize(
    "lines",
    [
        f"{LINE}  # allow {RULE}: the plan says so",
        f"      # allow {RULE}: the plan says so\n{LINE}",
        f"      # allow {RULE}:原文只写报告学校\n{LINE}",
        f"      # allow {RULE}：原文只写报告学校\n      # another word\n{LINE}",
        f"      # allow {RULE}: the plan says so\n{LINE}  # day three",
    ],
)
def test_a_finding_is_escaped(lines):
    """At the end of its line, or right above it; the reason is kept."""
    found = linted(NOTED.replace(LINE, lines))

    assert () == found.problems
    assert [(RULE, RULE)] == [(problem.kind, escape.rule) for problem, escape in found.escaped]
    assert all(escape.reason for _, escape in found.escaped)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (f"{LINE}  # allow {RULE}", "this escape of `stays-in-school` gives no reason"),
        (f"{LINE}  # allow {RULE}:", "this escape of `stays-in-school` gives no reason"),
        (f"{LINE}  # allow stays-at-school: because", "there is no rule `stays-at-school`"),
        (f"{LINE}  # allow unused-measure: because", "nothing is found here that `unused-measure` would say"),
        (f"      # allow {RULE}: because\n\n{LINE}", f"nothing is found here that `{RULE}` would say"),
        (f"{LINE}  # allow silent-if-unrecorded: because", "`silent-if-unrecorded` cannot be escaped in a policy"),
        (f"{LINE}  # allow role-always-late: because", "`role-always-late` cannot be escaped in a policy"),
        (f"{LINE}  # allow bad-escape: because", "`bad-escape` cannot be escaped in a policy"),
    ],
)
def test_a_bad_escape_is_found_and_lets_nothing_stand(lines, message):
    """At its own place."""
    found = linted(NOTED.replace(LINE, lines)).problems

    assert [RULE, "bad-escape"] == sorted((problem.kind for problem in found), reverse=True)
    (bad,) = (problem for problem in found if problem.kind == "bad-escape")
    assert message == bad.message
    assert bad.span.source.line(bad.span.line)[bad.span.col - 1 :].startswith("# allow ")


@pytest.mark.parametrize("line", ["# allow children to leave: never", "# they allow stays-in-school: no", "title: allow unused-measure", "#allowed unused-measure: x"])
def test_other_words_are_no_escape(line):
    """`allow` may begin a sentence."""
    text = NOTED.replace(LINE, f"{LINE}\n        {line}" if line.startswith("title") else f"      {line}\n{LINE}")

    assert [RULE] == kinds(text)


def test_an_escape_is_not_idle_where_its_rule_was_not_asked():
    """Nor in a policy of which a number is not known yet."""
    short = NOTED.replace(LINE, f"{LINE}  # allow deadline-too-short: by telephone")
    unset = f"parameters: {{limit: {{required: true}}}}\n{NOTED}".replace(LINE, f"{LINE}  # allow unused-measure: later")

    assert [RULE] == kinds(short, given=Given())
    assert [RULE, "bad-escape"] == kinds(short)
    assert {RULE, "unset-parameter"} == set(kinds(unset))


def test_what_another_file_sets_is_set():
    """A plan and the school's file together; the plan alone waits for its number, and so does another policy's."""
    plan = NOTED.replace("due: 1 school day", "due: limit").replace("roles:", "parameters: {limit: {required: true}}\nroles:")
    school = NOTED.replace("due: 1 school day", "due: limit").replace("roles:", "parameters: {limit: {value: 1 school day}}\nroles:")

    assert 1 == kinds(plan).count("unset-parameter")
    assert 0 == kinds(plan, school).count("unset-parameter")
    assert 1 == kinds(plan, school.replace("policy: example", "policy: other")).count("unset-parameter")


def test_a_policy_with_problems_has_them_and_no_more():
    """No rule is asked of what cannot be read; its escapes may still name no rule."""
    text = NOTED.replace("days_away", "day_away").replace(LINE, f"{LINE}  # allow nothing-at-all: because")

    assert [False, True] == [kind == "bad-escape" for kind in kinds(text)][::-1]
    assert RULE not in kinds(text)

