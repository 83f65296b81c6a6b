"""Who loses access while a file is made or comes down gets no more of it: told by one process, stopped in another."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from agencies.actions.deactivate_user import deactivate_user
from agencies.actions.end_membership import end_membership
from agencies.actions.end_sessions import end_sessions
from agencies.models import Agency, User
from audit.agents import Agent
from audit.context import recording
from audit.models import DataKey, Entry
from config.environment import CLONE
from documents.models import Export, ExportPiece
from documents.sealed_files import new_key, seal_file
from documents.states import ExportState
from documents.storage import path_of, store, write
from referrals.models import Dispatch
from tests.audit.acts import within
from tests.documents.exporting import BARNSLEY, Asker, again, bytes_of
from tests.documents.making import added, judged_clean
from tests.making import TEACHER, dispatch_to_authority, officer_of, submitted
from tests.processes import House, children, until
from tests.referrals.writing import own_words

pytestmark = pytest.mark.fault

WORDS = b"He has told two classmates that he admires an attacker.\n" * 250_000  # 14 MB: more than sockets hold


def begun(house: House, address: str, cookie: str) -> socket.socket:
    """A download that has begun and is read slowly."""
    place = urlsplit(house.url)
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
    made.settimeout(20)
    made.connect((str(place.hostname), place.port or 80))
    asked = f"GET {address} HTTP/1.1\r\nHost: {place.netloc}\r\nCookie: {settings.SESSION_COOKIE_NAME}={cookie}\r\n\r\n"
    made.sendall(asked.encode())
    return made


def received(connection: socket.socket) -> bytes:
    """Everything that still comes until the other side ends it."""
    found = b""
    try:
        while piece := connection.recv(256 * 1024):
            found += piece
    except ConnectionError:
        pass
    return found


def status_of(house: House, address: str, cookie: str) -> int:
    """How a web process answers."""
    with begun(house, address, cookie) as connection:
        return int(connection.recv(64).split()[1])


def cookie_of(asker: Asker) -> str:
    """What their browser sends."""
    return str(asker.client.cookies[settings.SESSION_COOKIE_NAME].value)


def told_by_command(officer: User, house: House) -> None:
    """A supervisor's office ends the membership."""
    command = [sys.executable, "manage.py", "end_membership", officer.email, "--agency", officer.agencies[0].code]
    subprocess.run(command, cwd=CLONE, env=house.environment, check=True, timeout=60)


def leaves(officer: User, house: House) -> None:
    """The membership ends."""
    end_membership(membership_id=officer.memberships.get().pk, by=Agent.OPERATOR, now=timezone.now())


def is_suspended(officer: User, house: House) -> None:
    """The account is closed."""
    deactivate_user(user_id=officer.pk, by=Agent.OPERATOR, now=timezone.now())


def is_signed_out(officer: User, house: House) -> None:
    """The session is ended elsewhere."""
    end_sessions(user_id=officer.pk, why="elsewhere", by=officer, now=timezone.now())


def a_document(dispatch: Dispatch, asker: Asker) -> tuple[str, bytes]:
    """Where a long document is had, and what is in it."""
    document = judged_clean(added(dispatch, asker.user, data=WORDS).pk)
    return reverse("referrals:document", args=[document.pk]), WORDS


def an_export(dispatch: Dispatch, asker: Asker) -> tuple[str, bytes]:
    """Where a list that a worker has made is had, and what is in it: as much as if it had a hundred thousand lines."""
    export = asker.asks(filters={"reference": dispatch.referral.reference})
    until(lambda: again(export).is_ready, "it is made", within=60)
    export = again(export)
    within(do=partial(lengthened, export), by=Agent.SWEEPER, now=timezone.now())
    return reverse("documents:export-file", args=[export.pk]), bytes_of(export)


def lengthened(export: Export) -> None:
    """One piece more, stored as the others are."""
    file_id, key, now = uuid4(), new_key(), timezone.now()
    write(file_id, seal_file(WORDS, key=key, file_id=file_id))
    number = pieces_of(export).count() + 1
    piece = ExportPiece(export=export, number=number, file=file_id, key=key.hex(), size=len(WORDS), due=now, done=now)
    piece.save(force_insert=True)
    export.changed(size=(export.size or 0) + len(WORDS))


@pytest.mark.parametrize("happens", [told_by_command, leaves, is_suspended, is_signed_out, None])
@pytest.mark.parametrize("made", [a_document, an_export])
def test_a_file_that_is_coming_down_stops_when_its_reader_leaves(house, made, happens):
    with recording(by=Agent.OPERATOR):
        # In words of its own: another test may have sent as many as a flood.
        dispatch = dispatch_to_authority(submitted({**TEACHER, "complex_needs": own_words(Random())}))
        asker = Asker(officer_of(Agency.objects.get(pk=dispatch.agency_id), name="Leaves Soon"))
        address, whole = made(dispatch, asker)
    with begun(house, address, cookie_of(asker)) as connection:
        head = connection.recv(64 * 1024)
        assert head.startswith(b"HTTP/1.1 200")
        if happens:
            with recording(by=Agent.OPERATOR):
                happens(asker.user, house)
            time.sleep(1)  # a reader who is slow: whoever is fast has had it before
        everything = head + received(connection)
    body = everything.partition(b"\r\n\r\n")[2]
    if happens:
        assert len(body) < len(whole) and whole.startswith(body)
        assert status_of(house, address, cookie_of(asker)) in {302, 404}
    else:
        assert body == whole


LINES = 20


@pytest.fixture
def with_an_inbox(house: House) -> House:
    """The house, with lines enough to be stopped among them: its worker writes one after another."""
    council = Agency.objects.get(code=BARNSLEY)
    with recording(by=Agent.OPERATOR), patch("referrals.actions.judge_likeness.PASS", LINES * 2):
        while council.dispatches.count() < LINES:
            submitted()
    return house


@contextmanager
def the_worker_held(house: House) -> Iterator[None]:
    """Wherever it is just now, it goes on afterwards."""
    pids = children(house.running["worker"].pid)
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def pieces_of(export: Export) -> Any:
    """What of an export is written."""
    return ExportPiece.objects.filter(export=export, file__isnull=False)


def some_are_written(export: Export) -> bool:
    """Whether there are some lines of it."""
    return bool(pieces_of(export).count() > 2)


def is_over(export: Export) -> bool:
    """Whether nothing is written to it any more."""
    return not again(export).is_running


@contextmanager
def half_made(house: House, asker: Asker) -> Iterator[Export]:
    """An export of which some lines are written, while its worker is held. One that was ready first is not it."""
    for _each in range(20):
        running = asker.asks()
        until(partial(some_are_written, running), "some lines are written")
        with the_worker_held(house):
            if again(running).is_running and pieces_of(running).count() < LINES - 2:
                yield running
                return
        until(partial(is_over, running), "it is ready")
    pytest.fail("Every export was ready before it could be held.")


@pytest.mark.parametrize("happens", [leaves, is_suspended, is_signed_out])
def test_an_export_stops_within_a_second_and_the_link_to_one_that_is_ready_leads_nowhere(with_an_inbox, happens):
    house = with_an_inbox
    with recording(by=Agent.OPERATOR):
        asker = Asker(officer_of(Agency.objects.get(code=BARNSLEY), name="Exports Much"))
        ready, cookie = asker.asks(), cookie_of(asker)
        until(lambda: again(ready).is_ready, "one is made", within=60)
        assert again(ready).count == ready.expected >= LINES
        link = reverse("documents:export-file", args=[ready.pk])
        assert status_of(house, link, cookie) == 200
        with half_made(house, asker) as running:
            files = list(pieces_of(running).values_list("file", flat=True))
            happens(asker.user, house)
            assert status_of(house, link, cookie) in {302, 404}
        # From when the worker, which the test has held meanwhile, can notice.
        took = until(partial(is_over, running), "it stops")
    assert again(running).state == ExportState.STOPPED
    assert took < 1
    written = Entry.objects.filter(kind=Entry.Kind.LISTED, object_id=running.pk).count()
    assert written <= len(files) + 1, "at most the piece that it was just writing"
    until(lambda: not any(store().exists(path_of(each)) for each in files), "its bytes are gone", within=2)
    assert not DataKey.objects.filter(subject=running.pk).exists()
