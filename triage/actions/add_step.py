"""Headquarters add a step to a draft."""

from datetime import datetime
from uuid import UUID

from agencies.models import User
from agencies.permissions import Permission, require
from audit.action import action
from triage.models import Moment, Standard, StandardStep
from triage.policies import check_is_drafted
from triage.writing_steps import code_for, next_position


@action
def add_step(
    *, standard_id: UUID, moment: Moment, words: str, guidance: str, required: bool, by: User, now: datetime
) -> StandardStep:
    """Add a step behind those that are there, under a code that it keeps in all later versions. Locks the version.

    Raises:
        Forbidden: `by` writes no standards.
        Standard.DoesNotExist: there is none with this id.
        NotNow: it is published.
    """
    require(by, Permission.STANDARD_WRITE)
    draft = Standard.objects.lock(standard_id)
    check_is_drafted(draft)
    step = StandardStep(
        standard=draft, code=code_for(words), moment=moment, position=next_position(draft), words=words,
        guidance=guidance, required=required,
    )  # fmt: skip
    step.save(force_insert=True)
    return step
