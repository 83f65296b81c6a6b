"""The demonstration: alive at once, quiet except for one alert, and refused where it does not belong."""

import json
from collections import Counter
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Q
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from agencies.models import (
    Absence,
    Agency,
    ApiKey,
    Delivery,
    Endpoint,
    Membership,
    Notice,
    NoticeKind,
    Restriction,
    User,
)
from agencies.roles import ROLES, RoleName
from agencies.selectors import colleagues as colleagues_of
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import EventRecord, Handling
from desk.demonstration.accounts import ACCOUNTS, BRADFORD, CODE, LEEDS, PASSWORD, colleagues
from desk.demonstration.flooding import HELD
from desk.my_work.sources import my_work
from documents.models import Document
from documents.selectors import opened
from documents.states import FileState
from people.clearance import is_cleared
from people.models import (
    Address,
    Clearance,
    Contact,
    InformationRequest,
    PersonName,
    PlannedContact,
    Relationship,
    Telling,
    Whereabouts,
)
from people.requests import to_answer
from referrals.actions.alarm_national_desk import alarm_national_desk
from referrals.likeness import Sketch
from referrals.models import (
    Detachment,
    Dispatch,
    Flood,
    Join,
    Message,
    Note,
    NoteDetachment,
    Offer,
    Quarantined,
    Question,
    Referral,
    Reminder,
    Succession,
    Task,
    TaskKind,
    Withdrawal,
    Worry,
)
from referrals.selectors import dispatches_of
from referrals.states import DispatchState, OfferState, QuestionState, WithdrawalState
from referrals.tasks import sweep_overdue
from referrals.waiting import overdue
from tests.house.shadow import differences
from triage.models import (
    Deconfliction,
    GatewayAssessment,
    Outcome,
    Partnership,
    PracticeNote,
    Signposting,
    Standard,
    StepCheck,
    TriageOutcome,
)
from triage.selectors import deconflictions_of
from triage.selectors import to_answer as to_answer_by_fimu
from triage.states import GatewayState, PartnershipState
from triage.urgent import urgencies_to_see

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Made once, and what was said of it."""
    call_command("pack_postcodes", stdout=StringIO())
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True):
            call_command("demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(made: str, db: None, settings: Settings) -> str:
    """What was said of it; a test undoes what it does to it."""
    settings.DEMO = True
    return made


def test_every_role_can_sign_in_with_the_password_that_is_shown(demonstration):
    assert PASSWORD in demonstration
    assert {account.role for account in ACCOUNTS} == {name for name in RoleName if not ROLES[name].for_systems}
    for account in ACCOUNTS:
        assert account.email in demonstration
        assert User.objects.get(email=account.email).check_password(PASSWORD)


def test_ledger_and_history_tell_the_same_of_it(demonstration):
    assert differences() == []


def test_a_role_hangs_only_on_its_kinds_of_agency(demonstration):
    for membership in Membership.objects.select_related("agency"):
        assert membership.agency.kind in ROLES[membership.role].agency_kinds


def test_everybody_was_there_before_the_first_referral_came(demonstration):
    first = timezone.localdate(Referral.objects.earliest("submitted_at").submitted_at)
    of_people = [name for name in RoleName if not ROLES[name].for_systems]
    assert not Membership.objects.filter(role__in=of_people, starts_on__gte=first).exists()


def test_every_agency_that_received_a_referral_has_two_colleagues_or_an_officer_and_an_example_mailbox(demonstration):
    received = set(Dispatch.objects.values_list("agency_id", flat=True))
    for agency in Agency.objects.all():
        assert agency.email.endswith(".example")
        assert agency.duty_email.endswith(".example")
        assert agency.pk not in received or agency.memberships.exists()
    for account in colleagues():
        assert Agency.objects.get(code=account.agency).memberships.count() >= 3


def test_two_hundred_referrals_fill_two_councils_and_one_region(demonstration):
    assert Referral.objects.count() == 202 + HELD
    assert Dispatch.objects.count() == 405  # one came by an offer
    assert Dispatch.objects.filter(agency__code__in=[LEEDS, BRADFORD]).count() >= 80
    assert Dispatch.objects.filter(agency__code="ctp-north-east").count() >= 100
    for code in (LEEDS, BRADFORD, "ctp-north-east"):
        of_agency = Dispatch.objects.filter(agency__code=code)
        assert of_agency.filter(state=DispatchState.SENT).count() >= 2
        assert of_agency.filter(state=DispatchState.ACKNOWLEDGED, assigned_to=None).exists()
        assert of_agency.exclude(assigned_to=None).count() >= 10


def test_notes_can_be_read_and_were_written_by_colleagues_of_the_agency(demonstration):
    notes = list(Note.objects.select_related("referral", "written_by"))
    assert len(notes) >= 20
    with recording(by=Agent.OPERATOR):
        assert all(note.text for note in notes)
    assert all(note.agency in note.written_by.agencies for note in notes)


def test_documents_stand_beside_referrals_in_every_state_and_are_opened_when_they_are_clean(demonstration):
    documents = list(Document.objects.select_related("person"))
    assert {document.state for document in documents} == set(FileState) - {FileState.TAKEN_AWAY}
    with recording(by=Agent.OPERATOR):
        assert all(document.name and document.source for document in documents)
        assert all(b"".join(opened(document)) for document in documents if document.is_clean)


def test_one_alert_is_due_and_nothing_else_waits_to_be_done(demonstration):
    assert Dispatch.objects.exclude(alert_due=None).count() == 1
    assert not Reminder.objects.exists()
    restricted = Referral.objects.filter(pk__in=Restriction.objects.values("about"))
    told = {pk for name in ("pk", "dispatches", "tasks") for pk in restricted.values_list(name, flat=True)}
    for model in (
        Clearance,
        Offer,
        Detachment,
        NoteDetachment,
        Join,
        Withdrawal,
        Task,
        InformationRequest,
        Message,
        Partnership,
        Question,
        Succession,
        Worry,
    ):
        told |= set(model.objects.values_list("pk", flat=True))
    told |= set(Offer.objects.exclude(became=None).values_list("became_id", flat=True))
    told |= set(EventRecord.objects.filter(kind=Event.TASK_OPENED).values_list("pk", flat=True))
    told |= set(PersonName.objects.values_list("person", flat=True))  # matches are looked for by the new name
    kept = Notice.objects.exclude(kind=NoticeKind.REFERRER_THANKED)  # of the one who answered a question
    assert not kept.exclude(about__in=told).exists()
    waiting = Handling.objects.exclude(handler__startswith="triage.")  # FIMU is asked about all that officers learnt
    filed = Q(event__kind=Event.DOCUMENT_ADDED) & ~Q(event__actor=Agent.REFERRER.pk)  # of which nobody is asked
    assert not waiting.exclude(filed).exclude(event__object_id__in=told).exists()


def test_systems_are_connected_and_were_told_of_events_with_every_result(demonstration):
    now = timezone.now()
    assert {key.works(now) for key in ApiKey.objects.all()} == {True, False}
    assert ApiKey.objects.exclude(revoked_at=None).count() == ApiKey.objects.exclude(replaces=None).count() == 1
    assert Endpoint.objects.exists() and not Endpoint.objects.callable(now).exists()
    told = list(Delivery.objects.all())
    assert {(bool(row.done), bool(row.dead), bool(row.last_error)) for row in told} == {
        (True, False, False),
        (False, True, True),
        (False, False, True),
    }
    assert not Delivery.objects.filter(due__lte=now, done=None, dead=None).exists()
    assert all(str(row.why) for row in told if row.last_error), "each failure has words"


def test_one_mistake_of_each_kind_was_put_right(demonstration):
    assert set(Offer.objects.values_list("state", flat=True)) == {OfferState.OFFERED, OfferState.ACCEPTED}
    assert Dispatch.objects.filter(state=DispatchState.TRANSFERRED).count() == 1
    assert set(Withdrawal.objects.values_list("state", flat=True)) == {
        WithdrawalState.REPORTED,
        WithdrawalState.STOPPED,
    }
    assert [model.objects.count() for model in (Detachment, NoteDetachment, Join)] == [1, 1, 1]


def test_one_colleague_at_the_restricted_desks_is_kept_from_one_of_their_two_referrals(demonstration):
    desk = Agency.objects.get(code="restricted-authority-desk")
    assert Dispatch.objects.filter(agency=desk).count() == 2
    counts = {user.name: dispatches_of(user).count() for user in colleagues_of(desk, on=timezone.localdate())}
    assert counts == {"Dominik Adeyemi": 1, "Seonaid Whitcombe": 2}


def test_some_are_overdue_in_each_inbox_and_every_one_has_a_target(demonstration):
    assert not Dispatch.objects.filter(acknowledge_by=None).exists()
    for code in (LEEDS, BRADFORD, "ctp-north-east"):
        assert Dispatch.objects.filter(overdue(timezone.now()), agency__code=code).exists()


def test_the_first_sweep_tells_each_recipient_once(demonstration):
    assert sweep_overdue() > 3
    addresses = [notice.address for notice in Notice.objects.filter(kind=NoticeKind.OVERDUE)]
    assert len(addresses) == len(set(addresses))
    assert {"supervisor@leeds.example", "supervisor@ctp-north-east.example"} <= set(addresses)
    assert any("national" in address for address in addresses)
    assert sweep_overdue() == 0


def test_somebody_is_away_and_covered(demonstration):
    absence = Absence.objects.select_related("agency").get()
    assert absence.agency.code == LEEDS
    assert Dispatch.objects.filter(assigned_to=absence.user, agency=absence.agency).exists()


def test_officers_have_tasks_and_requests_and_one_answer_is_late(demonstration):
    now = timezone.now()
    lead, bradford = (User.objects.get(email=f"lead@{council}.example") for council in ("leeds", "bradford"))
    named = {row.title for part in my_work(lead, now=now) for row in part.rows if row.requests}
    assert named == {f"Request {each.number}" for each in InformationRequest.objects.all()}
    assert [each.is_overdue(now) for each in to_answer(bradford).order_by("due")] == [True, False]
    assert Task.objects.filter(kind=TaskKind.WORK).count() == 3
    for model in (PersonName, Address, Relationship, Contact, Telling, Whereabouts):
        assert model.objects.filter(agency__code=LEEDS).count() == 2


def test_the_police_have_assessed_some_referrals_at_each_stage(demonstration):
    kept = Partnership.objects.values("referral")
    others = GatewayAssessment.objects.exclude(referral__in=kept)
    states = Counter(others.values_list("state", flat=True))
    assert states == {GatewayState.SIGNED: 2, GatewayState.PROPOSED: 1, GatewayState.DRAFT: 2}
    assert Signposting.objects.get().is_declined


def test_fimu_was_asked_about_every_referral_and_has_answered_all_but_the_latest(demonstration):
    analyst = User.objects.get(email="fimu@ctp-north-east.example")
    assert {each.outcome for each in deconflictions_of(analyst)} == {
        "",
        Outcome.CLEAR,
        Outcome.CONDITIONS,
        Outcome.HOLD,
    }
    assert to_answer_by_fimu(analyst).exists()
    assert Clearance.objects.filter(ended_at=None).exists()


def test_planned_contact_shows_in_each_state_and_the_police_desk_has_one_that_could_not_wait(demonstration):
    states = sorted((row.is_suspended, row.is_urgent) for row in PlannedContact.objects.select_related("urgency"))
    assert states == [(False, False), (False, True), (True, False)]
    officer = User.objects.get(email="officer@ctp-north-east.example")
    assert urgencies_to_see(officer).get().planned_id
    assert is_cleared(PlannedContact.objects.get(urgency=None, suspended_at=None).person_id)


def test_referrers_are_asked_told_and_heard_in_each_state(demonstration):
    assert {row.state for row in Question.objects.all()} == {*QuestionState}
    told = {row.words for row in Message.objects.all()}
    assert told == {"read", "more"}
    boss = User.objects.get(email="supervisor@leeds.example")
    here = Worry.objects.filter(agency=boss.agencies[0])
    assert sorted(row.is_answered for row in here) == [False, True]
    home = {row.title for part in my_work(boss, now=timezone.now()) for row in part.rows}
    assert home & {row.referral.reference for row in here if not row.is_answered}
    assert not is_cleared(Question.objects.get(state=QuestionState.HELD).referral.person_id)


def test_somebody_has_succeeded_a_referrer(demonstration, client):
    row = Succession.objects.select_related("referral").get()
    assert row.is_invited
    given = {"reference": row.referral.reference, "code": CODE}
    found = client.post(reverse("dialogue:come-back"), given, follow=True).content.decode()
    assert "What you can do" in found


def test_a_referrer_comes_back_with_the_code_that_is_shown(demonstration, client):
    referral = Question.objects.get(state=QuestionState.RELEASED).referral
    given = {"reference": referral.reference, "code": CODE}
    found = client.post(reverse("dialogue:come-back"), given, follow=True).content.decode()
    assert "Has anybody at your school" in found


def test_the_restricted_desk_has_an_analyst_of_its_own(demonstration):
    analyst = User.objects.get(email="fimu@restricted-desk.example")
    assert [agency.code for agency in analyst.agencies] == ["restricted-police-desk"]


def test_the_timeline_knows_what_happened(demonstration):
    received = Dispatch.objects.exclude(acknowledged_at=None).count()
    assert EventRecord.objects.filter(kind="referral_submitted").count() == 202
    assert EventRecord.objects.filter(kind="dispatch_acknowledged").count() == received


def test_a_second_start_changes_nothing_and_names_the_accounts_again(demonstration):
    out = StringIO()
    call_command("demo", "--json", stdout=out)
    assert len(json.loads(out.getvalue())["accounts"]) == len(ACCOUNTS)
    assert Referral.objects.count() == 202 + HELD
    with pytest.raises(CommandError, match="demo-reset"):
        call_command("demo", "--reset")


def test_it_is_refused_where_the_installation_is_no_demonstration(settings):
    settings.DEMO = False
    before = User.objects.count()
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert User.objects.count() == before


def test_a_small_flood_waits_for_the_national_desk_and_its_copies_are_alike(demonstration):
    flood = Flood.objects.get()
    rows = list(Quarantined.objects.select_related("referral").order_by("held_at"))
    assert len(rows) == HELD and flood.leader == rows[0].referral_id
    assert not Dispatch.objects.filter(referral__quarantine__isnull=False).exists()
    with recording(by=Agent.OPERATOR):
        first, *others = (Sketch.of(row.referral.answers, row.referral.form_version) for row in rows)
    assert all(first.is_alike(other) for other in others)
    with recording(by=Agent.SWEEPER):
        assert not alarm_national_desk(by=Agent.SWEEPER, now=timezone.now()), "the desk has been told"


def test_headquarters_have_published_two_versions_and_good_practice_of_two_regions(demonstration):
    first, second = Standard.objects.order_by("number")
    assert (first.state, second.state) == ("superseded", "published")
    assert first.in_force_from and second.in_force_from and second.in_force_from <= timezone.localdate()
    assert Referral.objects.earliest("submitted_at").submitted_at.date() >= first.in_force_from
    assert "not policy" in first.origin and second.steps.count() > first.steps.count()
    assert PracticeNote.objects.filter(state="published").values("region").distinct().count() == 2
    answered = Deconfliction.objects.filter(state="answered")
    assert answered.exists() and not answered.filter(checks=None).exists()
    assert set(StepCheck.objects.values_list("result", flat=True)) == {"done", "not_applicable", "not_done"}
    proposed = GatewayAssessment.objects.exclude(proposed_at=None)
    assert proposed.exists() and not proposed.filter(checks=None).exists()


def test_the_police_keep_one_of_each_kind_in_a_partnership(demonstration):
    found = {row.state: row for row in Partnership.objects.select_related("owner", "ended_with")}
    assert set(found) == set(PartnershipState)
    worked, ended = found[PartnershipState.OPEN], found[PartnershipState.ENDED]
    assert worked.owner and worked.plans.exists() and worked.reviews.exists()
    assert ended.ended_with and ended.ended_with.outcome == TriageOutcome.CHANNEL
