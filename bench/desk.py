"""A desk for the laws of the command line: files in a folder that is gone afterwards, and the command in this process."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout

from escalate.cli import main
from escalate.testing.laws.commanded import Desk


@contextmanager
def desk() -> Iterator[Desk]:
    """A desk whose files are gone at the end."""
    with tempfile.TemporaryDirectory() as top:
        laid = 0

        def lay(texts: Mapping[str, str]) -> str:
            nonlocal laid
            laid += 1
            folder = os.path.join(top, str(laid))
            os.mkdir(folder)
            for name, text in texts.items():
                with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                    file.write(text)
            return folder

        yield Desk(lay, run)


def run(args: Sequence[str]) -> tuple[int, str, str]:
    """The exit code of a command, what it answered, and what it said of trouble."""
    answer, trouble, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(answer), redirect_stderr(trouble):
        try:
            main(list(args), "escalate")
        except SystemExit as end:
            code = int(end.code or 0)
    return code, answer.getvalue(), trouble.getvalue()
