"""The command line: it parses, calls one function of `commands`, and returns its exit code.

Exit codes: 0 fine, 1 problems found or not verified, 2 used wrongly, 3 our fault, 130 stopped by hand.
This is the only place that reads a clock.
"""

from __future__ import annotations

import datetime
import inspect
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import click

from .commands import OURS, PROBLEMS, STOPPED, USAGE, Misuse
from .commands.tongue import Tongue, asked_in, of_policies, of_run, of_specs, usual
from .messages import LANGUAGES, noun, said_by, say
from .reports.help import Command, Group, Spoken, misused

F = TypeVar("F", bound=Callable[..., Any])
LAST_FRAMES = 4


class Guarded(Spoken, click.Group):
    """A group whose every end is an exit code and, where something went wrong, words."""

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run, and leave by the exit code."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        given = list(sys.argv[1:] if args is None else args)
        if not standalone_mode:
            return super().main(given, prog_name, complete_var, standalone_mode=False, **extra)
        sys.exit(self._ended(given, prog_name, complete_var, extra))

    def _ended(self, args: list[str], prog_name: str | None, complete_var: str | None, extra: dict[str, Any]) -> int:
        tongue = extra["obj"] = Tongue(asked_in(args), lambda: usual(args, os.environ))
        try:
            code = super().main(list(args), prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except Misuse as misuse:
            click.echo(tongue.say(say("error: {misuse}", misuse=said_by(misuse))), err=True)
            return USAGE
        except click.ClickException as error:
            misused(error, tongue.lang)
            return error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo(tongue.say(say("stopped: nothing was written")), err=True)
            return STOPPED
        except BrokenPipeError:
            # Whoever read our output has seen enough; closing it now keeps Python from trying once more at its end.
            with suppress(BrokenPipeError):
                sys.stdout.close()
            return PROBLEMS
        except Exception as error:  # noqa: BLE001  # the last door: everything that nobody else has caught
            return _failed(error, args, tongue)
        return code if isinstance(code, int) else 0


def _failed(error: Exception, args: Sequence[str], tongue: Tongue) -> int:
    """What stopped a command: the files' problems, the system, or ourselves."""
    from .source import Refused

    if isinstance(error, Refused):
        from .reports.problems import as_values, print_json, print_problems

        if _wants_json(args):
            print_json({"problems": as_values(error.problems)}, sys.stdout)
        else:
            print_problems(error.problems, sys.stderr, tongue.lang)
        return PROBLEMS
    if isinstance(error, OSError) and error.filename is not None:
        why = noun((error.strerror or "unknown reason").lower())
        click.echo(tongue.say(say("cannot use `{file}`: {why}", file=os.fsdecode(error.filename), why=why)), err=True)
        return PROBLEMS
    _report(error, args, tongue)
    return OURS


def _wants_json(args: Sequence[str]) -> bool:
    return any(arg == "--format=json" or (arg == "--format" and following == "json") for arg, following in zip(args, [*args[1:], ""], strict=True))


def _report(error: Exception, args: Sequence[str], tongue: Tongue) -> None:
    import platform
    import traceback

    from . import __version__

    frames = traceback.extract_tb(error.__traceback__)[-LAST_FRAMES:]
    lines = [f"  {os.path.basename(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line}" for frame in frames]
    click.echo(
        "\n".join([
            tongue.say(say("this is our fault, not yours; please report it with these lines, and look through them for names first:")),
            f"  escalate {__version__}, Python {platform.python_version()} on {platform.system()}",
            f"  escalate {' '.join(args)}",
            *lines,
            f"  {type(error).__name__}: {error}",
        ]),
        err=True,
    )  # fmt: skip


# --- options ------------------------------------------------------------------------------------------


def spoken(lang: str | None, own: str = "") -> str:
    """The language of the answer, also where it is that something is wrong: what was asked for, else `own`, else the usual one."""
    return click.get_current_context().ensure_object(Tongue).speak(lang or own)


FORMAT = click.option("--format", "form", type=click.Choice(["human", "json"]), default="human", show_default=True, help="How to answer.")
KEY_FILE = click.option("--key-file", metavar="FILE", help="A secret of 16 bytes or more that salts the audit records; kept from whoever receives proofs.")
LANG = click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="The language of the answer, by default the policy's.")
SPOKEN = click.option(
    "--lang", type=click.Choice(LANGUAGES), expose_value=False, help="The language of answers and of this help; it may stand behind the command too.",
)
FOLDER = click.argument("folder", metavar="DIR")


POLICIES = click.option(
    "--policy", "policies", metavar="FILE", multiple=True, required=True, help="A policy; again for each other one, versions of one name together.",
)  # fmt: skip
HISTORY = (
    click.option("--calendar", metavar="FILE", required=True, help="The school days."),
    click.option("--roster", metavar="FILE", required=True, help="The students."),
    click.option("--assignments", metavar="FILE", help="Who holds which role."),
    click.option("--events", metavar="FILE", multiple=True, required=True, help="Marks, outcomes and other facts; again for each other file."),
    click.option(
        "--mapping", "mappings", metavar="FILE", multiple=True,
        help="What a file's columns and codes mean: once for all files of events, or once for each (`plain`: none).",
    ),
)  # fmt: skip


def inputs(command: F) -> F:
    """The files that an evaluation reads, as options."""
    return POLICIES(history(command))


def history(command: F) -> F:
    """The same without the policies."""
    for option in reversed(HISTORY):
        command = option(command)
    return command


def asked(lang: str | None) -> str | None:
    """The language that was asked for, behind the command or before it; None where nobody asked."""
    return lang or click.get_current_context().ensure_object(Tongue).asked


def example(text: str) -> Callable[[F], F]:
    """An example below a command's help."""

    def add(function: F) -> F:
        shown = "\n".join(f"  {line}" for line in text.strip().splitlines())
        function.__doc__ = f"{inspect.cleandoc(function.__doc__ or '')}\n\n\b\nExample:\n{shown}\n"
        return function

    return add


@click.group("escalate", cls=Guarded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@SPOKEN
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=lambda ctx, _, value: _version(ctx, asked=value), help="Show the version and end."
)
@example("""
escalate check policy.yaml
escalate run --policy policy.yaml --calendar calendar.yaml --roster roster.csv \\
    --assignments assignments.csv --events events.csv --out term
escalate audit verify term
""")
def main() -> None:
    """A school's dropout-prevention policy, written in YAML, becomes dated action items with an audit trail."""


def _version(ctx: click.Context, *, asked: bool) -> None:
    if asked:
        from . import __version__

        click.echo(f"escalate {__version__}")
        ctx.exit()


# --- init ---------------------------------------------------------------------------------------------


@main.command(cls=Command)
@click.argument("folder", metavar="[DIR]", default=".")
@click.option("--lang", metavar="zh|en", help="The language of the policy, and of the answer.  [default: zh]")
@click.option("--name", metavar="TEXT", help="The school's name.")
@click.option("--first-day", metavar="DATE", help="The first day of the school year.  [default: 1 September]")
@click.option("--days", metavar="NUMBER", help="After how many days away somebody visits, 2 to 10.  [default: 3]")
@click.option("--next", "next", metavar="TEXT", help="Whom the class teacher tells next.  [default: the principal]")
@click.option("--yes", is_flag=True, help="Ask nothing: the defaults for all that no flag gives.")
@FORMAT
@example("""
escalate init my-school
escalate init my-school --lang en --name "Hill School" --first-day 2025-09-01 --days 3 --next principal
""")
def init(folder: str, form: str, *, yes: bool, **given: str | None) -> int:
    """Begin a policy: ask five questions, and write a small policy with all that is needed to try it.

    Writes into DIR (left out, the folder you are in) README.md, policy.yaml, policy.spec.yaml, calendar.yaml, roster.csv,
    assignments.csv and events.csv. A file that is there already is never overwritten: it is named, and nothing is written.
    """
    from .commands.init import init as command

    given["lang"] = asked(given["lang"])
    today = datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).date()
    return command(folder, given, today, click.get_current_context().ensure_object(Tongue), form, yes=yes)


# --- check --------------------------------------------------------------------------------------------


@main.command(cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@LANG
@FORMAT
@example("escalate check policies/S002-02/adopted.yaml")
def check(files: tuple[str, ...], lang: str | None, form: str) -> int:
    """Say what is wrong with policies, and with specs, calendars and mappings."""
    from .commands.check import check as command

    return command(files, form, spoken(lang, of_policies(files)))


# --- lint ---------------------------------------------------------------------------------------------


@main.command(cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--calendar", metavar="FILE", help="The school days, for the rules that ask for them.")
@click.option("--roster", metavar="FILE", help="The students, to know for whom a role can be held; in YAML with the assignments.")
@click.option("--assignments", metavar="FILE", help="Who holds which role, for the rule that asks for it.")
@click.option("--fail-on", type=click.Choice(["note", "warning", "error"]), default="warning", show_default=True, help="Exit code 1 from this severity on.")
@click.option("--explain", "rule", metavar="RULE", help="Print the page of a rule, and no more.")
@LANG
@FORMAT
@example("""
escalate lint policies/S002-02/adopted.yaml
escalate lint policy.yaml --calendar calendar.yaml --assignments assignments.csv
escalate lint term
escalate lint --explain stays-in-school
""")
def lint(paths: tuple[str, ...], rule: str | None, lang: str | None, form: str, **choices: Any) -> int:
    """Say what policies, and a run, say that hardly anybody means: all that `check` says, and what its rules find.

    PATH is a policy, or the folder of a run. A finding stands until it is mended, or escaped in the policy with a reason:
    `# allow RULE: reason`. Rules that need a file which is not given are not asked, and the answer says which.
    """
    from .commands.lint import Choices, explained
    from .commands.lint import lint as command

    if rule is not None:
        if paths:
            raise click.UsageError(say("--explain stands alone"))
        return explained(rule, spoken(lang))
    if not paths:
        raise click.UsageError(say("name a policy, or the folder of a run"))
    return command(paths, Choices(**choices, lang=spoken(lang, of_run(paths[0]) if os.path.isdir(paths[0]) else of_policies(paths))), form)


# --- fmt ----------------------------------------------------------------------------------------------


@main.command(cls=Command)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--to", type=click.Choice(["zh", "en"]), default=None, help="Put the words of the language into Chinese or English too.")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 where a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing, and show what would change.")
@LANG
@example("""
escalate fmt policy.yaml
escalate fmt policy.yaml policy.spec.yaml calendar.yaml --to zh
escalate fmt policy.yaml --check --diff
""")
def fmt(files: tuple[str, ...], to: str | None, lang: str | None, *, check: bool, diff: bool) -> int:
    """Lay out policies, specs and calendars, and put their words into one language.

    Two spaces a level, no blanks at the ends of lines, one empty line at most. Remarks and names stay, and texts stay on their lines.
    What a file says is compared before and after: it never changes. Where any file has a problem, none is written.
    """
    from .commands.fmt import fmt as command

    return command(files, to or "", check=check, diff=diff, lang=spoken(lang, of_policies(files)))


# --- show, diagram ------------------------------------------------------------------------------------


OUT = click.option("--out", metavar="FILE", help="Write it to a file; an earlier picture there is replaced.")


@main.command(cls=Command)
@click.argument("policy", metavar="POLICY")
@click.option("--table", is_flag=True, help="As the table that people sign: who does what for whom by when, and under which clause.")
@click.option("--format", "form", type=click.Choice(["human", "markdown", "xlsx", "json"]), default="human", show_default=True, help="How to answer.")
@OUT
@LANG
@example("""
escalate show policies/S002-02/adopted.yaml --table
escalate show policies/S002-02/adopted.yaml --table --format xlsx --out table.xlsx
""")
def show(policy: str, form: str, out: str | None, lang: str | None, *, table: bool) -> int:
    """Show a policy in the words of its readers, its parameters put in.

    A workbook needs --out and the extra `xlsx`: pip install 'escalate-policy[xlsx]'
    """
    from .commands.show import show_table

    if not table:
        raise click.UsageError(say("say as what to show it: --table"))
    spoken(lang, of_policies([policy]))
    return show_table(policy, form, out, asked(lang))


@main.command(cls=Command)
@click.argument("policy", metavar="POLICY")
@click.option("--format", "form", type=click.Choice(["svg", "mermaid"]), default="svg", show_default=True, help="A picture, or the text of a flowchart.")
@OUT
@LANG
@example("""
escalate diagram policies/S002-02/adopted.yaml --out ladders.svg
""")
def diagram(policy: str, form: str, out: str | None, lang: str | None) -> int:
    """Draw a policy's ladders: stages from top to bottom, who acts by when, and the end."""
    from .commands.show import draw

    spoken(lang, of_policies([policy]))
    return draw(policy, form, out, asked(lang))


# --- schema, lsp --------------------------------------------------------------------------------------


@main.command(cls=Command)
@click.argument("kind", type=click.Choice(["policy", "spec", "calendar", "mapping"]))
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The language of its descriptions.")
@click.option("--out", metavar="FILE", help="Write it to a file; an earlier schema there is replaced.")
@example("""
escalate schema policy --out policy.schema.json
escalate schema spec --lang en
""")
def schema(kind: str, lang: str, out: str | None) -> int:
    """Print the JSON Schema of a kind of file, with which editors check and complete it while it is written.

    Made of the tables that the readers themselves go by: it refuses nothing that `escalate check` takes.
    """
    from .commands.schema import schema as command

    spoken(lang)
    return command(kind, lang, out)


@main.command(cls=Command)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The language in which keys and names are told.")
@example("escalate lsp --lang en")
def lsp(lang: str) -> int:
    """Serve an editor: problems as one writes, what a key or a name is, what may stand here, where a name is defined, and another name for it.

    An editor starts it and speaks to it over standard input and output. Needs the extra `lsp`: pip install 'escalate-policy[lsp]'
    """
    from . import __version__
    from .commands.lsp import lsp as command

    spoken(lang)
    return command(lang, __version__)


# --- test ---------------------------------------------------------------------------------------------


@main.command("test", cls=Command)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--run", "pattern", metavar="TEXT", default="", help="Only the cases whose name holds a text.")
@click.option("--diff", is_flag=True, help="Say what differs as a diff: `-` was expected, `+` came.")
@click.option("--junit", metavar="FILE", default="", help="Write the cases as JUnit XML too, for a CI server.")
@click.option("--coverage", is_flag=True, help="Say which parts of the policies the cases exercised, and which they did not.")
@click.option("--fail-under", type=click.IntRange(1, 100), metavar="PERCENT", help="Exit code 1 where less than this of a policy is covered.")
@click.option("--coverage-marked", metavar="FILE", help="Write the policies with a margin: + covered, - not covered.")
@click.option("--write-boundaries", is_flag=True, help="Write a spec with three cases for each threshold of a policy: one short of it, just at it, one beyond.")
@click.option("--out", metavar="FILE", default="", help="The spec that --write-boundaries writes.  [default: beside PATH]")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", default=None, help="Processes; as many as there are processors where it is left out.")
@LANG
@FORMAT
@example("""
escalate test policies --run 家访
escalate test policies --junit specs.xml
escalate test policies/S002-02 --coverage --fail-under 80
escalate test policies/S002-02/adopted.yaml --write-boundaries
""")
def run_specs(
    paths: tuple[str, ...], fail_under: int | None, coverage_marked: str | None, jobs: int | None, lang: str | None, out: str, *,
    coverage: bool, write_boundaries: bool, **choices: Any,
) -> int:
    """Play the made-up days of spec files, and say what did not come as expected; exit code 1 where a case fails.

    PATH is a spec file, or a folder with files that end in `.spec.yaml`; left out, the folder you are in.
    With --write-boundaries it is one policy or one spec, and nothing is played but what is written.
    """
    if out and not write_boundaries:
        raise Misuse(say("--out is the file that --write-boundaries writes: give both"))
    if write_boundaries:
        from .commands.boundaries import write

        form = choices.pop("form")
        if coverage or fail_under or coverage_marked or jobs or any(choices.values()):
            raise Misuse(say("--write-boundaries goes with --out and --format only"))
        return write(paths, out, spoken(lang, of_specs(paths)), form)
    from .commands.covering import Coverage
    from .commands.test import Choices
    from .commands.test import play as command

    covering = Coverage(fail_under or 0, coverage_marked) if coverage or fail_under or coverage_marked else None
    paths = paths or (".",)
    return command(paths, Choices(jobs=jobs or 0, **choices, lang=spoken(lang, of_specs(paths))), covering)


# --- run ----------------------------------------------------------------------------------------------


@main.command(cls=Command)
@inputs
@click.option("--out", metavar="DIR", required=True, help="The folder to write.")
@click.option("--until", metavar="TIME", default="", help="Up to when to evaluate; a date means its close.  [default: now]")
@click.option("--received", metavar="TIME", default="", help="When the files of events reached us: nothing in them was known before.")
@click.option("--covers", metavar="FROM..TO", default="", help="The dates for which a file that lists absences only is complete (the mapping's `unmarked`).")
@click.option("--since", metavar="DIR", default="", help="The folder of an earlier run: write what is new against it, news.csv and news.jsonl.")
@click.option("--strict", is_flag=True, help="Write nothing where a row would be set aside or an event lost.")
@click.option("--force", is_flag=True, help="Replace the folder of an earlier run.")
@click.option("--names", is_flag=True, help="Add the students' names to items.csv and to the summary.")
@click.option("--matcher", type=click.Choice(["plain", "durable", "both"]), help="What judges the conditions.")
@KEY_FILE
@LANG
@FORMAT
@example("""
escalate run --policy policy.yaml --calendar calendar.yaml --roster roster.csv \\
    --assignments assignments.csv --events events.csv --until 2025-12-10T18:00 --out term
""")
def run(
    policies: tuple[str, ...], calendar: str, roster: str, assignments: str | None, events: tuple[str, ...], mappings: tuple[str, ...],
    out: str, lang: str | None, **choices: Any,
) -> int:  # fmt: skip
    """Evaluate events: what is to be done, by whom, for whom, until when.

    Writes DIR/items.jsonl and items.csv (the items), audit.jsonl (every decision, sealed), rejects.csv (rows that were set
    aside), registers/ and registers.xlsx (lists to keep and print, with names: for the school's own use), registers.jsonl (who may
    read which row of them), policies/ (the policies as they were used) and run.json (what was read, and counts); with --since
    news.csv and news.jsonl (the items that came, changed or are gone).
    """
    from .commands.run import Choices, Files
    from .commands.run import run as command

    files = Files(policies, calendar, roster, events, assignments, mappings)
    spoken(lang, of_policies(policies))
    return command(files, out, Choices(now=int(time.time()), lang=asked(lang) or "", **choices))


# --- registers ----------------------------------------------------------------------------------------


@main.command(cls=Command)
@FOLDER
@click.option("--for", "reader", metavar="ROLE[/PERSON]", required=True, help="Who reads: all holders of a role, or one of them.")
@click.option("--out", metavar="DIR", required=True, help="A new folder; with a role alone, one in it for each who holds it.")
@LANG
@FORMAT
@example("""
escalate registers term --for homeroom_teacher --out hand-out
escalate registers term --for homeroom_teacher/p1 --out p1
""")
def registers(folder: str, reader: str, out: str, lang: str | None, form: str) -> int:
    """Write what a role may read of a run's registers: those that are for it, and of them the rows of whom it is held for."""
    from .commands.registers import registers as command

    return command(Path(folder), reader, out, form, spoken(lang, of_run(folder)))


# --- explain ------------------------------------------------------------------------------------------


@main.command(cls=Command)
@FOLDER
@click.argument("item", required=False)
@click.option("--student", metavar="ID", help="Tell all of a student's story instead.")
@click.option("--as-known", metavar="TIME", default="", help="As it stood at that time, whatever came later; a date means its end.")
@LANG
@FORMAT
@example("""
escalate explain term hesheng/s0042/absence/1/one_day/1/group_visit/homeroom_teacher
escalate explain term --student s0042 --as-known 2025-11-03
""")
def explain(folder: str, item: str | None, student: str | None, as_known: str, lang: str | None, form: str) -> int:
    """Say why an item was issued, moved, overdue or withdrawn, from which facts and by which clause.

    ITEM is an item's id, or as much of its end as no other item has.
    """
    from .commands.explain import explain_item, explain_student

    spoken(lang, of_run(folder))
    if item is not None and student is None:
        return explain_item(Path(folder), item, asked(lang), form, as_known)
    if student is not None and item is None:
        return explain_student(Path(folder), student, asked(lang), form, as_known)
    raise click.UsageError(say("name an item, or a student with --student"))


# --- next -----------------------------------------------------------------------------------------------


@main.command("next", cls=Command)
@click.argument("student")
@inputs
@click.option("--until", metavar="TIME", default="", help="What is known by then counts; a date means its close.  [default: now]")
@LANG
@FORMAT
@example("""
escalate next s1 --policy policy.yaml --calendar calendar.yaml --roster roster.csv \\
    --assignments assignments.csv --events events.csv --until 2025-11-05
""")
def foresee(
    student: str, policies: tuple[str, ...], calendar: str, roster: str, assignments: str | None, events: tuple[str, ...], mappings: tuple[str, ...],
    until: str, lang: str | None, form: str,
) -> int:  # fmt: skip
    """Say what comes next for a student, and when: if they stay away, if they come back, if nobody records anything.

    Nobody is supposed to do what is asked of them. What is asked of classes and schools is left out.
    """
    from .commands.foresee import foresee as command
    from .commands.run import Choices, Files

    files = Files(policies, calendar, roster, events, assignments, mappings)
    spoken(lang, of_policies(policies))
    return command(files, student, Choices(now=int(time.time()), until=until, lang=asked(lang) or "", form=form))


@main.command("why-not", cls=Command)
@click.argument("student")
@click.argument("stage")
@inputs
@click.option("--until", metavar="TIME", default="", help="What is known by then counts; a date means its close.  [default: now]")
@LANG
@FORMAT
@example("""
escalate why-not s1 three_days --policy policy.yaml --calendar calendar.yaml --roster roster.csv \\
    --assignments assignments.csv --events events.csv --until 2025-11-05
""")
def why_not(
    student: str, stage: str, policies: tuple[str, ...], calendar: str, roster: str, assignments: str | None, events: tuple[str, ...],
    mappings: tuple[str, ...], until: str, lang: str | None, form: str,
) -> int:  # fmt: skip
    """Say why a stage has not fired for a student: the close at which it came nearest, which part failed, and by how much.

    STAGE is a stage's name, or `ladder.stage`.
    """
    from .commands.foresee import why as command
    from .commands.run import Choices, Files

    files = Files(policies, calendar, roster, events, assignments, mappings)
    spoken(lang, of_policies(policies))
    return command(files, student, stage, Choices(now=int(time.time()), until=until, lang=asked(lang) or "", form=form))


# --- compare --------------------------------------------------------------------------------------------


@main.command(cls=Command)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--with-a", multiple=True, metavar="FILE", help="A further policy of side A, or a further version of its policy; once for each file.")
@click.option("--with-b", multiple=True, metavar="FILE", help="The same of side B. A policy that both sides have is named for both.")
@history
@click.option("--until", metavar="TIME", default="", help="What is known by then counts; a date means its close.  [default: now]")
@click.option("--always", is_flag=True, help="Take all policies as in force at all times, whatever their `in_force` says.")
@click.option("--all", "everything", is_flag=True, help="List everything that differs, not the first of it.")
@click.option("--out", metavar="FILE", default="", help="Write everything that differs to a new CSV file.")
@click.option("--exit-code", "strict", is_flag=True, help="Exit code 1 where anything differs in what comes of them.")
@LANG
@FORMAT
@example("""
escalate compare adopted.yaml sooner.yaml --calendar calendar.yaml --roster roster.csv \\
    --assignments assignments.csv --events events.csv --until 2026-01-24
""")
def compare(
    a: str, b: str, with_a: tuple[str, ...], with_b: tuple[str, ...], calendar: str, roster: str, assignments: str | None, events: tuple[str, ...],
    mappings: tuple[str, ...], until: str, lang: str | None, form: str, **wanted: Any,
) -> int:  # fmt: skip
    """Say what policy B would have made of a history that policy A has not: items gained, lost, earlier and later.

    By stage and class, the students concerned, and what each role was given in each week. What differs in the policies comes first.
    Where several policies hold at a time, such as a county's and the school's, each side takes them all.
    """
    from .commands.compare import Wanted, compare_policies
    from .commands.run import Choices, Files

    files = Files((), calendar, roster, events, assignments, mappings)
    spoken(lang, of_policies([a, *with_a, b, *with_b]))
    return compare_policies((a, *with_a), (b, *with_b), files, Choices(now=int(time.time()), until=until, lang=asked(lang) or "", form=form), Wanted(**wanted))


# --- simulate -------------------------------------------------------------------------------------------


@main.command(cls=Command)
@click.argument("policies", metavar="POLICY [POLICY]", nargs=-1, required=True)
@click.option("--students", type=int, default=400, show_default=True, metavar="N", help="How many students the school has.")
@click.option("--classes", type=int, default=8, show_default=True, metavar="N", help="How many classes.")
@click.option("--grades", default="7-9", show_default=True, metavar="FROM-TO", help="Its first and last grade.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Another seed, another school; the same, the same.")
@click.option("--absence-rate", "absence", default="4%", show_default=True, metavar="PERCENT", help="How much of the school days a student is away on average.")
@click.option("--unexcused", default="33%", show_default=True, metavar="PERCENT", help="How many absences are without leave.")
@click.option("--spell", type=int, default=2, show_default=True, metavar="DAYS", help="How long an absence lasts on average, in school days.")
@click.option("--in-time", default="80%", show_default=True, metavar="PERCENT", help="How many items are done in time.")
@click.option("--late", default="15%", show_default=True, metavar="PERCENT", help="How many are done late; the rest is never done.")
@click.option("--calendar", metavar="FILE", help="The school days.  [default: two terms from 1 September, without holidays]")
@click.option("--until", metavar="TIME", default="", help="Up to when; a date means its close.  [default: the end of the first term]")
@click.option("--out", metavar="DIR", default="", help="Write what was made up to a folder, to be run again.")
@click.option("--all", "everything", is_flag=True, help="Of two policies, list everything that differs.")
@LANG
@FORMAT
@example("""
escalate simulate policies/S002-02/adopted.yaml --students 400 --classes 8 --grades 1-6
escalate simulate adopted.yaml sooner.yaml --seed 2 --absence-rate 6% --out made-up
""")
def simulate(policies: tuple[str, ...], lang: str | None, **wanted: Any) -> int:
    """Say what a policy would ask for in a school that is made up: stages reached, items late, and work for each role in each week.

    For a school that has no history yet. Of two policies it says what differs, in the same school. Nobody in it exists, and nobody in
    it comes back to school sooner because of what is done.
    """
    from .commands.simulate import Asked
    from .commands.simulate import simulate as command

    spoken(lang, of_policies(policies))
    if len(policies) > 2:
        raise click.UsageError(say("name one policy, or two to be compared"))
    return command(policies, Asked(lang=asked(lang) or "", **wanted))


# --- timeline, report -----------------------------------------------------------------------------------


PAGE = (
    click.option("--until", metavar="TIME", default="", help="What is known by then counts; a date means its close.  [default: now]"),
    click.option("--received", metavar="TIME", default="", help="When the files of events reached us, as `escalate run` has it."),
    click.option("--covers", metavar="FROM..TO", default="", help="For which dates a file that lists absences only is complete, as `escalate run` has it."),
    click.option("--out", metavar="FILE", required=True, help="The page to write; its name ends in `.html`."),
    click.option("--force", is_flag=True, help="Replace a page that is there already."),
    click.option("--names", is_flag=True, help="Write names beside ids."),
    LANG,
)


def page(command: F) -> F:
    """What both pages are made of, as options."""
    for option in reversed(PAGE):
        command = option(command)
    return inputs(command)


@main.command(cls=Command)
@click.argument("student")
@page
@example("""
escalate timeline s1 --policy policy.yaml --calendar calendar.yaml --roster roster.csv \\
    --assignments assignments.csv --events events.csv --until 2025-11-05 --out s1.html
""")
def timeline(
    student: str, policies: tuple[str, ...], calendar: str, roster: str, assignments: str | None, events: tuple[str, ...], mappings: tuple[str, ...],
    out: str, lang: str | None, **choices: Any,
) -> int:  # fmt: skip
    """Write one child's school year as a page for the browser: every session, cases and items on the same days, and why.

    One HTML file that needs nothing but itself: to open, to print, to hand over. It reads the files of a run.
    """
    from .commands.pages import timeline as command
    from .commands.run import Choices, Files

    files = Files(policies, calendar, roster, events, assignments, mappings)
    spoken(lang, of_policies(policies))
    return command(files, student, out, Choices(now=int(time.time()), lang=asked(lang) or "", **choices))


@main.command(cls=Command)
@page
@click.option("--for", "reader", metavar="ROLE/PERSON", default="", help="Only the children for whom somebody holds a role that may read the open cases.")
@click.option("--wall", is_flag=True, help="Only what names no child: to hang on a wall.")
@KEY_FILE
@example("""
escalate report --policy policy.yaml --calendar calendar.yaml --roster roster.csv \\
    --assignments assignments.csv --events events.csv --until 2025-12-10T18:00 --out report.html
""")
def report(
    policies: tuple[str, ...], calendar: str, roster: str, assignments: str | None, events: tuple[str, ...], mappings: tuple[str, ...],
    out: str, reader: str, lang: str | None, *, wall: bool, **choices: Any,
) -> int:  # fmt: skip
    """Write a run as a page for the browser: who has how much to do, what is overdue, and child by child the cases.

    One HTML file that needs nothing but itself. What names no child comes first, on pages of its own. It reads the files of a run.
    """
    from .commands.report import report as command
    from .commands.run import Choices, Files

    files = Files(policies, calendar, roster, events, assignments, mappings)
    spoken(lang, of_policies(policies))
    return command(files, out, reader, Choices(now=int(time.time()), lang=asked(lang) or "", **choices), wall=wall)


# --- audit --------------------------------------------------------------------------------------------


@main.group(cls=Group)
@SPOKEN
@example("escalate audit verify term")
def audit() -> None:
    """Whether records are what was sealed, and proofs for single ones."""


@audit.command(cls=Command)
@FOLDER
@click.option("--root", "roots", metavar="HEX", multiple=True, help="A root that was kept elsewhere, which must be in the chain.")
@KEY_FILE
@LANG
@FORMAT
@example("escalate audit verify term --root 5f1d...")
def verify(folder: str, roots: tuple[str, ...], key_file: str | None, lang: str | None, form: str) -> int:
    """Find every changed, missing, added or moved record; exit code 1 where there is one."""
    from .commands.audit import verify_folder

    return verify_folder(folder, roots, key_file, form, spoken(lang, of_run(folder)))


@audit.command(cls=Command)
@FOLDER
@click.argument("record")
@click.option("--out", metavar="FILE", help="Write the proof to a new file.")
@LANG
@FORMAT
@example("""
escalate audit prove term hesheng/s0042/absence/1@2025-11-03T17:30:00+08:00 > proof.json
escalate audit prove term 1207 --out proof.json
""")
def prove(folder: str, record: str, out: str | None, lang: str | None, form: str) -> int:
    """Print a proof that a record is in the chain, which shows no other record.

    RECORD is `subject@decided` as in an item's `ground`, a subject that has one record, or a line of audit.jsonl.
    """
    from .commands.audit import prove_record

    return prove_record(folder, record, out, form, spoken(lang, of_run(folder)))


@audit.command("check-proof", cls=Command)
@click.argument("file")
@click.option("--root", metavar="HEX", help="A root that was kept elsewhere: that of the record's block or of a later one.")
@LANG
@FORMAT
@example("escalate audit check-proof proof.json --root 5f1d...")
def check_proof(file: str, root: str | None, lang: str | None, form: str) -> int:
    """Say whether a proof holds."""
    from .commands.audit import check_proof as command

    return command(file, root, form, spoken(lang))


# --- calendar -----------------------------------------------------------------------------------------


@main.group(cls=Group)
@SPOKEN
@example("escalate calendar draft --country CN --year 2026 > calendar.yaml")
def calendar() -> None:
    """Drafts of calendars."""


@calendar.command(cls=Command)
@click.option("--country", metavar="CODE", required=True, help="Whose public holidays: CN, US ...")
@click.option("--year", type=int, metavar="YEAR", required=True, help="The year of the draft.")
@LANG
@FORMAT
@example("escalate calendar draft --country CN --year 2026 > calendar.yaml")
def draft(country: str, year: int, lang: str | None, form: str) -> int:
    """Print a calendar's draft from a year's public holidays, for a person to edit.

    Needs the extra `calendar`: pip install 'escalate-policy[calendar]'
    """
    from .commands.calendar import draft as command

    return command(country, year, spoken(lang), form)


# --- policies -----------------------------------------------------------------------------------------


@main.group("policies", cls=Group)
@SPOKEN
@example("escalate policies list")
def shipped() -> None:
    """The policies that come with escalate."""


@shipped.command("list", cls=Command)
@LANG
@FORMAT
@example("escalate policies list --lang en")
def list_policies(lang: str | None, form: str) -> int:
    """List every policy: its title, how many clauses it states, its files, and how many parameters a school has to set."""
    from .commands.policies import listed

    spoken(lang)
    return listed(asked(lang), form)


@shipped.command("show", cls=Command)
@click.argument("policy")
@click.option("--adopted", is_flag=True, help="What an example school chose, instead of what the plan says.")
@click.option("--file", metavar="NAME", help="Another of its files.  [default: policy.yaml]")
@click.option("--path", "where", is_flag=True, help="Where the file lies, instead of what it says.")
@LANG
@FORMAT
@example("""
escalate policies show S004-05C
escalate check $(escalate policies show S004-05C --adopted --path)
""")
def show_policy(policy: str, file: str | None, lang: str | None, form: str, *, adopted: bool, where: bool) -> int:
    """Print a policy as it stands."""
    from .commands.policies import shown
    from .policies import ADOPTED, POLICY

    spoken(lang)
    if adopted and file:
        raise click.UsageError(say("--adopted is a file of its own: leave --file out"))
    return shown(policy, ADOPTED if adopted else file or POLICY, form, where=where)
