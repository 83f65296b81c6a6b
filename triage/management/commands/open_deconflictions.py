"""Ask the police about every referral that came in before deconfliction did."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.agents import Agent
from audit.management.operator import OperatorCommand
from triage.actions.open_deconfliction import open_deconfliction
from triage.models import Cause
from triage.selectors import never_deconflicted


class Command(OperatorCommand):
    help = "Open a deconfliction of every referral that never had one. To be run once, after the update that brings it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the count for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each in its own transaction; what was opened meanwhile by others is left out the next time."""
        opened = 0
        for referral_id in list(never_deconflicted().values_list("pk", flat=True)):
            open_deconfliction(referral_id=referral_id, cause=Cause.SUBMITTED, by=Agent.OPERATOR, now=timezone.now())
            opened += 1
        self.stdout.write(json.dumps({"opened": opened}) if options["json"] else f"{opened} deconflictions opened.")
