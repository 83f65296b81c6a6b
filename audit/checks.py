"""What `manage.py check --deploy` says about this room."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004  # Django's own name for it
from django.core.exceptions import ImproperlyConfigured

from audit.sealing.keys import signer, verifiers
from audit.sealing.places import place


@register(deploy=True)
def the_ledger_can_be_sealed(**_: Any) -> list[CheckMessage]:
    """An error where a node that has the signing key cannot use it, a warning where there is no second place."""
    if not settings.LEDGER_SIGNING_KEY:
        return []
    wrong: list[CheckMessage] = []
    for number, read in enumerate((signer, verifiers, place), start=1):
        try:
            read()
        except ImproperlyConfigured as fault:
            wrong.append(Error(str(fault), id=f"audit.E00{number}"))
    if not settings.LEDGER_CHECKPOINTS:
        wrong.append(
            Warning(
                "LEDGER_CHECKPOINTS is not set: whoever holds the database could change the ledger unseen.",
                hint="Name a folder, a bucket or a mailbox that others keep: docs/audit.md.",
                id="audit.W001",
            )
        )
    return wrong
