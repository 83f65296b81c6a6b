"""What the pages of a referral say of its gateway assessment, to each reader as much as they may know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from agencies.models import User
from agencies.permissions import Permission, can
from referrals.models import Dispatch, Referral
from referrals.permissions import can_with
from referrals.policies import awaits_acknowledgement
from triage.models import GatewayAssessment, Partnership, Signposting, StepCheck
from triage.partnerships import partnerships_about
from triage.seeing import Viewer
from triage.selectors import assessments_about, checks_of
from triage.summary import viewer_of


@dataclass(frozen=True)
class GatewaySummary:
    """What became of a referral; what its reader may not know is empty.

    The police who have it read where it stands and open it (`row`), and on paper what was checked before it was signed;
    `told` are the ids of what their timeline tells; `begins` says whether the reader can begin one. The authority that
    has it reads the outcome once it is signed, and what the service said. Nobody else is told anything.
    `running` is the police-led partnership that runs: both read who owns it for the police. The police open it, and
    that which ended last (`partnership`).
    """

    outcome: str | Promise = ""
    signed_at: datetime | None = None
    agency: str = ""
    signposting: Signposting | None = None
    checks: tuple[StepCheck, ...] = ()
    row: GatewayAssessment | None = None
    told: frozenset[UUID] = frozenset()
    begins: bool = False
    answers_service: bool = False
    running: Partnership | None = None
    partnership: Partnership | None = None

    def __bool__(self) -> bool:
        return bool(self.outcome or self.row or self.begins or self.running)


def gateway_summary(reader: User, referral: Referral, mine: list[Dispatch]) -> GatewaySummary:
    """For the reader of a referral's page; `mine` are its dispatches to agencies of theirs. Two queries."""
    viewer, rows = viewer_of(mine), assessments_about(referral)
    row = next(iter(rows), None)
    if viewer == Viewer.OTHERS:
        return GatewaySummary()
    writing = [each for each in mine if each.agency.is_police and can_with(reader, Permission.GATEWAY_WRITE, each)]
    under_way = row is not None and (row.is_draft or row.is_proposed or row.is_signed)
    begins = not under_way and any(not awaits_acknowledgement(each) for each in writing)
    opened = row if viewer == Viewer.POLICE and writing else None
    found = partnerships_about(referral) if rows else []
    told = _told(rows, found) if opened else frozenset()
    running = next((each for each in found if not each.is_ended), None)
    reads = any(can(reader, Permission.PARTNERSHIP_READ, agency=each.agency) for each in writing)
    partnership = next(iter(found), None) if opened and reads else None
    if row is None or not row.is_signed:
        return GatewaySummary(row=opened, told=told, begins=begins, running=running, partnership=partnership)
    return GatewaySummary(
        outcome=row.get_outcome_display(),
        signed_at=row.signed_at,
        agency=row.agency.name if row.agency else "",
        signposting=getattr(row, "signposting", None),
        checks=tuple(checks_of(row)) if opened else (),
        row=opened,
        told=told,
        answers_service=bool(writing),
        running=running,
        partnership=partnership,
    )


def _told(rows: list[GatewayAssessment], found: list[Partnership]) -> frozenset[UUID]:
    signpostings = (getattr(row, "signposting", None) for row in rows)
    known = (each.pk for each in (*rows, *found))
    return frozenset({*known, *(each.pk for each in signpostings if each is not None)})
