"""E-mail is a row until the server has it: sent once, put off when the server is down, given up in sight of people."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from agencies.actions.replay_notice import replay_notice
from agencies.actions.send_notice import send_notice
from agencies.delivery import GIVE_UP_AFTER, deliver
from agencies.models import Agency, Notice, NoticeKind
from agencies.selectors import undelivered_notices
from agencies.tasks import sweep_notices
from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from tests.agencies.post import post_office
from tests.audit.acts import entries_of, within
from tests.making import TEACHER, dispatch_to_authority, mail_queued, officer_of, submitted, with_mailboxes

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
NOWHERE = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}


@pytest.fixture
def council():
    return with_mailboxes(Agency.objects.get(code="E08000038"))


def notice(once="x", by=Agent.MESSENGER, address="desk@agencies.example", **changes):
    return send_notice(
        kind=NoticeKind.NEW_REFERRAL,
        about=uuid4(),
        tells_of=[],
        address=address,
        details={"reference": "K7QM-3XWP", "link": "https://casework.example/x/"},
        once=once,
        by=by,
        now=timezone.now(),
        **changes,
    )


def dead(**kwargs):
    row = notice(**kwargs)
    within(do=lambda: row.changed(dead=NOW, attempts=20, last_error="OSError"), by=Agent.MESSENGER, now=NOW)
    return row


def test_an_occasion_makes_one_notice():
    assert notice().pk == notice().pk
    assert notice("y").pk != notice("x").pk
    assert Notice.objects.count() == 2


def test_who_may_not_cause_mail_causes_none():
    with pytest.raises(Forbidden):
        notice(by=Agent.OPERATOR)
    assert not Notice.objects.exists()


def test_the_agency_hears_a_reference_and_a_link_and_nothing_else(council):
    referral = mail_queued(submitted())
    with post_office() as office:
        assert sweep_notices() == 1
    (letter,) = office.letters
    text = f"{letter['Subject']}\n{letter.get_content()}"
    assert office.recipients == [council.email]
    assert referral.reference in letter["Subject"]
    assert f"/casework/referrals/{referral.pk}/" in text
    for personal in (
        *(str(value) for value in TEACHER.values() if isinstance(value, str) and len(value) > 5),
        "Tomasz", "Briain", "S70", "Barnsley", "South Yorkshire",
    ):  # fmt: skip
        assert personal not in text.replace(f"/casework/referrals/{referral.pk}/", "")
    assert letter["Auto-Submitted"] == "auto-generated"


def test_it_is_sent_once_however_often_the_queue_is_swept():
    notice()
    with post_office() as office:
        assert [sweep_notices(), sweep_notices(), sweep_notices()] == [1, 0, 0]
    assert len(office.letters) == 1


def test_a_repeat_after_a_fault_bears_the_same_message_id():
    row = notice()
    with post_office() as office:
        deliver(row=row, by=Agent.MESSENGER, now=NOW)
        deliver(row=Notice.objects.get(pk=row.pk), by=Agent.MESSENGER, now=NOW)
    assert [letter["Message-ID"] for letter in office.letters] == [f"<{row.pk}@prevent.example>"] * 2


@pytest.mark.parametrize("fault", ["nobody listens", "451 Later", "550 No"])
def test_while_the_server_does_not_take_it_it_waits_and_then_goes(fault):
    row = notice()
    with post_office() as office:
        office.answer = fault
        with override_settings(**(NOWHERE if fault == "nobody listens" else {})):
            assert sweep_notices() == 0
        row.refresh_from_db()
        assert (row.attempts, row.done, row.dead) == (1, None, None)
        assert row.due > timezone.now() + timedelta(seconds=2)
        assert sweep_notices() == 0, "not before it is due again"
        office.answer = "250 Kept"
        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
            assert sweep_notices() == 1
    assert len(office.letters) == 1


def test_one_that_cannot_go_keeps_no_other_back():
    notice("bad", address="")
    notice("good")
    with post_office() as office:
        assert sweep_notices() == 1
    assert len(office.letters) == 1
    assert Notice.objects.get(once="bad").last_error == "SMTPRecipientsRefused"


def test_a_notice_to_nobody_is_never_called_delivered():
    with pytest.raises(SMTPRecipientsRefused):
        deliver(row=notice(address=""), by=Agent.MESSENGER, now=NOW)
    assert mail.outbox == []


def test_after_nine_hours_or_so_it_is_given_up():
    row = notice()
    at, count = timezone.now(), 0
    with override_settings(**NOWHERE):
        while row.dead is None:
            at += timedelta(hours=1, minutes=20)
            count += 1
            with time_machine.travel(at, tick=True):
                sweep_notices()
            row.refresh_from_db()
    assert count == row.attempts == GIVE_UP_AFTER


def test_a_dead_one_is_tried_again_when_somebody_says_so(council):
    row, officer = dead(agency=council), officer_of(council)
    replay_notice(notice_id=row.pk, by=officer, now=timezone.now())
    with post_office() as office:
        assert sweep_notices() == 1
    assert len(office.letters) == 1
    assert entries_of(row.pk)[-2].actor == officer.pk


def test_only_a_dead_one_is_replayed_and_only_by_those_who_may(council):
    officer, waiting, gone = officer_of(council), notice(agency=council), dead(once="dead", agency=council)
    with pytest.raises(NotNow, match="not waiting"):
        replay_notice(notice_id=waiting.pk, by=officer, now=NOW)
    with pytest.raises(Notice.DoesNotExist):
        replay_notice(notice_id=uuid4(), by=officer, now=NOW)
    with pytest.raises(Forbidden):
        replay_notice(notice_id=gone.pk, by=Agent.MESSENGER, now=NOW)  # type: ignore[arg-type]  # the point
    gone.refresh_from_db()
    assert gone.dead


def test_officers_see_and_replay_the_mail_of_their_own_agency_alone(council):
    other = Agency.objects.get(code="E08000032")
    own, theirs, referrers = dead(agency=council), dead(once="theirs", agency=other), dead(once="referrer's")
    officer, overseer = officer_of(council), officer_of(Agency.objects.get(code="system"))
    assert list(undelivered_notices(officer)) == [own]
    assert set(undelivered_notices(overseer)) == {own, theirs, referrers}
    for row in (theirs, referrers):
        with pytest.raises(Forbidden):
            replay_notice(notice_id=row.pk, by=officer, now=NOW)
        assert replay_notice(notice_id=row.pk, by=overseer, now=NOW).dead is None


@pytest.mark.parametrize("language", ["en", "cy"])
def test_it_is_written_in_its_language(language):
    notice(language=language)
    with post_office() as office:
        sweep_notices()
    assert "K7QM-3XWP" in office.letters[0]["Subject"]


class TestUndelivered:
    @pytest.fixture
    def administrator(self, client):
        user = officer_of(Agency.objects.get(code="system"))
        client.force_login(user)
        return user

    def test_the_page_names_reference_and_reason_and_no_address(self, client, administrator):
        dead()
        notice("waiting")
        text = client.get(reverse("agencies:undelivered")).content.decode()
        assert text.count("K7QM-3XWP") == 1
        assert "OSError" in text
        assert "desk@agencies.example" not in text

    def test_the_button_puts_it_back_in_the_queue(self, client, administrator):
        row = dead()
        answer = client.post(reverse("agencies:replay", args=[row.pk]), follow=True)
        assert "will be tried again now" in answer.content.decode()
        row.refresh_from_db()
        assert (row.dead, row.attempts) == (None, 0)

    def test_pressing_twice_is_answered_with_the_reason(self, client, administrator):
        row = dead()
        client.post(reverse("agencies:replay", args=[row.pk]))
        assert client.post(reverse("agencies:replay", args=[row.pk])).status_code == 409

    def test_an_empty_page_says_that_all_is_well(self, client, administrator):
        assert (
            "has been delivered or is still being tried" in client.get(reverse("agencies:undelivered")).content.decode()
        )

    def test_it_costs_the_same_queries_with_one_row_and_with_twenty(self, client, administrator):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def count():
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("agencies:undelivered"))
            return len(asked)

        dead(once="0")
        count()
        one = count()
        for number in range(1, 20):
            dead(once=str(number))
        assert count() == one <= 12

    def test_the_mail_of_someone_whose_key_is_destroyed_breaks_no_page(self, client, administrator):
        from audit.keys import destroy_key

        referral = submitted()
        dead(key_of=referral.person_id)
        within(do=lambda: destroy_key(referral.person_id), by=Agent.OPERATOR, now=NOW)
        assert client.get(reverse("agencies:undelivered")).status_code == 200


def test_colleagues_are_those_in_force_by_name(council):
    from agencies.selectors import colleagues

    second, first = officer_of(council, name="Wren"), officer_of(council, name="Ada")
    gone = officer_of(council, name="Gone")
    within(do=lambda: gone.changed(is_active=False), by=Agent.OPERATOR, now=NOW)
    officer_of(dispatch_to_authority(submitted({**TEACHER, "postcode": "BD1 1HX"})).agency)
    assert list(colleagues(council, on=timezone.localdate())) == [first, second]
