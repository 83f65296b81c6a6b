"""Write the table of docs/triage.md from the code."""

from config.management.pages import PageCommand
from triage.page import with_table


class Command(PageCommand):
    help = __doc__
    page = "docs/triage.md"

    def text(self, before: str) -> str:
        """The table alone is made. Raises ValueError where the page has no place for it."""
        return with_table(before)
