"""docs/api.md is true: its program runs, and it names every operation."""

import os
import re
import subprocess
import sys

import pytest

from config.environment import CLONE
from referrals.form import FORM_VERSION, VERSIONS
from referrals.models import Referral
from referrals.urls.api import api
from tests.referrals.api.calling import partner_key

TEXT = (CLONE / "docs/api.md").read_text()


def test_the_program_in_the_documentation_sends_a_referral(site):
    (program,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    environment = {**os.environ, "API": site.at("/api/v1"), "KEY": str(partner_key().text)}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    referral = Referral.objects.get()
    assert ran.stdout.split() == [referral.reference, "received"]


def test_the_documentation_uses_a_version_of_the_form_that_is_taken():
    (version,) = re.findall(r'"form_version": "([^"]+)"', TEXT)
    assert version in VERSIONS
    assert FORM_VERSION in VERSIONS


@pytest.mark.django_db
def test_the_documentation_names_every_operation():
    paths = api.get_openapi_schema()["paths"]
    assert len(paths) >= 5
    for path in paths:
        assert re.sub(r"\{\w+\}", "{id}", path) in TEXT
