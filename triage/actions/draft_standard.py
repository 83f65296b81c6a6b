"""Headquarters begin the next version of the standards."""

from collections.abc import Sequence
from datetime import datetime

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.locks import lock_name
from triage.models import Standard
from triage.policies import check_nothing_is_drafted
from triage.standards import StepWords, latest, steps_of
from triage.writing_steps import put_steps


@action
def draft_standard(*, steps: Sequence[StepWords] | None = None, origin: str = "", by: Actor, now: datetime) -> Standard:
    """Begin a draft with the steps of the version that is published, or with `steps`, which rest on `origin`.

    Raises:
        Forbidden: `by` writes no standards.
        NotNow: there is a draft.
    """
    require(by, Permission.STANDARD_WRITE)
    lock_name("standards")
    check_nothing_is_drafted()
    current = latest()
    if steps is None and current is not None:
        steps, origin = steps_of(current), current.origin
    last = Standard.objects.order_by("number").last()
    draft = Standard(number=last.number + 1 if last else 1, origin=origin, drafted_at=now, drafted_by=by.pk)
    draft.save(force_insert=True)
    put_steps(draft, steps or ())
    return draft
