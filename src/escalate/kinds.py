"""Which kind of file a text is: a policy, a spec, a calendar or a mapping (DESIGN, section 9)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from .keywords import KEYS, KEYS_OF

if TYPE_CHECKING:
    from .source import Source

SPEC = ".spec.yaml"  # how the name of a spec ends

_TOP = re.compile(r"^(\w+) *[:：]", re.MULTILINE)


def kind_of(source: Source) -> str:
    """`policy`, `spec`, `calendar` or `mapping`, by its name or the keys at its top, also of a text that cannot be read; a policy where they tell nothing."""
    return kind_told(source) or "policy"


def kind_told(source: Source) -> str:
    """The same; empty where neither the name nor the keys that begin a line tell it."""
    return "spec" if source.path.endswith(SPEC) else kind_of_keys(frozenset(_TOP.findall(source.text)))


def kind_of_keys(keys: Collection[str]) -> str:
    """The kind that has such keys at its top, in either language; empty where they tell nothing."""
    if _has(keys, "spec", "cases") and not _has(keys, "policy", "ladders"):
        return "spec"
    if _has(keys, "policy", "policy", "extends", "ladders", "duties", "targets", "measures", "parameters", "marks"):
        return "policy"
    if _has(keys, "calendar", "calendar") and _has(keys, "calendar", "timezone", "sessions", "week", "terms", "covers", "closed"):
        return "calendar"
    return "mapping" if "format" in keys or {"columns", "codes"} <= {*keys} else ""  # it is written in English


def _has(keys: Collection[str], kind: str, *wanted: str) -> bool:
    return any(key in keys or (KEYS_OF.get(kind, {}).get(key) or KEYS.get(key)) in keys for key in wanted)
