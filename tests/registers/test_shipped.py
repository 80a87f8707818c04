"""The registers of the shipped policies, over a short timeline."""

from pathlib import Path

import pytest
from attrs import evolve

from escalate.load import load_policy
from escalate.policy import CONSEQUENCE_SUMS, REGISTERS
from escalate.roster import Roster, Student
from tests.build import flag, marks

from .world import cells, sheets

POLICIES = sorted((Path(__file__).parents[2] / "policies").glob("*/*.yaml"))
WRITTEN = [path for path in POLICIES if "\nregisters:" in path.read_text(encoding="utf-8")]
ROSTER = Roster((Student("s1", "north", "7-1", "7", fields={"name": "甲"}), Student("s2", "north", "7-1", "7", fields={"name": "乙"})))
SHOWN = {
    "S002-02": ("away", [("甲", "7-1", 12, "尚无结果", "尚无结果")]),
    "S004-05C": ("suspected", [("甲", "7-1", 12, 16, "尚无结果", "尚无结果")]),
    "S004-01B": ("重点生名册", [("乙", "7-1", 0)]),
}


def loaded(path):
    """A policy without its duties and targets, with what it does not say given."""
    policy = load_policy(path)
    given = {name: evolve(one, required=False) for name, one in policy.parameters.items()}
    return evolve(policy, duties={}, targets={}, parameters=given)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.parent.name)
def test_every_register_of_a_shipped_policy_can_be_asked(path):
    """Every register has a sheet, and every row a cell for each head."""
    policy = loaded(path)
    found = sheets(policy, marks("s1", "09-01", "AA " * 12), "09-16 18:00", ROSTER)

    assert {*REGISTERS, CONSEQUENCE_SUMS, *policy.registers} == set(found)
    assert all(len(row) == len(sheet.heads) for sheet in found.values() for row in cells(sheet))


@pytest.mark.parametrize("path", [path for path in WRITTEN if path.parent.name in SHOWN], ids=lambda path: path.parent.name)
def test_what_a_register_of_a_shipped_policy_shows(path):
    """A child away for twelve school days, and one who is watched."""
    name, rows = SHOWN[path.parent.name]
    events = marks("s1", "09-01", "AA " * 12) + flag("s2", "重点点名", "yes", "09-01")

    assert rows == cells(sheets(loaded(path), events, "09-16 18:00", ROSTER)[name])
