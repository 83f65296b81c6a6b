"""What every page may know about the installation. No database here: error pages use it too."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, bool | str]:
    """Whether this is a demonstration, which brand it shows, which surface it serves."""
    return {
        "is_demonstration": settings.DEMO,
        "govuk_brand": settings.GOVUK_BRAND,
        "service_name": settings.SERVICE_NAME,
        "surface": settings.SURFACE,
    }
