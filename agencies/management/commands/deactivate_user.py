"""Close somebody's account."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agencies.actions.deactivate_user import deactivate_user
from agencies.management.operating import user_of
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from audit.refusals import Refused


class Command(OperatorCommand):
    help = "Close an account: nobody signs in with it, open sessions end, and all its roles end with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="what they sign in with")
        parser.add_argument("--json", action="store_true", help="print what was done for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Close it, and say so."""
        user = user_of(options["email"])
        try:
            deactivate_user(user_id=user.pk, by=Agent.OPERATOR, now=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        done = {"id": str(user.pk), "active": False}
        self.stdout.write(json.dumps(done) if options["json"] else f"{user.email} is closed.")
