"""Make the rows by which persons are found, for those who have none or an old one."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.agents import Agent
from audit.management.operator import OperatorCommand
from people.actions.build_search_rows import build_search_rows


class Command(OperatorCommand):
    help = "Make search rows of persons that have none, or one of other rules than today’s. To be run after an upgrade."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the count for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """A batch after the other, each in its own transaction."""
        made = 0
        while count := build_search_rows(by=Agent.OPERATOR, now=timezone.now()):
            made += count
        self.stdout.write(json.dumps({"built": made}) if options["json"] else f"{made} search rows made.")
