"""The pages in a real browser: no complaint of its own, why for the mouse and the keyboard, light and dark, narrow and on paper."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import urllib.request

import pytest
from attrs import frozen

from .shown import page, school

CHROME = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
DRIVER = shutil.which("chromedriver")
LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))
OPTIONS = {"binary": CHROME, "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,1000"]}
WHY = "满足“旷课一天”的条件"
pytestmark = pytest.mark.skipif(not (CHROME and DRIVER), reason="chromium and chromedriver are not installed")


@frozen
class Browser:
    """One window, driven over HTTP."""

    session: str

    def ask(self, path: str, **values: object):
        request = urllib.request.Request(f"{self.session}/{path}", json.dumps(values).encode(), {"Content-Type": "application/json"})  # noqa: S310  # our own driver
        with LOCAL.open(request, timeout=30) as answer:
            return json.load(answer)["value"]

    def run(self, script: str, *args: object):
        return self.ask("execute/sync", script=script, args=args)

    def emulate(self, command: str, **params: object) -> None:
        self.ask("goog/cdp/execute", cmd=f"Emulation.{command}", params=params)

    def open(self, path) -> None:
        self.emulate("setEmulatedMedia", media="", features=[])
        self.emulate("clearDeviceMetricsOverride")
        self.ask("url", url=path.as_uri())

    def find(self, css: str):
        return self.ask("element", using="css selector", value=css)

    def point_at(self, element: object) -> None:
        move = {"type": "pointerMove", "origin": element, "x": 0, "y": 0, "duration": 0}
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        self.ask("actions", actions=[{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move]}])

    def press(self, key: str) -> None:
        self.ask("actions", actions=[{"type": "key", "id": "keys", "actions": [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]}])

    def shown(self) -> list[str]:
        """The texts of why that are to be seen now."""
        return self.run("return [...document.querySelectorAll('.why')].filter(one => one.checkVisibility()).map(one => one.innerText)")


@pytest.fixture(scope="module")
def browser():
    with subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as driver:
        try:
            port = next(found[1] for line in driver.stdout if (found := re.search(r"successfully on port (\d+)", line)))
            asked = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": OPTIONS, "goog:loggingPrefs": {"browser": "ALL"}}}}
            found = Browser(f"http://127.0.0.1:{port}").ask("session", **asked)
            window = Browser(f"http://127.0.0.1:{port}/session/{found['sessionId']}")
            yield window
            with LOCAL.open(urllib.request.Request(window.session, method="DELETE"), timeout=30):  # noqa: S310  # likewise
                pass
        finally:
            driver.terminate()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = school(tmp_path_factory.mktemp("browser"))
    made = {"timeline": page(folder, "timeline", "s3", "--names"), "report": page(folder, "report", "--names")}
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.mark.parametrize("name", ["timeline", "report"])
def test_the_browser_has_nothing_to_complain_of(browser, pages, name):
    """And nothing but the page itself was asked for."""
    browser.open(pages[name])

    assert [] == browser.ask("se/log", type="browser")
    assert [] == browser.run("return performance.getEntriesByType('resource').map(one => one.name)")


@pytest.mark.parametrize(("name", "css"), [("timeline", "button.stick"), ("timeline", "button.case"), ("report", ".child button")])
def test_why_is_shown_to_who_points_and_to_who_has_a_keyboard(browser, pages, name, css):
    """One at a time, and only then."""
    browser.open(pages[name])
    assert [] == browser.shown()

    browser.point_at(browser.find(css))
    [pointed] = browser.shown()
    assert WHY in pointed

    browser.point_at(browser.find("h1"))
    assert [] == browser.shown()

    for _ in range(40):
        browser.press("\ue004")
        if browser.run("return document.activeElement === document.querySelector(arguments[0])", css):
            break
    [focused] = browser.shown()
    assert pointed == focused


@pytest.mark.parametrize("name", ["timeline", "report"])
def test_a_page_is_dark_where_the_reader_s_screen_is_and_white_on_paper(browser, pages, name):
    """By itself."""
    browser.open(pages[name])
    ground = "return getComputedStyle(document.documentElement).backgroundColor"
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    browser.emulate("setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
    assert "rgb(255, 255, 255)" == browser.run(ground)

    browser.emulate("setEmulatedMedia", features=dark)
    assert "rgb(17, 23, 29)" == browser.run(ground)

    browser.emulate("setEmulatedMedia", media="print", features=dark)
    assert "rgb(255, 255, 255)" == browser.run(ground)


@pytest.mark.parametrize("name", ["timeline", "report"])
def test_a_page_fits_a_telephone(browser, pages, name):
    """Nothing stands beside the screen; why comes up from below, whole."""
    browser.open(pages[name])
    browser.emulate("setDeviceMetricsOverride", width=375, height=700, deviceScaleFactor=1, mobile=True)
    assert 375 == browser.run("return document.documentElement.scrollWidth")

    browser.run("document.querySelector('button').focus()")
    box = browser.run("const box = [...document.querySelectorAll('.why')].find(one => one.checkVisibility()).getBoundingClientRect(); return [box.left, box.right, box.top, box.bottom]")
    assert 0 <= box[0] < box[1] <= 375
    assert 0 <= box[2] < box[3] <= 700


@pytest.mark.parametrize("width", [1200, 900, 810])
def test_no_label_lies_on_another(browser, pages, width):
    """Of the items and cases of a month; letters are as wide here as the reader's fonts make them."""
    browser.open(pages["timeline"])
    browser.emulate("setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    boxes = browser.run("return [...document.querySelectorAll('.chart .label')].map(one => { const box = one.getBoundingClientRect(); return [box.left, box.right, box.top, box.bottom] })")
    over = [(one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :] if one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]]

    assert len(boxes) > 3
    assert [] == over


BROKEN = """
const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walk.nextNode());) {
  if (!node.parentElement.closest('.listed td') || node.parentElement.closest('p') || !node.parentElement.checkVisibility()) continue;
  for (const word of node.data.matchAll(/[^\\s\\/、，（）]+/gu)) {
    const range = document.createRange();
    range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
    if (new Set([...range.getClientRects()].map(one => Math.round(one.top))).size > 1) found.push(word[0]);
  }
}
return found"""


@pytest.mark.parametrize("name", ["timeline", "report"])
@pytest.mark.parametrize("width", [1400, 900, 500])
def test_no_word_of_a_table_is_broken(browser, pages, name, width):
    """Names, dates and the parts of an id; and the page is no wider than the screen."""
    browser.open(pages[name])
    browser.emulate("setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)

    assert browser.run("return document.querySelectorAll('.listed td').length") > 10
    assert [] == browser.run(BROKEN)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert [] == browser.run("return [...document.querySelectorAll('.wide:has(.listed)')].filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)")


def test_no_line_crosses_a_label_and_no_label_cuts_a_weekend(browser, pages):
    """A label stands before what lies below it, and the shade of a weekend lies over both."""
    browser.open(pages["timeline"])
    grounds = browser.run("return [...document.querySelectorAll('.chart .label')].map(one => getComputedStyle(one).backgroundColor)")
    height = browser.run(
        "return Object.fromEntries(['now', 'case .label', 'stick', 'shade'].map(one => [one, +getComputedStyle(document.querySelector('.' + one)).zIndex]))"
    )

    assert {"rgb(255, 255, 255)"} == set(grounds)
    assert height["now"] < height["case .label"] == height["stick"] < height["shade"]


def test_few_days_are_no_wider_than_they_need(browser, pages):
    """On a wide screen and on a narrow one, and the dates stand above them."""
    browser.open(pages["report"])
    for width in (1400, 500):
        browser.emulate("setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        strip, axis = browser.run(
            "return ['.strip', '.axis'].map(one => { const box = document.querySelector(one).getBoundingClientRect(); return [box.left, box.width] })"
        )

        assert strip == axis
        assert 100 < strip[1] <= 26 * 11


def test_a_narrow_screen_says_what_each_cell_is(browser, pages):
    """And a wide one says it once, above."""
    label = "return getComputedStyle(document.querySelector('.listed td'), '::before').content"
    for name in ("timeline", "report"):
        browser.open(pages[name])
        assert "none" == browser.run(label)
        browser.emulate("setDeviceMetricsOverride", width=500, height=900, deviceScaleFactor=1, mobile=False)
        assert "none" != browser.run(label)


def test_on_paper_there_are_no_hints_and_why_is_told(browser, pages):
    """Of what is to be done, without opening anything; how to point is left out, and so are the cards."""
    tall = (
        "return Math.min(...[...document.querySelectorAll('.printed p')].map(one => one.checkVisibility({contentVisibilityAuto: true}) ? one.offsetHeight : 0))"
    )
    hints = "return [...document.querySelectorAll('.hint')].filter(one => one.checkVisibility()).length"
    browser.open(pages["report"])
    assert browser.run(hints) >= 2

    browser.emulate("setEmulatedMedia", media="print", features=[])
    assert 0 == browser.run(hints)
    assert browser.run(tall) > 10


@pytest.mark.parametrize("name", ["timeline", "report"])
def test_paper_is_no_narrow_screen(browser, pages, name):
    """Browsers print as if a page of paper were some 800 points wide; guards against every cell on a line of its own there."""
    browser.open(pages[name])
    browser.emulate("setDeviceMetricsOverride", width=780, height=900, deviceScaleFactor=1, mobile=False)
    heads = "return document.querySelector('.listed thead').checkVisibility()"
    assert not browser.run(heads)

    browser.emulate("setEmulatedMedia", media="print", features=[])
    assert browser.run(heads)
