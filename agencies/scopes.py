"""What a key of the API may be used for: names that partners read, each standing for permissions of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.permissions import Permission


class Scope(models.TextChoices):
    """What a key opens, within what the role of its service account allows."""

    SEND = "referrals:send", _("Send referrals and ask how they stand")
    RECEIVE = "referrals:receive", _("Fetch referrals dispatched to the agency")
    LINK = "dispatches:link", _("Write back its own case number and status")


# Those by which somebody reads or writes what stands on a case: such a key takes two administrators.
ON_CASES = frozenset({Scope.RECEIVE, Scope.LINK})
PERMISSIONS: dict[str, frozenset[Permission]] = {
    Scope.SEND: frozenset({Permission.REFERRAL_SUBMIT, Permission.REFERRAL_FOLLOW}),
    Scope.RECEIVE: frozenset({Permission.DISPATCH_FETCH}),
    Scope.LINK: frozenset({Permission.DISPATCH_LINK}),
}


def opened_by(scopes: list[str]) -> frozenset[Permission]:
    """The permissions that these scopes stand for."""
    return frozenset[Permission]().union(*(PERMISSIONS[scope] for scope in scopes))
