"""A referral is about somebody else than the person it made: it is detached, with all that stands beside it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.actions.reseal_notices import reseal_notices
from agencies.actions.reseal_restriction import reseal_restriction
from agencies.models import NoticeKind, User
from agencies.permissions import Permission
from agencies.policies import check_has_reason
from audit.action import action
from audit.events import Event, happened
from audit.ledger import write_entry
from audit.models import Entry
from documents.actions.hand_over_documents import hand_over_documents
from people.actions.create_person import create_person
from people.actions.forget_facts import forget_facts
from people.actions.hand_over_written import hand_over_written
from people.actions.leave_matches import leave_matches
from people.actions.take_back_requests import take_back_requests
from people.linking import lock_links
from people.locking import lock_person
from people.models import Person
from referrals.actions.restrict_detached import restrict_detached
from referrals.actions.tell_agencies import tell_agencies
from referrals.extracts import aside_of
from referrals.locking import lock_dispatch
from referrals.models import Detachment
from referrals.permissions import check_can
from referrals.policies import check_belongs_to
from referrals.resealing import sealed_beside
from referrals.selectors import agencies_concerned


@action
def detach_referral(
    *, dispatch_id: UUID, wrong_id: UUID, right: Mapping[str, Any], reason: str, by: User, now: datetime
) -> Detachment:
    """Make the right person from what is known of them (`right`: Person's own fields) and let the referral be theirs.

    Locks the wrong person, referral and dispatch. The answers stay as given, character for character; they and all
    that stands beside them and beside the person are sealed again under the right person's key, so that the wrong
    person can be disposed of, who is no longer found by what they say. What other agencies were asked is taken back
    and stays the wrong person's. `wrong_id` is the person whom the officer saw. Everybody who has the referral is
    told, and the ledger of both persons says so. Where the right person bears a user's name, that is the restricted
    desks alone (`restrict_detached`).

    Raises:
        Dispatch.DoesNotExist: there is none with this id.
        Forbidden: `by` is no officer of an agency that has the referral.
        NotNow: somebody did this already, or there is no reason.
    """
    lock_links()  # before all others, as whoever decides about matches does
    # Who writes beside the person meanwhile waits, and is refused then: they are nobody's any more.
    with suppress(Person.DoesNotExist):
        lock_person(wrong_id)
    dispatch = lock_dispatch(dispatch_id)
    check_can(by, Permission.REFERRAL_DETACH, dispatch)
    referral = dispatch.referral
    check_belongs_to(referral, wrong_id)
    check_has_reason(reason)
    aside = aside_of(referral.answers, on=timezone.localdate(referral.submitted_at))
    wrong, person = referral.person, create_person(details=dict(right), aside=aside, by=by, now=now)
    forget_facts(person_id=wrong.pk, by=by, now=now)
    leave_matches(
        person_id=wrong.pk, reason=str(_("The referral turned out to be about somebody else.")), by=by, now=now
    )
    detachment = Detachment(
        referral=referral, wrong=wrong, right=person, reason=reason, detached_at=now, detached_by=by
    )
    detachment.save(force_insert=True)
    beside = sealed_beside(referral)
    referral.hand_to(person, beside=beside)
    reseal_notices(wrong_id=wrong.pk, right_id=person.pk, by=by, now=now)
    reseal_restriction(about=referral.pk, right_id=person.pk, by=by, now=now)
    restrict_detached(referral=referral, person=person, by=by, now=now)
    written = hand_over_written(wrong_id=wrong.pk, to=person, by=by, now=now)
    files = hand_over_documents(referral_id=referral.pk, to=person, by=by, now=now)
    take_back_requests(person_id=wrong.pk, reason=_("It was about another person."), by=by, now=now)
    told = {
        "referral": str(referral.pk), "right": str(person.pk), "resealed": len(beside) + 1, "files": files,
        "written": written,
    }  # fmt: skip
    write_entry(Entry.Kind.CHANGED, object_type="people.person", object_id=wrong.pk, subject=wrong.pk, details=told)
    tell_agencies(
        kind=NoticeKind.REFERRAL_DETACHED, about=detachment.pk, referral=referral,
        agencies=agencies_concerned(referral), by=by, now=now,
    )  # fmt: skip
    happened(Event.REFERRAL_DETACHED, detachment, by=by, now=now, referral=referral.pk, wrong=wrong.pk)
    return detachment
