"""An operator can make the first account of an installation, and no password ever stands on a command line."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agencies.management.commands import add_user
from agencies.models import Agency, Membership, User
from agencies.permissions import Permission, can

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase"
EMAIL = "first@leeds.example"


def add(monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD, **changes: str) -> dict[str, Any]:
    options = {"name": "Nerys Whitaker", "agency": "E08000035", "role": "authority_lead", **changes}
    out = StringIO()
    monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
    call_command("add_user", EMAIL, password_stdin=True, json=True, stdout=out, **options)
    done: dict[str, Any] = json.loads(out.getvalue())
    return done


def test_the_first_user_can_sign_in_and_work(monkeypatch):
    done = add(monkeypatch)
    user = User.objects.get(email=EMAIL)
    assert (done["id"], done["created"], done["membership_added"]) == (str(user.pk), True, True)
    assert user.check_password(PASSWORD)
    assert can(user, Permission.DISPATCH_READ, agency=Agency.objects.get(code="E08000035"))


def test_an_account_that_exists_gets_the_role_and_keeps_its_password(monkeypatch):
    add(monkeypatch)
    done = add(monkeypatch, password="another pass phrase", agency="E08000032")
    assert (done["created"], done["membership_added"]) == (False, True)
    assert User.objects.get().check_password(PASSWORD)
    assert Membership.objects.count() == 2


def test_running_it_again_changes_nothing(monkeypatch):
    add(monkeypatch)
    assert add(monkeypatch)["membership_added"] is False
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"role": "chief"}, "no role chief.*authority_lead.*system_administrator"),
        ({"agency": "nowhere"}, "code nowhere.*ctp-north-east.*national-police-desk.*system.*E08000035"),
        ({"role": "ctp_officer"}, "does not exist in an agency like"),
        ({"password": "short"}, "too short"),
        ({"password": ""}, "empty"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can_and_nothing_is_stored(monkeypatch, changes, says):
    with pytest.raises(CommandError, match=says):
        add(monkeypatch, **changes)
    assert not User.objects.exists()


def test_what_is_no_address_is_refused():
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("add_user", "first", name="Nerys Whitaker", agency="E08000035", role="authority_lead")


def test_at_a_terminal_the_password_is_asked_for_twice(monkeypatch):
    typed = iter([PASSWORD, "something else entirely", PASSWORD, PASSWORD])
    monkeypatch.setattr(add_user, "getpass", lambda _prompt: next(typed))
    words = {"name": "Nerys Whitaker", "agency": "E08000035", "role": "authority_lead"}
    with pytest.raises(CommandError, match="differ"):
        call_command("add_user", EMAIL, **words)
    out = StringIO()
    call_command("add_user", EMAIL, stdout=out, **words)
    assert User.objects.get().check_password(PASSWORD)
    assert "authority_lead" in out.getvalue()
    assert PASSWORD not in out.getvalue()
