"""Getting in: by role, or to the sign-in page, or a refusal on the record that looks like absence."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured, ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from agencies.access import AccessMiddleware, permission, public
from agencies.models import Agency
from agencies.permissions import Permission
from audit.ledger import read_payload
from audit.models import Entry
from audit.refusals import Forbidden, NotNow
from referrals.actions.restrict_record import restrict_record
from tests.making import dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.referrals.opening import supervisor
from tests.signing_in import sign_in

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.fixture
def administrator():
    return officer_of(Agency.objects.get(code="system"), name="Rosalind Quayle")


def test_a_view_that_declares_nothing_is_refused_at_run_time():
    def forgotten(request):
        return HttpResponse()

    middleware = AccessMiddleware(forgotten)
    with pytest.raises(ImproperlyConfigured, match="declares no permission"):
        middleware.process_view(RequestFactory().get("/"), forgotten)
    middleware.process_view(RequestFactory().get("/"), public(forgotten))


@pytest.mark.parametrize("page", ["referrals:inbox", "referrals:enter"])
def test_a_page_beyond_ones_role_looks_absent_and_the_refusal_is_on_the_record(client, administrator, page):
    client.force_login(administrator)
    refused, absent = client.get(reverse(page)), client.get("/casework/there-is-no-such-page/")
    assert refused.status_code == absent.status_code == 404
    assert refused.content == absent.content
    (entry,) = Entry.objects.filter(kind=Entry.Kind.REFUSED)
    assert (entry.actor, entry.verb) == (administrator.pk, "_refuse_entry")
    rule = "Your role does not allow this. Ask your system administrator if it should."
    needed = {"referrals:inbox": "dispatch.read", "referrals:enter": "referral.enter"}[page]
    assert read_payload(entry) == {"rule": rule, "needed": needed}


def test_an_administrator_reads_no_referral(client, administrator):
    referral = submitted()
    client.force_login(administrator)
    assert client.get(reverse("desk:home")).status_code == 200
    theirs, absent = (client.get(reverse("desk:referral", args=[pk])) for pk in (referral.pk, uuid4()))
    assert theirs.status_code == 404
    assert theirs.content == absent.content


@pytest.mark.parametrize("verb", ["acknowledge", "assign", "note"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_forbidden_looks_like_what_is_absent(client, verb, method):
    referral = submitted()
    client.force_login(officer_of(Agency.objects.get(code="E08000032")))
    data = {"text": "x", "readers": "agency", "to": str(uuid4())}
    theirs, absent = (
        getattr(client, method)(reverse(f"referrals:{verb}", args=[pk]), data)
        for pk in (dispatch_to_authority(referral).pk, uuid4())
    )
    assert theirs.status_code == absent.status_code
    assert theirs.status_code in (404, 405)
    assert theirs.content == absent.content


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_a_view_forbids_by_itself_is_on_the_record_once(client, method):
    referral = submitted()
    dispatch, boss = dispatch_to_authority(referral), supervisor("E08000038")
    lead, police = officer_of(dispatch.agency), officer_of(dispatch_to_police(referral).agency)
    restrict_record(
        dispatch_id=dispatch.pk, named=[boss.pk, lead.pk, police.pk], reason="Hers.", by=boss, now=timezone.now()
    )
    client.force_login(lead)
    answer = getattr(client, method)(reverse("referrals:share", args=[dispatch.pk]))
    assert answer.status_code == 404
    (refused,) = Entry.objects.filter(kind=Entry.Kind.REFUSED)
    assert refused.actor == lead.pk


def test_letting_someone_in_opens_no_transaction(client, django_assert_num_queries):
    officer = officer_of(Agency.objects.get(code="E08000038"))
    request = RequestFactory().get("/")
    request.user = officer
    view = permission(Permission.HOME_READ)(lambda request: HttpResponse("in"))
    with django_assert_num_queries(1):
        assert view(request).content == b"in"
        assert view(request).content == b"in"


def test_someone_who_has_not_signed_in_is_led_there_and_back(client):
    answer = client.get(reverse("referrals:inbox") + "?state=sent")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_login") + "?next=/casework/inbox/%3Fstate%3Dsent"


def test_the_way_back_never_leads_to_another_site(client):
    officer = officer_of(Agency.objects.get(code="E08000038"))
    answer = sign_in(client, officer, next="https://elsewhere.example/")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("desk:home")


def test_what_cannot_be_done_now_says_why(client, rf):
    request = rf.get("/")
    answer: Any = AccessMiddleware(lambda request: HttpResponse()).process_exception(
        request, NotNow("Already received.")
    )
    assert answer.status_code == 409
    assert "Already received." in answer.content.decode()
    assert "This cannot be done now" in answer.content.decode()


@pytest.mark.parametrize("error", [Forbidden("no"), ObjectDoesNotExist("none"), Agency.DoesNotExist("none")])
def test_a_refusal_or_an_absent_row_becomes_the_page_of_an_absent_one(rf, error):
    with pytest.raises(Http404) as caught:
        AccessMiddleware(lambda request: HttpResponse()).process_exception(rf.get("/"), error)
    assert str(caught.value) == ""


def test_other_errors_are_left_to_the_error_page(rf):
    assert AccessMiddleware(lambda request: HttpResponse()).process_exception(rf.get("/"), ValueError()) is None


def test_an_open_page_is_open(rf):
    view: Any = public(lambda request: HttpResponse("open"))
    assert view.access == "public"
    assert AccessMiddleware(view)(rf.get("/")).content == b"open"
