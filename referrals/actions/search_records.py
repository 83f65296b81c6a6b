"""Somebody looks for a person or a referral by what they know of them."""

from datetime import datetime

from django.utils import timezone

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from referrals.models import Search
from referrals.policies import check_can_be_found


@action
def search_records(*, words: str, by: User, now: datetime) -> Search:
    """Keep what `by` typed for the hour in which its results can be opened, by them alone.

    Raises:
        Forbidden: `by` may not search.
        NotNow: there is nothing in the words to find anybody by.
    """
    require(by, Permission.RECORD_SEARCH)
    check_can_be_found(words, today=timezone.localdate(now))
    search = Search(words=words, made_at=now, made_by=by)
    search.save(force_insert=True)
    return search
