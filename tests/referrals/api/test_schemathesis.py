"""schemathesis asks the live house, with a real key, all that its document allows and much that it does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agencies.scopes import Scope
from config.environment import CLONE
from tests.making import TEACHER, dispatch_to_police, submitted
from tests.referrals.api.calling import Caller, agency_key

ST = Path(sys.executable).with_name("st")

# As a client does, each referral gets a key of its own: otherwise two different ones under one key are refused.
HOOKS = """
import re
from uuid import uuid4

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    sent = (case.headers or {}).get("Idempotency-Key")
    if sent is not None and re.fullmatch(r'[A-Za-z0-9._:-]{1,128}|"[A-Za-z0-9._:-]{1,128}"', str(sent)):
        case.headers["Idempotency-Key"] = str(uuid4())
"""


def findings(site, tmp_path, *arguments: str) -> str:
    """What schemathesis has to say of the live house; empty where it finds nothing."""
    referral = submitted(TEACHER)
    dispatch = dispatch_to_police(referral)
    key = agency_key(dispatch.agency, list(Scope))
    linked = Caller(key).put(f"/api/v1/dispatches/{dispatch.pk}/link", {"case_number": "A", "status": "B"})
    assert linked.status_code == 200
    (tmp_path / "hooks_of_a_client.py").write_text(HOOKS)
    (tmp_path / "schemathesis.toml").write_text(
        f"""
hooks = "hooks_of_a_client.py"
auth.openapi.ByKey = {{ bearer = "{key.text}" }}

[parameters]
"path.dispatch_id" = "{dispatch.pk}"

[[operations]]
include-name = "GET /api/v1/referrals/{{referral_id}}"
parameters = {{ "path.referral_id" = "{referral.pk}" }}
# What a sender made is found at its status; this address is for receivers.
checks.ensure_resource_availability.enabled = false
"""
    )
    ran = subprocess.run(
        [str(ST), "--config-file", str(tmp_path / "schemathesis.toml"), "run", site.at("/api/v1/openapi.json"),
         "--checks", "all",
         "--no-color", "--suppress-health-check", "all", *arguments],
        cwd=tmp_path, capture_output=True, text=True, timeout=1800, env={**os.environ, "PYTHONPATH": str(CLONE)},
    )  # fmt: skip
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


@pytest.mark.usefixtures("on_record")
def test_schemathesis_finds_nothing(site, tmp_path):
    found = findings(
        site, tmp_path, "--max-examples", "8", "--generation-deterministic", "--phases", "examples,fuzzing,stateful"
    )
    assert not found, found[-6000:]


@pytest.mark.full
@pytest.mark.usefixtures("on_record")
def test_schemathesis_finds_nothing_in_a_large_run(site, tmp_path):
    found = findings(site, tmp_path, "--max-examples", "200")
    assert not found, found[-20000:]
