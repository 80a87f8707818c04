"""`escalate schema`: a kind of file as JSON Schema, for editors."""

from __future__ import annotations

import io

from ..reports.problems import print_json
from ..schema import DOCUMENTS, schema_of
from .giving import give


def schema(kind: str, lang: str = "zh", out: str | None = None) -> int:
    """Print the schema of a kind of file, or write it to a file."""
    text = io.StringIO()
    print_json(schema_of(DOCUMENTS[kind], lang), text)
    return give(text.getvalue().encode(), out, DOCUMENTS[kind].title(lang))
