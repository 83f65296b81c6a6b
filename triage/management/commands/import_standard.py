"""Read a version of the minimum process standards from a file, as a draft."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from audit.agents import Agent
from audit.management.operator import OperatorCommand
from audit.refusals import NotNow
from triage.actions.draft_standard import draft_standard
from triage.standard_file import read_standard


class Command(OperatorCommand):
    help = "Make a draft of a file, which headquarters read, change and publish. The example: triage/data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a JSON file as triage/data/standard_1.json")
        parser.add_argument("--json", action="store_true", help="print the counts for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draft it, and say what came of it. Raises CommandError with the reason where nothing does."""
        try:
            told = read_standard(options["file"])
            draft = draft_standard(steps=told.steps, origin=told.origin, by=Agent.OPERATOR, now=timezone.now())
        except (OSError, ValueError, NotNow) as wrong:
            raise CommandError(str(wrong)) from wrong
        said: dict[str, object] = {"version": draft.number, "steps": len(told.steps)}
        words = f"Version {draft.number} is drafted, with {len(told.steps)} steps."
        if told.note:
            said["note"] = told.note
            words += f" To be said when it is published: {told.note}"
        self.stdout.write(json.dumps(said) if options["json"] else words)
