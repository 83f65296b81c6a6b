"""The demonstration as an app, installed with DEMO=1 only."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Named `demo`."""

    name = "config.demo"
    label = "demo"
