"""An organisation that answers for no area becomes known."""

from datetime import datetime
from uuid import uuid4

from agencies.models import Agency, AgencyKind
from agencies.permissions import Permission, require
from agencies.policies import check_can_be_made, check_name_is_free
from audit.action import action
from audit.actors import Actor


@action
def make_agency(*, kind: AgencyKind, name: str, by: Actor, now: datetime) -> Agency:
    """Make an agency of a kind that comes with no area.

    Raises:
        Forbidden: `by` may not edit agencies.
        NotNow: agencies of this kind are not made by hand, or one is called that.
    """
    require(by, Permission.AGENCY_EDIT)
    check_can_be_made(kind)
    check_name_is_free(name)
    agency = Agency(code=f"{kind.replace('_', '-')}-{uuid4().hex[:12]}", kind=kind, name=name)
    agency.save(force_insert=True)
    return agency
