"""Why a referral is kept to the restricted desks, as they see it."""

from typing import Any

from agencies.models import User
from agencies.restricted import works_at_restricted_desk
from referrals.models import Referral
from referrals.permissions import can_exclude, can_finish, can_release
from referrals.restricted import allegations_about, restriction_on
from referrals.restricting import Ground


def shown_restriction(reader: User, referral: Referral) -> dict[str, Any]:
    """For the restricted desks: why the referral is theirs, who is kept from it, and what may be done about it.

    `rows` are the ids of which the timeline may tell. For everybody else there is nothing.
    """
    if not works_at_restricted_desk(reader):
        return {}
    restriction, exclusions = restriction_on(referral)
    if restriction is None:
        return {}
    stands, tasks = not restriction.is_released, allegations_about(referral)
    return {
        "restriction": restriction,
        "grounds": [Ground(ground).label for ground in restriction.grounds],
        "exclusions": exclusions,
        "rows": [row.pk for row in (*exclusions, *tasks)],
        "allegations": tasks,
        "to_finish": [task for task in tasks if not task.is_done and can_finish(reader, task)],
        "may_release": stands and can_release(reader, referral),
        "may_exclude": stands and can_exclude(reader, referral),
    }
