"""Somebody is always left who can give roles."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyKind, User
from agencies.permissions import Permission
from agencies.selectors import holding
from audit.action import action
from audit.actors import Actor
from audit.refusals import NotNow


@action
def keep_administered(*, without: User, by: Actor, now: datetime) -> None:
    """Raise NotNow if `without` is the last administrator today. Locks the agency of administrators.

    A part of the actions that end an administrator's access, called before they ask who may: two who would each
    take it from the other at the same moment are taken in turn, and the second finds that they may not.
    """
    locked = Agency.objects.select_for_update(of=("self",), no_key=True).filter(kind=AgencyKind.SYSTEM)
    for agency in locked.order_by("pk"):
        theirs = set(holding(agency, Permission.MEMBERSHIP_ADD, on=timezone.localdate(now)))
        if theirs == {without}:
            raise NotNow(_("This is the last administrator. Give somebody else the role first."))
