"""The pages of the gateway assessment: begun, written half, checked, proposed, read, signed, given back, reopened."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from people.clearance import is_cleared
from referrals.actions.decide_withdrawal import decide_withdrawal
from referrals.actions.report_withdrawal import report_withdrawal
from referrals.models import ToldBy, WithdrawalKind
from tests.making import TEACHER, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.triage.assessing import deconflicted, proposed, received, rewritten, signed, supervisor_at, whole, written
from triage.actions.return_assessment import return_assessment
from triage.models import GatewayAssessment, Signposting, TriageOutcome
from triage.states import GatewayState as State


@pytest.fixture
def officer(referral):
    return received(referral)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def boss(referral):
    return supervisor_at(dispatch_to_police(referral).agency)


def page(name, row):
    return reverse(f"triage:{name}", args=[row.pk])


def text(response):
    return response.content.decode()


def filled(row, assessed, **more):
    """What the form sends."""
    latest = row.referral.deconflictions.order_by("-opened_at").first()
    return {
        "read_at": row.written_at.isoformat(),
        "weighed": str(latest.pk) if latest else "",
        "outcome": assessed.outcome,
        "considered": list(assessed.considered),
        "rationale": assessed.rationale,
        "agrees": "yes" if assessed.agrees else "no",
        "no_concerns": assessed.no_concerns,
        "reasons": list(assessed.reasons),
        **assessed.answers,
        **more,
    }


def test_from_the_referral_it_is_begun_written_proposed_and_signed(desk, referral, boss):
    deconflicted(referral)
    about = reverse("desk:referral", args=[referral.pk])
    begin = reverse("triage:begin-gateway", args=[referral.pk])
    assert begin in text(desk.get(about)) and "Begin" in text(desk.get(begin))
    desk.post(begin)
    row = GatewayAssessment.objects.get()
    assert "You can save it half written" in text(desk.get(page("write-gateway", row)))
    answer = desk.post(page("write-gateway", row), filled(row, whole(TriageOutcome.SIGNPOSTED)))
    assert answer.url == page("gateway", row)
    shown = text(desk.get(answer.url))
    assert "Propose it to a supervisor" in shown and "Words about concern." in shown and "Sign<" not in shown
    row.refresh_from_db()
    assert desk.post(page("gateway", row), {"read_at": row.written_at.isoformat()}).url == about
    assert "To be signed" in text(desk.get(about))
    desk.force_login(boss)
    home = text(desk.get(reverse("desk:home")))
    assert page("gateway", row) in home
    assert page("sign-gateway", row) in text(desk.get(page("gateway", row)))
    assert "Words about concern." in text(desk.get(page("sign-gateway", row)))
    desk.post(page("sign-gateway", row), {"reason": "I agree.", "at_round": 1})
    assert GatewayAssessment.objects.get().is_signed
    shown = text(desk.get(about))
    assert "Signposted to another service" in shown and "No answer yet" in shown


def test_what_is_half_written_is_kept_and_the_page_says_what_is_missing(desk, referral, officer):
    deconflicted(referral)
    row = written(referral, by=officer)
    desk.post(page("write-gateway", row), {"read_at": row.written_at.isoformat(), "concern": "Heard twice."})
    shown = text(desk.get(page("gateway", row)))
    assert "Heard twice." in shown and "Say what the referral becomes." in shown
    assert f"{page('write-gateway', row)}#id_rationale" in shown
    assert "Propose it" not in shown
    refused = text(desk.post(page("gateway", row)))
    assert "Give the rationale." in refused and "There is a problem" in refused


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten_and_what_was_typed_stays(desk, referral, officer):
    deconflicted(referral)
    row = written(referral, by=officer)
    sent = filled(row, whole(), rationale="What I typed for an hour.")
    rewritten(row, whole(), by=officer_of(dispatch_to_police(referral).agency, name="Anwen Sutcliffe"))
    shown = text(desk.post(page("write-gateway", row), sent))
    assert "Anwen Sutcliffe has written in it meanwhile" in shown and "What I typed for an hour." in shown


@pytest.mark.parametrize("read_at", ["", "yesterday", "2026-01-01", "2026-01-01T00:00:00"])
def test_what_is_no_time_of_reading_is_refused_with_words(desk, referral, officer, read_at):
    row = written(referral, by=officer)
    assert "has written in it meanwhile" in text(desk.post(page("write-gateway", row), {"read_at": read_at}))


def test_a_likely_match_leads_to_the_person(desk, referral, officer):
    deconflicted(referral)
    submitted({**TEACHER, "concern": "Another day, the same pupil spoke of it again."})
    row = written(referral, by=officer)
    shown = text(desk.get(page("gateway", row)))
    assert "likely to be the same person" in shown and "Go to the person" in shown


def test_the_reference_of_the_other_referral_must_be_one_that_the_officer_reads(desk, referral, officer):
    row = written(referral, by=officer)
    far = submitted({**TEACHER, "postcode": "CF10 3AT", "given_names": "Una"})
    assert dispatch_to_police(far).agency != dispatch_to_police(referral).agency
    for reference in (far.reference, referral.reference):
        shown = text(desk.post(page("write-gateway", row), filled(row, whole(), duplicate_of=reference)))
        assert "You can read no other referral with this reference" in shown
    other = submitted({**TEACHER, "given_names": "Halina", "family_name": "Vane"})
    desk.post(page("write-gateway", row), filled(row, whole(), duplicate_of=other.reference))
    assert GatewayAssessment.objects.get().duplicate_of == other
    assert other.reference in text(desk.get(page("write-gateway", row)))


def test_fimu_is_asked_once_more_from_the_page(desk, referral, officer):
    deconflicted(referral)
    row = written(referral, by=officer)
    assert desk.get(page("ask-before-exit", row)).url == page("gateway", row)
    desk.post(page("ask-before-exit", row))
    assert not is_cleared(referral.person_id)
    shown = text(desk.get(page("gateway", row)))
    assert "FIMU has not answered" in shown and "Ask FIMU again" not in shown


def test_it_is_given_back_with_words_and_comes_up_with_whoever_wrote_it(desk, referral, officer, boss):
    row = proposed(referral, by=officer)
    desk.force_login(boss)
    desk.post(page("return-gateway", row), {"reason": "Say what the school saw.", "at_round": 1})
    assert GatewayAssessment.objects.get().state == State.DRAFT
    desk.force_login(officer)
    for name in ("gateway", "write-gateway"):
        assert "Say what the school saw." in text(desk.get(page(name, row)))
    assert "A supervisor gave it back." in text(desk.get(reverse("desk:home")))


def test_what_has_moved_on_is_said_on_the_page_of_signing(desk, referral, officer, boss):
    row = proposed(referral, by=officer)
    return_assessment(assessment_id=row.pk, at_round=1, reason="Wait.", by=officer, now=timezone.now())
    desk.force_login(boss)
    shown = text(desk.post(page("sign-gateway", row), {"reason": "I agree.", "at_round": 1}))
    assert "It has moved on since you read it" in shown and "I agree." in shown


def test_an_outcome_is_reopened_and_another_begun(desk, referral, officer):
    row = signed(proposed(referral, by=officer))
    assert "It stays on record as it was signed" in text(desk.get(page("reopen-gateway", row)))
    desk.post(page("reopen-gateway", row), {"reason": "The school rang again."})
    assert GatewayAssessment.objects.get().state == State.REOPENED
    assert reverse("triage:begin-gateway", args=[referral.pk]) in text(
        desk.get(reverse("desk:referral", args=[referral.pk]))
    )
    assert "The school rang again." in text(desk.get(page("gateway", row)))


def test_two_are_not_begun_whoever_is_quicker(desk, referral, officer):
    written(referral, by=officer)
    assert "has begun the gateway assessment" in text(desk.post(reverse("triage:begin-gateway", args=[referral.pk])))


def test_what_the_service_said_is_recorded_and_one_that_declines_comes_up_again(desk, referral, officer):
    signed(proposed(referral, whole(TriageOutcome.SIGNPOSTED), by=officer))
    made = Signposting.objects.get()
    assert page("service-answer", made) in text(desk.get(reverse("desk:home")))
    assert "Words about service." in text(desk.get(page("service-answer", made)))
    desk.post(page("service-answer", made), {"said": "declined", "reason": "Ms Vane: no places."})
    assert "Decide again: the service declines" in text(desk.get(reverse("desk:home")))
    assert "no places" in text(desk.get(page("service-answer", made)))
    desk.post(page("service-answer", made), {"said": "accepted", "reason": "Ms Vane: a place came free."})
    assert page("service-answer", made) not in text(desk.get(reverse("desk:home")))


def test_the_council_reads_the_outcome_once_it_is_signed_and_nothing_before_and_never_the_words(
    desk, referral, officer, lead
):
    row = proposed(referral, replace(whole(), rationale="Known to us since March."), by=officer)
    desk.force_login(lead)
    about = reverse("desk:referral", args=[referral.pk])
    assert "Gateway assessment" not in text(desk.get(about))
    signed(row)
    shown = text(desk.get(about))
    assert "Passed to Channel" in shown and "Known to us" not in shown and page("gateway", row) not in shown
    assert "Passed to Channel" in text(desk.get(reverse("desk:referral-print", args=[referral.pk])))
    assert dispatch_to_authority(referral).agency in lead.agencies


def test_where_the_police_have_stopped_the_pages_say_what_to_do(desk, referral, officer):
    told = {"dispatch_id": dispatch_to_police(referral).pk, "by": officer, "now": timezone.now()}
    made = report_withdrawal(kind=WithdrawalKind.WITHDRAWN, told_how=ToldBy.TELEPHONE, reason="They rang.", **told)
    begin = reverse("triage:begin-gateway", args=[referral.pk])
    assert "It has no outcome yet" not in text(desk.get(begin))
    decide_withdrawal(withdrawal_id=made.pk, go_on=False, reason="Nothing to it.", **told)
    assert "It has no outcome yet" in text(desk.get(begin))
    desk.post(begin)
    assert "It has no outcome yet" in text(desk.get(page("gateway", GatewayAssessment.objects.get())))
