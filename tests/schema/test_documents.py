"""The tables against the readers: the same keys, the same words to choose from."""

import re

import pytest
from jsonschema import Draft7Validator

from escalate.loading.keys import Keys
from escalate.readers.nodes import Nodes
from escalate.schema import DOCUMENTS, KINDS, schema_of
from escalate.schema.shapes import AnyOf, ByKey, ListOf, NamesOf, Ref, Value, key, picked
from escalate.schema.spellings import spellings
from escalate.source import Source

from .test_draft7 import READERS, ROOT, SEEDS, beside  # noqa: F401  # a fixture

ENTRIES = [(kind, name, word, entry) for kind in KINDS for name, thing in DOCUMENTS[kind].things.items() for word, entry in thing.keys.items()]
CASES = sorted((ROOT / "tests" / "cases").glob("*.bad.yaml"))


def parts(shape):
    """A shape and all that is in it."""
    yield shape
    for part in shape.parts if isinstance(shape, AnyOf) else (shape.of,) if isinstance(shape, (ListOf, NamesOf)) else ():
        yield from parts(part)


@pytest.fixture
def asked(monkeypatch):
    """What the readers ask for: by the kind of file, the keys that a thing may have, and the words that a key may hold."""
    found = {"keys": set(), "words": set()}
    made, keys, choice, node_choice = Keys.__init__, Nodes.keys, Keys.choice, Nodes.choice

    def make(self, draft, node, what, known, place=None):
        found["keys"].add(frozenset(known))
        made(self, draft, node, what, known, place)

    def read_keys(self, node, known, what):
        found["keys"].add(frozenset(known))
        return keys(self, node, known, what)

    def choose(self, key, options, otherwise):
        found["words"].add((key, tuple(options)))
        return choice(self, key, options, otherwise)

    def choose_node(self, node, words, what, of=None):
        found["words"].add((what, tuple(words)))
        return node_choice(self, node, words, what, of)

    monkeypatch.setattr(Keys, "__init__", make)
    monkeypatch.setattr(Nodes, "keys", read_keys)
    monkeypatch.setattr(Keys, "choice", choose)
    monkeypatch.setattr(Nodes, "choice", choose_node)
    return found


def test_every_thing_that_a_reader_knows_is_described(asked, beside):  # noqa: F811
    """Key for key, and every word that a key may be; no thing is described that nothing reads."""
    for kind in KINDS:
        for text in SEEDS[kind]:
            READERS[kind](Source(beside, text))
    for path in CASES:
        READERS["policy"](Source(str(path), path.read_bytes().decode("utf-8", "replace")))
    described = {frozenset(thing.keys) for document in DOCUMENTS.values() for thing in document.things.values()}
    chosen = {(word, part.words) for _, _, word, entry in ENTRIES for part in parts(entry.holds) if isinstance(part, Value) and part.words}

    assert set() == asked["keys"] - described
    # What is told apart by its first key, and what is read as names of which each must be known.
    others = {"event", "line", "week", "columns", "constants"}
    assert others == {name for document in DOCUMENTS.values() for name, thing in document.things.items() if frozenset(thing.keys) not in asked["keys"]}
    assert set() == {one for one in asked["words"] - chosen if one[0] in {word for _, _, word, _ in ENTRIES}}


@pytest.mark.parametrize("kind", KINDS)
def test_every_reference_leads_to_a_thing(kind):
    """And every thing is reached."""
    document, reached = DOCUMENTS[kind], {DOCUMENTS[kind].root}
    for name, thing in document.things.items():
        for part in (part for entry in thing.keys.values() for part in parts(entry.holds)):
            reached |= {part.thing} if isinstance(part, Ref) else {part.thing, part.other} if isinstance(part, ByKey) else set()
        assert set(thing.needed) | {one for group in thing.one_of for one in group} <= set(thing.keys), name

    assert set(document.things) == reached


def test_every_key_is_told_in_two_languages():
    """In a sentence each."""
    for kind, name, word, entry in ENTRIES:
        place = f"{kind} {name} {word}"

        assert re.fullmatch(r"[ -~]{3,}(\.|\.\.\.)", entry.said("en")), place
        assert re.search("[\u4e00-\u9fff]", entry.said("zh")), place
        assert entry.said("zh").endswith(("。", "……")), place


def test_a_key_that_one_side_lacks_is_our_fault():
    """Neither the reader nor the table may have one of its own."""
    one = key(Value(), "One.", "一。")

    with pytest.raises(KeyError, match="b"):
        picked(("a", "b"), {"a": one})
    with pytest.raises(KeyError, match="b"):
        picked(("a",), {"a": one, "b": one})


def test_a_key_is_spelled_as_the_reader_knows_it():
    """The first spelling is that of the tables."""
    assert [word for _, _, word, _ in ENTRIES] == [spellings(word, name)[0] for _, name, word, _ in ENTRIES]


def test_a_second_spelling_is_taken_everywhere(monkeypatch):
    """Of one thing's key: as a key, where it must be written, and where it tells things apart."""
    twins = {("stage", "when"): "当", ("consequence", "entry"): "记入", ("item", "by"): "由"}
    monkeypatch.setattr("escalate.schema.shapes.spellings", lambda key, thing: (key, *([twins[thing, key]] if (thing, key) in twins else ())))
    monkeypatch.setattr("escalate.schema.draft7.spellings", lambda key, thing: (key, *([twins[thing, key]] if (thing, key) in twins else ())))
    schema = Draft7Validator(schema_of(DOCUMENTS["policy"], "zh"))

    def stage(key, item):
        return {"ladders": {"a": {"stages": {"s": {key: "x", "do": {"i": item}}}, "ends": {"when": "y"}}}}

    assert schema.is_valid(stage("当", {"由": "x"}))
    assert schema.is_valid(stage("when", {"记入": "-1 yuan", "to": "x"}))
    assert not schema.is_valid(stage("记入", {"by": "x"}))
    assert not schema.is_valid(stage("当", {"记入": "-1 yuan", "由": "x"}))
    assert not schema.is_valid({"ladders": {"a": {"stages": {}, "ends": {"当": "y"}}}})
