"""The laws of a policy's text: what must hold of any text of a policy, whatever it says. Each is a plain function that raises `BrokenText`."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Sequence

from attrs import frozen

from ..formatting import formatted
from ..lints.lint import Text, lint
from ..lints.rule import Given
from ..load import check_policy
from ..pictures import markdown, mermaid, sheets_of, svg, table_of
from ..source import Refused, Source, render
from ..spec.ordinary import calendar
from .written import Written, finder, read

LANGUAGES = ("zh", "en")
FIRST = datetime.date(2025, 9, 1)


class BrokenText(AssertionError):
    """A law does not hold of a text: its name, what it says and guards against, what was seen, and the text."""

    def __init__(self, law: Callable[..., object], seen: str, text: str) -> None:
        self.law, self.seen, self.text = law.__name__, seen, text
        self.says = " ".join((law.__doc__ or "").split())
        super().__init__(f"law broken: {self.law}\n  {self.says}\n\nwhat was seen: {seen}\n\nthe text:\n{text}")


TextLaw = Callable[[Written], None]


@frozen
class NearMiss:
    """A text one mistake from well-formed: what was done to it, and what it was before."""

    text: str
    what: str
    before: Written

    def __repr__(self) -> str:
        return f"\n# {self.what}\n{self.text}"


def assert_text_lawful(policy: str | os.PathLike[str] | Written, laws: Sequence[TextLaw] | None = None) -> None:
    """Assert that every law of a text holds of a policy's file, or of one that was drawn. Raises `BrokenText`, and `Refused` of a file that does not load."""
    written = policy if isinstance(policy, Written) else read(policy)
    for law in TEXT_LAWS if laws is None else laws:
        try:
            law(written)
        except BrokenText:
            raise
        except Exception as error:  # whatever it is, it is a finding
            raise BrokenText(law, f"it raised {said(error)}", repr(written)) from error


def hold(law: TextLaw, holds: object, written: Written, seen: str) -> None:
    """Raise `BrokenText` where something does not hold."""
    if not holds:
        raise BrokenText(law, seen, repr(written))


def said(error: Exception) -> str:
    """What was raised: the problems of what is refused."""
    return "\n".join(map(render, error.problems)) if isinstance(error, Refused) else f"{type(error).__name__}: {error}"


# --- of what loads --------------------------------------------------------------------------------------


def it_loads(written: Written) -> None:
    """A text that is well-formed has no problem, and loads to one policy each time. It guards against a reader that refuses what the reference allows."""
    policy, problems = check_policy(written.source, find=written.find)
    wrong = [problem for problem in problems if not problem.warning]
    hold(it_loads, policy is not None, written, "\n".join(map(render, wrong)))
    hold(it_loads, policy == written.policy, written, "it is another policy when it is loaded again")


def laid_out_twice_is_laid_out(written: Written) -> None:
    """What `escalate fmt` wrote it does not change again; it is the same policy and version. It guards against a layout that says something else."""
    once = formatted(written.source, find=written.find)
    twice = formatted(Source(written.path, once), find=written.find)
    hold(laid_out_twice_is_laid_out, once == twice, written, f"laid out again it is\n{twice}")
    after = written.otherwise(once).policy
    hold(laid_out_twice_is_laid_out, (after, after.digest) == (written.policy, written.policy.digest), written, f"another policy is\n{once}")


def chinese_and_back(written: Written) -> None:
    """Put into Chinese and back it is the same text, and in Chinese the same policy of the same version. It guards against a word that is lost on the way."""
    english = formatted(written.source, "en", written.find)
    chinese = formatted(written.source, "zh", written.find)
    back = formatted(Source(written.path, chinese), "en", written.find)
    hold(chinese_and_back, back == english, written, f"it came back as\n{back}")
    for text in (chinese, english):
        after = written.otherwise(text).policy
        hold(chinese_and_back, (after, after.digest) == (written.policy, written.policy.digest), written, f"another policy is\n{text}")


def remarks_change_nothing(written: Written) -> None:
    """Its digest is of what it says: remarks and empty lines leave it as it is. It guards against a version that changes by itself."""
    for text in (f"# a remark\n\n{written.text}", f"{written.text}\n# a remark\n"):
        hold(remarks_change_nothing, written.otherwise(text).policy.digest == written.policy.digest, written, "a remark gave it another digest")


def it_can_be_shown(written: Written) -> None:
    """Its table and its drawing can be made in both languages. It guards against a policy that runs and cannot be signed."""
    for lang in LANGUAGES:
        table = table_of(written.policy, lang)
        table.as_values()
        sheets_of(table)
        for drawn in (markdown(table), svg(written.policy, lang), mermaid(written.policy, lang)):
            hold(it_can_be_shown, drawn, written, f"nothing is drawn in {lang}")


def it_can_be_linted(written: Written) -> None:
    """Every rule can be asked of it, alone and beside a calendar, and what it finds has a place. It guards against a traceback in place of advice."""
    policy, problems = check_policy(written.source, find=written.find)
    days = calendar(written.policy.timezone, [FIRST, FIRST + datetime.timedelta(days=130)])
    for given in (Given(), Given(calendar=days)):
        for problem in lint([Text(written.source, policy, problems)], given).problems:
            hold(it_can_be_linted, problem.span is not None and render(problem), written, f"`{problem.kind}` has no place")


TEXT_LAWS: tuple[TextLaw, ...] = (it_loads, laid_out_twice_is_laid_out, chinese_and_back, remarks_change_nothing, it_can_be_shown, it_can_be_linted)


# --- of what may not --------------------------------------------------------------------------------------


def a_slip_is_told(near: NearMiss) -> None:
    """A text with a mistake gives problems with places, or a policy that is lawful. It guards against a traceback in place of help."""
    before = near.before
    try:
        policy, problems = check_policy(Source(before.path, near.text), find=finder(before.files))
        wrong = [f"`{problem.kind}` has no place" for problem in problems if problem.span is None or not render(problem)]
    except Exception as error:  # whatever it is, it is a finding
        raise BrokenText(a_slip_is_told, f"it raised {said(error)}", repr(near)) from error
    if policy is None and all(problem.warning for problem in problems):
        wrong.append("neither a policy nor a problem")
    if wrong:
        raise BrokenText(a_slip_is_told, "\n".join(wrong), repr(near))
    if policy is not None:
        assert_text_lawful(Written(near.text, policy, before.files, before.path))
