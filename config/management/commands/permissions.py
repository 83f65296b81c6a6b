"""Write docs/permissions.md from the code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agencies.permission_page import permission_page
from config.environment import CLONE

PAGE = "docs/permissions.md"


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is not current")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say whether anything had changed."""
        file, text = CLONE / PAGE, permission_page()
        current = file.exists() and file.read_text(encoding="utf-8") == text
        if not current and not options["check"]:
            file.write_text(text, encoding="utf-8")
        self.stdout.write(f"{'Current' if current else 'Stale' if options['check'] else 'Written'}: {PAGE}")
        if options["check"] and not current:
            raise SystemExit(1)
