"""Denied until declared: every address says who may open it."""

from importlib import import_module
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, include, path
from ninja import Router

from agencies.access import ByKeyOnly, permission, public
from agencies.api.door import About, Api
from agencies.api.keys import ByKey
from agencies.models import Agency
from agencies.permissions import Permission
from agencies.roles import ROLES, RoleName
from agencies.scopes import Scope, opened_by
from tests.house.addresses import SURFACES, of_surface, paths, patterns
from tests.making import officer_of
from tests.referrals.api.calling import agency_key, partner_key

JSON = "application/json"

# Open to everybody. What is not here must be behind a sign-in; what is here and is not open is a mistake too.
OPEN = {
    "healthz", "readyz", "casework", "account_login", "account_logout", "mfa_authenticate", "sign-in-by-passkey",
    "openid_connect_login", "openid_connect_callback", "invitation",
    "start", "begin", "exit", "ended", "northern-ireland", "resume", "check", "sent", "copy", "save", "outside",
    "question", "notify-receipt", "openapi", "privacy", "accessibility", "cookies", "if-you-were-referred",
    "withdraw", "withdrawn", "come-back", "use-link", "ask-link", "link-asked", "add-information", "added",
    "answer", "raise-worry", "worried",
    "referrers-page",
}  # fmt: skip


def access(entry: URLPattern) -> Any:
    """What the view declares; None for nothing."""
    return getattr(entry.callback, "access", None)


def undeclared(entries: list[URLPattern]) -> list[str]:
    """Addresses whose view declares nothing that is known."""
    return [str(each.pattern) for each in entries if not is_known(access(each))]


def is_known(declared: Any) -> bool:
    """Whether it is a permission, "public", or a permission that a key must open for every method."""
    if isinstance(declared, ByKeyOnly):
        return bool(declared.needed) and set(declared.needed.values()) <= set(Permission)
    return declared in {*Permission, "public"}


def by_key(entry: URLPattern) -> bool:
    """Whether a key opens it, and nothing else."""
    return isinstance(access(entry), ByKeyOnly)


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


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_open_is_open_on_purpose(surface):
    opened = {each.name for each in of_surface(surface) if access(each) == "public"}
    assert len(opened) > 3
    assert opened <= OPEN


def test_the_front_door_names_no_page_of_casework():
    assert not [path for path, _ in paths(import_module("config.urls.public").urlpatterns) if "casework" in path]
    assert all(access(each) == "public" or by_key(each) for each in of_surface("public"))


def test_casework_shows_no_page_of_the_front_door():
    others = {"healthz", "readyz", "casework"}
    assert all(
        path.startswith("/casework/") or each.name in others
        for path, each in paths(import_module("config.urls.casework").urlpatterns)
    )


def behind_sign_in():
    return [
        (path, each)
        for path, each in paths(import_module("config.urls.both").urlpatterns)
        if access(each) != "public" and not by_key(each)
    ]


def behind_a_key():
    return [(path, each) for path, each in paths(import_module("config.urls.both").urlpatterns) if by_key(each)]


def test_casework_does_not_route_to_the_api():
    assert not [each for each in of_surface("casework") if by_key(each)]
    assert {each.name for each in of_surface("public") if by_key(each)} == {each.name for _, each in behind_a_key()}


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "patch", "delete", "options", "trace"])
@pytest.mark.usefixtures("db", "on_record")
def test_no_session_opens_an_address_of_the_api(client, method):
    found = behind_a_key()
    assert len(found) >= 5
    for kind in ("E08000038", "system"):
        client.force_login(officer_of(Agency.objects.get(code=kind)))
        for address, each in found:
            answer = getattr(client, method)(address, **({} if method == "trace" else {"content_type": JSON}))
            offered = method.upper() in access(each).needed
            assert answer.status_code == (401 if offered else 405), f"{method} {address}"
            assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("role", [RoleName.SENDING_SYSTEM, RoleName.RECEIVING_SYSTEM])
@pytest.mark.usefixtures("db", "on_record")
def test_a_key_opens_what_its_role_and_scopes_allow_and_no_page(client, role):
    agency = Agency.objects.get(code="E08000038")
    all_scopes = agency_key(agency, [*Scope]) if role == RoleName.RECEIVING_SYSTEM else partner_key()
    bearer = {"Authorization": f"Bearer {all_scopes.text}"}
    may = ROLES[role].permissions & opened_by(all_scopes.key.scopes)
    for address, each in behind_a_key():
        for method, needed in access(each).needed.items():
            answer = client.generic(method, address, "{}", content_type=JSON, headers=bearer)
            assert (answer.status_code == 403) is (needed not in may), f"{method} {address}"
    for address, _each in behind_sign_in():
        assert client.get(address, headers=bearer).status_code == 302, address


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.usefixtures("db", "on_record")
def test_a_key_opens_only_its_own_scope(client, scope):
    bearer = {"Authorization": f"Bearer {agency_key(Agency.objects.get(code='E08000038'), [scope]).text}"}
    for address, each in behind_a_key():
        for method, needed in access(each).needed.items():
            answer = client.generic(method, address, "{}", content_type=JSON, headers=bearer)
            assert (answer.status_code == 403) is (needed not in opened_by([scope])), f"{method} {address}"


def test_an_operation_without_a_guard_would_be_refused():
    api = Api(About("/x/", "x", "1", ""), fill_in=lambda document: None)
    guarded, forgotten = Router(), Router()
    guarded.get("/guarded", auth=ByKey(Permission.DISPATCH_FETCH), url_name="guarded")(lambda request: None)
    forgotten.get("/forgotten", url_name="forgotten")(lambda request: None)
    api.add_router("", guarded)
    api.add_router("", forgotten)
    assert undeclared(api.addresses()) == ["forgotten"]


def test_every_named_address_is_named_once():
    names = [each.name for each in of_surface("both")]
    assert None not in names
    assert len(names) == len(set(names))
