"""Somebody asks for a list as a file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from agencies.models import Agency, User
from agencies.purposes import Purpose
from audit.action import action
from audit.keys import create_key
from audit.waking import wake
from documents.exporting import kind_of
from documents.models import Export, ExportPiece
from documents.permissions import check_can_export
from documents.policies import check_fits_a_file, check_nothing_is_being_made

KEPT = timedelta(hours=24)


@action
def ask_for_export(
    *,
    kind: str,
    agency: Agency,
    filters: Mapping[str, Any],
    purpose: Purpose,
    words: str,
    session: UUID | str,
    by: User,
    now: datetime,
) -> Export:
    """Have a list of `agency` made into a file, as long as the session goes on. Locks the user.

    Makes the export's own data key, and queues its first piece.

    Raises:
        Export.DoesNotExist: there is no such kind.
        Forbidden: `by` may not read the list there, or not take it out.
        NotNow: another of theirs is being made, or the list is too long for one file.
    """
    wanted = kind_of(kind)
    User.objects.lock(by.pk)
    check_can_export(by, agency, wanted.needed)
    check_nothing_is_being_made(by)
    expected = wanted.rows(by, agency, filters).count()
    check_fits_a_file(expected, wanted.most)
    export = Export(
        kind=kind,
        agency=agency,
        filters=dict(filters),
        purpose=purpose,
        words=words,
        session=session,
        asked_at=now,
        asked_by=by,
        expires_at=now + KEPT,
        expected=expected,
    )
    export.save(force_insert=True)
    create_key(export.pk)
    ExportPiece(export=export, number=1, due=now).save(force_insert=True)
    wake("documents.tasks.sweep_exports")
    return export
