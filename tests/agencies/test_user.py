"""An account is stored by actions; the sign-in library may renew a password hash and nothing else."""

import pytest

from agencies.models import Agency, User
from audit.models import Entry
from audit.refusals import OffTheRecord
from tests.making import officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")


@pytest.mark.parametrize("fields", [None, ["is_active"], ["password", "email"]])
def test_nothing_but_a_renewed_hash_is_stored_outside_an_action(fields):
    officer = officer_of(Agency.objects.get(code="E08000038"))
    officer.email = "mallory@elsewhere.example"
    with pytest.raises(OffTheRecord):
        officer.save(update_fields=fields)
    assert not User.objects.filter(email=officer.email).exists()


def test_a_renewed_hash_is_stored_on_the_record_of_its_owner():
    officer = officer_of(Agency.objects.get(code="E08000038"))
    officer.set_password("another long pass phrase")
    officer.save(update_fields=["password"])
    entry = Entry.objects.get(object_id=officer.pk, kind=Entry.Kind.CHANGED)
    assert entry.actor == officer.pk
