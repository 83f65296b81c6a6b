"""Everything a database needs before the house opens. Safe to run again at every start."""

from io import StringIO
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Pack the postcodes, migrate as the owner, load the places, make search rows; on request the demonstration."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The one choice."""
        parser.add_argument("--demonstration", action="store_true", help="seed an empty embedded database")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps in order; a step does nothing where it has been done."""
        steps = [
            "pack_postcodes",
            "migrate",
            "load_places",
            "build_facts",
            "build_search_rows",
            *(["demo"] if options["demonstration"] else []),
        ]
        known = get_commands()
        for step in steps:
            if step in known:
                # Only the demonstration has something to say: whom to sign in as.
                call_command(step, stdout=self.stdout if step == "demo" else StringIO(), stderr=self.stderr)
