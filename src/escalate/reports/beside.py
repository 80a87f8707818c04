"""What was expected beside what came, by date: in two columns, or as a diff."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, zip_longest

from attrs import frozen

from .weeks import INDENT, Drawn
from .words import words_for
from .wrap import wrap

DATE = 12  # cells of a date with its gap
SHORTEST = 24  # cells of a column


@frozen
class Row:
    """What was expected on a date and what came, each empty where there is nothing.

    why: the reason of what came unexpected. differs: the fields that are not as they were expected.
    """

    date: str
    expected: str
    came: str
    agrees: bool
    why: str = ""
    differs: tuple[str, ...] = ()

    @property
    def unlike(self) -> list[str]:
        """A line that names the fields that differ."""
        return [f"≠ {', '.join(self.differs)}"] * bool(self.differs)


def side_by_side(rows: Sequence[Row], lang: str, width: int) -> list[Drawn]:
    """Two columns of a given width together; a sign before each row says whether it is as expected."""
    from rich.cells import cell_len, set_cell_size

    words, head = words_for(lang), len(INDENT) + DATE + 3
    left = min(max((cell_len(text) for text in (words["spec.expected"], *(row.expected for row in rows))), default=0), max((width - head - 3) // 2, SHORTEST))
    right = max(width - head - left - 3, SHORTEST)
    top = ((INDENT + set_cell_size("", DATE + 3), ""), (set_cell_size(words["spec.expected"], left) + " │ ", "bold"), (words["spec.came"], "bold"))
    lines: list[Drawn] = [top]
    before = ""
    for row in rows:
        style = "dim" if row.agrees else ""
        for n, (expected, came) in enumerate(zip_longest(wrap(row.expected, left), [*wrap(row.came, right), *row.unlike], fillvalue="")):
            date = set_cell_size(row.date if n == 0 and row.date != before else "", DATE)
            sign = ("   ", "") if n else ("✓  ", "green") if row.agrees else ("✗  ", "bold red")
            lines.append(((INDENT + date, "dim"), sign, (set_cell_size(expected, left), style or "red"), (" │ ", "dim"), (came, style or "green")))
        before = row.date
    return lines


def as_diff(rows: Sequence[Row], lang: str) -> list[Drawn]:
    """The dates on which something differs: `-` was expected and did not come, `+` came and was not expected, and why."""
    words = words_for(lang)
    lines: list[Drawn] = [((f"{INDENT}--- {words['spec.expected']}", "bold"),), ((f"{INDENT}+++ {words['spec.came']}", "bold"),)]
    for date, some in groupby(rows, key=lambda row: row.date):
        found = list(some)
        if all(row.agrees for row in found):
            continue
        lines.append(((f"{INDENT}@@ {date} @@", "cyan"),))
        for row in found:
            if row.agrees:
                lines.append(((f"{INDENT} {row.expected}", "dim"),))
                continue
            lines += [((f"{INDENT}-{row.expected}", "red"),)] * bool(row.expected)
            lines += [((f"{INDENT}+{row.came}", "green"),)] * bool(row.came)
            lines += [((f"{INDENT}      {said}", "dim"),) for said in (*row.unlike, row.why) if said]
    return lines if len(lines) > 2 else []
