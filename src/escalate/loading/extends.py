"""Building on another file: what is extended comes first, changes name paths, and what a file writes is added."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from attrs import define, evolve, field, frozen

from ..messages import UNSAID, glued, ours, say
from ..mixups import misplaced
from ..parse import ListNode, MapNode, Node, TextNode, parse
from ..source import Problem, Source
from ..translate.forms import EN
from ..translate.own import Own
from ..translate.tree import ENGLISH, Turn, defined, either, english, keywords, shape_at, steps
from .draft import Draft, nearest, one_of
from .paths import add, paths_of, put, resolve
from .shape import ADDED, OWN, TAKEN_OVER

DEEPEST = 10
Find = Callable[[str, Source], "tuple[Source | None, list[Problem]]"]


@frozen
class File:
    """One file of a policy: its tree as it stands there, and what turns it into English."""

    written: MapNode
    turn: Turn = ENGLISH


@frozen
class Merged:
    """The tree of a policy after `extends`, in English; files: what it is made of, in the order of `sources`, the one that builds on all first."""

    tree: MapNode
    sources: tuple[Source, ...]
    files: tuple[File, ...]


@define
class _Stack:
    """The files that are being read, the newest last; above: the names that each defines which builds on the next."""

    draft: Draft
    find: Find
    open: list[str] = field(factory=list)
    above: list[Own] = field(factory=list)
    files: list[File] = field(factory=list)
    sources: list[Source] = field(factory=list)


def merged(draft: Draft, source: Source, find: Find) -> Merged | None:
    """The tree of a file and all that it extends; None where a file cannot be read."""
    stack = _Stack(draft, find)
    tree = _read(stack, source)
    draft.sources = tuple(stack.sources)
    return None if tree is None else Merged(tree, draft.sources, tuple(reversed(stack.files)))


def _read(stack: _Stack, source: Source) -> MapNode | None:
    stack.open.append(posixpath.normpath(source.path))
    stack.sources.append(source)
    if strange := misplaced(source, "policy"):
        stack.draft.problems.append(strange)
        stack.open.pop()
        return None
    node, problems = parse(source)
    stack.draft.problems += problems
    tree = _as_policy(stack.draft, node)
    found = _extended(stack, tree) if isinstance(tree, MapNode) else None
    stack.open.pop()
    return found


def _as_policy(draft: Draft, node: Node | None) -> MapNode | None:
    if node is not None and not isinstance(node, MapNode):
        draft.wrong("wrong-shape", say("a policy is written as keys and values"), node, say("start with `policy: a-name`"))
        return None
    return node


def _extended(stack: _Stack, written: MapNode) -> MapNode | None:
    named = either(written, "policy", "extends")
    stack.above.append(defined(written, "policy"))
    base = _base(stack, named) if named is not None else None
    stack.above.pop()
    if named is not None and base is None:
        return None
    turn = Turn(EN, defined(base, "policy") | defined(written, "policy", _paths(base)), _paths(base))
    stack.files.append(File(written, turn))
    _not_taken(stack, written, turn)
    tree, problems = english(written, "policy", turn)
    stack.draft.problems += problems
    assert isinstance(tree, MapNode)
    if base is None:
        for key in ("set", "replace", "add"):
            if tree.get(key) is not None:
                stack.draft.wrong(
                    "nothing-to-change",
                    say("`{key}` changes what a file extends, and this one extends nothing", key=ours(key)),
                    tree.get(key),
                    say("write the change itself, or `extends: a-file.yaml`"),
                )
        return tree
    base = _changed(stack.draft, base, tree)
    return _joined(stack.draft, base, tree)


def _base(stack: _Stack, named: Node) -> MapNode | None:
    name = stack.draft.text(named, say("one file's name"))
    if not name:
        return None
    if len(stack.open) > DEEPEST:
        stack.draft.wrong("extends-circle", say("more than {DEEPEST} files extend one another", DEEPEST=DEEPEST), named)
        return None
    source, problems = stack.find(name, named.span.source)
    if source is None:
        reason = problems[0].message if problems else say("`{name}` is not found", name=name)
        stack.draft.wrong(
            "no-file",
            reason,
            named,
            (problems[0].help if problems else UNSAID)
            or say("the file is sought beside this one, then among those that come with the program: `standard.yaml`"),
        )
        return None
    if posixpath.normpath(source.path) in stack.open:
        circle = glued(
            (f"`{path}`" for path in [*stack.open[stack.open.index(posixpath.normpath(source.path)) :], source.path]), say(" extends ")
        )
        stack.draft.wrong("extends-circle", say("`{name}` extends this file in turn", name=name), named, circle)
        return None
    return _read(stack, source)


def _not_taken(stack: _Stack, written: MapNode, turn: Turn) -> None:
    """A keyword of a file is no name of one that builds on it: what the first says would depend on who reads it."""
    own = turn.own
    for above in stack.above:
        own |= above
    if own == turn.own:
        return
    free = {id(node): pieces for node, pieces in keywords(written, "policy", evolve(turn, own=own))}
    for node, pieces in keywords(written, "policy", turn):
        taken = [piece for piece in pieces if piece not in free.get(id(node), ())]
        if taken:
            word = node.text[taken[0].start : taken[0].end]
            help = say("write the English word here, or give the name another spelling")
            stack.draft.wrong(
                "ambiguous-name", say("`{word}` is a word of the language here, and a name in a file that builds on this one", word=word), node, help,
            )


def _paths(base: MapNode | None) -> Callable[[str], tuple[str, str]]:
    """What the paths of a file's changes are in English, and the shape of what stands there."""

    def path(text: str) -> tuple[str, str]:
        if base is None:
            return text, "change"
        found: list[str] = []
        for step in text.split("."):
            ways = [".".join([*found, one]) for one in (step, steps().get(step, step))]
            found.append(ways[1].rpartition(".")[2] if resolve(base, ways[0]) is None and resolve(base, ways[1]) is not None else step)
        keys = resolve(base, ".".join(found))
        if keys is None and len(found) > 1:
            container = resolve(base, ".".join(found[:-1]), container=True)
            keys = (*container, found[-1]) if container is not None else None
        return ".".join(found), shape_at(keys) if keys else "change"

    return path


# --- changes --------------------------------------------------------------------------------------


def _changed(draft: Draft, base: MapNode, tree: MapNode) -> MapNode:
    for key, value in _changes(draft, tree, "set"):
        base = _set(draft, base, key, value)
    for key, value in _changes(draft, tree, "replace"):
        base = _replace(draft, base, key, value)
    for key, value in _changes(draft, tree, "add"):
        base = _add(draft, base, key, value)
    return base


def _changes(draft: Draft, tree: MapNode, key: str) -> tuple[tuple[TextNode, Node], ...]:
    node = tree.get(key)
    if node is None:
        return ()
    if not isinstance(node, MapNode):
        draft.wrong("wrong-shape", say("`{key}` is written as paths and what each becomes", key=key), node)
        return ()
    return node.entries


def _set(draft: Draft, base: MapNode, key: TextNode, value: Node) -> MapNode:
    parameters = base.get("parameters")
    old = parameters.get(key.text) if isinstance(parameters, MapNode) else None
    if old is None:
        known = [name.text for name, _ in parameters.entries] if isinstance(parameters, MapNode) else []
        help = draft.near(key.text, known) or say("`set` gives a value to a parameter of what this file extends")
        draft.wrong("unknown-parameter", say("unknown parameter `{text}`", text=key.text), key, help)
        return base
    return put(base, ("parameters", key.text), _with_value(old, key, value), key)


def _with_value(old: Node, key: TextNode, value: Node) -> Node:
    """The parameter with another value: its title and clause stay unless they are written anew; a reason is its value's and goes with it."""
    if isinstance(value, ListNode) and value.items and isinstance(value.items[0], MapNode):
        return value
    kept = (
        tuple((name, node) for name, node in old.entries if name.text in ("title", "cites"))
        if isinstance(old, MapNode)
        else ()
    )
    new = value.entries if isinstance(value, MapNode) else ((TextNode("value", value.span), value),)
    names = {name.text for name, _ in new}
    return MapNode((*(entry for entry in kept if entry[0].text not in names), *new), key.span)


def _replace(draft: Draft, base: MapNode, key: TextNode, value: Node) -> MapNode:
    keys = resolve(base, key.text)
    if keys is None:
        _unknown_path(draft, base, key.text, key)
        return base
    return put(base, keys, value, key)


def _add(draft: Draft, base: MapNode, key: TextNode, value: Node) -> MapNode:
    if resolve(base, key.text) is not None:
        draft.wrong("same-name", say("`{text}` exists already", text=key.text), key, say("write it under `replace` to change it"))
        return base
    parent, _, name = key.text.rpartition(".")
    after, body = _after(draft, value)
    container = resolve(base, parent, container=True) if parent else None
    if container is None:
        _unknown_path(draft, base, parent or key.text, key)
        return base
    found = add(base, container, TextNode(name, key.span, key.quoted), body, after.text if after else "")
    if found is None and after is not None:
        draft.wrong(
            "unknown-path",
            say("nothing named `{text}` stands beside `{text2}`", text=after.text, text2=key.text),
            after,
            say("`after` names what it follows"),
        )
    return found or base


def _unknown_path(draft: Draft, base: MapNode, path: str, key: TextNode) -> None:
    paths = list(paths_of(base))
    same = [one for one in paths if one.rpartition(".")[2] == path.rpartition(".")[2] and "." in one]
    if len(same) > 1:
        draft.wrong("unknown-path", say("what this file extends has no `{path}`", path=path), key, one_of(same[:6]))
        return
    near = same[0] if same else nearest(path, paths)
    forms = say("a path is `days_away`, `marks.S`, `day`, `ladder`, `ladder.stage`, `ladder.stage.item`, `ladder.ends`")
    draft.wrong(
        "unknown-path", say("what this file extends has no `{path}`", path=path), key, say("did you mean `{near}`?", near=near) if near else forms
    )


def _after(draft: Draft, value: Node) -> tuple[TextNode | None, Node]:
    after = value.get("after") if isinstance(value, MapNode) else None
    if after is None or not isinstance(value, MapNode):
        return None, value
    draft.text(after)
    rest = MapNode(tuple(entry for entry in value.entries if entry[0].text != "after"), value.span, value.flow)
    return (after, rest) if isinstance(after, TextNode) and after.text else (None, rest)


# --- joining --------------------------------------------------------------------------------------


def _joined(draft: Draft, base: MapNode, own: MapNode) -> MapNode:
    """What a file writes, added to what it extends."""
    entries = [entry for entry in own.entries if entry[0].text in OWN]
    for key in TAKEN_OVER:
        written = _entry(own, key) or _entry(base, key)
        entries += [written] if written else []
    for key in ADDED:
        entries += _together(draft, _entry(base, key), _entry(own, key))
    known = {*OWN, *TAKEN_OVER, *ADDED}
    # What nothing knows stays, so that it is reported at its place.
    entries += [entry for tree in (base, own) for entry in tree.entries if entry[0].text not in known]
    return MapNode(tuple(entries), own.span)


def _entry(tree: MapNode, key: str) -> tuple[TextNode, Node] | None:
    return next((entry for entry in tree.entries if entry[0].text == key), None)


def _together(
    draft: Draft, base: tuple[TextNode, Node] | None, own: tuple[TextNode, Node] | None
) -> list[tuple[TextNode, Node]]:
    if base is None or own is None:
        return [entry for entry in (base, own) if entry]
    (key, old), (_, new) = base, own
    if not isinstance(old, MapNode) or not isinstance(new, MapNode) or key.text == "day":
        _again(draft, key.text, own[0], key)
        return [own]
    names = {name.text: name for name, _ in old.entries}
    for name, _ in new.entries:
        if name.text in names:
            _again(draft, key.text, name, names[name.text])
    added = tuple(entry for entry in new.entries if entry[0].text not in names)
    return [(own[0], MapNode((*old.entries, *added), new.span, new.flow))]


def _again(draft: Draft, section: str, name: TextNode, first: TextNode) -> None:
    path = f"{section}.{name.text}" if section == "marks" else name.text
    more = say("; its value under `set: {{{text}: ...}}`", text=name.text) if section == "parameters" else UNSAID
    draft.wrong(
        "same-name",
        say("`{text}` stands already in what this file extends ({path}:{line})", text=name.text, path=first.span.source.path, line=first.span.line),
        name,
        say("to change it, write it whole under `replace: {{{path}: ...}}`{more}", path=ours(path) if section == name.text else path, more=more),
    )
