"""Whether every parameter has a value, and every line of one can hold."""

from __future__ import annotations

from collections.abc import Iterator

from ..messages import UNSAID, Said, listed_of, say
from ..policy import Parameter, Policy
from ..source import Problem


def required_parameters_are_set(policy: Policy) -> Iterator[Problem]:
    """Warn of a vague word that nobody has given a number yet; such a policy is not evaluated."""
    for parameter in policy.parameters.values():
        if parameter.required and not parameter.lines:
            clause = say(", which {listed} leaves open", listed=listed_of(parameter.cites)) if parameter.cites else UNSAID
            yield Problem(
                "unset-parameter",
                say("`{name}` has no value{clause}", name=parameter.name, clause=clause),
                parameter.span,
                _how_to_set(parameter, policy),
                warning=True,
            )


def _how_to_set(parameter: Parameter, policy: Policy) -> Said:
    why = parameter.why.say(policy.lang)
    how = say("write `value:` here, or in a file that extends this one `set: {{{name}: ...}}`", name=parameter.name)
    return say("{how}\n{why}", how=how, why=why) if why else how


def every_line_can_hold(policy: Policy) -> Iterator[Problem]:
    """Warn of lines of a parameter behind one that always holds."""
    for parameter in policy.parameters.values():
        always = [n for n, line in enumerate(parameter.lines) if line.where is None and line.start is None]
        if always and always[0] < len(parameter.lines) - 1:
            yield Problem(
                "line-never-holds",
                say("line {always} of `{name}` can never hold: the one before it always does", always=always[0] + 2, name=parameter.name),
                parameter.span,
                say("write the line without `where` and `from` last"),
                warning=True,
            )


def every_parameter_has_a_value(policy: Policy) -> Iterator[Problem]:
    """Warn of a parameter for which there may be a student or a date without a line."""
    for parameter in policy.parameters.values():
        whole = (line for line in parameter.lines if line.where is None)
        if parameter.lines and not any(line.start is None or policy.start is not None and line.start <= policy.start for line in whole):
            yield Problem(
                "may-have-no-value",
                say(
                    "`{name}` has no value where none of its lines holds: conditions that read it are unknown there, and deadlines never due",
                    name=parameter.name,
                ),
                parameter.span,
                say("write a last line without `where` and `from`"),
                warning=True,
            )
