"""What is looked up in long tables is found by an index, however long they grow."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet

from agencies.models import Agency, Notice
from agencies.selectors import undelivered_notices, unfinished_handlings
from tests.making import officer_of

pytestmark = pytest.mark.usefixtures("db", "on_record")


def plan(found: "QuerySet[Any]") -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    return found.explain()


def test_mail_that_goes_with_a_key():
    assert "notice_key_of" in plan(Notice.objects.filter(key_of=uuid4()))


def test_mail_and_reactions_that_were_given_up():
    overseer = officer_of(Agency.objects.get(code="system"))
    assert "agencies_notice_dead" in plan(undelivered_notices(overseer))
    assert "audit_handling_dead" in plan(unfinished_handlings(overseer))
