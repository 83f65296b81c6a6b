"""Reads of the restricted desks: why a referral is theirs, from whom it is kept, what is to be done about it."""

from datetime import datetime

from django.utils import timezone

from agencies.models import RESTRICTED_KINDS, Agency, Exclusion, Membership, Restriction, User
from agencies.permissions import Permission
from agencies.restricted import excluded_from
from agencies.selectors import holding
from referrals.models import Referral, Task, TaskKind
from referrals.models.dispatch import STANDING


def restriction_on(referral: Referral) -> tuple[Restriction | None, list[Exclusion]]:
    """Why a referral was restricted, and who is kept from it now; for the restricted desks. Two queries."""
    restriction = Restriction.objects.select_related("released_by").filter(about=referral.pk, closed=False).first()
    return restriction, list(excluded_from(referral.pk)) if restriction else []


def desk_colleagues(referral: Referral) -> list[User]:
    """Who works today at a restricted desk that has the referral and is not excluded from it, by name. One query."""
    desks = referral.dispatches.filter(agency__kind__in=RESTRICTED_KINDS).values("agency_id")
    members = Membership.objects.in_force(timezone.localdate()).filter(agency__in=desks)
    found = User.objects.filter(pk__in=members.values("user_id"))
    return list(found.exclude(pk__in=excluded_from(referral.pk).order_by().values("user_id")).order_by("name", "pk"))


def allegations_about(referral: Referral) -> list[Task]:
    """The tasks about an allegation, for those who may read the referral at a restricted desk. One query."""
    found = referral.tasks.filter(kind=TaskKind.ALLEGATION)
    tasks = list(found.select_related("agency", "owner", "done_by").order_by("due", "id"))
    for task in tasks:
        task.referral = referral
    return tasks


def people_of_agencies(referral: Referral, *, now: datetime) -> dict[Agency, list[User]]:
    """Who works referrals in each agency that has this one, by name: whom a restricted record can name."""
    agencies = [dispatch.agency for dispatch in referral.dispatches.filter(STANDING).select_related("agency")]
    today = timezone.localdate(now)
    people = {agency: holding(agency, Permission.DISPATCH_READ, on=today) for agency in agencies}
    return {agency: [user for user in users if not user.is_system] for agency, users in people.items()}
