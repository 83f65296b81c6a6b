"""Pack the postcodes into the file that lookups search."""

from typing import Any

from django.core.management.base import BaseCommand

from agencies.postcode_file import PackedPostcodes, PostcodesUnavailable, write_packed
from agencies.postcode_source import british_postcodes, source_version
from agencies.postcodes import postcodes_file


class Command(BaseCommand):
    help = "Pack the postcodes of the installed data package into POSTCODES_FILE, unless that is up to date."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file atomically; a running server sees the new one at its next lookup."""
        path, version = postcodes_file(), source_version()
        if _packed_version() == version:
            self.stdout.write(f"{path} is up to date ({version}).")
            return
        count = write_packed(path, british_postcodes(), version=version)
        self.stdout.write(f"Packed {count} postcodes ({version}) into {path}.")


def _packed_version() -> str | None:
    try:
        return PackedPostcodes(postcodes_file()).version
    except PostcodesUnavailable:
        return None
