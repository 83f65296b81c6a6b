"""An agency is called otherwise."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency
from agencies.permissions import Permission, require
from agencies.policies import check_name_is_free
from audit.action import action
from audit.actors import Actor


@action
def rename_agency(*, agency_id: UUID, name: str, by: Actor, now: datetime) -> Agency:
    """Change the name that everybody sees; the code by which it is found stays. Locks the agency.

    Raises:
        Agency.DoesNotExist: there is none with this id.
        Forbidden: `by` may not edit agencies.
        NotNow: another one is called that.
    """
    require(by, Permission.AGENCY_EDIT)
    agency: Agency = Agency.objects.lock(agency_id)
    check_name_is_free(name, other_than=agency)
    renamed: Agency = agency.changed(name=name)
    return renamed
