"""What the triage room does when something has happened."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency
from audit.actors import Actor
from audit.events import Event, handles
from audit.models import EventRecord
from triage.actions.alert_about_urgency import alert_about_urgency
from triage.actions.ask_for_early_review import ask_for_early_review
from triage.actions.deconflict_detached import deconflict_detached
from triage.actions.open_deconfliction import open_deconfliction
from triage.actions.read_after_outcome import read_after_outcome
from triage.actions.release_partnership import release_partnership
from triage.models import Cause, Deconfliction, Partnership
from triage.news import referrals_told_more_of
from triage.partnerships import touching


@handles(Event.REFERRAL_SUBMITTED)
def deconflict_at_first(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Ask when a referral comes to its agencies, unless that was done already."""
    if not Deconfliction.objects.filter(referral=event.object_id).exists():
        open_deconfliction(referral_id=event.object_id, cause=Cause.SUBMITTED, by=by, now=now)


@handles(Event.RESTRICTION_RELEASED)
def deconflict_after_release(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Ask FIMU of the region to which a restricted desk has sent a referral on, whatever was answered at the desk."""
    if event.object_id is not None:
        open_deconfliction(referral_id=event.object_id, cause=Cause.MOVED, by=by, now=now)


@handles(Event.REFERRAL_DETACHED)
def deconflict_the_right_person(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Ask about the person whom a referral turned out to be about, and clear the other no more."""
    deconflict_detached(referral_id=UUID(event.ids["referral"]), wrong_id=UUID(event.ids["wrong"]), by=by, now=now)


@handles(Event.OFFER_ACCEPTED)
def deconflict_where_it_went(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Ask FIMU of the police agency that has accepted a referral: another region knows other things."""
    if Agency.objects.get(pk=event.ids["agency"]).is_police:
        open_deconfliction(referral_id=UUID(event.ids["referral"]), cause=Cause.MOVED, by=by, now=now)


@handles(Event.PROCEEDED_URGENTLY)
def alert_police_desk(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Let the police desk hear at once of what went ahead before contact was cleared."""
    if event.object_id is not None:
        alert_about_urgency(urgency_id=event.object_id, by=by, now=now)


@handles(Event.ADDRESS_WRITTEN)
@handles(Event.DOCUMENT_ADDED)
@handles(Event.JOIN_UNDONE)
@handles(Event.MATCH_DECIDED)
@handles(Event.MATCH_UNDONE)
@handles(Event.PERSON_NAMED)
@handles(Event.QUESTION_ANSWERED)
@handles(Event.REFERRALS_JOINED)
@handles(Event.REFERRER_ADDED)
@handles(Event.REQUEST_ANSWERED)
@handles(Event.WHEREABOUTS_WRITTEN)
def deconflict_again(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Ask again where something new is known: what was cleared is suspended until FIMU has read it (ADR 26)."""
    for referral_id in referrals_told_more_of(event):
        open_deconfliction(referral_id=referral_id, cause=Cause.NEW_INFORMATION, by=by, now=now)


@handles(Event.DOCUMENT_ADDED)
@handles(Event.QUESTION_ANSWERED)
@handles(Event.REFERRER_ADDED)
@handles(Event.WITHDRAWAL_CONTINUED)
@handles(Event.WITHDRAWAL_RESUMED)
@handles(Event.WITHDRAWAL_STOPPED)
def have_it_read_after_an_outcome(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Where an outcome stands already, somebody says whether it still does with what has come in."""
    for referral_id in referrals_told_more_of(event):
        read_after_outcome(referral_id=referral_id, happened=event.happened, by=by, now=now)


@handles(Event.DECONFLICTION_ANSWERED)
def have_the_answer_read_after_an_outcome(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """The same where FIMU has answered since, but for a review that leaves contact cleared."""
    row = Deconfliction.objects.get(pk=event.object_id)
    if not row.clears or row.cause != Cause.REVIEW_DATE:
        read_after_outcome(referral_id=row.referral_id, happened=event.happened, by=by, now=now)


@handles(Event.OUTCOME_SIGNED)
def have_what_was_disproved_reviewed_early(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Where the signed outcome asks for an early review of retention, it is somebody's to do."""
    if event.object_id is not None:
        ask_for_early_review(assessment_id=event.object_id, by=by, now=now)


@handles(Event.MEMBERSHIP_ENDED)
def release_what_they_owned(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """Somebody left: what they owned, were asked to own or had to do in partnerships is theirs no more."""
    for row in touching(UUID(event.ids["user"])):
        release_partnership(partnership_id=row.pk, once=str(event.pk), by=by, now=now)


@handles(Event.ACCESS_ENDED)
@handles(Event.COLLEAGUE_EXCLUDED)
@handles(Event.OFFER_ACCEPTED)
@handles(Event.REFERRAL_RESTRICTED)
@handles(Event.RESTRICTION_RELEASED)
def let_partnerships_follow(event: EventRecord, *, by: Actor, now: datetime) -> None:
    """A referral went to another agency, or is kept from somebody: its partnership is theirs who have it."""
    for row in Partnership.objects.filter(referral=event.ids.get("referral", event.object_id)).order_by("pk"):
        release_partnership(partnership_id=row.pk, once=str(event.pk), by=by, now=now)
