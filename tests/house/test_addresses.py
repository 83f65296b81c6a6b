"""Denied until declared: every address says who may open it."""

from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, include, path, reverse

from agencies.access import AccessMiddleware, permission, public
from agencies.permissions import Permission
from tests.house.addresses import SURFACES, of_surface, paths, patterns

# Open to everybody. What is not here must be behind a sign-in; what is here and is not open is a mistake too.
OPEN = {
    "healthz", "readyz", "casework", "account_login", "account_logout",
    "start", "begin", "exit", "ended", "northern-ireland", "resume", "check", "sent", "copy", "save", "outside",
    "question", "notify-receipt", "privacy", "accessibility", "cookies", "if-you-were-referred",
}  # fmt: skip


def access(entry: URLPattern) -> Any:
    """What the view declares; None for nothing."""
    return getattr(entry.callback, "access", None)


def undeclared(entries: list[URLPattern]) -> list[str]:
    """Addresses whose view declares nothing that is known."""
    known = {*Permission, "public"}
    return [str(each.pattern) for each in entries if access(each) not in known]


@pytest.mark.parametrize("surface", SURFACES)
def test_every_address_declares_who_may_open_it(surface):
    entries = of_surface(surface)
    assert len(entries) > 5
    assert undeclared(entries) == []


def test_this_test_can_fail():
    def forgotten(request):
        return HttpResponse()

    mistaken: Any = lambda request: HttpResponse()  # noqa: E731  # to be marked
    mistaken.access = "everybody"
    inner = [path("deep/", forgotten), path("fine/", public(forgotten)), path("too/", mistaken)]
    entries = list(patterns([path("a/", include(inner)), path("b/", permission(Permission.HOME_READ)(forgotten))]))
    assert len(entries) == 4
    assert undeclared(entries) == ["deep/", "too/"]


def test_a_view_that_declares_nothing_is_refused_at_run_time():
    def forgotten(request):
        return HttpResponse()

    middleware = AccessMiddleware(forgotten)
    with pytest.raises(ImproperlyConfigured, match="declares no permission"):
        middleware.process_view(RequestFactory().get("/"), forgotten)
    middleware.process_view(RequestFactory().get("/"), public(forgotten))


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_open_is_open_on_purpose(surface):
    opened = {each.name for each in of_surface(surface) if access(each) == "public"}
    assert opened <= OPEN


def test_the_front_door_names_no_page_of_casework():
    assert not [path for path, _ in paths(import_module("config.urls.public").urlpatterns) if "casework" in path]
    assert all(access(each) == "public" for each in of_surface("public"))


def test_casework_shows_no_page_of_the_front_door():
    others = {"healthz", "readyz", "casework"}
    assert all(
        path.startswith("/casework/") or each.name in others
        for path, each in paths(import_module("config.urls.casework").urlpatterns)
    )


def behind_sign_in():
    return [
        (path, each) for path, each in paths(import_module("config.urls.both").urlpatterns) if access(each) != "public"
    ]


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
@pytest.mark.usefixtures("db")
def test_without_signing_in_every_other_page_leads_to_the_sign_in(client, method):
    found = behind_sign_in()
    assert len(found) > 10
    for address, _each in found:
        answer = getattr(client, method)(address)
        assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={address}"), address


def test_every_named_address_is_named_once():
    names = [each.name for each in of_surface("both")]
    assert None not in names
    assert len(names) == len(set(names))
