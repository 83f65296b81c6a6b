"""Who looked at the person of one referral, and whether it was theirs to work."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from agencies.models import User
from agencies.selectors import names_of
from audit.agents import Agent
from audit.models import Entry
from desk.audit.selectors import auditable_users, looks_by_actor
from desk.audit.sentences import name_of, names_referrer, office_at, offices_of
from referrals.models import ReceivedBy, Referral


@dataclass(frozen=True)
class Looks:
    """How often somebody looked, how often while it was assigned to them, first and last."""

    who: str
    office: str
    looks: int
    while_assigned: int
    first: datetime
    last: datetime
    user: UUID | None

    @property
    def unassigned(self) -> int:
        """How often they looked while it was not theirs to work."""
        return self.looks - self.while_assigned


def who_looked(reader: User, referral: Referral, entries: QuerySet[Entry]) -> list[Looks]:
    """Everybody who looked, the latest first. Four queries."""
    rows = looks_by_actor(entries)
    actors = {row["actor"] for row in rows}
    names, offices = names_of(actors), offices_of(reader, actors)
    users = set(auditable_users(reader).filter(pk__in=actors).values_list("pk", flat=True))
    hidden = referral.submitted_by if referral.received_by == ReceivedBy.API and names_referrer(referral) else None
    found = []
    for row in rows:
        actor = Agent.REFERRER.pk if row["actor"] == hidden else row["actor"]
        office, user = office_at(offices, actor, row["last"]), actor if actor in users else None
        counts = {name: row[name] for name in ("looks", "while_assigned", "first", "last")}
        found.append(Looks(who=name_of(actor, names), office=office, user=user, **counts))
    return found
