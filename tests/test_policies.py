"""The specs of the policies that come with the source: every case as expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalate.spec import cases_below, failure

POLICIES = Path(__file__).parents[1] / "policies"


@pytest.mark.parametrize("case", cases_below(POLICIES), ids=lambda case: f"{Path(case.path).parent.name}: {case.title}")
def test_the_policy_asks_for_what_its_spec_expects_and_for_nothing_else(case) -> None:
    assert not failure(case)
