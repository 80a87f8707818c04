"""The names that the kit promises."""

import re
from pathlib import Path

import pytest

import escalate.testing

NAMES = Path(__file__).with_name("public_names.txt")


def test_public_names_are_those_that_were_promised(request: pytest.FixtureRequest) -> None:
    """`__all__`, the steps of a machine, and pytest's fixtures, against public_names.txt; `--update-golden` rewrites it."""
    plugin = (Path(escalate.testing.__file__).parents[1] / "pytest_plugin.py").read_text(encoding="utf-8")
    fixtures = [f"fixture {name}" for name in re.findall(r"@pytest\.fixture.*\ndef (\w+)\(", plugin)]
    steps = [f"EscalationMachine.{name}" for name, found in vars(escalate.testing.EscalationMachine).items() if not name.startswith("_") and callable(found)]
    shown = "".join(f"{name}\n" for name in sorted([*escalate.testing.__all__, *steps, *fixtures]))
    if request.config.getoption("--update-golden"):
        NAMES.write_text(shown, encoding="utf-8")

    assert NAMES.read_text(encoding="utf-8") == shown


def test_public_names_exist_and_say_what_they_are() -> None:
    assert [] == [name for name in escalate.testing.__all__ if name != "LAWS" and not getattr(escalate.testing, name).__doc__]
