"""Somebody removes a second factor they no longer have; one always stays."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from agencies.actions.warn_user import warn_user
from agencies.models import User
from agencies.signin.factors import FACTORS
from audit.access import looked
from audit.action import action
from audit.models import Entry
from audit.refusals import NotNow


@action
def remove_factor(*, number: int, by: User, now: datetime) -> None:
    """Remove one of one's own apps or passkeys.

    Raises:
        DoesNotExist: it is nobody's, or somebody else's.
        NotNow: it is the only one.
    """
    theirs = list(Authenticator.objects.select_for_update().filter(user=by, type__in=FACTORS).order_by("pk"))
    going = next((each for each in theirs if each.pk == number), None)
    if going is None:
        raise Authenticator.DoesNotExist
    if len(theirs) == 1:
        raise NotNow(_("This is your only second factor. Set up another one first."))
    looked(kind=Entry.Kind.FACTOR_REMOVED, at_object=by, by=by, now=now, factor=going.type, number=going.pk)
    going.delete()
    warn_user(user=by, by=by, now=now)
