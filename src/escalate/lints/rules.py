"""Every rule, in the order of the index: of stages, of deadlines, of people, of numbers, of a run, of escapes."""

from __future__ import annotations

from . import (
    bad_escape,
    deadline_before_trigger,
    deadline_too_short,
    double_counting,
    ends_while_true,
    marks_entered_again,
    marks_known_late,
    missing_title,
    outlives_calendar,
    overlapping_conditions,
    rate_without_base,
    role_always_late,
    role_never_assigned,
    silent_if_unrecorded,
    stages_out_of_order,
    stays_in_school,
    threshold_never_met,
    unreachable_stage,
    unset_parameter,
    unused_measure,
)
from .rule import Rule

RULES: tuple[Rule, ...] = tuple(
    module.RULE
    for module in (
        unreachable_stage, stages_out_of_order, overlapping_conditions, ends_while_true, stays_in_school,
        silent_if_unrecorded, deadline_before_trigger, deadline_too_short,
        role_never_assigned, outlives_calendar,
        threshold_never_met, rate_without_base, double_counting, unused_measure, missing_title, unset_parameter,
        marks_known_late, marks_entered_again, role_always_late,
        bad_escape,
    )
)  # fmt: skip
BY_ID = {rule.id: rule for rule in RULES}
