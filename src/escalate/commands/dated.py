"""An option whose date cannot be read."""

from __future__ import annotations

from ..messages import Said, said_by, say
from ..slips.dates import date_help
from . import Misuse


def misread(option: str, text: str, error: ValueError, otherwise: Said, meant: tuple[str, ...]) -> Misuse:
    """What is wrong with it, and how the date is written that is meant; `otherwise` where that cannot be told. meant: its readings."""
    return Misuse(say("{option}: {error}; {help}", option=option, error=said_by(error), help=date_help(text, otherwise, meant)))
