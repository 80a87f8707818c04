"""A world played in other processes, in each of which sets of texts come in another order: what hangs on that order differs."""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from ..decisions import Decision
from .model.seen import World
from .playing import fresh

ORDERS = ("1", "2", "3")  # PYTHONHASHSEED of the processes: the same ones each time, so that the same is found each time
PREPARE = ""  # `module:function`, called in each process before it plays anything: an engine that is to be tested, a fault that is planted
Answer = tuple[list[Decision], list[str]]  # what was decided, and what was reported


def played_elsewhere(world: World) -> list[Answer]:
    """What each of the processes decides of a world and reports. Raises what one of them raises, as RuntimeError."""
    given = pickle.dumps((world.policies, world.calendar, world.roster, world.events, world.until))
    found = [_process(order) for order in ORDERS]
    for one in found:
        one.send(given)
    told = [one.receive() for one in found]  # all of them, or an answer that was not read would be taken for that of the next world
    wrong = next((error for error, _ in told if error), "")
    if wrong:
        raise RuntimeError(wrong)
    return [answer for _, answer in told if answer is not None]


class Elsewhere:
    """A Python process with an order of its own, which plays worlds until its input ends."""

    def __init__(self, order: str, prepare: str) -> None:
        code = f"import sys; sys.path[:] = {sys.path!r}; from escalate.testing.elsewhere import answer; answer({prepare!r})"
        self.process = subprocess.Popen(  # noqa: S603  # of our own code
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PYTHONHASHSEED": order}
        )

    def send(self, given: bytes) -> None:
        """Ask what comes of a pickled world."""
        stream = self.process.stdin
        assert stream is not None
        stream.write(len(given).to_bytes(8, "big") + given)
        stream.flush()

    def receive(self) -> tuple[str, Answer | None]:
        """What was raised, else what came of it."""
        assert self.process.stdout is not None
        found: tuple[str, Answer | None] = pickle.load(self.process.stdout)  # noqa: S301  # of a process of our own
        return found

    def close(self) -> None:
        """End the process."""
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        self.process.wait()


# By our own process: one that was forked must not talk with those of its parent.
_processes: dict[tuple[int, str, str], Elsewhere] = {}


def _process(order: str) -> Elsewhere:
    key = os.getpid(), order, PREPARE
    if key not in _processes:
        _processes[key] = Elsewhere(order, PREPARE)
        atexit.register(_processes[key].close)
    return _processes[key]


def answer(prepare: str, given: BinaryIO = sys.stdin.buffer, said: BinaryIO = sys.stdout.buffer) -> None:
    """Play every world that comes, until none does: what the other process runs."""
    if prepare:
        module, _, name = prepare.partition(":")
        ready: Callable[[], Any] = getattr(import_module(module), name)
        ready()
    while size := int.from_bytes(given.read(8), "big"):
        said.write(pickle.dumps(_answer(given.read(size))))
        said.flush()


def _answer(given: bytes) -> tuple[str, Answer | None]:
    try:
        world = World(*pickle.loads(given))  # noqa: S301  # of a process of our own
        engine = fresh(world)
        engine.feed(world.events)
        engine.advance(world.until)
        return "", (engine.decisions, [f"{one.kind}: {one.event}: {one.message}" for one in engine.reports])
    except Exception as error:  # noqa: BLE001  # whatever it is, it is raised again where the law is asked
        return f"{type(error).__name__}: {error}", None
