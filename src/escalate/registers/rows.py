"""The rows of a register: one for each student, case, item or event that it is about, or one for each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..conditions import Term
from ..phrases import phrases_for
from ..policy import Column, asks_group, of_itself
from .built_in import BUILT_IN, Reports
from .columns import cell_of, holders, rated, said
from .group import Group
from .plans import Plan
from .pupil import Line, Pupil
from .sheets import Cell, Row

OF_A_SCHOOL = ("class", "grade")
Readers = Mapping[str, tuple[str, ...]]


def rows_of(plan: Plan, pupils: Sequence[Pupil], groups: Sequence[Group], reports: Reports) -> Iterator[Row]:
    """The rows of a register, in the order of the students and groups given."""
    built_in = BUILT_IN.get(plan.register.name)
    if built_in is not None:
        yield from (_row(plan, line) for pupil in (*pupils, *groups) for line in built_in.lines(pupil, reports))
        return
    if of_itself(plan.register, plan.policy):
        yield from _themselves(plan, {pupil.student: pupil for pupil in pupils}, groups)
        return
    covered = [pupil for pupil in pupils if _covers(plan, pupil)]
    yield from _groups(plan, covered) if plan.register.each != "student" else (_row(plan, _line(plan, pupil)) for pupil in covered)


def _covers(plan: Plan, pupil: Pupil) -> bool:
    where = plan.register.where
    return pupil.history.enrolled(pupil.at) if where is None else pupil.value(where, plan.homes) is True


def _line(plan: Plan, pupil: Pupil) -> Line:
    view = pupil.case_of_row(plan.homes)
    return Line(pupil, view, pupil.item_of(view) if view is not None else None)


def _row(plan: Plan, line: Line) -> Row:
    pupil = line.pupil
    cells = tuple(cell_of(column, line, lambda value: pupil.value(value, plan.homes), plan.roster) for column in plan.columns)
    return Row(cells, pupil.students, readers_of(plan, pupil))


def readers_of(plan: Plan, pupil: Pupil) -> Readers:
    """By role the persons who hold it for this student: nobody reads a row of a group for which they hold nothing."""
    return {role: holders(role, pupil, plan.roster) for role in plan.readers}


# --- groups -------------------------------------------------------------------------------------------------


def _groups(plan: Plan, pupils: Iterable[Pupil]) -> Iterator[Row]:
    """A row for each group that has a student whom the register covers; those whom the roster puts in none share a row."""
    each = plan.register.each
    found: dict[tuple[str, str], list[Pupil]] = defaultdict(list)
    for pupil in pupils:  # one class name in two schools is two classes
        found[pupil.column("school") if each in OF_A_SCHOOL else "", pupil.column(each)].append(pupil)
    for key in sorted(found, key=lambda key: [part.encode() for part in key]):
        group = found[key]
        cells = tuple(_shared_cell(plan, column, group) for column in plan.columns)
        yield Row(cells, tuple(pupil.student for pupil in group), common([readers_of(plan, pupil) for pupil in group]))


def _themselves(plan: Plan, pupils: Mapping[str, Pupil], groups: Iterable[Group]) -> Iterator[Row]:
    """A row for each group that duties know: asked itself where `where` asks it something, else by its students (R18)."""
    register = plan.register
    asked = asks_group(register.where, register.each, plan.policy)
    for group in groups:
        if group.history.level != register.each:
            continue
        members = [pupils[head.student] for head in group.history.members(group.date) if head.student in pupils]
        covered = [pupil for pupil in members if (pupil.history.enrolled(pupil.at) if asked else _covers(plan, pupil))]
        if members and group.value(register.where, plan.homes) is True if asked and register.where is not None else covered:
            yield Row(tuple(_own_cell(plan, column, group, covered) for column in plan.columns), group.students, readers_of(plan, group))


def _own_cell(plan: Plan, column: Column, group: Group, covered: Sequence[Pupil]) -> Cell:
    if column.value is not None:
        expr = column.value.expr
        rate = group.rate(expr.name) if isinstance(expr, Term) and expr.kind == "rate" else None
        return rated(rate, group.phrases) if rate is not None else said(group.value(column.value, plan.homes), column.value, group)
    return group.student if column.name in ("person", plan.register.each) else _shared_cell(plan, column, covered)


def _shared_cell(plan: Plan, column: Column, group: Sequence[Pupil]) -> Cell:
    """What the students of a group have, each value once; how many they are."""
    if column.name == "students":
        return len(group)
    values = [holders(column.name, pupil, plan.roster) if column.kind == "role" else (pupil.column(column.name),) for pupil in group]
    return phrases_for(plan.policy.lang).all_of(list(dict.fromkeys(text for texts in values for text in texts if text)))


def common(readers: Sequence[Readers]) -> Readers:
    """Who may read what is said of several students together: who may read it of each."""
    return {role: tuple(person for person in held if all(person in other[role] for other in readers)) for role, held in readers[0].items()}
