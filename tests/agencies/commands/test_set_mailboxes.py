"""An operator says where an agency's e-mail goes."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Agency
from audit.models import Entry

pytestmark = pytest.mark.django_db


def mailboxes() -> tuple[str, str]:
    agency = Agency.objects.get(code="E08000035")
    return agency.email, agency.duty_email


def test_both_mailboxes_are_set_on_the_record():
    entries, out = Entry.objects.count(), StringIO()
    call_command(
        "set_mailboxes",
        "E08000035",
        email="prevent@leeds.example",
        duty_email="duty@leeds.example",
        json=True,
        stdout=out,
    )
    assert mailboxes() == ("prevent@leeds.example", "duty@leeds.example")
    assert json.loads(out.getvalue())["agency"] == "E08000035"
    assert Entry.objects.count() > entries


def test_the_duty_contact_stays_when_only_the_other_is_named():
    call_command(
        "set_mailboxes", "E08000035", email="a@leeds.example", duty_email="duty@leeds.example", stdout=StringIO()
    )
    out = StringIO()
    call_command("set_mailboxes", "e08000035", email="b@leeds.example", stdout=out)
    assert mailboxes() == ("b@leeds.example", "duty@leeds.example")
    assert "duty@leeds.example" in out.getvalue()


@pytest.mark.parametrize(
    ("code", "addresses", "says"),
    [
        ("leeds", {"email": "a@leeds.example"}, "code leeds.*ctp-north-east.*E08000035"),
        ("E08000035", {"email": "leeds"}, "leeds is not an e-mail address"),
        ("E08000035", {"email": "a@leeds.example", "duty_email": "duty"}, "duty is not an e-mail address"),
    ],
)
def test_a_wrong_code_or_address_is_refused_and_nothing_changes(code, addresses, says):
    before = mailboxes()
    with pytest.raises(CommandError, match=says):
        call_command("set_mailboxes", code, **addresses)
    assert mailboxes() == before
