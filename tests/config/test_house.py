"""The tests' own foundation."""

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_tests_connect_as_the_application_which_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        user, name = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        owned = cursor.fetchone()[0]
    assert (user, owned) == ("prevent_app", 0)
    assert name.startswith("test_")


def test_health_is_answered(client: Client):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json().items() >= {"status": "ok", "database": "ok"}.items()
