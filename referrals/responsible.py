"""What an agency has to do beside a referral goes over to the agency of its side that accepts the referral."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from agencies.models import Membership, User
from agencies.permissions import Permission
from agencies.restricted import kept_from
from agencies.roles import roles_with
from referrals.models import Dispatch
from referrals.models.dispatch import STANDING
from referrals.policies import SIDES
from referrals.selectors import dispatches_of


def of_agencies_with(reader: User, needed: Permission) -> Q:
    """The condition for rows with `referral` and `agency`: that agency, or whichever has it from it, is one of those in
    which the reader holds what is `needed`, and the referral is not kept from the reader."""
    return _among(dispatches_of(reader, needed=needed))


def worked_still(column: str, needed: Permission) -> Q:
    """The same of whoever stands in a column of those rows: False of somebody who left, or may not work it any more."""
    user = OuterRef(OuterRef(column))
    theirs = Exists(_holders(needed).filter(user=user, agency=OuterRef("agency")))
    kept = Q(kept_from(OuterRef(column), OuterRef("referral")))
    return _among(Dispatch.objects.filter(STANDING, theirs)) & ~kept


def assigned_still(needed: Permission) -> Q:
    """The same of whoever is responsible for the referral there."""
    theirs = Exists(_holders(needed).filter(user=OuterRef("assigned_to"), agency=OuterRef("agency")))
    known = ~kept_from(OuterRef("assigned_to"), OuterRef("referral"))
    return _among(Dispatch.objects.filter(STANDING, theirs, known))


def _holders(needed: Permission) -> QuerySet[Membership]:
    found: QuerySet[Membership] = Membership.objects.in_force(timezone.localdate())
    return found.filter(role__in=roles_with(needed))


def _among(dispatches: QuerySet[Dispatch]) -> Q:
    mine = dispatches.filter(referral=OuterRef("referral"))
    standing = Dispatch.objects.filter(STANDING, referral=OuterRef("referral"), agency=OuterRef("agency"))
    found = Q(Exists(mine.filter(agency=OuterRef("agency"))))
    for side in SIDES:
        found |= Q(Exists(mine.filter(agency__kind__in=side)), ~Exists(standing), agency__kind__in=side)
    return found
