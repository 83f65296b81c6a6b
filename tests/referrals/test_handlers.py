"""After a submission the agencies hear of it and the referrer hears back, each once, where there is an address."""

import pytest
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.models import Handling
from audit.tasks import sweep_events
from referrals.actions.release_restriction import release_restriction
from referrals.actions.send_dispatch import send_dispatch
from referrals.handlers import confirm_to_referrer
from referrals.models import Dispatch
from referrals.states import DispatchState
from tests.audit.acts import within
from tests.making import (
    PUBLIC,
    TEACHER,
    dispatch_to_authority,
    dispatch_to_police,
    mail_queued,
    officer_of,
    submitted,
    with_mailboxes,
)
from tests.referrals.at_the_desk import about, officer_at

pytestmark = pytest.mark.usefixtures("db", "on_record")


def confirmations():
    return list(Notice.objects.filter(kind=NoticeKind.CONFIRMATION))


def test_a_referrer_who_left_an_address_is_sent_the_reference_and_nothing_else():
    referral = submitted()
    assert sweep_events() == 5, "the referrer, mailboxes and systems, who may be the same person, and FIMU"
    (notice,) = confirmations()
    assert (notice.address, notice.about, notice.key_of) == (
        TEACHER["referrer_email"],
        referral.pk,
        referral.person_id,
    )
    assert notice.details["reference"] == referral.reference
    assert notice.details["link"].startswith("http://127.0.0.1:8000/your-referral/link/")
    assert set(notice.details) == {"reference", "link"}
    assert notice.language == referral.language


def test_a_referrer_who_left_none_is_sent_nothing():
    submitted(PUBLIC)
    assert sweep_events() == 5, "the referrer, mailboxes and systems, who may be the same person, and FIMU"
    assert confirmations() == []


def test_handling_the_event_twice_sends_once():
    submitted()
    sweep_events()
    handling = Handling.objects.get(handler="referrals.handlers.confirm_to_referrer")
    confirm_to_referrer(handling.event, by=Agent.SWEEPER, now=timezone.now())
    assert len(confirmations()) == 1


BARNSLEY, ELSEWHERE = "E08000038", "E08000032"


def told():
    return Notice.objects.filter(kind=NoticeKind.NEW_REFERRAL)


def with_mailbox(code):
    return with_mailboxes(Agency.objects.get(code=code))


def test_an_agency_with_a_mailbox_is_told_once_by_reference_and_link_and_one_without_is_not():
    with_mailbox(BARNSLEY)
    referral = submitted()
    assert not told().exists(), "a submission does not wait for mail"
    sweep_events()
    mail_queued(referral)
    (notice,) = told()
    about_whom = dispatch_to_authority(referral).pk
    assert (notice.about, notice.address, notice.key_of) == (about_whom, "e08000038@agencies.example", None)
    assert notice.agency.code == BARNSLEY
    assert notice.details == {
        "reference": referral.reference,
        "link": f"http://127.0.0.1:8000/casework/referrals/{referral.pk}/",
    }


def test_who_handed_it_on_or_took_it_over_before_the_mail_was_queued_is_not_told():
    referral = submitted()
    first, police = dispatch_to_authority(referral), dispatch_to_police(referral)
    for agency in (first.agency, police.agency):
        with_mailboxes(agency)
    by, now = officer_of(first.agency), timezone.now()
    within(do=lambda: first.move(DispatchState.ACKNOWLEDGED, at=now, by=by, alert_due=None), by=by, now=now)
    within(do=lambda: first.move(DispatchState.TRANSFERRED, at=now, by=by), by=by, now=now)
    send_dispatch(referral=referral, agency=with_mailbox(ELSEWHERE), accepted=True, by=by, now=now)
    mail_queued(referral)
    assert [notice.agency for notice in told()] == [police.agency]


def test_the_agencies_are_told_of_a_referral_that_was_released_to_them():
    desk = officer_at("restricted-police-desk")
    hidden = submitted(about(officer_of(Agency.objects.get(code=BARNSLEY), name="Dominik Adeyemi").name))
    with_mailbox(BARNSLEY)
    assert not Dispatch.objects.filter(agency__code=BARNSLEY).exists()
    release_restriction(referral_id=hidden.pk, reason="Another man.", by=desk, now=timezone.now())
    sweep_events()
    (notice,) = told()
    assert notice.about == Dispatch.objects.get(referral=hidden, agency__code=BARNSLEY).pk
