"""Since when the pages know all that was done: a month that was detached is not there any more."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.utils import timezone

from agencies.roles import RoleName
from audit.access import looked
from audit.agents import Agent
from audit.models import Entry
from audit.partitions import known_since
from tests.desk.audit.reading import page
from tests.making import BARNSLEY, submitted
from tests.referrals.opening import in_role

pytestmark = pytest.mark.usefixtures("on_record")


def test_pages_know_what_was_done_since_the_first_entry_or_the_last_detached_month(client, own_database):
    with psycopg.connect(own_database.environment["MIGRATION_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("DELETE FROM audit_payload")
        owner.execute("DELETE FROM audit_entry")
        assert known_since() is None
        looked(kind=Entry.Kind.LISTED, by=Agent.OPERATOR, now=timezone.now())
        assert known_since() == Entry.objects.earliest("pk").at
        referral, auditor = submitted(), in_role(RoleName.AUDITOR, BARNSLEY)
        first = f"{timezone.localtime(known_since()):%-d %B %Y, %H:%M}"
        text = page(client, auditor, "audit-referral", referral.pk)
        assert f"Nobody has looked at this person since {first}." in text
        for name in ("2031_05", "2031_03", "9999_12", "zzz"):
            owner.execute(f"CREATE TABLE detached.audit_entry_{name} (LIKE audit_entry)")
        assert known_since() == datetime(2031, 6, 1, tzinfo=UTC)
        text = page(client, auditor, "audit-referral", referral.pk)
        assert "Nobody has looked at this person since 1 June 2031, 01:00." in text
        assert "This page knows what was done since 1 June 2031, 01:00." in text
