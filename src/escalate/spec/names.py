"""What a spec may call the parts of its policies: by name, by path, by title."""

from __future__ import annotations

from collections.abc import Iterable

from ..keywords import OWN_ROLES
from ..language import nearest
from ..messages import Said, listed, ours, say
from ..oddities import Vocabulary
from ..policy import Action, Policy, actions, asked
from ..synonyms import called


class Names:
    """The actions, ladders and roles of some policies, by what they may be called."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self.policies = tuple(policies)
        self.vocabulary = Vocabulary(self.policies)
        self.actions: dict[str, Action] = {}
        self.ladders: dict[str, set[str]] = {}
        # Duties and targets by what they may be called, and the level that each is for.
        self.parts: dict[str, set[str]] = {}
        self.levels: dict[str, str] = {}
        self.roles: dict[str, set[str]] = {"student": {"student"}, "parent": {"parent"}}
        for policy in self.policies:
            self.actions |= {action.path: action for action in actions(policy)}
            for key, ladder in policy.ladders.items():
                for name in (key, *(text for _, text in ladder.title.parts)):
                    self.ladders.setdefault(name, set()).add(key)
            for part in asked(policy):
                self.levels[part.name] = part.each
                for name in (part.name, *(text for _, text in part.title.parts)):
                    self.parts.setdefault(name, set()).add(part.name)
            for key, role in policy.roles.items():
                for name in (key, *(text for _, text in role.title.parts)):
                    self.roles.setdefault(name, set()).add(key)
        for own, word in OWN_ROLES.items():
            self.roles.setdefault(word, {own})

    def paths(self, name: str) -> frozenset[str]:
        """The paths of the actions that a name, a path's end or a title may mean; none where nothing is called so."""
        parts = name.split(".")
        found = {path for path in self.actions if path.split(".")[-len(parts) :] == parts}
        return frozenset(found or (path for path, action in self.actions.items() if name in (text for _, text in action.title.parts)))

    def level_of(self, paths: Iterable[str]) -> str:
        """The level above the student that all items of some paths are about; empty where they are a student's."""
        found = {self.levels.get(path.partition(".")[0], "student") for path in paths}
        return next(iter(found)) if len(found) == 1 and found != {"student"} else ""

    def part(self, path: str) -> str:
        """The ladder, duty or target of an item's path."""
        return path.partition(".")[0]

    def example_id(self, path: str, student: str) -> str:
        """An id that an item of an action may have: of the first case."""
        policy, action = next((policy, action) for policy in self.policies for action in actions(policy) if action.path == path)
        ladder, stage = path.split(".")[:2]
        return f"{policy.name}/{student}/{ladder}/1/{stage}/1/{action.name}/{action.owners.key}"

    def near(self, name: str) -> Said:
        """Help for an action that nobody knows."""
        known = {action.name for action in self.actions.values()} | {text for action in self.actions.values() for _, text in action.title.parts}
        return _near(name, known)

    def near_role(self, name: str) -> Said:
        """Help for a role that nobody knows."""
        found = called(name, OWN_ROLES, "role") or nearest(name, self.roles)
        if found:
            return say("did you mean `{found}`?", found=ours(found, "role"))
        roles = {role for policy in self.policies for role in policy.roles}
        return say("known here: {listed}", listed=listed((*(ours(own, "role") for own in OWN_ROLES), *sorted(roles))))

    def near_ladder(self, name: str) -> Said:
        """Help for a ladder that nobody knows."""
        return _near(name, set(self.ladders))

    def near_part(self, name: str) -> Said:
        """Help for a ladder, duty or target that nobody knows."""
        return _near(name, {*self.ladders, *self.parts})

    def called(self, path: str) -> str:
        """The shortest end of a path that means it alone."""
        parts = path.split(".")
        for n in range(1, len(parts)):
            name = ".".join(parts[-n:])
            if self.paths(name) == {path}:
                return name
        return path


def _near(name: str, known: set[str]) -> Said:
    found = nearest(name, known)
    return say("did you mean `{found}`?", found=found) if found else say("known here: {listed}", listed=listed(sorted(known)))
