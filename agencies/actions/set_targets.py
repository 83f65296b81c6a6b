"""How soon an agency is to do what falls to it: local settings."""

from datetime import datetime
from uuid import UUID

from agencies.models import Agency, Target
from agencies.permissions import check_can_edit_targets
from agencies.policies import check_targets_within_reason
from agencies.targets import Targets
from audit.action import action
from audit.actors import Actor


@action
def set_targets(*, agency_id: UUID | None, targets: Targets | None, by: Actor, now: datetime) -> Target | None:
    """Set an agency's targets, or without an agency the default; without targets go back to what stands above.

    Holds for what begins from now on: a referral on its way and a task keep their time. Locks the agency.

    Raises:
        Agency.DoesNotExist: there is none with this id.
        Forbidden: it is not an agency of `by`, who does not oversee targets either.
        NotNow: the days or minutes are out of range.
    """
    agency: Agency | None = None if agency_id is None else Agency.objects.lock(agency_id)
    check_can_edit_targets(by, agency)
    existing: Target | None = Target.objects.select_for_update().filter(agency=agency).first()
    if targets is None:
        if existing is not None:
            existing.delete()
        return None
    check_targets_within_reason(targets)
    if existing is not None:
        return existing.changed(**vars(targets), set_at=now, set_by=by.pk)
    row = Target(agency=agency, **vars(targets), set_at=now, set_by=by.pk)
    row.save(force_insert=True)
    return row
