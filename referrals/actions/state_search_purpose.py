"""Somebody says why they search among referrals that are not assigned to them."""

from datetime import datetime

from django.utils import timezone

from agencies.models import User
from agencies.permissions import Permission, require
from agencies.purposes import Purpose
from audit.action import action
from referrals.models import SearchPurpose
from referrals.policies import check_has_words
from referrals.purposes import purpose_of_searching


@action
def state_search_purpose(*, purpose: Purpose, words: str, by: User, now: datetime) -> SearchPurpose:
    """Let `by` see what a search finds until the end of the day. Said twice on a day, the first counts.

    Locks the user's own row, so that two browsers at once say it once.

    Raises:
        Forbidden: `by` has no inbox to search.
        NotNow: nothing is said.
    """
    User.objects.lock(by.pk)
    require(by, Permission.DISPATCH_READ)
    check_has_words(words)
    before = purpose_of_searching(by, now=now)
    if before is not None:
        return before
    row = SearchPurpose(purpose=purpose, words=words, day=timezone.localdate(now), stated_at=now, stated_by=by)
    row.save(force_insert=True)
    return row
