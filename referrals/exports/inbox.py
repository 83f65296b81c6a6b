"""The inbox as a file: what its list shows and who has taken receipt, and nothing of what was answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.keyset import keyset_ahead
from agencies.models import Agency, User
from agencies.permissions import Permission
from agencies.restricted import restricted_now
from documents.exporting import ExportKind, exportable
from referrals.forms.work import InboxFilterForm
from referrals.models import Dispatch
from referrals.repeats import repeats_of
from referrals.selectors import InboxFilters, inbox

HEADINGS = (
    gettext_lazy("Reference"),
    gettext_lazy("Person"),
    gettext_lazy("Adult or child"),
    gettext_lazy("Agency"),
    gettext_lazy("Received"),
    gettext_lazy("Immediate danger"),
    gettext_lazy("Area not known"),
    gettext_lazy("Receipt"),
    gettext_lazy("Receipt due"),
    gettext_lazy("Overdue"),
    gettext_lazy("Receipt taken by"),
    gettext_lazy("Receipt taken"),
    gettext_lazy("Assigned to"),
    gettext_lazy("Repeat"),
)


def _rows(reader: User, agency: Agency, filters: Mapping[str, Any]) -> QuerySet[Dispatch]:
    """The agency's part of the reader's inbox, without any restricted record: also who reads it takes it nowhere."""
    wanted = InboxFilters(**{**filters, "flags": tuple(filters.get("flags", ()))})
    found = inbox(reader, filters=wanted).filter(agency=agency).exclude(referral__in=restricted_now())
    return found.select_related("referral__person", "agency", "assigned_to", "acknowledged_by")


def _lines(reader: User, rows: Sequence[Dispatch], _filters: Mapping[str, Any]) -> list[tuple[Dispatch, Sequence[str]]]:
    again = _repeats(reader, rows)
    return [(dispatch, _line(dispatch, repeat=dispatch.referral_id in again)) for dispatch in rows]


def _repeats(reader: User, rows: Sequence[Dispatch]) -> set[UUID]:
    """Which referrals have others of the same person: of a restricted one no file says that it is there."""
    found = repeats_of(reader, [dispatch.referral for dispatch in rows])
    others = {other.pk for repeat in found.values() for other in (*repeat.earlier, *repeat.later)}
    kept = set(restricted_now().filter(about__in=others).values_list("about", flat=True))
    return {
        pk
        for pk, repeat in found.items()
        if repeat.elsewhere or any(other.pk not in kept for other in (*repeat.earlier, *repeat.later))
    }


def _line(dispatch: Dispatch, *, repeat: bool) -> Sequence[str]:
    person = dispatch.referral.person
    return (
        dispatch.referral.reference,
        person.name,
        person.get_adult_or_child_display(),
        dispatch.agency.name,
        _moment(dispatch.sent_at),
        _yes(dispatch.immediate),
        _yes(dispatch.flagged),
        str(dispatch.get_state_display()),
        _moment(dispatch.acknowledge_by),
        _yes(dispatch.overdue),
        dispatch.acknowledged_by.name if dispatch.acknowledged_by else "",
        _moment(dispatch.acknowledged_at),
        dispatch.assigned_to.name if dispatch.assigned_to else "",
        _yes(repeat),
    )


def _moment(at: datetime | None) -> str:
    """As spreadsheets sort it, in the time of London."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def _yes(value: bool) -> str:
    return _("Yes") if value else _("No")


INBOX = exportable(
    ExportKind(
        name="inbox",
        title=gettext_lazy("the inbox"),
        needed=Permission.DISPATCH_READ,
        form=InboxFilterForm,
        page="referrals:inbox",
        rows=_rows,
        step=partial(keyset_ahead, key="sent_at"),
        about="referral_id",
        headings=HEADINGS,
        lines=_lines,
    )
)
