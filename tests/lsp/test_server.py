"""The server as an editor speaks to it: a process, messages over standard input and output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .world import POLICY

pytest.importorskip("pygls", reason="the language server needs the extra `lsp`: pygls is not installed")

SRC = Path(__file__).parents[2] / "src"


class Editor:
    """Sends requests and waits for their answers; keeps what the server says by itself."""

    def __init__(self, process):
        self.process, self.number, self.said = process, 0, []

    def send(self, **message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            assert line or self.process.poll() is None, "the server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def tell(self, method, **params):
        self.send(method=method, params=params)

    def ask(self, method, **params):
        self.number += 1
        self.send(id=self.number, method=method, params=params)
        while (found := self.receive()).get("id") != self.number or "method" in found:
            self.said.append(found)
        return found

    def problems(self, uri):
        """What is next published of a file."""
        while True:
            for n, message in enumerate(self.said):
                if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                    return self.said.pop(n)["params"]["diagnostics"]
            self.said.append(self.receive())


@pytest.fixture
def editor():
    """One that has started the server and ends it."""
    with subprocess.Popen(
        [sys.executable, "-m", "escalate", "lsp", "--lang", "en"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(SRC)},
    ) as process:
        editor = Editor(process)
        editor.ask("initialize", processId=None, rootUri=None, capabilities={})
        editor.tell("initialized")
        yield editor
        editor.ask("shutdown")
        editor.tell("exit")
        assert 0 == process.wait(20)


def test_an_editor_is_served(editor, tmp_path):
    """Problems as one writes, hover, completion, definition, and a rename; columns count UTF-16 units."""
    uri = (tmp_path / "policy.yaml").as_uri()
    document = {"uri": uri}
    lines = POLICY.splitlines()
    row = next(n for n, line in enumerate(lines) if "when: 旷课 > 上限" in line)
    titled = next(n for n, line in enumerate(lines) if "上门" in line)
    by = {"line": titled, "character": len(lines[titled].partition("班主任")[0]) + 1 + 1}  # one emoji stands before it
    at = {"line": row, "character": lines[row].index("旷课") + 1}

    editor.tell("textDocument/didOpen", textDocument={**document, "languageId": "yaml", "version": 1, "text": POLICY.replace("by: 班主任, to", "by: 班主, to")})
    [found] = editor.problems(uri)
    assert ("unknown-role", "escalate", 1) == (found["code"], found["source"], found["severity"])
    assert {"line": titled, "character": len(lines[titled].partition("班主任")[0]) + 1} == found["range"]["start"]
    assert found["range"]["end"]["character"] == found["range"]["start"]["character"] + 2

    editor.tell("textDocument/didChange", textDocument={**document, "version": 2}, contentChanges=[{"text": POLICY}])
    assert [] == editor.problems(uri)
    assert "本月旷课节数" in editor.ask("textDocument/hover", textDocument=document, position=at)["result"]["contents"]["value"]
    offered = editor.ask("textDocument/completion", textDocument=document, position=by)["result"]
    assert {"班主任", "校长", "parent"} <= {item["label"] for item in (offered if isinstance(offered, list) else offered["items"])}
    [place] = editor.ask("textDocument/definition", textDocument=document, position=by)["result"]
    assert (uri, 5) == (place["uri"], place["range"]["start"]["line"])
    assert 5 == len(editor.ask("textDocument/references", textDocument=document, position=by, context={"includeDeclaration": True})["result"])
    assert editor.ask("textDocument/prepareRename", textDocument=document, position=by)["result"]["start"]["line"] == titled
    edits = editor.ask("textDocument/rename", textDocument=document, position=by, newName="导师")["result"]["changes"][uri]
    assert ["导师"] * 5 == [edit["newText"] for edit in edits]
    assert "is taken" in editor.ask("textDocument/rename", textDocument=document, position=by, newName="校长")["error"]["message"]

    editor.tell("textDocument/didClose", textDocument=document)
    assert [] == editor.problems(uri)
