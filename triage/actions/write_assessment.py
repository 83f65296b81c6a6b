"""An officer writes in a gateway assessment: as much as they have, whether or not it is complete."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission
from audit.action import action
from people.actions.find_matches import find_matches
from referrals.models import Referral
from triage.actions.record_checks import record_checks
from triage.assessing import answer_to_weigh
from triage.checklist import Checked
from triage.locking import lock_assessment
from triage.models import GatewayAssessment, Moment
from triage.permissions import check_can_assess
from triage.policies import check_is_as_read, check_is_written


@dataclass(frozen=True)
class Assessed:
    """What the form says; empty where nothing was said. `weighed` is FIMU's answer that the officer had before them."""

    outcome: str = ""
    considered: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    rationale: str = ""
    weighed: UUID | None = None
    agrees: bool | None = None
    no_concerns: str = ""
    reasons: tuple[str, ...] = ()
    duplicate_of: Referral | None = None


@action
def write_assessment(
    *,
    assessment_id: UUID,
    assessed: Assessed,
    read_at: datetime,
    checks: Collection[Checked] = (),
    by: User,
    now: datetime,
) -> GatewayAssessment:
    """Store what was written, and look once more who may be the same person, so that it is decided before it is signed.

    `read_at` is the `written_at` of what the officer was shown. `checks` say what became of steps of the standards that
    held when it was begun; `triage.gate` asks for those that are left open. Locks the record, the referral and the
    assessment.

    Raises:
        GatewayAssessment.DoesNotExist: there is none with this id.
        Forbidden: `by` writes no assessments for the police agency that has the referral.
        NotNow: it is not being written any more, somebody else wrote in it meanwhile, or a check is of no such step, or
            lacks its day or reason.
    """
    row = lock_assessment(assessment_id)
    check_can_assess(by, Permission.GATEWAY_WRITE, row.referral)
    check_is_written(row)
    check_is_as_read(row, read_at)
    record_checks(
        moment=Moment.GATEWAY, opened_at=row.opened_at, person_id=row.person_id, checks=checks, whole=False, by=by,
        now=now, gateway=row,
    )  # fmt: skip
    latest = answer_to_weigh(row.referral)
    row.changed(
        outcome=assessed.outcome,
        considered=list(assessed.considered),
        answers=dict(assessed.answers),
        rationale=assessed.rationale.strip() or None,
        weighed=latest if latest is not None and latest.pk == assessed.weighed else None,
        agrees=assessed.agrees,
        no_concerns=assessed.no_concerns,
        reasons=list(assessed.reasons),
        duplicate_of=assessed.duplicate_of,
        authors=row.authors_with(by),
        written_at=now,
        written_by=by,
    )
    find_matches(person_id=row.person_id, by=by, now=now)
    return row
