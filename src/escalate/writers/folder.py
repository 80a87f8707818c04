"""A folder of results that is whole or not there: written beside its place, settled on the disk, then renamed.

A failure at any moment leaves the old folder, or none, and never a half. A machine that stops between the two
renames of a replacement leaves both folders whole, under the names `.<folder>.old-<n>` and `.<folder>.new-<n>`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from ..messages import say
from ..readers.folder import read_run
from ..source import Problem, Refused

MARK = "run.json"
# What file managers and office programs leave in a folder by themselves.
STRAY = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def check_place(path: str, *, force: bool) -> None:
    """Refuses a folder that may not be written: it exists without `force`, or holds what no run wrote."""
    if not path.strip():
        raise Refused([Problem("no-folder", say("the folder to write has no name"), help=say("name a folder that does not exist yet"))])
    target = os.path.realpath(path)  # what is judged is what will be replaced: `new/..` is the folder that we are in
    if not os.path.lexists(path) and not os.path.lexists(target):
        parent = os.path.dirname(target)
        if not os.path.isdir(parent):
            raise Refused([Problem("no-folder", say("`{dirname}` does not exist", dirname=os.path.dirname(path)), help=say("make that folder first"))])
        return
    if not os.path.isdir(target):
        raise Refused([Problem("not-a-folder", say("`{path}` is a file", path=path))])
    if not force:
        help = say("write to another folder, or replace it: --force")
        raise Refused([Problem("folder-exists", say("the folder `{path}` exists already", path=path), help=help)])
    held = os.path.lexists(os.path.join(target, MARK))
    if not held and set(os.listdir(target)) - STRAY:
        raise Refused([Problem(
            "not-a-run", say("`{path}` is not the folder of an earlier run, and is not replaced", path=path), help=say("write to another folder"),
        )])
    name = next(_strange(target, _written(target) if held else frozenset()), None)
    if name is not None:
        raise Refused([Problem(
            "not-a-run", say("`{listed}` is not of a run, and would be lost", listed=os.path.join(path, name)), help=say("move it away first"),
        )])


def _written(folder: str) -> frozenset[str]:
    """The places of the files that an earlier run wrote, by its own account."""
    outputs = read_run(folder).get("outputs")
    if not isinstance(outputs, dict):
        raise Refused([Problem(
            "not-a-run", say("`{listed}` does not say what the run wrote", listed=os.path.join(folder, MARK)), help=say("write to another folder"),
        )])
    return frozenset({*outputs, MARK})


def _strange(folder: str, written: frozenset[str], below: str = "") -> Iterator[str]:
    """What stands in a folder and is neither a file that the run wrote nor a folder of one; a link is what nobody wrote, and is not followed."""
    for entry in sorted(os.scandir(os.path.join(folder, below)), key=lambda entry: entry.name):
        place = below + entry.name
        if entry.is_dir(follow_symlinks=False) and any(file.startswith(f"{place}/") for file in written):
            yield from _strange(folder, written, f"{place}/")
        elif not (entry.is_file(follow_symlinks=False) and (place in written or entry.name in STRAY)):
            yield place


@contextmanager
def whole_folder(path: str, *, force: bool = False) -> Iterator[str]:
    """A new folder to write into, which takes its place only when everything in it was written."""
    check_place(path, force=force)
    target = os.path.realpath(path)
    part = _make_beside(target, "new")
    try:
        yield part
        _settle(part)
        check_place(path, force=force)
        _take_place(part, target)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _make_beside(target: str, word: str) -> str:
    for number in range(os.getpid(), os.getpid() + 1000):
        path = _beside(target, word, number)
        try:
            os.mkdir(path)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(f"too many unfinished folders beside {target}")


def _beside(target: str, word: str, number: int) -> str:
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}.{word}-{number}")


def _settle(folder: str) -> None:
    """Every file and folder below, on the disk."""
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            _sync(os.path.join(place, name), os.O_RDWR)
        _sync_folder(place)


def _take_place(part: str, target: str) -> None:
    if not os.path.lexists(target):
        os.rename(part, target)
        _sync_folder(os.path.dirname(target))
        return
    old = _make_beside(target, "old")
    os.rmdir(old)
    os.rename(target, old)
    try:
        os.rename(part, target)
    except BaseException:
        os.rename(old, target)
        raise
    _sync_folder(os.path.dirname(target))
    shutil.rmtree(old, ignore_errors=True)


def _sync_folder(path: str) -> None:
    if os.name != "nt":  # a folder cannot be opened there
        _sync(path, os.O_RDONLY)


def _sync(path: str, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
