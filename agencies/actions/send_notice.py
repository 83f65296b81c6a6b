"""An e-mail is put in the queue, in the transaction of what it tells about."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from agencies.models import Agency, Notice, NoticeKind
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor
from audit.waking import wake


@action
def send_notice(
    *,
    kind: NoticeKind,
    about: UUID,
    tells_of: Collection[UUID],
    address: str,
    details: dict[str, Any],
    once: str,
    agency: Agency | None = None,
    key_of: UUID | None = None,
    language: str = "en",
    by: Actor,
    now: datetime,
) -> Notice:
    """Queue one e-mail. `details` fills `templates/emails/<kind>.txt`: references and links, never names.

    `tells_of` are the referrals that it tells of: whoever may not know of one of them sees nothing of the e-mail.
    `agency` is whose mail it is, where it is an agency's; its officers see if it cannot be delivered.
    `once` names the occasion: a second notice for it is not made, the first is returned.
    Raises Forbidden when `by` may not cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    existing: Notice | None = Notice.objects.filter(once=once).first()
    if existing is not None:
        return existing
    notice = Notice(
        kind=kind, about=about, tells_of=sorted(tells_of), agency=agency, key_of=key_of, address=address,
        details=details, language=language, once=once, due=now,
    )  # fmt: skip
    notice.save(force_insert=True)
    wake("agencies.tasks.sweep_notices")
    return notice
