"""What is not as expected of a case, as lines to read."""

from __future__ import annotations

from ..messages import told as say_in
from ..reports.beside import as_diff, side_by_side
from ..reports.weeks import Drawn, draw_weeks, plain
from ..reports.words import words_for
from .comparing import Verdict, verdict
from .drawing import picture
from .values import Case

WIDTH = 120  # cells of a line where no terminal says how many it has


def told(case: Case, found: Verdict, *, width: int = WIDTH, diff: bool = False) -> list[Drawn]:
    """A case that failed: its place, what differs, its marks by week, and (without `diff`) what was expected beside what came."""
    drawn = picture(case, found)
    words = words_for(found.lang)
    lines: list[Drawn] = [((f"{case.span}: {case.title}", "bold red"),)]
    if diff:
        lines += [((f"  {words['spec.said'].format(said=say_in(said, found.lang))}", "dim"),) for said in found.said]
        lines += as_diff(drawn.rows, found.lang)
    else:
        lines += [((line, "" if line.startswith("    ") and not line.startswith("      ") else "dim"),) for line in found.text.split("\n")]
    if drawn.weeks:
        lines += [(), *draw_weeks(drawn.weeks, drawn.students, found.lang)]
        lines += [((f"  {words['spec.others'].format(n=drawn.others)}", "dim"),)] * bool(drawn.others)
    if drawn.rows and not diff:
        lines += [(), *side_by_side(drawn.rows, found.lang, width)]
    return lines


def text(case: Case, found: Verdict) -> str:
    """The same without its styles; empty where the case passed."""
    return "" if found.passed else "\n".join(plain(line) for line in told(case, found))


def failure(case: Case) -> str:
    """What is not as expected of a case, as lines to read; empty where it passes."""
    return text(case, verdict(case))
