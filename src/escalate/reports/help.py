"""The command line's own help, and what it says of a wrong use, in a language of the catalogues; in English it is click's own."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from typing import Any

import click

from ..messages import OWN, Said, say, template, told

EXAMPLE = "\b\nExample:"
GAP = 2  # cells between what is written and what it is for
LEAST = 30  # cells of the column that says what it is for
# What click says of an option behind its help, and of a wrong use.
DEFAULTS = {str(said): said for said in (
    say("now"), say("the principal"), say("1 September"), say("two terms from 1 September, without holidays"), say("the end of the first term"),
)}  # fmt: skip
EXTRAS = (template("[default: {value}]"), template("[default: {value}; {more}]"), template("[required]"))
MISUSES = (
    template("Missing argument '{name}'."), template("Missing option '{name}'."), template("No such command '{name}'."), template("No such option: {name}"),
    template("No such option: {name} Did you mean {near}?"), template("No such option '{name}'."), template("No such option '{name}'. Did you mean {near}?"),
    template("Option '{name}' requires an argument."), template("Got unexpected extra argument ({name})"), template("Got unexpected extra arguments ({name})"),
    template("Invalid value for '{name}': {value} is not one of {choices}."), template("Invalid value for '{name}': {value} is not a valid integer."),
    template("Invalid value for '{name}': {value} is not in the range {choices}."), template("Missing command."),
    template("Option '{name}' does not take a value."), template("No such command '{name}'. Did you mean {near}?"),
    template("No such command '{name}'. (Did you mean one of: {near}?)"), template("No such option '{name}'. (Did you mean one of: {near}?)"),
)  # fmt: skip
# What is asked of a command as an option, and is one of its own.
ELSEWHERE = {"--why-not": "why-not", "--what-next": "next"}


class Spoken(click.Command):
    """A command whose help is in the language that was asked for."""

    def get_help(self, ctx: click.Context) -> str:
        lang = getattr(ctx.obj, "lang", OWN)
        return super().get_help(ctx) if lang == OWN else "\n".join(_page(self, ctx, lang))

    def get_short_help_str(self, limit: int = 45) -> str:
        ctx = click.get_current_context(silent=True)
        lang = getattr(ctx.obj, "lang", OWN) if ctx else OWN
        return super().get_short_help_str(limit) if lang == OWN else _first(self, lang)


class Command(Spoken):
    """One command."""


class Group(Spoken, click.Group):
    """Several commands under one name."""


def paragraphs(command: click.Command) -> list[str]:
    """What a command's help says, without its example; each part is a template of the catalogues."""
    text = inspect.cleandoc(command.help or "").partition(EXAMPLE)[0]
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def option_help(option: click.Option) -> str:
    """What an option is for, without what it is when nobody writes it."""
    return re.sub(r"\s*\[default: .*\]$", "", option.help or "")


def _page(command: click.Command, ctx: click.Context, lang: str) -> Iterator[str]:
    width = min(ctx.max_content_width or 80, 100)
    yield told(say("Usage: {usage}", usage=" ".join([ctx.command_path, *command.collect_usage_pieces(ctx)])), lang)
    for part in paragraphs(command):
        yield ""
        yield from (f"  {line}" for line in _wrapped(told(say(_escaped(part)), lang), width - 2))
    if EXAMPLE in (command.help or ""):
        yield ""
        yield f"  {told(say('Example:'), lang)}"
        yield from (f"  {line}" for line in inspect.cleandoc(command.help or "").partition(EXAMPLE)[2].strip("\n").split("\n"))
    options = [_option(one, ctx, lang) for one in command.get_params(ctx) if isinstance(one, click.Option) and not one.hidden]
    yield from _columns(told(say("Options:"), lang), options, width)
    if isinstance(command, click.Group):
        names = [(name, _first(one, lang)) for name in command.list_commands(ctx) if (one := command.get_command(ctx, name)) is not None]
        yield from _columns(told(say("Commands:"), lang), names, width)


def _first(command: click.Command, lang: str) -> str:
    """The first paragraph of a command's help up to its first full stop."""
    whole = paragraphs(command)
    return re.split(r"(?<=。)|\s\(", told(say(_escaped(whole[0])), lang))[0].rstrip("。") if whole else ""


def _option(option: click.Option, ctx: click.Context, lang: str) -> tuple[str, str]:
    names, text = option.get_help_record(ctx) or ("", "")
    extra = re.search(r"\[(?:default: .*|required|x?>?=?\d.*)\]$", text)
    said = option_help(option) if option.name != "help" else "Show this message and exit."
    return names, "  ".join(part for part in (told(say(_escaped(said)), lang), _extra(extra.group(), lang) if extra else "") if part)


def _extra(text: str, lang: str) -> str:
    for pattern in EXTRAS:
        found = _parts(pattern, text)
        if found is not None:
            return told(say(pattern, **{name: DEFAULTS.get(value, value) for name, value in found.items()}), lang)
    return text


def _parts(pattern: str, text: str) -> dict[str, str] | None:
    """What stands in a text where a template has its parts; None where it is not of that template."""
    made = "".join(f"(?P<{piece[1:-1]}>.+?)" if piece.startswith("{") else re.escape(piece) for piece in re.split(r"(\{\w+\})", pattern))
    found = re.fullmatch(made, text, re.DOTALL)
    return found.groupdict() if found else None


def _columns(title: str, rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    from rich.cells import cell_len

    found = list(rows)
    left = min(max(cell_len(first) for first, _ in found) + GAP, width - LEAST)
    yield from ("", title)
    for first, second in found:
        lines = _wrapped(second, width - left - GAP)
        if cell_len(first) + GAP > left:
            yield f"  {first}"
        else:
            yield f"  {first}{' ' * (left - cell_len(first))}{lines[0] if lines else ''}".rstrip()
            lines = lines[1:]
        yield from (f"  {' ' * left}{line}" for line in lines)


def _wrapped(text: str, width: int) -> list[str]:
    from .wrap import wrap

    return wrap(text, width) if text else []


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


# --- a wrong use ------------------------------------------------------------------------------------------


def misused(error: click.ClickException, lang: str) -> None:
    """Say what is wrong with a command line, and where its help is."""
    if lang == OWN:
        error.show()
    else:
        _show(error, lang)
    command = ELSEWHERE.get(getattr(error, "option_name", ""))
    if command is not None:
        click.echo(told(say("`escalate {command} --help`: a command of its own says that", command=command), lang), err=True)


def _show(error: click.ClickException, lang: str) -> None:
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        click.echo(told(say("Usage: {usage}", usage=" ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])), lang), err=True)
        click.echo(told(say("Try '{command} --help' for help.", command=ctx.command_path), lang) + "\n", err=True)
    click.echo(told(say("Error: {message}", message=_misuse(error)), lang), err=True)


def _misuse(error: click.ClickException) -> Said | str:
    if isinstance(error.message, Said):
        return error.message
    text = " ".join(error.format_message().split())
    for pattern in MISUSES:
        found: dict[str, Any] | None = _parts(pattern, text)
        if found is not None:
            return say(pattern, **{name: value.replace("'", "`") for name, value in found.items()})
    return text
