"""What a spec may call the parts of its policies: by name, by path, by title."""

from __future__ import annotations

from collections.abc import Iterable

from ..language import nearest
from ..policy import Action, Policy, actions


class Names:
    """The actions, ladders and roles of some policies, by what they may be called."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = tuple(policies)
        self.actions: dict[str, Action] = {}
        self.ladders: dict[str, set[str]] = {}
        self.roles: dict[str, set[str]] = {"student": {"student"}, "parent": {"parent"}}
        for policy in self.policies:
            self.actions |= {action.path: action for action in actions(policy)}
            for key, ladder in policy.ladders.items():
                for name in (key, *(text for _, text in ladder.title.parts)):
                    self.ladders.setdefault(name, set()).add(key)
            for key, role in policy.roles.items():
                for name in (key, *(text for _, text in role.title.parts)):
                    self.roles.setdefault(name, set()).add(key)

    def paths(self, name: str) -> frozenset[str]:
        """The paths of the actions that a name, a path's end or a title may mean; none where nothing is called so."""
        parts = name.split(".")
        found = {path for path in self.actions if path.split(".")[-len(parts) :] == parts}
        return frozenset(found or (path for path, action in self.actions.items() if name in (text for _, text in action.title.parts)))

    def example_id(self, path: str, student: str) -> str:
        """An id that an item of an action may have: of the first case."""
        policy, action = next((policy, action) for policy in self.policies for action in actions(policy) if action.path == path)
        ladder, stage = path.split(".")[:2]
        return f"{policy.name}/{student}/{ladder}/1/{stage}/1/{action.name}/{action.owners.key}"

    def near(self, name: str) -> str:
        """Help for an action that nobody knows."""
        known = {action.name for action in self.actions.values()} | {text for action in self.actions.values() for _, text in action.title.parts}
        return _near(name, known)

    def near_role(self, name: str) -> str:
        """Help for a role that nobody knows."""
        return _near(name, set(self.roles))

    def near_ladder(self, name: str) -> str:
        """Help for a ladder that nobody knows."""
        return _near(name, set(self.ladders))

    def called(self, path: str) -> str:
        """The shortest end of a path that means it alone."""
        parts = path.split(".")
        for n in range(1, len(parts)):
            name = ".".join(parts[-n:])
            if self.paths(name) == {path}:
                return name
        return path


def _near(name: str, known: set[str]) -> str:
    found = nearest(name, known)
    return f"did you mean `{found}`?" if found else f"known here: {', '.join(f'`{one}`' for one in sorted(known))}"
