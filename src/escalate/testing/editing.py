"""The laws of an editor over a policy's text: what the language server answers of every name, key and change. Asked as those of a text are."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import pathlib
import posixpath
from collections.abc import Iterable, Iterator
from typing import Any

from ..load import check_policy
from ..lsp.completion import offers_at
from ..lsp.diagnostics import problems_in
from ..lsp.hover import told_at
from ..lsp.kinds import document_of
from ..lsp.mentions import Mention, mentions_of
from ..lsp.naming import NoRename, changed, definitions, mention_at, references, rename
from ..lsp.positions import bounds, position_at
from ..lsp.texts import Texts, reading_of
from ..lsp.walking import spots
from ..source import Span
from .texts import LANGUAGES, BrokenText, NearMiss, TextLaw, hold
from .texts import said as told_of
from .written import Written

ASKED = 6  # places of a text, of each kind, at which something is asked
NEW_NAME = "another_name_x"
GUESSED = (("replace",), ("add",))


def texts_of(written: Written) -> Texts:
    """What an editor has open: the file, and those of its folder that it extends."""
    path, own = _path(written), {_placed(path): text for path, text in {**written.files, written.path: written.text}.items()}
    below = {_placed(file.source.path): file.source.text for file in reading_of(Texts(own), path).files}
    return Texts({name: text for name, text in {**below, **own}.items() if posixpath.dirname(name) == posixpath.dirname(path)})


def _path(written: Written) -> str:
    return _placed(written.path)


def _placed(path: str) -> str:
    """A path as an editor has it: of a drawn text, as if it lay at the top."""
    return posixpath.normpath((path if os.path.isabs(path) else f"/{path}").replace(os.sep, "/"))


def _own(texts: Texts, path: str) -> tuple[Mention, ...]:
    """What a text itself names."""
    return tuple(one for one in mentions_of(reading_of(texts, path)) if one.span.source == texts.source(path))


def _some(found: list[Any]) -> list[Any]:
    """So many of some, from the first to the last."""
    return found[:: max(len(found) // ASKED, 1)]


def an_editor_finds_what_check_finds(written: Written) -> None:
    """The problems of an open text are those of `escalate check`, each at a place in it. Guards against an editor that is content with what does not load."""
    texts, path = texts_of(written), _path(written)
    shown = problems_in(texts, path)
    found = check_policy(texts.source(path), find=texts.find)[1]
    hold(an_editor_finds_what_check_finds, [one.kind for one in shown] == [one.kind for one in found], written, f"it shows {[one.kind for one in shown]}")
    away = [one.kind for one in shown if one.span is None or one.span.source != texts.source(path)]
    hold(an_editor_finds_what_check_finds, not away, written, f"{away[:1]} stands elsewhere")


def every_name_leads_home(written: Written) -> None:
    """From each name one comes to where it is defined, and from there back to it. Guards against an editor that jumps elsewhere."""
    texts, path = texts_of(written), _path(written)
    for one in _some(list(_own(texts, path))):
        at = bounds(one.span)[0]
        found = mention_at(texts, path, at)
        hold(every_name_leads_home, found is not None and found.span == one.span, written, f"at {one.span} stands {found}, and not {one.name}")
        homes, uses = definitions(texts, path, at), references(texts, path, at)
        hold(every_name_leads_home, one.span in uses, written, f"`{one.name}` at {one.span} is not among its uses")
        hold(every_name_leads_home, set(homes) <= set(uses), written, f"`{one.name}` is defined where it is not named")
        hold(every_name_leads_home, not one.defines or one.span in homes, written, f"`{one.name}` at {one.span} is not where it is defined")


def what_is_called_otherwise_is_the_same_policy(written: Written) -> None:
    """A name is changed wherever it stands, or refused with a reason: what comes of it loads, and changed back it is the same text.

    Guards against a rename that leaves a name behind.
    """
    law, texts, path = what_is_called_otherwise_is_the_same_policy, texts_of(written), _path(written)
    for one in {one.kind: one for one in _own(texts, path)}.values():
        at = bounds(one.span)[0]
        try:
            edits = rename(texts, path, at, NEW_NAME)
        except NoRename as no:
            hold(law, str(no), written, f"`{one.name}` is refused without a reason")
            continue
        after = changed(texts, edits)
        wrong = [problem for problem in check_policy(after.source(path), find=after.find)[1] if not problem.warning]
        hold(law, not wrong, written, f"with `{one.name}` called otherwise: {wrong[:1]}")
        place = next(bounds(new.span)[0] for new in mentions_of(reading_of(after, path)) if new.name == NEW_NAME and new.span.source == after.source(path))
        hold(law, changed(after, rename(after, path, place, one.name)).open == texts.open, written, f"`{one.name}` is not called so again")


def what_is_written_may_be_written(written: Written) -> None:
    """The keys that stand in a text are among what is offered at their places. Guards against an editor that offers all but the right word."""
    texts, path = texts_of(written), _path(written)
    source = texts.source(path)
    (own, *_) = reading_of(texts, path).files
    # What stands below `replace` and `add` is known by its keys alone: without one of them it may be anything.
    known = [spot for spot in spots(document_of(source), own.tree) if spot.what == "key" and spot.entry is not None and spot.path[:1] not in GUESSED]
    for spot in _some(known):
        offered = [one.text for lang in LANGUAGES for one in offers_at(texts, path, bounds(spot.node.span)[0], lang)]
        hold(what_is_written_may_be_written, spot.written in offered or spot.node.text in offered, written, f"`{spot.written}` at {spot.node.span}: {offered}")


def every_word_is_told(written: Written) -> None:
    """What a key is for, and what a name means, is told in both languages wherever it stands. Guards against an editor that is silent."""
    texts, path = texts_of(written), _path(written)
    source = texts.source(path)
    (own, *_) = reading_of(texts, path).files
    keys = [spot.node.span for spot in spots(document_of(source), own.tree) if spot.what == "key" and spot.entry is not None]
    for span in _some(keys) + _some([one.span for one in _own(texts, path)]):
        for lang in LANGUAGES:
            told = told_at(texts, path, bounds(span)[0], lang)
            hold(every_word_is_told, told is not None and told.text.strip() and told.span.source == source, written, f"nothing is told in {lang} of {span}")


def a_server_says_the_same(written: Written) -> None:
    """Over the protocol an editor is told what these answers are. Guards against places that are counted otherwise. Needs `pygls`."""
    law, texts, path = a_server_says_the_same, texts_of(written), _path(written)
    files = {name: pathlib.Path(name).as_uri() for name in texts.open}
    asked = [one.span for one in _some(list(_own(texts, path)))[:1]]
    sent: list[tuple[str, dict[str, Any]]] = [("initialize", {"processId": None, "rootUri": None, "capabilities": {}})]
    sent += [("textDocument/didOpen", {"textDocument": {"uri": files[name], "languageId": "yaml", "version": 1, "text": texts.open[name]}}) for name in files]
    for span in asked:
        place = {"textDocument": {"uri": files[path]}, "position": _position(texts.open[path], bounds(span)[0])}
        sent += [(f"textDocument/{what}", place) for what in ("hover", "completion", "definition", "prepareRename")]
        sent += [("textDocument/references", {**place, "context": {"includeDeclaration": True}}), ("textDocument/rename", {**place, "newName": NEW_NAME})]
    told = list(_spoken([*sent, ("shutdown", {}), ("exit", {})]))
    shown = [one["params"]["diagnostics"] for one in told if one.get("method") == "textDocument/publishDiagnostics" and one["params"]["uri"] == files[path]]
    hold(law, [one["code"] for one in shown[-1]] == [one.kind for one in problems_in(texts, path)], written, f"it publishes {shown[-1]}")
    answers = {one["id"]: one for one in told if "id" in one}
    for n, span in enumerate(asked):
        hover, offered, homes, name, uses, renamed = (answers[len(files) + 1 + 6 * n + k] for k in range(6))
        at = bounds(span)[0]
        expected = told_at(texts, path, at, "en")
        hold(law, expected is not None and hover["result"]["contents"]["value"] == expected.text, written, f"at {span} it tells {hover}")
        labels = [one["label"] for one in offered["result"]]
        hold(law, labels == [one.text for one in offers_at(texts, path, at, "en")], written, f"at {span} it offers {labels}")
        for spans, answer in ((definitions(texts, path, at), homes), (references(texts, path, at), uses)):
            places = [_range(one) for one in spans]
            hold(law, [one["range"] for one in answer["result"]] == places, written, f"of {span} it answers {answer['result']}")
        hold(law, name["result"] == _range(span), written, f"the name at {span} is {name['result']}")
        try:
            edits = rename(texts, path, at, NEW_NAME)
        except NoRename as no:
            hold(law, renamed["error"]["message"] == str(no), written, f"{renamed['error']}")
        else:
            hold(law, sum(map(len, renamed["result"]["changes"].values())) == len(edits), written, f"it changes {renamed['result']}")


def _position(text: str, offset: int) -> dict[str, int]:
    found = position_at(text, offset)
    return {"line": found.line, "character": found.character}


def _range(span: Span) -> dict[str, dict[str, int]]:
    start, end = bounds(span)
    return {"start": _position(span.source.text, start), "end": _position(span.source.text, end)}


class _Kept(io.BytesIO):
    """What a server said, also after it closed."""

    def close(self) -> None:
        """It is read afterwards."""


def _spoken(sent: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """What a server says to messages, each numbered from 0."""
    from ..lsp.server import serve

    lines = (json.dumps({"jsonrpc": "2.0", "method": method, "params": params} | _number(n, method)).encode() for n, (method, params) in enumerate(sent))
    heard, said = io.BytesIO(b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(line), line) for line in lines)), _Kept()
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # what it refuses it answers
    with contextlib.suppress(SystemExit):
        serve("en", "0", heard, said)
    said.seek(0)
    while head := said.readline():
        length = int(head.split(b":")[1]) if head.lower().startswith(b"content-length") else 0
        while said.readline().strip():
            pass
        yield json.loads(said.read(length))


def _number(n: int, method: str) -> dict[str, int]:
    """Of a question, which is answered; a notice has none."""
    return {} if method in ("textDocument/didOpen", "exit") else {"id": n}


EDITOR_LAWS: tuple[TextLaw, ...] = (
    an_editor_finds_what_check_finds, every_name_leads_home, what_is_called_otherwise_is_the_same_policy, what_is_written_may_be_written, every_word_is_told,
    a_server_says_the_same,
)  # fmt: skip


def a_slip_can_be_edited(near: NearMiss) -> None:
    """Of a text with a mistake an editor answers wherever it is asked, and shows each problem at a place in it. Guards against one that fails as one types."""
    before = near.before
    texts = texts_of(Written(near.text, before.policy, before.files, before.path))
    path = _path(before)
    try:
        away = [one.kind for one in problems_in(texts, path) if one.span is None or one.span.source != texts.source(path)]
        for at in _some(list(range(len(near.text) + 1))):
            told_at(texts, path, at, "zh")
            offers_at(texts, path, at, "en")
            away += [str(one) for one in definitions(texts, path, at) if one.source.text not in texts.open.values()]
    except Exception as error:  # whatever it is, it is a finding
        raise BrokenText(a_slip_can_be_edited, f"it raised {told_of(error)}", repr(near)) from error
    if away:
        raise BrokenText(a_slip_can_be_edited, f"{away} stand elsewhere", repr(near))
