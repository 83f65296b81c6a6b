"""Somebody says why they open a referral that is not assigned to them."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from agencies.models import User
from agencies.purposes import Purpose
from audit.action import action
from referrals.locking import lock_referral
from referrals.models import RecordPurpose
from referrals.policies import check_has_words
from referrals.selectors import openable_referrals


@action
def state_purpose(*, referral_id: UUID, purpose: Purpose, words: str, by: User, now: datetime) -> RecordPurpose:
    """Let `by` open the referral until the end of the day. Said twice on a day, the first counts.

    Locks the referral: the words are sealed for whoever it belongs to when they are stored.

    Raises:
        Referral.DoesNotExist: there is none with this id that `by` may open.
        NotNow: nothing is said.
    """
    referral = lock_referral(referral_id)
    openable_referrals(by, [referral_id]).get()
    check_has_words(words)
    day = timezone.localdate(now)
    before: RecordPurpose | None = RecordPurpose.objects.filter(referral=referral, stated_by=by, day=day).first()
    if before is not None:
        return before
    row = RecordPurpose(referral=referral, purpose=purpose, words=words, day=day, stated_at=now, stated_by=by)
    row.save(force_insert=True)
    return row
