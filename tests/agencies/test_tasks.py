"""What the agencies room sweeps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.models import Session
from agencies.tasks import sweep_sessions


@pytest.mark.django_db
def test_sessions_that_have_run_out_are_deleted_and_others_stay():
    now = timezone.now()
    for key, expires in (("gone", now - timedelta(seconds=1)), ("here", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    sweep_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["here"]
