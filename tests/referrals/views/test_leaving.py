"""Leaving while the database cannot follow."""

import psycopg
from django.conf import settings
from django.db import connection

from referrals.models import Draft
from tests.database import OwnDatabase
from tests.referrals.views.conftest import Visitor


def test_whoever_leaves_gets_away_though_the_draft_cannot_be_destroyed_yet(own_database: OwnDatabase) -> None:
    visitor = Visitor()
    visitor.begin()
    with psycopg.connect(own_database.environment["DATABASE_URL"]) as other, connection.cursor() as cursor:
        other.execute("SELECT FROM referrals_draft FOR UPDATE")
        cursor.execute("SET lock_timeout = '50ms'")
        response = visitor.get("/leave/")
    assert response.headers["Location"] == settings.EXIT_PAGE_URL
    assert visitor.cookies["front-door"].value == ""
    assert Draft.objects.exists()
