"""GOV.UK Notify says what became of an e-mail that it had taken."""

from datetime import datetime
from uuid import UUID

from agencies.models import Notice, Receipt
from agencies.permissions import Permission, require
from audit.action import action
from audit.actors import Actor


@action
def record_receipt(*, notice_id: UUID, sent_as: UUID, receipt: Receipt, by: Actor, now: datetime) -> bool:
    """Write down a delivery receipt; one that failed is listed as undelivered. Locks the notice.

    Nothing changes for a receipt that is repeated, of a sending before the latest, of a notice that is gone, or
    that calls delivered what has failed. Returns whether anything changed. Raises Forbidden when `by` may not
    cause mail.
    """
    require(by, Permission.NOTICE_SEND)
    notice: Notice | None = Notice.objects.select_for_update(of=("self",)).filter(pk=notice_id).first()
    if notice is None or notice.sent_as != sent_as or notice.receipt == receipt:
        return False
    if receipt == Receipt.DELIVERED:
        if notice.receipt:
            return False
        notice.changed(receipt=receipt)
        return True
    notice.changed(receipt=receipt, dead=now, last_error=f"Notify: {receipt.value}")
    return True
