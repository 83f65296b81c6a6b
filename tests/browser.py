"""Playwright with the system's Chromium: no browser is downloaded."""

import os
import shutil
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The system's Chromium, or the one that CHROMIUM names."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch what is installed; as root Chromium's sandbox cannot be had."""
    path = chromium()
    if path is None:
        pytest.fail("No Chromium found. Install Debian's package `chromium`, or set CHROMIUM to a browser's path.")
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A British reader."""
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}
