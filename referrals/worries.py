"""Worries about the handling, as those who answer them see them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.models import User
from agencies.permissions import Permission
from referrals.models import Referral, Worry
from referrals.responsible import of_agencies_with
from referrals.selectors import dispatches_of


def worries_of(reader: User) -> QuerySet[Worry]:
    """Those that agencies of the reader have to answer, or have answered; none about what is kept from the reader."""
    found: QuerySet[Worry] = Worry.objects.filter(of_agencies_with(reader, Permission.WORRY_ANSWER))
    return found.select_related("referral__person", "agency", "answered_by")


def worries_to_answer(reader: User) -> QuerySet[Worry]:
    """Those among them that nobody has answered, and about whose handling the reader is not asked themselves."""
    theirs = dispatches_of(reader).filter(referral=OuterRef("referral"), assigned_to=reader)
    return worries_of(reader).filter(~Exists(theirs), Q(answered_at=None))


def worries_shown(reader: User, referral: Referral) -> list[Worry]:
    """What the page of a referral shows to those who supervise, oldest first. One query."""
    rows = list(worries_of(reader).filter(referral=referral).order_by("raised_at", "id"))
    for row in rows:
        row.referral = referral
    return rows
