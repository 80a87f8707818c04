"""The names that a policy writes, of roles, stages and actions. One that it does not write is a mistake of the test, never an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..language import nearest
from ..policy import OWN_ROLES, Policy, Text, actions, stages

SHOWN = 12  # names that are listed where none is near


class UnknownName(LookupError):
    """A test names what no policy of its world writes: left alone, a property of it would hold for ever."""


def roles_called(policies: Sequence[Policy], name: str) -> frozenset[str]:
    """The roles of a name, by key or title. Raises `UnknownName`."""
    found = {role for policy in policies for role, one in policy.roles.items() if name in (role, *_texts(one.title))}
    found |= {name} & set(OWN_ROLES)
    return frozenset(found) or _unknown("role", name, (role for policy in policies for role in policy.roles))


def stages_called(policies: Sequence[Policy], name: str) -> frozenset[str]:
    """The paths of the stages of a name, by name, path or title. Raises `UnknownName`."""
    found = {one.path for policy in policies for one in stages(policy) if name in (one.name, one.path, *_texts(one.title))}
    return frozenset(found) or _unknown("stage", name, (one.path for policy in policies for one in stages(policy)))


def actions_called(policies: Sequence[Policy], name: str) -> frozenset[str]:
    """The paths of the actions of a name, by name, title or the end of the path. Raises `UnknownName`."""
    found = {
        one.path for policy in policies for one in actions(policy)
        if name in (one.name, *_texts(one.title)) or one.path == name or one.path.endswith(f".{name}")
    }  # fmt: skip
    return frozenset(found) or _unknown("action", name, (one.name for policy in policies for one in actions(policy)))


def _texts(title: Text) -> Iterator[str]:
    return (text for _, text in title.parts)


def _unknown(kind: str, name: str, known: Iterable[str]) -> frozenset[str]:
    raise UnknownName(f"no {kind} of the policy is called `{name}`: {near(name, known)}")


def near(name: str, known: Iterable[str]) -> str:
    """Help for a name that is unknown: one that is like it, else those that there are."""
    names = list(dict.fromkeys(known))
    lasts = [one.rpartition(".")[2] for one in names]  # of paths
    found = nearest(name, [*names, *lasts])
    more = f", and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"did you mean `{found}`?" if found else f"there are {', '.join(names[:SHOWN])}{more}" if names else "there are none"
