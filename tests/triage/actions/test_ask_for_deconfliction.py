"""An officer asks FIMU again, by hand and with a reason; and before an exit it is asked too."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.agents import Agent
from audit.refusals import Forbidden, NotNow
from people.clearance import is_cleared
from tests.making import TEACHER, analyst_of, dispatch_to_police, officer_of, submitted
from tests.referrals.opening import shared, supervisor
from tests.triage.deconflicting import answered, opened
from triage.actions.ask_for_deconfliction import ask_for_deconfliction
from triage.actions.open_deconfliction import open_deconfliction
from triage.models import Cause

WHY = "He has moved in with his uncle, about whom we know nothing."


def asked(referral, by, reason=WHY):
    return ask_for_deconfliction(referral_id=referral.pk, reason=reason, by=by, now=timezone.now())


def page(referral):
    return reverse("triage:ask-for-deconfliction", args=[referral.pk])


@pytest.mark.parametrize("who", ["lead", "officer", "analyst"])
def test_whoever_works_the_person_or_answers_about_them_asks_and_nobody_is_cleared_until_fimu_has_answered(
    referral, request, who
):
    before = answered(opened(referral))
    row = asked(referral, request.getfixturevalue(who))
    assert (row.cause, row.reason) == (Cause.ASKED_FOR, WHY)
    assert not is_cleared(referral.person_id)
    before.refresh_from_db()
    assert before.is_answered, "it stays beside the question it was given to"
    answered(row)
    assert is_cleared(referral.person_id)


def test_a_question_that_waits_is_overtaken_and_its_day_stays(referral, officer):
    waiting = opened(referral)
    row = asked(referral, officer)
    waiting.refresh_from_db()
    assert (waiting.is_open, row.due) == (False, waiting.due)


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_it_is_asked_for_a_reason(referral, officer, reason):
    answered(opened(referral))
    with pytest.raises(NotNow):
        asked(referral, officer, reason)
    assert is_cleared(referral.person_id)


def test_nobody_elsewhere_asks(referral):
    far = dispatch_to_police(submitted({**TEACHER, "postcode": "CF10 3NQ"})).agency
    for by in (officer_of(far), analyst_of(far)):
        with pytest.raises(Forbidden):
            asked(referral, by)


def test_the_page_of_a_referral_leads_to_it_and_fimu_reads_the_reason(client, referral, lead, analyst):
    answered(opened(referral))
    client.force_login(lead)
    assert page(referral) in client.get(reverse("desk:referral", args=[referral.pk])).content.decode()
    shown = client.get(page(referral)).content.decode()
    assert "Contact is cleared now" in shown
    assert "Give the reason" in client.post(page(referral), {"reason": ""}).content.decode()
    assert client.post(page(referral), {"reason": WHY})["Location"] == reverse("desk:referral", args=[referral.pk])
    assert "Contact is not cleared now" in client.get(page(referral)).content.decode()
    row = referral.deconflictions.get(state="open")
    client.force_login(analyst)
    assert WHY in client.get(reverse("triage:deconfliction", args=[row.pk])).content.decode()


def test_who_answers_about_the_person_asks_on_the_same_page_and_goes_back_to_what_waits(client, referral, analyst):
    row = answered(opened(referral), by=analyst)
    client.force_login(analyst)
    assert page(referral) in client.get(reverse("triage:deconfliction", args=[row.pk])).content.decode()
    assert client.post(page(referral), {"reason": WHY})["Location"] == reverse("triage:deconflictions")


def test_who_reads_a_referral_and_does_not_work_it_finds_no_such_page(client, referral):
    reader = officer_of(dispatch_to_police(submitted({**TEACHER, "postcode": "CF10 3NQ"})).agency)
    shared(dispatch_to_police(referral), reader, by=supervisor(dispatch_to_police(referral).agency.code))
    client.force_login(reader)
    assert client.get(page(referral)).status_code == 404
    assert client.post(page(referral), {"reason": WHY}).status_code == 404


def test_before_an_exit_it_is_asked_without_a_reason_of_anybody(referral):
    answered(opened(referral))
    row = open_deconfliction(referral_id=referral.pk, cause=Cause.BEFORE_EXIT, by=Agent.SWEEPER, now=timezone.now())
    assert (row.is_open, row.reason) == (True, None)
    assert not is_cleared(referral.person_id)
    answered(row)
    assert is_cleared(referral.person_id)
