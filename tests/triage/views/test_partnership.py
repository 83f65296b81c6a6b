"""The pages of a police-led partnership: the list, the page, its owner, its plan, its reviews; and the council's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.models import Entry
from people.actions.decide_match import decide_match
from people.actions.find_matches import find_matches
from people.models import Match
from people.states import MatchState
from tests.making import TEACHER, analyst_of, dispatch_to_authority, dispatch_to_police, officer_of, submitted
from tests.triage.assessing import received, supervisor_at
from tests.triage.deconflicting import answered, opened
from tests.triage.partnering import (
    again,
    asked,
    decided,
    owned,
    planned,
    reopened,
    reviewed,
    running,
    today,
    unreviewed,
)
from triage.actions.write_plan import write_plan
from triage.models import Cause, Outcome, Partnership, PlannedAction, ReviewDecision, TriageOutcome

NOW = timezone.now()


@pytest.fixture
def writer(referral):
    return received(referral)


@pytest.fixture
def row(referral, writer):
    return running(referral, by=writer)


@pytest.fixture
def owner(row):
    return owned(row)


@pytest.fixture
def desk(client, owner):
    client.force_login(owner)
    return client


def page(name, row):
    return reverse(f"triage:{name}", args=[row.pk])


def text(response):
    return response.content.decode()


def day(name, on):
    """What the form sends for a day."""
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def test_a_supervisor_names_an_owner_who_accepts_on_their_home_page(client, row, officer):
    boss = supervisor_at(row.agency)
    client.force_login(boss)
    assert page("name-owner", row) in text(client.get(reverse("desk:home")))
    assert "Nobody owns it yet" in text(client.get(page("name-owner", row)))
    answer = client.post(page("name-owner", row), {"to": str(officer.pk), "reason": "She knows the family."})
    assert answer.url == page("partnership", row)
    assert "and has not answered" in text(client.get(answer.url))
    client.force_login(officer)
    assert page("answer-ownership", row) in text(client.get(reverse("desk:home")))
    assert "She knows the family." in text(client.get(page("partnership", row)))
    assert "She knows the family." in text(client.get(page("answer-ownership", row)))
    client.post(page("answer-ownership", row), {"said": "accept"})
    assert again(row).owner == officer


def test_whoever_declines_says_why_on_the_page(client, row, officer):
    asked(row, officer)
    client.force_login(officer)
    assert "Give the reason" in text(client.post(page("answer-ownership", row), {"said": "decline"}))
    client.post(page("answer-ownership", row), {"said": "decline", "reason": "I am her neighbour."})
    assert "I am her neighbour." in text(client.get(page("partnership", row)))
    assert "not asked to own this" in text(client.post(page("answer-ownership", row), {"said": "accept"}))


def test_the_owner_plans_reviews_and_hands_over(desk, row, owner, officer):
    shown = text(desk.get(page("partnership", row)))
    assert owner.name in shown and "was never reviewed" in shown
    desk.post(page("write-plan", row), {"aims": "That he is in school."})
    desk.post(page("write-plan", row), {"aims": "That he is in school, and not alone."})
    to_do = {"words": "See the aunt.", "contacts": "no", "to": str(officer.pk)}
    desk.post(page("plan-action", row), to_do | day("due_on", today() + timedelta(days=3)))
    (each,) = PlannedAction.objects.all()
    shown = text(desk.get(page("partnership", row)))
    for words in ("not alone.", "What stood here before", "See the aunt.", officer.name, "neither done nor dropped"):
        assert words in shown
    assert "not alone." in text(desk.get(page("write-plan", row)))
    assert "See the aunt." in text(desk.get(page("close-planned", each)))
    desk.post(page("close-planned", each), {"became": "done", "reason": "She will ring."})
    assert "not alone." in text(desk.get(page("hold-review", row)))
    later = today() + timedelta(days=21)
    desk.post(
        page("hold-review", row),
        {"found": "He comes to school.", "decision": "end", "reason": "The aims are met.", **day("next_on", later)},
    )
    shown = text(desk.get(page("partnership", row)))
    for words in ("He comes to school.", "She will ring.", "The last review decided: ask to end it."):
        assert words in shown
    assert again(row).review_on == later
    assert "Go to the gateway assessment" in shown and "This stands in the way now" not in shown
    desk.post(page("name-owner", row), {"to": str(officer.pk), "reason": "I go on leave."})
    assert "I go on leave." in text(desk.get(page("partnership", row)))


def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(desk, row):
    sent = {"found": "He comes to school.", "decision": "continue", "reason": "Good.", **day("next_on", today())}
    shown = text(desk.post(page("hold-review", row), sent))
    assert "The review date must be after today" in shown and "He comes to school." in shown
    sent = {"words": "See the aunt.", "to": "x", **day("due_on", today() - timedelta(days=9))}
    assert "Pick a colleague from the list" in text(desk.post(page("plan-action", row), sent))
    sent |= {"to": str(again(row).owner_id), "contacts": "no"}
    assert "must not be before today" in text(desk.post(page("plan-action", row), sent))


def test_no_contact_is_planned_in_a_partnership_while_contact_is_held(desk, row, referral):
    sent = {"words": "See the aunt.", "contacts": "yes", "to": str(again(row).owner_id)}
    sent |= day("due_on", today() + timedelta(days=3))
    desk.post(page("plan-action", row), sent)
    assert "contact is not cleared: wait" not in text(desk.get(page("partnership", row)))
    answered(opened(referral, cause=Cause.NEW_INFORMATION), Outcome.HOLD)
    shown = text(desk.post(page("plan-action", row), sent))
    assert "Contact is not cleared." in shown and "See the aunt." in shown
    assert "contact is not cleared: wait" in text(desk.get(page("partnership", row)))
    (each,) = PlannedAction.objects.all()
    assert each.contacts


@pytest.mark.parametrize("name", ["write-plan", "plan-action", "hold-review"])
def test_a_colleague_who_does_not_own_it_reads_it_and_works_it_not(client, row, owner, officer, name):
    client.force_login(officer)
    shown = text(client.get(page("partnership", row)))
    assert f"{owner.name}, who owns it, writes the plan" in shown
    assert page(name, row) not in shown and page("name-owner", row) not in shown
    assert f"{owner.name} owns this partnership" in text(client.get(page(name, row)))


def test_whoever_has_something_to_do_closes_it_and_nobody_else(client, row, owner, officer):
    each = planned(row, owner, owner=officer)
    client.force_login(officer)
    assert page("close-planned", each) in text(client.get(page("partnership", row)))
    assert page("close-planned", each) in text(client.get(reverse("desk:home")))
    client.force_login(supervisor_at(row.agency))
    assert page("close-planned", each) not in text(client.get(page("partnership", row)))
    assert f"{owner.name} owns this partnership" in text(client.post(page("close-planned", each), {"became": "done"}))


def test_the_list_shows_those_that_run_those_overdue_and_those_that_ended(client, row, referral, writer, owner):
    client.force_login(writer)
    every = reverse("triage:partnerships")
    assert referral.reference in text(client.get(every)) and owner.name in text(client.get(every))
    assert referral.reference not in text(client.get(f"{every}?show=overdue"))
    assert referral.reference not in text(client.get(f"{every}?show=ended"))
    reviewed(row, owner)
    decided(referral, TriageOutcome.CHANNEL, by=writer)
    assert "There are none." in text(client.get(f"{every}?show=other"))
    shown = text(client.get(f"{every}?show=ended"))
    assert referral.reference in shown and "Passed to Channel" in shown
    shown = text(client.get(page("partnership", row)))
    assert "Another outcome was signed: Passed to Channel" in shown and "How it ends" not in shown
    assert "Read the police-led partnership that ended" in text(
        client.get(reverse("desk:referral", args=[referral.pk]))
    )


def test_an_overdue_review_stands_in_the_list(client, row, writer):
    unreviewed(row)
    client.force_login(writer)
    assert row.referral.reference in text(client.get(f"{reverse('triage:partnerships')}?show=overdue"))
    assert "Overdue" in text(client.get(page("partnership", row)))


def test_the_council_reads_who_owns_it_and_none_of_the_words(client, row, referral, lead):
    client.force_login(lead)
    about = reverse("desk:referral", args=[referral.pk])
    assert "Nobody of" in text(client.get(about))
    owner = owned(row)
    write_plan(partnership_id=row.pk, aims="That nobody is hurt.", by=owner, now=NOW)
    shown = text(client.get(about))
    assert owner.name in shown and "Police-led partnership" in shown
    assert "That nobody is hurt." not in shown and page("partnership", row) not in shown
    assert "Wrote the aims" not in shown
    assert owner.name in text(client.get(reverse("desk:referral-print", args=[referral.pk])))
    for address in (page("partnership", row), reverse("triage:partnerships")):
        assert client.get(address).status_code in {403, 404}


def test_the_council_reads_it_on_while_the_outcome_is_open_again(client, row, referral, writer, owner, lead):
    reopened(referral, writer)
    client.force_login(lead)
    assert owner.name in text(client.get(reverse("desk:referral", args=[referral.pk])))


def test_fimu_reads_it_and_its_look_is_on_record(client, row, owner):
    write_plan(partnership_id=row.pk, aims="That nobody is hurt.", by=owner, now=NOW)
    analyst = analyst_of(row.agency)
    client.force_login(analyst)
    shown = text(client.get(page("partnership", row)))
    assert "That nobody is hurt." in shown
    assert page("write-plan", row) not in shown and page("name-owner", row) not in shown
    assert Entry.objects.filter(kind=Entry.Kind.VIEWED, actor=analyst.pk).exists()
    assert row.referral.reference in text(client.get(reverse("triage:partnerships")))


def test_the_timeline_tells_the_police_of_each_step(client, row, referral, writer, owner):
    planned(row, owner)
    reviewed(row, owner, decision=ReviewDecision.CHANGE)
    client.force_login(writer)
    shown = text(client.get(reverse("desk:referral", args=[referral.pk])))
    for words in (
        "A police-led partnership opened.",
        f"Named {owner.name} as the owner of the police-led partnership.",
        "Accepted the police-led partnership.",
        f"Planned an action of the police-led partnership for {owner.name}.",
        "Reviewed the police-led partnership.",
    ):
        assert words in shown


def test_another_one_about_the_same_person_is_told_to_whoever_reads_it(client, row, owner, writer):
    other = submitted({**TEACHER, "concern": "Seen again."})
    received(other, by=writer)
    find_matches(person_id=other.person_id, by=Agent.SWEEPER, now=NOW)
    match = Match.objects.get()
    decide_match(match_id=match.pk, said=MatchState.LEFT_OPEN, reason="Not clear.", by=writer, now=NOW)
    second = running(other, by=writer)
    client.force_login(writer)
    assert "about the same person" not in text(client.get(page("partnership", row)))
    decide_match(match_id=match.pk, said=MatchState.CONFIRMED, reason="One boy.", by=writer, now=NOW)
    shown = text(client.get(page("partnership", row)))
    assert "about the same person" in shown and page("partnership", second) in shown


def test_strangers_find_nothing(client, row):
    for stranger in (officer_of(dispatch_to_authority(row.referral).agency), far_officer()):
        client.force_login(stranger)
        assert client.get(page("partnership", row)).status_code in {403, 404}
        if stranger.agencies[0].is_police:
            assert row.referral.reference not in text(client.get(reverse("triage:partnerships")))


def far_officer():
    """Of another region."""
    return officer_of(Agency.objects.get(code="ctp-wales"))


def test_there_is_one_at_most_for_each_referral(row):
    assert dispatch_to_police(row.referral).agency == row.agency
    assert Partnership.objects.count() == 1
