"""What a matcher raises when it cannot be trusted."""

from __future__ import annotations


class MatcherFault(Exception):
    """The engine behind a matcher failed or answered what it may not: our fault, never the policy's."""
