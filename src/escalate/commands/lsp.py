"""`escalate lsp`: the language server."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from ..messages import say
from ..source import Problem, Refused
from . import FINE


def lsp(lang: str, version: str) -> int:
    """Serve an editor over standard input and output, until it ends."""
    if find_spec("pygls") is None:
        help = say("install it: pip install 'escalate-policy[lsp]'")
        raise Refused([Problem("missing-package", say("the language server needs the package `pygls`, which is not installed"), help=help)])
    from ..lsp.server import serve

    # The server closes what it is given, and the command line flushes its own output after it.
    with open(os.dup(sys.stdin.fileno()), "rb") as stdin, open(os.dup(sys.stdout.fileno()), "wb") as stdout:
        serve(lang, version, stdin, stdout)
    return FINE
