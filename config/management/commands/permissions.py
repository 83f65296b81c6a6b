"""Write docs/permissions.md from the code."""

from agencies.permission_page import permission_page
from config.management.pages import PageCommand


class Command(PageCommand):
    help = __doc__
    page = "docs/permissions.md"

    def text(self, before: str) -> str:
        """All of it is made."""
        return permission_page()
