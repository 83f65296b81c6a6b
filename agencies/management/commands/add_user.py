"""Give somebody an account and a role: how the first people of an installation can sign in."""

import json
import sys
from getpass import getpass
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agencies.actions.add_membership import add_membership
from agencies.actions.create_user import create_user
from agencies.management.operating import agency_of, check_address
from agencies.models import Agency, User
from agencies.policies import check_role_fits
from agencies.roles import RoleName
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from audit.refusals import Refused


class Command(OperatorCommand):
    help = "Make an account and give it a role in an agency. An account that exists keeps its password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="what they sign in with")
        parser.add_argument("--name", required=True, help="what colleagues see")
        parser.add_argument("--agency", required=True, metavar="CODE", help="code of the agency they work for")
        parser.add_argument("--role", required=True, metavar="ROLE", help=f"one of {', '.join(RoleName.values)}")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        parser.add_argument("--json", action="store_true", help="print what was done for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check everything that can be checked, ask for a password, store, and say what was done."""
        agency, email = agency_of(options["agency"]), check_address(options["email"])
        role = _role(options["role"])
        known = User.objects.filter(email__iexact=email).first()
        try:
            check_role_fits(role, agency)
            user = known or self._create(email, options["name"], from_stdin=options["password_stdin"])
            added = _add(user, agency, role)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if options["json"]:
            done = {"id": str(user.pk), "created": known is None, "membership_added": added}
            self.stdout.write(json.dumps({**done, "agency": agency.code, "role": role.value}))
            return
        account = "has an account now" if known is None else "had an account, which stays as it was"
        self.stdout.write(f"{user.email} {account}, {'and is' if added else 'and was already'} {role} at {agency}.")

    def _create(self, email: str, name: str, *, from_stdin: bool) -> User:
        password = sys.stdin.readline().rstrip("\r\n") if from_stdin else _asked_twice()
        if not password:
            raise CommandError("The password is empty. Nothing was stored.")
        return create_user(email=email, name=name, password=password, by=Agent.OPERATOR, now=timezone.now())


def _role(name: str) -> RoleName:
    if name not in RoleName.values:
        raise CommandError(f"There is no role {name}. Roles are {', '.join(RoleName.values)}.")
    return RoleName(name)


def _add(user: User, agency: Agency, role: RoleName) -> bool:
    """Whether the role had to be added: running the command again changes nothing."""
    now = timezone.now()
    held = user.memberships.in_force(timezone.localdate(now)).filter(agency=agency, role=role)
    if held.exists():
        return False
    add_membership(user_id=user.pk, agency_id=agency.pk, role=role, by=Agent.OPERATOR, now=now)
    return True


def _asked_twice() -> str:
    password = getpass("Password: ")
    if getpass("The same password again: ") != password:
        raise CommandError("The two passwords differ. Nothing was stored.")
    return password
