"""A page that stores what a submission stores by raw psycopg, in one transaction, behind the same web server."""

import os
import pickle
import threading
from pathlib import Path
from uuid import UUID

import psycopg
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from agencies.access import public
from benchmarks.raw_rows import Rows, owned_ids, store
from config.urls.both import handler400, handler403, handler404, handler500
from config.urls.both import urlpatterns as pages

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

local = threading.local()


@public
def raw(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Lock the draft, insert, mark the draft as sent, commit; the connection stays open as Django's does."""
    if not hasattr(local, "database"):
        local.database = psycopg.connect(settings.DATABASE_URL)
        local.rows = pickle.loads(Path(os.environ["RAW_ROWS"]).read_bytes())
        local.owned = owned_ids(local.rows)
    rows: list[Rows] = local.rows
    database: psycopg.Connection = local.database
    with database.transaction():
        database.execute("SELECT * FROM referrals_draft WHERE id = %s FOR UPDATE", [draft_id])
        store(database, rows, local.owned, draft_id)
        database.execute(
            "UPDATE referrals_draft SET answers = %s, outcome = %s, submitted_at = now() WHERE id = %s",
            [os.urandom(30), os.urandom(90), draft_id],
        )
    return redirect("front-door:sent", draft_id)


urlpatterns = [path("raw/<uuid:draft_id>/", raw), *pages]
