"""Policies under every rule that can be asked, less what is escaped; and a run's folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from ..messages import say
from ..policy import Parameter, Policy
from ..source import Problem, Source
from ..translate.spoken import as_written
from .escapes import Escape, escapes_in
from .rule import Given, Run
from .rules import BY_ID, RULES


@frozen
class Text:
    """A file that is looked at: its policy, None where it has none, and what `escalate check` says of it."""

    source: Source
    policy: Policy | None
    checked: tuple[Problem, ...] = ()


@frozen
class Linted:
    """What stands and what was escaped, each once and in the order of the texts."""

    problems: tuple[Problem, ...]
    escaped: tuple[tuple[Problem, Escape], ...] = ()


def lint(texts: Sequence[Text], given: Given) -> Linted:
    """What is found in policies. Of one that cannot be read there are its problems, and no more."""
    every = [problem for text in texts for problem in (*text.checked, *_found(text, given))]
    set_ = {parameter.span for text in texts for parameter in _unset(text) if _is_set(parameter, text, texts)}
    found = _in_order(problem for problem in every if problem.kind != "unset-parameter" or problem.span not in set_)
    lines = {source: _by_line(source) for source in {problem.span.source for problem in found if problem.span is not None}}
    escaped = [(problem, escape) for problem in found if (escape := _escape_of(problem, lines)) is not None]
    let = {id(problem) for problem, _ in escaped}
    used = {_key(escape) for _, escape in escaped}
    bad = [problem for text in texts for problem in _bad(text, used, given)]
    return Linted(_in_order([*(problem for problem in found if id(problem) not in let), *bad]), tuple(escaped))


def lint_run(run: Run) -> tuple[Problem, ...]:
    """What is found in a run's folder."""
    return tuple(problem for rule in RULES if rule.in_run is not None for problem in rule.in_run(run))


@frozen
class Lacking:
    """A rule that was not asked for want of some options, or (`in_part`) would find more with them."""

    rule: str
    options: tuple[str, ...]
    in_part: bool


def not_asked(given: Given) -> tuple[Lacking, ...]:
    """The rules that need what is not there, then those that would find more with it."""
    needs = [Lacking(rule.id, _lacks(rule.needs, given), in_part=False) for rule in RULES]
    better = [Lacking(rule.id, _lacks(rule.better, given), in_part=True) for rule in RULES if not _lacks(rule.needs, given)]
    return tuple(lacking for lacking in (*needs, *better) if lacking.options)


def _lacks(options: Sequence[str], given: Given) -> tuple[str, ...]:
    return tuple(option for option in options if not given.has(option))


def _found(text: Text, given: Given) -> Iterator[Problem]:
    for rule in RULES if text.policy is not None else ():
        if rule.find is not None and text.policy is not None and all(given.has(option) for option in rule.needs):
            yield from rule.find(text.policy, given)


def _unset(text: Text) -> tuple[Parameter, ...]:
    return tuple(parameter for parameter in text.policy.parameters.values() if not parameter.lines) if text.policy is not None else ()


def _is_set(parameter: Parameter, text: Text, texts: Sequence[Text]) -> bool:
    """Whether another version of the policy that is given has a value: the file stands beside the one that sets it."""
    others = (other.policy for other in texts if other.policy is not None and text.policy is not None and other.policy.name == text.policy.name)
    return any(other.parameters[parameter.name].lines for other in others if parameter.name in other.parameters)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    unique = {(problem.place, problem.kind, problem.message): problem for problem in problems}
    return as_written(unique[key] for key in sorted(unique))


# --- escapes ----------------------------------------------------------------------------------------------


def _by_line(source: Source) -> dict[tuple[str, int], Escape]:
    return {(escape.rule, escape.line): escape for escape in escapes_in(source) if escape.reason}


def _escape_of(problem: Problem, lines: dict[Source, dict[tuple[str, int], Escape]]) -> Escape | None:
    if problem.span is None or not problem.warning or problem.kind not in BY_ID:
        return None
    return lines[problem.span.source].get((problem.kind, problem.span.line))


def _key(escape: Escape) -> tuple[str, int, str]:
    return escape.span.source.path, escape.span.line, escape.rule


def _bad(text: Text, used: set[tuple[str, int, str]], given: Given) -> Iterator[Problem]:
    """What is wrong with the escapes of a text."""
    bad = BY_ID["bad-escape"]
    told = text.policy is not None and not _unset(text)
    open_ = {lacking.rule for lacking in not_asked(given)}
    for escape in escapes_in(text.source):
        rule = BY_ID.get(escape.rule)
        if rule is None:
            yield bad.found(say("there is no rule `{rule}`", rule=escape.rule), escape.span, say("docs/lint.md lists the rules"))
        elif rule.find is None or rule.severity == "error":
            yield bad.found(say("`{id}` cannot be escaped in a policy", id=rule.id), escape.span, say("take the escape out"))
        elif not escape.reason:
            yield bad.found(say("this escape of `{id}` gives no reason", id=rule.id), escape.span, say("write `# allow {id}: ` and why", id=rule.id))
        elif told and rule.id not in open_ and _key(escape) not in used:
            yield bad.found(say("nothing is found here that `{id}` would say", id=rule.id), escape.span, say("take the escape out"))
