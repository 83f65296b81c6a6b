"""Gather the public words, keep their Welsh, list them for a translator, compile: `make messages`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.catalogue.compiling import compile_catalogues
from config.catalogue.gathering import FILE, as_text, brought_up_to_date, is_translated, read
from config.catalogue.listing import LIST, listing


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where something has changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many words still wait for their Welsh."""
        catalogue = brought_up_to_date(read())
        files = {FILE: as_text(catalogue), LIST: listing(catalogue)}
        stale = [file for file, text in files.items() if not file.exists() or file.read_text(encoding="utf-8") != text]
        for file in stale:
            if not options["check"]:
                file.write_text(files[file], encoding="utf-8")
            self.stdout.write(f"{'Stale' if options['check'] else 'Written'}: {file.name}")
        compile_catalogues()
        waiting = [message.id for message in catalogue if message.id and not is_translated(message)]
        for words in waiting:
            self.stdout.write(f"Without Welsh: {words}")
        if options["check"] and (stale or waiting):
            raise SystemExit(1)
