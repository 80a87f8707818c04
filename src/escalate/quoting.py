"""Texts as they stand in YAML that is written here."""

from __future__ import annotations

PLAIN = "_-./"  # signs beside letters and digits that no quotes are needed for


def quoted(text: str) -> str:
    """A text within braces as YAML reads it back, in quotes where it needs them."""
    if text[:1].isalnum() and all(sign.isalnum() or sign in PLAIN for sign in text):
        return text
    return in_quotes(text)


def in_quotes(text: str) -> str:
    """A text in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
