"""The policies that come with escalate, each by the name of its folder: `S004-05C`, `US-WA` (docs/policies.md).

`policy.yaml` says what the plan says, and `adopted.yaml` beside it what an example school chose where the plan names no number.
A plan that changed has its older versions in `policy-*.yaml`, and their layers in `adopted-*.yaml`.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping

from .language import closest
from .load import load_policy
from .messages import listed, say
from .policy import Policy
from .source import Problem, Refused

__all__ = ["files", "folder", "load", "names", "path", "versions"]

POLICY, ADOPTED, ENDING = "policy.yaml", "adopted.yaml", ".yaml"
NO_POLICIES = ("uncomputed.yaml",)  # what else stands in a folder and ends so
HERE = os.path.dirname(os.path.abspath(__file__))
# Where they lie: inside an installed package; else, run from the source, at the top of the repository.
PLACES = (os.path.join(HERE, "shipped"), os.path.normpath(os.path.join(HERE, "..", "..", "policies")))


def names() -> tuple[str, ...]:
    """Every policy that is there, in order."""
    return tuple(_folders())


def folder(name: str) -> str:
    """The folder of a policy. Raises `Refused` where none has this name."""
    found = _folders()
    if name not in found:
        near = closest(name, tuple(found))
        help = say("did you mean `{near}`?", near=near) if near else say("`escalate policies list` names them")
        raise Refused([Problem("no-policy", say("no policy that comes with escalate is called `{name}`", name=name), help=help)])
    return found[name]


def files(name: str) -> tuple[str, ...]:
    """The names of a policy's files in its folder, `policy.yaml` first: its versions, layers and what else can be loaded; no specs."""
    found = (file for file in os.listdir(folder(name)) if file.endswith(ENDING) and not file.endswith(".spec.yaml") and file not in NO_POLICIES)
    return tuple(sorted(found, key=lambda file: (file != POLICY, file)))


def path(name: str, file: str = POLICY) -> str:
    """Where a file of a policy lies. Raises `Refused` where it has none of this name."""
    found = os.path.join(folder(name), file)
    if file not in files(name):
        help = say("extend policy.yaml and set its parameters: docs/policies.md") if file == ADOPTED else say("it has {listed}", listed=listed(files(name)))
        raise Refused([Problem("no-file", say("policy `{name}` has no `{file}`", name=name, file=file), help=help)])
    return found


def load(name: str, *, adopted: bool = False) -> Policy:
    """A policy as it stands now, of several versions the newest; adopted: with the choices of the example school.

    Raises `Refused` where there is none, and as `load_policy` does.
    """
    return load_policy(path(name, ADOPTED if adopted else POLICY))


def versions(name: str, *, adopted: bool = False) -> tuple[Policy, ...]:
    """Every version of a policy, the oldest first, as `evaluate` takes them; adopted: each with the choices of the example school."""
    newest = path(name, ADOPTED if adopted else POLICY)
    stem = os.path.basename(newest).removesuffix(ENDING)
    older = (file for file in files(name) if file.startswith(f"{stem}-"))
    found = (load_policy(file) for file in (newest, *(path(name, file) for file in older)))
    return tuple(sorted(found, key=lambda policy: policy.start or datetime.date.min))


def _folders() -> Mapping[str, str]:
    """The folders with a `policy.yaml`, those below `elsewhere` too, by their names in order."""
    top = next((place for place in PLACES if os.path.isdir(place)), None)
    below = [] if top is None else [top, os.path.join(top, "elsewhere")]
    found = {name: os.path.join(place, name) for place in below if os.path.isdir(place) for name in os.listdir(place)}
    return {name: found[name] for name in sorted(found) if os.path.isfile(os.path.join(found[name], POLICY))}
