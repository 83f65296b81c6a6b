"""Every check of who may is taken away in turn, and each time a test must notice (tests/house/mutating.py)."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from config.environment import CLONE

pytestmark = pytest.mark.full


def without_each(of: Sequence[str], tests: Sequence[str], at: Path) -> dict[str, list[str]]:
    """Which checks of these files were noticed by these tests, and which survive."""
    report = at / "report.json"
    told = {"MUTATION_ONLY": " ".join(of), "MUTATION_REPORT": str(report)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.house.mutating", "-m", "not full and not browser", *tests],
        cwd=CLONE,
        env={name: value for name, value in os.environ.items() if name != "TEST_PREFIX"} | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    found: dict[str, list[str]] = json.loads(report.read_text())
    return found


def test_a_check_that_nothing_tests_survives(tmp_path: Path) -> None:
    found = without_each(["documents/permissions.py"], ["tests/documents/test_names.py"], tmp_path)
    assert not found["noticed"]
    assert len(found["survive"]) >= 10
