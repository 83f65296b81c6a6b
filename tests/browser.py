"""Playwright with the system's Chromium: no browser is downloaded."""

import os
from typing import Any

import pytest

from config.run.programs import CHROMIUM, find


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch what is installed; as root Chromium's sandbox cannot be had."""
    path = find(CHROMIUM)
    if path is None:
        pytest.fail(CHROMIUM.advice)
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A British reader."""
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}
