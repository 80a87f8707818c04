"""Boundary cases: for each threshold of a policy the marks one short of it, just at it and one beyond, with what comes of them today."""

from .finding import Left, Triple
from .where import Where
from .writing import Boundaries, as_written, boundaries

__all__ = ["Boundaries", "Left", "Triple", "Where", "as_written", "boundaries"]
