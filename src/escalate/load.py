"""From a file to a policy: parse, extend, read, check; every problem with its place, all of them at once."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from attrs import evolve

from .canonical import digest
from .check import check_versions, problems_of
from .loading.draft import Draft
from .loading.extends import Find, merged
from .loading.policies import policy_of
from .loading.resolved import resolved
from .messages import UNSAID, Said, listed_of, say
from .parse import read_source
from .policy import Policy
from .source import Problem, Refused, Source, Span
from .translate.spoken import as_written

# Warnings that do not let a policy be evaluated.
NOT_EVALUATED = ("unset-parameter", "unnamed-policy")

__all__ = ["Find", "check_policy", "check_versions", "find_beside", "load_policy"]


def load_policy(
    path_or_source: str | os.PathLike[str] | Source, *, find: Find | None = None, for_evaluation: bool = False
) -> Policy:
    """One version of a policy. Raises `Refused` with every problem, sorted by place.

    `find` gives the text of a file that another extends; by default it is sought beside that file, then among the
    shipped ones. With `for_evaluation`, what can be read and not evaluated is refused too: a required parameter
    without a value, a file without a name, which is only ever extended, and duties, targets and consequences.
    """
    source, problems = (path_or_source, []) if isinstance(path_or_source, Source) else read_source(path_or_source)
    if source is None:
        raise Refused(problems)
    policy, found = check_policy(source, find=find)
    stopping = [problem for problem in found if not problem.warning]
    if for_evaluation:
        stopping += [evolve(problem, warning=False) for problem in found if problem.kind in NOT_EVALUATED]
        stopping += not_evaluable(policy) if policy is not None else []
    if policy is None or stopping:
        raise Refused(_in_order(stopping))
    return policy


def not_evaluable(policy: Policy) -> list[Problem]:
    """What an engine would refuse of a policy that can be read, where no warning has said it."""
    from .family import families  # the engine's door: a check of a text does without

    refused = []
    try:
        families([policy])
    except Refused as found:
        refused = [problem for problem in found.problems if problem.kind not in NOT_EVALUATED]
    if not policy.name and not policy.ladders:
        start = Span(Source(policy.path, ""), 1, 1, 1, 1)
        help = say("extend it: write `extends:` and its name in a file that begins with `policy: a-name`")
        refused.append(Problem("unnamed-policy", say("this file has no `policy`, so it can only be extended"), start, help))
    return refused


def check_policy(source: Source, *, find: Find | None = None) -> tuple[Policy | None, tuple[Problem, ...]]:
    """The policy of a text, None where it has problems, with its problems and warnings in the order of the text."""
    draft = Draft()
    tree = merged(draft, source, find or find_beside)
    policy = policy_of(draft, tree.tree, source) if tree is not None else None
    if policy is not None and tree is not None:
        policy = evolve(policy, digest=digest(resolved(tree.tree)))
        draft.problems += problems_of(policy)
    found = as_written(_in_order(draft.problems))
    return (None if any(not problem.warning for problem in found) else policy), found


def find_beside(name: str, source: Source) -> tuple[Source | None, list[Problem]]:
    """The text of a file named in another: beside it, else among the shipped ones."""
    if posixpath.isabs(name) or os.path.isabs(name) or "://" in name:
        return None, [Problem("no-file", say("`{name}` is not a path beside this file", name=name))]
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(source.path.replace(os.sep, "/")), name))
    if os.path.isfile(beside):
        return read_source(beside)
    if os.path.isdir(beside):
        return None, [Problem("no-file", say("`{name}` is a folder", name=name), help=_inside(beside, name))]
    if os.path.isfile(f"{beside}.yaml"):
        return None, [Problem("no-file", say("`{name}` is not found", name=name), help=say("write `{name}.yaml`", name=name))]
    shipped = Path(__file__).parent / name
    if "/" in name or "\\" in name or not name.endswith(".yaml") or not shipped.is_file():
        return None, [Problem("no-file", say("`{name}` is not found", name=name), help=_of_a_plan(name))]
    return Source(name, shipped.read_text(encoding="utf-8")), []


def _of_a_plan(name: str) -> Said:
    """How a policy that comes with escalate is built on, where a name may be one."""
    if "." in name or "/" in name or "\\" in name:
        return UNSAID
    return say(
        "a policy that comes with escalate is copied first, so that it stays as it is:\n`escalate policies show {name} > plan.yaml`, then `extends: plan.yaml`",
        name=name,
    )


def _inside(folder: str, name: str) -> Said:
    found = sorted(file for file in os.listdir(folder) if file.endswith(".yaml") and not file.endswith(".spec.yaml"))
    paths = [f"`{posixpath.join(name, file)}`" for file in found[:6]]
    return say("name a file in it: {listed}", listed=listed_of(paths)) if paths else say("it holds no `.yaml` file")


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    unique = {(problem.place, problem.kind, problem.message): problem for problem in problems}
    return tuple(unique[key] for key in sorted(unique))
