"""The schemas against the readers: what a reader takes no schema refuses, and a key that no reader knows every schema does."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from escalate.load import check_policy
from escalate.parse import ListNode, MapNode, TextNode
from escalate.readers.calendar import parse_calendar
from escalate.readers.mapping import parse_mapping
from escalate.schema import DOCUMENTS, KINDS, schema_of
from escalate.source import Source
from escalate.spec.reading import SHARED, parse_spec

from .core import read, value_of, written

ROOT = Path(__file__).parents[2]
READERS = {
    "policy": lambda source: check_policy(source)[1],
    "spec": lambda source: parse_spec(source)[1],
    "calendar": lambda source: parse_calendar(source)[1],
    "mapping": lambda source: parse_mapping(source)[1],
}
SCHEMAS = {kind: schema_of(DOCUMENTS[kind], "zh") for kind in KINDS}
VALIDATORS = {kind: Draft7Validator(schema) for kind, schema in SCHEMAS.items()}


def kind_of(path):
    """What a file is, by its name and its first key."""
    if path.name.endswith(".spec.yaml"):
        return "spec"
    text = path.read_text(encoding="utf-8", errors="replace")
    return "calendar" if re.search(r"^(calendar|校历):", text, re.MULTILINE) else "mapping" if "\nformat:" in f"\n{text}" else "policy"


FILES = [path for folder in ("policies", "examples", "tests", "src") for path in sorted((ROOT / folder).rglob("*.yaml")) if path.name != "clauses.yaml"]


def taken(kind, source):
    """Whether the reader takes a text."""
    return not any(not problem.warning for problem in READERS[kind](source))


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_a_schema(kind):
    """In both languages."""
    for lang in ("zh", "en"):
        Draft7Validator.check_schema(schema_of(DOCUMENTS[kind], lang))


def test_every_file_that_loads_is_valid():
    """Policies, specs, calendars and mappings of the project; one that is not valid is one that its reader refuses."""
    kinds, refused = set(), []
    for path in FILES:
        kind = kind_of(path)
        _, value = read(path.read_text(encoding="utf-8", errors="replace"))
        if value is None:
            continue
        kinds.add(kind)
        error = next(VALIDATORS[kind].iter_errors(value), None)
        if error is not None and taken(kind, Source(str(path), path.read_text(encoding="utf-8"))):
            refused.append(f"{path.relative_to(ROOT)}: {'.'.join(map(str, error.path))}: {error.message[:200]}")

    assert [] == refused
    assert {"policy", "spec", "mapping", "calendar"} == kinds


@pytest.mark.parametrize(("kind", "page"), [("calendar", "files"), ("mapping", "mapping"), ("spec", "specs")])
def test_the_examples_of_the_pages_are_valid(kind, page):
    """Those that begin as such a file."""
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    begins = {"calendar": r"calendar:", "mapping": r"format:", "spec": r"# policies/example"}[kind]
    blocks = re.findall(rf"```yaml\n({begins}.*?)```", text, re.DOTALL)

    assert blocks
    assert [[]] * len(blocks) == [[error.message for error in VALIDATORS[kind].iter_errors(read(block)[1])] for block in blocks]


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_key_is_refused(kind):
    """Wherever keys are known: every key of every thing, one letter longer, in an otherwise valid file."""
    for name, thing in DOCUMENTS[kind].things.items():
        schema = {**SCHEMAS[kind], "$ref": f"#/definitions/{name.replace(' ', '%20')}"} if name != DOCUMENTS[kind].root else SCHEMAS[kind]
        for key in thing.keys:
            errors = list(Draft7Validator(schema).iter_errors({f"{key}z": "x"}))

            assert any(error.validator == "additionalProperties" for error in errors), (name, key)


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_valid(kind):
    """Where its key stands."""
    for name, thing in DOCUMENTS[kind].things.items():
        below = SCHEMAS[kind] if name == DOCUMENTS[kind].root else SCHEMAS[kind]["definitions"][name]
        for key, entry in thing.keys.items():
            for example in entry.examples:
                Draft7Validator({**below["properties"][key], "definitions": SCHEMAS[kind]["definitions"]}).validate(example)


SMALL = """
policy: small
extends: standard.yaml
students: {special_case: {title: 特殊}}
roles: {teacher: {of: class}, principal: {}}
ladders: {a: {stages: {s: {when: days_away >= 1, do: {home_visit: {by: teacher, due: 1 school day}}}}, ends: {when: days_back >= 1}}}
"""


@pytest.fixture(scope="session")
def beside(tmp_path_factory):
    """A file's name beside a small policy, which specs name."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "policy.yaml").write_text(SMALL, encoding="utf-8")
    return str(folder / "file.yaml")


# --- mutations --------------------------------------------------------------------------------------------

SEEDS = {
    "policy": [
        """
policy: p
title: {zh: 办法, en: Rules}
extends: standard.yaml
in_force: {from: 2025-09-01, to: 2026-08-31}
lang: zh
parameters: {n: {value: 3, cites: c1}, limit: [{where: grade >= 7, value: 2%}, {from: 2018-09-01, value: 3%}, {value: 5%}], form: {value: 家访表}, w: {value: week}}
students: {special: {title: 特殊}, distance: {is: number, kept: 3 years}}
roles: {teacher: {of: class, above: head}, head: {title: 校长}}
measures: {away: {share: [excused, unexcused], of: possible, unit: session, within: [4 weeks, w], floor: 10 sessions}, late_minutes: {sum: late, unit: minute, within: month}}
ladders:
  a:
    where: enrolled and not special
    if_overdue: {chase: {by: head, due: 1 school day}}
    stages:
      one: {when: days_away >= n, do: {visit: {form: {parameter: form}, by: [teacher, head], to: parent, due: 3 school days, results: [ok, bad], if_outcome: {bad: {order: {by: head, due: end of term}}}}}}
      two: {when: away >= limit, again: each crossing, need: done(visit), do: {tell: {notify: {above: teacher}, keep: true}, fine: {entry: -50 yuan, to: {each: teacher}, for: term}}}
    ends: {when: days_back >= 1, do: {back: {by: {each: teacher}, about: {who_had: visit}, due: 1 week, from: event, if_no_school: next school day, times: 2}}}
duties: {count: {every: term, at_least: 2, each: class, in_holidays: keep, do: {head_count: {by: teacher, due: end of term}}}}
targets: {loss: {each: class, count: dropped_out, among: enrolled, base: [{where: grade == 1, on: intake}, {on: term start}], at_most: 2%, check: [term end], list: counted, if_broken: {say: {by: head, due: 1 month}}}}
registers: {list: {where: open_case(a), columns: [name, days_away], readers: [head], kept: forever}}
results: {ok: {title: {zh: 好, en: Fine}}, bad: {title: 不好, why: 家长的话}}
""",
        "policy: s\nextends: standard.yaml\nset: {}\nreplace: {day: {absent_when: any session}}\nadd: {measures.days_gone: {after: days_away, run: unexcused, unit: day, neutral: excused}}\n",
    ],
    "calendar": [
        """
calendar: x
timezone: Asia/Shanghai
sessions: {am: 08:00-11:40, 1: 14:00-15:00}
week: {monday: [am], friday: [am, 1]}
terms: {autumn: {from: 2025-09-01, to: 2026-01-23}}
covers: {from: 2025-08-25, to: 2026-08-31}
closed: [2025-10-01..2025-10-08]
make_up: {2025-09-29: friday}
days: {2025-11-14: {kind: sports, sessions: [am], weekday: friday, reason: x}}
office: {closed: {2025-10-01: x}, open: [2025-09-28]}
years: {2025: [autumn]}
schools: {north: {closed: {2025-12-01: snow}, office: }}
""",
    ],
    "mapping": [(ROOT / "src/escalate/mappings/edfi.yaml").read_text(encoding="utf-8"), "format: csv\ndelimiter: tab\ncolumns: {student: a, date: b}\nconstants: {session: 1}\ncodes: {x: P}\nsessions: {一: 1}\ndate_format: D/M/YYYY\nunmarked: P\n"],
    "spec": [
        """
title: t
policy: policy.yaml
from: 2025-11-03
cases:
  a:
    students: {小明: {class: 1, grade: 7}}
    roles: {principal: 王, teacher: {1: [张, 李]}}
    marks: {小明: AAA P}
    events: {2025-11-04 10:00: [{status: transferred_out}, {flag: special_case, value: yes}, {mark: S, date: 2025-11-04}, {outcome: home_visit, result: ok}]}
    expect:
      2025-11-03: [{issued: home_visit, by: [teacher], due: 2025-11-04}]
      2025-11-05: {done: home_visit, student: 小明, notify: {who_had: home_visit}}
""",
    ],
}
WORDS = [
    "x", "", "3", "3.0", "010", "true", "True", "yes", "null", "2%", "school day", "school days", " term ", "next  school day", "2025-09-01", "enrolled", "day", "counted",
    "head", "teacher", "each crossing", "term start", "visit", "present", "zh", "keep",
]  # fmt: skip


def places(node, path=()):
    """Every place in a tree."""
    yield path
    children = enumerate(node.items) if isinstance(node, ListNode) else enumerate(value for _, value in node.entries) if isinstance(node, MapNode) else ()
    for n, child in children:
        yield from places(child, (*path, n))


def at(node, path):
    """What stands at a place."""
    for n in path:
        node = node.items[n] if isinstance(node, ListNode) else node.entries[n][1]
    return node


def changed(node, path, change):
    """The tree with one place changed."""
    if not path:
        return change(node)
    n, rest = path[0], path[1:]
    if isinstance(node, ListNode):
        return ListNode((*node.items[:n], changed(node.items[n], rest, change), *node.items[n + 1 :]), node.span)
    key, value = node.entries[n]
    return MapNode((*node.entries[:n], (key, changed(value, rest, change)), *node.entries[n + 1 :]), node.span)


@st.composite
def mutated(draw, kind):
    """A seed with some places changed: another word, one out, one in, a key renamed, a list around, one place's value at another."""
    tree, _ = read(draw(st.sampled_from(SEEDS[kind])))
    keys = sorted(set(itertools.chain.from_iterable(thing.keys for thing in DOCUMENTS[kind].things.values())))
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(tree))
        path, other = draw(st.sampled_from(found)), draw(st.sampled_from(found))
        word = TextNode(draw(st.sampled_from(WORDS)), tree.span, draw(st.booleans()))
        key = TextNode(draw(st.sampled_from(keys)), tree.span)
        value = draw(st.sampled_from([word, at(tree, other), ListNode((word,), tree.span)]))
        how = draw(st.sampled_from(["word", "list", "out", "in", "swap"]))

        def change(node, how=how, word=word, key=key, value=value):
            if how == "word" or not isinstance(node, MapNode):
                return ListNode((node,), node.span) if how == "list" else value if how == "swap" else word
            if how == "in":
                return MapNode((*(entry for entry in node.entries if entry[0].text != key.text), (key, value)), node.span)
            return MapNode(node.entries[1:], node.span) if how == "out" else value if how == "swap" else ListNode((node,), node.span)

        tree = changed(tree, path, change)
    return written(tree)


def read_by_the_reader(kind, value):
    """A file without what stands at the top of a spec and in each of its cases again: nobody reads it."""
    cases = value.get("cases") if kind == "spec" and isinstance(value, dict) else None
    own = [set(case) for case in cases.values() if isinstance(case, dict)] if isinstance(cases, dict) else []
    unread = set.intersection(*own) & set(SHARED) if own else set()
    return {key: held for key, held in value.items() if key not in unread} if unread else value


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=80)
def test_what_a_reader_takes_the_schema_takes(kind, beside, data):
    """Of any mutation."""
    text = data.draw(mutated(kind))
    _, value = read(text)
    if value is None:
        return
    error = next(VALIDATORS[kind].iter_errors(read_by_the_reader(kind, value)), None)

    assert error is None or not taken(kind, Source(beside, text)), (error.message[:300], text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_seeds_of_the_mutations_are_taken(kind, beside):
    """Or nothing would be learnt of what is near to them."""
    for text in SEEDS[kind]:
        node, value = read(text)

        assert [] == [str(error.message) for error in VALIDATORS[kind].iter_errors(value)]
        assert [] == [(problem.message, str(problem.span)) for problem in READERS[kind](Source(beside, text)) if not problem.warning]
        assert value == value_of(read(written(node))[0])


def test_what_is_plainly_wrong_is_refused():
    """A word that no choice has, a stage without a condition, an item of nobody, a list of keys."""
    policy = VALIDATORS["policy"]

    assert not policy.is_valid({"lang": "german"})
    assert not policy.is_valid({"ladders": {"a": {"stages": {"s": {"do": {}}}}}})
    assert not policy.is_valid({"ladders": {"a": {"stages": {"s": {"when": "x", "do": {"i": {"due": "1 day"}}}}}}})
    assert not policy.is_valid({"marks": {"A": "unexcusd"}})
    assert not policy.is_valid({"roles": ["a"]})
    assert policy.is_valid({"marks": {"A": "unexcused truant"}})


