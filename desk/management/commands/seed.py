"""Make many referrals in the shape of the published statistics, for measuring and for trying things out."""

import json
import time
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from desk.actions.staff_agencies import staff_agencies
from desk.demonstration.beside import processes
from desk.demonstration.parts import Done, Part, parts_of, store_part
from desk.demonstration.ready import NotReady, localities, places_and_agencies


class Command(BaseCommand):
    help = "Make referrals with fictional people, spread over all areas and the last 18 months. No e-mail is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--referrals", type=int, required=True, metavar="N", help="how many")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same S makes the same ones")
        parser.add_argument("--json", action="store_true", help="print the counts for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store them in parts, beside each other where there are many, and say how fast it went."""
        if settings.PRODUCTION:
            raise CommandError("The people are made up and could never be taken out again: not with PRODUCTION=1.")
        now, correlation, began = timezone.now(), uuid4(), time.perf_counter()
        try:
            localities(places_and_agencies(now)[0])
        except NotReady as missing:
            raise CommandError(str(missing)) from None
        with recording(by=Agent.OPERATOR, correlation=correlation):
            staff = staff_agencies(by=Agent.OPERATOR, now=now)
        parts = [
            Part(number, count, options["seed"], now, correlation, staff)
            for number, count in enumerate(parts_of(options["referrals"]))
        ]
        self._say(_store(parts), time.perf_counter() - began, options["json"])

    def _say(self, done: list[Done], seconds: float, as_json: bool) -> None:
        """The rate, and what one referral costs in units of making its rows up, which asks no database."""
        made, making = sum(part.referrals for part in done), sum(part.making for part in done) / len(done)
        rate, ratio = round(made / seconds), round(seconds / made / making, 1) if made else 0.0
        if as_json:
            counts = {"referrals": made, "seconds": round(seconds, 2), "per_second": rate, "stored_to_made_up": ratio}
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(
                f"{made} referrals in {seconds:.1f} s, {rate} a second: {ratio} times what making them up alone takes."
            )


def _store(parts: list[Part]) -> list[Done]:
    if len(parts) == 1:
        return [store_part(parts[0])]
    with processes(len(parts), database=str(connection.settings_dict["NAME"])) as pool:
        return list(pool.map(store_part, parts))
