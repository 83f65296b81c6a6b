"""Casework: sign-in, the desk, and each room's pages for officers."""

from django.urls import include, path

from config.urls import HEALTH, Page, handler400, handler403, handler404, handler500
from config.views import root

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PAGES: list[Page] = [
    path("", include("agencies.urls")),
    path("", include("desk.urls")),
    path("", include("documents.urls")),
    path("", include("referrals.urls.casework")),
    path("", include("triage.urls")),
]

# Where the front door stands on the same machine, the shortest address is its own.
ROOT: list[Page] = [path("", root.casework, name="casework")]

urlpatterns = [*HEALTH, *ROOT, *PAGES]
