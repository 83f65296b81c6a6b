"""What the commands have in common that write a page of docs/ from the code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.environment import CLONE


class PageCommand(BaseCommand):
    """Writes `page`, a path in the clone; a subclass says what stands in it."""

    page: str
    requires_system_checks = []

    def text(self, before: str) -> str:
        """The whole page as it should be; `before` is what stands there, or nothing."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        """Let it be asked whether the page is current."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is not current")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say whether anything had changed. Raises SystemExit with `--check` where the page is stale."""
        file = CLONE / self.page
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        text = self.text(before)
        current = before == text
        if not current and not options["check"]:
            file.write_text(text, encoding="utf-8")
        self.stdout.write(f"{'Current' if current else 'Stale' if options['check'] else 'Written'}: {self.page}")
        if options["check"] and not current:
            raise SystemExit(1)
