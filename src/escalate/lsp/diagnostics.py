"""What is wrong with an open text: what `escalate check` and `escalate test` say of the file, all at once."""

from __future__ import annotations

from attrs import evolve

from ..load import check_policy
from ..readers.calendar import parse_calendar
from ..readers.mapping import parse_mapping
from ..source import Problem, Refused, Span
from ..spec.reading import parse_spec
from .kinds import document_of, is_ours
from .texts import Texts


def problems_in(texts: Texts, path: str) -> tuple[Problem, ...]:
    """Every problem of an open text, each at a place in it: what is wrong in a file below it stands at its first line."""
    source = texts.source(path)
    if not is_ours(source):
        return ()
    try:
        found = _found(texts, path)
    except Refused as refused:
        found = refused.problems
    start = Span(source, 1, 1, 1, len(source.line(1)) + 1)
    return tuple(problem if problem.span is not None and problem.span.source == source else _elsewhere(problem, start) for problem in found)


def _found(texts: Texts, path: str) -> tuple[Problem, ...]:
    source, kind = texts.source(path), document_of(texts.source(path)).kind
    if kind == "policy":
        return check_policy(source, find=texts.find)[1]
    if kind == "spec":
        return parse_spec(source)[1]
    return parse_calendar(source)[1] if kind == "calendar" else parse_mapping(source)[1]


def _elsewhere(problem: Problem, start: Span) -> Problem:
    where = f"{problem.span}: " if problem.span is not None else ""
    return evolve(problem, message=where + problem.message, span=start)
