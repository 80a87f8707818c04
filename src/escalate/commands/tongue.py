"""In which language a command answers: what was asked for, else that of the policy, as far as its text can be read; never the machine's."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..messages import LANGUAGES, OWN, Said, told

if TYPE_CHECKING:
    from ..source import Source

USUAL = "zh"  # of a policy that does not say its `lang`
_LANG = re.compile(r"""^(?:lang|语言)\s*[:：]\s*["']?([A-Za-z]+|英)""", re.MULTILINE)
_EXTENDS = re.compile(r"""^(?:extends|沿用)\s*:\s*["']?([^\s"'#,\[\]]+)""", re.MULTILINE)
_POLICY = re.compile(r"""^(?:policy|制度)\s*:\s*\[?\s*["']?([^\s"'#,\]]+)""", re.MULTILINE)
LAYERS = 8  # files that extend one another and are looked into


class Tongue:
    """The language of a command's answer. asked: with --lang, None where nobody asked; lang: that of what goes wrong, too."""

    def __init__(self, asked: str | None = None) -> None:
        self.asked, self.lang = asked, asked or OWN

    def say(self, sentence: Said) -> str:
        return told(sentence, self.lang)


def asked_in(args: Sequence[str]) -> str | None:
    """The last `--lang` of a command line, wherever it stands."""
    given = [arg.removeprefix("--lang=") for arg in args if arg.startswith("--lang=")]
    given += [following for arg, following in pairwise(args) if arg == "--lang"]
    return next((lang for lang in reversed(given) if lang in LANGUAGES), None)


def of_policies(paths: Iterable[str]) -> str:
    """The `lang` of the first policy that can be read, perhaps of what it extends; what does not say it is Chinese."""
    for path in paths:
        if (source := _read(path)) is not None:
            return _of_text(source)
    return OWN


def of_specs(paths: Iterable[str]) -> str:
    """That of the policy of the first spec file, of those below a folder too."""
    from ..spec.files import spec_files

    for spec in (spec for path in paths for spec in spec_files(path)):
        if (source := _read(spec)) is not None:
            found = _POLICY.search(source.text)
            return of_policies([os.path.join(os.path.dirname(spec), found.group(1) if found else "policy.yaml")])
    return OWN


def of_run(folder: str) -> str:
    """That in which a run was made."""
    source = _read(os.path.join(folder, "run.json")) if os.path.isdir(folder) else None
    try:
        lang = json.loads(source.text).get("lang") if source is not None else OWN
    except (ValueError, AttributeError, RecursionError):
        return OWN
    return lang if lang in LANGUAGES else OWN


def _read(path: str) -> Source | None:
    from ..parse import read_source

    return read_source(path)[0]


def _of_text(source: Source) -> str:
    from ..load import find_beside

    for _ in range(LAYERS):
        if found := _LANG.search(source.text):
            return OWN if found.group(1) in (OWN, "英") else USUAL
        extended = _EXTENDS.search(source.text)
        below = find_beside(extended.group(1), source)[0] if extended else None
        if below is None:
            break
        source = below
    return USUAL
