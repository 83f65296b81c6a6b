"""Somebody takes new recovery codes: the old ones open nothing any more."""

from datetime import datetime

from agencies.actions.warn_user import warn_user
from agencies.models import User
from agencies.signin.factors import Kind, renewed_codes
from audit.access import looked
from audit.action import action
from audit.models import Entry


@action
def renew_recovery_codes(*, by: User, now: datetime) -> list[str]:
    """Make new ones. Returns them: they are shown this once."""
    looked(kind=Entry.Kind.FACTOR_ADDED, at_object=by, by=by, now=now, factor=Kind.RECOVERY_CODES)
    warn_user(user=by, by=by, now=now)
    return renewed_codes(by)
