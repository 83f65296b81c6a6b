"""For somebody who has lost their telephone, their passkeys and all recovery codes."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from agencies.actions.reset_factors import reset_factors
from agencies.management.operating import user_of
from audit.agents import Agent
from audit.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = "Remove somebody's second factors and sign them out. Be sure who asks. The next sign-in sets up new ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="what they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reset, and say so."""
        user = user_of(options["email"])
        reset_factors(user_id=user.pk, by=Agent.OPERATOR, now=timezone.now())
        self.stdout.write(f"{user.email} sets up a second factor at the next sign-in.")
