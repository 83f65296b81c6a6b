"""Say where an agency's e-mail goes."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from agencies.actions.set_mailboxes import set_mailboxes
from agencies.management.operating import agency_of, check_address
from audit.agents import Agent
from audit.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = "Set the mailbox told of every referral, and that of the duty contact. E-mail holds no personal data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="code of the agency")
        parser.add_argument("--email", required=True, help="is told of every referral")
        parser.add_argument("--duty-email", help="is told of immediate ones; without this option it stays as it was")
        parser.add_argument("--json", action="store_true", help="print what was done for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store both addresses, and say what they are."""
        agency, email, duty_email = agency_of(options["code"]), check_address(options["email"]), options["duty_email"]
        agency = set_mailboxes(
            agency_id=agency.pk,
            email=email,
            duty_email=agency.duty_email if duty_email is None else check_address(duty_email),
            by=Agent.OPERATOR,
            now=timezone.now(),
        )
        if options["json"]:
            self.stdout.write(
                json.dumps({"agency": agency.code, "email": agency.email, "duty_email": agency.duty_email})
            )
        else:
            self.stdout.write(f"{agency}: {agency.email}; duty contact: {agency.duty_email or 'none'}.")
