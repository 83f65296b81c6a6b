"""Both surfaces on one machine: the demonstration, development and tests."""

from config.urls import HEALTH, casework, handler400, handler403, handler404, handler500, public

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*HEALTH, *public.API, *public.DEMONSTRATION, *public.PAGES, *casework.PAGES]
