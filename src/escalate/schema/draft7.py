"""A kind of file as JSON Schema, draft 7: what editors check YAML by. It refuses nothing that the reader takes."""

from __future__ import annotations

from collections.abc import Sequence

from .shapes import AnyOf, Anything, ByKey, Document, Key, ListOf, NamesOf, Ref, Shape, Thing, Value
from .spellings import spellings, twins

DRAFT = "http://json-schema.org/draft-07/schema#"
# A reader takes every scalar as the text that was written; an editor has made numbers and truths of some.
_SCALAR = ["string", "number", "boolean", "null"]
Json = dict[str, object]


def schema_of(document: Document, lang: str) -> Json:
    """The schema of one kind of file, its descriptions in a language."""
    return {
        "$schema": DRAFT,
        "title": document.title(lang),
        **_thing(document.things[document.root], lang),
        "definitions": {name: _thing(thing, lang) for name, thing in document.things.items() if name != document.root},
    }


def _thing(thing: Thing, lang: str) -> Json:
    found: Json = {
        "type": ["object", "null"] if thing.blank else "object",
        "properties": {spelled: _key(thing.keys[name], lang) for spelled, name in thing.spelled().items()},
        "additionalProperties": False,
    }
    written = [_written(names) for names in thing.groups()]
    return {**found, **(written[0] if len(written) == 1 else {"allOf": written} if written else {})}


def _written(names: Sequence[str]) -> Json:
    """That one of some keys is written."""
    return {"required": list(names)} if len(names) == 1 else {"anyOf": [{"required": [name]} for name in names]}


def _key(key: Key, lang: str) -> Json:
    shape = _shape(key.holds)
    told: Json = {"description": key.said(lang), **({"examples": list(key.examples)} if key.examples else {})}
    return {**told, "allOf": [shape]} if "$ref" in shape else {**told, **shape}


def _shape(shape: Shape) -> Json:
    if isinstance(shape, Value):
        return _value(shape)
    if isinstance(shape, ListOf):
        return {"type": ["array", "null"], "items": _shape(shape.of)}
    if isinstance(shape, NamesOf):
        names: Json = {"propertyNames": {"pattern": f"^(?:{shape.pattern})$"}} if shape.pattern else {}
        return {"type": ["object", "null"], **names, "additionalProperties": _shape(shape.of)}
    if isinstance(shape, Ref):
        return {"$ref": f"#/definitions/{shape.thing.replace(' ', '%20')}"}
    if isinstance(shape, ByKey):
        return {"type": "object", "if": _written(spellings(shape.key, shape.thing)), "then": _shape(Ref(shape.thing)), "else": _shape(Ref(shape.other))}
    return {"anyOf": [_shape(part) for part in shape.parts]} if isinstance(shape, AnyOf) else _anything(shape)


def _anything(_: Anything) -> Json:
    return {}


def _value(value: Value) -> Json:
    if value.kind == "truth":
        return {"enum": [True, False, "true", "false", *twins("true"), *twins("false")]}
    if value.kind == "whole":
        return {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string"}]}
    if value.begins:
        return {"type": "string", "pattern": rf"^\s*(?:(?:{'|'.join(value.begins)})(?:\s|$)|.*[^\x00-\x7F])"}  # in Chinese a parameter may stand first
    if not value.words:
        return {"type": _SCALAR}
    # The first part is what an editor offers, the second what the reader takes besides: blanks, and a unit in the plural.
    many = "s?" if value.kind == "unit" else ""
    words = [*value.words, *(twin for word in value.words for twin in twins(word))]
    blanks = "|".join(r"\s+".join(word.split()) for word in words)
    return {"anyOf": [{"enum": words}, {"type": "string", "pattern": rf"^\s*(?:{blanks}){many}\s*$"}]}
