"""The room "desk": the pages that show several rooms at once."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
