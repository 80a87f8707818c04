"""Whether every parameter has a value, and every line of one can hold."""

from __future__ import annotations

from collections.abc import Iterator

from ..policy import Parameter, Policy
from ..source import Problem


def required_parameters_are_set(policy: Policy) -> Iterator[Problem]:
    """Warn of a vague word that nobody has given a number yet; such a policy is not evaluated."""
    for parameter in policy.parameters.values():
        if parameter.required and not parameter.lines:
            clause = f", which {', '.join(parameter.cites)} leaves open" if parameter.cites else ""
            yield Problem(
                "unset-parameter",
                f"`{parameter.name}` has no value{clause}",
                parameter.span,
                _how_to_set(parameter, policy),
                warning=True,
            )


def _how_to_set(parameter: Parameter, policy: Policy) -> str:
    why = parameter.why.say(policy.lang)
    how = f"write `value:` here, or in a file that extends this one `set: {{{parameter.name}: ...}}`"
    return f"{how}\n{why}" if why else how


def every_line_can_hold(policy: Policy) -> Iterator[Problem]:
    """Warn of lines of a parameter behind one that always holds."""
    for parameter in policy.parameters.values():
        always = [n for n, line in enumerate(parameter.lines) if line.where is None and line.start is None]
        if always and always[0] < len(parameter.lines) - 1:
            yield Problem(
                "line-never-holds",
                f"line {always[0] + 2} of `{parameter.name}` can never hold: the one before it always does",
                parameter.span,
                "write the line without `where` and `from` last",
                warning=True,
            )


def every_parameter_has_a_value(policy: Policy) -> Iterator[Problem]:
    """Warn of a parameter for which there may be a student or a date without a line."""
    for parameter in policy.parameters.values():
        whole = (line for line in parameter.lines if line.where is None)
        if parameter.lines and not any(line.start is None or policy.start is not None and line.start <= policy.start for line in whole):
            yield Problem(
                "may-have-no-value",
                f"`{parameter.name}` has no value where none of its lines holds: conditions that read it are unknown there, and deadlines never due",
                parameter.span,
                "write a last line without `where` and `from`",
                warning=True,
            )
