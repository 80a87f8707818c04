"""Sentences in several languages: English as `str.format` makes it, the others by the catalogues, of which none lacks a sentence."""

import ast
import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalate import keywords
from escalate.messages import LANGUAGES, OWN, UNSAID, Said, glued, listed, listed_of, noun, said_by, say, template, told, verbatim
from tests.catalogues import ROOT, SOURCE, bare, catalogue, code, compiled, has_words, parts, read, templates, trees, write

DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)
OTHERS = [lang for lang in LANGUAGES if lang != OWN]
# What is handed to `say` there is made of literals that stand elsewhere: of `template`, or of the command line's help.
MADE = {"messages.py", "reports/help.py", "commands/__init__.py", "commands/run.py", "commands/heard.py", "commands/lint.py", "lints/marks_entered_again.py", "lints/pages.py"}


def test_a_sentence_reads_as_english_and_is_told_in_chinese():
    """Parts that are sentences are told too; the user's own stay."""
    said = say("{what} has no key `{text}`", what=say("a policy"), text="titel")

    assert said == "a policy has no key `titel`"
    assert told(said, "en") == said
    assert told(said, "zh") == told(said, "zh-CN") == "制度没有 `titel` 这个键"
    assert told(said, "fr") == said, "a language without a catalogue is told in English"


def test_sentences_are_joined_and_stay_what_they_are():
    """A list has its language's commas, one sentence stands behind another, and a user's text is never translated."""
    assert told(listed(["a", "b"]), "zh") == "`a`、`b`"
    assert told(listed_of(["a", say("a policy")]), "zh") == "a、制度"
    assert told(say("delete it") + ": " + say("a policy"), "zh") == "请删去: 制度"
    assert told("1. " + say("delete it"), "zh") == "1. 请删去"
    assert told(glued([], ", "), "zh") == told(UNSAID, "zh") == ""
    assert told("delete it", "zh") == "delete it", "not said by us"
    assert told(verbatim("delete it"), "zh") == "delete it"
    assert told(noun("stage"), "zh") == "台阶"
    assert told(noun("hamlet"), "zh") == "hamlet"


def test_what_an_error_says_is_told():
    """An exception keeps the sentence that it was raised with; of somebody else's the words."""
    assert told(said_by(ValueError(say("delete it"))), "zh") == "请删去"
    assert told(said_by(ValueError("odd")), "zh") == "odd"
    assert said_by(ValueError()) == ""


@given(st.text(), st.text())
def test_a_user_s_text_is_kept_to_the_letter(one, other):
    """Braces in it are no parts; English is the same text; a sentence survives being sent to another process."""
    said = say("`{one}` and `{two}`", one=one, two=verbatim(other))

    assert str(said) == told(said) == told(said, "zh") == f"`{one}` and `{other}`"
    assert told(pickle.loads(pickle.dumps(said)), "zh") == told(said, "zh")  # noqa: S301  # our own
    assert isinstance(said + one, Said)


def test_no_two_faults_share_their_words():
    """What is said of one kind of problem is said of no other."""
    kinds = {}
    for tree in trees().values():
        for call in ast.walk(tree):
            kind, message = (*call.args[:2], None, None)[:2] if isinstance(call, ast.Call) else (None, None)
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str) and isinstance(message, ast.Call) and getattr(message.func, "id", "") == "say":
                kinds.setdefault(message.args[0].value, set()).add(kind.value)

    assert len(kinds) > 300
    assert {} == {text: found for text, found in kinds.items() if len(found) > 1}


@pytest.mark.parametrize("lang", OTHERS)
def test_no_sentence_is_missing(lang, request):
    """Every template has its text, no text is of a template that is gone, and what gettext reads is made of the same. `--update-golden` writes what lacks."""
    wanted, path = templates(), catalogue(lang)
    entries = read(path.read_text(encoding="utf-8"))
    if request.config.getoption("--update-golden"):
        entries = {text: entries.get(text, "") for text in wanted}
        path.write_text(write(entries, wanted, lang), encoding="utf-8")
        catalogue(lang, "mo").write_bytes(compiled(entries, lang))

    assert [] == sorted(set(wanted) - set(entries)), "no text"
    assert [] == sorted(set(entries) - set(wanted)), "dead"
    assert [] == [text for text, other in entries.items() if not other], "an empty text"
    assert write(entries, wanted, lang) == path.read_text(encoding="utf-8"), "run `make words`"
    assert compiled(entries, lang) == catalogue(lang, "mo").read_bytes(), "run `make words`"


@pytest.mark.parametrize("lang", OTHERS)
def test_a_text_says_the_same(lang):
    """It has the parts of its template, what is to be written as it is written, as many lines, and words of its own language."""
    entries = read(catalogue(lang).read_text(encoding="utf-8"))

    assert [] == [(text, other) for text, other in entries.items() if parts(text) != parts(other)]
    assert [] == [(text, code(text) - code(other)) for text, other in entries.items() if code(text) - code(other)]
    assert [] == [text for text, other in entries.items() if text.count("\n") != other.count("\n")]
    assert [] == [other for text, other in entries.items() if lang == "zh" and has_words(text) and re.search(r"(?<![\w./-])(the|is|of|and)\b", bare(other))]


HAN = "[\u3400-\u9fff“”（）、。，；：！？…]"
# What an author may write, which stands in a sentence as it is written: code, a value in braces, and a pattern by which we read.
WRITTEN = re.compile(r"`[^`]*`|\{[^{}]*\}|\[[^\[\]]*\]|^.*(?:\(\?|\\).*$", re.MULTILINE)


def in_chinese():
    """Every text of ours in Chinese, with where it stands: of the catalogue, of the tables in the modules, of the remarks in a first policy's files."""
    yield from (("escalate.po", other) for other in read(catalogue("zh").read_text(encoding="utf-8")).values())
    for path in (SOURCE / "start" / "zh").iterdir():
        said = re.findall(r"(?m)#.*$" if path.suffix == ".yaml" else r"(?m)^[^`\n].*$", path.read_text(encoding="utf-8"))
        yield from ((path.name, text) for text in said if path.suffix != ".csv")
    for name, tree in trees().items():
        documented = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr)}
        if not name.startswith("testing/") and name != "synonyms.py":  # what we do not say
            yield from (
                (f"{name}:{node.lineno}", node.value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[\u3400-\u9fff]", node.value) and id(node) not in documented
            )


def test_signs_between_chinese_signs_are_of_full_width():
    """In a sentence no comma, semicolon, colon or bracket is of half width; what an author would write stays as it is written."""
    found = list(in_chinese())

    assert len(found) > 2000
    assert [] == [(place, text) for place, text in found if re.search(f"{HAN}[,;:]\\s*{HAN}|\\([\u3400-\u9fff]|[\u3400-\u9fff]\\)", WRITTEN.sub("〇", text))]


def test_a_thing_is_called_by_the_keyword_that_names_it():
    """Guards against two words for one thing: what a file calls 角色 is no 岗位 in what is said of it."""
    nouns = {
        "stage": "stages", "ladder": "ladders", "measure": "measures", "parameter": "parameters", "role": "roles", "duty": "duties", "target": "targets",
        "register": "registers", "calendar": "calendar",
    }

    assert {key: keywords.KEYS[key] for key in nouns.values()} == {key: told(noun(word), "zh") for word, key in nouns.items()}
    assert [] == [(place, text) for place, text in in_chinese() if re.search("岗位|职务|职责|案例", text)]


def test_every_sentence_is_found():
    """What is said is a literal, so that no catalogue can miss it."""
    strange = []
    for name, tree in trees().items():
        ours = any(isinstance(node, ast.ImportFrom) and (node.module or "").endswith("messages") for node in tree.body)
        for node in ast.walk(tree) if ours and name not in MADE else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "template"):
                strange += [] if node.args and isinstance(node.args[0], ast.Constant) else [f"{name}:{node.lineno}"]

    assert [] == strange
    assert {"delete it", "Show this message and exit.", "{n} ladders"} <= set(templates())
    assert template("x") == "x"


def test_the_catalogues_are_in_the_package():
    """A wheel and an sdist hold what gettext reads."""
    assert '"locale/*/*/*.mo"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_a_catalogue_is_read_as_it_is_written():
    """Quotes, backslashes, new lines and Chinese come back."""
    entries = {'write `"a\\b"`\n{c}': "请写\n`“”`", "x": ""}

    assert read(write(entries, dict.fromkeys(entries, "here.py"), "zh")) == entries


def test_the_page_for_translators_says_how_it_is():
    """Its Python runs."""
    page = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)

    exec(block, {})  # noqa: S102  # our own page
    assert catalogue("zh").relative_to(ROOT).as_posix().replace("/zh/", "/<lang>/") in page
