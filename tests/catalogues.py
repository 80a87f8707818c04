"""Every sentence that is said through `say`, and the catalogues of the other languages: read, written, and made into what gettext reads."""

import ast
import functools
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import click

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "escalate"
HEAD = "Content-Type: text/plain; charset=UTF-8\nLanguage: {lang}\n"


def catalogue(lang: str, ending: str = "po") -> Path:
    return SOURCE / "locale" / lang / "LC_MESSAGES" / f"escalate.{ending}"


@functools.cache
def trees() -> dict[str, ast.Module]:
    """Every module of the package, by its place in it."""
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


@functools.cache
def templates() -> dict[str, str]:
    """Every template that somebody may read in another language, with the file in which it first stands."""
    found: dict[str, str] = {}
    for name, tree in trees().items():
        for text in _said_in(tree):
            found.setdefault(text, name)
    for text in helps():
        found.setdefault(text.replace("{", "{{").replace("}", "}}"), "cli.py")
    for text, place in pages():
        found.setdefault(text, place)
    return {text: place for text, place in found.items() if has_words(text)}


def _said_in(tree: ast.Module) -> Iterator[str]:
    """The literals that a module hands to `say` or `template` of messages.py."""
    names = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("messages")
        for alias in node.names
        if alias.name in ("say", "template")
    } | {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in ("say", "template")}
    for node in ast.walk(tree) if names else ():
        first = node.args[0] if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def helps() -> Iterator[str]:
    """What the help of every command says."""
    from escalate.cli import main
    from escalate.reports.help import option_help, paragraphs

    yield "Show this message and exit."
    waiting: list[click.Command] = [main]
    for command in waiting:
        yield from paragraphs(command)
        yield from (option_help(one) for one in command.params if isinstance(one, click.Option))
        waiting += command.commands.values() if isinstance(command, click.Group) else []


def pages() -> Iterator[tuple[str, str]]:
    """The paragraphs of the rules' pages, each with its module."""
    from escalate.lints.pages import prose
    from escalate.lints.rules import RULES

    return ((text, f"lints/{rule.id.replace('-', '_')}.py") for rule in RULES for text in prose(rule))


def bare(template: str) -> str:
    """A template without what is written as code and without its parts."""
    text = template.replace("{{", "").replace("}}", "")
    return re.sub(r"\{[^{}]*\}", "", re.sub(r"`[^`]*`", "", text))


def has_words(template: str) -> bool:
    """Whether a template says something that another language says otherwise."""
    return bool(re.search(r"[^\W\d_]|[,;:?(]", bare(template)))


def parts(template: str) -> set[str]:
    return {f"{name}!{conversion or ''}:{spec}" for _, name, spec, conversion in Formatter().parse(template) if name is not None}


def code(template: str) -> set[str]:
    """What is written in backticks."""
    return set(re.findall(r"`[^`\n]*`", template))


# --- files ----------------------------------------------------------------------------------------------


def read(text: str) -> dict[str, str]:
    """The entries of a .po file, its head apart."""
    found: dict[str, list[str]] = {"msgid": [], "msgstr": []}
    entries: dict[str, str] = {}
    kind = ""
    for line in [*text.split("\n"), 'msgid ""']:
        word, _, rest = line.partition(" ")
        if word in found:
            if word == "msgid":
                entries["".join(found["msgid"])] = "".join(found["msgstr"])
                found = {"msgid": [], "msgstr": []}
            kind, line = word, rest
        if line.startswith('"'):
            found[kind].append(json.loads(line))
    entries.pop("", None)
    return entries


def write(entries: dict[str, str], places: dict[str, str], lang: str) -> str:
    """A .po file: the entries by the files in which they stand."""
    lines = ['msgid ""', 'msgstr ""', *(_quoted(line) for line in HEAD.format(lang=lang).splitlines(keepends=True))]
    for text in sorted(entries, key=lambda text: (places[text], text)):
        lines += ["", f"#: {places[text]}", *_entry("msgid", text), *_entry("msgstr", entries[text])]
    return "\n".join(lines) + "\n"


def _entry(word: str, text: str) -> list[str]:
    rows = text.splitlines(keepends=True)
    return [f"{word} {_quoted(text)}"] if len(rows) < 2 else [f'{word} ""', *(_quoted(row) for row in rows)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def compiled(entries: dict[str, str], lang: str) -> bytes:
    """What gettext reads: the same entries, sorted, behind a table of places."""
    rows = sorted((key.encode(), value.encode()) for key, value in {"": HEAD.format(lang=lang), **entries}.items())
    start = 28 + 16 * len(rows)
    texts, places = b"", []
    for side in (0, 1):
        for row in rows:
            places += [len(row[side]), start + len(texts)]
            texts += row[side] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, 0) + struct.pack(f"<{len(places)}I", *places) + texts
