"""Why a referral is restricted goes over to the person whom the referral is about."""

from datetime import datetime
from uuid import UUID

from agencies.models import Restriction
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.models.entry import log_resealed


@action
def reseal_restriction(*, about: UUID, right_id: UUID, by: Actor, now: datetime) -> None:
    """Seal every restriction on a referral and its exclusions for the other person. Locks them.

    From whom the referral is kept stays as it is. Raises Forbidden when `by` may not detach referrals.
    """
    require(by, Permission.REFERRAL_DETACH)
    for restriction in Restriction.objects.select_for_update(of=("self",)).filter(about=about).order_by("pk"):
        _reseal(restriction, right_id)


def _reseal(restriction: Restriction, right_id: UUID) -> None:
    names, reason, release_reason = restriction.names, restriction.reason, restriction.release_reason
    exclusions = list(restriction.exclusions.order_by("pk"))
    for exclusion in exclusions:
        exclusion.restriction = restriction
        exclusion.why = exclusion.why  # opened for the wrong person, to be sealed for the right one
    restriction.person = right_id
    for exclusion in exclusions:
        exclusion.save(update_fields=["why"])
        log_resealed(exclusion)
    restriction.changed(names=names, reason=reason, release_reason=release_reason, person=right_id)
