"""The console in a real Chromium: hostile texts do not act, live parts arrive, filters filter, nothing scrolls sideways."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import threading

import pytest
from console_scene import KEY, POISON, Scene, a_scene, hostile

from mcpscan_service.guard import Conversation

pytestmark = pytest.mark.browser
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Service:
    """The app of a scene on a loopback port, in a thread with its own event loop."""

    def __init__(self, scene):
        import uvicorn

        self.scene = scene
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(scene.app(), log_level="error", lifespan="off", ws="none"))
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._serve)

    def _serve(self):
        self.loop.run_until_complete(self.server.serve([self.socket]))
        self.loop.close()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()

    def do(self, coroutine):
        """Run something on the service's own loop, as its traffic does."""
        asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()


@pytest.fixture(scope="module")
def service():
    with Service(a_scene()) as running:
        yield running


@pytest.fixture(scope="module")
def empty():
    with Service(Scene.of()) as running:
        yield running


@pytest.fixture(scope="module")
def browser(service, empty):  # scenes first: the browser has an event loop of its own in this thread
    api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    flags = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser):
    """Opens a page, signed in; whatever a page should not do is noted, and checked when the test ends."""
    trouble, contexts = [], []

    def opening(service, path="/", **options):
        context = browser.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: trouble.append(("console", message.text)))
        tab.on("pageerror", lambda error: trouble.append(("error", str(error))))
        tab.on("dialog", lambda dialog: (trouble.append(("dialog", dialog.message)), dialog.dismiss()))
        tab.on("popup", lambda other: trouble.append(("popup", other.url)))
        tab.on(
            "request", lambda asked: asked.url.startswith(service.address + "/") or trouble.append(("out", asked.url))
        )
        tab.goto(service.address + path)
        tab.fill("input[name=key]", KEY)
        tab.click("button")
        tab.wait_for_selector("nav")
        return tab

    yield opening
    for context in contexts:
        context.close()
    assert trouble == []


def expect(locator):
    from playwright.sync_api import expect

    return expect(locator)


def events(service):
    return [entry.decision.event for entry in service.scene.memory.snapshot().entries]


def test_hostile_texts_on_every_page_do_not_act(opened, service):
    tab = opened(service)
    pages = ["/", "/console/quarantine", *(f"/console/decision/{event}" for event in events(service))]
    for path in pages:
        tab.goto(service.address + path)
        assert tab.locator("img, iframe, object, embed, base, svg[onload], a[href^='javascript']").count() == 0
        assert tab.locator("script").count() == (path == "/")
        assert tab.locator("style").count() == 0
    tab.goto(service.address + "/console/quarantine")
    assert "</script></style></title>" in tab.inner_text("main")


def test_hostile_texts_that_arrive_live_do_not_act(opened, service):
    tab = opened(service)
    seen = tab.get_attribute("#list", "data-seen")
    service.do(hostile(service.scene))
    expect(tab.locator(f"#list:not([data-seen='{seen}'])")).to_have_count(1, timeout=20_000)
    assert tab.locator("#list img, #list script, #more img, #more script").count() == 0
    assert tab.locator("tr.fresh").count() > 0


def test_the_policy_stops_even_what_would_get_through(browser, service):
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(service.address + "/console/session")
    tab.evaluate("""() => {
      const made = document.createElement("div");
      made.innerHTML = "<img src=x onerror='window.acted = 1'><iframe srcdoc='<script>parent.acted = 1</script>'></iframe>";
      document.body.append(made);
      const script = document.createElement("script");
      script.textContent = "window.acted = 1";
      document.body.append(script);
    }""")
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.acted") is None
    context.close()


def test_decisions_arrive_by_themselves_and_stop_when_paused(opened, empty):
    tab = opened(empty)
    assert "No message has passed yet." in tab.inner_text("#list")
    talk = Conversation("notes", session="s-1")
    empty.do(empty.scene.call("list", POISON, talk))
    expect(tab.locator("tr[data-number]")).to_have_count(2, timeout=20_000)
    assert tab.locator("tr[data-number] .o-blocked").count() == 1
    tab.click("#pause")
    expect(tab.locator("#state")).to_have_text("paused")
    empty.do(empty.scene.call("list", "fine", talk))
    tab.wait_for_timeout(3_000)
    assert tab.locator("tr[data-number]").count() == 2
    tab.click("#pause")
    expect(tab.locator("tr[data-number]")).to_have_count(4, timeout=20_000)


def test_filters_are_in_the_address_and_survive_the_live_parts(opened, service):
    tab = opened(service)
    tab.select_option("select[name=outcome]", "denied")
    tab.wait_for_url("**outcome=denied**")
    assert set(tab.locator("td.what").all_inner_texts()) == {"denied"}
    tab.fill("#by-text", "read")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**text=read**")
    assert tab.locator("tr[data-number]").count() == 1
    tab.click("td.when a")
    tab.wait_for_url("**/console/decision/**")
    assert "without asking the server" in tab.inner_text("header")


def test_a_link_to_a_decision_survives_the_sign_in_and_signing_out_ends_it(opened, service):
    event = events(service)[-1]
    tab = opened(service, f"/console/decision/{event}")
    assert event in tab.inner_text("main")
    tab.click("form.out button")
    tab.wait_for_url("**/console/session")
    tab.goto(service.address + "/")
    assert tab.url.endswith("/console/session")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_colours_of_the_screen(opened, service, scheme):
    tab = opened(service, color_scheme=scheme)
    colour = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == ("rgb(15, 18, 23)" if scheme == "dark" else "rgb(246, 247, 249)")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_scrolls_sideways(opened, service, width):
    tab = opened(service, viewport={"width": width, "height": 800})
    for path in ("/", "/console/quarantine", *(f"/console/decision/{event}" for event in events(service)[:8])):
        tab.goto(service.address + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path


def test_without_javascript_everything_but_the_live_part_works(opened, service):
    tab = opened(service, java_script_enabled=False)
    assert tab.locator("#pause").is_hidden()
    tab.select_option("select[name=outcome]", "blocked")
    tab.click("#filters button")
    assert set(tab.locator("td.what").all_inner_texts()) == {"blocked"}
