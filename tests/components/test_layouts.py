"""The layouts stand on every surface, with and without a reader, and so do the error pages."""

from types import SimpleNamespace

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from tests.components.forms import Everything, SignIn, wrong_answers

ERRORS = ["400", "403", "404", "500", "503"]
OFFICER = SimpleNamespace(
    is_authenticated=True, name="Asha Pritchard", agencies=[SimpleNamespace(name="CTP North East")]
)


@pytest.mark.parametrize("surface", ["public", "casework", "both"])
@pytest.mark.parametrize("layout", ["layouts/public.html", "layouts/casework.html", "404.html", "503.html"])
def test_a_layout_stands_on_every_surface(layout: str, surface: str) -> None:
    with override_settings(ROOT_URLCONF=f"config.urls.{surface}"):
        html = render_to_string(layout, {"user": OFFICER})
    assert html.count("<main") == 1
    assert 'href=""' not in html


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_needs_nothing_and_says_whom_to_call(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert html.count("<h1") == 1
    assert "999" in html
    assert "0800&nbsp;789&nbsp;321" in html


def test_when_nothing_can_be_saved_the_page_says_that_no_referral_was_sent() -> None:
    assert "do not count on your referral having been sent" in render_to_string("503.html")


def test_the_title_says_when_there_are_errors() -> None:
    assert "<title>Error: " in render_to_string("layouts/public.html", {"form": Everything(wrong_answers())})
    assert "<title>Error: " not in render_to_string("layouts/public.html", {"form": Everything()})


def test_casework_is_marked_once_somebody_is_signed_in() -> None:
    assert "OFFICIAL-SENSITIVE" in render_to_string("layouts/casework.html", {"user": OFFICER})
    assert "OFFICIAL-SENSITIVE" not in render_to_string("account/login.html", {"form": SignIn()})


def test_signing_out_is_a_form_because_a_link_could_be_followed_by_a_machine() -> None:
    request = RequestFactory().get("/")
    html = render_to_string("layouts/casework.html", {"user": OFFICER}, request=request)
    assert '<form method="post"' in html
    assert "csrfmiddlewaretoken" in html


def test_no_page_shows_the_crown_unless_the_deployment_may() -> None:
    assert "govuk-logo" not in render_to_string("layouts/public.html")
    assert "govuk-generic-header" in render_to_string("layouts/public.html")
    assert "govuk-generic-header" not in render_to_string("layouts/public.html", {"govuk_brand": True})


def test_no_layout_has_a_script_or_style_that_the_policy_refuses() -> None:
    html = render_to_string("layouts/casework.html", {"user": OFFICER})
    assert "<style" not in html
    assert " style=" not in html
    assert html.count("<script") == html.count("<script src=") + html.count('<script type="module" src=')


@pytest.mark.parametrize(
    "path", ["css/app.css", "js/enabled.js", "js/init.js", "js/autocomplete.js", "images/icon.svg"]
)
def test_every_file_that_the_layouts_name_has_been_built(path: str) -> None:
    assert finders.find(path), "run `make assets`"
