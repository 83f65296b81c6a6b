"""What has become of the e-mails stands in the timeline, in sentences."""

import pytest
from django.utils import timezone

from agencies.models import Notice, NoticeKind
from audit.agents import Agent
from desk.timeline import timeline
from referrals.selectors import dispatches
from referrals.tasks import sweep_alerts
from tests.audit.acts import within
from tests.making import TEACHER, dispatch_to_authority, mail_queued, submitted, with_mailboxes

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


@pytest.fixture
def referral():
    barnsley = dispatch_to_authority(submitted()).agency
    with_mailboxes(barnsley)
    return mail_queued(submitted({**TEACHER, "danger": "yes"}))


def sentences(referral):
    return [moment.what for moment in timeline(referral, dispatches(referral), [])]


def become(kind, **changes):
    notice = Notice.objects.get(kind=kind)
    within(do=lambda: notice.changed(**changes), by=Agent.MESSENGER, now=NOW)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "E-mail to {} is waiting to be sent."),
        ({"done": NOW}, "E-mail sent to {}."),
        ({"dead": NOW}, "E-mail to {} could not be delivered."),
    ],
)
def test_an_e_mail_is_waiting_sent_or_undelivered(referral, changes, sentence):
    if changes:
        become(NoticeKind.NEW_REFERRAL, **changes)
    assert sentence.format("Barnsley Metropolitan Borough Council") in sentences(referral)


def test_an_alert_that_was_sent_is_called_one(referral):
    sweep_alerts()
    become(NoticeKind.IMMEDIATE_ALERT, done=NOW)
    assert "Alert sent to the duty contact of Barnsley Metropolitan Borough Council." in sentences(referral)
