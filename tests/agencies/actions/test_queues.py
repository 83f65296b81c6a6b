"""What was given up is tried again when somebody says so; what goes under a key goes with it."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.actions.replay_handling import replay_handling
from agencies.actions.send_notice import send_notice
from agencies.actions.withdraw_notices import withdraw_notices
from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.keys import create_keys
from audit.models import Handling
from audit.refusals import Forbidden, NotNow
from tests.audit.acts import entries_of, within
from tests.making import officer_of, submitted

pytestmark = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()


@pytest.fixture
def administrator():
    return officer_of(Agency.objects.get(code="system"))


def given_up():
    submitted()
    handling = Handling.objects.latest("due")
    Handling.objects.filter(pk=handling.pk).update(dead=NOW, attempts=20, last_error="KeyError")
    return handling


def test_a_reaction_that_was_given_up_is_tried_again(administrator, client):
    handling = given_up()
    client.force_login(officer_of(Agency.objects.get(code="E08000038")))
    assert "KeyError" not in client.get(reverse("agencies:undelivered")).content.decode()
    client.force_login(administrator)
    assert "KeyError" in client.get(reverse("agencies:undelivered")).content.decode()
    client.post(reverse("agencies:replay-reaction", args=[handling.pk]))
    handling.refresh_from_db()
    assert (handling.dead, handling.attempts) == (None, 0)
    assert entries_of(handling.pk)[-1].actor == administrator.pk
    with pytest.raises(NotNow):
        replay_handling(handling_id=handling.pk, by=administrator, now=NOW)


def test_who_may_not_replay_does_not(administrator):
    handling = given_up()
    with pytest.raises(Forbidden):
        replay_handling(handling_id=handling.pk, by=Agent.SWEEPER, now=NOW)  # type: ignore[arg-type]  # the point
    with pytest.raises(Handling.DoesNotExist):
        replay_handling(handling_id=uuid4(), by=administrator, now=NOW)


def test_mail_under_a_key_is_withdrawn_and_no_other():
    draft, other = uuid4(), uuid4()
    within(do=lambda: create_keys([draft, other]), by=Agent.OPERATOR, now=NOW)
    for key in (draft, draft, other):
        send_notice(
            kind=NoticeKind.SAVED_DRAFT,
            about=key,
            tells_of=[],
            key_of=key,
            address="someone@mail.example",
            details={},
            once=str(uuid4()),
            by=Agent.REFERRER,
            now=NOW,
        )
    assert withdraw_notices(key_of=draft, by=Agent.SWEEPER, now=NOW) == 2
    assert [notice.key_of for notice in Notice.objects.all()] == [other]
    with pytest.raises(Forbidden):
        withdraw_notices(key_of=other, by=Agent.OPERATOR, now=NOW)
