"""A part of the ledger as a file: each entry in a sentence, with a proof that it stands in the ledger as signed."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Agency, User
from agencies.permissions import Permission
from audit.models import Entry, Leaf
from audit.sealing.proving import NotProvable, prove
from desk.audit.forms import ExportLedgerForm
from desk.audit.selectors import (
    auditable_referrals,
    auditable_users,
    entries_about,
    entries_for,
    narrowed,
    step_of,
    without_restricted,
)
from desk.audit.sentences import Line, lines
from documents.exporting import ExportKind, exportable

HEADINGS = (
    gettext_lazy("Entry"),
    gettext_lazy("When"),
    gettext_lazy("Who"),
    gettext_lazy("Agency"),
    gettext_lazy("What"),
    gettext_lazy("Purpose"),
    gettext_lazy("In their words"),
    gettext_lazy("Proof"),
)
# A file of this length is some 30 MB: most of it is proofs.
MOST = 10_000
_SEALED = Exists(Leaf.objects.filter(entry=OuterRef("pk")))


def _rows(reader: User, agency: Agency, filters: Mapping[str, Any]) -> QuerySet[Entry]:
    """What the page shows for this agency, as far as it is sealed and tells of no restricted record."""
    days: dict[str, Any] = {name: date.fromisoformat(filters[name]) for name in ("since", "until") if name in filters}
    words = {name: filters[name] for name in ("operation", "service") if name in filters}
    found = _part(reader, without_restricted(entries_for(reader, [agency])), filters)
    # Asked whether the file may still be read, all there is counts; asked for a list, the service only where wanted.
    return narrowed(found.filter(_SEALED), **days, **({"service": ""} | words if filters else words))


def _part(reader: User, entries: QuerySet[Entry], filters: Mapping[str, Any]) -> QuerySet[Entry]:
    if "referral" in filters:
        referral = auditable_referrals(reader, [UUID(filters["referral"])]).first()
        entries = entries_about(entries, referral) if referral else entries.none()
    if "colleague" in filters:
        theirs = auditable_users(reader).filter(pk=filters["colleague"])
        entries = entries.filter(actor__in=theirs.values("pk"))
    if "refused" in filters:
        entries = entries.filter(kind=Entry.Kind.REFUSED)
    return entries


def _lines(reader: User, rows: Sequence[Entry], filters: Mapping[str, Any]) -> list[tuple[Entry, Sequence[str]]]:
    """As its page says it: among the deeds of one colleague nothing that would name a referrer by being there."""
    said = zip(rows, lines(reader, list(rows)), strict=True)
    return [(entry, _cells(entry, line)) for entry, line in said if not (line.unnamed and "colleague" in filters)]


def _cells(entry: Entry, line: Line) -> Sequence[str]:
    at = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M:%S")
    return (str(entry.pk), at, line.who, line.office, line.said, line.why, line.words, _proof(entry, line))


def _proof(entry: Entry, line: Line) -> str:
    """What `manage.py audit_prove` prints, in base64: so no spreadsheet makes anything else of it."""
    if line.unnamed:
        return _("Left out: it would name a referrer who asked not to be named")
    try:
        return base64.b64encode(json.dumps(prove(entry.pk)).encode()).decode()
    except NotProvable as why:
        return str(why)


LEDGER = exportable(
    ExportKind(
        name="ledger",
        title=gettext_lazy("the ledger"),
        needed=Permission.AUDIT_READ,
        form=ExportLedgerForm,
        page="desk:audit",
        rows=_rows,
        step=step_of,
        about="pk",
        headings=HEADINGS,
        lines=_lines,
        hint=gettext_lazy(
            "Each line has a proof that its entry stands in the ledger as it was signed. Whoever has our public key "
            "can check it without us. A proof holds the numbers of who did it and from which address, and nothing of "
            "what the entry says about a person."
        ),
        most=MOST,
    )
)
