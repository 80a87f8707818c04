"""What a policy reads and a made-up school has not: said, so that nobody takes its silence for an answer."""

from __future__ import annotations

from ..policy import Policy, conditions


def facts_read(policy: Policy) -> list[str]:
    """The facts that its measures count."""
    return sorted({measure.fact for measure in policy.measures.values() if measure.fact})


def documents_read(policy: Policy) -> list[str]:
    """The documents that its conditions ask for."""
    return sorted({term.name for condition in conditions(policy) for term in condition.terms if term.kind == "received"})


def left_empty(policy: Policy) -> list[str]:
    """The numbers, dates and texts of students that it declares."""
    return [name for name, found in policy.students.items() if found.type != "flag"]
