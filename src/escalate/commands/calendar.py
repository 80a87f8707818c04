"""`escalate calendar`: drafts of calendars for a person to edit."""

from __future__ import annotations

import sys

from ..readers.draft import draft_calendar
from ..reports.problems import print_json
from . import FINE


def draft(country: str, year: int, lang: str, form: str = "human") -> int:
    """Print a draft from a year's public holidays, with remarks in a language."""
    text = draft_calendar(country, year, lang)
    if form == "json":
        print_json({"country": country.upper(), "year": year, "calendar": text}, sys.stdout)
    else:
        sys.stdout.write(text)
    return FINE
