"""What is known of the keys of a text's kind."""

from __future__ import annotations

from ..kinds import kind_of, kind_told
from ..schema import DOCUMENTS
from ..schema.shapes import Document
from ..source import Source


def document_of(source: Source) -> Document:
    """The keys of its kind of file."""
    return DOCUMENTS[kind_of(source)]


def is_ours(source: Source) -> bool:
    """Whether a text is one of our files, as far as its name and its first keys tell: a folder may hold other YAML."""
    return bool(kind_told(source))
