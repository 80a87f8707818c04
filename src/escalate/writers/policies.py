"""Copies of the policies that a run used, so that what it decided can be explained when the originals have moved on."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from ..readers.inputs import PolicyTexts

FOLDER = "policies"
# What some file system cannot hold in a name.
_ODD = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def home_of(texts: PolicyTexts) -> str:
    """Where a policy's own text stands in the folder of a run: `policies/hesheng@2023-09-01/policy.yaml`."""
    policy = texts.policy
    version = "" if policy.version == "-" else f"@{policy.version}"
    return f"{FOLDER}/{file_name(policy.name)}{version}/{texts.place}"


def file_name(name: str) -> str:
    """A name as every file system can hold it."""
    return _ODD.sub("_", name)


def write_policies(folder: str, policies: Iterable[PolicyTexts]) -> None:
    """Each policy and what it extends, in a folder of its own where the names that it gives still lead from one to the other."""
    for texts in policies:
        own = home_of(texts)
        base = own[: len(own) - len(texts.place)]
        for place, text in texts.texts:
            path = os.path.join(folder, *f"{base}{place}".split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
