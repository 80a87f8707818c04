"""A policy, a spec or a calendar, laid out and in one language: what it says is compared before and after, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from ..kinds import SPEC, kind_of_file
from ..load import Find, check_policy, find_beside
from ..loading.draft import Draft
from ..loading.extends import merged
from ..messages import say
from ..mixups import CALLED, first_line
from ..parse import Node, parse
from ..readers.calendar import parse_calendar
from ..source import Problem, Refused, Source
from ..spec.reading import parse_spec
from ..spec.values import Case
from ..translate.forms import EN, ZH
from ..translate.own import NOBODY, Own
from ..translate.tree import Turn, english, kind_of_tree
from .edits import rewritten
from .layout import laid_out

SHAPED = ("policy", "spec", "calendar")
LANGUAGES = {"en": EN, "zh": ZH}


@frozen
class _Read:
    """A text as it was read. shape: policy, spec or calendar. written: its tree as it stands there; said: what it says, in English."""

    shape: str
    written: Node
    said: Node
    turn: Turn


def formatted(source: Source, to: str = "", find: Find = find_beside) -> str:
    """The text laid out, in the language `to` where one is named. Raises `Refused` with every problem of a text that has any."""
    read = _read(source, find)
    text = source.text if not to else rewritten(source, read.written, read.shape, Turn(LANGUAGES[to], read.turn.own, read.turn.paths))
    made = laid_out(Source(source.path, text))
    again = _tree(Source(source.path, made), read.shape, find, read.turn.own)
    if again is None or again.said != read.said:
        help = say("nothing was written; what it says would have changed, which is our fault: please report the file")
        raise Refused([Problem("not-formatted", say("`{path}` cannot be formatted", path=source.path), help=help)])
    return made


def shape_of(source: Source, tree: Node) -> str:
    """What a file is: a spec by its name or its cases, a calendar by its keys, else a policy."""
    return "spec" if source.path.endswith(SPEC) else kind_of_tree(tree) or "policy"


def _read(source: Source, find: Find) -> _Read:
    kind = kind_of_file(source)
    if kind and kind not in SHAPED:
        help = say("`escalate fmt` lays out policies, specs and calendars")
        raise Refused([Problem("not-formatted", say("{kind} is not laid out", kind=CALLED[kind]), first_line(source), help)])
    node, problems = parse(source)
    if node is None:
        raise Refused(problems)
    shape = shape_of(source, node)
    own, found = _checked(source, shape, find)
    wrong = [problem for problem in found if not problem.warning]
    if wrong:
        raise Refused(wrong)
    read = _tree(source, shape, find, own)
    assert read is not None
    return read


def _checked(source: Source, shape: str, find: Find) -> tuple[Own, Iterable[Problem]]:
    """The names that a file itself does not define, and everything wrong with it."""
    if shape == "spec":
        cases, found = parse_spec(source)
        return Own(roles=frozenset(_roles(cases))), found
    return NOBODY, check_policy(source, find=find)[1] if shape == "policy" else parse_calendar(source)[1]


def _roles(cases: Iterable[Case]) -> Iterator[str]:
    """What the policies of a spec call their roles."""
    for policy in {id(policy): policy for case in cases for policy in case.policies}.values():
        for name, role in policy.roles.items():
            yield from (name, *(text for _, text in role.title.parts))


def _tree(source: Source, shape: str, find: Find, own: Own) -> _Read | None:
    """own: the names of a file that is no policy; a policy's are in it and in what it extends."""
    if shape == "policy":
        whole = merged(Draft(), source, find)
        return None if whole is None else _Read(shape, whole.files[0].written, whole.tree, whole.files[0].turn)
    node, _ = parse(source)
    turn = Turn(EN, own)
    return None if node is None else _Read(shape, node, english(node, shape, turn)[0], turn)
