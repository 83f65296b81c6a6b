"""E-mail by GOV.UK Notify: a reference and a link, put off or given up as it answers; receipts believed if signed."""

import json
import logging
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.checks import Error
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from agencies.actions.record_receipt import record_receipt
from agencies.actions.replay_notice import replay_notice
from agencies.actions.send_notice import send_notice
from agencies.checks import notify_is_told_everything
from agencies.models import Agency, Notice, NoticeKind, Receipt
from agencies.notify import SAID, NotifyTemplateMissing, send_by_notify
from agencies.selectors import undelivered_notices
from agencies.tasks import sweep_notices
from audit.agents import Agent
from audit.models import Entry
from audit.refusals import Forbidden
from config.logs import QUIET
from tests.agencies.notifying import TEMPLATES, TOKEN, notify
from tests.house.test_words import DETAILS, DIGEST
from tests.making import TEACHER, mail_queued, officer_of, submitted, with_mailboxes

pytestmark = pytest.mark.usefixtures("db", "on_record")
RECEIPTS = "/notify/receipts/"


@pytest.fixture
def service():
    with notify() as made:
        yield made


@pytest.fixture
def council():
    return with_mailboxes(Agency.objects.get(code="E08000038"))


def notice(**changes):
    told = {
        "kind": NoticeKind.NEW_REFERRAL,
        "about": uuid4(),
        "tells_of": [],
        "address": "desk@agencies.example",
        "details": {"reference": "K7QM-3XWP", "link": "https://casework.example/x/", "given_names": "Tomasz"},
        "once": str(uuid4()),
        "by": Agent.MESSENGER,
        "now": timezone.now(),
    }
    return send_notice(**{**told, **changes})


def receipt(client, of, status="delivered", *, token=TOKEN, sent_as=None, **changes):
    told = {
        "id": str(sent_as or of.sent_as),
        "reference": str(of.pk),
        "to": "desk@agencies.example",
        "status": status,
        "created_at": "2026-11-22T12:15:30.000000Z",
        "completed_at": "2026-11-22T12:15:31.000000Z",
        "notification_type": "email",
        **changes,
    }
    headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
    answer = client.post(RECEIPTS, json.dumps(told), content_type="application/json", headers=headers)
    of.refresh_from_db()
    return answer.status_code


def sent(**changes):
    row = notice(**changes)
    assert sweep_notices() == 1
    row.refresh_from_db()
    return row


def test_it_is_sent_a_reference_and_a_link_by_the_template_of_its_kind(service, council):
    referral = mail_queued(submitted())
    assert sweep_notices() == 1
    (told,) = service.sent
    row = Notice.objects.get(kind=NoticeKind.NEW_REFERRAL)
    assert told == {
        "email_address": council.email,
        "template_id": TEMPLATES["new_referral"],
        "reference": str(row.pk),
        "personalisation": {
            "reference": referral.reference,
            "link": f"http://127.0.0.1:8000/casework/referrals/{referral.pk}/",
        },
    }
    assert (str(row.sent_as), bool(row.done)) == (service.ids[0], True)
    for personal in (value for value in TEACHER.values() if isinstance(value, str) and len(value) > 5):
        assert personal not in json.dumps(told)


def test_a_name_in_the_details_of_a_notice_does_not_reach_it(service):
    sent()
    assert "Tomasz" not in json.dumps(service.sent)


def test_whatever_an_e_mail_may_say_its_template_there_is_told(service):
    sent(details={**DETAILS, **DIGEST})
    told = service.sent[0]["personalisation"]
    assert set(DETAILS) <= set(SAID)
    assert told["count"] == DIGEST["count"]
    assert told["referrals"] == ["K7QM-3XWP https://a.example/"] * 3


@pytest.mark.parametrize(("language", "template"), [("cy", "confirmation.cy"), ("en", "confirmation")])
def test_a_template_in_the_referrers_language_is_used_where_there_is_one(service, language, template):
    sent(kind=NoticeKind.CONFIRMATION, language=language)
    sent(language=language)
    assert [told["template_id"] for told in service.sent] == [TEMPLATES[template], TEMPLATES["new_referral"]]


@pytest.mark.parametrize("status", [401, 403, 429, 500, 502, 503])
def test_while_notify_says_not_now_it_waits_and_then_goes(service, status):
    row, service.answer = notice(), status
    assert sweep_notices() == 0
    row.refresh_from_db()
    assert (row.attempts, row.done, row.dead, row.last_error) == (1, None, None, "NotifyUnavailable")
    service.answer = 201
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
        assert sweep_notices() == 1


def test_while_notify_is_away_it_waits(service):
    row = notice()
    with override_settings(NOTIFY_BASE_URL="http://127.0.0.1:1"):
        assert sweep_notices() == 0
    row.refresh_from_db()
    assert row.last_error == "NotifyUnavailable" and not row.dead


@pytest.mark.parametrize("status", [400, 404, 413, 422])
def test_what_notify_will_never_take_is_dead_at_once(service, council, status):
    row, service.answer = notice(agency=council), status
    assert sweep_notices() == 0
    row.refresh_from_db()
    assert row.dead and row.attempts == 1 and row.last_error == "NotifyRefused"
    assert list(undelivered_notices(officer_of(council))) == [row]


def test_a_kind_without_a_template_waits_for_the_settings(service):
    with override_settings(NOTIFY_TEMPLATES={}):
        with pytest.raises(NotifyTemplateMissing):
            send_by_notify(notice())
        assert sweep_notices() == 0
    assert not Notice.objects.filter(dead__isnull=False).exists()


def test_what_notify_says_is_not_logged(service, capsys):
    service.answer = 400
    notice()
    sweep_notices()
    assert "desk@agencies.example" not in capsys.readouterr().out
    assert "notifications_python_client" in QUIET
    assert (
        not logging.getLogger("notifications_python_client.base").propagate
        or not logging.getLogger("notifications_python_client").propagate
    )


def test_a_bounce_makes_the_notice_visible_as_undelivered(service, council, client):
    row = sent(agency=council)
    assert receipt(client, row, "permanent-failure") == 204
    assert row.dead and row.done and row.receipt == Receipt.PERMANENT_FAILURE
    officer = officer_of(council)
    client.force_login(officer)
    assert "does not exist or refuses mail" in client.get(reverse("agencies:undelivered")).content.decode()
    replay_notice(notice_id=row.pk, by=officer, now=timezone.now())
    assert sweep_notices() == 1
    assert len(service.sent) == 2
    row.refresh_from_db()
    assert (row.dead, row.receipt, str(row.sent_as)) == (None, "", service.ids[1])


@pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure", "technical-failure"])
def test_every_failure_is_visible_and_a_repeat_changes_nothing(service, client, status):
    row = sent()
    assert receipt(client, row, status) == 204
    first, entries = row.dead, Entry.objects.count()
    assert receipt(client, row, status) == 204
    assert row.dead == first and Entry.objects.count() == entries
    assert receipt(client, row, "delivered") == 204
    assert row.receipt == status, "what has failed is not called delivered after all"


def test_delivered_is_kept_and_a_bounce_after_it_still_counts(service, client):
    row = sent()
    assert receipt(client, row) == 204
    assert row.receipt == "delivered" and not row.dead
    assert receipt(client, row, "permanent-failure") == 204
    assert row.dead


def test_a_receipt_of_an_earlier_sending_or_of_nothing_changes_nothing(service, client):
    row = sent()
    assert receipt(client, row, "permanent-failure", sent_as=uuid4()) == 204
    assert receipt(client, row, "permanent-failure", reference=str(uuid4())) == 204
    assert not row.dead and not row.receipt
    waiting = notice()
    assert receipt(client, waiting, "delivered", sent_as=uuid4()) == 204
    assert not waiting.receipt


@pytest.mark.parametrize("token", [None, "", "wrong", f"{TOKEN}x", TOKEN[:-1], "é"])
def test_without_the_right_token_nothing_is_believed(service, client, token):
    row = sent()
    assert receipt(client, row, "permanent-failure", token=token) == 401
    assert not row.dead


def test_while_a_token_is_changed_the_old_one_is_believed_too(service, client):
    row = sent()
    assert receipt(client, row, token="the-one-before") == 204


def test_where_mail_goes_by_smtp_there_is_no_such_page(client):
    assert client.post(RECEIPTS, "{}", content_type="application/json").status_code == 404


@pytest.mark.parametrize(
    "body", ["", "x", "[]", "null", "1", "{}", '{"id": 1}', "[" * 1000, "\x00", '{"reference":"x","id":"y","status":1}']
)
def test_a_receipt_that_makes_no_sense_is_refused(service, client, body):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = client.post(RECEIPTS, body, content_type="application/json", headers=headers)
    assert answer.status_code == 400
    row = sent()
    assert receipt(client, row, "sending") == 400
    assert client.get(RECEIPTS).status_code == 405


def test_it_needs_no_form_token_of_ours(service):
    row = sent()
    assert receipt(Client(enforce_csrf_checks=True), row) == 204


def test_who_may_not_cause_mail_records_no_receipt():
    with pytest.raises(Forbidden):
        record_receipt(
            notice_id=uuid4(), sent_as=uuid4(), receipt=Receipt.DELIVERED, by=Agent.VISITOR, now=timezone.now()
        )


def test_the_settings_are_checked_before_mail_goes_there(service):
    assert notify_is_told_everything() == []
    with override_settings(NOTIFY_TEMPLATES={"confirmation": "x"}, NOTIFY_CALLBACK_TOKENS=[]):
        wrong = notify_is_told_everything()
    assert [type(each) for each in wrong] == [Error, Error]
    assert "new_referral" in wrong[0].msg and "confirmation" not in wrong[0].msg
    with override_settings(MAIL_CHANNEL="smtp", NOTIFY_TEMPLATES={}):
        assert notify_is_told_everything() == []
