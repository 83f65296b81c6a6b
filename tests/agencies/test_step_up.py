"""Before what matters the second factor is answered once more: a session that was left open is not enough."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from agencies.access import permission
from agencies.models import Agency, Session
from agencies.permissions import Permission
from audit.models import Entry
from referrals.opened import opened_to
from tests.house.addresses import of_surface
from tests.making import dispatch_to_authority, officer_of, submitted
from tests.signing_in import code_of, give_code, give_password, sign_in

pytestmark = pytest.mark.usefixtures("db", "on_record")
CONFIRM = "/casework/account/confirm/"
KEYS, CONNECT = "/casework/keys/", "/casework/keys/connect/"


@pytest.fixture
def administrator():
    return officer_of(Agency.objects.get(code="system"), name="Rosalind Quayle")


@pytest.fixture
def signed_in(client, administrator, time_machine):
    """A minute after signing in; `later(minutes)` moves on, using the session meanwhile."""
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    sign_in(client, administrator)

    def later(minutes):
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)

    return later


def test_a_fresh_factor_is_not_asked_again(client, signed_in):
    signed_in(9)
    assert client.get(CONNECT).status_code == 200


def test_an_old_one_is_asked_again_and_leads_back(client, signed_in, administrator):
    signed_in(11)
    assert client.get(KEYS).status_code == 200
    asked = client.get(CONNECT)
    assert asked["Location"] == f"{CONFIRM}?next=%2Fcasework%2Fkeys%2Fconnect%2F"
    assert "Confirm that it is you" in client.get(asked["Location"]).content.decode()
    refused = client.post(CONFIRM, {"code": "000000", "next": CONNECT})
    assert "This code is not right" in refused.content.decode()
    assert f'value="{CONNECT}"' in refused.content.decode()
    assert client.get(CONNECT).status_code == 302
    stolen = client.session.session_key
    assert client.post(CONFIRM, {"code": code_of(administrator), "next": CONNECT})["Location"] == CONNECT
    assert not Session.objects.filter(session_key=stolen).exists()
    assert client.get(CONNECT).status_code == 200
    used = [entry.kind for entry in Entry.objects.filter(object_id=administrator.pk)]
    assert used.count("factor_used") == 2 and used.count("sign_in_failed") == 1


def test_a_form_may_be_sent_a_little_later_than_its_page_was_opened(client, signed_in):
    signed_in(9)
    assert client.get(CONNECT).status_code == 200
    for minute in (11, 29):
        signed_in(minute)
        assert client.post(CONNECT, {}).status_code == 200
    signed_in(31)
    assert client.post(CONNECT, {})["Location"].startswith(CONFIRM)


def test_a_form_whose_page_was_not_opened_in_time_has_ten_minutes_like_everything(client, signed_in):
    signed_in(9)
    assert client.post(CONNECT, {}).status_code == 200, "an answer to something sent has opened no page"
    client.get(reverse("agencies:invite"))
    signed_in(11)
    assert client.post(CONNECT, {})["Location"].startswith(CONFIRM), "another page was opened"
    assert client.get(CONNECT).status_code == 302
    assert client.post(CONNECT, {})["Location"].startswith(CONFIRM), "asking for it too late is not opening it"


def test_a_page_that_was_opened_in_one_session_lengthens_no_other(client, administrator, signed_in):
    client.get(CONNECT)
    other = Client()
    assert give_password(other, administrator).status_code == 302
    signed_in(1)
    assert give_code(other, code_of(administrator)).status_code == 302
    signed_in(12)
    assert other.post(CONNECT, {})["Location"].startswith(CONFIRM)
    assert client.post(CONNECT, {}).status_code == 200


def test_only_the_pages_opened_last_are_kept_in_mind(client, signed_in):
    client.get(CONNECT)
    for each in range(20):
        client.get(reverse("agencies:rename-agency", args=[Agency.objects.order_by("code")[each].pk]))
    signed_in(11)
    assert client.post(CONNECT, {})["Location"].startswith(CONFIRM)


def test_what_takes_a_record_out_asks_again_and_what_shows_it_does_not(client, time_machine):
    dispatch = dispatch_to_authority(submitted())
    time_machine.move_to(timezone.now(), tick=False)
    sign_in(client, officer_of(dispatch.agency))
    time_machine.shift(timedelta(minutes=11))
    shown = reverse("desk:referral", args=[dispatch.referral_id])
    pdf = client.get(
        reverse("desk:referral-pdf", args=[dispatch.referral_id]), headers={"referer": f"http://testserver{shown}"}
    )
    assert pdf["Location"] == f"{CONFIRM}?{urlencode({'next': shown})}", "no page would show that the file came"
    assert not Entry.objects.filter(kind=Entry.Kind.DISCLOSED, object_id=dispatch.referral_id).exists()
    for page in ("desk:referral", "desk:referral-print"):
        assert client.get(reverse(page, args=[dispatch.referral_id])).status_code == 200


def test_what_was_typed_to_share_a_referral_is_not_lost_where_writing_it_took_long(client, time_machine):
    dispatch = dispatch_to_authority(submitted())
    stranger = officer_of(Agency.objects.get(code="E08000032"), name="Adeel Kershaw")
    address = reverse("referrals:share", args=[dispatch.pk])
    sent = {"email": stranger.email, "days": "5", "reason": "His sister lives there."}
    time_machine.move_to(timezone.now(), tick=False)
    sign_in(client, officer_of(dispatch.agency))
    time_machine.shift(timedelta(minutes=9))
    assert client.get(address).status_code == 200
    time_machine.shift(timedelta(minutes=16))
    assert client.post(address, sent)["Location"] == reverse("desk:referral", args=[dispatch.referral_id])
    assert opened_to(stranger).count() == 1
    assert client.get(address)["Location"].startswith(CONFIRM)


def test_the_way_back_leads_nowhere_else(client, signed_in, administrator):
    signed_in(11)
    answer = client.post(CONFIRM, {"code": code_of(administrator), "next": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("desk:home")


def test_whoever_may_not_open_the_page_is_not_asked_and_finds_nothing(client, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    sign_in(client, officer_of(Agency.objects.get(code="E08000038")))
    time_machine.shift(timedelta(minutes=11))
    assert client.get(CONNECT).status_code == 404


def test_a_view_says_that_it_asks_again():
    asking = {each.name for each in of_surface("both") if getattr(each.callback, "step_up", False)}
    assert {"connect-system", "rotate-key", "remove-factor", "recovery-codes", "release"} <= asking
    assert {"emergency", "emergency-review", "show-referrer", "referral-pdf", "new-export", "export-file"} <= asking
    assert {"share", "open-review", "restrict", "name", "strike-off", "exclude", "lift", "leave"} <= asking
    assert "close-access" not in asking, "what was shared is taken back at once"
    assert {"agency-webhooks", "rotate-endpoint", "enable-endpoint"} <= asking
    plain = permission(Permission.HOME_READ)(lambda request: HttpResponse())
    assert plain.step_up is False  # type: ignore[attr-defined]
