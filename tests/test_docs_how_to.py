"""docs/how-to.md, recipe by recipe, each in a folder as `escalate init` writes it: every command gives what the page shows."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.world import call

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "docs" / "how-to.md"
PAGE = PLACE.read_text(encoding="utf-8")
BEGIN, *RECIPES = re.split(r"^(?=## )", PAGE, flags=re.MULTILINE)
[FILES] = re.findall(r'^hill\(\) \{ escalate "\$@" (.*); \}$', BEGIN, re.MULTILINE)
BLOCK = re.compile(r"(?:`([\w.-]+)`:\n\n)?```(\w+)\n(.*?)```", re.DOTALL)


def title(recipe: str) -> str:
    return recipe.partition("\n")[0].removeprefix("## ")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the page's first command makes, and beside it the commands that its scripts call."""
    folder = tmp_path_factory.mktemp("how-to")
    [(command, first)] = re.findall(r"^\$ escalate (.*) \| head -n 1\n(.*\n)", BEGIN, re.MULTILINE)
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert call(*shlex.split(command)).output.startswith(first)
    finally:
        os.chdir(before)
    for name, words in (("escalate", "-m escalate"), ("python", "")):
        (folder / name).write_text(f'#!/bin/sh\nPYTHONPATH={ROOT / "src"} exec {sys.executable} {words} "$@"\n', encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


def shell(line: str, begun: Path, given: str = "") -> str:
    env = {**os.environ, "PATH": f"{begun}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    found = subprocess.run(["sh", "-c", line], input=given, capture_output=True, encoding="utf-8", env=env, check=False)  # noqa: S607  # the page's own lines
    assert 0 == found.returncode, found.stdout + found.stderr
    return found.stdout


def said(line: str, begun: Path) -> str:
    """What a line of the page prints; `escalate` runs in this process."""
    command, _, rest = line.partition(" | ")
    command = re.sub(r"\$\(cat (\S+)\)", lambda name: Path(name[1]).read_text(encoding="utf-8").strip(), command)
    program, *words = shlex.split(command)
    if program not in ("escalate", "hill"):
        return shell(line, begun)
    found = call(*words, *(FILES.split() if program == "hill" else ()))
    assert found.exit_code == (1 if "role-never-assigned" in rest else 0), found.output
    return shell(rest, begun, found.output) if rest else found.output


def played(recipe: str, begun: Path) -> str:
    """A recipe with what its commands say now; its other blocks are written to the files that they name."""

    def one(found: re.Match[str]) -> str:
        name, language, text = found.groups()
        if language != "console":
            Path(name).write_text(text, encoding="utf-8")
            return found[0]
        lines = [line for line in text.splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{said(line[2:], begun)}" for line in lines) + "```"

    return BLOCK.sub(one, recipe)


@pytest.mark.parametrize("recipe", RECIPES, ids=title)
def test_a_recipe_gives_what_it_shows(recipe: str, begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Word for word."""
    monkeypatch.chdir(shutil.copytree(begun / "hill", tmp_path / "hill"))
    now = played(recipe, begun)
    if request.config.getoption("--update-golden"):
        PLACE.write_text(PLACE.read_text(encoding="utf-8").replace(recipe, now), encoding="utf-8")

    assert recipe == now


def test_every_recipe_is_listed_once() -> None:
    """At the top of the page; that the links lead to them, test_project.py says."""
    listed = re.findall(r"\]\((#.*?)\)", BEGIN)

    assert len(RECIPES) == len(listed) == len(set(listed))


def test_every_block_of_a_recipe_is_played_or_written() -> None:
    """None stands there without a file's name."""
    assert all(name or language == "console" for recipe in RECIPES for name, language, _ in BLOCK.findall(recipe))
