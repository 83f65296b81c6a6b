"""The systems of agencies that are told of events: list, add, test, rotate, disable, enable, replay."""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agencies.actions.create_endpoint import create_endpoint
from agencies.actions.disable_endpoint import disable_endpoint
from agencies.actions.enable_endpoint import enable_endpoint
from agencies.actions.replay_delivery import replay_delivery
from agencies.actions.rotate_secret import rotate_secret
from agencies.actions.send_test_event import send_test_event
from agencies.forms.endpoint import checked
from agencies.management.operating import agency_of
from agencies.selectors import endpoints, undelivered_events
from agencies.webhooks.addresses import AddressRefused
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from audit.refusals import Refused

Told = dict[str, Any]


class Command(OperatorCommand):
    help = "Endpoints of agencies' own systems. They are sent ids and types of events, never personal data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print what was done for a machine")
        verbs = parser.add_subparsers(dest="verb", required=True, parser_class=ArgumentParser)
        verbs.add_parser("list", help="every endpoint, and the events that were given up")
        add = verbs.add_parser("add", help="add an endpoint and print its secret, this once")
        add.add_argument("agency", help="code of the agency")
        add.add_argument("url", help="https://...")
        for verb, words in (
            ("test", "send a test event"),
            ("rotate", "print a new secret; the old one holds beside it for a while"),
            ("disable", "stop calling it"),
            ("enable", "call it again"),
        ):
            made = verbs.add_parser(verb, help=words)
            made.add_argument("id", type=UUID, help="id of the endpoint")
            if verb == "rotate":
                made.add_argument("--at-once", action="store_true", help="end the old secret now: others have seen it")
        verbs.add_parser("replay", help="send a dead event again").add_argument("id", type=UUID, help="id of the row")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it on the record of the operator. Raises CommandError with the rule that refused."""
        verb: Callable[[Told], Any] = getattr(self, f"do_{options['verb']}")
        try:
            done = verb(options)
        except AddressRefused as refused:
            raise CommandError(str(refused.why)) from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except ObjectDoesNotExist:
            raise CommandError(f"There is none with the id {options['id']}.") from None
        if options["json"]:
            self.stdout.write(json.dumps(done))
            return
        for row in done if isinstance(done, list) else [done]:
            self.stdout.write("  ".join(f"{name}: {value}" for name, value in row.items()))

    def do_list(self, options: Told) -> list[Told]:
        found: list[Any] = list(endpoints())
        rows: list[Told] = [
            {
                "endpoint": str(each.pk), "agency": each.agency.code, "url": each.url, "waiting": each.waiting,
                "given_up": each.given_up, "enabled": each.disabled_at is None, "failures": each.failures,
            }
            for each in found
        ]  # fmt: skip
        rows += [
            {"dead": str(each.pk), "agency": each.endpoint.agency.code, "type": each.type, "why": each.why}
            for each in undelivered_events()
        ]
        return rows

    def do_add(self, options: Told) -> Told:
        agency, url = agency_of(options["agency"]), checked(options["url"])
        endpoint, secret = create_endpoint(agency_id=agency.pk, url=url, by=Agent.OPERATOR, now=timezone.now())
        return {"endpoint": str(endpoint.pk), "agency": agency.code, "secret": secret}

    def do_test(self, options: Told) -> Told:
        sent = send_test_event(endpoint_id=options["id"], by=Agent.OPERATOR, now=timezone.now())
        return {"endpoint": str(options["id"]), "event": str(sent.event)}

    def do_rotate(self, options: Told) -> Told:
        secret = rotate_secret(
            endpoint_id=options["id"], at_once=options["at_once"], by=Agent.OPERATOR, now=timezone.now()
        )
        return {"endpoint": str(options["id"]), "secret": secret}

    def do_disable(self, options: Told) -> Told:
        disable_endpoint(endpoint_id=options["id"], by=Agent.OPERATOR, now=timezone.now())
        return {"endpoint": str(options["id"]), "enabled": False}

    def do_enable(self, options: Told) -> Told:
        enable_endpoint(endpoint_id=options["id"], by=Agent.OPERATOR, now=timezone.now())
        return {"endpoint": str(options["id"]), "enabled": True}

    def do_replay(self, options: Told) -> Told:
        sent = replay_delivery(delivery_id=options["id"], by=Agent.OPERATOR, now=timezone.now())
        return {"endpoint": str(sent.endpoint_id), "event": str(sent.event)}
