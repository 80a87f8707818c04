"""Which kind of file a text is."""

from __future__ import annotations

import re

from ..schema import DOCUMENTS
from ..schema.shapes import Document
from ..schema.spellings import spellings
from ..source import Source
from ..spec.files import ENDING

# A calendar has both, each in either language.
_CALENDAR = [set(spellings(key, "calendar")) for key in ("calendar", "sessions")]
# What a mapping has not.
_NO_MAPPING = {spelled for key in ("policy", "extends", "ladders") for spelled in spellings(key, "policy")}
# Keys of which a policy has one at its top.
_POLICY = {spelled for key in ("policy", "extends", "parameters", "marks", "measures", "ladders", "duties", "targets") for spelled in spellings(key, "policy")}


def document_of(source: Source) -> Document:
    """By its name a spec, by its first keys a calendar or a mapping, else a policy."""
    if source.path.endswith(ENDING):
        return DOCUMENTS["spec"]
    keys = _keys(source)
    if all(keys & spelled for spelled in _CALENDAR):
        return DOCUMENTS["calendar"]
    return DOCUMENTS["mapping" if "format" in keys and not keys & _NO_MAPPING else "policy"]


def is_ours(source: Source) -> bool:
    """Whether a text is one of our files, as far as its name and its first keys tell: a folder may hold other YAML."""
    return source.path.endswith(ENDING) or document_of(source).kind != "policy" or bool(_keys(source) & _POLICY)


def _keys(source: Source) -> set[str]:
    """The keys at the top, also of a text that cannot be read."""
    return set(re.findall(r"^(\w+) *:", source.text, re.MULTILINE))
