"""Where an agency's mail goes."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor


@action
def set_mailboxes(*, agency_id: UUID, email: str, duty_email: str, by: Actor, now: datetime) -> Agency:
    """Set the mailbox told of every referral, and that of the duty contact, told of immediate ones.

    Locks the agency. Raises Agency.DoesNotExist, or Forbidden when `by` may not edit agencies.
    """
    require(by, Permission.AGENCY_EDIT)
    agency: Agency = Agency.objects.lock(agency_id)
    agency.changed(email=email, duty_email=duty_email)
    return agency
