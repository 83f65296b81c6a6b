"""Sessions of people who have gone away end; those in use cost no write for every page."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from agencies.models import Agency, Session
from agencies.signin.sessions import LONGEST, SEEN
from config.urls import handler400, handler403, handler404, handler500
from tests.making import officer_of

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
def officer(client, on_record):
    client.force_login(officer_of(Agency.objects.get(code="E08000038")))
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


def test_twelve_hours_after_the_sign_in_it_ends_however_much_it_was_used(officer, time_machine):
    start = timezone.now()
    for minutes in range(0, int(LONGEST / timedelta(minutes=1)), 50):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)
        assert officer.get("/look/").content == b"True"
    time_machine.move_to(start + LONGEST + timedelta(seconds=1), tick=False)
    assert officer.get("/look/").content == b"False"


def test_a_visitor_is_given_no_session(client):
    client.get("/look/")
    assert not Session.objects.exists()
    assert get_user_model().__name__ == "User"
