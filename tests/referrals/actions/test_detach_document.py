"""A document about somebody else is taken away: destroyed, shown nowhere, and everybody who could read it is told."""

from functools import partial
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from agencies.models import Agency, Notice, NoticeKind
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.ledger import read_payload
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden, NotNow
from documents import storage
from documents.actions.conclude_scan import conclude_scan
from documents.actions.destroy_document import destroy_document
from documents.actions.sweep_orphans import AGE, sweep_orphans
from documents.clamd import Verdict
from documents.models import Document
from documents.selectors import documents_of
from documents.states import FileState
from documents.tasks import sweep_scans
from referrals.actions.accept_offer import accept_offer
from referrals.actions.detach_document import detach_document
from referrals.actions.detach_referral import detach_referral
from referrals.actions.make_offer import make_offer
from referrals.actions.submit_referral import submit_referral
from referrals.models import DocumentDetachment, Referral
from referrals.permissions import can_detach
from referrals.selectors import readable_document
from tests.at_once import at_once
from tests.documents.making import added, judged_clean, stored_bytes, uploaded
from tests.making import (
    BROWSER,
    TEACHER,
    dispatch_to_authority,
    dispatch_to_police,
    draft_with,
    officer_of,
    submitted,
    with_mailboxes,
)

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WHY = "It is the report of another pupil."


def away(document, *, by, reason=WHY):
    return detach_document(document_id=document.pk, reason=reason, by=by, now=NOW)


def came_with_a_referral():
    draft = draft_with(TEACHER)
    upload = uploaded(draft)
    submit_referral(draft_id=draft.pk, holder=BROWSER, by=Agent.REFERRER, now=NOW)
    return Document.objects.get(pk=upload.pk), dispatch_to_authority(Referral.objects.get(draft_id=draft.pk))


@ON_RECORD
def test_its_key_and_its_bytes_are_destroyed_and_nobody_finds_it(dispatch, lead, django_capture_on_commit_callbacks):
    document, stays = judged_clean(added(dispatch, lead).pk), added(dispatch, lead)
    key = document.key
    with django_capture_on_commit_callbacks(execute=True):
        detachment = away(document, by=lead)
    document = Document.objects.get(pk=document.pk)
    assert (document.state, document.key) == (FileState.TAKEN_AWAY, None)
    with pytest.raises(FileNotFoundError):
        stored_bytes(document.pk)
    with pytest.raises(Document.DoesNotExist):
        readable_document(lead, document.pk)
    assert documents_of(dispatch.referral_id) == [stays]
    assert (detachment.document, detachment.reason, detachment.detached_by, detachment.detached_at) == (
        document,
        WHY,
        lead,
        NOW,
    )
    told = [read_payload(entry) for entry in Entry.objects.filter(object_id=document.pk)]
    assert told and key not in str(told)


def test_no_past_version_of_a_document_keeps_its_key():
    past = apps.get_model("documents", "DocumentEvent")
    assert "key" not in {field.name for field in past._meta.get_fields()}


@ON_RECORD
@pytest.mark.parametrize("state", FileState)
def test_in_whatever_state_the_scanner_has_left_it_it_can_be_taken_away_once(dispatch, lead, state):
    document = added(dispatch, lead)
    verdict = {FileState.CLEAN: Verdict.CLEAN, FileState.REFUSED: Verdict.INFECTED}.get(state)
    if verdict:
        conclude_scan(file_id=document.pk, verdict=verdict, by=Agent.SWEEPER, now=NOW)
    if state == FileState.TAKEN_AWAY:
        away(document, by=lead)
        with pytest.raises(NotNow, match="taken away already"):
            away(document, by=lead)
    else:
        away(document, by=lead)
    assert DocumentDetachment.objects.count() == 1


@ON_RECORD
def test_the_scanner_passes_over_what_was_taken_away(dispatch, lead, scanner, django_capture_on_commit_callbacks):
    document = added(dispatch, lead)
    with django_capture_on_commit_callbacks(execute=True):
        away(document, by=lead)
    assert sweep_scans() == 1
    assert Document.objects.get(pk=document.pk).state == FileState.TAKEN_AWAY


@ON_RECORD
def test_bytes_that_could_not_be_deleted_are_swept(dispatch, lead, django_capture_on_commit_callbacks):
    document, stays = added(dispatch, lead), added(dispatch, lead)
    away(document, by=lead)  # the deletion after commit does not run
    assert stored_bytes(document.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_orphans(by=Agent.SWEEPER, now=timezone.now() + 2 * AGE)
    with pytest.raises(FileNotFoundError):
        stored_bytes(document.pk)
    storage.read(stays.pk).close()


@ON_RECORD
def test_everybody_who_could_read_it_is_told(dispatch, lead):
    referral = dispatch.referral
    bradford = Agency.objects.get(code="E08000032")
    officer_of(bradford)
    agencies = [with_mailboxes(each) for each in (dispatch.agency, dispatch_to_police(referral).agency, bradford)]
    make_offer(dispatch_id=dispatch.pk, to_id=bradford.pk, reason="Moved.", by=lead, now=NOW)
    document = added(dispatch, lead, name="Siân’s report.txt")
    detachment = away(document, by=lead)
    told = Notice.objects.filter(kind=NoticeKind.DOCUMENT_DETACHED)
    assert {notice.address for notice in told} == {agency.email for agency in agencies}
    assert {notice.about for notice in told} == {detachment.pk}
    assert not any("Siân" in str(notice.details) or WHY in str(notice.details) for notice in told)
    event = EventRecord.objects.get(kind=Event.DOCUMENT_DETACHED)
    assert (event.object_id, event.subject) == (detachment.pk, referral.person_id)
    assert event.ids == {"referral": str(referral.pk), "document": str(document.pk)}


@ON_RECORD
def test_what_an_agency_added_that_agency_takes_away_and_with_a_reason(dispatch, lead):
    document = added(dispatch, lead)
    police = officer_of(dispatch_to_police(dispatch.referral).agency)
    stranger = officer_of(Agency.objects.get(code="E08000032"))
    for nobody in (police, stranger, Agent.SWEEPER):
        with pytest.raises(Forbidden):
            away(document, by=nobody)
    with pytest.raises(NotNow, match="reason"):
        away(document, by=lead, reason=" ")
    with pytest.raises(Document.DoesNotExist):
        detach_document(document_id=uuid4(), reason=WHY, by=lead, now=NOW)
    with pytest.raises(Forbidden):
        destroy_document(document_id=document.pk, by=Agent.SWEEPER, now=NOW)
    assert Document.objects.get().key
    away(document, by=officer_of(dispatch.agency, name="A colleague"))


@ON_RECORD
@pytest.mark.parametrize("side", [dispatch_to_police, dispatch_to_authority])
def test_what_came_with_the_referral_any_agency_that_has_it_takes_away(side):
    document, dispatch = came_with_a_referral()
    with pytest.raises(Forbidden):
        away(document, by=officer_of(Agency.objects.get(code="E08000032")))
    away(document, by=officer_of(side(dispatch.referral).agency))
    assert not documents_of(dispatch.referral_id)


@ON_RECORD
def test_what_an_agency_left_behind_whoever_has_the_referral_takes_away(dispatch, lead):
    document = added(dispatch, lead)
    bradford = officer_of(Agency.objects.get(code="E08000032"))
    offer = make_offer(dispatch_id=dispatch.pk, to_id=bradford.agencies[0].pk, reason="Moved.", by=lead, now=NOW)
    with pytest.raises(Forbidden):
        away(document, by=bradford)
    accept_offer(offer_id=offer.pk, by=bradford, now=NOW)
    with pytest.raises(Forbidden):
        away(document, by=lead)
    assert can_detach(bradford, [document], dispatch.referral.dispatches.select_related("agency")) == {document.pk}
    away(document, by=bradford)


@ON_RECORD
def test_the_reason_goes_over_with_the_referral_to_the_right_person(dispatch, lead):
    document = added(dispatch, lead)
    away(document, by=lead)
    right = {"given_names": "Aled", "adult_or_child": "child"}
    wrong_id = dispatch.referral.person_id
    detach_referral(dispatch_id=dispatch.pk, wrong_id=wrong_id, right=right, reason="Mixed up.", by=lead, now=NOW)
    detachment = DocumentDetachment.objects.get()
    assert detachment.reason == WHY
    assert detachment.person_id == Document.objects.get().person_id != wrong_id


def test_taken_away_by_many_at_once_it_is_taken_away_once(own_database):
    with recording(by=Agent.OPERATOR):
        dispatch = dispatch_to_authority(submitted())
        officers = [officer_of(dispatch.agency) for _ in range(4)]
        document = added(dispatch, officers[0])

    def run(officer):
        with recording(by=officer):
            return away(document, by=officer)

    results = at_once(*(partial(run, officer) for officer in officers))
    names = sorted(type(result).__name__ for result in results)
    assert names == ["DocumentDetachment", "NotNow", "NotNow", "NotNow"], results
