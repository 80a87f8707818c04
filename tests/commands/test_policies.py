"""`escalate policies`: what comes with escalate, as a table, as JSON and as it stands."""

import json
from pathlib import Path

import pytest

from escalate import policies
from tests.test_shipped import shelf  # noqa: F401  # a fixture

from .world import call

TOP = Path(__file__).parents[2] / "policies"


def test_the_list():
    """One line each, under its headings."""
    found = call("policies", "list")
    lines = found.stdout.splitlines()

    assert 0 == found.exit_code
    assert ["policy", "title", "clauses", "files", "unset"] == lines[0].split()
    assert list(policies.names()) == [line.split()[0] for line in lines[1:]]
    assert "policy.yaml policy-2016.yaml" in next(line for line in lines if line.startswith("US-WA"))


def test_the_list_in_another_language():
    """Where the policy has it."""
    assert "Washington truancy policy" in call("policies", "list").stdout
    assert "华盛顿州旷课处理" in call("policies", "list", "--lang", "zh").stdout


def test_what_a_school_has_to_set_and_whether_an_example_does(shelf):  # noqa: F811
    """A number of parameters, and the layer that sets them."""
    lines = [line.split() for line in call("policies", "list").stdout.splitlines()]

    assert [["law", "1", "policy.yaml", "1"], ["plan", "1", "policy.yaml", "1,", "set", "in", "adopted.yaml"]] == lines[1:]


def test_json(shelf):  # noqa: F811
    """The same, with the names of what is unset."""
    found = json.loads(call("policies", "list", "--format", "json").stdout)

    plan = {"policy": "plan", "title": "", "clauses": ["X-c1"], "files": ["policy.yaml", "adopted.yaml"], "unset": ["limit"], "adopted": True}
    assert plan == found["policies"][1]


def test_a_policy_is_shown_as_it_stands():
    """Comments and all."""
    assert (TOP / "S004-05C" / "policy.yaml").read_text(encoding="utf-8") == call("policies", "show", "S004-05C").stdout
    assert (TOP / "elsewhere" / "US-WA" / "policy-2016.yaml").read_text(encoding="utf-8") == call("policies", "show", "US-WA", "--file", "policy-2016.yaml").stdout


def test_where_it_lies(shelf):  # noqa: F811
    """A path that other commands take."""
    found = call("policies", "show", "plan", "--adopted", "--path")

    assert (0, f"{shelf / 'plan' / 'adopted.yaml'}\n") == (found.exit_code, found.stdout)
    assert 0 == call("check", found.stdout.strip()).exit_code


def test_a_policy_as_json(shelf):  # noqa: F811
    """Its place and its text."""
    found = json.loads(call("policies", "show", "plan", "--adopted", "--format", "json").stdout)

    assert {"policy": "plan", "path": str(shelf / "plan" / "adopted.yaml"), "text": (shelf / "plan" / "adopted.yaml").read_text(encoding="utf-8")} == found


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("S004-5C",), 1, "did you mean `S004-05C`?"),
        (("US-WA", "--adopted"), 1, "policy `US-WA` has no `adopted.yaml`"),
        (("US-WA", "--adopted", "--file", "policy-2016.yaml"), 2, "--adopted is a file of its own"),
    ],
)
def test_what_is_not_there(args, code, said):
    """A problem with help, or a wrong use."""
    found = call("policies", "show", *args)

    assert code == found.exit_code
    assert said in found.stderr
