"""An organisation that sends referrals from a system of its own becomes known."""

import hashlib
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, AgencyKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.refusals import NotNow


@action
def add_partner(*, name: str, by: Actor, now: datetime) -> Agency:
    """Make an agency that only sends. Its code is made of its name.

    Raises:
        Forbidden: `by` may not manage keys.
        NotNow: an organisation of this name is known already.
    """
    require(by, Permission.API_KEY_MANAGE)
    name = " ".join(name.split())
    if Agency.objects.filter(kind=AgencyKind.PARTNER, name__iexact=name).exists():
        raise NotNow(_("{name} is known already. Pick it from the list.").format(name=name))
    code = f"partner-{hashlib.sha256(name.casefold().encode()).hexdigest()[:12]}"
    agency = Agency(code=code, kind=AgencyKind.PARTNER, name=name)
    agency.save(force_insert=True)
    return agency
