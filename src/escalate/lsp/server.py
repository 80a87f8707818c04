"""The only door to `pygls`: open texts and positions go in, the answers of this wing come out as the protocol wants them."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any, BinaryIO

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from ..messages import said_by, told
from ..source import Problem, Span
from .completion import offers_at
from .diagnostics import problems_in
from .hover import told_at
from .naming import NoRename, definitions, mention_at, references, rename
from .positions import Position, offset_at, stretch_of
from .texts import Texts

_KINDS = {
    "key": types.CompletionItemKind.Property, "word": types.CompletionItemKind.EnumMember, "function": types.CompletionItemKind.Function,
    "measure": types.CompletionItemKind.Variable, "parameter": types.CompletionItemKind.Constant, "role": types.CompletionItemKind.Interface,
}  # fmt: skip


class _Open:
    """What is open: by path its text, and the name that the editor has for it."""

    def __init__(self) -> None:
        self.uris: dict[str, str] = {}
        self.texts = Texts()

    def take(self, uri: str, text: str | None) -> str:
        """Another text of a file, none where it was closed; gives its path."""
        path = _path(uri)
        kept = {one: said for one, said in self.texts.open.items() if one != path}
        self.texts = Texts(kept if text is None else {**kept, path: text})
        self.uris[path] = uri
        return path

    def uri(self, path: str) -> str:
        """The editor's name of a file."""
        found = self.uris.get(posixpath.normpath(path)) or uris.from_fs_path(path)
        return found or path

    def place(self, params: Any) -> tuple[str, int] | None:
        """The path and the sign at which something is asked; None of a file that is not open."""
        path = _path(params.text_document.uri)
        if path not in self.texts.open:
            return None
        return path, offset_at(self.texts.open[path], Position(params.position.line, params.position.character))


def _path(uri: str) -> str:
    found = uris.to_fs_path(uri)
    return posixpath.normpath(found.replace("\\", "/")) if found else uri


def serve(lang: str, version: str, stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Speak over two streams until the editor ends it; they are closed then. lang: of what is said about keys and names."""
    make(lang, version).start_io(stdin, stdout)


def make(lang: str, version: str) -> LanguageServer:
    """A server with all that it can do."""
    server = LanguageServer("escalate", version, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    held = _Open()
    _diagnose(server, held, lang)
    _tell(server, held, lang)
    _name(server, held, lang)
    return server


def _diagnose(server: LanguageServer, held: _Open, lang: str) -> None:
    def publish() -> None:
        # A change may break or mend what is open beside it.
        for path in held.texts.open:
            found = [_diagnostic(problem, lang) for problem in problems_in(held.texts, path)]
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=held.uri(path), diagnostics=found))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        held.take(params.text_document.uri, params.text_document.text)
        publish()

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        held.take(params.text_document.uri, server.workspace.get_text_document(params.text_document.uri).source)
        publish()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        held.take(params.text_document.uri, server.workspace.get_text_document(params.text_document.uri).source)
        publish()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        held.take(params.text_document.uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=params.text_document.uri, diagnostics=[]))
        publish()


def _tell(server: LanguageServer, held: _Open, lang: str) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        place = held.place(params)
        told = told_at(held.texts, *place, lang) if place else None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told.text), _range(told.span)) if told else None

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["(", ".", " "]))
    def complete(params: types.CompletionParams) -> list[types.CompletionItem]:
        place = held.place(params)
        offers = offers_at(held.texts, *place, lang) if place else ()
        return [types.CompletionItem(offer.text, kind=_KINDS.get(offer.kind, types.CompletionItemKind.Value), detail=offer.about or None) for offer in offers]


def _name(server: LanguageServer, held: _Open, lang: str) -> None:
    def located(spans: Callable[[Texts, str, int], tuple[Span, ...]], params: Any) -> list[types.Location]:
        place = held.place(params)
        return [types.Location(held.uri(span.source.path), _range(span)) for span in (spans(held.texts, *place) if place else ())]

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def define(params: types.DefinitionParams) -> list[types.Location]:
        return located(definitions, params)

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def refer(params: types.ReferenceParams) -> list[types.Location]:
        return located(references, params)

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.Range | None:
        place = held.place(params)
        found = mention_at(held.texts, *place) if place else None
        return _range(found.span) if found else None

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def call_otherwise(params: types.RenameParams) -> types.WorkspaceEdit | None:
        place = held.place(params)
        if place is None:
            return None
        try:
            edits = rename(held.texts, *place, params.new_name)
        except NoRename as no:
            raise JsonRpcException(told(said_by(no), lang), code=types.LSPErrorCodes.RequestFailed.value) from None
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            changes.setdefault(held.uri(edit.span.source.path), []).append(types.TextEdit(_range(edit.span), edit.text))
        return types.WorkspaceEdit(changes=changes)


def _diagnostic(problem: Problem, lang: str) -> types.Diagnostic:
    assert problem.span is not None  # `problems_in` gives each a place
    severity = types.DiagnosticSeverity.Warning if problem.warning else types.DiagnosticSeverity.Error
    message = "\n".join(told(text, lang) for text in (problem.message, problem.help) if text)
    return types.Diagnostic(_range(problem.span), message, severity=severity, code=problem.kind, source="escalate")


def _range(span: Span) -> types.Range:
    found = stretch_of(span)
    return types.Range(types.Position(found.start.line, found.start.character), types.Position(found.end.line, found.end.character))
