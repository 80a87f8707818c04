"""Problems as people and programs read them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from ..source import Problem, problem_values, render

STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def print_problems(problems: Sequence[Problem], out: TextIO, lang: str = "en") -> None:
    """Every problem with its place, in a language, a blank line between two."""
    if not problems:
        return
    texts = [render(problem, lang) for problem in problems]
    if not out.isatty():
        out.write("\n\n".join(texts) + "\n")
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, highlight=False, soft_wrap=True)
    for n, (problem, text) in enumerate(zip(problems, texts, strict=True)):
        first, *rest = text.split("\n")
        console.print(*(("",) if n else ()), Text(first, style=STYLES[problem.severity]), sep="\n")
        for line in rest:
            console.print(Text(line, style=_style(line)))


def _style(line: str) -> str:
    if set(line) <= set(" |^\t"):
        return "red"
    return "dim" if "|" in line[:8] else "cyan"


def print_json(value: Any, out: TextIO) -> None:
    """One JSON document."""
    json.dump(value, out, ensure_ascii=False, indent=1)
    out.write("\n")


def as_values(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as plain values."""
    return [problem_values(problem) for problem in problems]
