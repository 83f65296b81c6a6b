"""The public key of the ledger, for whoever shall check its checkpoints without trusting the house."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from audit.sealing.keys import signer


class Command(BaseCommand):
    help = "Print the public key of the key that signs this ledger's checkpoints: name+id+key, as C2SP writes it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(signer().verifier_key)
        except ImproperlyConfigured as fault:
            raise CommandError(str(fault)) from None
