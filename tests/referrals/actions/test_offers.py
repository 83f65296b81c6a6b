"""Wrong area: offered to another agency, accepted or declined there; the first agency stays responsible until then."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from agencies.geography import Gazetteer
from agencies.models import Agency, Notice, NoticeKind
from agencies.permissions import Permission
from agencies.roles import RoleName
from audit.agents import Agent
from audit.context import recording
from audit.events import Event
from audit.models import Entry, EventRecord
from audit.refusals import Forbidden, NotNow
from referrals.actions.accept_offer import accept_offer
from referrals.actions.acknowledge_dispatch import acknowledge_dispatch
from referrals.actions.assign_dispatch import assign_dispatch
from referrals.actions.decline_offer import decline_offer
from referrals.actions.make_offer import make_offer
from referrals.actions.take_back_offer import take_back_offer
from referrals.actions.write_note import write_note
from referrals.models import Dispatch, NoteReaders, Offer, OfferCause, Referral, Task
from referrals.other_side import asks_to_follow
from referrals.selectors import dispatches_of, lately_left, offers_to, readable_notes, readable_referral
from referrals.states import DispatchState, OfferState
from referrals.tasks import sweep_alerts
from tests.agencies.administering import lessened
from tests.at_once import at_once
from tests.audit.acts import entries_of, within
from tests.making import (
    PUBLIC,
    TEACHER,
    dispatch_to_authority,
    dispatch_to_police,
    officer_of,
    submitted,
    with_mailboxes,
)

ON_RECORD = pytest.mark.usefixtures("db", "on_record")
NOW = timezone.now()
WHY = "The family moved to Bradford in September."


def agency(code):
    return Agency.objects.get(code=code)


class Scene:
    """Barnsley has a referral that belongs to Bradford."""

    def __init__(self, **answers):
        self.dispatch = dispatch_to_authority(submitted({**TEACHER, **answers}))
        self.referral = self.dispatch.referral
        self.barnsley = officer_of(self.dispatch.agency)
        self.bradford = officer_of(agency("E08000032"), name="Adeel Kershaw")
        self.police = officer_of(dispatch_to_police(self.referral).agency)

    def offer(self, *, by=None, to="E08000032", reason=WHY):
        return make_offer(
            dispatch_id=self.dispatch.pk, to_id=agency(to).pk, reason=reason, by=by or self.barnsley, now=NOW
        )


@pytest.fixture
def scene():
    return Scene()


def sees(reader, referral):
    try:
        return readable_referral(reader, referral.pk) == referral
    except Referral.DoesNotExist:
        return False


@ON_RECORD
def test_while_it_is_offered_the_other_sees_that_and_the_first_stays_responsible(scene):
    offer = scene.offer()
    assert sees(scene.barnsley, scene.referral) and not sees(scene.bradford, scene.referral)
    assert list(offers_to(scene.bradford)) == [offer]
    assert not dispatches_of(scene.bradford).exists()
    dispatch = acknowledge_dispatch(dispatch_id=scene.dispatch.pk, by=scene.barnsley, now=NOW)
    assert dispatch.state == DispatchState.ACKNOWLEDGED
    assert Offer.objects.get().reason == WHY
    event = EventRecord.objects.get(kind=Event.OFFER_MADE)
    assert (event.object_id, event.actor, event.subject) == (offer.pk, scene.barnsley.pk, scene.referral.person_id)


@ON_RECORD
def test_immediate_danger_goes_on_alarming_the_first_agency_and_the_other_is_told_at_its_duty_contact():
    scene = Scene(danger="yes")
    with_mailboxes(scene.dispatch.agency)
    bradford = with_mailboxes(agency("E08000032"))
    scene.offer()
    sweep_alerts()
    alerts = Notice.objects.filter(kind=NoticeKind.IMMEDIATE_ALERT, agency=scene.dispatch.agency)
    assert alerts.count() == 1
    told = Notice.objects.filter(kind=NoticeKind.OFFER_MADE)
    assert {notice.address for notice in told} == {bradford.email, bradford.duty_email}


@ON_RECORD
def test_who_may_take_receipt_but_not_answer_offers_accepts_none(scene):
    offer = scene.offer()
    with lessened(RoleName.AUTHORITY_LEAD, Permission.OFFER_ANSWER), pytest.raises(Forbidden):
        accept_offer(offer_id=offer.pk, by=scene.bradford, now=NOW)


@ON_RECORD
def test_once_accepted_the_first_agency_has_nothing_of_it_any_more(client, scene):
    write_note(dispatch_id=scene.dispatch.pk, text="For us.", readers=NoteReaders.AGENCY, by=scene.barnsley, now=NOW)
    offer = scene.offer()
    after = accept_offer(offer_id=offer.pk, by=scene.bradford, now=NOW)
    assert (after.agency, after.state, after.acknowledged_by) == (
        offer.agency, DispatchState.ACKNOWLEDGED, scene.bradford,
    )  # fmt: skip
    before = Dispatch.objects.get(pk=scene.dispatch.pk)
    assert (before.state, before.alert_due, before.remind_due) == (DispatchState.TRANSFERRED, None, None)
    assert not sees(scene.barnsley, scene.referral) and sees(scene.bradford, scene.referral)
    assert not dispatches_of(scene.barnsley).exists()
    assert readable_notes(scene.barnsley, scene.referral) == []
    assert [note.text for note in readable_notes(scene.bradford, scene.referral)] == ["For us."]
    client.force_login(scene.barnsley)
    absent = "00000000-0000-4000-8000-000000000000"
    for page in ("desk:referral", "desk:referral-print", "desk:referral-pdf"):
        gone, never = (client.get(reverse(page, args=[pk])) for pk in (scene.referral.pk, absent))
        assert (gone.status_code, gone.content) == (404, never.content)
    for page in ("assign", "note", "offer", "detach", "join", "withdrawal"):
        gone, never = (client.get(reverse(f"referrals:{page}", args=[pk])) for pk in (scene.dispatch.pk, absent))
        assert (gone.status_code, gone.content) == (404, never.content), page
    text = client.get(f"{reverse('referrals:inbox')}?reference={scene.referral.reference}").content.decode()
    assert "Tomasz" not in text and "Nothing in your inbox matches" in text


@ON_RECORD
def test_the_first_agency_is_told_by_reference_only_and_on_its_home_page_for_a_week(client, scene):
    barnsley = with_mailboxes(scene.dispatch.agency)
    police = with_mailboxes(dispatch_to_police(scene.referral).agency)
    accept_offer(offer_id=scene.offer().pk, by=scene.bradford, now=NOW)
    told = {notice.kind: notice for notice in Notice.objects.exclude(kind=NoticeKind.NEW_REFERRAL)}
    assert told[NoticeKind.OFFER_ACCEPTED].address == barnsley.email
    assert told[NoticeKind.RECEIVER_CHANGED].address == police.email
    assert set(told[NoticeKind.OFFER_ACCEPTED].details) == {"reference", "link"}
    client.force_login(scene.barnsley)
    text = client.get(reverse("desk:home")).content.decode()
    assert f"{scene.referral.reference}: accepted by" in text and "Tomasz" not in text
    assert not lately_left(scene.barnsley, now=NOW + timedelta(days=8)).exists()
    assert not lately_left(scene.bradford, now=NOW).exists()


@ON_RECORD
def test_what_has_left_can_be_worked_by_nobody_of_the_first_agency_by_its_id(scene):
    accept_offer(offer_id=scene.offer().pk, by=scene.bradford, now=NOW)
    pk, by = scene.dispatch.pk, scene.barnsley
    attempts = (
        partial(acknowledge_dispatch, dispatch_id=pk, by=by, now=NOW),
        partial(assign_dispatch, dispatch_id=pk, to_id=by.pk, by=by, now=NOW),
        partial(write_note, dispatch_id=pk, text="x", readers=NoteReaders.AGENCY, by=by, now=NOW),
        scene.offer,
    )
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()
        assert entries_of(pk)[-1].kind == Entry.Kind.REFUSED or attempt == scene.offer


@ON_RECORD
def test_police_and_authority_move_independently(scene):
    accept_offer(offer_id=scene.offer().pk, by=scene.bradford, now=NOW)
    police = dispatch_to_police(scene.referral)
    wales = officer_of(agency("ctp-wales"))
    other = make_offer(dispatch_id=police.pk, to_id=agency("ctp-wales").pk, reason=WHY, by=scene.police, now=NOW)
    accept_offer(offer_id=other.pk, by=wales, now=NOW)
    standing = scene.referral.dispatches.exclude(state=DispatchState.TRANSFERRED)
    assert {each.agency.code for each in standing} == {"ctp-wales", "E08000032"}


@ON_RECORD
def test_it_can_come_back_and_counts_as_a_delivery_of_its_own(scene):
    after = accept_offer(offer_id=scene.offer().pk, by=scene.bradford, now=NOW)
    back = make_offer(dispatch_id=after.pk, to_id=scene.dispatch.agency_id, reason="No.", by=scene.bradford, now=NOW)
    again = accept_offer(offer_id=back.pk, by=scene.barnsley, now=NOW)
    assert again.pk != scene.dispatch.pk
    assert sees(scene.barnsley, scene.referral) and not sees(scene.bradford, scene.referral)
    assert not lately_left(scene.barnsley, now=NOW).exists()


@ON_RECORD
def test_a_national_desk_allocates_a_flagged_referral_to_an_area():
    referral = submitted(PUBLIC)
    desk = dispatch_to_authority(referral)
    bradford = officer_of(agency("E08000032"))
    offer = make_offer(
        dispatch_id=desk.pk,
        to_id=agency("E08000032").pk,
        reason="Seen in Bradford.",
        by=officer_of(desk.agency),
        now=NOW,
    )
    after = accept_offer(offer_id=offer.pk, by=bradford, now=NOW)
    assert (desk.flagged, after.flagged) == (True, False)


@ON_RECORD
@pytest.mark.parametrize("decline", [True, False])
def test_declined_or_taken_back_it_stays_with_a_reason_and_the_other_loses_sight(scene, decline):
    barnsley, bradford = with_mailboxes(scene.dispatch.agency), with_mailboxes(agency("E08000032"))
    offer = scene.offer()
    close, by = (decline_offer, scene.bradford) if decline else (take_back_offer, scene.barnsley)
    with pytest.raises(NotNow, match="reason"):
        close(offer_id=offer.pk, reason=" \n", by=by, now=NOW)
    close(offer_id=offer.pk, reason="He lives in Leeds.", by=by, now=NOW)
    stored = Offer.objects.get()
    assert stored.state == (OfferState.DECLINED if decline else OfferState.TAKEN_BACK)
    assert (stored.closing_reason, stored.closed_by) == ("He lives in Leeds.", by)
    assert sees(scene.barnsley, scene.referral) and not sees(scene.bradford, scene.referral)
    assert not offers_to(scene.bradford).exists()
    kind = NoticeKind.OFFER_DECLINED if decline else NoticeKind.OFFER_TAKEN_BACK
    assert Notice.objects.get(kind=kind).address == (barnsley if decline else bradford).email
    for again in (decline_offer, take_back_offer):
        with pytest.raises(NotNow, match="closed already"):
            again(
                offer_id=offer.pk, reason="x", by=scene.bradford if again is decline_offer else scene.barnsley, now=NOW
            )
    with pytest.raises(NotNow, match="closed already"):
        accept_offer(offer_id=offer.pk, by=scene.bradford, now=NOW)
    assert scene.offer().is_open


@ON_RECORD
def test_only_who_may_and_only_where_it_makes_sense(scene):
    with pytest.raises(NotNow, match="reason"):
        scene.offer(reason="  ")
    with pytest.raises(NotNow, match="has this referral already"):
        scene.offer(to=scene.dispatch.agency.code)
    with pytest.raises(NotNow, match="a council to a council"):
        scene.offer(to="ctp-wales")
    with pytest.raises(NotNow, match="a council to a council"):
        scene.offer(to="system")
    with pytest.raises(NotNow, match="Nobody at"):
        scene.offer(to="E08000035")
    for stranger in (scene.bradford, scene.police, officer_of(agency("system")), Agent.SWEEPER):
        with pytest.raises(Forbidden):
            scene.offer(by=stranger)
    assert not Offer.objects.exists()
    offer = scene.offer()
    officer_of(agency("E08000035"))
    with pytest.raises(NotNow, match="on offer already"):
        scene.offer(to="E08000035")
    strangers: list[Any] = [scene.barnsley, scene.police, Agent.OPERATOR]
    for stranger in strangers:
        with pytest.raises(Forbidden):
            accept_offer(offer_id=offer.pk, by=stranger, now=NOW)
        with pytest.raises(Forbidden):
            decline_offer(offer_id=offer.pk, reason="x", by=stranger, now=NOW)
    with pytest.raises(Forbidden):
        take_back_offer(offer_id=offer.pk, reason="x", by=scene.bradford, now=NOW)
    for absent in (accept_offer, partial(decline_offer, reason="x"), partial(take_back_offer, reason="x")):
        with pytest.raises(Offer.DoesNotExist):
            absent(offer_id=uuid4(), by=scene.bradford, now=NOW)


@ON_RECORD
@pytest.mark.parametrize("cause", OfferCause)
def test_an_offer_says_why_by_a_code_and_until_when_it_is_to_be_answered(scene, cause):
    offer = make_offer(
        dispatch_id=scene.dispatch.pk, to_id=agency("E08000032").pk, reason=WHY, cause=cause, by=scene.barnsley, now=NOW
    )
    stored = Offer.objects.get()
    assert stored.cause == cause and stored.answer_due and stored.answer_due > NOW and not stored.overdue
    within(do=partial(offer.changed, answer_due=NOW - timedelta(days=1)), by=Agent.OPERATOR, now=NOW)
    assert Offer.objects.get().overdue
    take_back_offer(offer_id=offer.pk, reason="No.", by=scene.barnsley, now=NOW)
    assert not Offer.objects.get().overdue


@ON_RECORD
def test_an_offer_that_nobody_answers_comes_up_as_overdue_on_both_homes(client, scene):
    offer = scene.offer()
    within(do=partial(offer.changed, answer_due=NOW - timedelta(days=4)), by=Agent.OPERATOR, now=NOW)
    for reader in (scene.barnsley, scene.bradford):
        client.force_login(reader)
        text = client.get(reverse("desk:home")).content.decode()
        assert scene.referral.reference in text and "Overdue by" in text


@ON_RECORD
def test_where_the_new_council_is_in_another_region_the_police_are_asked_whether_their_half_moves(scene):
    cardiff = officer_of(agency("W06000015"), name="Nia Bevan")
    accept_offer(offer_id=scene.offer(to="W06000015").pk, by=cardiff, now=NOW)
    task = Task.objects.get(agency=dispatch_to_police(scene.referral).agency)
    assert task.owner is None and "CTP Wales" in task.words and "Offer it to them" in task.words
    assert dispatch_to_police(scene.referral).agency.code == "ctp-north-east", "nothing moves by that"


@ON_RECORD
def test_where_the_new_police_are_of_another_region_the_council_is_asked(scene):
    wales = officer_of(agency("ctp-wales"))
    police = dispatch_to_police(scene.referral)
    made = make_offer(dispatch_id=police.pk, to_id=agency("ctp-wales").pk, reason=WHY, by=scene.police, now=NOW)
    accept_offer(offer_id=made.pk, by=wales, now=NOW)
    assert "another council" in Task.objects.get(agency=scene.dispatch.agency).words


@ON_RECORD
def test_nobody_is_asked_to_follow_who_belongs_there_or_offers_already(scene):
    accept_offer(offer_id=scene.offer().pk, by=scene.bradford, now=NOW)
    assert not Task.objects.exists(), "Bradford and Barnsley have the same police"
    police = dispatch_to_police(scene.referral)
    officer_of(agency("ctp-wales"))
    make_offer(dispatch_id=police.pk, to_id=agency("ctp-wales").pk, reason=WHY, by=scene.police, now=NOW)
    (after,) = dispatches_of(scene.bradford)
    nia = officer_of(agency("W06000015"), name="Nia Bevan")
    made = make_offer(dispatch_id=after.pk, to_id=agency("W06000015").pk, reason=WHY, by=scene.bradford, now=NOW)
    accept_offer(offer_id=made.pk, by=nia, now=NOW)
    assert not Task.objects.exists()


def test_a_council_that_no_gazetteer_knows_asks_nobody_to_follow(db):
    desk, police = agency("national-authority-desk"), agency("ctp-wales")
    places = Gazetteer.at(timezone.localdate())
    assert asks_to_follow(desk, police, places) == asks_to_follow(police, desk, places) == ""


@ON_RECORD
@pytest.mark.parametrize(
    "lie",
    [
        "state = 'accepted'",
        "state = 'declined', closed_at = now()",
        "closed_at = now()",
        "reason = substr(reason, 1, 28)",
    ],
)
def test_the_database_refuses_an_offer_that_does_not_tell_the_truth(scene, lie):
    offer = scene.offer()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE referrals_offer SET {lie} WHERE id = %s", [offer.pk])


def test_two_officers_who_offer_at_once_leave_one_offer(own_database):
    with recording(by=Agent.OPERATOR):
        scene = Scene()
        officer_of(agency("E08000035"))
        barnsley = [officer_of(scene.dispatch.agency) for _ in range(6)]

    def make(officer, to):
        with recording(by=officer):
            return scene.offer(by=officer, to=to)

    results = at_once(
        *(partial(make, o, code) for o, code in zip(barnsley, ["E08000032", "E08000035"] * 3, strict=True))
    )
    assert sorted(type(result).__name__ for result in results) == ["NotNow"] * 5 + ["Offer"]
    assert Offer.objects.count() == 1


def test_accepted_declined_and_taken_back_at_once_one_of_them_happens(own_database):
    with recording(by=Agent.OPERATOR):
        scene = Scene(danger="yes")
        offer = scene.offer()

    def run(do, by):
        with recording(by=by):
            return do(offer_id=offer.pk, by=by, now=NOW)

    results = at_once(
        partial(run, accept_offer, scene.bradford),
        partial(run, accept_offer, scene.bradford),
        partial(run, partial(decline_offer, reason="No."), scene.bradford),
        partial(run, partial(take_back_offer, reason="No."), scene.barnsley),
    )
    happened = [result for result in results if isinstance(result, Offer | Dispatch)]
    assert len(happened) == 1, results
    assert all(isinstance(result, NotNow | Forbidden) for result in results if result not in happened), results
    accepted = Offer.objects.get().state == OfferState.ACCEPTED
    assert scene.referral.dispatches.count() == (3 if accepted else 2)
    assert scene.referral.dispatches.exclude(state=DispatchState.TRANSFERRED).count() == 2
    assert scene.referral.dispatches.filter(state=DispatchState.TRANSFERRED).exclude(alert_due=None).count() == 0
