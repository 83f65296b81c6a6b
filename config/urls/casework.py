"""Casework: sign-in, the desk, and each room's pages for officers."""

from django.urls import include, path

from config.urls import HEALTH, Page, handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PAGES: list[Page] = [
    path("", include("agencies.urls")),
    path("", include("desk.urls")),
    path("", include("referrals.urls.casework")),
]

urlpatterns = [*HEALTH, *PAGES]
