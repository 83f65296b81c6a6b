"""What is left of exports that are over goes."""

from datetime import datetime

from audit.action import action
from audit.actors import Actor
from documents.models import ExportPiece
from documents.permissions import check_can_work_on_exports
from documents.states import STANDING

AT_ONCE = 500


@action
def forget_pieces(*, by: Actor, now: datetime) -> int:
    """Delete pieces of exports that are over, but those that a worker holds; returns how many.

    Raises Forbidden when `by` may not end exports.
    """
    check_can_work_on_exports(by)
    left = ExportPiece.objects.exclude(export__state__in=STANDING).order_by("pk")
    pieces = list(left.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    for piece in pieces:
        piece.delete()
    return len(pieces)
