"""A police-led partnership opens with the signature, has one owner who accepted it, and is planned and reviewed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from agencies.actions.set_targets import set_targets
from agencies.models import Agency, Notice, NoticeKind
from agencies.targets import Targets
from agencies.working_days import Calendar, working_days_after
from audit.agents import Agent
from audit.events import Event
from audit.models import EventRecord
from audit.refusals import Forbidden, NotNow
from tests.audit.acts import within
from tests.making import dispatch_to_police, officer_of
from tests.triage.assessing import propose, proposed, received, rewritten, signed, supervisor_at, whole
from tests.triage.deconflicting import answered, opened
from tests.triage.partnering import again, asked, closed, decided, owned, planned, reopened, reviewed, running, today
from triage.actions.accept_ownership import accept_ownership
from triage.actions.decline_ownership import decline_ownership
from triage.actions.offer_ownership import offer_ownership
from triage.actions.open_partnership import open_partnership
from triage.actions.write_plan import write_plan
from triage.models import Cause, EndedBy, Outcome, Partnership, ReviewDecision, Source, TriageOutcome
from triage.models.plan import BecameOfIt
from triage.selectors import latest_of, to_sign
from triage.states import HandoverState, PartnershipState, PlannedState

NOW = timezone.now()


@pytest.fixture
def writer(referral):
    """Who took receipt, and writes the assessments."""
    return received(referral)


@pytest.fixture
def row(referral, writer):
    """One that waits for its owner."""
    return running(referral, by=writer)


def test_the_signature_opens_it_with_a_day_for_its_review_and_without_an_owner(row, referral):
    assert (row.state, row.owner, row.source) == (PartnershipState.WAITING, None, Source.GATEWAY)
    assert row.came_with.outcome == TriageOutcome.POLICE_LED
    assert row.review_on == working_days_after(today(), 20, Calendar.ENGLAND_AND_WALES)
    assert row.agency == dispatch_to_police(referral).agency
    assert EventRecord.objects.filter(kind=Event.PARTNERSHIP_OPENED, object_id=row.pk).count() == 1


def test_when_it_is_reviewed_is_a_local_target(referral, writer):
    police = dispatch_to_police(referral).agency
    set_targets(agency_id=police.pk, targets=Targets(review_days=5), by=Agent.OPERATOR, now=NOW)
    assert running(referral, by=writer).review_on == working_days_after(today(), 5, Calendar.ENGLAND_AND_WALES)


def test_it_opens_while_contact_is_held(referral, writer):
    answered(opened(referral), Outcome.HOLD)
    assert running(referral, by=writer).state == PartnershipState.WAITING


@pytest.mark.parametrize("outcome", [TriageOutcome.CHANNEL, TriageOutcome.SIGNPOSTED])
def test_another_outcome_opens_none(referral, outcome):
    signed(proposed(referral, whole(outcome)))
    assert not Partnership.objects.exists()


def test_one_runs_at_a_time(row, referral):
    boss = supervisor_at(row.agency)
    with pytest.raises(NotNow, match="runs already"):
        open_partnership(referral_id=referral.pk, source=Source.GATEWAY, by=boss, now=NOW)


def test_channel_opens_one_while_its_outcome_stands(referral):
    signed(proposed(referral))
    boss = supervisor_at(dispatch_to_police(referral).agency)
    with pytest.raises(NotNow, match="does not lead"):
        open_partnership(referral_id=referral.pk, source=Source.GATEWAY, by=boss, now=NOW)
    with pytest.raises(Forbidden):
        open_partnership(referral_id=referral.pk, source=Source.CHANNEL, by=officer_of(boss.agencies[0]), now=NOW)
    found = open_partnership(referral_id=referral.pk, source=Source.CHANNEL, by=boss, now=NOW)
    assert (found.source, found.came_with.outcome) == (Source.CHANNEL, TriageOutcome.CHANNEL)


def test_none_comes_from_an_outcome_that_is_not_signed(referral):
    proposed(referral, whole(TriageOutcome.POLICE_LED))
    boss = supervisor_at(dispatch_to_police(referral).agency)
    with pytest.raises(NotNow, match="does not lead"):
        open_partnership(referral_id=referral.pk, source=Source.GATEWAY, by=boss, now=NOW)


def test_an_owner_counts_only_when_they_accept(row, officer):
    asked(row, officer)
    assert again(row).owner is None
    (notice,) = Notice.objects.filter(kind=NoticeKind.PARTNERSHIP_OFFERED)
    assert (notice.address, notice.details["reference"]) == (officer.email, row.referral.reference)
    accept_ownership(partnership_id=row.pk, by=officer, now=NOW)
    assert (again(row).owner, again(row).state) == (officer, PartnershipState.OPEN)


def test_whoever_declines_says_why_and_it_waits_on(row, officer):
    asked(row, officer)
    with pytest.raises(NotNow, match="Give the reason"):
        decline_ownership(partnership_id=row.pk, reason=" ", by=officer, now=NOW)
    decline_ownership(partnership_id=row.pk, reason="I know the family.", by=officer, now=NOW)
    (handover,) = row.handovers.all()
    assert (handover.state, handover.answer) == (HandoverState.DECLINED, "I know the family.")
    assert again(row).is_waiting
    with pytest.raises(NotNow, match="not asked"):
        accept_ownership(partnership_id=row.pk, by=officer, now=NOW)


def test_the_owner_hands_it_over_and_has_it_until_that_is_accepted(row, officer):
    owner = owned(row)
    asked(row, officer, by=owner)
    assert again(row).owner == owner
    accept_ownership(partnership_id=row.pk, by=officer, now=NOW)
    assert again(row).owner == officer
    with pytest.raises(Forbidden):
        asked(row, owner, by=owner)


def test_whoever_is_asked_next_takes_the_place_of_whoever_was_asked_before(row, officer):
    boss = asked(row, officer)
    other = officer_of(row.agency, name="Saffron Idle")
    asked(row, other, by=boss)
    with pytest.raises(NotNow, match="not asked"):
        accept_ownership(partnership_id=row.pk, by=officer, now=NOW)
    with pytest.raises(NotNow, match="not asked"):
        decline_ownership(partnership_id=row.pk, reason="No.", by=officer, now=NOW)
    with pytest.raises(NotNow, match="asked already"):
        asked(row, other, by=boss)
    owned(row, to=officer, by=boss)
    with pytest.raises(NotNow, match="owns it already"):
        asked(row, officer, by=boss)


def test_a_supervisor_who_names_themselves_accepts_it_too_and_gets_no_mail(row):
    boss = supervisor_at(row.agency)
    owned(row, to=boss, by=boss)
    assert again(row).owner == boss
    assert not Notice.objects.filter(kind=NoticeKind.PARTNERSHIP_OFFERED).exists()


def test_only_a_supervisor_names_and_only_who_works_partnerships_there(row, officer, lead):
    with pytest.raises(Forbidden):
        asked(row, officer, by=officer)
    far = officer_of(Agency.objects.get(code="ctp-wales"))
    for stranger in (far, lead):
        with pytest.raises(Forbidden, match="does not work partnerships"):
            asked(row, stranger)
    with pytest.raises(NotNow, match="Give the reason"):
        offer_ownership(partnership_id=row.pk, to_id=officer.pk, reason="", by=supervisor_at(row.agency), now=NOW)


def test_the_plan_is_written_anew_and_stays_to_be_read(row, officer):
    owner = owned(row)
    for aims in ("That he has somebody to talk to.", "That he is in school again."):
        write_plan(partnership_id=row.pk, aims=aims, by=owner, now=NOW)
    assert [each.aims for each in row.plans.order_by("written_at", "pk")].count("That he is in school again.") == 1
    with pytest.raises(Forbidden, match="owns the partnership"):
        write_plan(partnership_id=row.pk, aims="More.", by=officer, now=NOW)
    with pytest.raises(NotNow, match="in words"):
        write_plan(partnership_id=row.pk, aims=" - ", by=owner, now=NOW)


def test_an_action_has_one_owner_and_a_day(row, officer, lead):
    owner = owned(row)
    each = planned(row, owner, owner=officer)
    assert (each.owner, each.state) == (officer, PlannedState.OPEN)
    with pytest.raises(Forbidden, match="does not work partnerships"):
        planned(row, owner, owner=lead)
    with pytest.raises(Forbidden):
        planned(row, officer)
    for wrong in ({"words": " "}, {"due_on": today() - timedelta(days=1)}, {"due_on": today() + timedelta(days=400)}):
        with pytest.raises(NotNow):
            planned(row, owner, **wrong)


def test_whoever_is_to_do_it_or_owns_it_says_what_became_of_it_once(row, officer):
    owner, other = owned(row), officer_of(row.agency, name="Saffron Idle")
    first, second = (planned(row, owner, owner=officer) for _each in range(2))
    with pytest.raises(Forbidden, match="what became of it"):
        closed(first, other)
    assert closed(first, officer).state == PlannedState.DONE
    assert closed(second, owner, BecameOfIt.DROPPED).state == PlannedState.DROPPED
    with pytest.raises(NotNow, match="meanwhile"):
        closed(first, officer)


def test_a_review_says_what_was_found_and_when_the_next_is(row, officer):
    owner = owned(row)
    due, later = again(row).review_on, today() + timedelta(days=30)
    found = reviewed(row, owner, next_on=later)
    assert (found.due_on, again(row).review_on) == (due, later)
    with pytest.raises(Forbidden):
        reviewed(row, officer)
    for wrong in ({"found": " "}, {"reason": ""}, {"next_on": today()}, {"next_on": today() + timedelta(days=400)}):
        with pytest.raises(NotNow):
            reviewed(row, owner, **wrong)


@pytest.mark.parametrize("decision", [ReviewDecision.END, ReviewDecision.CHANNEL])
def test_a_review_that_asks_to_end_it_ends_nothing(row, decision):
    owner = owned(row)
    assert reviewed(row, owner, decision=decision).asks_to_leave
    assert again(row).state == PartnershipState.OPEN


def test_reopening_asks_fimu_before_it_ends_and_ends_nothing(row, referral, writer):
    owned(row)
    reopened(referral, writer)
    assert [each.cause for each in [latest_of(referral)] if each] == [Cause.BEFORE_EXIT]
    assert again(row).state == PartnershipState.OPEN


@pytest.mark.parametrize("outcome", [TriageOutcome.CHANNEL, TriageOutcome.NO_FURTHER_ACTION])
def test_another_signed_outcome_ends_it(row, referral, writer, outcome):
    owner = owned(row)
    closed(planned(row, owner), owner)
    reviewed(row, owner)
    last = decided(referral, outcome, by=writer)
    row = again(row)
    assert (row.state, row.ended_how, row.ended_with) == (PartnershipState.ENDED, EndedBy.OUTCOME, last)
    assert (row.review_on, row.owner) == (None, owner)
    for refused in (lambda: reviewed(row, owner), lambda: planned(row, owner), lambda: asked(row, writer)):
        with pytest.raises(NotNow, match="has ended"):
            refused()


def test_the_same_outcome_again_keeps_the_same_partnership_running(row, referral, writer):
    owner = owned(row)
    planned(row, owner)
    decided(referral, TriageOutcome.POLICE_LED, by=writer)
    assert Partnership.objects.get(referral=referral) == row
    assert again(row).owner == owner


def test_one_that_ended_does_not_come_back_another_opens(row, referral, writer):
    reviewed(row, owned(row))
    decided(referral, TriageOutcome.CHANNEL, by=writer)
    decided(referral, TriageOutcome.POLICE_LED, by=writer)
    assert sorted(Partnership.objects.values_list("state", flat=True)) == ["over", "waiting"]


def test_nothing_is_left_half_done_and_each_refusal_says_so(row, referral, writer):
    owner = owned(row)
    left = planned(row, owner)
    with pytest.raises(NotNow, match=r"neither done nor dropped.*never reviewed"):
        decided(referral, TriageOutcome.CHANNEL, by=writer)
    closed(left, owner, BecameOfIt.DROPPED)
    assert again(row).state == PartnershipState.OPEN


def test_what_is_planned_after_it_was_proposed_stands_in_the_way_of_the_signature(row, referral, writer):
    owner = owned(row)
    reviewed(row, owner)
    found = rewritten(reopened(referral, writer), whole(TriageOutcome.CHANNEL), by=writer)
    found = propose(found, by=writer)
    planned(row, owner)
    with pytest.raises(NotNow, match="neither done nor dropped"):
        signed(found)


@pytest.mark.parametrize("still", [True, False])
def test_whoever_owns_it_or_did_does_not_sign_what_becomes_of_it(row, referral, writer, still):
    boss = supervisor_at(row.agency)
    owner = owned(row, to=boss, by=boss)
    if not still:
        owner = owned(row, by=boss)
    reviewed(row, owner)
    found = rewritten(reopened(referral, writer), whole(TriageOutcome.CHANNEL), by=writer)
    found = propose(found, by=writer)
    with pytest.raises(Forbidden, match="Somebody else signs"):
        signed(found, by=boss)
    assert not to_sign(boss).exists()
    signed(found)
    assert again(row).is_ended


def test_who_was_asked_when_it_ended_is_asked_no_more(row, referral, writer, officer):
    reviewed(row, owned(row))
    asked(row, officer)
    decided(referral, TriageOutcome.CHANNEL, by=writer)
    assert row.handovers.latest("offered_at").state == HandoverState.TAKEN_BACK


def test_the_database_holds_that_one_runs_and_that_it_has_a_review(row, referral):
    with pytest.raises(IntegrityError):
        within(do=lambda: again(row).changed(review_on=None), by=Agent.OPERATOR, now=NOW)
    assert not mail.outbox


def test_what_means_contact_is_planned_only_while_it_is_cleared(row, referral):
    owner = owned(row)
    assert planned(row, owner, contacts=True).contacts
    answered(opened(referral, cause=Cause.NEW_INFORMATION), Outcome.HOLD)
    with pytest.raises(NotNow, match="not cleared contact"):
        planned(row, owner, contacts=True)
    assert not planned(row, owner).contacts


def test_whoever_has_signed_its_end_does_not_accept_to_own_it(row, referral, writer):
    owner = owned(row)
    reviewed(row, owner)
    begun = reopened(referral, writer)
    answered(opened(referral, cause=Cause.NEW_INFORMATION), two_sign=True)
    waits = propose(rewritten(begun, whole(TriageOutcome.NO_FURTHER_ACTION), by=writer), by=writer)
    boss = supervisor_at(row.agency)
    signed(waits, by=boss)
    asked(row, boss, by=owner)
    with pytest.raises(NotNow, match="You have signed the outcome"):
        accept_ownership(partnership_id=row.pk, by=boss, now=timezone.now())
