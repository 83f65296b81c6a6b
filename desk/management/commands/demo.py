"""Fill an empty demonstration, and say who can sign in."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agencies.models import Agency, User
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from desk.actions.make_demonstration import make_demonstration
from desk.demonstration.accounts import ACCOUNTS, CODE, PASSWORD
from desk.demonstration.ready import NotReady, localities, places_and_agencies
from desk.demonstration.scenarios import FAVOURED, FAVOURED_PART
from referrals.models import Referral


class Command(OperatorCommand):
    help = (
        "Fill an empty database with agencies' mailboxes, people and 200 referrals, all of them fictional; a database "
        "that is not empty is left alone. Works with DEMO=1 only. Prints who can sign in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="refuse unless the database is empty")
        parser.add_argument("--json", action="store_true", help="print the accounts for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill unless something is there, then name the accounts that exist."""
        if not settings.DEMO:
            raise CommandError("This makes accounts with a password that everybody knows: it needs DEMO=1.")
        empty = not (User.objects.exists() or Referral.objects.exists())
        if options["reset"] and not empty:
            raise CommandError("The database is not empty. Its ledger cannot be emptied: run make demo-reset.")
        if empty:
            self._fill()
        self._name_accounts(options["json"])

    def _fill(self) -> None:
        now = timezone.now()
        try:
            places, agencies = places_and_agencies(now)
            made_up = localities(places, favoured=FAVOURED, favoured_part=FAVOURED_PART)
        except NotReady as missing:
            raise CommandError(str(missing)) from None
        make_demonstration(places=places, agencies=agencies, localities=made_up, by=Agent.OPERATOR, now=now)

    def _name_accounts(self, as_json: bool) -> None:
        standing = set(User.objects.values_list("email", flat=True))
        names = dict(Agency.objects.values_list("code", "name"))
        accounts = [account for account in ACCOUNTS if account.email in standing]
        if as_json:
            listed = [{**vars(account), "agency_name": names[account.agency]} for account in accounts]
            self.stdout.write(json.dumps({"password": PASSWORD, "accounts": listed}, ensure_ascii=False))
        elif accounts:
            self.stdout.write(f"Sign in with the password {PASSWORD}, and then the code that the page shows, as")
            for account in accounts:
                self.stdout.write(f"  {account.email:36} {account.role.label}, {names[account.agency]}")
            self.stdout.write(f"A referrer comes back at /your-referral/ with a reference and the code {CODE}")
