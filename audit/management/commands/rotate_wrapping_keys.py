"""A new wrapping key was put in front: let it wrap everything, so that the old one can go."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from audit.actions.rotate_wrapping_keys import AT_ONCE, rotate_wrapping_keys
from audit.agents import Agent
from audit.keys import count_by_wrapping_key
from audit.management.operator import OperatorCommand
from audit.wrapping import wrapping_keys


class Command(OperatorCommand):
    help = (
        "Wrap all data keys anew by the first of DATA_KEY_WRAPPING_KEYS, while the house runs. May be stopped and run "
        "again. Says how many are left under which other key; fails while there are any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=AT_ONCE, metavar="N", help=f"keys a transaction ({AT_ONCE})")
        parser.add_argument("--json", action="store_true", help="print what was done for a machine")

    def handle(self, *args: Any, **options: Any) -> None:
        """Batch after batch, each a transaction of its own. Raises CommandError without a key, or while any is left."""
        try:
            newest, *older = wrapping_keys()
        except ImproperlyConfigured as fault:
            raise CommandError(str(fault)) from None
        rotated = sum(_batches(options["batch"]))
        left = {name: count for name, count in count_by_wrapping_key().items() if name != newest}
        if options["json"]:
            self.stdout.write(json.dumps({"rotated": rotated, "wrapping_key": newest, "left": left}))
        else:
            self.stdout.write(f"{rotated} data keys were wrapped anew by {newest}.")
            for name in sorted(set(older) - set(left)):
                self.stdout.write(f"{name} wraps nothing any more. Backups of before still need it.")
        if left:
            said = ", ".join(
                f"{count} by {name}{'' if name in older else ' (not in the list)'}" for name, count in left.items()
            )
            raise CommandError(
                f"Still wrapped by other keys: {said}. Run it again once every process has {newest} in front."
            )


def _batches(size: int) -> Iterator[int]:
    after: UUID | None = None
    while True:
        batch = rotate_wrapping_keys(after=after, at_most=size, by=Agent.OPERATOR, now=timezone.now())
        if not batch.found:
            return
        yield batch.rotated
        after = batch.after
