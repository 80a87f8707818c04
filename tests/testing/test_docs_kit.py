"""docs/testing-kit.md: its policy loads, and its examples run and hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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
    tests: dict[str, Callable[[], None]] = {name: one for name, one in examples.items() if name.startswith("test_")}

    assert len(tests) == 13
    for test in tests.values():
        test()


def test_every_law_is_on_the_page() -> None:
    from escalate.testing.laws import LAWS
    from escalate.testing.laws.answering import ANSWERS
    from escalate.testing.laws.commanded import COMMANDED
    from escalate.testing.laws.published import PUBLISHED

    assert [] == [law.__name__ for law in (*LAWS, *ANSWERS, *COMMANDED, *PUBLISHED) if f"`{law.__name__}`" not in PAGE.read_text(encoding="utf-8")]
