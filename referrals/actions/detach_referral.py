"""A referral is about somebody else than the person it made: it is detached, with all that stands beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from agencies.actions.reseal_notices import reseal_notices
from agencies.actions.reseal_restriction import reseal_restriction
from agencies.models import NoticeKind, User
from agencies.permissions import Permission
from audit.action import action
from audit.events import Event, happened
from audit.ledger import write_entry
from audit.models import Entry
from documents.actions.hand_over_documents import hand_over_documents
from people.actions.create_person import create_person
from referrals.actions.restrict_detached import restrict_detached
from referrals.actions.tell_agencies import tell_agencies
from referrals.locking import lock_dispatch
from referrals.models import Detachment
from referrals.permissions import check_can
from referrals.policies import check_belongs_to, check_has_reason
from referrals.resealing import sealed_beside
from referrals.selectors import agencies_concerned


@action
def detach_referral(
    *, dispatch_id: UUID, wrong_id: UUID, right: Mapping[str, Any], reason: str, by: User, now: datetime
) -> Detachment:
    """Make the right person from what is known of them (`right`: Person's own fields) and let the referral be theirs.

    Locks referral and dispatch. The answers stay as given, character for character; they and all that stands beside
    them are sealed again under the right person's key, so that the wrong person can be disposed of. `wrong_id` is the
    person whom the officer saw. Everybody who has the referral is told, and the ledger of both persons says so. Where
    the right person bears a user's name, that is the restricted desks alone (`restrict_detached`).

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of an agency that has the referral.
        NotNow: somebody did this already, or there is no reason.
    """
    dispatch = lock_dispatch(dispatch_id)
    check_can(by, Permission.REFERRAL_DETACH, dispatch)
    referral = dispatch.referral
    check_belongs_to(referral, wrong_id)
    check_has_reason(reason)
    wrong, person = referral.person, create_person(details=dict(right), by=by, now=now)
    detachment = Detachment(
        referral=referral, wrong=wrong, right=person, reason=reason, detached_at=now, detached_by=by
    )
    detachment.save(force_insert=True)
    beside = sealed_beside(referral)
    referral.hand_to(person, beside=beside)
    reseal_notices(wrong_id=wrong.pk, right_id=person.pk, by=by, now=now)
    reseal_restriction(about=referral.pk, right_id=person.pk, by=by, now=now)
    restrict_detached(referral=referral, person=person, by=by, now=now)
    files = hand_over_documents(referral_id=referral.pk, to=person, by=by, now=now)
    told = {"referral": str(referral.pk), "right": str(person.pk), "resealed": len(beside) + 1, "files": files}
    write_entry(Entry.Kind.CHANGED, object_type="people.person", object_id=wrong.pk, subject=wrong.pk, details=told)
    tell_agencies(
        kind=NoticeKind.REFERRAL_DETACHED, about=detachment.pk, referral=referral,
        agencies=agencies_concerned(referral), by=by, now=now,
    )  # fmt: skip
    happened(Event.REFERRAL_DETACHED, detachment, by=by, now=now, referral=referral.pk, wrong=wrong.pk)
    return detachment
