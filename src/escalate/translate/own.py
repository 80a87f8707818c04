"""The names that an author has given: where a keyword could stand beside them, the name wins."""

from __future__ import annotations

from attrs import frozen

Names = frozenset[str]


@frozen
class Own:
    """What a policy defines, by where it may stand.

    bare: measures, parameters, flags and attributes, which stand alone in conditions. moments: stages and items. marks: codes and reasons.
    texts: parameters that hold a text, for they stand as `{parameter: name}`.
    """

    parameters: Names = frozenset()
    roles: Names = frozenset()
    bare: Names = frozenset()
    moments: Names = frozenset()
    marks: Names = frozenset()
    texts: Names = frozenset()

    def __or__(self, other: Own) -> Own:
        """The names of both."""
        return Own(
            self.parameters | other.parameters, self.roles | other.roles, self.bare | other.bare, self.moments | other.moments, self.marks | other.marks,
            self.texts | other.texts,
        )  # fmt: skip


NOBODY = Own()
