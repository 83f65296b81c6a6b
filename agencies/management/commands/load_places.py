"""Load the reference data of places, and an agency for each that receives referrals."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from agencies.actions.load_agencies import load_agencies
from agencies.actions.load_places import load_places
from agencies.areas import FIXTURE, read_areas
from audit.agents import Agent
from audit.management.operator import OperatorCommand


class Command(OperatorCommand):
    help = "Bring the places to what agencies/data/places.csv says. Running it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=FIXTURE, help="another CSV file with the same columns")
        parser.add_argument("--json", action="store_true", help="print the counts for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        areas = read_areas(options["file"])
        now = timezone.now()
        loaded = load_places(areas=areas, by=Agent.OPERATOR, now=now)
        agencies = load_agencies(areas=areas, by=Agent.OPERATOR, now=now)
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(loaded), "agencies": agencies}))
        else:
            self.stdout.write(
                f"Places: {loaded.created} new, {loaded.changed} changed, {loaded.closed} closed; "
                f"{agencies} new agencies."
            )
