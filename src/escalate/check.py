"""What is wrong with a policy that can be read.

A check sees the whole policy and answers with problems at their places. It asks what no single key can say: whether
a case can open, whether it can end, whether a missing record could hide a child.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .checking.always import absence_is_asked_for, comparisons_can_fail, counts_are_whole
from .checking.items import (
    items_outlive_their_period,
    lists_are_registers,
    nothing_waits_in_silence,
    nth_deadlines_count,
    session_roles_act_in_sessions,
)
from .checking.ladders import (
    cases_can_open,
    cases_open_again,
    covering_reads_facts,
    ends_read_facts,
    ladders_end,
    ladders_have_stages,
    need_is_evidence,
    statuses_are_covered,
)
from .checking.names import (
    names_are_told_apart,
    names_of_a_case_are_its_own,
    open_case_makes_no_circle,
    parameters_make_no_circle,
)
from .checking.parameters import every_line_can_hold, every_parameter_has_a_value, required_parameters_are_set
from .checking.versions import check_versions
from .policy import Policy
from .source import Problem

__all__ = ["CHECKS", "check_versions", "problems_of"]

Check = Callable[[Policy], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    ladders_have_stages,
    ladders_end,
    cases_can_open,
    ends_read_facts,
    covering_reads_facts,
    statuses_are_covered,
    need_is_evidence,
    cases_open_again,
    absence_is_asked_for,
    comparisons_can_fail,
    counts_are_whole,
    nothing_waits_in_silence,
    session_roles_act_in_sessions,
    nth_deadlines_count,
    items_outlive_their_period,
    lists_are_registers,
    names_of_a_case_are_its_own,
    names_are_told_apart,
    open_case_makes_no_circle,
    parameters_make_no_circle,
    required_parameters_are_set,
    every_line_can_hold,
    every_parameter_has_a_value,
)


def problems_of(policy: Policy) -> list[Problem]:
    """Every problem and warning of a policy."""
    return [problem for check in CHECKS for problem in check(policy)]
