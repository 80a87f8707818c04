"""A page: one file, whole or not there, and written over only where that is said."""

from __future__ import annotations

import os
import tempfile

from ..messages import say
from ..source import Problem, Refused

ENDINGS = (".html", ".htm")


def check_page(path: str, *, force: bool) -> None:
    """Refuses a place where a file would be lost, or that is no page; before anything is worked out."""
    if not path.lower().endswith(ENDINGS):
        raise Refused([Problem(
            "not-a-page", say("`{path}` does not end in `.html`", path=path),
            help=say("write `{path}.html`", path=path) if path.strip() else say("name a file: out.html"),
        )])
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isdir(folder):
        raise Refused([Problem("no-folder", say("`{dirname}` does not exist", dirname=os.path.dirname(path)), help=say("make that folder first"))])
    if os.path.isdir(path):
        raise Refused([Problem("not-a-file", say("`{path}` is a folder", path=path), help=say("name a file in it"))])
    if os.path.lexists(path) and not force:
        raise Refused([Problem("file-exists", say("`{path}` exists already", path=path), help=say("write to another file, or replace it: --force"))])


def write_page(path: str, text: str, *, force: bool) -> None:
    """Write a page beside its place, and then rename it."""
    check_page(path, force=force)
    target = os.path.realpath(path)
    handle, part = tempfile.mkstemp(prefix=f".{os.path.basename(target)}.", dir=os.path.dirname(target))
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(part, 0o666 & ~_umask())
        os.replace(part, target)
    except BaseException:
        os.remove(part)
        raise


def _umask() -> int:
    old = os.umask(0)
    os.umask(old)
    return old
