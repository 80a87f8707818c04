"""What docs/pages.md shows is so: its commands write the pages that it names, and its pictures are there and small."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.commands.world import call
from tests.pages.shown import school

PLACE = Path(__file__).parents[1] / "docs" / "pages.md"
PAGE = PLACE.read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


def test_every_command_of_the_page_writes_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands there."""
    monkeypatch.chdir(school(tmp_path))
    for command in COMMANDS:
        words = shlex.split(command)[1:]
        found = call(*words)

        assert 0 == found.exit_code, found.output
        assert (tmp_path / words[words.index("--out") + 1]).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert {"s1.html", "report.html", "wall.html", "p1.html"} == {path.name for path in tmp_path.glob("*.html")}


def test_the_pictures_of_the_page_are_there_and_small() -> None:
    """Nobody waits for them."""
    pictures = [PLACE.parent / name for name in re.findall(r"!\[.*?\]\((.*?)\)", PAGE)]

    assert 2 == len(pictures)
    assert all(picture.stat().st_size < 200_000 for picture in pictures)
