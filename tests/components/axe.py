"""Looks at a rendered page in a real browser with axe, without a server and without a database."""

import mimetypes
import os
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PICTURES = os.environ.get("SCREENSHOTS")
HOST = "http://house.test"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'"

# The official script puts aria-expanded on a radio or checkbox that reveals something: screen readers announce it,
# and the Design System keeps it knowingly (alphagov/govuk-frontend, issue 979). Everything else is ours to mend.
KEPT_BY_THE_DESIGN_SYSTEM = "aria-allowed-attr"


def open_html(page: Page, html: str, *, width: int = 1200) -> list[str]:
    """Show the page under a strict policy; the returned list fills with what the browser complains of."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path == "/":
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
            return
        found = finders.find(path.removeprefix("/static/"))
        if found:
            route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0] or "text/plain")
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{HOST}/")
    return complaints


def violations(page: Page) -> list[str]:
    """What axe finds, one line each: rule and element."""
    page.evaluate(AXE.read_text())  # as a debugger does, so the policy need not allow it
    found: dict[str, Any] = page.evaluate("axe.run()")
    return [
        f"{rule['id']}: {node['html']}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not (rule["id"] == KEPT_BY_THE_DESIGN_SYSTEM and "aria-expanded" in node["html"])
    ]


def faults(page: Page, response: Any, name: str) -> list[str]:
    """Everything that is the matter with a page, at 320 pixels: axe, policy, sideways scrolling, headings.

    With SCREENSHOTS naming a folder, a picture of it is kept there, wide and narrow.
    """
    page.unroute_all()
    html = response.content.decode()
    name = f"{name}-cy" if '<html lang="cy"' in html else name
    complaints = open_html(page, html, width=320)
    page.locator("body.govuk-frontend-supported").wait_for()
    for width in (320, 1280) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 800})
        Path(str(PICTURES)).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 800})
    sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    headings = page.locator("h1").count()
    return (
        [f"{name}: {fault}" for fault in complaints + violations(page)]
        + ([f"{name} scrolls sideways"] if sideways else [])
        + ([f"{name} has {headings} headings"] if headings != 1 else [])
    )
