"""Registers: the lists that people keep, judged at one instant of an engine; who may read which row of them (semantics, R1 to R9)."""

from .limits import for_person
from .sheets import Cell, Row, Sheet
from .whole import registers_of

__all__ = ["Cell", "Row", "Sheet", "for_person", "registers_of"]
