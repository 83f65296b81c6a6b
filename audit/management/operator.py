"""What every command has that writes: it is on the record of the operator, who may say why."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.agents import Agent
from audit.context import recording


class OperatorCommand(BaseCommand):
    """A command on the record of the operator. What `--reason` says is sealed into every entry that it writes."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let every such command be given a reason, before its own arguments."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--reason", default="", metavar="WORDS", help="why this is done: kept on the ledger")
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Set the context once for the whole command."""
        with recording(by=Agent.OPERATOR, reason=options["reason"].strip()):
            return super().execute(*args, **options)
