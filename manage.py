#!/usr/bin/env python
"""Run a management command. Without DATABASE_URL it uses the embedded services, and stops what it started."""

import os
import sys

from config.embedded.attach import attached


def main() -> None:
    """Hand the command line to Django, with the services and secrets it needs in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with attached(sys.argv):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
