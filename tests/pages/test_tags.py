"""Whatever is not HTML already stays a text, whoever wrote it."""

import string
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from escalate.pages.tags import STRANGE, Html, document, tag

TEXTS = st.text(st.one_of(st.sampled_from("<>&\"'/=`-! "), st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from(string.printable)), max_size=40)


class Read(HTMLParser):
    """What a reader of HTML finds: the elements with their attributes, and all text."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def kept(text):
    """A text as a page holds it."""
    return text.translate(STRANGE)


@given(TEXTS, TEXTS)
def test_a_text_is_read_back_as_it_was_written(inside, quoted):
    """Between tags and in an attribute, and it makes no element of its own."""
    read = Read(tag("p", inside, title=quoted))

    assert [("p", {"title": kept(quoted)})] == read.elements
    assert kept(inside) == read.text


def test_html_is_not_escaped_again():
    """An element in an element."""
    assert '<p class="a">1 &lt; 2<b>3</b></p>' == tag("p", "1 < 2", tag("b", "3"), class_="a")
    assert "<i></i>" == tag("i", Html(""), title=None)


def test_signs_that_turn_what_follows_are_shown_as_strange():
    """A name cannot turn the rest of a line round."""
    assert "<b>a\ufffdb\ufffd</b>" == tag("b", "a\u202eb\x00")


def test_a_document_asks_nobody_for_anything():
    """No link, no script, no picture from elsewhere."""
    read = Read(document("zh", "<题>", "body { margin: 0 }", tag("p", "x")))

    assert {"html", "head", "meta", "title", "style", "body", "p"} == {name for name, _ in read.elements}
    assert ("html", {"lang": "zh"}) in read.elements
    assert "<题>" in read.text
