"""Play what went wrong once, and see what the software says."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agencies.models import Agency
from audit.agents import Agent
from audit.management.operator import OperatorCommand
from desk.actions.play_replay import Played, replay
from desk.replays.acting import COUNCIL, DESK, POLICE
from desk.replays.stage import NotSo
from desk.replays.stories import STORIES

# The outcome of one that could not be played to its end.
FAILED = "failed"


class Command(OperatorCommand):
    help = (
        "Play one of the replays with made-up people through the real actions, say what was allowed or refused, why, "
        "and take all of it back. docs/replays.md tells of them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=STORIES, metavar="NAME", help=", ".join(STORIES))
        parser.add_argument("--json", action="store_true", help="print it for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play it and print what came of it."""
        if settings.PRODUCTION:
            raise CommandError("The people are made up, and real ones may be like them: not with PRODUCTION=1.")
        needed = {POLICE, COUNCIL, DESK}
        if Agency.objects.filter(code__in=needed).count() < len(needed):
            raise CommandError("Places and agencies are not loaded. Run first: manage.py load_places")
        try:
            played = replay(options["name"], by=Agent.OPERATOR, now=timezone.now())
        except NotSo as fault:
            if options["json"]:
                self.stdout.write(
                    json.dumps({"replay": options["name"], "outcome": FAILED, "says": str(fault)}, ensure_ascii=False)
                )
            raise CommandError(
                f"It did not go as it is told, and all of it is taken back. {fault}\nIf somebody in this database has"
                " the name of one of its people, play it in another."
            ) from fault
        self.stdout.write(json.dumps(_told(played), ensure_ascii=False) if options["json"] else _in_words(played))


def _told(played: Played) -> dict[str, Any]:
    return {
        "replay": played.name,
        "asks": played.asks,
        "outcome": played.outcome,
        "reasons": _reasons(played.reasons),
        "steps": [
            {"says": step.says, "asked": step.asked, "outcome": step.outcome, "reasons": _reasons(step.reasons)}
            for step in played.steps
        ],
    }


def _reasons(found: Any) -> list[dict[str, str]]:
    return [{"code": code, "sentence": sentence} for code, sentence in found]


def _in_words(played: Played) -> str:
    lines = [played.asks, ""]
    for number, step in enumerate(played.steps, start=1):
        lines.append(f"{number:3}. {step.says}")
        lines += [f"     Refused ({code}): {sentence}" for code, sentence in step.reasons]
    return "\n".join([*lines, "", f"{played.name}: {played.outcome}"])
