"""Who loses access while a file comes down to them gets no more of it: told by one process, stopped in another."""

import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from agencies.models import Agency
from audit.agents import Agent
from audit.context import recording
from config.environment import CLONE
from tests.documents.making import added, judged_clean
from tests.making import dispatch_to_authority, officer_of, submitted
from tests.processes import House

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


@pytest.mark.parametrize("leaves", [True, False])
def test_a_file_that_is_coming_down_stops_when_its_reader_leaves(house, leaves):
    with recording(by=Agent.OPERATOR):
        dispatch = dispatch_to_authority(submitted())
        officer = officer_of(Agency.objects.get(pk=dispatch.agency_id), name="Leaves Soon")
        document = judged_clean(added(dispatch, officer, data=WORDS).pk)
        client = Client()
        client.force_login(officer)
    address = reverse("referrals:document", args=[document.pk])
    with begun(house, address, client.cookies[settings.SESSION_COOKIE_NAME].value) as connection:
        head = connection.recv(64 * 1024)
        assert head.startswith(b"HTTP/1.1 200")
        if leaves:
            command = [sys.executable, "manage.py", "end_membership", officer.email, "--agency", dispatch.agency.code]
            subprocess.run(command, cwd=CLONE, env=house.environment, check=True, timeout=60)
        everything = head + received(connection)
    body = everything.partition(b"\r\n\r\n")[2]
    if leaves:
        assert len(body) < len(WORDS)
        assert Client().get(address).status_code == 302
        assert client.get(address).status_code == 404
    else:
        assert body == WORDS
