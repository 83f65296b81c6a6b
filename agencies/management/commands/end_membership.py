"""Somebody has left an agency."""

import json
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agencies.actions.end_membership import end_membership
from agencies.management.operating import agency_of, user_of
from audit.agents import Agent
from audit.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = (
        "End somebody's roles in an agency at once. What was assigned to them becomes nobody's; supervisors are told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="what they sign in with")
        parser.add_argument("--agency", required=True, metavar="CODE", help="code of the agency they have left")
        parser.add_argument("--json", action="store_true", help="print what was done for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """End every role there, and say how many."""
        user, agency = user_of(options["email"]), agency_of(options["agency"])
        held = list(user.memberships.filter(agency=agency, ended_at=None).order_by("pk"))
        if not held:
            raise CommandError(f"{user.email} does not work for {agency}.")
        for membership in held:
            end_membership(membership_id=membership.pk, by=Agent.OPERATOR, now=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps({"id": str(user.pk), "agency": agency.code, "ended": len(held)}))
        else:
            self.stdout.write(f"{user.email} no longer works for {agency}: {len(held)} ended.")
