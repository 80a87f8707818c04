"""Files beside what is already there: all of them or none, and none is overwritten."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from ..messages import listed, say
from ..source import Problem, Refused


def check_fresh(folder: str, names: Iterable[str]) -> None:
    """Refuses a folder in which a file would be overwritten, naming each, or which cannot be made."""
    if not folder.strip():
        raise Refused([Problem("no-folder", say("the folder to write has no name"), help=say("name one, or leave it out for the folder you are in"))])
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise Refused([Problem("not-a-folder", say("`{folder}` is a file", folder=folder))])
    parent = os.path.dirname(os.path.realpath(folder))
    if not os.path.isdir(parent):
        raise Refused([Problem(
            "no-folder", say("`{dirname}` does not exist", dirname=os.path.dirname(folder.rstrip(os.sep))), help=say("make that folder first"),
        )])
    found = [path for path in (os.path.join(folder, name) for name in names) if os.path.lexists(path)]
    if found:
        there = listed(os.path.normpath(path) for path in found)
        raise Refused([Problem("file-exists", say("already there: {there}", there=there), help=say("name another folder; nothing was written"))])


def write_fresh(folder: str, texts: Mapping[str, str]) -> None:
    """Writes new files into a folder, which is made where it is not there; what fails leaves nothing behind."""
    check_fresh(folder, texts)
    made = not os.path.isdir(folder)
    written: list[str] = []
    try:
        os.makedirs(folder, exist_ok=True)
        for name, text in texts.items():
            path = os.path.join(folder, name)
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except BaseException:
        for path in written:
            os.remove(path)
        if made and os.path.isdir(folder):
            os.rmdir(folder)
        raise
