"""Items: firings of stages, what they issue, what outcomes do to it, and what stands (SEMANTICS, sections 5, 6, 9.4)."""

from .run import ItemRun
from .sweep import ItemSweep
from .view import CaseView

__all__ = ["CaseView", "ItemRun", "ItemSweep"]
