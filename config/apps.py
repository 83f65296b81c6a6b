"""config as an app: only so that Django finds the management commands of the house."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Named `house`, so that no label is `config`."""

    name = "config"
    label = "house"
