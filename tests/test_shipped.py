"""`escalate.policies`: the policies that come with escalate, wherever it was installed."""

import datetime
import importlib.util
from pathlib import Path

import pytest

import escalate
from escalate import Refused, load_policy, policies
from escalate.check import check_versions
from escalate.cites import Cite, cites_in
from escalate.parse import parse
from escalate.source import Source

ROOT = Path(__file__).parents[1]
TOP = ROOT / "policies"
PLAN = """\
policy: plan
extends: standard.yaml
roles: {teacher: {of: class}}
parameters: {limit: {required: true, why: "promptly names no number"}}
ladders:
  absence:
    stages:
      one_day:
        when: days_away >= 1
        do: {visit: {by: teacher, due: limit, cites: X-c1}}
    ends: {when: days_back >= 1}
"""
SET = "policy: school\nextends: policy.yaml\nset: {limit: 1 school day}\n"


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A plan with a parameter that a school sets, and another below `elsewhere`."""
    for name in ("plan", "elsewhere/law"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "policy.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "plan" / "adopted.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "plan" / "uncomputed.yaml").write_text("X-c2: nobody can count it\n", encoding="utf-8")
    (tmp_path / "plan" / "policy.spec.yaml").write_text("cases: {}\n", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    monkeypatch.setattr(policies, "PLACES", (str(tmp_path / "nowhere"), str(tmp_path)))
    return tmp_path


def test_every_folder_of_the_repository_is_a_policy():
    """None is forgotten for want of its first file."""
    folders = [path for path in (*TOP.iterdir(), *TOP.glob("elsewhere/*")) if path.is_dir() and path.name != "elsewhere"]

    assert sorted(path.name for path in folders) == list(policies.names())


def test_a_policy_is_loaded_by_its_name():
    """As it would be by its path."""
    assert load_policy(TOP / "S004-05C" / "policy.yaml") == policies.load("S004-05C")
    assert policies.load("S004-05C") == escalate.policies.load("S004-05C")


def test_what_a_school_adopted_leaves_nothing_open():
    """Every parameter that a plan leaves open has a value in the layer of each version."""
    layers = (layer for name in policies.names() if policies.ADOPTED in policies.files(name) for layer in policies.versions(name, adopted=True))

    assert [] == [f"{layer.path}: {found.name}" for layer in layers for found in layer.parameters.values() if not found.lines]


def test_a_plan_and_what_a_school_adopted(shelf):
    """The layer extends the plan beside it; without it the number is open."""
    plan, adopted = policies.load("plan"), policies.load("plan", adopted=True)

    assert () == plan.parameters["limit"].lines
    assert ["1 school day"] == [line.text for line in adopted.parameters["limit"].lines]


def test_names_and_files_on_the_shelf(shelf):
    """Those elsewhere among them; no specs, no clauses that nobody computes, no folder without a policy."""
    assert ("law", "plan") == policies.names()
    assert ("policy.yaml", "adopted.yaml") == policies.files("plan")
    assert str(shelf / "elsewhere" / "law" / "policy.yaml") == policies.path("law")


def test_versions_come_together_the_oldest_first():
    """As `evaluate` takes them; the newest is the policy."""
    found = policies.versions("US-WA")

    assert [datetime.date(2016, 9, 1), datetime.date(2021, 9, 1)] == [policy.start for policy in found]
    assert found[-1] == policies.load("US-WA")
    assert () == check_versions(list(found))


def test_a_policy_of_one_version():
    """Is the only one."""
    assert (policies.load("S002-02"),) == policies.versions("S002-02")


@pytest.mark.parametrize(
    ("ask", "message", "help"),
    [
        (lambda: policies.load("S002-2"), "no policy that comes with escalate is called `S002-2`", "did you mean `S002-02`?"),
        (lambda: policies.load("zzz"), "no policy that comes with escalate is called `zzz`", "`escalate policies list` names them"),
        (lambda: policies.load("US-WA", adopted=True), "policy `US-WA` has no `adopted.yaml`", "extend policy.yaml and set its parameters: docs/policies.md"),
        (lambda: policies.path("US-WA", "../S002-02/policy.yaml"), "policy `US-WA` has no `../S002-02/policy.yaml`", "it has `policy.yaml`, `policy-2016.yaml`"),
    ],
)
def test_what_is_not_there_is_refused(ask, message, help):
    """With what comes nearest."""
    with pytest.raises(Refused) as refused:
        ask()

    assert [(message, help)] == [(problem.message, problem.help) for problem in refused.value.problems]


def test_without_any_policy_there_is_no_name(monkeypatch, tmp_path):
    """A package that was put together without them says so when one is asked for."""
    monkeypatch.setattr(policies, "PLACES", (str(tmp_path / "nowhere"),))

    assert () == policies.names()


def test_a_build_takes_the_policies_along(tmp_path, monkeypatch):
    """All of their files, at the place where an installed package looks; what an earlier build left behind is gone."""
    distribution = pytest.importorskip("setuptools").Distribution
    monkeypatch.chdir(ROOT)
    spec = importlib.util.spec_from_file_location("setup", ROOT / "setup.py")
    setup = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(setup)
    stale = tmp_path / "escalate" / "shipped" / "gone" / "policy.yaml"
    stale.parent.mkdir(parents=True)
    stale.touch()
    command = setup.BuildPolicies(distribution())
    command.build_lib = str(tmp_path)

    command.run()

    copied = {path.relative_to(tmp_path / "escalate" / "shipped") for path in tmp_path.rglob("*") if path.is_file()}
    assert copied == {path.relative_to(TOP) for path in TOP.rglob("*.yaml")}
    assert sorted(command.get_outputs()) == sorted(str(path) for path in tmp_path.rglob("*") if path.is_file())
    assert {str(path.relative_to(ROOT)) for path in TOP.rglob("*.yaml")} == set(command.get_source_files())
    before = policies.load("S004-05C").digest
    monkeypatch.setattr(policies, "PLACES", (str(tmp_path / "escalate" / "shipped"),))
    assert policies.load("S004-05C").digest == before


def test_cites_and_what_cites_them():
    """The head, a stage, a list of them, and a thing in a list; in Chinese too."""
    text = "cites: X\nladders: {a: {cites: [X-c1, X-c2]}}\nparameters:\n  p:\n  - {value: 3, 条款: X-c3}\n"
    tree, _ = parse(Source("policy.yaml", text))
    found = list(cites_in(tree))

    span = found[0].span
    assert [Cite("X", (), span), Cite("X-c1", ("ladders", "a"), span), Cite("X-c2", ("ladders", "a"), span), Cite("X-c3", ("parameters", "p"), span)] == found
    assert [1, 2, 2, 5] == [cite.span.line for cite in found]
