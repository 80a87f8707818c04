"""Every clause is computed, or it is said why not; docs/coverage.md says by which line, and by which case."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from escalate.source import Refused
from escalate.spec import cases_below

from . import clauses

DOMAIN = clauses.ROOT.parent / "shared" / "DOMAIN.md"
PLAN = """\
policy: plan
extends: standard.yaml
cites: P-1
roles: {teacher: {of: class, cites: P-1-c4}}
parameters:
  limit: {value: 1 school day, cites: P-1-c2}
  other: {value: 2 school days, cites: P-1-c3}
ladders:
  absence:
    cites: P-1-c1
    stages:
      one_day:
        when: days_away >= 1
        cites: [P-1-c2, P-1-c4, P-1-c5]
        do:
          visit: {title: no other teacher, by: teacher, due: limit, cites: P-1-c6}
          report: {by: teacher, due: other}
      never:
        when: days_away >= 10
        cites: P-1-c3
    ends: {when: days_back >= 1}
"""
SPEC = """\
from: 2025-11-03
cases:
  一天:
    marks: {s1: "A P"}
    events: {2025-11-04 10:00: [{outcome: visit}, {outcome: report}]}
    expect: {2025-11-03: [{issued: visit}, {issued: report, due: 2025-11-06}]}
"""
LISTED = "plans:\n  P-1: {c1: one, c2: two, c3: three, c4: four, c5: five, c6: six, c7: seven}\n  P-2: {c1: nothing yet}\nelsewhere:\n  L: {c1: law, c2: other}\n"


@pytest.fixture
def shelf(tmp_path):
    """A plan of seven clauses of which six are stated and one is said to be out of reach."""
    for name, text in (("policy.yaml", PLAN), ("policy.spec.yaml", SPEC), ("uncomputed.yaml", "P-1-c7: nobody writes it down\n")):
        path = tmp_path / "policies" / "P-1" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "clauses.yaml").write_text(LISTED, encoding="utf-8")
    return tmp_path


def found(shelf: Path, **more: str) -> clauses.Coverage:
    """What is known of the shelf, with some files written anew."""
    for name, text in more.items():
        (shelf / "policies" / "P-1" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return clauses.coverage(shelf / "policies", shelf / "clauses.yaml")


# --- the policies that come with the source ----------------------------------------------------------


def test_the_list_is_that_of_the_survey():
    """The clauses that were found in the plans and laws, wherever the survey stands beside the repository."""
    if not DOMAIN.exists():
        pytest.skip("no ../shared/DOMAIN.md beside the repository: the list of clauses is not held to it")
    read = re.findall(r"^- \*\*([A-Z0-9]+(?:-[A-Z0-9]+)*-c\d+)\*\*", DOMAIN.read_text(encoding="utf-8"), re.MULTILINE)

    assert read == [clause.id for clause in clauses.coverage().clauses]


def test_there_are_so_many_clauses():
    """26 plans, 201 clauses, also where there is no survey to compare with."""
    known = clauses.coverage()

    assert (26, 201) == (len(known.plans), sum(clause.of_plan for clause in known.clauses))
    assert len(known.clauses) == len({clause.id for clause in known.clauses})


def test_every_plan_has_a_policy():
    """Or it is said which have none; the rest of this file asks only about those that have one."""
    without = clauses.missing(clauses.coverage())

    if without:
        pytest.skip(f"no policy yet for {', '.join(without)}: their clauses are not asked about")


def test_every_clause_is_stated_or_said_to_be_out_of_reach():
    """One of the two, by a name that there is."""
    wrong = clauses.problems(clauses.coverage())

    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def test_nearly_all_are_computed():
    """What no rule can compute stays the exception."""
    assert clauses.share(clauses.coverage()) >= clauses.AT_LEAST


def test_the_page_is_what_is_so(request):
    """docs/coverage.md as it would be made now; `--update-golden` makes it."""
    known, exercises = clauses.coverage(), clauses.exercised()
    shown = clauses.page(known, exercises)
    print(clauses.summary(known, exercises))  # noqa: T201  # the share, for who runs it with -s
    if request.config.getoption("--update-golden"):
        clauses.PAGE.write_text(shown, encoding="utf-8")

    assert clauses.PAGE.read_text(encoding="utf-8") == shown, "docs/coverage.md is stale; the way round: make clauses"


# --- the checks themselves ---------------------------------------------------------------------------


def test_a_shelf_on_which_all_is_well(shelf):
    """Six of seven; what no policy is about is not asked for."""
    known = found(shelf)

    assert [] == clauses.problems(known)
    assert Fraction(6, 7) == clauses.share(known)
    assert ["P-2"] == clauses.missing(known)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"uncomputed": "{}\n"}, "policies/P-1: P-1-c7 is stated by no rule (seven); the way round: let a rule cite it, or say in uncomputed.yaml why none can"),
        ({"policy": PLAN.replace("P-1-c5]", "P-1-c5, P-1-c7]")}, "uncomputed.yaml:1: P-1-c7 is stated at "),
        ({"policy": PLAN.replace("P-1-c5]", "P-1-c5, P-1-c77]")}, "policy.yaml:14: `P-1-c77` is no clause; the way round: name one of tests/clauses.yaml"),
        ({"policy": PLAN.replace("P-1-c5]", "P-1-c5, P-1]")}, "policy.yaml:14: `P-1` is no clause"),
        ({"policy": PLAN.replace("cites: P-1\n", "cites: P-9\n")}, "policy.yaml:3: `P-9` is no clause"),
        ({"adopted": "policy: school\nextends: policy.yaml\nset: {limit: {value: 2 school days, cites: P-1-c9}}\n"}, "adopted.yaml:3: `P-1-c9` is no clause"),
        ({"uncomputed": "P-1-c7: ''\n"}, "uncomputed.yaml:1: P-1-c7 has no reason"),
        ({"uncomputed": "P-1-c7: no\nL-c1: no\n"}, "uncomputed.yaml:2: `L-c1` is no clause of this plan"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(shelf, files, said):
    """And nothing else."""
    (problem,) = clauses.problems(found(shelf, **files))

    assert said in problem


@pytest.mark.parametrize("where", [("cites: P-1\n", "cites: [P-1, P-1-c5]\n"), ("cites: P-1-c2}", "cites: [P-1-c2, P-1-c5]}"), ("cites: P-1-c4}", "cites: [P-1-c4, P-1-c5]}")])
def test_only_a_rule_states_a_clause(shelf, where):
    """The head of a file says what it is about; a number or a person makes nobody do anything."""
    known = found(shelf, policy=PLAN.replace(", P-1-c5]", "]").replace(*where))

    assert ["P-1-c5 is stated by no rule"] == [problem.partition(": ")[2].partition(" (")[0] for problem in clauses.problems(known)]


def test_the_rule_of_the_plan_itself_is_shown(shelf):
    """Not that of another that states the same, nor of a layer."""
    other = shelf / "policies" / "A-1" / "policy.yaml"
    other.parent.mkdir()
    other.write_text(PLAN, encoding="utf-8")
    known = found(shelf, adopted=PLAN)

    assert {shelf / "policies" / "P-1" / "policy.yaml"} == {Path(cite.span.source.path) for cite in known.stated.values()}


def test_what_came_as_expected_exercises_its_clauses(shelf):
    """Those of its record, and those of what its rule rests on, not of what its title says; the report was not due when it was expected."""
    (case,) = cases_below(shelf / "policies")

    direct, read = clauses.bearing(case, {})

    assert {"P-1-c6"} == direct
    assert {"P-1-c1", "P-1-c2", "P-1-c4", "P-1-c5", "P-1-c6"} == read


def test_the_page(shelf):
    """A row for each clause, its line and its case; of what stands beside the plans only what a policy states."""
    more = PLAN.replace("        cites: P-1-c3", "        cites: [P-1-c3, L-c1]")
    known = found(shelf, policy=more)
    lines = clauses.page(known, clauses.exercised(shelf / "policies")).splitlines()

    assert "7 clauses of 1 plans: 6 computed (85.7 %), 5 of them exercised by a spec case; 1 that no rule can compute. No policy yet: P-2." in lines
    rows = [re.sub(r"\([^)]*/", "(", line) for line in lines if line.startswith("| c")]
    assert [
        "| c1 | one | [policy.yaml:10](policy.yaml#L10) | [一天](policy.spec.yaml#L3), read |",
        "| c2 | two | [policy.yaml:14](policy.yaml#L14) | [一天](policy.spec.yaml#L3), read |",
        "| c3 | three | [policy.yaml:20](policy.yaml#L20) | |",
    ] == rows[1:4]
    assert "| c6 | six | [policy.yaml:16](policy.yaml#L16) | [一天](policy.spec.yaml#L3) |" == rows[6]
    assert "| c7 | seven | not computed: nobody writes it down | |" == rows[7]
    assert ["| clause | in short | stated | exercised |", "| c1 | law | [P-1/policy.yaml:20](policy.yaml#L20) | |"] == rows[8:]
    assert "No policy yet." in lines


def test_a_spec_that_is_wrong_is_not_passed_over(shelf):
    """Nothing falls silent."""
    (shelf / "policies" / "P-1" / "policy.spec.yaml").write_text("cases: {x: {}, x: {}}\n", encoding="utf-8")
    with pytest.raises(Refused):
        clauses.exercised(shelf / "policies")
