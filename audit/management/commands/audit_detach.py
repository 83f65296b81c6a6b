"""An old month of the ledger is put beside."""

from datetime import date, datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from audit.actions.detach_month import detach_month
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from audit.refusals import NotNow


def month(text: str) -> date:
    """`2026-11` as its first day. Raises ValueError."""
    return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  # a month has no zone


class Command(OperatorCommand):
    help = (
        "Detach a month of the ledger: its tables move to the schema `detached`, where audit_verify still reads them "
        "and whoever owns the database may archive them. Nothing is deleted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", type=month, help="such as 2026-11")

    def handle(self, *args: Any, **options: Any) -> None:
        """Detach it. Raises CommandError where the month has to stay."""
        try:
            detach_month(month=options["month"], by=Agent.OPERATOR, now=timezone.now())
        except NotNow as why:
            raise CommandError(str(why)) from None
        self.stdout.write(f"{options['month']:%Y-%m} is detached. Nothing was deleted.")
