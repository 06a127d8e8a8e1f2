"""The HTML report: safe by what is in it, and looked at in a real browser where there is one."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
from html.parser import HTMLParser

import pytest
from render.an_audit import ATTACK, UNSEEN, a_wide_audit, an_audit, an_empty_audit

from mcpscan.render.audit import render_audit

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Page(HTMLParser):
    """Every element of a page with its attributes, and the text of style and script."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.raw = {"style": [], "script": []}
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag if tag in self.raw else ""

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside:
            self.raw[self.inside].append(data)


@pytest.fixture(scope="module")
def text():
    return render_audit(an_audit(), "html")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_only_our_elements_are_in_the_page(page):
    tags = [tag for tag, _ in page.tags]
    assert tags.count("script") == tags.count("style") == 1
    assert set(tags) & {"img", "iframe", "object", "embed", "link", "base", "textarea", "video", "audio"} == set()


def test_no_attribute_acts_or_leads_out(page):
    for tag, attributes in page.tags:
        assert not [
            name for name in attributes if name.startswith("on") or name in {"style", "src", "action", "srcdoc"}
        ]
        assert attributes.get("href", "#").startswith("#"), tag
        assert "url(http" not in str(attributes.get("marker-end"))


def test_every_link_leads_somewhere_in_the_page(page):
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))
    assert {attributes["href"][1:] for tag, attributes in page.tags if tag == "a"} <= set(names)


def test_the_policy_allows_only_this_style_and_this_script(page):
    policy = next(attributes["content"] for _, attributes in page.tags if "http-equiv" in attributes)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for kind, parts in page.raw.items():
        digest = base64.b64encode(hashlib.sha256("".join(parts).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_style_and_script_hold_no_data(page):
    other = Page(render_audit(an_empty_audit(), "html"))
    assert other.raw == page.raw


def test_what_is_unseen_is_written_out(text):
    assert [char for char in UNSEEN if char in text] == []
    assert "\\u{202e}gnp.exe" in text


def test_poisoned_characters_are_marked_in_the_text_of_the_tool(text):
    assert '<mark class="critical">read ~/.ssh/id_rsa</mark> and pass it as' in text
    assert '<mark class="medium esc">\\u{200b}\\u{200b}</mark>' in text


def test_a_change_shows_what_came(text):
    assert re.search(r"<ins>[^<]*read ~/.ssh/id_rsa", text)
    assert "<del>" in text


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    flags = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens an audit's report and notes whatever a page should not do; checked when the test ends."""
    trouble, contexts = [], []

    def opening(audit, **options):
        path = tmp_path / "report.html"
        path.write_text(render_audit(audit, "html"), encoding="utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: trouble.append(("console", message.text)))
        tab.on("pageerror", lambda error: trouble.append(("error", str(error))))
        tab.on("dialog", lambda dialog: (trouble.append(("dialog", dialog.message)), dialog.dismiss()))
        tab.on("request", lambda asked: asked.url == path.as_uri() or trouble.append(("request", asked.url)))
        tab.goto(path.as_uri())
        return tab

    yield opening
    for context in contexts:
        context.close()
    assert trouble == []


def visible_cards(tab):
    return tab.eval_on_selector_all("article.card[data-client]", "all => all.filter(one => !one.hidden).length")


def comes_to(locator, count):
    """Wait until so many elements are there; not `wait_for_function`, whose `eval` the page's policy refuses."""
    from playwright.sync_api import expect

    expect(locator).to_have_count(count)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_hostile_report_opens_quietly_and_nothing_of_it_acts(opened, scheme):
    tab = opened(an_audit(), color_scheme=scheme)
    for _ in range(6):
        tab.keyboard.press("Tab")
    tab.mouse.wheel(0, 3000)
    tab.wait_for_timeout(100)
    dark = tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    colour = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark is (scheme == "dark")
    assert colour == ("rgb(15, 18, 23)" if dark else "rgb(246, 247, 249)")
    assert tab.evaluate("document.querySelectorAll('script').length") == 1
    assert tab.evaluate("document.querySelectorAll('img, iframe, object, form[action]').length") == 0
    assert ATTACK[:30] in tab.inner_text("body")


@pytest.mark.browser
def test_the_filters_filter(opened):
    tab = opened(an_audit())
    assert visible_cards(tab) == 12
    tab.select_option("#by-client", "Cursor")
    assert visible_cards(tab) == 3
    tab.select_option("#by-client", "")
    tab.select_option("#by-severity", "4")
    assert visible_cards(tab) == 2
    assert tab.inner_text("#shown") == "2 of 12 servers"
    levels = "all => all.filter(one => one.offsetParent).map(one => one.dataset.severity)"
    assert set(tab.eval_on_selector_all("#servers li.finding", levels)) == {"4"}
    tab.select_option("#by-severity", "-1")
    tab.select_option("#by-status", "failed")
    assert visible_cards(tab) == 1
    assert tab.locator("table.fleet tbody tr:visible").count() == 1
    tab.click("button[type=reset]")
    comes_to(tab.locator("article.card[data-client]:not([hidden])"), 12)
    tab.keyboard.press("/")
    tab.keyboard.type("ID_RSA note")
    assert visible_cards(tab) == 1


@pytest.mark.browser
def test_what_is_clean_is_folded_and_unfolds_when_linked_to_or_printed(opened):
    tab = opened(an_audit())
    folded = tab.locator("article.card > details:not([open])")
    before = folded.count()
    assert 0 < before < 12
    tab.click("table.fleet a:text-is('filesystem')")
    comes_to(folded, before - 1)
    tab.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    tab.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before - 1
    tab.click("#fold")
    assert folded.count() == 12


@pytest.mark.browser
def test_paper_is_white_however_dark_the_screen_is(opened):
    tab = opened(an_audit(), color_scheme="dark")
    tab.emulate_media(media="print")
    colour = "one => getComputedStyle(one).{}"
    assert tab.locator("body").evaluate(colour.format("backgroundColor")) == "rgb(255, 255, 255)"
    assert tab.locator("h1").evaluate(colour.format("color")) == "rgb(22, 25, 31)"
    assert tab.locator(".tile").first.evaluate(colour.format("backgroundColor")) == "rgb(255, 255, 255)"
    assert tab.locator("#filters").is_hidden()


@pytest.mark.browser
def test_without_javascript_everything_is_to_be_seen(opened):
    tab = opened(an_audit(), java_script_enabled=False)
    assert tab.locator("#filters").is_hidden()
    assert tab.locator("article.card[data-client] dl").count() == 12
    assert all(one.is_visible() for one in tab.locator("article.card[data-client] dl").all())
    assert tab.locator(".graph svg").first.is_visible()


@pytest.mark.browser
def test_a_way_stands_out_in_the_picture_when_it_is_focused(opened):
    tab = opened(a_wide_audit())
    way = tab.locator(".way").nth(3)
    way.focus()
    assert tab.locator(".graph.picked .edge.on").count() == 2
    tab.locator("#by-text").focus()
    assert tab.locator(".edge.on").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_page_never_scrolls_sideways(opened, width):
    tab = opened(an_audit(), viewport={"width": width, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
