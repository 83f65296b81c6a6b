"""Casework: sign-in, the desk, and each room's pages for officers."""

from config.urls import HEALTH, Page, handler400, handler403, handler404, handler500, room

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PAGES: list[Page] = [
    *room("", "agencies.urls"),
    *room("", "desk.urls"),
    *room("", "referrals.urls.casework"),
]

urlpatterns = [*HEALTH, *PAGES]
