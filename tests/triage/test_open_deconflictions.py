"""What came in before deconfliction did is asked about by a command, once."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from audit.agents import Agent
from tests.making import submitted
from tests.triage.deconflicting import opened
from triage.models import Deconfliction

pytestmark = pytest.mark.usefixtures("db", "on_record")


def said(**options):
    out = StringIO()
    call_command("open_deconflictions", stdout=out, **options)
    return out.getvalue()


def test_every_referral_that_never_had_one_gets_one_and_only_once():
    opened(submitted())
    bare = submitted()
    assert json.loads(said(json=True)) == {"opened": 1}
    assert Deconfliction.objects.get(referral=bare).opened_by == Agent.OPERATOR.pk
    assert said() == "0 deconflictions opened.\n"
