"""Registers: the lists that people keep, judged at one instant of an engine; who may read which row of them (semantics, R1 to R19)."""

from .limits import for_person
from .lists import lists_of
from .sheets import Cell, Row, Sheet
from .whole import registers_of

__all__ = ["Cell", "Row", "Sheet", "for_person", "lists_of", "registers_of"]
