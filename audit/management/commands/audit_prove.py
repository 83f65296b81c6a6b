"""A proof for somebody who trusts nobody here."""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.sealing.proving import NotProvable, prove, prove_growth


class Command(BaseCommand):
    help = (
        "Print as JSON that an entry stands in the ledger as it was signed, or that the ledger of one checkpoint began "
        "with that of another. docs/audit.md shows how to check it with 30 lines of one's own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("entry", type=int, nargs="?", help="the number of an entry")
        wanted.add_argument("--between", type=int, nargs=2, metavar=("OLD", "NEW"), help="the sizes of two checkpoints")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the proof. Raises CommandError where there is nothing to prove, or no public key."""
        try:
            found = prove_growth(*options["between"]) if options["between"] else prove(options["entry"])
        except (NotProvable, ImproperlyConfigured) as why:
            raise CommandError(str(why)) from None
        self.stdout.write(json.dumps(found, indent=2))
