"""The keys at the top of a policy file."""

from __future__ import annotations

# Never taken over from what a file extends.
OWN = ("policy", "title", "cites", "why", "in_force", "on_change", "extends", "set", "replace", "add")
TAKEN_OVER = ("timezone", "lang")
ADDED = ("parameters", "students", "roles", "marks", "day", "measures", "results", "ladders", "duties", "targets", "registers")
TOP = (*OWN, *TAKEN_OVER, *ADDED)
# Where the order written is the order judged or issued.
ORDERED = frozenset(
    {
        "ladders",
        "stages",
        "do",
        "then",
        "if_outcome",
        "if_overdue",
        "duties",
        "targets",
        "registers",
        "if_broken",
        "if_met",
    }
)
