"""Say how soon an agency is to take receipt, and to do the work after it."""

import json
from dataclasses import asdict, replace
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agencies.actions.set_targets import set_targets
from agencies.management.operating import agency_of
from agencies.selectors import all_targets
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from audit.refusals import Refused

NUMBERS = {
    "acknowledge_days": "working days in which receipt is to be taken",
    "supervisor_days": "further working days until the supervisors hear",
    "desk_days": "further working days until the national desk hears",
    "immediate_minutes": "minutes in which receipt is to be taken in immediate danger",
    "assign_days": "working days after receipt in which somebody is to be responsible",
    "finish_days": "working days in which a task is to be finished for which no date was chosen",
    "decide_matches_days": "working days in which a likely match is to be decided",
    "answer_requests_days": "working days in which a request for information is to be answered",
    "deconflict_days": "working days in which a deconfliction is to be answered",
    "review_days": "working days after which a police-led partnership is to be reviewed",
}


class Command(OperatorCommand):
    help = "Set local targets of an agency, or the default; what is left out stays. Holds for what begins from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--agency", metavar="CODE", help="code of the agency")
        which.add_argument("--default", action="store_true", help="of every agency without targets of its own")
        for name, words in NUMBERS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="N", help=words)
        parser.add_argument("--forget", action="store_true", help="go back to the default (of the agency, or the code)")
        parser.add_argument("--json", action="store_true", help="print what holds now for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store, and say what holds now."""
        agency = agency_of(options["agency"]) if options["agency"] else None
        key = agency.pk if agency else None
        stored = all_targets()
        given = {name: options[name] for name in NUMBERS if options[name] is not None}
        wanted = None if options["forget"] else replace(stored.get(key) or stored[None], **given)
        if wanted is not None and not given:
            raise CommandError("Give at least one number, or --forget.")
        try:
            set_targets(agency_id=key, targets=wanted, by=Agent.OPERATOR, now=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        stored = all_targets()
        holds = asdict(stored.get(key) or stored[None])
        if options["json"]:
            self.stdout.write(json.dumps({"agency": agency.code if agency else None, **holds}))
        else:
            said = "; ".join(f"{NUMBERS[name]}: {number}" for name, number in holds.items())
            self.stdout.write(f"{agency or 'The default'}: {said}.")
