"""What was changed past the house takes no page of the ledger down: the page says so, and what is to be done."""

from collections.abc import Callable

import psycopg
import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from agencies.roles import RoleName
from audit.access import looked
from audit.agents import Agent
from audit.context import recording
from audit.keys import HOUSE, HouseKeyGone
from audit.models import DataKey, Entry
from tests.database import OwnDatabase
from tests.desk.audit.reading import opened, page, sentences
from tests.making import BARNSLEY, officer_of, submitted
from tests.referrals.looking import stated
from tests.referrals.opening import in_role, reviewer

pytestmark = pytest.mark.usefixtures("own_database", "on_record")
WARNING = "What this entry holds was changed: have the ledger verified."


@pytest.fixture
def past_the_house(own_database: OwnDatabase) -> Callable[..., None]:
    """Do something as the owner of the database."""

    def do(statement: str, *values: object) -> None:
        with psycopg.connect(own_database.environment["MIGRATION_DATABASE_URL"], autocommit=True) as owner:
            owner.execute(statement, values)

    return do


@pytest.fixture
def look(past_the_house):
    """A look at a referral, and its officer's purpose."""
    officer = officer_of(Agency.objects.get(code=BARNSLEY))
    referral = submitted()
    stated(referral, by=officer)
    opened(referral, by=officer)
    return Entry.objects.filter(actor=officer.pk, kind=Entry.Kind.VIEWED).latest("pk")


@pytest.fixture
def auditor():
    """Made when the council is there."""
    return in_role(RoleName.AUDITOR, BARNSLEY, name="Imran Telford")


@pytest.mark.parametrize(
    ("statement", "times"),
    [
        ("UPDATE audit_payload SET sealed = sealed || '\\x00' WHERE entry_id = %s", 1),
        ("UPDATE audit_payload SET sealed = '\\x00' WHERE entry_id = %s", 1),
        ("UPDATE audit_payload SET key_of = gen_random_uuid() WHERE entry_id = %s", 1),
        ("UPDATE audit_payload SET at = at + interval '1 second' WHERE entry_id = %s", 1),
        ("DELETE FROM audit_payload WHERE entry_id = %s", 1),
        ("UPDATE audit_entry SET kind = 'nonsense' WHERE id = %s", 1),
        (
            "INSERT INTO audit_payload SELECT entry_id, key_of, sealed, now() FROM audit_payload WHERE entry_id = %s",
            2,
        ),
    ],
)
def test_a_page_says_of_which_entry_what_it_holds_was_changed(client, auditor, look, past_the_house, statement, times):
    assert WARNING not in page(client, auditor, "audit")
    past_the_house(statement, look.pk)
    for reader, name, args in (
        (auditor, "audit", ()),
        (reviewer(), "audit", ()),
        (auditor, "audit-user", (look.actor,)),
        (auditor, "audit-referral", (look.object_id,)),
    ):
        assert page(client, reader, name, *args).count(WARNING) == times, name


def test_an_unknown_kind_is_said_to_be_none(auditor, look, past_the_house):
    past_the_house("UPDATE audit_entry SET kind = 'nonsense', object_type = 'nonsense' WHERE id = %s", look.pk)
    (said,) = sentences(auditor, pk=look.pk)
    assert "Osian Achterberg" in said and "did something for which this service has no words" in said


def test_what_else_was_changed_is_not_shown(client, auditor, look, past_the_house):
    past_the_house("UPDATE referrals_recordpurpose SET words = words || '\\x00'")
    past_the_house("UPDATE referrals_referral SET answers = answers || '\\x00'")
    assert "They gave as purpose" in page(client, auditor, "audit-user", look.actor)


def test_a_house_key_that_is_gone_is_not_made_anew(client, auditor, look, past_the_house):
    looked(kind=Entry.Kind.LISTED, by=Agent.OPERATOR, now=timezone.now(), referrals=[])
    client.raise_request_exception = False
    client.force_login(auditor)
    assert client.get(reverse("desk:audit")).status_code == 200
    past_the_house("DELETE FROM audit_datakey WHERE subject = %s", HOUSE)
    assert client.get(reverse("desk:audit")).status_code == 500, "nothing is shown that cannot be on the record"
    assert not DataKey.objects.filter(subject=HOUSE).exists()
    with recording(by=Agent.OPERATOR), pytest.raises(HouseKeyGone, match="Restore"):
        looked(kind=Entry.Kind.LISTED, by=Agent.OPERATOR, now=timezone.now(), referrals=[])
