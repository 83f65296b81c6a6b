"""The room "people": persons and records."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
