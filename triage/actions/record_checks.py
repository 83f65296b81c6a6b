"""What was checked is recorded beside the answer: part of whatever is answered by the standards."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from agencies.models import User
from audit.action import action
from triage.checklist import Checked, check_ticked_off, steps_for
from triage.models import Deconfliction, GatewayAssessment, Moment, Result, StepCheck


@action
def record_checks(
    *,
    moment: Moment,
    opened_at: datetime,
    person_id: UUID,
    checks: Collection[Checked],
    whole: bool = True,
    by: User,
    now: datetime,
    **beside: Deconfliction | GatewayAssessment,
) -> list[StepCheck]:
    """Record what became of the steps of this moment, in the version that was in force at `opened_at`.

    `beside` is what they stand beside, under the name of its column: `deconfliction=row`. Part of its action, which
    has locked that row and asked who acts. Where no version was in force nothing is asked and nothing recorded.

    What is written over several days is not `whole` yet: a required step may be left open, and of a step that was
    ticked off before the later word counts. The history keeps the earlier one.

    Raises:
        NotNow: a required step is not ticked off, a check is of no step of the version, or lacks its day or reason.
    """
    steps = {step.code: step for step in steps_for(moment, opened_at)}
    check_ticked_off(steps.values(), checks, now=now, whole=whole)
    before = {row.step_id: row for row in StepCheck.objects.filter(**beside)}
    rows = []
    for check in checks:
        step, done = steps[check.code], check.result == Result.DONE
        said = {
            "result": check.result,
            "done_on": check.on if done else None,
            "why": None if done else check.why.strip(),
        }
        row = before.get(step.pk)
        if row is None:
            row = StepCheck(step=step, person_id=person_id, recorded_at=now, recorded_by=by, **said, **beside)
            row.save(force_insert=True)
        elif any(getattr(row, name) != value for name, value in said.items()):
            row.changed(**said, recorded_at=now, recorded_by=by)
        rows.append(row)
    return rows
