"""The policies that a test means: loaded, by their file, or by the name of one that comes with escalate."""

from __future__ import annotations

import os
from collections.abc import Sequence

from .. import policies as shipped
from ..load import load_policy
from ..policy import Policy
from .names import UnknownName, near

ENDINGS = (".yaml", ".yml")
Named = str | os.PathLike[str] | Policy | Sequence[Policy]


def policies_of(given: Named) -> tuple[Policy, ...]:
    """The policies that are meant: versions together, the oldest first. `UnknownName` for what is no file and no name, else raises as `load_policy`."""
    if isinstance(given, Policy):
        return (given,)
    if isinstance(given, (str, os.PathLike)):
        name = os.fspath(given)
        if name not in shipped.names():
            if not name.endswith(ENDINGS) and not os.path.exists(name):
                raise UnknownName(f"no policy called `{name}` comes with escalate, and there is no such file: {near(name, shipped.names())}")
            return (load_policy(name, for_evaluation=True),)
        return shipped.versions(name, adopted=shipped.ADOPTED in shipped.files(name))
    return tuple(given)
