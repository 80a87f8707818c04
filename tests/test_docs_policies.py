"""What docs/policies.md shows is so: a plan is kept, built on and checked as it says, and its Python runs."""

from __future__ import annotations

import re
from pathlib import Path

from escalate import load_policy, policies
from tests.commands.world import call

PAGE = (Path(__file__).parents[1] / "docs" / "policies.md").read_text(encoding="utf-8")
SHOW, YAML, PYTHON = (re.search(pattern, PAGE, re.DOTALL)[1] for pattern in (r"```\nescalate (.*?) > plan", r"```yaml\n(.*?)```", r"```python\n(.*?)```"))


def test_a_plan_is_adopted_as_the_page_says(tmp_path: Path) -> None:
    """What the school set holds; the rest is the plan's."""
    plan, own = tmp_path / "plan.yaml", tmp_path / "policy.yaml"
    plan.write_text(call(*SHOW.split()).stdout, encoding="utf-8")
    own.write_text(YAML, encoding="utf-8")
    found, before = load_policy(own), policies.load("S004-05C")

    assert ("our-school", "2026-09-01") == (found.name, found.version)
    assert ["45 minutes"] == [line.text for line in found.parameters["contact_limit"].lines]
    assert list(before.ladders) == list(found.ladders)
    assert 0 == call("check", own).exit_code


def test_the_python_of_the_page_runs() -> None:
    """Each line of it."""
    names: dict[str, object] = {}
    exec(PYTHON, names)  # noqa: S102  # our own page

    assert names["policy"] == policies.load("S004-05C")


def test_every_kind_of_file_is_on_the_page() -> None:
    """Layers, versions, specs and what is not computed."""
    for name in (policies.POLICY, policies.ADOPTED, *policies.NO_POLICIES):
        assert f"| `{name}` |" in PAGE
