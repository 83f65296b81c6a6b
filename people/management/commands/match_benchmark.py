"""How well earlier persons are found, with many present: people who do not exist, in a database of its own."""

import json
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Measure how well earlier persons are found. Takes a database of its own and drops it; see docs/matching.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        parser.add_argument(
            "--persons", type=int, default=1_000_000, metavar="N", help="how many are present (million)"
        )
        parser.add_argument(
            "--each", type=int, default=300, metavar="N", help="how many are asked about an origin (300)"
        )
        parser.add_argument(
            "--tuning", action="store_true", help="ask about the half of the names that weights were made of"
        )
        parser.add_argument("--weights", action="store_true", help="print what the weights are made of instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each data set."""
        if settings.PRODUCTION:
            raise CommandError("It makes a database of people who do not exist: not with PRODUCTION=1.")
        try:
            for line in self._lines(options):
                told = json.dumps(line) if options["json"] else "  ".join(f"{name} {line[name]}" for name in line)
                self.stdout.write(told)
                self.stdout.flush()
        except import_module("benchmarks.matching.febrl").NotInstalled as missing:
            raise CommandError(str(missing)) from None

    def _lines(self, options: dict[str, Any]) -> Any:
        # What measures is no part of the house: a node in production does not have it, nor what it draws names from.
        if options["weights"]:
            return import_module("benchmarks.matching.deriving").derive(each=options["each"], strangers=200_000)
        return import_module("benchmarks.matching.measuring").measure(
            persons=options["persons"], each=options["each"], tuning=options["tuning"]
        )
