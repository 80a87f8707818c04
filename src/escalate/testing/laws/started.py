"""What a school begins with works at once, whatever it answered: the files that `escalate init` writes."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator

from ... import policies
from ...readers.calendar import parse_calendar
from ...readers.texts import read_source
from ...source import Source
from ...start import FILES, Answers
from ..schemed import unfit
from ..texts import LANGUAGES
from .commanded import Desk
from .published import fine


def what_init_writes_works_at_once(answers: Answers, desk: Desk) -> None:
    """Its policy has no problem, its spec passes, its files run as the README says, and each fits its schema; nothing is written over.

    Guards against a first day that ends in an error.
    """
    folder = f"{desk.lay({})}/first"
    command = ["init", folder, "--lang", answers.lang, f"--name={answers.name}", "--first-day", str(answers.first_day), "--days", str(answers.days)]
    said = json.loads(fine(desk, [*command, f"--next={answers.next}", "--format", "json"]))
    assert said["files"] == list(FILES), f"{answers}: it wrote {said['files']}"
    checked = json.loads(fine(desk, ["check", f"{folder}/policy.yaml", "--format", "json"]))
    assert not checked["problems"], f"{answers}: {checked['problems']}"
    fine(desk, ["test", folder, "--jobs", "1"])
    for name in FILES:
        wrong = unfit(read_source(f"{folder}/{name}")) if name.endswith(".yaml") else []
        assert not wrong, f"{answers}: {wrong[0]}"
    line = re.search(r"^escalate (run .*)$", read_source(f"{folder}/README.md").text, re.MULTILINE)
    assert line, f"{answers}: the README says no `escalate run`"
    fine(desk, [*(f"{folder}/{word}" if word in FILES or word == "out" else word for word in shlex.split(line[1])), "--strict"])
    assert "s2" in fine(desk, ["explain", f"{folder}/out", "--student", "s2"]), f"{answers}: nothing is told of s2"
    code, _, trouble = desk.run([*command, "--yes"])
    assert code != 0, f"{answers}: it writes over what is there"
    assert trouble.strip(), f"{answers}: it does not say that something is there"


def a_drafted_calendar_loads(country: str, year: int, desk: Desk) -> None:
    """The draft of a year is read without a problem, fits its schema, and has school on some days. Needs `holidays`.

    Guards against a draft that nobody can begin from.
    """
    source = Source("calendar.yaml", fine(desk, ["calendar", "draft", "--country", country, "--year", str(year)]))
    calendar, problems = parse_calendar(source)
    assert not problems, f"{country} {year}: {problems}"
    assert calendar is not None, f"{country} {year}: there is none"
    wrong = unfit(source)
    assert not wrong, f"{country} {year}: {wrong[0]}"
    assert calendar.of("").school_days, f"{country} {year} has no school day"


def what_comes_with_escalate_can_be_taken(desk: Desk) -> None:
    """`policies list` names each in both languages and to programs, and `policies show` gives its text. Guards against a policy that nobody finds."""
    listed = json.loads(fine(desk, ["policies", "list", "--format", "json"]))["policies"]
    assert tuple(one["policy"] for one in listed) == policies.names(), "the list is not of those that there are"
    for lang in LANGUAGES:
        told = fine(desk, ["policies", "list", "--lang", lang])
        assert not [name for name in policies.names() if name not in told], f"in {lang} one is not listed"
    for name in policies.names()[::8]:
        place = fine(desk, ["policies", "show", name, "--path"]).strip()
        assert place == policies.path(name), f"{name} lies at {place}"
        assert fine(desk, ["policies", "show", name]) == read_source(place).text, f"the text of {name} is another"


def every_command_says_how(desk: Desk) -> None:
    """Each command tells in both languages how it is asked, and of a wrong option which one is wrong. Guards against people who are left with a traceback."""
    commands = list(_commands(desk, []))
    assert ["run"] in commands, "`run` is not told"
    for command in commands:
        asked = " ".join(["escalate", *command])
        english, chinese = (fine(desk, [*command, "--help", "--lang", lang]) for lang in ("en", "zh"))
        assert asked in english, f"`{asked} --help` is of another command: {english[:200]}"
        assert english != chinese, f"`{asked}` is told alike in both languages"
        code, answer, trouble = desk.run([*command, "--no-such-option"])
        assert (code, answer) == (2, ""), f"`{asked} --no-such-option` ends with {code}: {answer[:200]}"
        assert "--no-such-option" in trouble, f"`{asked} --no-such-option` says {trouble[:200]}"


def _commands(desk: Desk, above: list[str]) -> Iterator[list[str]]:
    """Every command, and those below it, by what its help lists."""
    _, _, below = fine(desk, [*above, "--help", "--lang", "en"]).partition("\nCommands:\n")
    for name in re.findall(r"^  ([a-z-]+)  ", below, re.MULTILINE):
        yield [*above, name]
        yield from _commands(desk, [*above, name])
