"""To whom a referral is opened by name, as its readers see it."""

from typing import Any

from agencies.models import User
from agencies.permissions import Permission, can
from agencies.selectors import names_of
from referrals.models import AccessKind, Dispatch, Referral
from referrals.opened import accesses_on, all_accesses_on
from referrals.permissions import ENDS


def shown_openings(reader: User, referral: Referral, mine: list[Dispatch]) -> dict[str, Any]:
    """For agencies that have it: who reads it by name, and what may be done; for others, why they can. Three queries.

    `rows` are the ids of which the timeline may tell.
    """
    standing = accesses_on(referral)
    if not mine:
        own = [access for access in standing if access.user_id == reader.pk]
        return {"opened_to_me": own, "rows": [access.pk for access in own]}

    def may(permission: Permission) -> list[Dispatch]:
        return [dispatch for dispatch in mine if can(reader, permission, agency=dispatch.agency)]

    named_only = any(access.kind == AccessKind.NAMED for access in standing)
    to_restrict = may(Permission.REFERRAL_RESTRICT)
    to_share = may(Permission.REFERRAL_SHARE)
    names = names_of({access.granted_by for access in standing})
    return {
        "openings": [(access, names.get(access.granted_by, "")) for access in standing],
        "to_close": [access.pk for access in standing if may(ENDS[AccessKind(access.kind)])],
        "to_share": [each for each in to_share if each in to_restrict or not named_only],
        "to_review": may(Permission.REVIEW_OPEN),
        "to_restrict": to_restrict,
        "named_only": named_only,
        "rows": [access.pk for access in all_accesses_on(referral)],
    }
