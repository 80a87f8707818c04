"""Whether names point at what they can mean, and lead in no circle."""

from __future__ import annotations

from collections.abc import Iterator

from ..clocks import cases_asked
from ..loading.circles import circles
from ..loading.inherit import every
from ..messages import glued, noun, ours, say
from ..policy import Ladder, Param, Policy
from ..source import Problem, Span
from .parts import conditions, steps

_OF_A_CASE = frozenset({"done", "outcome", "overdue", "fired"})


def names_of_a_case_are_its_own(policy: Policy) -> Iterator[Problem]:
    """`done`, `outcome`, `overdue`, `fired` ask about this case, so about this ladder."""
    for ladder in policy.ladders.values():
        stages, items = _names_in(ladder)
        for condition in conditions(ladder):
            for term in condition.terms:
                asked = "stage" if term.kind == "fired" else "item" if term.kind in _OF_A_CASE else term.target
                known = {"stage": stages, "item": items}.get(asked)
                if known is not None and term.name not in known:
                    yield Problem(
                        "other-ladder",
                        say(
                            "`{key}` asks about this case, and ladder `{name}` has no {asked} `{name2}`", key=ours(term.key, "condition"), name=ladder.name,
                            asked=noun(asked),
                            name2=term.name,
                        ),
                        term.span or condition.span,
                        say("only `late`, `times`, `received` and `open_case` look beyond the case"),
                    )


def _names_in(ladder: Ladder) -> tuple[set[str], set[str]]:
    stages = {name for stage in ladder.stages for name in (stage.name, stage.path)}
    items: set[str] = set()
    for stage in steps(ladder):
        for action in every(stage.do):
            items |= {action.name, action.path, f"{stage.name}.{action.name}"}
    return stages, items


def names_are_told_apart(policy: Policy) -> Iterator[Problem]:
    """A condition writes measures, parameters, flags and attributes by their bare names."""
    seen: dict[str, str] = {}
    for what, names in (("parameter", policy.parameters), ("flag", policy.students), ("measure", policy.measures)):
        for name, one in names.items():
            if name in seen:
                yield Problem(
                    "same-name",
                    say("`{name}` names a {seen} and a {what}", name=name, seen=noun(seen[name]), what=noun(what)),
                    _span(one),
                    say("a condition could not tell them apart; name one of them otherwise"),
                )
            seen.setdefault(name, what)


def open_case_makes_no_circle(policy: Policy) -> Iterator[Problem]:
    """A ladder that asks whether another has a case cannot be asked by it in turn."""
    asked = {ladder.name: cases_asked([ladder.where, *conditions(ladder)], policy) for ladder in policy.ladders.values()}
    for circle in circles({name: tuple(terms) for name, terms in asked.items()}):
        name, other = circle[0], circle[1]
        yield Problem(
            "open-case-circle",
            say("`{name}` asks `open_case` of `{other}`, which leads back to it", name=name, other=other),
            asked[name][other].span,
            glued((f"`{one}`" for one in circle), say(" asks ")),
        )


def parameters_make_no_circle(policy: Policy) -> Iterator[Problem]:
    """The line of a parameter that holds cannot depend on the parameter itself."""
    needs: dict[str, tuple[str, ...]] = {}
    for name, parameter in policy.parameters.items():
        terms = [term for line in parameter.lines if line.where for term in line.where.terms]
        needs[name] = tuple(term.name for term in terms if term.kind in ("parameter", "measure"))
    for name, measure in policy.measures.items():
        needs[name] = tuple(amount.name for amount in measure.amounts if isinstance(amount, Param))
    for circle in circles(needs):
        if circle[0] in policy.parameters:
            yield Problem(
                "parameter-circle",
                say("the value of `{circle}` depends on itself", circle=circle[0]),
                policy.parameters[circle[0]].span,
                glued((f"`{one}`" for one in circle), say(" depends on ")),
            )


def _span(one: object) -> Span | None:
    found = getattr(one, "span", None)
    return found if isinstance(found, Span) else None
