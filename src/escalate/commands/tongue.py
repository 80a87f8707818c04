"""In which language a command answers: what was asked for, else that of the policy, as far as its text can be read, else the machine's.

The policy is the one that the command reads, before that is known the first one that its line names, or `policy.yaml` in the folder one is in.
What is evaluated, and what is written, never depends on the machine.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..kinds import kind_told
from ..messages import LANGUAGES, OWN, Said, told

if TYPE_CHECKING:
    from ..source import Source

USUAL = "zh"  # of a policy that does not say its `lang`
_LANG = re.compile(r"""^(?:lang|language|语言)\s*[:：]\s*["']?([A-Za-z]+|英|中)""", re.MULTILINE)
_EXTENDS = re.compile(r"""^(?:extends|沿用)\s*:\s*["']?([^\s"'#,\[\]]+)""", re.MULTILINE)
_POLICY = re.compile(r"""^(?:policy|制度)\s*[:：]\s*\[?\s*["']?([^\s"'#,\]]+)""", re.MULTILINE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
LAYERS = 8  # files that extend one another and are looked into


class Tongue:
    """The language of a command's answer, and of what goes wrong. asked: with --lang, None where nobody asked; usual: found out where nothing else says it."""

    def __init__(self, asked: str | None = None, usual: Callable[[], str] = lambda: OWN) -> None:
        self.asked, self._usual, self._lang = asked, usual, asked or ""

    @property
    def lang(self) -> str:
        """The language."""
        self._lang = self._lang or self._usual()
        return self._lang

    def speak(self, lang: str) -> str:
        """From now on in this language, where nobody asked for another; in the usual one where it is empty."""
        self._lang = self.asked or lang
        return self.lang

    def say(self, sentence: Said) -> str:
        return told(sentence, self.lang)


def asked_in(args: Sequence[str]) -> str | None:
    """The last `--lang` of a command line, wherever it stands."""
    given = [arg.removeprefix("--lang=") for arg in args if arg.startswith("--lang=")]
    given += [following for arg, following in pairwise(args) if arg == "--lang"]
    return next((lang for lang in reversed(given) if lang in LANGUAGES), None)


def usual(args: Sequence[str], environment: Mapping[str, str]) -> str:
    """Where a command has read nothing yet, or nothing that has a language: that of a policy or a spec on its line or here, else the machine's."""
    texts = [arg for arg in args if arg.endswith((".yaml", ".yml"))]
    read = [source for path in (*texts, "policy.yaml") if os.path.isfile(path) and (source := _read(path)) is not None]
    for source in read:
        if _POLICY.search(source.text) and (found := of_policies([source.path])):
            return found
    return USUAL if any(_HAN.search(source.text) for source in read) else of_machine(environment)


def of_machine(environment: Mapping[str, str]) -> str:
    """Chinese where the environment says so: the first of LC_ALL, LC_MESSAGES and LANG that says anything."""
    said = next((text for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (text := environment.get(name))), "")
    return USUAL if said.lower().startswith(USUAL) else OWN


def of_policies(paths: Iterable[str]) -> str:
    """The `lang` of the first policy or spec, perhaps of what it extends; what does not say it is Chinese. Empty where there is none."""
    for path in paths:
        source = _read(path)
        kind = kind_told(source) if source is not None else ""
        if kind == "spec":
            return of_specs([path])
        if source is not None and kind == "policy":
            return _of_text(source)
    return ""


def of_specs(paths: Iterable[str]) -> str:
    """That of the policy of the first spec file, of those below a folder too."""
    from ..spec.files import spec_files

    for spec in (spec for path in paths for spec in spec_files(path)):
        if (source := _read(spec)) is not None:
            found = _POLICY.search(source.text)
            return of_policies([os.path.join(os.path.dirname(spec), found.group(1) if found else "policy.yaml")])
    return ""


def of_run(folder: str) -> str:
    """That in which a run was made; empty where that is not known."""
    source = _read(os.path.join(folder, "run.json")) if os.path.isdir(folder) else None
    try:
        lang = json.loads(source.text).get("lang") if source is not None else ""
    except (ValueError, AttributeError, RecursionError):
        return ""
    return lang if lang in LANGUAGES else ""


def _read(path: str) -> Source | None:
    from ..parse import read_source

    return read_source(path)[0]


def _of_text(source: Source) -> str:
    from ..load import find_beside

    for _ in range(LAYERS):
        if found := _LANG.search(source.text):
            unknown = found.group(1) not in (*LANGUAGES, "英", "中")
            return OWN if found.group(1) in (OWN, "英") or unknown and not _HAN.search(source.text) else USUAL
        extended = _EXTENDS.search(source.text)
        below = find_beside(extended.group(1), source)[0] if extended else None
        if below is None:
            break
        source = below
    return USUAL
