"""Playwright with the system's Chromium: no browser is downloaded."""

import os
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Playwright

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


@pytest.fixture(scope="session")
def connected_before() -> list[Any]:
    """The connections of this thread before Playwright's event loop runs in it."""
    return list(connections.all(initialized_only=True))


@pytest.fixture(scope="session")
def playwright(connected_before: list[Any], playwright: Playwright) -> Playwright:
    """The plugin's. While its event loop runs Django looks for connections in another place, and would open new ones:
    what a fixture of many tests has begun on one, as a transaction, goes on and ends on the same one."""
    for each in connected_before:
        connections[each.alias] = each
    return playwright
