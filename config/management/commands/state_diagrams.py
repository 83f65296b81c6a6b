"""Write docs/states.md, a diagram of every state machine, from the code."""

from config.management.pages import PageCommand
from config.state_page import state_page


class Command(PageCommand):
    help = __doc__
    page = "docs/states.md"

    def text(self, before: str) -> str:
        """All of it is made."""
        return state_page()
