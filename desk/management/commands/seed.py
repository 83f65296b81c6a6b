"""Make many referrals in the shape of the published statistics, for measuring and for trying things out."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from audit.agents import Agent
from audit.context import recording
from desk.actions.seed_referrals import seed_referrals
from desk.actions.staff_agencies import staff_agencies
from desk.demonstration.collecting import rarely_collecting
from desk.demonstration.imagining import Imagination
from desk.demonstration.ready import NotReady, localities, places_and_agencies
from desk.demonstration.rhythm import Rhythm
from desk.demonstration.rows import House, rows_of

BATCH = 1000


class Command(BaseCommand):
    help = "Make referrals with fictional people, spread over all areas and the last 18 months. No e-mail is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--referrals", type=int, required=True, metavar="N", help="how many")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same S makes the same ones")
        parser.add_argument("--json", action="store_true", help="print the counts for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store batch after batch, each in a transaction of its own, and say how fast it went."""
        if settings.PRODUCTION:
            raise CommandError("The people are made up and could never be taken out again: not with PRODUCTION=1.")
        now, correlation, count = timezone.now(), uuid4(), options["referrals"]
        try:
            places, agencies = places_and_agencies(now)
            source = Imagination(
                options["seed"], localities=localities(places), rhythm=Rhythm(timezone.localdate(now)), until=now
            ).referrals(count)
        except NotReady as missing:
            raise CommandError(str(missing)) from None
        with recording(by=Agent.OPERATOR, correlation=correlation):
            house = House(places, agencies, staff_agencies(by=Agent.OPERATOR, now=now))
        began = time.perf_counter()
        rows = rows_of(islice(source, BATCH), house).seal()
        making = (time.perf_counter() - began) / max(1, len(rows.referrals))
        made = 0
        # While the database stores one batch, the next is made: what is kept in memory is two batches.
        with rarely_collecting(), ThreadPoolExecutor(1) as ahead:
            while rows.referrals:
                coming = ahead.submit(lambda: rows_of(islice(source, BATCH), house).seal())
                # A context for each batch: the opened keys of one are forgotten before the next.
                with recording(by=Agent.OPERATOR, correlation=correlation):
                    seed_referrals(rows=rows, by=Agent.OPERATOR, now=now)
                made += len(rows.referrals)
                rows = coming.result()
        self._say(made, time.perf_counter() - began, making, options["json"])

    def _say(self, made: int, seconds: float, making: float, as_json: bool) -> None:
        """The rate, and what one referral costs in units of making its first batch up, which asks no database."""
        rate, ratio = round(made / seconds), round(seconds / made / making, 1) if made else 0.0
        if as_json:
            counts = {"referrals": made, "seconds": round(seconds, 2), "per_second": rate, "stored_to_made_up": ratio}
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(
                f"{made} referrals in {seconds:.1f} s, {rate} a second: {ratio} times what making them up alone takes."
            )
