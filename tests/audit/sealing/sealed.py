"""A ledger with something in it, sealed."""

import base64
from typing import Any

from django.utils import timezone

from agencies.models import Agency
from audit.action import action
from audit.actions.seal_entries import seal_entries
from audit.actors import Actor
from audit.agents import Agent
from audit.ledger import write_entry
from audit.models import Entry

NOW = timezone.now()
ORIGIN = "house.example/ledger"
KEY = base64.b64encode(bytes(range(32))).decode()


def seal() -> int:
    """One pass of the sealer."""
    return seal_entries(by=Agent.SEALER, now=NOW)


@action
def looked_often(*, times: int, agency: Agency, by: Actor, now: Any) -> None:
    """So many entries in one transaction, each with something to say."""
    for number in range(times):
        write_entry(
            Entry.Kind.VIEWED, object_type="agencies.agency", object_id=agency.pk, details={"words": f"Said {number}"}
        )


def sealed(agency: Agency, *sizes: int) -> None:
    """A ledger that was sealed each time so many entries had come."""
    for size in sizes:
        looked_often(times=size, agency=agency, by=Agent.OPERATOR, now=NOW)
        assert seal() >= size
