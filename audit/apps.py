"""Start-up of the ledger: every recorded model reports its field changes."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        """Register all recorded models with auditlog, the grants with migrate, and what is checked before a start."""
        from audit import checks  # noqa: F401  # importing registers the checks
        from audit.grants import apply_grants
        from audit.registration import register_recorded_models

        register_recorded_models()
        post_migrate.connect(apply_grants, sender=self)
        post_migrate.connect(make_first_months, sender=self)


def make_first_months(**_: Any) -> None:
    """Let the ledger begin in a month of its own; a task makes the next."""
    from django.utils import timezone

    from audit.partitions import make_months

    make_months(now=timezone.now())
