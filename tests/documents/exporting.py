"""Exports for tests, through the actions and sweeps that make them in life."""

import csv
import io
from typing import Any

from django.test import Client
from django.utils import timezone

from agencies.models import Agency, Session, User
from agencies.purposes import Purpose
from documents.actions.ask_for_export import ask_for_export
from documents.models import Export
from documents.selectors import read_export
from documents.tasks import sweep_exports
from tests.making import officer_of

BARNSLEY = "E08000038"
WHY = "The meeting with the police on Thursday."


class Asker:
    """An officer of the council who has signed in, and their session."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user or officer_of(Agency.objects.get(code=BARNSLEY))
        self.client = Client()
        self.client.force_login(self.user)
        self.agency: Agency = self.user.agencies[0]

    @property
    def session(self) -> Session:
        """The row of the session."""
        found: Session = Session.objects.get(user=self.user, session_key=self.client.session.session_key)
        return found

    def asks(self, **changes: Any) -> Export:
        """An export of the inbox that is being made."""
        given: dict[str, Any] = {
            "kind": "inbox",
            "agency": self.agency,
            "filters": {},
            "purpose": Purpose.WORKING,
            "words": WHY,
            "session": self.session.number,
            "by": self.user,
            "now": timezone.now(),
        }
        return ask_for_export(**{**given, **changes})

    def has(self, **changes: Any) -> Export:
        """One that is ready."""
        return swept(self.asks(**changes))


def swept(export: Export) -> Export:
    """The export after a worker came by."""
    sweep_exports()
    return again(export)


def again(export: Export) -> Export:
    """The export as it stands in the database."""
    return Export.objects.select_related("agency").get(pk=export.pk)


def bytes_of(export: Export) -> bytes:
    """Its file."""
    return b"".join(read_export(export))


def rows_of(export: Export) -> list[list[str]]:
    """The lines below the headings."""
    return list(csv.reader(io.StringIO(bytes_of(export).decode("utf-8-sig"), newline="")))[1:]
