"""`escalate test --coverage`: which parts of the policies the cases exercised, printed, as JSON, and marked in the policies' texts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TextIO

from attrs import field, frozen

from ..messages import Said, say, told
from ..source import Problem, Refused
from ..spec.covering import Covered, Covering
from ..spec.uncovered import MARGIN, head, marked, said, whole
from . import counted


@frozen
class Coverage:
    """What is asked about coverage: the percent that each policy must reach, and the file for the marked texts; and what was found."""

    under: int = 0
    file: str | None = None
    found: Covering = field(factory=Covering)

    @property
    def fine(self) -> bool:
        """Whether every policy reaches the limit."""
        return not self._short

    @property
    def _short(self) -> list[Covered]:
        return [one for one in self.found.policies if one.percent < self.under]

    def check(self) -> None:
        """Refuse, before anything is played, a file that is somebody's own."""
        if self.file is not None and os.path.exists(self.file) and not _ours(self.file):
            help = say("name a new file, or one that was written so before")
            raise Refused([Problem("file-there", say("`{file}` is there already, and is no marked policy", file=self.file), help=help)])

    def write(self) -> None:
        """Write the policies' texts with their margin, where that is asked for."""
        if self.file is not None:
            with open(self.file, "w", encoding="utf-8", newline="\n") as file:
                file.write(marked(self.found.policies))

    def print(self, out: TextIO, lang: str = "en") -> None:
        """How much of each policy was exercised, and what was not, at its place."""
        from rich.console import Console
        from rich.text import Text

        console = Console(file=out, highlight=False, soft_wrap=True)
        for one in self.found.policies:
            console.print(Text(f"\n{head(one)}", style="bold red" if one.percent < self.under else "bold"))
            for point in one.uncovered:
                console.print(Text.assemble((f"  {point.span}: ", "dim"), said(point, one.policy.lang)))
        console.print(Text(f"\n{told(self._summary(), lang)}", style="bold green" if self.fine else "bold red"))

    def _summary(self) -> Said:
        found = self.found.policies
        percent, covered, of = whole(found)
        text = say("coverage: {percent} %, {covered} of {of} in {policies}", percent=percent, covered=covered, of=of, policies=counted(len(found), "policy"))
        if self.fine:
            return text
        short = ", ".join(f"{one.policy.path} ({one.percent} %)" for one in self._short)
        return text + say("; under {under} %: {short}", under=self.under, short=short)

    @property
    def values(self) -> dict[str, object]:
        """The same as plain values."""
        percent, covered, of = whole(self.found.policies)
        return {"percent": percent, "covered": covered, "of": of, "policies": _values(self.found.policies)}


def _values(found: Sequence[Covered]) -> list[dict[str, object]]:
    return [
        {
            "policy": one.policy.path, "percent": one.percent, "covered": len(one.points) - len(one.uncovered), "of": len(one.points),
            "kinds": {kind: {"covered": covered, "of": of} for kind, (covered, of) in one.kinds.items()},
            "uncovered": [
                {
                    "file": point.span.source.path, "line": point.span.line, "column": point.span.col, "kind": point.kind, "path": point.path,
                    "text": point.text, "message": said(point, one.policy.lang),
                }
                for point in one.uncovered
            ],
        }
        for one in found
    ]  # fmt: skip


def _ours(path: str) -> bool:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.readline().startswith(MARGIN)
