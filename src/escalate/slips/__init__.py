"""The slips that are made when YAML is written by hand: each is named, and the line is shown mended.

Text only: `parse.py` says where reading stopped, these pages say what was probably meant.
"""

from __future__ import annotations

from collections.abc import Callable

from ..messages import say
from ..source import Problem, Source
from .colons import parts_of
from .indents import odd_blank, odd_blank_indents, tab_after_colon, tabs_indent, wrong_column
from .signs import curly_quotes, full_width_colon, full_width_remark, full_width_signs, wide_braces, wide_parts
from .trouble import KEY, Trouble, at, halved
from .values import (
    BESIDE,
    after_quotes,
    after_quotes_in_braces,
    bad_block_sign,
    bad_first_sign,
    begun_key,
    closes_nothing,
    colon_in_value,
    comment_in_braces,
    cut_by_comment,
    cut_in_braces,
    equals_sign,
    missing_space,
    never_closed,
    no_colon,
    no_colon_above,
    no_colon_on_line,
    quote_left_open,
    quoted_help,
    rest_of_value,
    takes_list,
    whole_value,
    wrong_comma,
)

__all__ = [
    "BESIDE", "KEY", "SLIPS", "Trouble", "begun_key", "curly_quotes", "cut_by_comment", "explain", "halved", "no_colon", "odd_blank", "parts_of", "quoted_help",
    "rest_of_value", "takes_list", "whole_value", "wide_braces", "wide_parts",
]

SLIPS: tuple[Callable[[Source, Trouble], Problem | None], ...] = (
    tabs_indent,
    odd_blank_indents,
    full_width_remark,
    tab_after_colon,
    full_width_colon,
    full_width_signs,
    quote_left_open,
    bad_block_sign,
    bad_first_sign,
    closes_nothing,
    comment_in_braces,
    wrong_comma,
    after_quotes_in_braces,
    cut_in_braces,
    after_quotes,
    colon_in_value,
    missing_space,
    equals_sign,
    never_closed,
    no_colon_above,
    wrong_column,
    no_colon_on_line,
)


def explain(source: Source, trouble: Trouble) -> Problem:
    """The first slip that fits, else a plain statement that the line cannot be read."""
    for slip in SLIPS:
        problem = slip(source, trouble)
        if problem is not None:
            return problem
    return Problem(
        "not-yaml",
        say("this cannot be read as YAML"),
        at(source, trouble.line, trouble.col),
        say("write `key: value`, one a line; quote a value that holds `: `, ` #`, or begins with a sign"),
    )
