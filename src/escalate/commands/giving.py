"""What a command makes goes to standard output, or to the file that was named."""

from __future__ import annotations

import sys

from . import FINE

MADE = (".svg", ".mmd", ".mermaid", ".md", ".txt", ".json", ".xlsx")  # what may be written over


def give(content: bytes, out: str | None, title: str) -> int:
    """To standard output as it is, or to a file that is of a kind that commands make, or not there yet: a policy is never written over."""
    if out is None:
        sys.stdout.write(content.decode())
        return FINE
    with open(out, "wb" if out.lower().endswith(MADE) else "xb") as file:
        file.write(content)
    sys.stdout.write(f"{out}: {title}\n")
    return FINE
