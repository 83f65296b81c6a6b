"""The surfaces: what the public may reach, what officers may reach, and both on one machine."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

from config.views import errors, health

Page = URLPattern | URLResolver

handler400: Callable[..., HttpResponse] = errors.bad_request
handler403: Callable[..., HttpResponse] = errors.forbidden
handler404: Callable[..., HttpResponse] = errors.not_found
handler500: Callable[..., HttpResponse] = errors.server_error

HEALTH: list[Page] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
