"""The kinds of files, each with its things."""

from __future__ import annotations

from collections.abc import Mapping

from .calendar import CALENDAR
from .common import EACH_KEYS, HELD_KEYS, WHO_KEYS
from .head import HEAD
from .mapping import MAPPING
from .shapes import Document, Thing
from .spec import SPEC
from .steps import STEPS

_SHARED = {
    "held": Thing(HELD_KEYS, needed=("parameter",)),
    "who": Thing(WHO_KEYS, one_of=(("who_had", "above"),)),
    "each": Thing(EACH_KEYS, needed=("each",)),
}
DOCUMENTS: Mapping[str, Document] = {
    document.kind: document
    for document in (
        Document("policy", "A policy of escalate", "escalate 制度文件", "policy", {**HEAD, **STEPS, **_SHARED}),
        Document("spec", "A policy's spec: made-up days and what must come of them", "制度的样例测试", "spec", SPEC),
        Document("calendar", "A school's calendar", "校历", "calendar", CALENDAR),
        Document("mapping", "How a foreign file is read", "外来文件的对照表", "mapping", MAPPING),
    )
}
KINDS = tuple(DOCUMENTS)
