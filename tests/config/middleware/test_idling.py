"""Sessions of people who have gone away end; those in use cost no write for every page."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from config.middleware.idling import SEEN
from config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]
pytestmark = pytest.mark.django_db


def look(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.user.is_authenticated))


look.access = "public"  # type: ignore[attr-defined]
urlpatterns = [path("look/", look)]


@pytest.fixture(autouse=True)
def routes():
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def officer(client):
    session = client.session
    session["_auth_user_id"] = "00000000-0000-0000-0000-000000000000"
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session.save()
    return client


def test_use_moves_the_end_of_a_session_at_most_once_a_minute(officer, time_machine):
    start = timezone.now()
    time_machine.move_to(start + timedelta(minutes=30), tick=False)
    officer.get("/look/")
    first = Session.objects.get().expire_date
    time_machine.move_to(start + timedelta(minutes=30, seconds=30), tick=False)
    officer.get("/look/")
    assert Session.objects.get().expire_date == first
    time_machine.move_to(start + timedelta(minutes=31), tick=False)
    officer.get("/look/")
    assert Session.objects.get().expire_date > first


def test_an_hour_without_a_request_ends_it(officer, time_machine):
    start = timezone.now()
    time_machine.move_to(start + timedelta(minutes=61), tick=False)
    officer.get("/look/")
    assert SEEN not in officer.session


def test_a_visitor_is_given_no_session(client):
    client.get("/look/")
    assert not Session.objects.exists()
    assert get_user_model().__name__ == "User"
