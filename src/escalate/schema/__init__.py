"""The files that people write, key by key: what the readers know, with what each key is for; as data and as JSON Schema."""

from .documents import DOCUMENTS, KINDS
from .draft7 import schema_of

__all__ = ["DOCUMENTS", "KINDS", "schema_of"]
