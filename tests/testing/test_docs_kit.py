"""docs/testing-kit.md: its policy loads, and its examples run and hold."""

from __future__ import annotations

import importlib
import inspect
import re
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from escalate.source import Source
from escalate.spec import parse_spec
from escalate.spec.comparing import verdict
from escalate.testing import timeline_property
from escalate.testing.running import Frozen, engine_of
from escalate.testing.school import made_school
from escalate.testing.snapshot import ledger_text

PAGE = Path(__file__).parents[2] / "docs" / "testing-kit.md"
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the page's code defines, run from top to bottom beside its policy."""
    (policy,) = [text for lang, text in BLOCKS if lang == "yaml"]
    (tmp_path / "policy.yaml").write_text(policy, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found: dict[str, Any] = {"__name__": "the_page"}
    for code in (text for lang, text in BLOCKS if lang == "python"):
        exec(compile(code, str(PAGE), "exec"), found)  # noqa: S102  # the page's own examples
    return found


def test_the_examples_of_the_page_hold(examples: dict[str, Any]) -> None:
    tests: dict[str, Callable[..., None]] = {name: one for name, one in examples.items() if name.startswith("test_")}
    of_fixtures = tests.pop("test_what_our_school_sends_in_september")

    assert len(tests) == 19
    for test in tests.values():
        test()
    assert list(inspect.signature(of_fixtures).parameters) == ["school", "escalate_engine", "frozen_until", "ledger_snapshot"]
    frozen, kept = Frozen(), list[str]()
    of_fixtures(made_school, engine_of, frozen, lambda ledger: kept.append(ledger_text(ledger)))
    frozen.check()
    assert kept[0].startswith("items\n  example/") and "by truancy.one_day.home_visit" in kept[0]


def test_what_the_page_prints_is_printed(examples: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a property that does not hold, in a file of its own; the spec to paste passes."""
    (code,) = [text for lang, text in BLOCKS if lang == "python" and "def who_is_back_stays" in text]
    (shown,) = [text for lang, text in BLOCKS if lang == "text"]
    (tmp_path / "test_visits.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(AssertionError) as found:
        timeline_property("policy.yaml", examples=15, seed=2)(importlib.import_module("test_visits").who_is_back_stays)()

    assert shown == f"{found.value}\n"
    (case,), problems = parse_spec(Source("found.spec.yaml", shown.partition("to paste:\n")[2]))
    assert () == problems and verdict(case).passed


def test_the_machine_of_the_page_runs(examples: dict[str, Any]) -> None:
    """The school system that it shows loses nothing."""
    result = unittest.TestResult()
    examples["TestOurSchool"]("runTest").run(result)

    assert (1, [], []) == (result.testsRun, result.errors, result.failures)


def test_every_law_is_on_the_page() -> None:
    from escalate.testing.editing import EDITOR_LAWS
    from escalate.testing.laws import LAWS
    from escalate.testing.laws.answering import ANSWERS
    from escalate.testing.laws.commanded import COMMANDED
    from escalate.testing.laws.entered import ENTERED
    from escalate.testing.laws.published import PUBLISHED
    from escalate.testing.laws.timelines import TIMELINES
    from escalate.testing.laws.traced import TRACED
    from escalate.testing.schemed import SCHEMA_LAWS
    from escalate.testing.texts import TEXT_LAWS

    laws = (*LAWS, *ANSWERS, *TIMELINES, *COMMANDED, *ENTERED, *TRACED, *PUBLISHED, *TEXT_LAWS, *EDITOR_LAWS, *SCHEMA_LAWS)
    assert [] == [law.__name__ for law in laws if f"`{law.__name__}`" not in PAGE.read_text(encoding="utf-8")]


def test_every_fixture_is_on_the_page() -> None:
    text = (PAGE.parents[1] / "src" / "escalate" / "pytest_plugin.py").read_text(encoding="utf-8")
    fixtures = re.findall(r"@pytest\.fixture.*\ndef (\w+)\(", text)

    assert 4 == len(fixtures)
    assert [] == [name for name in fixtures if f"| `{name}(" not in PAGE.read_text(encoding="utf-8")]
