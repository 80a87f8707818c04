"""docs/what-if.md: every command gives what the page shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands.world import call

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "docs" / "what-if.md"
PAGE = PLACE.read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which the policies and the examples are reached as from the page's."""
    for name in ("policies", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(block: str) -> str:
    """A block with what its command says now."""
    command = block.splitlines()[0]
    found = call(*shlex.split(command)[2:])
    assert found.exit_code == 0, found.output
    return f"{command}\n{found.stdout}"


def test_the_page_is_what_comes(here: Path, request: pytest.FixtureRequest) -> None:
    """Word for word, and what is printed at the end of a simulation runs, with the same items."""
    now = re.sub(r"```console\n(.*?)```", lambda block: f"```console\n{said(block[1])}```", PAGE, flags=re.DOTALL)
    if request.config.getoption("--update-golden"):
        PLACE.write_text(now, encoding="utf-8")
    again = re.search(r"escalate (run --policy .*)", now)

    assert PAGE == now
    assert again
    assert call(*shlex.split(again[1])).exit_code == 0
    assert (here / "term" / "items.csv").exists()
