"""Start-up of the ledger: every recorded model reports its field changes."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "audit"

    def ready(self) -> None:
        """Register all recorded models with auditlog and the grants with migrate."""
        from audit.grants import apply_grants
        from audit.registration import register_recorded_models

        register_recorded_models()
        post_migrate.connect(apply_grants, sender=self)
