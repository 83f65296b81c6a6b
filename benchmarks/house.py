"""A house to measure: a cluster that flushes to disk, a fresh database, the web as in life, drafts ready to be sent."""

import http.client
import os
import pickle
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import psycopg

from benchmarks.raw_rows import added, existing
from config.embedded.instance import Instance
from config.embedded.secrets import make_secrets
from tests.database import Databases, address
from tests.processes import House

if TYPE_CHECKING:
    from referrals.holding import Holder

TOKEN = "t" * 32
BROWSERS = 64  # that do not exist; one alone would be asked to wait


class Ready(NamedTuple):
    """A complete draft, and which browser holds it."""

    draft: UUID
    browser: int


Drafts = Callable[[int], list[Ready]]


@contextmanager
def house_under_measurement() -> Iterator[tuple[str, Drafts]]:
    """Yield the web's address and a function that makes so many complete drafts for one browser.

    Django is set up here: what needs it is imported later.
    """
    make_secrets()
    with Instance("benchmarks").held(broker=False) as services, tempfile.TemporaryDirectory() as folder:
        os.environ.update(services, DJANGO_SETTINGS_MODULE="benchmarks.served", LOG_LEVEL="WARNING")
        databases = Databases(services["MIGRATION_DATABASE_URL"])
        databases.open()
        name = databases.clone()
        told = {variable: address(url, name) for variable, url in services.items()}
        os.environ.update(told)
        rows = Path(folder, "rows")
        house = House(Path(folder), {**told, "RAW_ROWS": str(rows), "WEB_WORKERS": "2", "WEB_THREADS": "4"})
        house.environment |= {"DJANGO_SETTINGS_MODULE": "benchmarks.served", "LOG_LEVEL": "WARNING"}
        os.environ["REDIS_URL"] = house.broker.url
        import django

        django.setup()
        try:
            rows.write_bytes(pickle.dumps(rows_of_one_submission(told["DATABASE_URL"])))
            house.start("web")
            yield house.url, ready_drafts
        finally:
            house.close()
            databases.drop(name)
            databases.close()


def ready_drafts(count: int) -> list[Ready]:
    """So many complete drafts, each about somebody else in other words, held by the browsers in turn."""
    from django.utils import timezone

    from audit.agents import Agent
    from audit.context import recording
    from referrals.actions.start_draft import start_draft

    now = timezone.now()
    with recording(by=Agent.REFERRER):
        return [
            Ready(
                start_draft(holder=holder(place), language="en", answers=answers, by=Agent.REFERRER, now=now).pk,
                place % BROWSERS,
            )
            for place, answers in enumerate(imagined_answers(count))
        ]


def imagined_answers(count: int) -> list[dict[str, Any]]:
    """What so many made-up referrers answer; never the same twice in a run, and nothing that only staff are asked."""
    return list(islice(_imagination(), count))


@cache
def _imagination() -> Iterator[dict[str, Any]]:
    from django.utils import timezone

    from agencies.geography import Gazetteer
    from desk.demonstration.imagining import Imagination
    from desk.demonstration.ready import localities
    from desk.demonstration.rhythm import Rhythm

    today = timezone.localdate()
    source = Imagination(1, localities=localities(Gazetteer.at(today)), rhythm=Rhythm(today), until=timezone.now())
    return (_in_own_words(each.answers) for each in source.referrals(10**6) if "entry" not in each.answers)


def _in_own_words(answers: dict[str, Any]) -> dict[str, Any]:
    """With a passage that nobody else wrote: made-up concerns share their sentences, and a flood would be held."""
    own = " ".join(secrets.token_hex(3) for _ in range(40))
    return answers | {"concern": f"{answers['concern']} {own}"}


def rows_of_one_submission(url: str) -> object:
    """What the second of two submissions adds: the first makes what is made once."""
    from django.utils import timezone

    from audit.agents import Agent
    from audit.context import recording
    from referrals.actions.submit_referral import submit_referral

    first, second = ready_drafts(2)
    with psycopg.connect(url, autocommit=True) as database:
        with recording(by=Agent.REFERRER):
            submit_referral(draft_id=first.draft, holder=holder(first.browser), by=Agent.REFERRER, now=timezone.now())
        before = existing(database)
        with recording(by=Agent.REFERRER):
            submit_referral(draft_id=second.draft, holder=holder(second.browser), by=Agent.REFERRER, now=timezone.now())
        return added(before, existing(database))


def secret(browser: int) -> str:
    """What the cookie of a browser holds."""
    return f"benchmark-{browser % BROWSERS}"


def holder(browser: int) -> "Holder":
    """Who holds the drafts of a browser."""
    from audit.agents import Agent
    from referrals.holding import Holder, keyed_hash

    return Holder(Agent.REFERRER, keyed_hash(secret(browser), of="browser"))


def headers(browser: int) -> tuple[dict[str, str], str]:
    """What a browser sends on pressing Send: its cookies, signed as the front door signs them, and the body."""
    from django.core.signing import get_cookie_signer

    from referrals.views.browser import SALT, cookie_name

    name = cookie_name()
    cookie = get_cookie_signer(salt=name + SALT).sign(secret(browser))
    told = {"Cookie": f"{name}={cookie}; csrf={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
    return told, f"csrfmiddlewaretoken={TOKEN}"


def connect(url: str, client: int) -> http.client.HTTPConnection:
    """A connection from an address of this client's own in the loopback range: clients are not one address in life."""
    return http.client.HTTPConnection(
        url.removeprefix("http://"), timeout=60, source_address=(f"127.0.1.{client % 250 + 1}", 0)
    )
