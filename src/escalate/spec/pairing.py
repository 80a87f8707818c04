"""Which of what was expected goes with which of what came."""

from __future__ import annotations

from collections.abc import Sequence


def paired(fits: Sequence[Sequence[int]]) -> dict[int, int]:
    """The most lines that can each have a thing of its own, by their numbers (augmenting paths, the shortest first).

    fits: for each line the things that would do.
    """
    of: dict[int, int] = {}
    for start in range(len(fits)):
        before: dict[int, int] = {}  # a thing that was reached, from which line
        lines, free = [start], None
        for line in lines:
            for n in fits[line]:
                if n not in before:
                    before[n] = line
                    if n not in of:
                        free = n
                        break
                    lines.append(of[n])
            if free is not None:
                break
        while free is not None:
            line = before[free]
            had = next((n for n, other in of.items() if other == line), None)
            of[free] = line
            if had is not None and line != start:
                del of[had]
            free = had if line != start else None
    return {line: n for n, line in of.items()}
