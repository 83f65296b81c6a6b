"""Keep with persons by what else they can be found: for those whose answers were never read for it."""

import json
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.agents import Agent
from audit.management.operator import OperatorCommand
from referrals.actions.build_facts import build_facts


class Command(OperatorCommand):
    help = "Keep hashes of address, telephone, e-mail and school with persons that have none yet. After an upgrade."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the count for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """A batch after the other, each in its own transaction."""
        made, last = 0, None
        while found := self._batch(last):
            made, last = made + len(found), found[-1]
        self.stdout.write(json.dumps({"built": made}) if options["json"] else f"Of {made} persons the facts were kept.")

    def _batch(self, after: UUID | None) -> list[UUID]:
        return build_facts(after=after, by=Agent.OPERATOR, now=timezone.now())
