"""Somebody wants to know whether the ledger is still what was sealed."""

from datetime import datetime

from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.locks import lock_name
from audit.models import Verification
from audit.sealing.stored import last_seal
from audit.waking import wake


@action
def ask_to_verify(*, by: Actor, now: datetime) -> Verification:
    """Have the ledger verified. Who asks while that is being done is shown how far it is: one at a time.

    Raises Forbidden when `by` may not have it verified.
    """
    require(by, Permission.AUDIT_VERIFY)
    lock_name("audit:verification")
    waiting: Verification | None = Verification.objects.filter(done=None, dead=None).first()
    if waiting is not None:
        return waiting
    seal = last_seal()
    row = Verification(asked_at=now, asked_by=by.pk, expected=seal.size if seal else 0, due=now)
    row.save(force_insert=True)
    wake("desk.tasks.sweep_verifications")
    return row
