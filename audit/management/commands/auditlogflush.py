"""django-auditlog's command of this name deletes entries. This one stands in front of it and deletes nothing."""

from argparse import SUPPRESS
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Refused: nothing is deleted from the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what the library's command takes, so that whoever types it reads why it is refused."""
        for short, long, action in (
            ("-y", "--yes", "store_true"),
            ("-t", "--truncate", "store_true"),
            ("-b", "--before-date", "store"),
        ):
            parser.add_argument(short, long, action=action, help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError."""
        raise CommandError(
            "The ledger only grows: nothing is deleted from it, by nobody. What is said of a person is made unreadable "
            "when their data key is destroyed."
        )
