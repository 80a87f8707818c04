"""Specs: made-up days of a few students, and exactly the items that a policy must ask for on them (docs/specs.md)."""

from .comparing import Verdict, verdict
from .files import cases_below, spec_files
from .reading import parse_spec
from .result import Result
from .telling import failure
from .values import Case, Expected

__all__ = ["Case", "Expected", "Result", "Verdict", "cases_below", "failure", "parse_spec", "spec_files", "verdict"]
