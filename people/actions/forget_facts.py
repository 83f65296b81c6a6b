"""What a referral told of somebody is no longer theirs: they are not found by it any more."""

from datetime import datetime
from uuid import UUID

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from people.matching.keys import fact_keys
from people.models import SearchRow


@action
def forget_facts(*, person_id: UUID, by: Actor, now: datetime) -> None:
    """Keep neither address nor telephone, e-mail or school of a person. Locks their search row.

    Raises Forbidden when `by` may not submit referrals.
    """
    require(by, Permission.REFERRAL_SUBMIT)
    for row in SearchRow.objects.filter(person=person_id).select_for_update():
        keys = set(row.keys) - set(fact_keys(row.facts))
        row.changed(facts="", keys=sorted(keys))
