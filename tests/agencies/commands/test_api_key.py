"""`manage.py api_key`: what an operator does about keys."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import ApiKey

pytestmark = pytest.mark.usefixtures("db")


def run(*arguments):
    out = StringIO()
    call_command("api_key", "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_connecting_listing_rotating_and_revoking():
    made = run("connect", "--partner", "Hollybrook Trust", "--name", "Pupil records", "--scope", "referrals:send")
    assert made["key"].startswith(f"prevent_{made['front']}_")
    (row,) = run("list")
    assert (row["organisation"], row["works"], row["last_used"]) == ("Hollybrook Trust", True, None)
    new = run("rotate", made["front"], "--days", "1")
    assert {each["front"]: bool(each["ends"]) for each in run("list")} == {made["front"]: True, new["front"]: False}
    assert run("revoke", new["front"], "--why", "Lost")["revoked"]
    assert ApiKey.objects.get(front=new["front"]).revoked_why == "Lost"


def test_an_agencys_system_is_connected_by_the_agencys_code():
    run("connect", "--agency", "e08000038", "--name", "Casebook", "--scope", "referrals:receive")
    assert run("list")[0]["organisation"].startswith("Barnsley")


def test_people_read_it_too():
    out = StringIO()
    call_command("api_key", "connect", "--partner", "A", "--name", "B", "--scope", "referrals:send", stdout=out)
    assert "key: prevent_" in out.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        ["rotate", "nothing"],
        ["revoke", "nothing", "--why", "x"],
        ["connect", "--partner", "A", "--name", "B", "--scope", "referrals:receive"],
    ],
)
def test_what_cannot_be_done_is_said(arguments):
    with pytest.raises(CommandError):
        run(*arguments)
    assert not ApiKey.objects.exists()


def test_days_are_not_negative():
    made = run("connect", "--partner", "A", "--name", "B", "--scope", "referrals:send")
    with pytest.raises(CommandError, match="fewer"):
        run("rotate", made["front"], "--days", "-1")
