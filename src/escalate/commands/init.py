"""`escalate init`: a first policy for a school, with all that is needed to try it."""

from __future__ import annotations

import datetime
import os
import shlex
import sys
from collections.abc import Mapping

import click

from ..messages import say
from ..reports.problems import print_json
from ..start import DEFAULT_LANG, FILES, KEYS, LANGS, QUESTIONS, WORDS, Answers, defaults, lang_of, read, texts, wrong
from ..writers.fresh import check_fresh, write_fresh
from . import FINE, Misuse
from .tongue import Tongue

FLAGS = {key: "--" + key.replace("_", "-") for key in KEYS}


def init(folder: str, given: Mapping[str, str | None], today: datetime.date, tongue: Tongue, form: str = "human", *, yes: bool = False) -> int:
    """Write the files of a first policy; what no flag gives is asked, or with `yes` the default."""
    known = {key: text.strip() for key, text in given.items() if text is not None}
    if "lang" in known and not wrong("lang", known["lang"]):
        tongue.speak(lang_of(known["lang"]))
    check_fresh(folder, FILES)
    for key, text in known.items():
        if wrong(key, text):
            raise Misuse(say("{flag}: {wrong}; nothing was written", flag=FLAGS[key], wrong=wrong(key, text, tongue.lang)))
    missing = [key for key in KEYS if key not in known]
    if missing and not yes and not at_terminal():
        flags = " ".join(FLAGS[key] for key in missing)
        raise Misuse(say("nobody can be asked here: give {flags}, or --yes for the defaults of what is missing; nothing was written", flags=flags))
    for key in missing:
        lang = lang_of(known.get("lang", DEFAULT_LANG))
        usual = _text(defaults(lang, today), key)
        known[key] = usual if yes else _ask(key, lang, usual)
        if key == "lang":
            tongue.speak(lang_of(known[key]))
    answers = read(known)
    made = texts(answers)
    write_fresh(folder, made)
    if form == "json":
        print_json({"folder": folder, "files": list(made), "answers": {key: _text(answers, key) for key in KEYS}}, sys.stdout)
    else:
        sys.stdout.write(_said(folder, answers.lang, made))
    return FINE


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _text(answers: Answers, key: str) -> str:
    return str(getattr(answers, key))


def _ask(key: str, lang: str, usual: str) -> str:
    while True:
        text = str(click.prompt(QUESTIONS[lang][key], default=usual, err=True)).strip()
        if not wrong(key, text, lang):
            return text
        # Until the language is known, what is wrong is said in each.
        click.echo(" / ".join(wrong(key, text, one) for one in (LANGS if key == "lang" else (lang,))), err=True)


def _said(folder: str, lang: str, made: Mapping[str, str]) -> str:
    words = WORDS[lang]
    run = made["README.md"].partition("\nescalate run ")[2].partition("\n")[0]
    there = [] if os.path.normpath(folder) == os.curdir else [f"cd {shlex.quote(folder)}"]
    steps = [*there, "escalate check policy.yaml", "escalate test", f"escalate run {run}", "escalate explain out --student s2"]
    return "\n".join([words["wrote"].format(folder=folder), *(f"  {name}" for name in made), words["next"], *(f"  {step}" for step in steps), ""])
