"""The laws of an evaluation (DESIGN, section 5; SEMANTICS, section 12), each a plain function over a `World` that raises `Broken`."""

from __future__ import annotations

from ..broken import Broken, Law
from ..model.seen import World
from .cases import a_case_lives, a_stage_fires_once_a_case, cases_do_not_overlap
from .converging import converges, with_deadlines_from_the_event_converges
from .feeding import (
    a_second_copy_is_dropped,
    duplicates_change_nothing,
    in_any_hash_order,
    in_any_order,
    in_any_steps,
    same_inputs_same_bytes,
    silence,
    stopped_and_resumed,
    the_past_stands,
    unknown_is_no_mark,
)
from .holding import engine_is_model, matchers_agree
from .keeping import decisions_fold_to_what_stands, ids_name_one_thing, numbers_follow_absences, old_names_lead_on, students_are_independent
from .lateness import due_days_are_held, nobody_is_late_before_issued, overdue_is_said, setting_a_due_makes_nobody_late
from .recording import a_change_changes_something, every_change_has_its_record, what_is_written_has_an_occasion

# Those that hold of anybody's policy, the cheap before the dear.
LAWS: tuple[Law, ...] = (
    silence, a_change_changes_something, every_change_has_its_record, what_is_written_has_an_occasion, decisions_fold_to_what_stands, old_names_lead_on,
    ids_name_one_thing, numbers_follow_absences, a_case_lives, cases_do_not_overlap, a_stage_fires_once_a_case, nobody_is_late_before_issued,
    setting_a_due_makes_nobody_late, overdue_is_said, due_days_are_held, same_inputs_same_bytes, in_any_order, duplicates_change_nothing,
    a_second_copy_is_dropped, unknown_is_no_mark, students_are_independent, the_past_stands, stopped_and_resumed, in_any_steps, matchers_agree,
    in_any_hash_order, engine_is_model,
)  # fmt: skip
# Those that hold where policy and facts are such that what was said late converges.
CONVERGING: tuple[Law, ...] = (converges, with_deadlines_from_the_event_converges)

__all__ = [
    "CONVERGING", "LAWS", "Broken", "Law", "World", "a_case_lives", "a_change_changes_something", "a_second_copy_is_dropped", "a_stage_fires_once_a_case",
    "cases_do_not_overlap", "converges", "decisions_fold_to_what_stands", "due_days_are_held", "duplicates_change_nothing", "engine_is_model",
    "every_change_has_its_record", "ids_name_one_thing", "in_any_hash_order", "in_any_order", "in_any_steps", "matchers_agree", "nobody_is_late_before_issued",
    "numbers_follow_absences", "old_names_lead_on", "overdue_is_said", "same_inputs_same_bytes", "setting_a_due_makes_nobody_late", "silence",
    "stopped_and_resumed", "students_are_independent", "the_past_stands", "unknown_is_no_mark", "what_is_written_has_an_occasion",
    "with_deadlines_from_the_event_converges",
]  # fmt: skip
