"""docs/python.md: its files in a folder of `escalate init`, and what they print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.commands.world import call

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
FILES = re.findall(r"`([\w.]+)`(?:, [^\n]*)?:\n\n```(?:python|yaml)\n(.*?)```", PAGE, re.DOTALL)


def test_the_week_is_as_printed(tmp_path: Path) -> None:
    [command] = re.findall(r"`escalate (init hill [^`]*)`", PAGE)
    folder = tmp_path / "hill"
    assert call(*command.replace("hill", str(folder), 1).split()).exit_code == 0
    for name, text in FILES:
        (folder / name).write_text(text, encoding="utf-8")
    [(words, printed)] = re.findall(r"```console\n\$ python (\S+)\n(.*?)```", PAGE, re.DOTALL)
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    found = subprocess.run([sys.executable, words], cwd=folder, capture_output=True, encoding="utf-8", env=env, check=False)
    assert (found.returncode, found.stderr, found.stdout) == (0, "", printed)


def test_the_page_has_its_files() -> None:
    assert [name for name, _ in FILES] == ["service.py", "week.py", "second.yaml"]
