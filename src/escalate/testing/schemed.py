"""Whether a text of a kind that people write fits the JSON Schema of its kind, as an editor asks it. Needs `jsonschema`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..lsp.kinds import document_of
from ..parse import ListNode, MapNode, Node, parse
from ..schema import DOCUMENTS, schema_of
from ..source import Source
from .texts import LANGUAGES, TextLaw, hold
from .written import Written

_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def value_of(node: Node | None) -> Any:
    """A node as an editor hands it to a schema: read by YAML's core schema, 1.2."""
    if node is None:
        return None
    if isinstance(node, MapNode):
        return {key.text: value_of(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [value_of(item) for item in node.items]
    if node.quoted:
        return node.text
    if node.text in _WORDS:
        return _WORDS[node.text]
    if _INT.fullmatch(node.text):
        return int(node.text, 0) if node.text.startswith("0") and node.text[1:2] in ("o", "x") else int(node.text)
    return float(node.text) if _FLOAT.fullmatch(node.text) else node.text


def unfit(source: Source) -> list[str]:
    """What the schema of its kind says against a text; nothing where it fits."""
    value, kind = value_of(parse(source)[0]), document_of(source).kind
    return [f"{source.path}: {error.json_path}: {error.message[:200]}" for lang in LANGUAGES for error in _validator(kind, lang).iter_errors(value)]


@lru_cache(16)
def _validator(kind: str, lang: str) -> Any:
    from jsonschema import Draft7Validator

    schema = schema_of(DOCUMENTS[kind], lang)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def what_loads_the_schema_takes(written: Written) -> None:
    """The schema finds nothing wrong with what loads, and refuses a key that no reader knows. Guards against red lines below what is right."""
    wrong = unfit(written.source)
    hold(what_loads_the_schema_takes, not wrong, written, f"the schema says {wrong[:1]}")
    strange = unfit(Source(written.path, f"{written.text.rstrip()}\nno_such_key: 1\n"))
    hold(what_loads_the_schema_takes, strange or written.text.lstrip().startswith("{"), written, "the schema takes a key that nobody knows")


SCHEMA_LAWS: tuple[TextLaw, ...] = (what_loads_the_schema_takes,)
