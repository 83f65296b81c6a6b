"""The front door: nobody signs in here, and no page of casework can even be named. Beside it the API, by keys."""

from django.conf import settings
from django.urls import include, path

from agencies.views import receipts
from config.urls import HEALTH, Page, handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

PAGES: list[Page] = [
    path("notify/receipts/", receipts.notify_receipt, name="notify-receipt"),
    path("", include("referrals.urls.public")),
]
API: list[Page] = [path("api/v1/", include("referrals.urls.api"))]
DEMONSTRATION: list[Page] = [path("demo/", include("config.demo.urls"))] if settings.DEMO else []

urlpatterns = [*HEALTH, *API, *DEMONSTRATION, *PAGES]
