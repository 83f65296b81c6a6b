"""The police are asked whether anybody may be contacted about a referral's person."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max

from agencies.selectors import targets_of
from agencies.targets import DEFAULT
from agencies.working_days import Calendar, calendar_of
from audit.action import action
from audit.actors import Actor
from audit.events import Event, happened
from people.actions.end_clearance import end_clearance
from people.permissions import check_can_end_clearance
from referrals.locking import lock_whole
from referrals.models import Referral
from triage.models import Cause, Deconfliction
from triage.selectors import police_agency_of
from triage.states import DeconflictionState


@action
def open_deconfliction(
    *, referral_id: UUID, cause: Cause, reason: str | None = None, by: Actor, now: datetime
) -> Deconfliction:
    """Open a deconfliction, and suspend the clearance that stands until it is answered.

    One that is open is overtaken by it, so that nobody answers what they have not read; it is due when that was.
    Locks the record, the referral and its deconflictions. Records DECONFLICTION_OPENED.

    Raises:
        Referral.DoesNotExist: there is none with this id.
        Forbidden: `by` asks for no deconfliction of the referral's person.
    """
    referral = lock_whole(referral_id)
    check_can_end_clearance(by, referral.person_id)
    waiting: Deconfliction | None = (
        referral.deconflictions.filter(state=DeconflictionState.OPEN).select_for_update(of=("self",)).first()
    )
    end_clearance(person_id=referral.person_id, by=by, now=now)
    if waiting is not None:
        waiting.move(DeconflictionState.REPLACED, at=now, by=by, overtaken_at=now, overtaken_by=by.pk)
    for answer in (
        referral.deconflictions.filter(review_due__isnull=False).order_by("pk").select_for_update(of=("self",))
    ):
        answer.changed(review_due=None)
    row = Deconfliction(
        referral=referral, person_id=referral.person_id, cause=cause, reason=reason,
        due=waiting.due if waiting else _due(referral, now), opened_at=_after_all(referral, now), opened_by=by.pk,
    )  # fmt: skip
    row.save(force_insert=True)
    happened(Event.DECONFLICTION_OPENED, row, by=by, now=now, referral=referral.pk)
    return row


def _after_all(referral: Referral, now: datetime) -> datetime:
    """Later than whatever was opened before: one sweep opens several at one moment, and the last of them counts."""
    last = referral.deconflictions.aggregate(Max("opened_at"))["opened_at__max"]
    return now if last is None else max(now, last + timedelta(microseconds=1))


def _due(referral: Referral, now: datetime) -> datetime:
    """By the local target of the police agency that has the referral."""
    agency = police_agency_of(referral)
    if agency is None:
        return DEFAULT.deconflict_by(now, calendar=Calendar.ENGLAND_AND_WALES)
    return targets_of(agency).deconflict_by(now, calendar=calendar_of(agency.code))
