"""Keys of other organisations' systems, for an operator: connect, list, rotate, revoke."""

import json
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agencies.actions.connect_partner import connect_partner
from agencies.actions.connect_system import connect_system
from agencies.actions.make_api_key import NewKey
from agencies.actions.revoke_api_key import revoke_api_key
from agencies.actions.rotate_api_key import rotate_api_key
from agencies.management.operating import agency_of
from agencies.models import ApiKey
from agencies.scopes import Scope
from agencies.selectors import api_keys
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from audit.refusals import Refused


class Command(OperatorCommand):
    help = "Connect systems that use the API, and list, rotate or revoke their keys. A key is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what was done for a machine")
        verbs = parser.add_subparsers(dest="verb", required=True)
        connect = verbs.add_parser("connect", help="make a service account and its first key")
        whose = connect.add_mutually_exclusive_group(required=True)
        whose.add_argument("--agency", metavar="CODE", help="code of an agency that is known")
        whose.add_argument("--partner", metavar="NAME", help="name of a new organisation that only sends referrals")
        connect.add_argument("--name", required=True, help="what officers see beside what the system sends")
        connect.add_argument("--scope", action="append", required=True, choices=Scope.values, help="may be repeated")
        verbs.add_parser("list", help="every key and its state")
        rotate = verbs.add_parser("rotate", help="make a successor; both work for a while")
        rotate.add_argument("front", help="the front part of the key")
        rotate.add_argument("--days", type=int, default=7, help="how long the old key goes on working (7)")
        revoke = verbs.add_parser("revoke", help="end a key now")
        revoke.add_argument("front", help="the front part of the key")
        revoke.add_argument("--why", required=True, help="kept on record")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what was done."""
        try:
            done = getattr(self, f"_{options['verb']}")(options)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        for row in done if isinstance(done, list) else [done]:
            self.stdout.write("  ".join(f"{name}: {value}" for name, value in row.items()))

    def _connect(self, options: dict[str, Any]) -> dict[str, Any]:
        scopes = [Scope(scope) for scope in options["scope"]]
        given: dict[str, Any] = {"name": options["name"], "scopes": scopes, "by": Agent.OPERATOR, "now": timezone.now()}
        if options["agency"]:
            return _new(connect_system(agency_id=agency_of(options["agency"]).pk, **given))
        return _new(connect_partner(organisation=options["partner"], **given))

    def _list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "front": key.front,
                "organisation": key.organisation,
                "system": key.system.name,
                "scopes": key.scopes,
                "works": key.is_working,
                "ends": key.ends and key.ends.isoformat(),
                "last_used": key.use.seen and key.use.seen.isoformat(),
            }
            for key in api_keys(now=timezone.now())
        ]

    def _rotate(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["days"] < 0:
            raise CommandError("Days cannot be fewer than 0.")
        key, overlap = _key(options["front"]), timedelta(days=options["days"])
        return _new(rotate_api_key(key_id=key.pk, overlap=overlap, by=Agent.OPERATOR, now=timezone.now()))

    def _revoke(self, options: dict[str, Any]) -> dict[str, Any]:
        key = _key(options["front"])
        revoke_api_key(key_id=key.pk, why=options["why"], by=Agent.OPERATOR, now=timezone.now())
        return {"front": key.front, "revoked": True}


def _key(front: str) -> ApiKey:
    found = ApiKey.objects.filter(front=front).first()
    if found is None:
        raise CommandError(f"There is no key with the front {front}. `api_key list` shows them all.")
    return found


def _new(made: NewKey) -> dict[str, Any]:
    return {"front": made.key.front, "system": str(made.key.system_id), "key": str(made.text)}
