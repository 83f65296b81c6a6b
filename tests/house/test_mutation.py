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
    chosen = ["-m", "not full and not browser and not fault", "-k", "not schemathesis and not test_bad_input"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.house.mutating", *chosen, *tests],
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


# What each action asks although what it does beneath asks it again: whoever reads it need not know what is beneath.
ASKED_AGAIN = {
    "agencies/actions/connect_partner.py connect_partner: require(by, Permission.API_KEY_MANAGE)",
    "agencies/actions/connect_system.py connect_system: require(by, Permission.API_KEY_MANAGE)",
    "agencies/actions/rotate_api_key.py rotate_api_key: require(by, Permission.API_KEY_MANAGE)",
    "agencies/actions/send_invitation.py send_invitation: require(by, Permission.USER_CREATE)",
    "desk/actions/connect_systems.py connect_systems: require(by, Permission.DEMONSTRATION_SEED)",
    "referrals/actions/dispatch_referral.py dispatch_referral: check_can_submit(by)",
    "referrals/actions/submit_referral.py submit_referral: check_can_submit(by)",
    "referrals/actions/withdraw_referral.py withdraw_referral: require(by, Permission.REFERRAL_WITHDRAW)",
}
# Who is asked about everything, and the tests of the rooms that are asked besides.
EVERYBODY = ("tests/house/test_every_action.py", "tests/house/matrix")
# What is kept from somebody is decided in the room of agencies; what it is, is a referral: there it is tried.
_KEPT = (
    "actions/test_restrict_referral",
    "test_mail_kept",
    "test_mail_waiting",
    "test_named_only",
    "test_webhooks_kept",
)
ROOMS = {
    "agencies": ("tests/agencies", "tests/desk", *(f"tests/referrals/{name}.py" for name in _KEPT)),
    "documents people desk": ("tests/documents", "tests/people", "tests/desk", "tests/referrals/test_permissions.py"),
    "referrals": ("tests/referrals", "tests/desk"),
}


@pytest.mark.parametrize("rooms", ROOMS)
def test_every_check_that_is_gone_is_noticed(rooms: str, tmp_path: Path) -> None:
    found = without_each([f"{room}/" for room in rooms.split()], [*EVERYBODY, *ROOMS[rooms]], tmp_path)
    assert len(found["noticed"]) > 30
    assert set(found["survive"]) == {each for each in ASKED_AGAIN if each.startswith(tuple(rooms.split()))}
